//! Translates the words of Streams into those of the product: the agent, and what the agent's contacts mean.
//!
//! An unknown word is read so that it makes nobody more available. Refuses nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::connect::{
    Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, StatusArn, StatusKind,
};

use crate::{
    call::{ContactDetails, Inbound},
    contact::{self, ContactState, Origin},
    message::{WireContact, WireNamed, WireStatus},
};

/// In characters. The size of the whole message limits the number of texts.
const LONGEST_TEXT: usize = 256;
const LONGEST_NUMBER: usize = 64;
/// The page reports durations, with a delay that varies: a beginning that moves by less than this has not moved.
const WOBBLE: SignedDuration = SignedDuration::from_secs(2);

/// The agent that is logged in to Connect.
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
    /// The countries that can be called: ISO 3166-1 codes in lower case. Empty while they are unknown.
    pub countries: Vec<String>,
    /// Hears and speaks in the browser; false: on a desk phone.
    pub softphone: bool,
}

/// What the page says about the agent's state.
pub(crate) struct ReportedState {
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
    pub(crate) fn read(named: Named) -> Self {
        Self {
            username: text(named.username),
            name: text(named.name),
            statuses: named.statuses.into_iter().filter_map(status).collect(),
            outbound: named.outbound,
            countries: named.countries.into_iter().filter(|country| is_whole(country)).collect(),
            softphone: named.softphone,
        }
    }

    /// The snapshot, and a line for each of its contacts.
    pub(crate) fn snapshot(
        &self,
        reported: ReportedState,
        now: Timestamp,
    ) -> (AgentSnapshot, Vec<ContactDetails>) {
        let mut contacts: Vec<_> = reported.contacts.into_iter().map(|wire| contact(wire, now)).collect();
        // The order of Streams means nothing; in a fixed one, equal states compare equal.
        contacts.sort_by(|(one, _), (other, _)| one.id.cmp(&other.id));
        let (contacts, details) = contacts.into_iter().unzip();
        let snapshot = AgentSnapshot {
            chosen: self.status(reported.chosen),
            chosen_since: before(now, reported.chosen_ms),
            next: reported.next.map(|named| self.status(named)),
            contacts,
        };
        (snapshot, details)
    }

    /// A status that cannot be chosen was disabled, which only a custom one can be (API: `UpdateAgentStatus`), or is of
    /// an unknown type: it counts as custom in either case.
    fn status(&self, named: WireNamed) -> AgentStatus {
        let (arn, name) = (StatusArn::new(text(named.arn)), text(named.name));
        let known = self.statuses.iter().find(|known| known.arn == arn).cloned();
        known.unwrap_or(AgentStatus { arn, name, kind: StatusKind::Custom })
    }
}

/// Marks contacts as missed that were offered and have failed: Streams reports some missed contacts as `error`
/// (amazon-connect-streams#551, #658).
pub(crate) fn mark_missed(snapshot: &mut AgentSnapshot, last: &AgentSnapshot) {
    let offered = [Activity::Incoming, Activity::CallbackOffered, Activity::Missed];
    // If two contacts have the same id, it is unknown which of them was offered.
    let ids: Vec<ContactId> = snapshot.contacts.iter().map(|contact| contact.id.clone()).collect();
    let is_one = |id: &ContactId| ids.iter().filter(|other| *other == id).count() == 1;
    let was_offered = |id: &ContactId| {
        last.contacts.iter().any(|known| known.id == *id && offered.contains(&known.activity))
    };
    for contact in &mut snapshot.contacts {
        if contact.activity == Activity::Error && is_one(&contact.id) && was_offered(&contact.id) {
            contact.activity = Activity::Missed;
        }
    }
}

/// Keeps the beginnings of `last` that have moved only within [`WOBBLE`].
pub(crate) fn keep_beginnings(snapshot: &mut AgentSnapshot, last: &AgentSnapshot) {
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

/// None if its type cannot be chosen, or if it has no ARN to choose it by.
fn status(wire: WireStatus) -> Option<AgentStatus> {
    let kind = match wire.kind.as_str() {
        "routable" => StatusKind::Routable,
        "not_routable" => StatusKind::Custom,
        "offline" => StatusKind::Offline,
        _ => return None,
    };
    let is_named = !wire.arn.is_empty() && is_whole(&wire.arn);
    is_named.then(|| AgentStatus { arn: StatusArn::new(wire.arn), name: text(wire.name), kind })
}

fn contact(wire: WireContact, now: Timestamp) -> (Contact, ContactDetails) {
    let origin = match (wire.kind.as_str(), wire.inbound) {
        ("queue_callback", _) => Origin::Callback,
        (_, true) => Origin::Inbound,
        (_, false) => Origin::Outbound,
    };
    let (channel, activity) = channel(&wire.kind)
        .zip(state(&wire).map(|state| contact::activity(state, origin)))
        // It may be any contact, so it counts as a live one: only a next status may be written beside it.
        .unwrap_or((Channel::Other, Activity::Connected));
    let inbound = (origin == Origin::Inbound).then(|| Inbound::read(&wire));
    let number = wire.number.filter(|number| number.chars().count() <= LONGEST_NUMBER);
    // Streams does not say when a hold began: the clock of a held contact runs from its connection.
    let since = before(now, wire.state_ms);
    let contact = Contact { id: ContactId::new(text(wire.id)), channel, activity, since };
    (contact, ContactDetails { outbound: origin == Origin::Outbound, number, inbound })
}

/// amazon-connect-streams 2.28.2, `ContactType`.
fn channel(kind: &str) -> Option<Channel> {
    Some(match kind {
        "voice" | "queue_callback" => Channel::Voice,
        "chat" => Channel::Chat,
        "task" => Channel::Task,
        "email" => Channel::Email,
        _ => return None,
    })
}

/// amazon-connect-streams 2.28.2, `ContactStateType`, and `acw`, which other releases have for `ended`.
fn state(wire: &WireContact) -> Option<ContactState> {
    Some(match wire.state.as_str() {
        "init" => ContactState::Starting,
        "incoming" | "pending" => ContactState::Offered,
        "connecting" => ContactState::Connecting,
        "connected" if wire.on_hold => ContactState::OnHold,
        // A paused task is live: Streams counts it among the active contacts.
        "paused" => ContactState::OnHold,
        "connected" => ContactState::Connected,
        "missed" => ContactState::Missed,
        "rejected" => ContactState::Rejected,
        "error" => ContactState::Failed,
        "ended" | "acw" => ContactState::Ended,
        _ => return None,
    })
}

pub(crate) fn before(now: Timestamp, ms: u64) -> Timestamp {
    now.checked_sub(Duration::from_millis(ms)).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn is_whole(text: &str) -> bool {
    text.chars().count() <= LONGEST_TEXT
}

/// The text, cut if it is longer than any that people write.
pub(crate) fn text(text: String) -> String {
    if is_whole(&text) { text } else { text.chars().take(LONGEST_TEXT).collect() }
}
