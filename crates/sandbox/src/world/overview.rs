//! The overview of Contoso for tests and the control page: its state at a moment, and everything that was written to it.
//! Values only; it must not change anything.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::account::AccountOverview;
use super::agent::{AgentError, Contact, NextDial, Queue, StatusKind};
use super::centre::Reading;
use super::faults::{Endpoint, FaultOverview};
use super::listing::Listing;
use super::panel::PanelTrouble;
use super::policy::Refusal;
use super::presence::{Presence, TimedPresence};
use super::quota::{Operation, Taken};
use super::status_message::StatusMessage;
use super::words::Words;

/// A presence write that Graph accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Write {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: Written,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Written {
    /// `setPresence`.
    SetPresence {
        /// The session's presence.
        #[serde(flatten)]
        presence: Presence,
        /// How long it lasts, in seconds.
        expires_in: u64,
    },
    /// `clearPresence`.
    ClearPresence,
    /// `setUserPreferredPresence`.
    SetUserPreferredPresence {
        /// The preferred presence.
        #[serde(flatten)]
        presence: Presence,
        /// How long it lasts, in seconds.
        expires_in: u64,
    },
    /// `clearUserPreferredPresence`.
    ClearUserPreferredPresence,
    /// `setStatusMessage`.
    SetStatusMessage {
        /// The text; None if it was taken back.
        text: Option<String>,
        /// Until when it is shown.
        expires_at: Option<Timestamp>,
    },
}

/// A request for the agent's own presence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Read {
    /// When.
    pub at: Timestamp,
    /// False if Graph refused it, or a fault did.
    pub answered: bool,
}

/// A request of an application in the agent's session that Connect accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: AskedOfConnect,
}

/// A request of an application in the agent's session that Connect refused, or never answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RefusedRequest {
    /// When.
    pub at: Timestamp,
    /// The library's name of the request.
    pub method: String,
    /// The number, of a call.
    pub number: Option<String>,
    /// The service's name of the error; empty if no answer came.
    pub why: String,
}

/// What was asked of Connect, by the names of the library's requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
#[expect(missing_docs, reason = "the words of Streams")]
pub enum AskedOfConnect {
    PutAgentState {
        /// The status' name.
        status: &'static str,
        /// True when it might become the next status.
        next: bool,
    },
    CreateOutboundContact {
        /// The number as it was given.
        number: String,
        /// By whose rules.
        queue: Queue,
    },
    AcceptContact,
    RejectContact,
    ClearContact,
    HoldConnection,
    ResumeConnection,
    DestroyConnection,
    SendDigits {
        /// The digits.
        digits: String,
    },
}

/// A moment of Contoso, as the control API and tests see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// What colleagues see of the agent.
    pub presence: Presence,
    /// What the agent's Teams client says; None when it does not run.
    pub teams: Option<Presence>,
    /// True while nobody touches the agent's machine.
    pub idle: bool,
    /// The application's session.
    pub session: Option<TimedPresence>,
    /// The preferred presence, whoever set it.
    pub preferred: Option<TimedPresence>,
    /// True during a meeting of the calendar.
    pub meeting: bool,
    /// Every presence write that Graph accepted, oldest first.
    pub writes: Vec<Write>,
    /// Every request for the agent's own presence, oldest first.
    pub reads: Vec<Read>,
    /// The agent in Connect.
    pub agent: AgentOverview,
    /// Every request that Connect accepted from an application, oldest first.
    pub asked: Vec<Asked>,
    /// Every request of an application that Connect refused, oldest first.
    pub refused: Vec<RefusedRequest>,
    /// The agent's status message in Teams, whoever wrote it.
    pub status_message: Option<StatusMessage>,
    /// How often somebody signed in.
    pub sign_ins: u64,
    /// How often the token endpoint was asked, whatever it answered.
    pub token_requests: u64,
    /// How many requests there were, by endpoint, whatever was answered.
    pub requests: BTreeMap<Endpoint, u64>,
    /// How often a refresh token was used.
    pub refreshes: u64,
    /// True while a grant is valid: somebody signed in, and it was neither revoked nor unused for too long.
    pub granted: bool,
    /// Why Entra refuses everybody, if it does.
    pub refusal: Option<Refusal>,
    /// What keeps Graph from answering.
    pub trouble: TroubleOverview,
    /// Every fault of Microsoft's services, those of `trouble` among them.
    pub faults: Vec<FaultOverview>,
    /// Every status of Connect, as the administrator has it.
    pub statuses: Vec<StatusOverview>,
    /// The AWS account.
    pub account: AccountOverview,
    /// What became of the requests to the Connect service API, by operation.
    pub quota: BTreeMap<Operation, Taken>,
    /// How its readings differ from the real states.
    pub reading: Reading,
    /// What is odd about the directory's list.
    pub listing: Listing,
    /// What is wrong with the agent panel.
    pub panel: Option<PanelTrouble>,
    /// Connect's words, if they are not the documented ones.
    pub words: Words,
    /// The colleagues' day, while one runs.
    pub day: Option<DayOverview>,
}

/// A moment of the agent in Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentOverview {
    /// True while the agent is logged in.
    pub logged_in: bool,
    /// The chosen status' name.
    pub chosen: &'static str,
    /// Since when.
    pub chosen_since: Timestamp,
    /// The next status' name.
    pub next: Option<&'static str>,
    /// The oldest contact.
    pub contact: Option<Contact>,
    /// Every contact, the oldest first.
    pub contacts: Vec<Contact>,
    /// The error state that the agent is in without a contact.
    pub error: Option<AgentError>,
    /// True when the agent may place outbound calls.
    pub may_dial: bool,
    /// What happens to the next call that an application dials, if it is not as usual.
    pub next_dial: Option<NextDial>,
}

/// A status of Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusOverview {
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: StatusKind,
    /// True while it can be chosen.
    pub enabled: bool,
}

/// What keeps Graph from answering.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TroubleOverview {
    /// True while it answers 503.
    pub down: bool,
    /// Until when it throttles.
    pub throttled_until: Option<Timestamp>,
}

/// The colleagues' day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DayOverview {
    /// The clock on Contoso's wall, "09:31".
    pub clock: String,
    /// How many seconds of the day pass in a real one.
    pub pace: u16,
}

/// Somebody the agent works with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Colleague {
    /// The object id.
    pub id: Uuid,
    /// The display name.
    pub name: String,
    /// The department.
    pub department: &'static str,
    /// The numbers as the directory has them.
    pub numbers: Vec<String>,
    /// What is seen of them.
    #[serde(flatten)]
    pub presence: Presence,
    /// True when somebody put them there.
    pub moved: bool,
}
