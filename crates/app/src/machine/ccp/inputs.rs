//! What goes into the Connect side and what comes out of it. Plain values; nothing is decided here.

use connect::{Failure, Order};
use presence::{connect::AgentStatus, engine::Event};

use super::{super::connect_login::ConnectLoginNotice, Confirmed};
use crate::host::CcpPlan;

/// What it needs to know of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CcpContext<'a> {
    /// The user principal name of the person in Teams, if somebody has logged in.
    pub(crate) who: Option<&'a str>,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CcpIn {
    /// The controller begins.
    Begin,
    /// A message of the window, as raw text: untrusted.
    Message(String),
    /// The window's web process died, or its page could not be loaded.
    WindowDied,
    /// The person wants to log in to Connect.
    LoginWanted,
    /// The login window is gone.
    LoginWindowGone {
        /// True if it closed itself at the CCP.
        reached: bool,
    },
    /// Somebody logged in to Teams.
    PersonKnown,
    /// The person says that both names are theirs.
    Confirmed,
    /// The wizard tries the login of this instance, before anything is saved. Its agent is not reported to the engine.
    Try(Box<CcpPlan>),
    /// An order waits for its answer, or none does any more: the page is asked more often meanwhile.
    OrderWaits(bool),
    /// The machine woke, the network returned, or the person wants everything read.
    Woke,
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CcpOut {
    /// Open the hidden window, or close it and open it again.
    OpenWindow(CcpPlan),
    /// Open the login window, or bring it to the front.
    OpenLogin(CcpPlan),
    /// Ask the page, for the session.
    Order(Order),
    /// The session is not live any more: orders get no answer, and calls cannot be followed.
    SessionLost,
    /// Report this to the engine.
    Engine(Event),
    /// The statuses of the agent, new or changed.
    Statuses(Vec<AgentStatus>),
    /// The agent is in a status that was disabled: the table still names it.
    Unlisted,
    /// A contact may have come or gone.
    ContactChanged,
    /// The agent's calls have changed.
    Calls,
    /// The page answered an order.
    Replied {
        /// The order's id.
        id: u64,
        /// None when Connect accepted it.
        failure: Option<Failure>,
    },
    /// Keep this pair on disk.
    KeepConfirmed(Confirmed),
    /// Notify the person about the login.
    Notify(ConnectLoginNotice),
    /// Withdraw that notification.
    WithdrawNotice,
}
