//! The wire between the CCP host script (`ui/src/ccp`) and Rust: one command, `ccp_event`, carries one
//! [`Message`]; Rust answers with one [`Order`] by evaluating `window.__ccp(order)`.
//!
//! Field names are camelCase on the wire. A message with unknown words or fields is accepted, because Amazon may add
//! some at any time. Only the shape is read here; the session decides what a word means. The tests of both sides read
//! `crates/connect/tests/wire`.

use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use serde_json::Value;
use thiserror::Error;

/// The longest message that is read, in bytes. A snapshot of an agent with fifty statuses and ten contacts has
/// about 20 KiB.
pub const LONGEST_MESSAGE: usize = 256 * 1024;

/// Why a whole message was dropped. The texts never repeat anything from the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum WireError {
    /// No window is open that could have sent it.
    #[error("a message came from a CCP window that is closed")]
    NoWindow,
    /// Longer than 256 KiB.
    #[error("a message of the CCP window is longer than 256 KiB")]
    TooLong,
    /// Not JSON, not a message, or without a required field: the name of the agent, the chosen status, the contacts.
    #[error("a message of the CCP window cannot be read")]
    Malformed,
    /// A state before the agent was identified.
    #[error("received an agent state before the agent was identified")]
    NoAgent,
}

/// A message of the CCP page. A field that is missing or has another form gets its safest value; if there is none, the
/// message is [`WireError::Malformed`].
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Message {
    /// The host script runs; Streams is being started.
    HostReady {},
    /// Streams has its agent.
    Agent {
        /// The user name in Connect (`agent.getConfiguration().username`).
        username: String,
        /// The display name (`agent.getName()`).
        #[serde(default, deserialize_with = "or_default")]
        name: String,
        /// Every status that can be chosen (`agent.getAgentStates()`).
        #[serde(default, deserialize_with = "each_or_default")]
        statuses: Vec<WireStatus>,
        /// `outboundCall` is among `agent.getPermissions()`.
        #[serde(default, deserialize_with = "or_default")]
        outbound: bool,
        /// `agent.getDialableCountries()`: ISO 3166-1 codes in lower case; empty while Streams does not know.
        #[serde(default, deserialize_with = "each_or_default")]
        countries: Vec<String>,
        /// `agent.isSoftphoneEnabled()`.
        #[serde(default, deserialize_with = "or_default")]
        softphone: bool,
    },
    /// The agent's state, sent after every change and once after `Agent`.
    State {
        /// Grows with each reported state, also over pages; an order names the state that it is for.
        stamp: u64,
        /// How old the snapshot is that it was read from, in ms (see [`Alive::snapshot_ms`]); None: not known.
        #[serde(default, deserialize_with = "or_default")]
        age_ms: Option<u64>,
        /// The chosen status (`agent.getAvailabilityState()`).
        chosen: WireNamed,
        /// How long it has been chosen, in ms (`agent.getStateDuration` or the snapshot's start time).
        #[serde(default, deserialize_with = "or_default")]
        chosen_ms: u64,
        /// The queued status (`agent.getNextState()`).
        #[serde(default, deserialize_with = "some_or_default")]
        next: Option<WireNamed>,
        /// The name of the agent's state (`agent.getState()`) while its type is `error`: see
        /// [`AgentError`](crate::AgentError).
        #[serde(default, deserialize_with = "or_default")]
        error: Option<String>,
        /// Every contact.
        #[serde(deserialize_with = "each_or_default")]
        contacts: Vec<WireContact>,
    },
    /// The answer to [`Order::Ping`], in the same turn: the page is alive.
    Alive(Alive),
    /// Streams says that nobody is logged in (AUTH_FAIL, or the CCP page turned into a login page).
    LoginNeeded {},
    /// The CCP does not answer (ACK_TIMEOUT): not reachable, not approved, or not logged in.
    AckTimeout {},
    /// Streams gave up (IFRAME_RETRIES_EXHAUSTED).
    RetriesExhausted {},
    /// The session ended (TERMINATED).
    Terminated {},
    /// Streams reads nothing any more until the page is loaded again.
    Stopped {
        /// Why: `accessDenied`, `ctiAuthorizeRetriesExhausted`, `authorizeRetriesExhausted` or `initFailure`.
        #[serde(default, deserialize_with = "or_default")]
        code: String,
    },
    /// The answer to an order; each order has one.
    Reply {
        /// The order's id.
        id: u64,
        /// None if Connect accepted it.
        #[serde(default, deserialize_with = "some_or_default")]
        error: Option<WireFailure>,
    },
    /// An unknown kind, which is ignored.
    #[serde(other)]
    Unknown,
}

