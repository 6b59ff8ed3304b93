//! The loopback address that the browser comes back to.
//!
//! Answers every request with a page and hands over the one answer that belongs to the login. Requests that
//! do not belong to it change nothing, however many there are.

use std::{
    collections::VecDeque,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
    task::{AbortHandle, JoinSet},
    time::{sleep, timeout},
};

use crate::{
    page::Page,
    redirect::{self, Awaited, Knock},
    refusal::Refusal,
};

const TRIES: usize = 10;
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_CONNECTIONS: usize = 32;
/// Browsers open connections that they may never use.
const PATIENCE: Duration = Duration::from_secs(10);

/// The answer to the login, and the page that the browser waits for.
pub(crate) struct Answer {
    pub(crate) answer: Result<SecretString, Refusal>,
    pub(crate) page: oneshot::Sender<Page>,
    /// Ends when the browser has its page.
    pub(crate) shown: oneshot::Receiver<()>,
}

/// The open port.
pub(crate) struct Port {
    listeners: Vec<TcpListener>,
    pub(crate) number: u16,
}

impl Port {
    /// Opens a free port, for IPv6 too where the computer has it: `localhost` may mean either.
    pub(crate) async fn open() -> io::Result<Self> {
        Self::open_with(async |at| TcpListener::bind(at).await).await
    }

    async fn open_with(bind: impl AsyncFn(SocketAddr) -> io::Result<TcpListener>) -> io::Result<Self> {
        let (mut refused, mut half_refused) = (false, false);
        for _ in 0..TRIES {
            let four = match bind((Ipv4Addr::LOCALHOST, 0).into()).await {
                Ok(four) => four,
                // Some ports are kept for others, and which one is offered is chance (Windows: WSAEACCES, 10013). Where
                // every port is kept, the second try shows it.
                Err(error) if is_kept(&error) && !refused => {
                    refused = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let number = four.local_addr()?.port();
            match bind((Ipv6Addr::LOCALHOST, number).into()).await {
                Ok(six) => return Ok(Self { listeners: vec![four, six], number }),
                // The other half belongs to somebody else, who would get our answers.
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) if is_kept(&error) && !half_refused => half_refused = true,
                Err(_) => return Ok(Self { listeners: vec![four], number }),
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }

    pub(crate) fn has_ipv6(&self) -> bool {
        self.listeners.iter().filter_map(|listener| listener.local_addr().ok()).any(|at| at.is_ipv6())
    }

    /// Serves until the returned set is dropped, which closes the port.
    pub(crate) fn serve(self, state: SecretString) -> (JoinSet<()>, mpsc::Receiver<Answer>) {
        let (answers, first) = mpsc::channel(1);
        let awaited = Awaited { state, port: self.number };
        let door = Arc::new(Door { awaited, used: AtomicBool::new(false), answers });
        let serving = self.listeners.into_iter().map(|listener| serve(listener, Arc::clone(&door))).collect();
        (serving, first)
    }
}

struct Door {
    awaited: Awaited,
    used: AtomicBool,
    answers: mpsc::Sender<Answer>,
}

fn is_kept(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
}

/// Connections that say nothing take no place from one that does: the one that is silent for longest makes room.
async fn serve(listener: TcpListener, door: Arc<Door>) {
    let (mut silent, mut talking) = (JoinSet::new(), JoinSet::new());
    let mut oldest: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        tokio::select! {
            accepted = listener.accept(), if talking.len() < MOST_CONNECTIONS => match accepted {
                Ok((stream, _)) => {
                    oldest.retain(|connection| !connection.is_finished());
                    if oldest.len() >= MOST_CONNECTIONS {
                        oldest.drain(..1).for_each(|connection| connection.abort());
                    }
                    oldest.push_back(silent.spawn(timeout(PATIENCE, listen(stream))));
                }
                // Out of descriptors, perhaps: others may give some back.
                Err(_) => sleep(Duration::from_millis(100)).await,
            },
            Some(heard) = silent.join_next() => {
                if let Ok(Ok(Some((stream, head)))) = heard {
                    talking.spawn(answer(stream, head, Arc::clone(&door)));
                }
            }
            Some(_) = talking.join_next() => {}
        }
    }
}

async fn listen(mut stream: TcpStream) -> Option<(TcpStream, Vec<u8>)> {
    let head = head(&mut stream).await?;
    Some((stream, head))
}

async fn answer(mut stream: TcpStream, head: Vec<u8>, door: Arc<Door>) {
    let (page, shown) = door.open(redirect::read(&head, &door.awaited)).await;
    // A browser that has gone misses its page and nothing else.
    let sent = async {
        drop(stream.write_all(page.response().as_bytes()).await);
        drop(stream.shutdown().await);
    };
    drop(timeout(PATIENCE, sent).await);
    drop(shown);
}

/// Reads up to the empty line; none when the connection ends before it or the head has no end.
async fn head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        if head.len() > LARGEST_HEAD || stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

impl Door {
    async fn open(&self, knock: Knock) -> (Page, Option<oneshot::Sender<()>>) {
        let answer = match knock {
            Knock::Elsewhere => return (Page::NotFound, None),
            Knock::Unreadable => return (Page::Unreadable, None),
            Knock::Foreign => {
                tracing::warn!("an answer to another login was refused");
                return (Page::Foreign, None);
            }
            Knock::Answer(answer) => answer,
        };
        if self.used.swap(true, Ordering::AcqRel) {
            return (Page::Used, None);
        }
        let (page, decided) = oneshot::channel();
        let (done, shown) = oneshot::channel();
        if self.answers.send(Answer { answer, page, shown }).await.is_err() {
            return (Page::Used, None);
        }
        (decided.await.unwrap_or(Page::Used), Some(done))
    }
}

#[cfg(test)]
mod tests;
