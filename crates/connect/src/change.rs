//! The phases and the changes of a [`crate::Session`].

use std::time::Duration;

use presence::connect::AgentSnapshot;

use crate::{failure::Failure, message::Order};

/// The phase of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The window is being opened, or Streams is being started.
    Starting,
    /// Nobody is logged in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The instance does not let our page frame the CCP, but the login was a few minutes ago, when it refuses approved
    /// pages too.
    NotYet,
    /// The instance does not let our own page frame the CCP: an administrator must approve its origin.
    NotApproved,
    /// The agent's state is known and kept up to date.
    Live,
    /// The page is alive, but the agent's last state is older than 45 s: it is shown with its age, and no decision uses
    /// it.
    Old,
    /// The agent's state is unknown: the window died or stopped answering, or its messages cannot be read.
    Lost,
}

/// A change of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The agent's state, different from the last one reported, or live again.
    Snapshot(AgentSnapshot),
    /// The agent's calls, or the error of the last one, differ from what was reported last. A number that becomes known
    /// is reported only here.
    Calls,
    /// The agent is known, or is another one, or has other statuses or permissions.
    AgentKnown,
    /// The agent's state became too old for decisions. It can still be shown.
    Old,
    /// The session is no longer live: the agent's state is unknown, which does not mean offline.
    Lost,
    /// Somebody must log in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The instance does not let our own page frame the CCP, or not yet: [`Phase`].
    NotApproved,
    /// The message of Connect for the refusal that is reported next, without digits. Only for the log.
    Refused(String),
    /// The page answered an order.
    Replied {
        /// The order's id.
        id: u64,
        /// None if Connect accepted it.
        failure: Option<Failure>,
    },
    /// This order must be sent to the page. It belongs to the session, which gets the answer.
    Send(Order),
    /// The page threw an error: where, and of which kind. Reported once for each. Only for the log.
    Broken(String),
    /// The window must be closed and opened again.
    ReopenWindow {
        /// After this wait.
        after: Duration,
    },
}
