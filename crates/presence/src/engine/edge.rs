//! The Teams state that was entered last and is not answered yet: its hold, and what it asks of Connect.
//!
//! Looks at readings only. What is ours never counts; an answered state never counts twice.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, back::Consent};
use crate::{
    connect::AgentSnapshot,
    decision::{Done, Guard},
    mapping::{ConnectTarget, TeamsRow, TeamsToConnect},
    moment::later,
    provenance::Held,
    redate::Redate,
    source::{Source, hides_nothing, shows},
    teams::{Availability, Detail, Reading, SessionPresence, TeamsState},
};

/// A state that was entered.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    pub(super) state: TeamsState,
    /// Who made it. A state of ours asks for nothing, and only ends the state before it.
    pub(super) source: Source,
    /// The last reading that could have shown it and did not: it was entered after that.
    pub(super) left: Option<Timestamp>,
    /// The reading with which its hold began.
    pub(super) since: Timestamp,
    /// The last reading that showed it. The state counts once such a reading was asked for after the hold.
    seen: Timestamp,
    sequence: Option<String>,
    pub(super) consent: Consent,
    /// What it waits for.
    pub(super) waits: Option<Guard>,
    /// Nothing more is reported about it.
    pub(super) is_silent: bool,
    /// How often its order was not carried out.
    pub(super) tries: u32,
}

/// What is remembered of the last reading in order to find edges.
#[derive(Debug, Clone, Default)]
pub(super) struct Glance {
    /// The last reading in which nothing of ours hid what Teams itself shows.
    at: Option<Timestamp>,
    /// It was reported that nothing is to be done for the state found at the start.
    is_reported: bool,
}

impl TeamsToConnect {
    /// True if the change from one to the other enters no new state: the same row speaks of both, or only idleness
    /// came or went without a row of its own.
    pub(crate) fn is_same(&self, one: &TeamsState, other: &TeamsState) -> bool {
        let find = |state: &TeamsState| {
            self.speaks_of(state, Source::of_teams(state)).map(|(number, row)| (number, row.when.detail))
        };
        let row = |state| find(state).map(|(number, _)| number);
        let is_idle = |state: &TeamsState| {
            let finer = find(state).and_then(|(_, detail)| detail);
            state.detail == Some(Detail::Inactive) && finer.is_none()
        };
        let same_badge = one.availability == other.availability;
        shows(one, other)
            || (row(one).is_some() && row(one) == row(other))
            || (same_badge && (is_idle(one) || is_idle(other)))
    }
}

impl Engine {
    /// The row that an edge follows now, with its number.
    pub(super) fn edge_row(&self, edge: &Edge) -> Option<(usize, &TeamsRow)> {
        let states = self.connect.snapshot.as_ref().map(AgentSnapshot::states).unwrap_or_default();
        self.teams_table.find(&edge.state, edge.source, &states)
    }

    /// The row that speaks of an edge, also if its *only while* does not hold now.
    pub(super) fn edge_topic(&self, edge: &Edge) -> Option<(usize, &TeamsRow)> {
        self.teams_table.speaks_of(&edge.state, edge.source)
    }

    /// The number of the row that an edge is reported with.
    pub(super) fn edge_rule(&self, edge: &Edge) -> Option<usize> {
        self.edge_row(edge).or_else(|| self.edge_topic(edge)).map(|(rule, _)| rule)
    }

    /// How long an edge must last.
    pub(super) fn edge_hold(&self, edge: &Edge) -> Duration {
        self.edge_row(edge).map_or(self.teams_table.hold, |(_, row)| self.teams_table.hold_of(row))
    }

    /// When the hold of an edge is over, and its row may write again; only a reading from then on makes it count.
    /// A hold ends with another reading than the one it began with, because Graph's reads may lag.
    pub(super) fn edge_due(&self, edge: &Edge) -> Timestamp {
        let hold = self.edge_hold(edge).max(self.pace.read_back);
        later(edge.since, hold).max(self.connect_row_waits_until(self.edge_row(edge)))
    }

