//! How a contact comes in or goes out: channel, how it began, queue. It must not know contacts.

use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize, Serializer};

use super::{AGENT_ID, INSTANCE_ARN, Refused};

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

/// How a contact began, in the words of Streams (`ContactInitiationMethod`) and of the service API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Initiation {
    /// A customer or a colleague dialled.
    #[default]
    Inbound,
    /// The agent dialled.
    Outbound,
    /// Another agent transferred it to the agent.
    Transfer,
    /// Another agent or a flow transferred it to the queue.
    QueueTransfer,
    /// A customer asked to be called back. Its type in Streams is `queue_callback`.
    Callback,
    /// The service API began it (`StartOutboundVoiceContact`): the customer was dialled first.
    Api,
}

impl Initiation {
    /// The word of Streams.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
            Self::Transfer => "transfer",
            Self::QueueTransfer => "queue_transfer",
            Self::Callback => "callback",
            Self::Api => "api",
        }
    }
}

/// Where a contact comes from, or by whose rules it is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Queue {
    /// The default outbound queue, and where customers wait.
    Billing,
    /// Another queue of the routing profile; one could give it a flow that records nothing.
    Colleagues,
    /// The agent's own queue, for callers who dial the agent directly. It has no name, as in Connect.
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
