//! Somebody else logs in to Teams: what is remembered of the former person's presence does not apply to them.
//!
//! Restarts the side of Teams, as a new process does, and leaves the agent's side as it is. Writes nothing.

use super::{Effect, Engine, leave::Quit};
use crate::{mapping::Tables, provenance::Provenance};

impl Engine {
    pub(super) fn restart_for_another(&mut self, mut kept: Provenance, out: &mut Vec<Effect>) {
        if self.is_leaving() {
            // What is still to be taken back belongs to the former person, and lapses.
            self.quit = Quit::Done;
            return;
        }
        // A status on its way answers a state of the former person.
        if self.provenance.passage.is_some() {
            self.turn_back(out);
        }
        self.withdraw_question(out);
        kept.adjust_to_clock(self.pace, self.now);
        let tables =
            Tables { connect_to_teams: self.table.clone(), teams_to_connect: self.teams_table.clone() };
        let provenance = Provenance {
            status: self.provenance.status.take(),
            status_before: self.provenance.status_before.take(),
            next: self.provenance.next.take(),
            connect_writes: std::mem::take(&mut self.provenance.connect_writes),
            passage: self.provenance.passage.take(),
            pause: self.provenance.pause.take(),
            stop: self.provenance.stop.take(),
            ..kept
        };
        let fresh = Self::new(tables, self.rules, self.pace, provenance, self.now);
        let former = std::mem::replace(self, fresh);
        self.connect = former.connect;
        self.orders = former.orders;
        self.way = former.way;
        self.knows_own = former.knows_own;
        if let Some(order) = &mut self.orders.sent {
            order.answered.clone_from(&self.provenance.answered);
        }
        if let Some(passage) = &mut self.provenance.passage {
            passage.answered.clone_from(&self.provenance.answered);
        }
        self.save(out);
        self.set_dry_run(former.dry_run, out);
        if let Some(snapshot) = self.connect.snapshot.clone() {
            self.connect_shows(snapshot, out);
        }
    }
}
