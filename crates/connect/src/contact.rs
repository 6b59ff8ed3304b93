//! The activity of an agent that follows from a contact: one rule for Streams and for the service API.
//!
//! Knows no wire format: the reader of one provides the state of a contact and its origin.

use presence::connect::Activity;

/// The state of a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ContactState {
    /// Being created, before anything rings.
    Starting,
    /// Offered to the agent.
    Offered,
    /// A leg is being connected.
    Connecting,
    Connected,
    /// The customer is on hold, or a task is paused: the contact is still live.
    OnHold,
    Missed,
    Rejected,
    Failed,
    /// Over, in after contact work.
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

/// The activity of the agent in this contact.
pub(crate) fn activity(state: ContactState, origin: Origin) -> Activity {
    match (state, origin) {
        (ContactState::Starting | ContactState::Offered, Origin::Callback) => Activity::CallbackOffered,
        (ContactState::Offered, Origin::Inbound | Origin::Outbound)
        | (ContactState::Starting | ContactState::Connecting, Origin::Inbound) => Activity::Incoming,
        // The agent took the callback, so now it is the customer's telephone that rings.
        (ContactState::Connecting, Origin::Callback | Origin::Outbound)
        | (ContactState::Starting, Origin::Outbound) => Activity::Dialling,
        (ContactState::Connected, _) => Activity::Connected,
        (ContactState::OnHold, _) => Activity::OnHold,
        (ContactState::Missed, _) => Activity::Missed,
        (ContactState::Rejected, _) => Activity::Rejected,
        (ContactState::Failed, _) => Activity::Error,
        (ContactState::Ended, _) => Activity::AfterContactWork,
    }
}
