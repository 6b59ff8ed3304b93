//! A recorded day played again with other tables, and tables tried on a pair of states.
//!
//! The engine is the real one. Time comes from the record, and the outside is simulated: a write arrives, a read
//! shows what Graph would show. Deterministic; reads no clock.

mod compare;
mod outside;
mod pair;
mod player;

pub use self::{
    compare::{Difference, differences},
    pair::{Outcome, Pair, Tried, try_pair},
};
use crate::{
    decision::Decision,
    engine::{Pace, Rules},
    mapping::Tables,
    replay::player::Player,
    timeline::TimelineEntry,
};

/// What was decided, and what would have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The decisions in the record.
    pub recorded: Vec<Decision>,
    /// Those of the engine with the other tables.
    pub replayed: Vec<Decision>,
}

/// Plays a record, oldest first, with these tables, up to its last entry.
#[must_use]
pub fn replay(entries: &[TimelineEntry], tables: &Tables, rules: Rules, pace: Pace) -> Replay {
    let recorded = entries.iter().filter_map(TimelineEntry::decision).cloned().collect();
    let inputs: Vec<_> = entries
        .iter()
        .filter_map(|entry| match entry {
            TimelineEntry::Input(seen) => Some(seen.clone()),
            TimelineEntry::Decision(_) => None,
        })
        .collect();
    let end = entries.last().map(TimelineEntry::at);
    let replayed = end.map(|end| Player::play(&inputs, tables, rules, pace, end)).unwrap_or_default();
    Replay { recorded, replayed }
}
