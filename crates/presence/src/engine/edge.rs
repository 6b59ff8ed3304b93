//! The Teams state that was entered last and is not answered yet: its hold, and what it asks of Connect.
//!
//! Looks at readings only. What is ours never counts; what was answered never counts twice.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Engine, after, person::shows};
use crate::{
    mapping::{ConnectTarget, TeamsRow, TeamsToConnect},
    teams::{Availability, Detail, Reading, SessionPresence, TeamsState},
    timeline::{Done, Guard},
};

/// A state that was entered.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) state: TeamsState,
    pub(super) rule: Option<usize>,
    pub(super) hold: Duration,
    /// The last reading that could have shown it and did not: it was entered after that.
    pub(super) left: Option<Timestamp>,
    /// When its hold is over; only a reading from then on makes it count.
    pub(super) due: Timestamp,
    sequence: Option<String>,
    /// It counts.
    pub(super) lasted: bool,
    /// The agent agreed to be made routable.
    pub(super) agreed: bool,
    /// What it waits for.
    pub(super) waits: Option<Guard>,
    /// Nothing more is told of it.
    pub(super) is_silent: bool,
    /// What shows is ours: it asks for nothing, and only ends what was before it.
    is_ours: bool,
    /// How often its order was not carried out.
    pub(super) tries: u32,
}

/// What was read last, as far as edges go.
#[derive(Debug, Clone, Default)]
pub(super) struct Glance {
    /// The last reading in which nothing of ours hid what Teams itself shows.
    at: Option<Timestamp>,
    /// That nothing is to be done for the state found at the start was told.
    is_told: bool,
}

impl TeamsToConnect {
    /// True where going from one to the other is not entering anything: the same row speaks of both, or only
    /// idleness came or went without a row of its own.
    fn is_same(&self, one: &TeamsState, other: &TeamsState) -> bool {
        let row = |state| self.find(state).map(|(number, _)| number);
        let is_idle = |state: &TeamsState| {
            let finer = self.find(state).and_then(|(_, row)| row.when.detail);
            state.detail == Some(Detail::Inactive) && finer.is_none()
        };
        let same_badge = one.availability == other.availability;
        shows(one, other)
            || (row(one).is_some() && row(one) == row(other))
            || (same_badge && (is_idle(one) || is_idle(other)))
    }
}

impl Engine {
    /// The row that an edge follows.
    pub(super) fn edge_row(&self, edge: &Edge) -> Option<&TeamsRow> {
        self.teams_table.rows.get(edge.rule?)
    }

    /// Takes a reading: sees whether a state was entered, left, or goes on.
    pub(super) fn follow_teams(&mut self, reading: &Reading, out: &mut Vec<Effect>) {
        if !self.teams_table.enabled || self.is_leaving() {
            return;
        }
        // A reading from before our last write says nothing of what stands now.
        if self.written.is_some_and(|written| reading.at < written)
            || reading.state.availability == Availability::Unknown
        {
            return;
        }
        let shown = &reading.state;
        let is_ours = self.is_ours(shown);
        if is_ours && !self.marks_an_end(shown) {
            self.drop_edge(out);
            return;
        }
        let before = self.glance.at.replace(reading.at);
        let Some(answered) = &self.provenance.answered else {
            // Without history Connect leads.
            self.take_as_answered(shown, out);
            return;
        };
        if self.teams_table.is_same(shown, answered) {
            self.drop_edge(out);
            self.tell_answered(shown, out);
            return;
        }
        self.glance.is_told = true;
        let stands = self
            .edge
            .as_ref()
            .is_some_and(|edge| edge.is_ours == is_ours && self.teams_table.is_same(shown, &edge.state));
        if !stands {
            self.drop_edge(out);
            self.edge = Some(self.enter(reading, before, is_ours));
        } else if let Some(edge) = &mut self.edge {
            let has_moved = edge.sequence.as_ref().zip(reading.sequence.as_ref()).is_some_and(|(a, b)| a < b);
            if edge.lasted {
                edge.sequence.clone_from(&reading.sequence);
            } else if has_moved {
                // It was left and entered again in between.
                edge.due = due(edge.hold, reading.at, self.pace.read_back);
                edge.sequence.clone_from(&reading.sequence);
            } else if reading.at >= edge.due {
                edge.lasted = true;
            }
        }
    }