impl Message {
    /// Reads one message.
    ///
    /// # Errors
    /// If it is too long, is not JSON, or lacks a required field.
    pub fn parse(raw: &str) -> Result<Self, WireError> {
        if raw.len() > LONGEST_MESSAGE {
            return Err(WireError::TooLong);
        }
        serde_json::from_str(raw).map_err(|_| WireError::Malformed)
    }
}

/// Whether the page, its frame and the worker behind it are alive (amazon-connect-streams 2.28.2). Ages are never
/// younger than the truth when the machine's clock is set back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alive {
    /// The id of the ping.
    pub id: u64,
    /// The stamp of the state that was reported last; None while the page has no state of an agent.
    #[serde(default, deserialize_with = "or_default")]
    pub stamp: Option<u64>,
    /// The age in ms of the last snapshot that the worker read from the service
    /// (`connect.core.getLocalTimestamp()`; a long poll of 30 s, so at most about 31 s). None: not known.
    #[serde(default, deserialize_with = "or_default")]
    pub snapshot_ms: Option<u64>,
    /// The age in ms of the last ACKNOWLEDGE of the frame's worker. None: there was none on this page.
    #[serde(default, deserialize_with = "or_default")]
    pub ack_ms: Option<u64>,
    /// `navigator.onLine`; None: not known.
    #[serde(default, deserialize_with = "or_default")]
    pub online: Option<bool>,
    /// Whether the worker's web socket is connected, as far as an event reported it; None: not known.
    #[serde(default, deserialize_with = "or_default")]
    pub socket: Option<bool>,
    /// Where the page threw last, and what kind of error: "contact:TypeError". None: nowhere.
    #[serde(default, deserialize_with = "or_default")]
    pub broken: Option<String>,
}

/// A status on the wire.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireStatus {
    /// `agentStateARN`.
    #[serde(default, deserialize_with = "or_default")]
    pub arn: String,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
    /// `routable`, `not_routable` or `offline`. A status of any other type is not offered.
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub kind: String,
}

/// A status that the agent is in or will be in on the wire. An administrator may have disabled it since, so it need
/// not be one that can be chosen.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireNamed {
    /// `agentStateARN`.
    pub arn: String,
    /// Its name.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
}

/// A contact on the wire.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireContact {
    /// `getContactId()`.
    #[serde(default, deserialize_with = "or_default")]
    pub id: String,
    /// `getType()`: `voice`, `chat`, `task`, `email`, `queue_callback`. `unknown` if the page could not read the
    /// contact.
    #[serde(default, rename = "type", deserialize_with = "or_default")]
    pub kind: String,
    /// `getState().type`: `init`, `incoming`, `pending`, `connecting`, `connected`, `paused`, `missed`,
    /// `rejected`, `error`, `ended`. A destroyed contact is left out.
    #[serde(default, deserialize_with = "or_default")]
    pub state: String,
    /// How long it has been in that state, in ms.
    #[serde(default, deserialize_with = "or_default")]
    pub state_ms: u64,
    /// `isInbound()`.
    #[serde(default, deserialize_with = "or_default")]
    pub inbound: bool,
    /// True while the customer is on hold.
    #[serde(default, deserialize_with = "or_default")]
    pub on_hold: bool,
    /// The other side's number, of a call only, without what SIP puts around it.
    #[serde(default, deserialize_with = "or_default")]
    pub number: Option<String>,
    /// What the contact flow says about the caller (`getAttributes()`), of a call only; None if it says nothing.
    #[serde(default, deserialize_with = "or_default")]
    pub attributes: Option<WireAttributes>,
    /// The queue that it came over (`getQueue()`), of a call only.
    #[serde(default, deserialize_with = "or_default")]
    pub queue: Option<WireQueue>,
    /// The number that was dialled (`getConnectSystemEndpoint()`), of a call only.
    #[serde(default, deserialize_with = "or_default")]
    pub dialled: Option<String>,
    /// `getInitiationMethod()` is `transfer` or `queue_transfer`; of a call only.
    #[serde(default, deserialize_with = "or_default")]
    pub transferred: bool,
}

