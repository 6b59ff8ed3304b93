//! What the page of the timeline shows: decisions in words, the answer to "Why Busy?", and what other tables
//! would have done.
//!
//! Every type here is exported to `ui/src/bindings/`, as all types for a window are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Button;

/// The tabs of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TimelineTab {
    /// Every decision.
    #[default]
    All,
    /// Those that wrote something.
    Written,
    /// Those that wrote nothing.
    NotWritten,
}

/// The glyph beside what was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SeenGlyph {
    /// Connect's headset.
    Connect,
    /// Teams' tile.
    Teams,
    /// A clock: neither side is known.
    Clock,
}

/// The sign beside what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum DoneSign {
    /// An arrow; the words are semibold.
    Written,
    /// A minus in a ring.
    Left,
    /// A triangle: it was tried and did not arrive.
    Failed,
}

/// A row of the page. Its columns are ready words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelineLine {
    /// When it was decided.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// "14:02:25".
    pub time: String,
    /// "Today, Mon 23 Nov", "Fri 20 Nov": a head is shown if it differs from the line above.
    pub day: String,
    /// The side that was seen.
    pub glyph: SeenGlyph,
    /// "After contact work".
    pub seen: String,
    /// "for 11 s", "chosen by you", "automatic"; may be empty.
    pub note: String,
    /// The sign of what was done.
    pub sign: DoneSign,
    /// "Teams set to Available", "Connect left alone".
    pub done: String,
    /// "Hold: shorter than 15 s", "The table sets Be right back for Lunch. Confirmed 13:54:32".
    pub why: String,
    /// True if something was written.
    pub is_written: bool,
}

/// The answer in the box above the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhyAnswer {
    /// "Why Busy?".
    pub title: String,
    /// "Because you chose Busy in Teams yourself, at 14:02."
    pub because: String,
    /// The sentences under it; may be empty.
    pub detail: String,
    /// What can be done about it.
    pub button: Option<Button>,
}

/// A part of the table, newest first, with the answer above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePage {
    /// The answer for the current state.
    pub answer: WhyAnswer,
    /// The tab that was asked for.
    pub tab: TimelineTab,
    /// The index of the first line here, in that tab.
    pub offset: u32,
    /// The lines.
    pub lines: Vec<TimelineLine>,
    /// True if older lines follow.
    pub has_more: bool,
}

/// A state that can be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfChoice {
    /// Its name in a [`WhatIfQuestion`]; nothing else is to be read from it.
    pub id: String,
    /// "Lunch", "Connected, chat", "In a meeting".
    pub words: String,
}

/// The states of both sides that can be tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfChoices {
    /// Statuses of the instance, as far as they are known, then activities.
    pub connect: Vec<WhatIfChoice>,
    /// States of Teams.
    pub teams: Vec<WhatIfChoice>,
}

/// A pair of states on which the tables are tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfQuestion {
    /// The id of a choice for Connect.
    pub connect: String,
    /// This app set that status in Connect.
    pub connect_is_ours: bool,
    /// The id of a choice for Teams.
    pub teams: String,
    /// This app set that presence in Teams.
    pub teams_is_ours: bool,
}

/// What one direction makes of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfLine {
    /// "When Connect becomes Lunch".
    pub when: String,
    /// The sign of what would be done.
    pub sign: DoneSign,
    /// "Teams set to Be right back, after 15 s".
    pub done: String,
    /// "The table sets Be right back for Lunch", "It did not last long enough".
    pub why: String,
}

/// What the tables make of a pair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WhatIfAnswer {
    /// One line a direction, Connect → Teams first; empty if a choice is not known any more.
    pub lines: Vec<WhatIfLine>,
}

/// A moment at which other tables would have written something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayLine {
    /// "14:02:25".
    pub time: String,
    /// "Today, Mon 23 Nov".
    pub day: String,
    /// The side that was seen.
    pub glyph: SeenGlyph,
    /// "Lunch".
    pub seen: String,
    /// What was written: "Teams set to Busy", "Not written to Teams".
    pub was: String,
    /// What would be written with the other tables.
    pub would: String,
}

/// The recorded timeline, played again with other tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReplayAnswer {
    /// "3 of 41 writes would differ, since Mon 26 Oct.", "Nothing is recorded yet."
    pub sentence: String,
    /// The differences, newest first, at most 500.
    pub lines: Vec<ReplayLine>,
}
