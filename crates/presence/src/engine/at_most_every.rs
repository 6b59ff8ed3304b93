//! *At most every*: when a row wrote last, and when it may write again.
//!
//! Only remembers; a state whose row rests waits as if its hold were longer.

use jiff::Timestamp;

use super::Engine;
use crate::{
    mapping::{TableRow, TeamsRow},
    moment::later,
    provenance::RowWrite,
};

impl Engine {
    /// Until when the row with this number of the table Connect → Teams writes nothing.
    pub(super) fn teams_row_waits_until(&self, rule: Option<usize>) -> Timestamp {
        let row = rule.and_then(|rule| self.table.rows().get(rule));
        row.map_or(Timestamp::MIN, |row| waits_until(&self.provenance.teams_writes, row))
    }

    /// Until when a row of the table Teams → Connect writes nothing.
    pub(super) fn connect_row_waits_until(&self, row: Option<(usize, &TeamsRow)>) -> Timestamp {
        row.map_or(Timestamp::MIN, |(_, row)| waits_until(&self.provenance.connect_writes, row))
    }

    /// Remembers that the state in force is written now.
    pub(super) fn note_teams_write(&mut self) {
        let rule = self.in_force.as_ref().and_then(|entry| entry.rule);
        if let Some(row) = rule.and_then(|rule| self.table.rows().get(rule)) {
            self.provenance.teams_writes = self.with_write(&self.provenance.teams_writes, row);
        }
    }

    /// `writes` with a write of `row` now, if the row has *at most every*, and without those that no longer matter.
    pub(super) fn with_write<R: TableRow + Clone + PartialEq>(
        &self,
        writes: &[RowWrite<R>],
        row: &R,
    ) -> Vec<RowWrite<R>> {
        let others = writes.iter().filter(|write| write.row != *row && ends(write) > self.now).cloned();
        let new = row.conditions().at_most_every.map(|_| RowWrite { row: row.clone(), at: self.now });
        others.chain(new).collect()
    }
}

fn waits_until<R: TableRow + PartialEq>(writes: &[RowWrite<R>], row: &R) -> Timestamp {
    writes.iter().find(|write| write.row == *row).map_or(Timestamp::MIN, ends)
}

fn ends<R: TableRow>(write: &RowWrite<R>) -> Timestamp {
    write.row.conditions().at_most_every.map_or(write.at, |length| later(write.at, length))
}
