//! Finds the differences in what two runs over the same day wrote.

use std::time::Duration;

use jiff::Timestamp;

use crate::decision::{Decision, Done, Side};

/// Two decisions on the same state may be this far apart: holds and polls move them.
const APART: Duration = Duration::from_secs(120);

/// One moment at which the runs differ. At least one of the two wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What was written; none if nothing was.
    pub recorded: Option<Decision>,
    /// What would have been written; none if nothing would.
    pub replayed: Option<Decision>,
}

impl Difference {
    /// The decision that reports what was seen, and when.
    #[must_use]
    pub fn row(&self) -> Option<&Decision> {
        self.recorded.as_ref().or(self.replayed.as_ref())
    }
}

/// The differences in what was written, oldest first.
#[must_use]
pub fn differences(recorded: &[Decision], replayed: &[Decision]) -> Vec<Difference> {
    let mut rest: Vec<&Decision> = replayed.iter().filter(|row| row.is_new()).collect();
    let mut found = Vec::new();
    for row in recorded.iter().filter(|row| row.is_new()) {
        let partner = rest.iter().position(|other| is_about_the_same(row, other)).map(|at| rest.remove(at));
        if !partner.is_some_and(|other| wrote_the_same(row, other)) {
            found.push(Difference { recorded: Some(row.clone()), replayed: partner.cloned() });
        }
    }
    found.extend(rest.into_iter().map(|row| Difference { recorded: None, replayed: Some(row.clone()) }));
    found.sort_by_key(|difference| difference.row().map(|row| row.at));
    found
}

fn is_about_the_same(row: &Decision, other: &Decision) -> bool {
    let saw_the_same = match row.side {
        Side::Teams => row.connect == other.connect,
        Side::Connect => row.teams == other.teams,
    };
    row.side == other.side && saw_the_same && apart(row.at, other.at) <= APART
}

fn wrote_the_same(row: &Decision, other: &Decision) -> bool {
    let gives_back = |row: &Decision| row.done == Done::GivenBack;
    gives_back(row) == gives_back(other) && row.target == other.target && row.status == other.status
}

fn apart(one: Timestamp, other: Timestamp) -> Duration {
    one.duration_since(other).unsigned_abs()
}
