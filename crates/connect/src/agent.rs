//! From the words of Streams to the words of the product: the agent, and what the agent's contacts mean.
//!
//! Refuses whole messages; never repairs one.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::connect::{
    Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, StatusArn, StatusKind,
};

use crate::{
    call::Line,
    message::{WireContact, WireError, WireNamed, WireStatus},
};

const LONGEST_TEXT: usize = 256;
const LONGEST_NUMBER: usize = 64;
const MOST_COUNTRIES: usize = 300;
const MOST_STATUSES: usize = 200;
const MOST_CONTACTS: usize = 50;
/// The page tells durations, and takes its time to tell them: a beginning that moves by less than this has
/// not moved.
const WOBBLE: SignedDuration = SignedDuration::from_secs(2);

/// Who is logged in to Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agent {
    /// The user name in Connect: with SAML usually the user principal name.
    pub username: String,
    /// The name shown to people.
    pub name: String,
    /// Every status that the agent can choose.
    pub statuses: Vec<AgentStatus>,
    /// May place outbound calls.
    pub outbound: bool,
    /// The countries that can be called: ISO 3166-1 codes in lower case. Empty while that is not known.
    pub countries: Vec<String>,
    /// Hears and speaks in the browser; false: on a desk phone.
    pub softphone: bool,
}

/// What the page says about the agent's state.
pub(crate) struct Told {
    pub(crate) chosen: WireNamed,
    pub(crate) chosen_ms: u64,
    pub(crate) next: Option<WireNamed>,
    pub(crate) contacts: Vec<WireContact>,
}

/// What the page says about who the agent is.
pub(crate) struct Named {
    pub(crate) username: String,
    pub(crate) name: String,
    pub(crate) statuses: Vec<WireStatus>,
    pub(crate) outbound: bool,
    pub(crate) countries: Vec<String>,
    pub(crate) softphone: bool,
}

impl Agent {
    pub(crate) fn read(named: Named) -> Result<Self, WireError> {
        if named.statuses.len() > MOST_STATUSES {
            return Err(WireError::TooManyStatuses);
        }
        if named.countries.len() > MOST_COUNTRIES {
            return Err(WireError::TooManyCountries);
        }
        Ok(Self {
            username: text(named.username)?,
            name: text(named.name)?,
            statuses: named.statuses.into_iter().map(status).collect::<Result<_, _>>()?,
            outbound: named.outbound,
            countries: named.countries.into_iter().map(text).collect::<Result<_, _>>()?,
            softphone: named.softphone,
        })
    }

    /// The snapshot, and a line for each of its contacts.
    pub(crate) fn snapshot(
        &self,
        told: Told,
        now: Timestamp,
    ) -> Result<(AgentSnapshot, Vec<Line>), WireError> {
        if told.contacts.len() > MOST_CONTACTS {
            return Err(WireError::TooManyContacts);
        }
        let mut contacts =
            told.contacts.into_iter().map(|wire| contact(wire, now)).collect::<Result<Vec<_>, _>>()?;
        // The order of Streams means nothing; in a fixed one, equal states compare equal.
        contacts.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        let (contacts, lines) = contacts.into_iter().unzip();
        let snapshot = AgentSnapshot {
            chosen: self.status(told.chosen)?,
            chosen_since: before(now, told.chosen_ms),
            next: told.next.map(|named| self.status(named)).transpose()?,
            contacts,
        };
        Ok((snapshot, lines))
    }

    /// One that cannot be chosen any more was disabled, which only a custom one can be (API: UpdateAgentStatus).
    fn status(&self, named: WireNamed) -> Result<AgentStatus, WireError> {
        let (arn, name) = (StatusArn::new(text(named.arn)?), text(named.name)?);
        let known = self.statuses.iter().find(|known| known.arn == arn).cloned();
        Ok(known.unwrap_or(AgentStatus { arn, name, kind: StatusKind::Custom }))
    }
}

/// Keeps the beginnings that `last` knew where they only wobble.
pub(crate) fn steady(snapshot: &mut AgentSnapshot, last: &AgentSnapshot) {
    if snapshot.chosen.arn == last.chosen.arn {
        keep(&mut snapshot.chosen_since, last.chosen_since);
    }
    for contact in &mut snapshot.contacts {
        let same = |known: &&Contact| known.id == contact.id && known.activity == contact.activity;
        if let Some(known) = last.contacts.iter().find(same) {
            keep(&mut contact.since, known.since);
        }
    }
}

fn keep(since: &mut Timestamp, known: Timestamp) {
    if since.duration_since(known).abs() < WOBBLE {
        *since = known;
    }
}

fn status(wire: WireStatus) -> Result<AgentStatus, WireError> {
    let kind = match wire.kind.as_str() {
        "routable" => StatusKind::Routable,
        "not_routable" => StatusKind::Custom,
        "offline" => StatusKind::Offline,
        _ => return Err(WireError::StatusType),
    };
    Ok(AgentStatus { arn: StatusArn::new(text(wire.arn)?), name: text(wire.name)?, kind })
}

fn contact(wire: WireContact, now: Timestamp) -> Result<(Contact, Line), WireError> {
    let callback = wire.kind == "queue_callback";
    let channel = match wire.kind.as_str() {
        "voice" | "queue_callback" => Channel::Voice,
        "chat" => Channel::Chat,
        "task" => Channel::Task,
        "email" => Channel::Email,
        _ => return Err(WireError::ContactType),
    };
    let activity = match wire.state.as_str() {
        "init" | "incoming" | "pending" if callback => Activity::CallbackOffered,
        "incoming" | "pending" => Activity::Incoming,
        // The agent took the callback, so now it is the customer's telephone that rings.
        "connecting" if callback => Activity::Dialling,
        "init" | "connecting" if wire.inbound => Activity::Incoming,
        "init" | "connecting" => Activity::Dialling,
        "connected" if wire.on_hold => Activity::OnHold,
        // A task that is put aside is live: Streams counts it among the active ones.
        "paused" => Activity::OnHold,
        "connected" => Activity::Connected,
        "missed" => Activity::Missed,
        "rejected" => Activity::Rejected,
        "error" => Activity::Error,
        "ended" => Activity::AfterContactWork,
        _ => return Err(WireError::ContactState),
    };
    let number = match wire.number {
        Some(number) if number.chars().count() > LONGEST_NUMBER => return Err(WireError::LongNumber),
        number => number,
    };
    // Streams does not say when a hold began: the clock of a held contact runs from its connection.
    let since = before(now, wire.state_ms);
    let contact = Contact { id: ContactId::new(text(wire.id)?), channel, activity, since };
    Ok((contact, Line { outbound: !wire.inbound && !callback, number }))
}

fn before(now: Timestamp, ms: u64) -> Timestamp {
    now.checked_sub(Duration::from_millis(ms)).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(crate) fn text(text: String) -> Result<String, WireError> {
    if text.chars().count() > LONGEST_TEXT { Err(WireError::LongText) } else { Ok(text) }
}
