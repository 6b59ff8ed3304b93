//! The controller: where the rooms meet.
//!
//! [`start`] runs one task that owns all state. Everything else sends it a [`Request`]; it asks the outside
//! through [`host::Host`]. No window, no tray and no keyring is touched from here.

mod clock;
mod controller;
mod files;
pub mod host;
mod lane;
pub mod view;
mod words;

use std::path::PathBuf;

use settings::Loaded;
use thiserror::Error;
use tokio::sync::oneshot;

/// What an administrator enters under "Approved origins", and the scheme of that page.
pub use connect::{APPROVED_ORIGIN, OWN_SCHEME};
use view::{Action, Lines, View};

/// What the outside tells or asks the controller.
#[derive(Debug)]
pub enum Request {
    /// The drawer asks for the view.
    View(oneshot::Sender<View>),
    /// The drawer asks for lines of the list.
    Lines {
        /// Index of the first line.
        start: u32,
        /// How many at most.
        count: u32,
        /// The answer.
        answer: oneshot::Sender<Lines>,
    },
    /// The drawer was opened or closed.
    DrawerOpen(bool),
    /// A button or key in the drawer.
    Act(Action),
    /// A click in the tray or on a notification.
    Tray(host::TrayAction),
    /// A message of the CCP window, as raw text: untrusted.
    Ccp(String),
    /// The CCP window's web process died, or the page could not be loaded.
    CcpDied,
    /// The Connect login window is gone.
    ConnectLoginDone {
        /// True where it closed itself at the CCP: somebody is logged in.
        reached: bool,
    },
    /// There is no tray host: the window must stay reachable.
    TrayMissing,
    /// The tray host came after all.
    TrayFound,
    /// Whether the agent is at the machine.
    Machine(presence::engine::Machine),
}

/// Sends requests to the controller from any thread, without waiting.
#[derive(Debug, Clone)]
pub struct Requests(tokio::sync::mpsc::UnboundedSender<Request>);

impl Requests {
    /// Sends one request. After the controller has ended it is dropped: nobody is left to ask.
    pub fn send(&self, request: Request) {
        if self.0.send(request).is_err() {
            tracing::debug!("a request came after the end");
        }
    }
}

/// The controller's end of the channel.
#[derive(Debug)]
pub struct Inbox(tokio::sync::mpsc::UnboundedReceiver<Request>);

/// Makes both ends, so that the shell can be built before the controller starts.
#[must_use]
pub fn channel() -> (Requests, Inbox) {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    (Requests(sender), Inbox(receiver))
}

/// What the controller starts with.
#[derive(Debug)]
pub struct Config {
    /// The settings, and what was wrong with them.
    pub loaded: Loaded,
    /// The folder of provenance and timeline.
    pub data_dir: PathBuf,
}

/// Why the controller did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// No HTTP client could be made: the machine has no usable certificates or a broken proxy setting.
    #[error("no secure connection can be made on this machine: {0}")]
    Http(String),
}

/// Starts the controller's task on the present tokio runtime.
///
/// # Errors
/// When no HTTP client can be made.
pub fn start<H: host::Host>(host: H, inbox: Inbox, config: Config) -> Result<(), StartError> {
    let controller = controller::Controller::new(host, inbox, config)?;
    tokio::spawn(controller.run());
    Ok(())
}
