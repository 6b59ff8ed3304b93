//! What comes in, what is asked for, and what others know: plain data.

use connect::{Call, Failure};
use people::{CallingAgent, PersonId, Roster};
use presence::connect::ContactId;

use view::ShownNumber;

use crate::machine::recent::CallOver;

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IncomingIn {
    /// The agent's calls are known, and may have changed.
    Calls,
    /// The session is not live any more.
    SessionLost,
    /// Call back the caller of this missed contact.
    CallBack {
        contact: ContactId,
        /// The number that was shown.
        number: ShownNumber,
    },
    /// A call to this person begins, for whatever reason.
    Dialled(PersonId),
    /// Put this missed call away.
    Dismiss(ContactId),
    /// The page answered the order to clear with this number.
    ClearAnswered { order: u64, failure: Option<Failure> },
    /// A deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IncomingOut {
    /// Notify that this call rings; replaces the previous notification.
    NotifyRinging(ContactId),
    /// Withdraw that notification: no such call rings any more.
    WithdrawRinging,
    /// Notify that this call was missed.
    NotifyMissed(ContactId),
    /// Withdraw that notification: no call is missed any more.
    WithdrawMissed,
    /// Clear this missed contact in Connect. The number of the order comes back with its answer.
    Clear { order: u64, contact: ContactId },
    /// Call this person on this number: a click asked for it.
    Call { person: PersonId, number: ShownNumber },
    /// A call with somebody of the list is over.
    Over(CallOver),
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IncomingContext<'a> {
    pub(crate) roster: &'a Roster,
    /// The agent's name in Connect, once it is known.
    pub(crate) agent: Option<&'a str>,
    /// The agent's voice contacts; none while the session is not live.
    pub(crate) calls: Option<&'a [Call]>,
    /// What calling back depends on.
    pub(crate) caller: CallingAgent<'a>,
}
