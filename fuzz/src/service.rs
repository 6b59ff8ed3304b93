//! A service that answers every request with the same bytes, and the client that asks it.
//!
//! On a socket of the file system: ports of the network would run out after some ten thousand answers.

use std::{
    cell::RefCell,
    fmt::Display,
    io,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::{Client, redirect::Policy};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{UnixListener, UnixStream},
    runtime::Runtime,
};

use crate::{assert_sentence, choice};

/// The address of the service; the name is never looked up.
pub(crate) const BASE: &str = "http://service.localhost/";

/// This means "the rest is the whole answer, with its status and headers".
const RAW: usize = 255;
const STATUSES: [u16; 16] = [200, 201, 204, 302, 400, 401, 403, 404, 407, 410, 429, 500, 503, 504, 511, 200];

thread_local! {
    static SERVICE: RefCell<Option<Service>> = const { RefCell::new(None) };
}

struct Service {
    runtime: Runtime,
    http: Client,
    answer: Arc<Mutex<Answer>>,
    _folder: TempDir,
}

#[derive(Debug, Clone, Default)]
struct Answer {
    bytes: Vec<u8>,
    /// The bytes need not say where they end.
    closes: bool,
}

/// Makes the request that the first byte chooses, as in [`ask`]. Its error must be a sentence, without the secret that
/// the request carries.
pub(crate) fn check<E: Display, F: Future<Output = Result<(), E>>>(
    bytes: &[u8],
    secret: &str,
    request: impl FnOnce(Client, usize) -> F,
) {
    let Some((which, rest)) = choice(bytes) else { return };
    if let Some(Err(error)) = ask(rest, |http| request(http, which)) {
        let sentence = error.to_string();
        assert_sentence(&sentence);
        assert!(!sentence.contains(secret), "{sentence}");
    }
}

/// Asks the service, which answers with these bytes: the first one chooses the status, the rest is the body, or the
/// whole answer.
pub(crate) fn ask<F: Future>(bytes: &[u8], request: impl FnOnce(Client) -> F) -> Option<F::Output> {
    let (status, rest) = choice(bytes)?;
    SERVICE.with_borrow_mut(|service| {
        let service = service.get_or_insert_with(Service::start);
        *service.answer.lock().unwrap_or_else(PoisonError::into_inner) = Answer::of(status, rest);
        Some(service.runtime.block_on(request(service.http.clone())))
    })
}

impl Answer {
    fn of(choice: usize, rest: &[u8]) -> Self {
        if choice == RAW {
            return Self { bytes: rest.to_vec(), closes: true };
        }
        let status = STATUSES.get(choice % STATUSES.len()).copied().unwrap_or(200);
        let length = if status == 204 { 0 } else { rest.len() };
        let head = format!(
            "HTTP/1.1 {status} S\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        let mut bytes = head.into_bytes();
        bytes.extend_from_slice(rest.get(..length).unwrap_or_default());
        Self { bytes, closes: false }
    }
}

impl Service {
    fn start() -> Self {
        // It fails if a provider is installed already, which does no harm.
        drop(rustls::crypto::ring::default_provider().install_default());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("service");
        let answer: Arc<Mutex<Answer>> = Arc::default();
        let listener = {
            let _entered = runtime.enter();
            UnixListener::bind(&path).expect("a socket")
        };
        let given = Arc::clone(&answer);
        runtime.spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                tokio::spawn(serve(connection, Arc::clone(&given)));
            }
        });
        let http = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .unix_socket(path)
            .build()
            .expect("a client");
        Self { runtime, http, answer, _folder: folder }
    }
}

/// Answers until the client goes, or an answer ends with the connection.
async fn serve(mut connection: UnixStream, answer: Arc<Mutex<Answer>>) -> io::Result<()> {
    while read_request(&mut connection).await? {
        let Answer { bytes, closes } = answer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        connection.write_all(&bytes).await?;
        if closes {
            return connection.shutdown().await;
        }
    }
    Ok(())
}

/// Reads one request of our own clients to its end; false if there is none.
async fn read_request(connection: &mut UnixStream) -> io::Result<bool> {
    let mut request = Vec::new();
    loop {
        if let Some(head) = request.windows(4).position(|end| end == b"\r\n\r\n") {
            let whole = head + 4 + length(request.get(..head).unwrap_or_default());
            if request.len() >= whole {
                return Ok(true);
            }
        }
        if connection.read_buf(&mut request).await? == 0 {
            return Ok(false);
        }
    }
}

fn length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let says = head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
    says.unwrap_or_default()
}
