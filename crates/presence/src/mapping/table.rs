//! A table of one direction: rows in the order in which they win.

use std::{cmp::Reverse, time::Duration};

use serde::{Deserialize, Serialize};

use super::Conditions;

/// A row of either table.
pub trait TableRow {
    /// The type that describes states of its own side.
    type When: PartialEq;
    /// The type that describes states of the other side.
    type Other: PartialEq;

    /// The state that it speaks of.
    fn when(&self) -> &Self::When;

    /// What it demands beyond its state.
    fn conditions(&self) -> &Conditions<Self::Other>;

    /// True if it speaks of a whole family of states: a kind, an activity in any channel, a badge.
    fn is_general(&self) -> bool;

    /// True if both speak of the same state under the same narrowing conditions, so that only the first can win.
    fn is_same_case(&self, other: &Self) -> bool {
        let (own, others) = (self.conditions(), other.conditions());
        self.when() == other.when() && own.source == others.source && own.only_while == others.only_while
    }
}

/// One direction. The rows are in the order in which they win: the most specific first, equals in the order in which
/// they were given. The first matching row counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Parts<R>", bound(deserialize = "R: TableRow + Deserialize<'de>"))]
pub struct Table<R> {
    /// Whether anything is written to the other side at all.
    pub enabled: bool,
    /// The hold of rows without one.
    pub hold: Duration,
    rows: Vec<R>,
}

/// A table as it is kept, before its rows are put in order.
#[derive(Deserialize)]
struct Parts<R> {
    enabled: bool,
    hold: Duration,
    rows: Vec<R>,
}

impl<R: TableRow> From<Parts<R>> for Table<R> {
    fn from(parts: Parts<R>) -> Self {
        Self::new(parts.enabled, parts.hold, parts.rows)
    }
}

impl<R: TableRow> Table<R> {
    /// A table of these rows, put in the order in which they win.
    #[must_use]
    pub fn new(enabled: bool, hold: Duration, mut rows: Vec<R>) -> Self {
        rows.sort_by_key(|row| (row.is_general(), Reverse(row.conditions().narrowing())));
        Self { enabled, hold, rows }
    }

    /// The same table with these rows.
    #[must_use]
    pub fn with_rows(&self, rows: Vec<R>) -> Self {
        Self::new(self.enabled, self.hold, rows)
    }

    /// The rows, the first to win first.
    #[must_use]
    pub fn rows(&self) -> &[R] {
        &self.rows
    }

    /// How long the state of that row must last.
    #[must_use]
    pub fn hold_of(&self, row: &R) -> Duration {
        row.conditions().hold.unwrap_or(self.hold)
    }

    pub(super) fn first(&self, matches: impl Fn(&R) -> bool) -> Option<(usize, &R)> {
        self.rows.iter().enumerate().find(|(_, row)| matches(row))
    }
}
