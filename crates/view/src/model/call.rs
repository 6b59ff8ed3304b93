//! The call bar.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::CallPerson;

/// How a call goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum CallState {
    /// A question first: "Anders Dahl: Do not disturb for 17 min." with *Call* and *Cancel*.
    Asking {
        /// Since when the person does not want to be disturbed.
        #[ts(type = "string | null")]
        since: Option<Timestamp>,
    },
    /// Not yet ringing.
    Dialling,
    /// Ringing.
    Ringing {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// Connected.
    Connected {
        /// Since when.
        #[ts(type = "string")]
        since: Timestamp,
    },
    /// The connection to Connect is lost, and the call may continue.
    Lost {
        /// The sentence.
        sentence: String,
    },
    /// It is to be hung up, and is not gone yet.
    HangingUp,
    /// Over.
    Ended {
        /// How long it was connected, in seconds; none if it never was.
        seconds: Option<u32>,
    },
    /// Refused or failed: one sentence.
    Failed {
        /// The sentence.
        sentence: String,
        /// True if *Call again* makes sense.
        again: bool,
    },
}

/// The call bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallBar {
    /// The row's id.
    pub person: String,
    /// Who is called.
    pub name: String,
    /// The same as a row of the list, with the states on both sides; none if they are not in the list any more.
    pub who: Option<CallPerson>,
    /// The number, spelled for people.
    pub number: String,
    /// The digits that were sent after the connection; none before, and none if they were not sent.
    pub digits: Option<String>,
    /// How it goes.
    pub state: CallState,
    /// "Open ConnectPath to take the audio.", what keeps it from being hung up, or that its digits were not sent.
    pub hint: Option<String>,
}
