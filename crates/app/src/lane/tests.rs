use presence::{
    connect::{Seen, StatusArn},
    engine::{SetStatus, Write},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use url::Url;

use super::*;

fn order() -> StatusOrder {
    let seen = Seen { chosen: StatusArn::new("arn:a"), next: None, contacts: Vec::new() };
    StatusOrder::Set(SetStatus { status: StatusArn::new("arn:b"), next: false, seen })
}

fn write() -> Job {
    Job::Write {
        write: Write::ClearSession,
        token: "t".to_owned().into(),
        own: ObjectId::new("a"),
        sent: SentWith::default(),
    }
}

fn places(data: PathBuf, graph: Option<Graph>) -> Places {
    Places { graph, files: Files::new(&data), store: TimelineStore::new(&data), data }
}

fn started(places: Places) -> (mpsc::UnboundedSender<Job>, mpsc::UnboundedReceiver<LaneReport>) {
    let (report, done) = mpsc::unbounded_channel();
    (start(places, move |what| drop(report.send(what))), done)
}

#[tokio::test]
async fn what_cannot_be_announced_is_neither_written_nor_ordered() {
    let folder = tempfile::tempdir().unwrap();
    let no_folder = folder.path().join("a file");
    std::fs::write(&no_folder, b"").unwrap();
    let (lane, mut done) = started(places(no_folder, None));
    lane.send(Job::Save(Box::default())).unwrap();
    for job in [Job::Order(order()), write()] {
        lane.send(job).unwrap();
    }
    let announced = done.recv().await;
    assert!(matches!(&announced, Some(LaneReport::Announced { result: Err(_), .. })), "{announced:?}");
    let wrote = done.recv().await;
    assert!(
        matches!(&wrote, Some(LaneReport::Wrote { result: Err(WriteProblem::Disk(_)), .. })),
        "{wrote:?}"
    );
}

#[tokio::test]
async fn a_status_message_that_cannot_be_remembered_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::write(&data, b"").unwrap();
    let message = || Job::WriteMessage {
        write: MessageWrite::Clear,
        kept: KeptMessages::default(),
        token: "t".to_owned().into(),
        own: ObjectId::new("a"),
        sent: SentWith::default(),
    };
    let (lane, mut done) = started(places(data.clone(), None));
    lane.send(message()).unwrap();
    let wrote = done.recv().await;
    assert!(
        matches!(&wrote, Some(LaneReport::WroteMessage { result: Err(WriteProblem::Disk(_)), .. })),
        "{wrote:?}"
    );
    std::fs::remove_file(&data).unwrap();
    lane.send(message()).unwrap();
    let wrote = done.recv().await;
    assert!(
        matches!(&wrote, Some(LaneReport::WroteMessage { result: Err(WriteProblem::Graph(_)), .. })),
        "{wrote:?}"
    );
    assert!(Files::new(&data).messages().exists());
}

#[tokio::test]
async fn what_could_not_be_announced_is_announced_with_the_next_order() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::write(&data, b"").unwrap();
    let (lane, mut done) = started(places(data.clone(), None));
    lane.send(Job::Save(Box::default())).unwrap();
    lane.send(Job::Order(order())).unwrap();
    let refused = done.recv().await;
    assert!(matches!(&refused, Some(LaneReport::Announced { result: Err(_), .. })), "{refused:?}");

    std::fs::remove_file(&data).unwrap();
    lane.send(Job::Order(order())).unwrap();
    let announced = done.recv().await;
    assert!(matches!(&announced, Some(LaneReport::Announced { result: Ok(()), .. })), "{announced:?}");
    assert!(Files::new(&data).provenance().exists());
}

#[tokio::test]
async fn the_names_that_the_person_confirmed_are_on_disk_before_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (lane, _done) = started(places(folder.path().to_path_buf(), None));
    let pair = ("priya.raman@contoso.com".to_owned(), "grace.holloway".to_owned());
    let (flush, flushed) = oneshot::channel();
    lane.send(Job::Confirmed(pair.clone())).unwrap();
    lane.send(Job::Flush(flush)).unwrap();
    flushed.await.unwrap();
    assert_eq!(Files::new(folder.path()).load_confirmed(), Some(pair));
}

#[tokio::test]
async fn an_order_leaves_once_its_provenance_is_on_disk_and_does_not_wait_for_a_slow_write() {
    // A second installation is refused, which does no harm.
    drop(rustls::crypto::ring::default_provider().install_default());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let graph = Graph::new(net::client(None).unwrap(), base, "app".to_owned());
    let (lane, mut done) = started(places(folder.path().to_path_buf(), Some(graph)));
    lane.send(write()).unwrap();
    let (mut slow, _) = listener.accept().await.unwrap();
    assert!(slow.read(&mut [0; 1024]).await.unwrap() > 0, "the write is under way");

    lane.send(Job::Save(Box::default())).unwrap();
    lane.send(Job::Order(order())).unwrap();
    let announced = done.recv().await;
    assert!(
        matches!(&announced, Some(LaneReport::Announced { order: o, result: Ok(()) }) if *o == order()),
        "{announced:?}"
    );
    assert!(Files::new(folder.path()).provenance().exists());

    let (flush, mut flushed) = oneshot::channel();
    lane.send(Job::Flush(flush)).unwrap();
    assert!(flushed.try_recv().is_err(), "it waits for the write");
    slow.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
    flushed.await.unwrap();
    let wrote = done.recv().await;
    assert!(matches!(&wrote, Some(LaneReport::Wrote { result: Ok(()), .. })), "{wrote:?}");
}
