//! The wire between the CCP host script (`ui/src/ccp`) and Rust: one command, `ccp_event`, carries one
//! [`Message`]; Rust answers with one [`Order`] by evaluating `window.__ccp(order)`.
//!
//! Field names are camelCase on the wire. Unknown kinds are refused, not ignored.

use serde::{Deserialize, Serialize};

/// What the CCP page says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind", deny_unknown_fields)]
pub enum Message {
    /// The host script runs; Streams is being started.
    HostReady,
    /// Streams has its agent.
    Agent {
        /// The user name in Connect (`agent.getConfiguration().username`).
        username: String,
        /// The display name (`agent.getName()`).
        name: String,
        /// Every status that can be chosen (`agent.getAgentStates()`).
        statuses: Vec<WireStatus>,
    },
    /// The agent's state, sent after every change and once after `Agent`.
    State {
        /// `agent.getAvailabilityState()`: the chosen status' ARN.
        chosen: String,
        /// How long it has been chosen, in ms (`agent.getStateDuration` or the snapshot's start time).
        chosen_ms: u64,
        /// `agent.getNextState()`: ARN of the queued status.
        next: Option<String>,
        /// Every contact.
        contacts: Vec<WireContact>,
    },
    /// Streams says that nobody is logged in (AUTH_FAIL, or the CCP page turned into a login page).
    LoginNeeded,
    /// The CCP does not answer (ACK_TIMEOUT): not reachable, not approved, or not logged in.
    AckTimeout,
    /// Streams gave up (IFRAME_RETRIES_EXHAUSTED).
    RetriesExhausted,
    /// The session ended (TERMINATED).
    Terminated,
    /// The answer to an order.
    Reply {
        /// The order's id.
        id: u64,
        /// None when it was done, else the sentence of Streams.
        error: Option<String>,
    },
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

/// A contact on the wire.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WireContact {
    /// `getContactId()`.
    pub id: String,
    /// `getType()`: `voice`, `chat`, `task`, `email`, `queue_callback`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `getState().type`: `init`, `incoming`, `pending`, `connecting`, `connected`, `missed`, `rejected`,
    /// `error`, `ended`.
    pub state: String,
    /// How long it has been in that state, in ms.
    pub state_ms: u64,
    /// `isInbound()`.
    pub inbound: bool,
    /// True while the customer is on hold.
    pub on_hold: bool,
}

/// What Rust asks of the CCP page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "op")]
pub enum Order {
    /// Send `Agent` and `State` again.
    Report {
        /// Echoed in the reply.
        id: u64,
    },
}
