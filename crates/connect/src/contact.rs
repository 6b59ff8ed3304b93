//! What a contact makes of the agent: one reduction for the words of Streams and for those of the service API.
//!
//! Knows no wire: whoever reads one says in which state a contact is and where it came from.

use presence::connect::Activity;

/// The state of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContactState {
    /// Being made, before anything rings.
    Begins,
    /// Offered to the agent.
    Offered,
    /// A leg is being connected.
    Connecting,
    Connected,
    /// The customer is on hold, or a task is put aside: live all the same.
    OnHold,
    Missed,
    Rejected,
    Failed,
    /// Over, and being wrapped up.
    Ended,
}

/// Where a contact came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Somebody called or wrote.
    Inbound,
    /// The agent called.
    Outbound,
    /// A queued callback.
    Callback,
}

/// What it makes of the agent.
pub(crate) fn activity(state: ContactState, origin: Origin) -> Activity {
    match (state, origin) {
        (ContactState::Begins | ContactState::Offered, Origin::Callback) => Activity::CallbackOffered,
        (ContactState::Offered, Origin::Inbound | Origin::Outbound)
        | (ContactState::Begins | ContactState::Connecting, Origin::Inbound) => Activity::Incoming,
        // The agent took the callback, so now it is the customer's telephone that rings.
        (ContactState::Connecting, Origin::Callback | Origin::Outbound)
        | (ContactState::Begins, Origin::Outbound) => Activity::Dialling,
        (ContactState::Connected, _) => Activity::Connected,
        (ContactState::OnHold, _) => Activity::OnHold,
        (ContactState::Missed, _) => Activity::Missed,
        (ContactState::Rejected, _) => Activity::Rejected,
        (ContactState::Failed, _) => Activity::Error,
        (ContactState::Ended, _) => Activity::AfterContactWork,
    }
}
