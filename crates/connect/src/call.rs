//! The agent's calls, for the code that dials and follows them. Other channels are not included.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{Activity, AgentSnapshot, Channel, ContactId},
    identity::ObjectId,
    redate::Redate,
};

/// A voice contact of the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its contact.
    pub contact: ContactId,
    /// True if the agent dialled it; a queued callback is dialled by Connect.
    pub outbound: bool,
    /// The other side's number as Connect spells it, if known.
    pub number: Option<String>,
    /// The activity of the agent in it.
    pub activity: Activity,
    /// The start of that activity, by the contact centre's clock.
    pub since: Timestamp,
    /// How it came in; none for a call that the agent or Connect dialled.
    pub inbound: Option<Inbound>,
}

/// How a call came to the agent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbound {
    /// Over which queue.
    pub reached: Reached,
    /// The number that was dialled, as Connect spells it (`getConnectSystemEndpoint`).
    pub dialled: Option<String>,
    /// Another agent or a flow transferred it.
    pub transferred: bool,
    /// What the contact flow says about the caller.
    pub flow: FlowCaller,
}

/// Over which queue a call came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Reached {
    /// Over the agent's own queue: it was meant for this agent.
    Directly,
    /// Over the queue of this name.
    Queue(String),
    /// Connect does not say.
    #[default]
    Unknown,
}

/// What a contact flow says about the caller in its attributes (`docs/direct-dial`). The texts are untrusted; they have
/// no control characters and at most 128 characters each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FlowCaller {
    /// `callerName`.
    pub name: Option<String>,
    /// `callerEntraId`.
    pub entra: Option<ObjectId>,
    /// `callerSource` is `teams`.
    pub is_from_teams: bool,
    /// `dialledExtension`.
    pub extension: Option<String>,
    /// `dialledFor`: the name of the agent who was dialled.
    pub dialled_for: Option<String>,
    /// `fallbackReason` says that the call was meant for that agent and did not reach them.
    pub is_fallback: bool,
}

/// What the page reports of a contact beyond the snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContactDetails {
    pub(crate) outbound: bool,
    pub(crate) number: Option<String>,
    pub(crate) inbound: Option<Inbound>,
}

/// The calls among the contacts; `details` go with the contacts one by one.
pub(crate) fn calls(snapshot: &AgentSnapshot, details: Vec<ContactDetails>) -> Vec<Call> {
    snapshot
        .contacts
        .iter()
        .zip(details)
        .filter(|(contact, _)| contact.channel == Channel::Voice)
        .map(|(contact, ContactDetails { outbound, number, inbound })| Call {
            contact: contact.id.clone(),
            outbound,
            number,
            activity: contact.activity,
            since: contact.since,
            inbound,
        })
        .collect()
}

impl Redate for Call {
    fn redate(&mut self, by: SignedDuration) {
        let Self { contact: _, outbound: _, number: _, activity: _, since, inbound: _ } = self;
        since.redate(by);
    }
}
