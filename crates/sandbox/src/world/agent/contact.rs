//! A contact and what it consists of: channel, how it began, queue, numbers, stage. It must not know how the agent
//! moves it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::dial::{AgentError, Dialable};
use super::ring::Ring;
use super::way::{Channel, Initiation, Queue};

/// The number that customers dial, and that the agent's calls show.
pub(crate) const INSTANCE_NUMBER: &str = "+441632960000";
/// The agent's own number.
pub(crate) const DIRECT_NUMBER: &str = "+441632960400";

/// Who began a contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// Somebody reached the agent.
    Inbound,
    /// The agent dialled.
    Outbound,
}

/// How far a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The agent has dialled; the agent's own side is being connected.
    Dialling,
    /// The other phone rings.
    RingingOut,
    /// A queued callback, offered to the agent; Connect dials once the agent takes it.
    Incoming,
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
    /// An error ended it; which one, the contact says.
    Failed,
}

impl Stage {
    /// True while the agent cannot choose another status at once.
    #[must_use]
    pub fn is_live(self) -> bool {
        match self {
            Self::Dialling
            | Self::RingingOut
            | Self::Incoming
            | Self::Ringing
            | Self::Connected
            | Self::OnHold => true,
            Self::AfterContactWork | Self::Missed | Self::Rejected | Self::Failed => false,
        }
    }

    /// True while it has come to nothing and keeps the agent in an error state until it is cleared.
    pub(crate) fn is_uncleared(self) -> bool {
        match self {
            Self::Missed | Self::Rejected | Self::Failed => true,
            Self::Dialling
            | Self::RingingOut
            | Self::Incoming
            | Self::Ringing
            | Self::Connected
            | Self::OnHold
            | Self::AfterContactWork => false,
        }
    }

    /// The contact's own state in Streams, whose start does not move with the lines inside it.
    pub(crate) fn state(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
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
    /// How it began, in Connect's words.
    pub initiation: Initiation,
    /// The other side's number, as it was given.
    pub number: String,
    /// The number that was dialled, or that the agent's call shows; None if Connect does not say.
    pub dialled: Option<String>,
    /// The queue by whose rules it goes.
    pub queue: Queue,
    /// What the flow attached.
    pub attributes: BTreeMap<String, String>,
    /// The digits that the agent has sent so far.
    pub digits: String,
    /// How far it is.
    pub stage: Stage,
    /// When this stage began; hold, resume and the other phone's ringing do not count, as in Connect.
    pub since: Timestamp,
    /// Why a dialled call is over, if nobody ever talked.
    pub unanswered: Option<Unanswered>,
    /// The error that ended it, if it failed.
    pub error: Option<AgentError>,
    /// What becomes of a dialled call instead of ringing.
    #[serde(skip)]
    pub(crate) fate: Option<AgentError>,
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
        let Ring { channel, number, attributes, direct, queue, dialled, initiation, beside: _ } = ring;
        let queue = queue.unwrap_or(if direct { Queue::Agent } else { Queue::Billing });
        let stage = if initiation == Initiation::Callback { Stage::Incoming } else { Stage::Ringing };
        let new = Self::new(channel, Direction::Inbound, number, queue, stage, now);
        // Not populated for these (DescribeContact, SystemEndpoint).
        let unsaid = matches!(initiation, Initiation::QueueTransfer | Initiation::Callback);
        let dialled = dialled.or_else(|| new.dialled.clone().filter(|_| !unsaid));
        Self { attributes, initiation, dialled, ..new }
    }

    pub(super) fn outbound(number: Dialable, queue: Queue, fate: Option<AgentError>, now: Timestamp) -> Self {
        let new = Self::new(Channel::Voice, Direction::Outbound, number.into(), queue, Stage::Dialling, now);
        Self { fate, ..new }
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
        let initiation = match direction {
            Direction::Inbound => Initiation::Inbound,
            Direction::Outbound => Initiation::Outbound,
        };
        let dialled = match (channel, queue) {
            (Channel::Chat | Channel::Task | Channel::Email, _) => None,
            (Channel::Voice, Queue::Agent) => Some(DIRECT_NUMBER.to_owned()),
            (Channel::Voice, Queue::Billing | Queue::Colleagues) => Some(INSTANCE_NUMBER.to_owned()),
        };
        Self {
            id: Uuid::new_v4(),
            channel,
            direction,
            initiation,
            number,
            dialled,
            queue,
            attributes: BTreeMap::new(),
            digits: String::new(),
            stage,
            since: now,
            unanswered: None,
            error: None,
            fate: None,
            line_since: now,
            queued_at: now,
            connected_at: None,
        }
    }
}
