//! The application without its windows: one task that owns all state and connects the other rooms.
//!
//! [`start`] runs that task, the controller. Everything else sends it a [`Request`] through the queue that [`channel`]
//! makes; it asks the outside (windows, tray, notifications, browser, keyring) through [`host::Host`], which the shell
//! implements and tests replace. [`watch`] reports when a settings file has changed.
//!
//! Inside, each part of the state belongs to a machine: a plain struct that turns an input and the time into values
//! that say what to do. The controller feeds the machines and carries out what they ask for. No window, no tray and no
//! keyring is touched in this crate.

mod clock;
mod controller;
mod elapsed;
mod files;
#[cfg(test)]
mod fixture;
pub mod host;
mod lane;
mod machine;
mod requests;
mod shelf;
mod source;
mod stored_provenance;
mod task;
pub mod watch;

use std::path::PathBuf;

use settings::{Loaded, Policy};
use thiserror::Error;
use tokio::sync::oneshot;

pub use requests::{Inbox, QueueFull, RequestSource, Requests, channel};

/// The longest message of the CCP window that is read, in bytes.
pub use connect::LONGEST_MESSAGE;
/// What an administrator enters under "Approved origins", and the scheme of that page.
pub use connect::{APPROVED_ORIGIN, OWN_SCHEME};
pub use machine::ending::QUIT_LIMIT;
use view::{
    Action, Exported, Lines, RecentCalls, TrayAction, View,
    controls::Controls,
    doctor::DoctorPage,
    setup::SetupPage,
    timeline::{ReplayAnswer, TimelinePage, TimelineTab, WhatIfAnswer, WhatIfChoices, WhatIfQuestion},
};

/// What the outside reports to the controller or asks of it.
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
    /// The drawer asks for a photo that a line has named.
    Photo {
        /// The id of the row.
        person: String,
        /// The version that the line has.
        version: String,
        /// A `data:` address of a JPEG or PNG; none if that photo is not there any more.
        answer: oneshot::Sender<Option<String>>,
    },
    /// The drawer was opened or closed.
    DrawerOpen(bool),
    /// The settings window was opened or closed.
    SettingsOpen(bool),
    /// A button or key in a window.
    Act(Action),
    /// A click in the tray or on a notification.
    Tray(TrayAction),
    /// A message of the CCP window, as raw text: untrusted.
    Ccp(String),
    /// The CCP window's web process died, or the page could not be loaded.
    CcpDied,
    /// The Connect login window is gone.
    ConnectLoginDone {
        /// True if it closed itself at the CCP: somebody is logged in.
        reached: bool,
    },
    /// There is no tray host: the window must stay reachable.
    TrayMissing,
    /// The tray host came after all.
    TrayFound,
    /// An administrator entered the secret of the registration, or removed it.
    ClientSecret {
        /// The secret.
        secret: Option<secrecy::SecretString>,
        /// When it ends, as the portal says.
        expires: Option<jiff::Timestamp>,
    },
    /// The settings file or the policy has changed.
    SettingsChanged,
    /// The machine woke from sleep: everything may be old.
    Woke,
    /// The network is connected again: what waits for it need not wait any longer.
    NetworkBack,
    /// Whether the agent is at the machine.
    Machine(presence::engine::Machine),
    /// A part of the timeline, newest first, and the answer for the current state.
    Timeline {
        /// Which decisions.
        tab: TimelineTab,
        /// How many of them to leave out first.
        offset: u32,
        /// How many at most.
        count: u32,
        /// The answer.
        answer: oneshot::Sender<TimelinePage>,
    },
    /// Write the whole timeline as CSV into a file that the person chooses.
    ExportTimeline(oneshot::Sender<Exported>),
    /// The recent calls with people of the list.
    RecentCalls(oneshot::Sender<RecentCalls>),
    /// The settings that a person may change.
    Controls(oneshot::Sender<Controls>),
    /// What doctor has found so far.
    Doctor(oneshot::Sender<DoctorPage>),
    /// Which states can be tried on the tables.
    WhatIfChoices(oneshot::Sender<WhatIfChoices>),
    /// Try the tables of the wizard while it is open, else those in force, on a pair of states.
    WhatIf {
        /// The pair.
        question: WhatIfQuestion,
        /// The answer.
        answer: oneshot::Sender<WhatIfAnswer>,
    },
    /// The wizard in its current state.
    Setup(oneshot::Sender<SetupPage>),
    /// An administrator entered the client secret in the wizard; empty means that none was entered.
    SetupSecret(secrecy::SecretString),
    /// The person entered the password of the proxy; an empty one removes it.
    ProxyPassword(secrecy::SecretString),
    /// Write what the wizard shows, as a policy, into a file that the person chooses.
    ExportPolicy(oneshot::Sender<Exported>),
    /// Play the recorded timeline again with the same tables as [`Self::WhatIf`], and report what they would have
    /// written instead.
    Replay(oneshot::Sender<ReplayAnswer>),
}

/// What the controller starts with.
#[derive(Debug)]
pub struct Config {
    /// The settings, and what was wrong with them.
    pub loaded: Loaded,
    /// The policy under which the settings were loaded.
    pub policy: Policy,
    /// The folder of settings, provenance and timeline.
    pub data_dir: PathBuf,
}

/// Why the controller did not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// No HTTP client could be made.
    #[error(transparent)]
    NoClient(#[from] net::NoClient),
}

/// Starts the controller's task on the current tokio runtime.
///
/// # Errors
/// When no HTTP client can be made.
pub fn start<H: host::Host>(host: H, inbox: Inbox, config: Config) -> Result<(), StartError> {
    let controller = controller::Controller::new(host, inbox, config)?;
    tokio::spawn(controller.run());
    Ok(())
}
