//! One decision of the engine, as it is reported: what was seen, which row applied, what stopped it, what was done.
//!
//! Plain values; decides nothing, and knows neither the engine nor its readers.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    connect::{ConnectState, StatusArn},
    mapping::Target,
    source::Source,
    teams::TeamsState,
};

/// The side that a decision is about: it writes there, or does not.
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
    /// A value that was set was renewed: not a new decision, counted apart.
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
    /// A person's own choice is kept.
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
    /// The row wrote too recently.
    Every,
}

/// One decision: a row of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
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

impl Decision {
    /// Who made the state that was decided on, as far as values show.
    #[must_use]
    pub fn source(&self) -> Option<Source> {
        match self.side {
            // A status that we chose asks for nothing of its own, and has no row.
            Side::Teams if self.rule.is_none() && self.target == Some(Target::Clear) => Some(Source::Ours),
            Side::Teams => self.connect.as_ref().map(Source::of_connect),
            Side::Connect => self.teams.as_ref().map(Source::of_teams),
        }
    }

    /// True if the decision wrote something.
    #[must_use]
    pub fn is_written(&self) -> bool {
        match self.done {
            Done::Written | Done::Confirmed | Done::GivenBack | Done::Renewed => true,
            Done::NotWritten | Done::Failed | Done::DryRun => false,
        }
    }

    /// True for a decision that wrote something new, or would have in a dry run. Renewals and confirmations do not
    /// count.
    #[must_use]
    pub fn is_new(&self) -> bool {
        match self.done {
            Done::Written | Done::GivenBack | Done::DryRun => true,
            Done::Confirmed | Done::Renewed | Done::NotWritten | Done::Failed => false,
        }
    }
}
