//! The wire between the CCP host script (`ui/src/ccp`) and Rust: one command, `ccp_event`, carries one
//! [`Message`]; Rust answers with one [`Order`] by evaluating `window.__ccp(order)`.
//!
//! Field names are camelCase on the wire. Unknown kinds and fields are refused, not ignored. Only the shape is
//! checked here; whether a message makes sense for the agent is checked where it is taken in.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest message that is looked at, in bytes. A snapshot of an agent with fifty statuses and ten contacts has
/// about 20 KiB.
pub const LONGEST_MESSAGE: usize = 256 * 1024;

/// Why a message was dropped. It was dropped as a whole; the sentence never repeats what the page said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WireError {
    /// No window is open that could have sent it.
    #[error("a message came from a CCP window that is closed")]
    NoWindow,
    /// Longer than 256 KiB.
    #[error("a message of the CCP window is longer than 256 KiB")]
    TooLong,
    /// No JSON, an unknown kind, a missing or an unknown field.
    #[error("a message of the CCP window has an unknown form")]
    Malformed,
    /// A text of more than 256 characters.
    #[error("a text of the CCP window is longer than 256 characters")]
    LongText,
    /// A number of more than 64 characters.
    #[error("a number of the CCP window is longer than 64 characters")]
    LongNumber,
    /// More than 300 countries.
    #[error("the CCP window names more than 300 countries")]
    TooManyCountries,
    /// More than 200 statuses.
    #[error("the CCP window names more than 200 statuses")]
    TooManyStatuses,
    /// A status type that Streams does not have for statuses to choose.
    #[error("the CCP window names a status of an unknown type")]
    StatusType,
    /// A state before the agent was named.
    #[error("the CCP window tells a state before it names the agent")]
    NoAgent,
    /// More than 50 contacts.
    #[error("the CCP window names more than 50 contacts")]
    TooManyContacts,
    /// A contact type that we do not know.
    #[error("the CCP window names a contact of an unknown type")]
    ContactType,
    /// A contact state that we do not know.
    #[error("the CCP window names a contact in an unknown state")]
    ContactState,
    /// A reason that the contract does not have.
    #[error("the CCP window refuses an order for an unknown reason")]
    FailureCode,
}

/// What the CCP page says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Message {
    /// The host script runs; Streams is being started.
    HostReady {},
    /// Streams has its agent.
    Agent {
        /// The user name in Connect (`agent.getConfiguration().username`).
        username: String,
        /// The display name (`agent.getName()`).
        name: String,
        /// Every status that can be chosen (`agent.getAgentStates()`).
        statuses: Vec<WireStatus>,
        /// `outboundCall` is among `agent.getPermissions()`.
        outbound: bool,
        /// `agent.getDialableCountries()`: ISO 3166-1 codes in lower case; empty while Streams does not know.
        countries: Vec<String>,
        /// `agent.isSoftphoneEnabled()`.
        softphone: bool,
    },
    /// The agent's state, sent after every change and once after `Agent`.
    State {
        /// Grows with each state that is told, over pages as well; an order names the one it holds for.
        stamp: u64,
        /// The chosen status (`agent.getAvailabilityState()`).
        chosen: WireNamed,
        /// How long it has been chosen, in ms (`agent.getStateDuration` or the snapshot's start time).
        chosen_ms: u64,
        /// The queued status (`agent.getNextState()`).
        next: Option<WireNamed>,
        /// Every contact.
        contacts: Vec<WireContact>,
    },
    /// Streams says that nobody is logged in (AUTH_FAIL, or the CCP page turned into a login page).
    LoginNeeded {},
    /// The CCP does not answer (ACK_TIMEOUT): not reachable, not approved, or not logged in.
    AckTimeout {},
    /// Streams gave up (IFRAME_RETRIES_EXHAUSTED).
    RetriesExhausted {},
    /// The session ended (TERMINATED).
    Terminated {},
    /// The answer to an order; each order has one.
    Reply {
        /// The order's id.
        id: u64,
        /// None when Connect took it.
        error: Option<WireFailure>,
    },
}

impl Message {
    /// Reads one message.
    ///
    /// # Errors
    /// When it is too long, is no JSON, or has a kind, a field or a type that is not in this contract.
    pub fn parse(raw: &str) -> Result<Self, WireError> {
        if raw.len() > LONGEST_MESSAGE {
            return Err(WireError::TooLong);
        }
        serde_json::from_str(raw).map_err(|_| WireError::Malformed)
    }
}

/// A status on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireStatus {
    /// `agentStateARN`.
    pub arn: String,
    /// Its name.
    pub name: String,
    /// `routable`, `not_routable` or `offline`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A status that the agent is in or will be in on the wire. An administrator may have disabled it since, so it need
/// not be one that can be chosen.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireNamed {
    /// `agentStateARN`.
    pub arn: String,
    /// Its name.
    pub name: String,
}

/// A contact on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireContact {
    /// `getContactId()`.
    pub id: String,
    /// `getType()`: `voice`, `chat`, `task`, `email`, `queue_callback`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `getState().type`: `init`, `incoming`, `pending`, `connecting`, `connected`, `paused`, `missed`,
    /// `rejected`, `error`, `ended`. A destroyed contact is left out.
    pub state: String,
    /// How long it has been in that state, in ms.
    pub state_ms: u64,
    /// `isInbound()`.
    pub inbound: bool,
    /// True while the customer is on hold.
    pub on_hold: bool,
    /// The other side's number, of a call only, without what SIP puts around it.
    pub number: Option<String>,
}

/// Why an order was not carried out, on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireFailure {
    /// `stale`, `noAgent`, `badNumber`, `refused` or `timedOut`.
    pub code: String,
    /// The sentence of Connect, at most 200 characters, without digits; empty where there is none.
    pub text: String,
}

/// What Rust asks of the CCP page. What has a stamp is carried out only while the agent's state is the one that
/// was told with it; the page looks at that in the turn in which it hands the order to Streams.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "op")]
pub enum Order {
    /// Choose a status (`agent.setState`).
    SetStatus {
        /// Echoed in the reply.
        id: u64,
        /// The status.
        arn: String,
        /// Queue it for after the present contacts; false: at once, which Connect refuses beside a live contact.
        next: bool,
        /// The state that it holds for.
        stamp: u64,
    },
    /// Take the queued status back: the routable one is queued, which Connect takes for that. Refused as stale
    /// where there is no queued status or no contact.
    ClearNext {
        /// Echoed in the reply.
        id: u64,
        /// The state that it holds for.
        stamp: u64,
    },
    /// Place an outbound call (`agent.connect`). Done means that Connect took it, not that it rings.
    Dial {
        /// Echoed in the reply.
        id: u64,
        /// In E.164.
        number: String,
        /// The ARN of the queue; None: the routing profile's default outbound queue.
        queue: Option<String>,
        /// The state that it holds for.
        stamp: u64,
    },
    /// End the agent's side of a call.
    HangUp {
        /// Echoed in the reply.
        id: u64,
        /// The call's contact.
        contact: String,
    },
    /// Send tones to the other side of a call.
    SendDigits {
        /// Echoed in the reply.
        id: u64,
        /// The call's contact.
        contact: String,
        /// Digits, `*` and `#`.
        digits: String,
    },
}

impl Order {
    /// The script that hands the order to the host script; it does nothing on a page that has none. JSON is
    /// JavaScript, so nothing in an order can end the call early.
    #[must_use]
    pub fn to_script(&self) -> String {
        serde_json::to_string(self)
            .map_or_else(|_| String::new(), |json| format!("window.__ccp && window.__ccp({json});"))
    }
}