    /// True if the hold of an edge is over, and only its row rests.
    pub(super) fn only_rests(&self, edge: &Edge) -> bool {
        let held = later(edge.since, self.edge_hold(edge).max(self.pace.read_back));
        edge.seen >= held && !self.has_lasted(edge)
    }

    /// True if an edge counts.
    pub(super) fn has_lasted(&self, edge: &Edge) -> bool {
        edge.seen >= self.edge_due(edge)
    }

    /// When a reading is needed to see whether the edge lasts.
    pub(super) fn edge_timer(&self) -> Option<Timestamp> {
        let edge = self.edge.as_ref()?;
        (!self.has_lasted(edge) && self.edge_asks(edge)).then(|| self.edge_due(edge))
    }

    fn source_of(&self, shown: &TeamsState) -> Source {
        match &self.provenance.held {
            // The choice is what this reading shows: `judge` has made sure of that.
            Held::Since { .. } | Held::Lifted(_) | Held::TakenBack(_) => Source::Person,
            Held::No => Source::of_teams(shown),
        }
    }

    /// True if nothing of ours hides what Teams itself shows.
    pub(super) fn hides_nothing(&self, shown: &TeamsState) -> bool {
        let session = self.provenance.session.as_ref().map(|own| own.value);
        let preferred = self.provenance.preferred.as_ref().map(|own| own.value);
        let is_before = self.before.is_some_and(|before| shows(shown, &before.shows()));
        !is_before && hides_nothing(session, preferred, shown, self.watch.alone())
    }

    /// Takes a reading: finds out whether a state was entered, was left, or continues.
    pub(super) fn follow_teams(&mut self, reading: &Reading, out: &mut Vec<Effect>) {
        if !self.teams_table.enabled || self.is_leaving() {
            return;
        }
        // A reading from before our last write says nothing about what is set now.
        if self.written.is_some_and(|written| reading.at < written)
            || reading.state.availability == Availability::Unknown
        {
            return;
        }
        let shown = &reading.state;
        let is_ours = self.knows_own && self.is_ours(shown);
        if is_ours && !self.marks_an_end(shown) {
            self.drop_edge(out);
            return;
        }
        let before = self.glance.at.replace(reading.at);
        let Some(answered) = &self.provenance.answered else {
            // If no answered state is remembered, Connect leads.
            self.take_as_answered(shown, out);
            return;
        };
        if self.teams_table.is_same(shown, answered) {
            self.drop_edge(out);
            self.report_answered(shown, out);
            return;
        }
        self.glance.is_reported = true;
        let is_current = self.edge.as_ref().is_some_and(|edge| {
            (edge.source == Source::Ours) == is_ours && self.teams_table.is_same(shown, &edge.state)
        });
        let has_lasted = self.edge.as_ref().is_some_and(|edge| self.has_lasted(edge));
        if !is_current {
            self.drop_edge(out);
            self.edge = Some(self.enter(reading, before, is_ours));
        } else if let Some(edge) = &mut self.edge {
            edge.seen = reading.at;
            let has_moved = edge.sequence.as_ref().zip(reading.sequence.as_ref()).is_some_and(|(a, b)| a < b);
            if has_moved {
                edge.sequence.clone_from(&reading.sequence);
                if !has_lasted {
                    // It was left and entered again in between.
                    edge.since = reading.at;
                }
            }
        }
    }

    fn enter(&self, reading: &Reading, before: Option<Timestamp>, is_ours: bool) -> Edge {
        Edge {
            state: reading.state.clone(),
            source: if is_ours { Source::Ours } else { self.source_of(&reading.state) },
            left: before,
            since: reading.at,
            seen: reading.at,
            sequence: reading.sequence.clone(),
            consent: Consent::NONE,
            waits: None,
            is_silent: is_ours,
            tries: 0,
        }
    }

    /// True if Teams shows what we wrote, while it is set.
    pub(super) fn is_ours(&self, shown: &TeamsState) -> bool {
        let session = self.provenance.session.as_ref().map(|own| own.value.shows());
        let preferred = self.provenance.preferred.as_ref().map(|own| own.value.shows());
        let before = self.before.map(|before| before.shows());
        [session, preferred, before].into_iter().flatten().any(|ours| shows(shown, &ours))
    }

