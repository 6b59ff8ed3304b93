//! The HTTP server on loopback to which the browser is sent back.
//!
//! Answers every request with a page, and passes on the one answer that belongs to the login. Other requests have no
//! effect, however many there are.

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
    redirect::{self, BrowserRequest, ExpectedLogin},
    refusal::Refusal,
};

/// How often a free port is searched.
const TRIES: usize = 10;
const LARGEST_HEAD: usize = 64 * 1024;
const MOST_CONNECTIONS: usize = 32;
/// How long a connection may be silent: browsers open connections that they never use.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The answer to the login, and the channel for the page that the browser waits for.
pub(crate) struct BrowserAnswer {
    pub(crate) answer: Result<SecretString, Refusal>,
    pub(crate) page: oneshot::Sender<Page>,
    /// Closed when the browser has received its page.
    pub(crate) shown: oneshot::Receiver<()>,
}

/// The open port.
pub(crate) struct Port {
    listeners: Vec<TcpListener>,
    pub(crate) number: u16,
}

impl Port {
    /// Opens a free port, for IPv6 too if the computer has it: `localhost` may mean either.
    pub(crate) async fn open() -> io::Result<Self> {
        Self::open_with(async |at| TcpListener::bind(at).await).await
    }

    async fn open_with(bind: impl AsyncFn(SocketAddr) -> io::Result<TcpListener>) -> io::Result<Self> {
        let (mut refused, mut half_refused) = (false, false);
        for _ in 0..TRIES {
            let four = match bind((Ipv4Addr::LOCALHOST, 0).into()).await {
                Ok(four) => four,
                // Some ports are reserved, and the system offers a random one (Windows: WSAEACCES, 10013). If all ports
                // are forbidden, the second try fails too.
                Err(error) if is_reserved(&error) && !refused => {
                    refused = true;
                    continue;
                }
                Err(error) => return Err(error),
            };
            let number = four.local_addr()?.port();
            match bind((Ipv6Addr::LOCALHOST, number).into()).await {
                Ok(six) => return Ok(Self { listeners: vec![four, six], number }),
                // Another program has the port for IPv6, and would receive our answers.
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
                Err(error) if is_reserved(&error) && !half_refused => half_refused = true,
                Err(_) => return Ok(Self { listeners: vec![four], number }),
            }
        }
        Err(io::ErrorKind::AddrInUse.into())
    }

    pub(crate) fn has_ipv6(&self) -> bool {
        self.listeners.iter().filter_map(|listener| listener.local_addr().ok()).any(|at| at.is_ipv6())
    }

    /// Serves until the returned set is dropped, which closes the port.
    pub(crate) fn serve(self, state: SecretString) -> (JoinSet<()>, mpsc::Receiver<BrowserAnswer>) {
        let (answers, first) = mpsc::channel(1);
        let expected = ExpectedLogin { state, port: self.number };
        let handler = Arc::new(LoginHandler { expected, used: AtomicBool::new(false), answers });
        let serving =
            self.listeners.into_iter().map(|listener| serve(listener, Arc::clone(&handler))).collect();
        (serving, first)
    }
}

struct LoginHandler {
    expected: ExpectedLogin,
    used: AtomicBool,
    answers: mpsc::Sender<BrowserAnswer>,
}

fn is_reserved(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::PermissionDenied
}

/// Silent connections must not block others: if there are too many, the oldest silent one is closed.
async fn serve(listener: TcpListener, handler: Arc<LoginHandler>) {
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
                    oldest.push_back(silent.spawn(timeout(TIME_LIMIT, listen(stream))));
                }
                // Perhaps out of file descriptors: wait until others are closed.
                Err(_) => sleep(Duration::from_millis(100)).await,
            },
            Some(heard) = silent.join_next() => {
                if let Ok(Ok(Some((stream, head)))) = heard {
                    talking.spawn(answer(stream, head, Arc::clone(&handler)));
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

async fn answer(mut stream: TcpStream, head: Vec<u8>, handler: Arc<LoginHandler>) {
    let (page, shown) = handler.open(redirect::read(&head, &handler.expected)).await;
    // If the browser has closed the connection, only its page is lost.
    let sent = async {
        drop(stream.write_all(page.response().as_bytes()).await);
        drop(stream.shutdown().await);
    };
    drop(timeout(TIME_LIMIT, sent).await);
    drop(shown);
}

/// Reads up to the empty line; none if the connection ends before it or the head is too long.
async fn head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        if head.len() > LARGEST_HEAD || stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

impl LoginHandler {
    async fn open(&self, request: BrowserRequest) -> (Page, Option<oneshot::Sender<()>>) {
        let answer = match request {
            BrowserRequest::Elsewhere => return (Page::NotFound, None),
            BrowserRequest::Unreadable => return (Page::Unreadable, None),
            BrowserRequest::Foreign => {
                tracing::warn!("refused an answer to another login");
                return (Page::Foreign, None);
            }
            BrowserRequest::Answer(answer) => answer,
        };
        if self.used.swap(true, Ordering::AcqRel) {
            return (Page::Used, None);
        }
        let (page, decided) = oneshot::channel();
        let (done, shown) = oneshot::channel();
        if self.answers.send(BrowserAnswer { answer, page, shown }).await.is_err() {
            return (Page::Used, None);
        }
        (decided.await.unwrap_or(Page::Used), Some(done))
    }
}

#[cfg(test)]
mod tests;
