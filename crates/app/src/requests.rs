//! The queue in front of the controller. What the shell itself reports is always accepted; what a page sends is
//! accepted only while there is room, so that no page can fill the memory. Decides nothing about a request.

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use crate::Request;

/// How many messages of the CCP window may wait unread: a little more than it may send in a second.
const CCP_ROOM: usize = 64;

/// How many requests of the drawer and the settings window may wait unread.
const WINDOW_ROOM: usize = 64;

/// Whose page a request comes from. Each has its own room in the queue, so none can take that of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestSource {
    /// The page of the CCP window.
    Ccp,
    /// A page of the drawer or the settings window.
    Window,
}

/// The room of a page in the queue is full. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("too many requests wait to be read")]
pub struct QueueFull;

/// A request, and its part of the room until the controller takes it.
#[derive(Debug)]
struct QueuedRequest {
    request: Request,
    room: Option<OwnedSemaphorePermit>,
}

/// Sends requests to the controller from any thread, without waiting.
#[derive(Debug, Clone)]
pub struct Requests {
    sender: mpsc::UnboundedSender<QueuedRequest>,
    ccp: Arc<Semaphore>,
    window: Arc<Semaphore>,
}

impl Requests {
    /// Sends one request. After the controller has ended it is dropped: nobody is left to ask.
    pub fn send(&self, request: Request) {
        self.queue(QueuedRequest { request, room: None });
    }

    /// Sends what a page asks for, if there is room.
    ///
    /// # Errors
    /// When too many requests of that page wait unread.
    pub fn offer(&self, page: RequestSource, request: Request) -> Result<(), QueueFull> {
        let room = match page {
            RequestSource::Ccp => &self.ccp,
            RequestSource::Window => &self.window,
        };
        let room = Arc::clone(room).try_acquire_owned().map_err(|_| QueueFull)?;
        self.queue(QueuedRequest { request, room: Some(room) });
        Ok(())
    }

    /// Whether the controller has ended.
    #[must_use]
    pub fn is_ended(&self) -> bool {
        self.sender.is_closed()
    }

    /// Waits until the controller has ended.
    pub async fn ended(&self) {
        self.sender.closed().await;
    }

    fn queue(&self, waiting: QueuedRequest) {
        if self.sender.send(waiting).is_err() {
            tracing::debug!("a request came after the end");
        }
    }
}

/// The controller's end of the channel.
#[derive(Debug)]
pub struct Inbox(mpsc::UnboundedReceiver<QueuedRequest>);

impl Inbox {
    /// The next request; none when nobody can send one any more. Dropping the future loses nothing.
    pub async fn recv(&mut self) -> Option<Request> {
        let QueuedRequest { request, room } = self.0.recv().await?;
        drop(room);
        Some(request)
    }

    /// A request that waits already.
    #[cfg(test)]
    pub(crate) fn try_recv(&mut self) -> Option<Request> {
        self.0.try_recv().ok().map(|waiting| waiting.request)
    }
}

/// Makes both ends, so that the shell can be built before the controller starts.
#[must_use]
pub fn channel() -> (Requests, Inbox) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let (ccp, window) = (Arc::new(Semaphore::new(CCP_ROOM)), Arc::new(Semaphore::new(WINDOW_ROOM)));
    (Requests { sender, ccp, window }, Inbox(receiver))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message() -> Request {
        Request::Ccp("{}".to_owned())
    }

    #[tokio::test]
    async fn what_a_page_sends_waits_in_a_room_of_its_own() {
        let (requests, mut inbox) = channel();
        let taken = (0..10_000).filter(|_| requests.offer(RequestSource::Ccp, message()).is_ok()).count();
        assert_eq!(taken, CCP_ROOM);
        assert_eq!(
            requests.offer(RequestSource::Window, Request::Woke),
            Ok(()),
            "the drawer has its own room"
        );
        requests.send(Request::CcpDied);

        let mut read = 0;
        while inbox.try_recv().is_some() {
            read += 1;
        }
        assert_eq!(read, CCP_ROOM + 2, "what the shell reports is always taken");
    }

    #[tokio::test]
    async fn a_request_that_is_read_makes_room_for_another() {
        let (requests, mut inbox) = channel();
        while requests.offer(RequestSource::Ccp, message()).is_ok() {}
        assert!(matches!(inbox.recv().await, Some(Request::Ccp(_))));
        assert_eq!(requests.offer(RequestSource::Ccp, message()), Ok(()));
        assert_eq!(requests.offer(RequestSource::Ccp, message()), Err(QueueFull));
    }
}
