//! Calls that come in: the card of one that rings or is answered, and the row of one that was missed.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::{Badge, ShownNumber, SideState};

/// A call that came in and is not over. Who it is was found out; nothing is repeated that a flow said without a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Incoming {
    /// Names it in an action.
    pub contact: String,
    /// "Grace Holloway (Teams) is calling, ext 4021"; "Grace Holloway (Teams)" once it is answered.
    pub title: String,
    /// What else is known of it, a line each: "To you directly, on +1 206 555 0142".
    pub lines: Vec<String>,
    /// Who calls, if that is one person of the list.
    pub who: Option<CallPerson>,
    /// A colleague calls, or somebody calls this agent: it is announced.
    pub for_you: bool,
    /// Since when it was answered; none while it rings.
    #[ts(type = "string | null")]
    pub answered: Option<Timestamp>,
}

/// A call that nobody answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Missed {
    /// Names it in an action.
    pub contact: String,
    /// "Missed: Grace Holloway (Teams)".
    pub title: String,
    /// "14:02, ext 4021".
    pub line: String,
    /// Who called, if that is one person of the list.
    pub who: Option<CallPerson>,
    /// Whether they can be called back.
    pub call_back: CallBack,
    /// On which number; none if they cannot be.
    pub number: Option<BackNumber>,
}

/// The number that *Call back* dials, as an order names it and as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BackNumber {
    /// What the order names.
    pub dial: ShownNumber,
    /// "+44 1632 960000, ext 4000".
    pub words: String,
}

/// Whether *Call back* is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum CallBack {
    /// It is.
    Offered,
    /// It was clicked: the missed contact is being cleared in Connect first.
    UnderWay,
    /// It cannot be done now: one sentence. Clicking again may help.
    Failed {
        /// The sentence.
        sentence: String,
    },
    /// It makes no sense: nobody knows who called, or on which number.
    No,
}

/// Somebody of the list, beside a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallPerson {
    /// The id of the row.
    pub person: String,
    /// The name.
    pub name: String,
    /// The version of the photo; none: initials.
    pub photo: Option<String>,
    /// The badge on the avatar.
    pub badge: Badge,
    /// False: offline or unknown on every side.
    pub there: bool,
    /// The Connect side, for people who use Connect.
    pub connect: Option<SideState>,
    /// The Teams side, for people who use Teams.
    pub teams: Option<SideState>,
}
