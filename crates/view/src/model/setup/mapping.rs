//! Steps 3 and 4 of the wizard: the tables, row by row, and their loops.

use serde::Serialize;
use ts_rs::TS;

use super::SetupField;
use crate::model::Button;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappingChoice {
    /// Its name in an edit; nothing else is to be read from it.
    pub id: String,
    /// "Be right back", "Lunch".
    pub words: String,
}

/// What a time can be, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SecondsRange {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

/// Step 3 or 4: the table of one direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappingStep {
    /// The switch of this direction.
    pub enabled: bool,
    /// The policy sets the switch.
    pub enabled_locked: bool,
    /// The policy sets the rows.
    pub rows_locked: bool,
    /// How long a status must last unless its row says something else, as it was typed. It counts for both directions.
    pub hold: SetupField,
    /// The same in seconds; the former value while what was typed is no number.
    pub hold_seconds: u32,
    /// What a hold can be.
    pub hold_range: SecondsRange,
    /// What the time between two writes of a row can be.
    pub rest_range: SecondsRange,
    /// The rows in the order of the page.
    pub rows: Vec<MappingRow>,
    /// The head of the rows of [`RowGroup::Contact`]: "While on a contact: as proposed"; empty without any.
    pub contact: String,
    /// States that have no row of their own yet, for *Add row*.
    pub addable: Vec<MappingChoice>,
    /// What a row can set.
    pub targets: Vec<MappingChoice>,
    /// Who must have chosen the state; the first one is "Anybody".
    pub sources: Vec<MappingChoice>,
    /// The states of the other side that a row can be limited to.
    pub others: Vec<MappingChoice>,
    /// The loops of both tables together; the same in steps 3 and 4.
    pub loops: Vec<MappingLoop>,
    /// "Save with the loop anyway" is ticked.
    pub loops_accepted: bool,
}

/// How a row is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RowMark {
    /// Not at all.
    None,
    /// It is part of a loop.
    Loop,
    /// It never applies.
    Never,
    /// It names a status that the instance does not have.
    Unknown,
}

/// The group of rows that a row is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RowGroup {
    /// Among the statuses, always shown.
    Status,
    /// Among what happens on a contact, under [`MappingStep::contact`].
    Contact,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappingRow {
    /// Its name in an edit; nothing else is to be read from it.
    pub id: String,
    /// "Lunch", "Connected, voice", "In a meeting".
    pub when: String,
    /// The group that it is in.
    pub group: RowGroup,
    /// A finer row under its top-level row.
    pub indented: bool,
    /// The id of its target.
    pub target: String,
    /// Its own hold in seconds; none: that of the table.
    pub hold: Option<u32>,
    /// "15 s"; empty for a row without a change.
    pub after: String,
    /// "Always", "Only if you set it yourself. At most every 60 s."; empty for a row without a change.
    pub condition: String,
    /// The id of its source.
    pub source: String,
    /// The ids of the states that it is limited to; empty: none.
    pub only_while: Vec<String>,
    /// Seconds that pass at least before it is written again.
    pub at_most_every: Option<u32>,
    /// It writes over a person's own choice; always false in step 4.
    pub override_person: bool,
    /// How it is marked.
    pub mark: RowMark,
    /// Why, as one sentence; empty without a mark, and for a loop, which has its chain.
    pub mark_why: String,
    /// It can be taken away: it is neither built in nor the only row of its state.
    pub removable: bool,
}

/// One link of a loop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LoopLink {
    /// The side that shows it.
    pub side: LoopSide,
    /// "Coaching".
    pub words: String,
}

/// The side of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum LoopSide {
    /// Connect.
    Connect,
    /// Teams.
    Teams,
}

/// A loop of the two tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MappingLoop {
    /// Each leads to the next, the last is the first again.
    pub chain: Vec<LoopLink>,
    /// "Set “Lunch → Available” to No change"; none if no row of it can be changed.
    pub fix: Option<Button>,
}