    /// True if our session shows and hides nothing: the state that was answered before has ended. While a status of
    /// ours is chosen our session is about to be cleared, and the state that it uncovers counts.
    fn marks_an_end(&self, shown: &TeamsState) -> bool {
        let Some(session) = &self.provenance.session else { return false };
        if self.provenance.preferred.is_some() || !shows(shown, &session.value.shows()) {
            return false;
        }
        match session.value {
            SessionPresence::Available => {
                let chosen = self.connect.chosen.as_ref().filter(|_| self.connect.snapshot.is_some());
                chosen.is_some_and(|chosen| self.own_status(chosen).is_none())
            }
            // A call may hide a meeting. It cannot hide the state for which we queued a next status while the call was
            // already set.
            SessionPresence::InCall => {
                self.own_next_is_queued() && self.orders.given.is_some_and(|ordered| session.since < ordered)
            }
        }
    }

    fn take_as_answered(&mut self, shown: &TeamsState, out: &mut Vec<Effect>) {
        self.provenance.answered = Some(shown.clone());
        self.save(out);
        self.report_answered(shown, out);
    }

    /// Reports once that the state found at the start asks for nothing.
    fn report_answered(&mut self, shown: &TeamsState, out: &mut Vec<Effect>) {
        if !std::mem::replace(&mut self.glance.is_reported, true) {
            let rule = self.teams_table.speaks_of(shown, self.source_of(shown)).map(|(rule, _)| rule);
            self.record_connect(rule, shown, None, Done::NotWritten, Some(Guard::Answered), out);
        }
    }

    /// Forgets the state that was entered: it is over, or cannot be seen.
    pub(super) fn drop_edge(&mut self, out: &mut Vec<Effect>) {
        // A passage no longer has an edge, and has its own question and times.
        if self.provenance.passage.is_none() {
            self.withdraw_question(out);
            self.orders.retry_at = None;
        }
        if let Some(edge) = self.edge.take()
            && !self.has_lasted(&edge)
            && !edge.is_silent
            && edge.waits.is_none()
        {
            let rule = self.edge_rule(&edge);
            self.record_connect(rule, &edge.state, None, Done::NotWritten, Some(Guard::Hold), out);
        }
    }

    /// Takes another table Teams → Connect. An edge restarts; if the table is off, nothing is remembered.
    pub(super) fn replace_teams_table(&mut self, table: TeamsToConnect, out: &mut Vec<Effect>) {
        self.withdraw_question(out);
        self.alternation.forget();
        self.edge = None;
        self.orders.retry_at = None;
        self.teams_table = table;
        if !self.teams_table.enabled {
            self.glance = Glance::default();
            self.forget_connect();
            self.save(out);
            self.consider(out);
        }
    }

    /// Forgets everything that only matters while Teams leads Connect. What we queued is taken back later.
    pub(super) fn forget_connect(&mut self) {
        self.provenance.answered = None;
        self.provenance.status = None;
        self.provenance.status_before = None;
        self.connect.expected = None;
        if let Some(passage) = &mut self.provenance.passage {
            passage.to = passage.from.clone();
        }
    }

    /// True if the hold of an edge needs a reading of its own at its end; otherwise the next poll will do.
    pub(super) fn edge_asks(&self, edge: &Edge) -> bool {
        let asks = self.edge_row(edge).is_some_and(|(_, row)| row.target != ConnectTarget::NoChange);
        asks || self.own_next_is_queued()
    }
}

impl Redate for Edge {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            state: _,
            source: _,
            left,
            since,
            seen,
            sequence: _,
            consent,
            waits: _,
            is_silent: _,
            tries: _,
        } = self;
        left.redate(by);
        since.redate(by);
        seen.redate(by);
        consent.redate(by);
    }
}

impl Redate for Glance {
    fn redate(&mut self, by: SignedDuration) {
        let Self { at, is_reported: _ } = self;
        at.redate(by);
    }
}