/// The attributes of a contact that are read (`docs/direct-dial`); the page leaves out all others, and cuts each to 128
/// characters. The text comes from the author of the flow, or from the caller.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each is the attribute of its name, which `FlowCaller` explains")]
pub struct WireAttributes {
    #[serde(default, deserialize_with = "or_default")]
    pub caller_name: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub caller_entra_id: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub caller_source: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub dialled_extension: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub dialled_for: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    pub fallback_reason: Option<String>,
}

/// A queue on the wire.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireQueue {
    /// `queueARN`; that of an agent's own queue has `/queue/agent/` in it.
    #[serde(default, deserialize_with = "or_default")]
    pub arn: String,
    /// Its name; None for the own queue of an agent.
    #[serde(default, deserialize_with = "or_default")]
    pub name: Option<String>,
}

/// Why an order was not carried out, on the wire.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WireFailure {
    /// `stale`, `noAgent`, `badNumber`, `numberNotAllowed`, `wrongState`, `limit`, `notAllowed`, `loggedOut`,
    /// `invalid`, `noQueue`, `notFound`, `unavailable`, `timedOut` or `refused`: see [`Failure`](crate::Failure). Any
    /// other is a refusal.
    #[serde(default, deserialize_with = "or_default")]
    pub code: String,
    /// The sentence of Connect, at most 200 characters, without digits; empty if there is none. For the log only.
    #[serde(default, deserialize_with = "or_default")]
    pub text: String,
}

/// Reads a value; one in another form counts as missing.
fn or_default<'de, D, T>(from: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    Ok(serde_json::from_value(Value::deserialize(from)?).unwrap_or_default())
}

/// The same for each entry of a list. An entry that cannot be read stays in the list, with default values.
fn each_or_default<'de, D, T>(from: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    let entries = Vec::<Value>::deserialize(from)?;
    Ok(entries.into_iter().map(|entry| serde_json::from_value(entry).unwrap_or_default()).collect())
}

/// Reads a value that may be null; one in another form counts as there, with default values.
fn some_or_default<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Default + DeserializeOwned,
{
    let value = Option::<Value>::deserialize(from)?;
    Ok(value.map(|value| serde_json::from_value(value).unwrap_or_default()))
}

/// An order to the CCP page. An order with a stamp is carried out only if the agent's state is still the one that was
/// reported with this stamp; the page checks that in the turn in which it calls Streams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "op")]
pub enum Order {
    /// Answer with [`Message::Alive`], in this turn.
    Ping {
        /// Echoed in the answer.
        id: u64,
    },
    /// Report agent and state again. Has no answer of its own.
    Resend {},
    /// Choose a status (`agent.setState`).
    SetStatus {
        /// Echoed in the reply.
        id: u64,
        /// The status.
        arn: String,
        /// Queue it for after the current contacts; false: set it at once, which Connect refuses during a live contact.
        next: bool,
        /// The stamp of the state that it is for.
        stamp: u64,
    },
    /// Remove the queued status, by queueing the routable one, which has that effect. Refused as stale if there is no
    /// queued status or no contact.
    ClearNext {
        /// Echoed in the reply.
        id: u64,
        /// The stamp of the state that it is for.
        stamp: u64,
    },
    /// Place an outbound call (`agent.connect`). Done means that Connect accepted it, not that it rings.
    Dial {
        /// Echoed in the reply.
        id: u64,
        /// In E.164.
        number: String,
        /// The ARN of the queue; None: the routing profile's default outbound queue.
        queue: Option<String>,
        /// The stamp of the state that it is for.
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
    /// Remove a call that nobody took from the agent's list (`contact.clear`). Refused as stale if it is not missed,
    /// rejected or failed: it never ends a live contact or after contact work.
    ClearContact {
        /// Echoed in the reply.
        id: u64,
        /// The call's contact.
        contact: String,
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
