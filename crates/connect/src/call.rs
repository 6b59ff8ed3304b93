//! The agent's calls, for whoever dials and follows them. Says nothing about other channels.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{Activity, AgentSnapshot, Channel, ContactId},
    redate::Redate,
};

/// A voice contact of the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its contact.
    pub contact: ContactId,
    /// True when the agent dialled it; a queued callback is dialled by Connect.
    pub outbound: bool,
    /// The other side's number as Connect spells it, where it is known.
    pub number: Option<String>,
    /// What it makes of the agent.
    pub activity: Activity,
    /// Since when it is in that activity, by the contact centre's clock.
    pub since: Timestamp,
}

/// What the page says about a contact beyond what the snapshot holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) outbound: bool,
    pub(crate) number: Option<String>,
}

/// The calls among the contacts; `lines` go with the contacts one by one.
pub(crate) fn calls(snapshot: &AgentSnapshot, lines: Vec<Line>) -> Vec<Call> {
    snapshot
        .contacts
        .iter()
        .zip(lines)
        .filter(|(contact, _)| contact.channel == Channel::Voice)
        .map(|(contact, Line { outbound, number })| Call {
            contact: contact.id.clone(),
            outbound,
            number,
            activity: contact.activity,
            since: contact.since,
        })
        .collect()
}

impl Redate for Call {
    fn redate(&mut self, by: SignedDuration) {
        let Self { contact: _, outbound: _, number: _, activity: _, since } = self;
        since.redate(by);
    }
}
