//! The timeline: why something was written, or not. One row a decision.
//!
//! Rows are plain values; keeping them is the business of `app`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    connect::{ConnectState, StatusArn},
    mapping::Target,
    teams::TeamsState,
};

/// The side that a decision is about: where it writes, or does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// Connect → Teams.
    #[default]
    Teams,
    /// Teams → Connect.
    Connect,
}

/// What was done with a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Done {
    /// Written.
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
    /// Would have been written; dry run.
    DryRun,
}

/// What stopped a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Guard {
    /// The state did not last.
    Hold,
    /// The other side shows it already.
    Compare,
    /// The row says No change.
    NoChange,
    /// A person's own choice stands.
    PersonFirst,
    /// Something above our session hides it.
    Masked,
    /// One side is unknown.
    Unknown,
    /// The direction is switched off.
    Off,
    /// The agent's contacts allow no write to Connect now.
    Contact,
    /// Nobody is known to be at the machine: the agent is asked first.
    Idle,
    /// Both sides changed at the same time, and Connect leads.
    Tie,
    /// Entering that state was answered before.
    Answered,
    /// The row does not apply to the chosen status.
    OnlyWhile,
    /// The sync is paused.
    Pause,
    /// Dry run: decisions are shown, nothing is written.
    DryRun,
    /// Writes went back and forth by themselves: the sync stopped.
    Breaker,
    /// Somebody else writes what we would write: the sync stopped.
    SecondWriter,
    /// The row wrote not long enough ago.
    Every,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// When it was decided.
    pub at: Timestamp,
    /// The side it is about.
    #[serde(default)]
    pub side: Side,
    /// What Connect showed, if known.
    pub connect: Option<ConnectState>,
    /// What Teams showed, if known.
    pub teams: Option<TeamsState>,
    /// The row of that direction's table that applied: its number, from 0.
    pub rule: Option<usize>,
    /// What that row asks of Teams.
    pub target: Option<Target>,
    /// The status that was to be set in Connect.
    #[serde(default)]
    pub status: Option<StatusArn>,
    /// What was done.
    pub done: Done,
    /// What stopped it, if anything did.
    pub guard: Option<Guard>,
}
