//! The timeline: why something was written, or not. One row a decision, and beside the rows what the engine was
//! received, so that a day can be replayed.
//!
//! Plain values; keeping them is the business of `app`.

mod record;
mod why;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    record::{Input, Recorder, Seen},
    why::{Current, Reason, Remedy, Why, why},
};
pub use crate::decision::{Done, Guard, Row, Side};

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Entry {
    /// What the engine received.
    Seen(Seen),
    /// What it decided.
    Decision(Row),
}

impl Entry {
    /// When.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Seen(seen) => seen.at,
            Self::Decision(row) => row.at,
        }
    }

    /// The decision, if it is one.
    #[must_use]
    pub fn decision(&self) -> Option<&Row> {
        match self {
            Self::Decision(row) => Some(row),
            Self::Seen(_) => None,
        }
    }
}
