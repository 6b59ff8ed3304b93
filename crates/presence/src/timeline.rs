//! The timeline: why something was written, or not. It has one row for each decision, and what the engine received, so
//! that a day can be replayed.
//!
//! Plain values; `app` keeps them.

mod record;
mod why;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    record::{Input, Recorder, TimedInput},
    why::{Current, Explanation, Reason, Remedy, explain},
};
pub use crate::decision::{Decision, Done, Guard, Side};

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum TimelineEntry {
    /// What the engine received.
    Input(TimedInput),
    /// What it decided.
    Decision(Decision),
}

impl TimelineEntry {
    /// When.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Input(seen) => seen.at,
            Self::Decision(row) => row.at,
        }
    }

    /// The decision, if it is one.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Decision(row) => Some(row),
            Self::Input(_) => None,
        }
    }
}