    fn enter(&self, reading: &Reading, before: Option<Timestamp>, is_ours: bool) -> Edge {
        let found = self.teams_table.find(&reading.state).filter(|_| !is_ours);
        let hold = found.and_then(|(_, row)| row.hold).unwrap_or(self.teams_table.hold);
        Edge {
            state: reading.state.clone(),
            rule: found.map(|(rule, _)| rule),
            hold,
            left: before,
            due: due(hold, reading.at, self.pace.read_back),
            sequence: reading.sequence.clone(),
            lasted: false,
            agreed: false,
            waits: None,
            is_silent: is_ours,
            is_ours,
            tries: 0,
        }
    }

    /// True where Teams shows what we wrote, while it stands.
    fn is_ours(&self, shown: &TeamsState) -> bool {
        let session = self.provenance.session.as_ref().map(|own| own.value.shows());
        let preferred = self.provenance.preferred.as_ref().map(|own| own.value.shows());
        let before = self.before.map(|before| before.shows());
        [session, preferred, before].into_iter().flatten().any(|ours| shows(shown, &ours))
    }

    /// True where our session shows and hides nothing: what was answered before has ended. While a status of ours
    /// is chosen our session is on its way out, and what comes to light after it counts.
    fn marks_an_end(&self, shown: &TeamsState) -> bool {
        let Some(session) = &self.provenance.session else { return false };
        if self.provenance.preferred.is_some() || !shows(shown, &session.value.shows()) {
            return false;
        }
        match session.value {
            SessionPresence::Available => {
                let chosen = self.centre.snapshot.as_ref().map(|snapshot| &snapshot.chosen.arn);
                chosen.is_some_and(|chosen| self.own_status(chosen).is_none())
            }
            // A call may hide a meeting, but not what we queued a next status for when it stood already.
            SessionPresence::InCall => {
                self.own_next_is_queued() && self.ordered.is_some_and(|ordered| session.since < ordered)
            }
        }
    }

    fn take_as_answered(&mut self, shown: &TeamsState, out: &mut Vec<Effect>) {
        self.provenance.answered = Some(shown.clone());
        self.save(out);
        self.tell_answered(shown, out);
    }

    /// Tells once that the state found at the start asks for nothing.
    fn tell_answered(&mut self, shown: &TeamsState, out: &mut Vec<Effect>) {
        if !std::mem::replace(&mut self.glance.is_told, true) {
            let rule = self.teams_table.find(shown).map(|(rule, _)| rule);
            self.record_connect(rule, shown, None, Done::NotWritten, Some(Guard::Answered), out);
        }
    }

    /// The state that was entered does not stand any more, or cannot be seen.
    pub(super) fn drop_edge(&mut self, out: &mut Vec<Effect>) {
        self.withdraw_question(out);
        self.order_retry = None;
        if let Some(edge) = self.edge.take()
            && !edge.lasted
            && !edge.is_silent
        {
            self.record_connect(edge.rule, &edge.state, None, Done::NotWritten, Some(Guard::Hold), out);
        }
    }

    /// Takes another table Teams → Connect. An edge begins anew; switched off, nothing is remembered.
    pub(super) fn replace_teams_table(&mut self, table: TeamsToConnect, out: &mut Vec<Effect>) {
        self.withdraw_question(out);
        self.edge = None;
        self.order_retry = None;
        self.teams_table = table;
        if !self.teams_table.enabled {
            self.glance = Glance::default();
            self.forget_connect();
            self.save(out);
            self.consider(out);
        }
    }

    /// Forgets everything that only matters while Teams leads Connect.
    pub(super) fn forget_connect(&mut self) {
        self.provenance.answered = None;
        self.provenance.status = None;
        self.provenance.next = None;
        self.provenance.status_before = None;
        self.centre.expected = None;
    }

    /// True while a change in Teams waits until the agent's contacts are over.
    #[must_use]
    pub fn waits_for_contact(&self) -> bool {
        self.edge.as_ref().is_some_and(|edge| edge.waits == Some(Guard::Contact))
    }

    /// True where the hold of an edge needs a reading of its own at its end; otherwise the next poll will do.
    pub(super) fn edge_asks(&self, edge: &Edge) -> bool {
        let asks = self.edge_row(edge).is_some_and(|row| row.target != ConnectTarget::NoChange);
        asks || self.own_next_is_queued()
    }
}

/// A hold ends with another reading than the one it began with, because Graph's reads may lag.
fn due(hold: Duration, seen: Timestamp, apart: Duration) -> Timestamp {
    after(seen, hold.max(apart))
}
