//! What the agent does in Amazon Connect, in the words of the field.
//!
//! Plain values only. The `connect` room reads them from Streams and the service API.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{redate::Redate, shown};

/// Whose page carries the CCP, in a frame of the hidden window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hosting {
    /// A page of the instance itself: nobody has to approve of anything.
    SameOrigin,
    /// A page of this application, whose origin an administrator has approved in the instance.
    ApprovedOrigin,
}

impl Hosting {
    /// What this system takes by default: on Windows the way that AWS documents, elsewhere the one that the
    /// system's webview takes without third-party cookies.
    pub const USUAL: Self = if cfg!(windows) { Self::ApprovedOrigin } else { Self::SameOrigin };
}

/// The ARN of an agent status. Statuses are keyed by it and never by name: every status can be renamed,
/// "Available" and "Offline" included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StatusArn(String);

impl StatusArn {
    /// Takes the ARN as Streams or the service API spells it.
    #[must_use]
    pub fn new(arn: impl Into<String>) -> Self {
        Self(arn.into())
    }

    /// The ARN as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StatusArn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The id of a contact: opaque, unique in its instance.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactId(String);

impl ContactId {
    /// Takes the id as Connect spells it.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a status means for routing. There is one routable and one offline status in an instance; all
/// others are custom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusKind {
    /// Contacts are offered.
    Routable,
    /// Not offered, for a reason that the instance named.
    Custom,
    /// Not at work.
    Offline,
}

/// A status that an agent can choose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentStatus {
    /// Its identity.
    pub arn: StatusArn,
    /// The name shown to people; may change at any time.
    pub name: String,
    /// What it means for routing.
    pub kind: StatusKind,
}

impl AgentStatus {
    /// The name as it is shown, see [`shown::line`]: if nothing of it can be seen, the end of the ARN.
    #[must_use]
    pub fn shown(&self) -> String {
        let arn = self.arn.as_str();
        let id = arn.rsplit('/').next().unwrap_or(arn);
        shown::first([self.name.as_str(), id, arn, "–"]).unwrap_or_default()
    }
}

/// How a contact reaches the agent. Ordered by how much of the agent it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// A telephone or softphone call.
    Voice,
    /// A contact of a type or in a state that we do not know: it may be as demanding as a call. No row of a table
    /// names it; one without a channel matches it.
    Other,
    /// A chat or SMS.
    Chat,
    /// An e-mail.
    Email,
    /// A task.
    Task,
}

impl Channel {
    /// Those that a row can name: all but [`Self::Other`].
    pub const KNOWN: [Self; 4] = [Self::Voice, Self::Chat, Self::Email, Self::Task];
}

/// What a contact means for the agent. The order is the rank for mapping: the first variant that any
/// contact is in wins (live, then missed, rejected and error, then after contact work, then incoming).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Activity {
    /// Talking or writing.
    Connected,
    /// The customer is on hold.
    OnHold,
    /// The agent's own outbound call is being set up.
    Dialling,
    /// The contact failed.
    Error,
    /// The agent did not answer.
    Missed,
    /// The agent declined.
    Rejected,
    /// The contact is over and being wrapped up.
    AfterContactWork,
    /// Ringing, not yet answered.
    Incoming,
    /// A queued callback is offered.
    CallbackOffered,
}

impl Activity {
    /// All of them, in their rank.
    pub const ALL: [Self; 9] = [
        Self::Connected,
        Self::OnHold,
        Self::Dialling,
        Self::Error,
        Self::Missed,
        Self::Rejected,
        Self::AfterContactWork,
        Self::Incoming,
        Self::CallbackOffered,
    ];

    /// True while a contact is live: connected, on hold or being dialled.
    #[must_use]
    pub fn is_live(self) -> bool {
        match self {
            Self::Connected | Self::OnHold | Self::Dialling => true,
            Self::Error
            | Self::Missed
            | Self::Rejected
            | Self::AfterContactWork
            | Self::Incoming
            | Self::CallbackOffered => false,
        }
    }
}

/// One contact of the agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Its identity.
    pub id: ContactId,
    /// How it reaches the agent.
    pub channel: Channel,
    /// What it means for the agent.
    pub activity: Activity,
    /// Since when it is in that activity, by the contact centre's clock.
    pub since: Timestamp,
}

/// Everything that Connect says about the agent at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentSnapshot {
    /// The status that the agent (or a supervisor) chose.
    pub chosen: AgentStatus,
    /// Since when it is chosen, by the contact centre's clock.
    pub chosen_since: Timestamp,
    /// The status that takes effect after the current contacts, if one is queued.
    pub next: Option<AgentStatus>,
    /// The agent's contacts, in any order.
    pub contacts: Vec<Contact>,
}

/// What the agent is doing, as mapping sees it: the activity if there is one, else the chosen status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "by", content = "is")]
pub enum ConnectState {
    /// A contact decides.
    Contact {
        /// What it means for the agent.
        activity: Activity,
        /// Its channel.
        channel: Channel,
    },
    /// No contact: the chosen status decides.
    Chosen(AgentStatus),
}

/// What a write to Connect was decided on. If that has changed, the write is stale and must not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The chosen status.
    pub chosen: StatusArn,
    /// The queued next status.
    pub next: Option<StatusArn>,
    /// Every contact with its activity, by id.
    pub contacts: Vec<(ContactId, Activity)>,
}

impl AgentSnapshot {
    /// What a write to Connect is decided on.
    #[must_use]
    pub fn seen(&self) -> Seen {
        let mut contacts: Vec<_> =
            self.contacts.iter().map(|contact| (contact.id.clone(), contact.activity)).collect();
        contacts.sort();
        Seen {
            chosen: self.chosen.arn.clone(),
            next: self.next.as_ref().map(|next| next.arn.clone()),
            contacts,
        }
    }

    /// The state that mapping sees. Among contacts of equal rank the more demanding channel wins.
    #[must_use]
    pub fn state(&self) -> ConnectState {
        self.leading_contact().map_or_else(
            || ConnectState::Chosen(self.chosen.clone()),
            |contact| ConnectState::Contact { activity: contact.activity, channel: contact.channel },
        )
    }

    /// The chosen status and the state of every contact: what *only while* looks at.
    #[must_use]
    pub fn states(&self) -> Vec<ConnectState> {
        let contacts = self
            .contacts
            .iter()
            .map(|contact| ConnectState::Contact { activity: contact.activity, channel: contact.channel });
        std::iter::once(ConnectState::Chosen(self.chosen.clone())).chain(contacts).collect()
    }

    /// Since when the agent is in [`Self::state`], by the contact centre's clock.
    #[must_use]
    pub fn since(&self) -> Timestamp {
        self.leading_contact().map_or(self.chosen_since, |contact| contact.since)
    }

    fn leading_contact(&self) -> Option<&Contact> {
        self.contacts.iter().min_by_key(|contact| (contact.activity, contact.channel))
    }
}

impl Redate for Contact {
    fn redate(&mut self, by: SignedDuration) {
        let Self { id: _, channel: _, activity: _, since } = self;
        since.redate(by);
    }
}

impl Redate for AgentSnapshot {
    fn redate(&mut self, by: SignedDuration) {
        let Self { chosen: _, chosen_since, next: _, contacts } = self;
        chosen_since.redate(by);
        contacts.redate(by);
    }
}
