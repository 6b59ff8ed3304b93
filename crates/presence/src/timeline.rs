//! The timeline: why something was written, or not. One row a decision.
//!
//! Rows are plain values; keeping them is the business of `app`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{connect::ConnectState, mapping::Target, teams::TeamsState};

/// What was done with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Done {
    /// Written to Teams.
    Written,
    /// Written and seen in a read afterwards.
    Confirmed,
    /// What stood was renewed: not a new decision, counted apart.
    Renewed,
    /// Taken back.
    GivenBack,
    /// Nothing to write: a guard or an equal state.
    NotWritten,
    /// The write was refused or did not arrive.
    Failed,
}

/// What stopped a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Guard {
    /// The state did not last.
    Hold,
    /// Teams shows it already.
    Compare,
    /// The row says No change.
    NoChange,
    /// The person's own choice in Teams stands.
    PersonFirst,
    /// Something above our session hides it.
    Masked,
    /// One side is unknown.
    Unknown,
    /// Connect → Teams is switched off.
    Off,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// When it was decided.
    pub at: Timestamp,
    /// What Connect showed, if known.
    pub connect: Option<ConnectState>,
    /// What Teams showed, if known.
    pub teams: Option<TeamsState>,
    /// The row of the table that applied: its number, from 0.
    pub rule: Option<usize>,
    /// What that row asks for.
    pub target: Option<Target>,
    /// What was done.
    pub done: Done,
    /// What stopped it, if anything did.
    pub guard: Option<Guard>,
}
