//! Carries out the next step: asks for a reading if one is missing, writes if the reading allows it, otherwise rests.
//!
//! Holds the two gates that every decision passes: the freshness of the reading, and the time of the next try.

use super::{Effect, Engine, Write, plan::Step, report::Status, want::Want, write::Kind};
use crate::{provenance::Held, source::is_choice};

impl Engine {
    pub(super) fn decide(&mut self, out: &mut Vec<Effect>) {
        if self.rehearses() && self.table.enabled {
            return self.rehearse(out);
        }
        if let Some(suspension) =
            self.suspension().filter(|suspension| !suspension.gives_back() && self.table.enabled)
        {
            return self.report(Status::Suspended(suspension.guard()), out);
        }
        let mut step = self.plan();
        if step == Step::Forget {
            self.forget_preferred(out);
            step = self.plan();
        }
        match step {
            Step::Idle | Step::Forget => {}
            Step::Rest(status) => self.rest(status, out),
            Step::Wait => self.reported.deciding(),
            Step::Ask => {
                self.reported.deciding();
                self.ask_if_allowed(out);
            }
            Step::Decide(write) => {
                self.reported.deciding();
                if self.has_fresh_reading() {
                    self.try_write(write, out);
                } else {
                    self.ask_if_allowed(out);
                }
            }
            Step::Lift => {
                self.reported.deciding();
                if !self.has_fresh_reading() {
                    self.ask_if_allowed(out);
                } else if let Some(shown) = self.watch.last().filter(|_| self.retry_at.is_none()) {
                    let taken_back = Held::TakenBack(shown.clone());
                    let held = std::mem::replace(&mut self.provenance.held, taken_back);
                    self.send(Write::ClearPreferred, Kind::Decision, out);
                    if self.flight.is_none() {
                        // The breaker stopped it.
                        self.provenance.held = held;
                        self.save(out);
                    }
                }
            }
            Step::Complete(write) => {
                self.reported.deciding();
                self.try_write(write, out);
            }
        }
    }

    pub(super) fn rest(&mut self, status: Status, out: &mut Vec<Effect>) {
        let needs_reading = match status {
            Status::Confirming | Status::Compare | Status::Shown | Status::Masked | Status::Held => true,
            Status::Deciding
            | Status::NoChange
            | Status::Cleared
            | Status::Off
            | Status::Suspended(_)
            | Status::Rehearsed => false,
        };
        if needs_reading && !self.decided && !self.has_fresh_reading() {
            self.reported.deciding();
            self.ask_if_allowed(out);
            return;
        }
        self.decided = true;
        if matches!(status, Status::Confirming | Status::Shown | Status::Masked) {
            self.attribute_to_current_state(out);
        }
        if status == Status::Masked && self.repair_lost_write(out) {
            return;
        }
        if status == Status::Held
            && let Some(shown) = self.watch.last()
            && self.provenance.held.begin(shown, self.now)
        {
            self.save(out);
        }
        self.report(status, out);
    }

    fn try_write(&mut self, write: Write, out: &mut Vec<Effect>) {
        if self.retry_at.is_none() {
            self.decided = true;
            self.send(write, Kind::Decision, out);
        }
    }

    /// Asks for a reading unless it could only lead to a write that must still wait.
    pub(super) fn ask_if_allowed(&mut self, out: &mut Vec<Effect>) {
        if self.retry_at.is_none() {
            self.ask(out);
        }
    }

    /// Writes again what a forced sync does not see. True if the decision has to wait for that.
    fn repair_lost_write(&mut self, out: &mut Vec<Effect>) -> bool {
        let Some(asked) = self.repair.filter(|_| self.retry_at.is_none()) else { return false };
        let Some(shown) = self.watch.since(Some(asked)) else { return false };
        let write = match self.want() {
            Want::Session(value) => self.set_session(value),
            Want::Preferred(value) => self.set_preferred(value),
            Want::Keep | Want::Nothing => return false,
        };
        // What was written since then has been looked for already.
        let keeps_out = is_choice(shown) && !self.overrides_person();
        if keeps_out || self.written.is_some_and(|written| written >= asked) {
            return false;
        }
        if self.has_fresh_reading() {
            self.repair = None;
            self.send(write, Kind::Repair, out);
        } else {
            self.ask(out);
        }
        true
    }
}
