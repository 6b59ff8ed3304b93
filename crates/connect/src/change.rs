//! Where a session is, and what changed in it: the words of [`crate::Session`].

use std::time::Duration;

use presence::connect::AgentSnapshot;

use crate::{failure::Failure, message::Order};

/// Where the session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The window is being opened, or Streams is being started.
    Starting,
    /// Nobody is logged in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The same some minutes after a login, when an instance refuses pages that it approves of, too.
    NotYet,
    /// The instance does not let our own page frame the CCP: an administrator has to approve of its origin.
    NotApproved,
    /// The agent's state is known and kept up to date.
    Live,
    /// The page lives, but the agent's last state is older than 45 s: it is shown with its age, and nothing is
    /// decided on it.
    Old,
    /// The agent's state is unknown: the window died or fell silent, or what it says cannot be read.
    Lost,
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The agent's state, different from the last one reported, or live again.
    Snapshot(AgentSnapshot),
    /// The agent's calls, or what went wrong with the last one, different from what was reported last; a number that
    /// becomes known is reported here alone.
    Calls,
    /// The agent is known, or is another one, or has other statuses or rights.
    AgentKnown,
    /// The agent's state became too old to decide on: unknown to whoever decides, still there for whoever looks.
    Old,
    /// The session is not live any more: the agent's state is unknown, not offline.
    Lost,
    /// Somebody must log in to Connect.
    LoginNeeded,
    /// The instance does not answer.
    NoAnswer,
    /// The instance does not let our own page frame the CCP, or not yet: [`Phase`].
    NotApproved,
    /// What Connect said when it refused the order that is answered next, without digits. For the log: no person is to
    /// read it.
    Refused(String),
    /// The page answered an order.
    Replied {
        /// The order's id.
        id: u64,
        /// None when Connect took it.
        failure: Option<Failure>,
    },
    /// This order should be given to the page. It is the session's own: its answer comes back here.
    Ask(Order),
    /// The page threw, at this place and with this kind of error; reported once for each. For the log.
    Broken(String),
    /// The window should be closed and opened again.
    ReopenWindow {
        /// After this wait.
        after: Duration,
    },
}
