//! Checks the tables before anything is written by them: finds loops, rows that never apply, statuses that the
//! instance does not have, and states without a row.
//!
//! A pure function of the tables and the statuses. It neither knows nor guesses what is set in Teams or Connect.
//!
//! **The loop proof.** With echo recognition on, an outside change causes at most one write on each side, whatever
//! the tables say. The proof does without it: every write is answered as if somebody had made it by hand. It starts
//! from every state of both sides, follows the tables write by write, and reports each way that comes back to where
//! it was. It assumes the worst:
//!
//! - A value written to Teams counts as a person's if only a person makes it, else as unclear, and so meets
//!   `source = "automatic"`.
//! - *Restore* has any earlier status; *Clear* uncovers any state that Teams makes by itself, and always the same one,
//!   because a calendar that changes is an outside change.
//! - The agent is at the machine and agrees to be made routable, so no guard for the person stops a write.
//! - A hold and *at most every* make a loop slower and do not end it; they are left out. *Source* and *only while*
//!   count, and an equal state is not written.
//!
//! Only chosen statuses are followed. No write begins or ends a contact, and while there is one it stays the same and
//! decides alone what Teams shows: Teams then changes at most once, so contacts are no part of any loop.

mod absent;
mod configuration;
mod loops;
mod rows;
mod universe;

pub use self::{
    absent::WithoutRow,
    configuration::{Shown, Step},
    loops::{Loop, loops},
    rows::{Part, Unknown, Unreachable, UnreachableReason},
};
use crate::{connect::AgentStatus, decision::Side, mapping::Tables};

/// A row of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowAt {
    /// The side that its table writes to.
    pub side: Side,
    /// Its number, in the order in which the rows win.
    pub number: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Each loop once. If a direction is off there is none.
    pub loops: Vec<Loop>,
    /// Rows that never apply.
    pub unreachable: Vec<Unreachable>,
    /// Statuses that rows name and the instance does not have.
    pub unknown: Vec<Unknown>,
    /// States that no row speaks of: they change nothing. No fault, but perhaps not meant.
    pub without_row: Vec<WithoutRow>,
}

impl Report {
    /// True if the tables have no loop.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.loops.is_empty()
    }
}

/// Checks both tables against the statuses of the instance.
#[must_use]
pub fn check(tables: &Tables, statuses: &[AgentStatus]) -> Report {
    Report {
        loops: loops(tables, statuses),
        unreachable: rows::unreachable(tables, statuses),
        unknown: rows::unknown(tables, statuses),
        without_row: absent::without_row(tables, statuses),
    }
}
