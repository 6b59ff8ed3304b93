//! A contact and what it is made of: channel, direction, queue, stage, and numbers that can be dialled. It must
//! not know how the agent moves it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::{AGENT_ID, INSTANCE_ARN, Refused};

/// The countries the instance may call, as in `getDialableCountries`, and how their numbers begin.
const COUNTRIES: [(&str, &str); 6] =
    [("gb", "+44"), ("ie", "+353"), ("us", "+1"), ("de", "+49"), ("pt", "+351"), ("pl", "+48")];
/// Digits after the plus sign (ITU-T E.164: at most 15; no country has shorter ones than this).
const E164_DIGITS: std::ops::RangeInclusive<usize> = 7..=15;

/// What carries a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Channel {
    Voice,
    Chat,
    Task,
    Email,
}

/// Who began a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Somebody reached the agent.
    Inbound,
    /// The agent dialled.
    Outbound,
}

/// Where a contact comes from, or by whose rules it is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// The default outbound queue, and where customers wait.
    Billing,
    /// Another queue of the routing profile; one could give it a flow that records nothing.
    Colleagues,
    /// The agent's own queue, for who dials the agent directly. It has no name, as in Connect.
    Agent,
}

impl Queue {
    /// Every queue of the routing profile.
    pub const ALL: [Self; 3] = [Self::Billing, Self::Colleagues, Self::Agent];

    /// Its name; None for the agent's own.
    #[must_use]
    pub fn name(self) -> Option<&'static str> {
        match self {
            Self::Billing => Some("Billing"),
            Self::Colleagues => Some("Colleagues"),
            Self::Agent => None,
        }
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(self) -> String {
        let id = match self {
            Self::Billing => "4d1b7a60-2f0e-4c55-9a3d-7e8f90a1b2c3",
            Self::Colleagues => "4d1b7a60-2f0e-4c55-9a3d-7e8f90a1b2c4",
            Self::Agent => return format!("{INSTANCE_ARN}/queue/agent/{AGENT_ID}"),
        };
        format!("{INSTANCE_ARN}/queue/{id}")
    }

    pub(crate) fn by_arn(arn: &str) -> Result<Self, Refused> {
        let found = Self::ALL.into_iter().find(|queue| queue.arn() == arn);
        found.ok_or_else(|| Refused::UnknownQueue(arn.to_owned()))
    }
}

impl Serialize for Queue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut queue = serializer.serialize_struct("Queue", 2)?;
        queue.serialize_field("name", &self.name())?;
        queue.serialize_field("arn", &self.arn())?;
        queue.end()
    }
}

/// How far a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The agent has dialled; the agent's own side is being connected.
    Dialling,
    /// The other phone rings.
    RingingOut,
    /// Offered to the agent.
    Ringing,
    /// The agent has it.
    Connected,
    /// The agent has it, and the customer waits.
    OnHold,
    /// The customer has gone, or never came; the agent has not finished.
    AfterContactWork,
    /// The agent did not take it.
    Missed,
    /// The agent refused it.
    Rejected,
    /// Nobody carries the agent's sound, so the call could not be made.
    Failed,
}

impl Stage {
    /// True while the agent cannot choose another status at once.
    #[must_use]
    pub fn is_live(self) -> bool {
        match self {
            Self::Dialling | Self::RingingOut | Self::Ringing | Self::Connected | Self::OnHold => true,
            Self::AfterContactWork | Self::Missed | Self::Rejected | Self::Failed => false,
        }
    }

    /// The contact's own state in Streams, whose start does not move with the lines inside it.
    pub(crate) fn state(self) -> &'static str {
        match self {
            Self::Dialling | Self::RingingOut | Self::Ringing => "connecting",
            Self::Connected | Self::OnHold => "connected",
            Self::AfterContactWork => "ended",
            Self::Missed => "missed",
            Self::Rejected => "rejected",
            Self::Failed => "error",
        }
    }
}

/// Why a dialled call never was a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Unanswered {
    /// Nobody took it.
    NoAnswer,
    /// The line was engaged.
    Busy,
}

/// The contact the agent has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its id.
    pub id: Uuid,
    /// Its channel.
    pub channel: Channel,
    /// Who began it.
    pub direction: Direction,
    /// The other side's number, as it was given.
    pub number: String,
    /// The queue by whose rules it goes.
    pub queue: Queue,
    /// What the flow attached.
    pub attributes: BTreeMap<String, String>,
    /// The digits that the agent has sent so far.
    pub digits: String,
    /// How far it is.
    pub stage: Stage,
    /// Since when it is there; hold, resume and the other phone's ringing do not count, as in Connect.
    pub since: Timestamp,
    /// Why a dialled call is over, if nobody ever talked.
    pub unanswered: Option<Unanswered>,
    /// Since when the customer waits, talks or has gone.
    #[serde(skip)]
    pub(crate) line_since: Timestamp,
    /// When it was offered or dialled.
    #[serde(skip)]
    pub(crate) queued_at: Timestamp,
    /// When the agent got it.
    #[serde(skip)]
    pub(crate) connected_at: Option<Timestamp>,
}

impl Contact {
    pub(crate) fn inbound(ring: Ring, now: Timestamp) -> Self {
        let queue = if ring.direct { Queue::Agent } else { Queue::Billing };
        let Ring { channel, number, attributes, .. } = ring;
        Self { attributes, ..Self::new(channel, Direction::Inbound, number, queue, Stage::Ringing, now) }
    }

    pub(super) fn outbound(number: Dialable, queue: Queue, now: Timestamp) -> Self {
        Self::new(Channel::Voice, Direction::Outbound, number.0, queue, Stage::Dialling, now)
    }

    /// A contact of somebody else, of whose numbers nothing is known here.
    pub(crate) fn of_colleague(
        id: Uuid,
        channel: Channel,
        direction: Direction,
        stage: Stage,
        offered: Timestamp,
    ) -> Self {
        Self { id, ..Self::new(channel, direction, String::new(), Queue::Billing, stage, offered) }
    }

    fn new(
        channel: Channel,
        direction: Direction,
        number: String,
        queue: Queue,
        stage: Stage,
        now: Timestamp,
    ) -> Self {
        Self {
            id: Uuid::new_v4(),
            channel,
            direction,
            number,
            queue,
            attributes: BTreeMap::new(),
            digits: String::new(),
            stage,
            since: now,
            unanswered: None,
            line_since: now,
            queued_at: now,
            connected_at: None,
        }
    }
}

/// Somebody who reaches the agent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ring {
    /// The channel.
    pub channel: Channel,
    /// The number that calls.
    pub number: String,
    /// What the flow attaches.
    pub attributes: BTreeMap<String, String>,
    /// True for who dialled the agent's own number.
    pub direct: bool,
}

/// A number that the instance dials: E.164, in a country it may call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dialable(String);

impl Dialable {
    pub(crate) fn parse(text: &str) -> Result<Self, Refused> {
        let digits = text.strip_prefix('+').filter(|digits| !digits.starts_with('0'));
        let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
        let known = digits.is_some_and(|digits| E164_DIGITS.contains(&digits.len()));
        let called = COUNTRIES.iter().any(|(_, prefix)| text.starts_with(prefix));
        if known && called { Ok(Self(text.to_owned())) } else { Err(Refused::BadNumber) }
    }

    /// ISO codes of the countries, as Streams tells them.
    pub(crate) fn countries() -> [&'static str; 6] {
        COUNTRIES.map(|(code, _)| code)
    }
}
