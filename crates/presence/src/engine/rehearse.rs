//! Dry run: reports what would be written, at the time when it would be.
//!
//! Writes nothing. Remembers what would be set by now, so that each value is reported once, and its end once.

use super::{Effect, Engine, edge::Edge, plan::Step, report::Status, want::Want};
use crate::{
    connect::StatusArn,
    decision::{Done, Guard},
};

/// What would be set in Teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rehearsed {
    want: Want,
    pub(super) for_contact: bool,
}

impl Rehearsed {
    pub(super) fn is(self, want: Want) -> bool {
        self.want == want
    }
}

impl Engine {
    /// Decides on Teams without a write.
    pub(super) fn rehearse(&mut self, out: &mut Vec<Effect>) {
        if self.reported.has_given_back() {
            self.report(Status::Suspended(Guard::DryRun), out);
        }
        if self.reported.status() == Status::Rehearsed {
            return;
        }
        let want = self.want();
        let would_be_set = self.rehearsed.map(|rehearsed| rehearsed.want);
        if would_be_set == Some(want) {
            self.decided = true;
            return self.report(Status::Shown, out);
        }
        match self.plan() {
            Step::Idle | Step::Wait | Step::Forget => {}
            // What would be set would be taken back, or replaced.
            Step::Rest(Status::Cleared | Status::Compare) if would_be_set.is_some() => {
                self.would_write(want, out);
            }
            Step::Rest(status) => self.rest(status, out),
            Step::Ask => self.ask_if_allowed(out),
            Step::Decide(_) | Step::Lift if !self.has_fresh_reading() => self.ask_if_allowed(out),
            Step::Decide(_) | Step::Lift | Step::Complete(_) => self.would_write(want, out),
        }
    }

    fn would_write(&mut self, want: Want, out: &mut Vec<Effect>) {
        let for_contact = self.in_force.as_ref().is_some_and(super::hold::Entry::by_contact);
        self.rehearsed = (want != Want::Nothing).then_some(Rehearsed { want, for_contact });
        self.decided = true;
        self.note_teams_write();
        self.report(Status::Rehearsed, out);
    }

    /// Reports that the state would set `status`, or ask about it if `guard` says so; with that it is answered.
    pub(super) fn would_set(&mut self, status: Option<StatusArn>, guard: Guard, out: &mut Vec<Effect>) {
        let row = self.edge.as_ref().and_then(|edge| self.edge_row(edge));
        let rule = row.map(|(rule, _)| rule);
        if let Some((_, row)) = row {
            self.provenance.connect_writes = self.with_write(&self.provenance.connect_writes, row);
        }
        let Some(Edge { state, is_silent, .. }) = &mut self.edge else { return };
        *is_silent = true;
        let state = state.clone();
        self.record_connect(rule, &state, status, Done::DryRun, Some(guard), out);
        self.answer_without_write(guard, out);
    }
}
