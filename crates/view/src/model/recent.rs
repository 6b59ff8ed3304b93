//! The page of the recent calls with people of the list.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CallPerson, ShownNumber};

/// The recent calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecentCalls {
    /// How many are kept at most; 0: none.
    pub keeps: u32,
    /// Only an administrator can change that.
    pub locked: bool,
    /// False until it is known whose calls they are: nobody was signed in yet.
    pub known: bool,
    /// The calls, the newest first.
    pub calls: Vec<RecentCall>,
}

/// A call that is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecentCall {
    /// Names it in an action.
    #[ts(type = "number")]
    pub id: u64,
    /// "Today, Mon 23 Nov", "Fri 20 Nov": a head is shown if it differs from the line above.
    pub day: String,
    /// "14:02".
    pub time: String,
    /// Who called, and whether it was missed.
    pub way: CallWay,
    /// The same in words, with how it ended: "Outgoing, 3:42", "Missed".
    pub outcome: String,
    /// The name, as it was then for somebody who has left the list.
    pub name: String,
    /// Who it is, while they are in the list.
    pub who: Option<CallPerson>,
    /// The number of the call, spelled for people; none if it is not known.
    pub number: Option<String>,
    /// How they are called back.
    pub call_back: RecentCallBack,
}

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum CallWay {
    /// The agent called.
    Out,
    /// They called, and were answered.
    In,
    /// They called, and nobody answered.
    Missed,
}

/// Whether somebody can be called back now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum RecentCallBack {
    /// On this number.
    Offered {
        /// The id of the row.
        person: String,
        /// What an order to call it names.
        number: ShownNumber,
        /// The number, spelled for people.
        words: String,
    },
    /// Not now, or not any more: one sentence.
    Refused {
        /// The sentence.
        sentence: String,
    },
}
