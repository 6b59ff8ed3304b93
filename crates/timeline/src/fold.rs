//! Decisions as they are listed: a write and the reading that showed it are one line, and renewals have no line.

use std::collections::VecDeque;

use jiff::Timestamp;
use presence::timeline::{Decision, Done, Side};

/// A decision, and when a reading showed what it wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedRow {
    pub row: Decision,
    pub confirmed: Option<Timestamp>,
}

/// Folds decisions, newest first.
pub fn fold(newest_first: impl Iterator<Item = Decision>) -> impl Iterator<Item = FoldedRow> {
    Fold { rows: newest_first, teams: None, connect: None, folded: VecDeque::new() }
}

struct Fold<I> {
    rows: I,
    /// The reading that showed a write to Teams, whose row is still to come.
    teams: Option<Decision>,
    /// The same for Connect.
    connect: Option<Decision>,
    folded: VecDeque<FoldedRow>,
}

impl<I: Iterator<Item = Decision>> Iterator for Fold<I> {
    type Item = FoldedRow;

    fn next(&mut self) -> Option<FoldedRow> {
        while self.folded.is_empty() {
            let Some(row) = self.rows.next() else {
                let left = self.teams.take().or_else(|| self.connect.take());
                return left.map(alone);
            };
            self.take(row);
        }
        self.folded.pop_front()
    }
}

impl<I> Fold<I> {
    fn take(&mut self, row: Decision) {
        if row.done == Done::Renewed {
            return;
        }
        let seen = match row.side {
            Side::Teams => &mut self.teams,
            Side::Connect => &mut self.connect,
        };
        if row.done == Done::Confirmed {
            self.folded.extend(seen.replace(row).map(alone));
            return;
        }
        match seen.take() {
            Some(confirmation) if row.done == Done::Written && confirms(&confirmation, &row) => {
                self.folded.push_back(FoldedRow { confirmed: Some(confirmation.at), row });
            }
            confirmation => self.folded.extend(confirmation.into_iter().chain([row]).map(alone)),
        }
    }
}

fn confirms(confirmation: &Decision, write: &Decision) -> bool {
    confirmation.target == write.target && confirmation.status == write.status
}

fn alone(row: Decision) -> FoldedRow {
    FoldedRow { row, confirmed: None }
}
