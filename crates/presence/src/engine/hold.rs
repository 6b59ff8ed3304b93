//! The hold: a state counts only when what it asks for has lasted.
//!
//! Knows the table and the clock, never what is set in Teams.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, want::Want};
use crate::{
    connect::{AgentSnapshot, Channel, ConnectState},
    decision::{Done, Guard},
    mapping::{ConnectToTeams, Target},
    moment::later,
    provenance::Provenance,
    redate::Redate,
    teams::TeamsState,
};

/// A Connect state and what the table asks for in it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) state: ConnectState,
    pub(super) rule: Option<usize>,
    pub(super) target: Target,
    /// The row writes over a person's own choice too.
    pub(super) overrides_person: bool,
    hold: Duration,
}

/// A state that waits for its hold.
#[derive(Debug, Clone)]
pub(super) struct Pending {
    pub(super) entry: Entry,
    pub(super) since: Timestamp,
    pub(super) due: Timestamp,
}

impl Entry {
    pub(super) fn look_up(table: &ConnectToTeams, state: ConnectState, teams: Option<&TeamsState>) -> Self {
        match table.find(&state, teams) {
            Some((rule, row)) => Self {
                rule: Some(rule),
                target: row.target,
                overrides_person: row.override_person,
                hold: table.hold_of(row),
                state,
            },
            None => Self::without_row(state, Target::NoChange, table.hold),
        }
    }

    fn without_row(state: ConnectState, target: Target, hold: Duration) -> Self {
        Self { state, rule: None, target, overrides_person: false, hold }
    }

    /// The state for which everything that is set was written, if the table still asks for exactly that.
    pub(super) fn restored(table: &ConnectToTeams, provenance: &Provenance, now: Timestamp) -> Option<Self> {
        let entry = Self::look_up(table, provenance.reason.clone()?, provenance.alone.as_ref());
        let session = provenance.session.as_ref().filter(|session| session.expires > now)?;
        let preferred = provenance.preferred.as_ref();
        let is_set = match Want::of(entry.target) {
            Want::Session(value) => session.value == value && preferred.is_none(),
            Want::Preferred(value) => preferred.is_some_and(|own| own.value == value && own.expires > now),
            Want::Keep | Want::Nothing => false,
        };
        (table.enabled && is_set).then_some(entry)
    }

    /// True while a contact decides.
    pub(super) fn by_contact(&self) -> bool {
        matches!(self.state, ConnectState::Contact { .. })
    }

    /// True while a contact decides of which we only know that it exists.
    pub(super) fn by_unknown_contact(&self) -> bool {
        matches!(self.state, ConnectState::Contact { channel: Channel::Other, .. })
    }

    /// True if the change from one to the other changes nothing for Teams. *No change* with and without a contact
    /// differ, because the end of the contact gives back. With an unknown contact it differs too: that gives Available
    /// back.
    fn asks_the_same(&self, other: &Self) -> bool {
        let gives_back = |entry: &Self| (entry.by_contact(), entry.by_unknown_contact());
        self.target == other.target
            && (self.target != Target::NoChange || gives_back(self) == gives_back(other))
    }
}

impl Engine {
    pub(super) fn connect_shows(&mut self, snapshot: AgentSnapshot, out: &mut Vec<Effect>) {
        let as_mapped = self.without_step(&snapshot);
        let state = as_mapped.state();
        if self.agent.as_ref().is_some_and(|before| *before != state) {
            self.second_writer.connect_changed(self.now);
        }
        self.agent = Some(state);
        self.orders.retry_at = None;
        self.follow_connect(snapshot, &as_mapped, out);
        self.connect_lost = None;
        if self.forced_at.is_none() {
            self.forced_at = Some(self.now);
        }
        self.consider(out);
    }

    pub(super) fn replace_table(&mut self, table: ConnectToTeams, out: &mut Vec<Effect>) {
        if table == self.table {
            return;
        }
        let was_enabled = self.table.enabled;
        self.table = table;
        self.alternation.forget();
        self.pending = None;
        if !self.table.enabled {
            self.in_force = None;
            if was_enabled {
                self.reported.begin();
            }
            return;
        }
        let in_force = self.in_force.take();
        let kept = in_force.and_then(|entry| {
            let again = self.entry(entry.state.clone());
            again.asks_the_same(&entry).then_some(again)
        });
        if kept.is_none() {
            self.reported.begin();
        }
        self.in_force = kept;
        self.consider(out);
    }

    /// What a state asks for. A status that Teams brought about asks nothing of Teams: what was set for the one
    /// before it is given back (rule 2).
    fn entry(&self, state: ConnectState) -> Entry {
        let is_ours = match &state {
            ConnectState::Chosen(status) => self.knows_own && self.own_status(&status.arn).is_some(),
            ConnectState::Contact { .. } => false,
        };
        if is_ours {
            Entry::without_row(state, Target::Clear, self.table.hold)
        } else {
            Entry::look_up(&self.table, state, self.watch.alone())
        }
    }

    /// Finds out whether the current state is in force, is waiting already, or has to begin its hold.
    pub(super) fn consider(&mut self, out: &mut Vec<Effect>) {
        if !self.table.enabled || self.is_leaving() {
            return;
        }
        let Some(state) = self.agent.clone() else { return };
        let entry = self.entry(state);
        if self.in_force.as_ref().is_some_and(|in_force| in_force.asks_the_same(&entry)) {
            self.drop_pending(out);
            self.in_force = Some(entry);
            return;
        }
        let known = self.pending.as_ref().filter(|pending| pending.entry.asks_the_same(&entry));
        let known = known.map(|pending| pending.since);
        let since = known.unwrap_or(self.now);
        let (held, rests) = (later(since, entry.hold), self.teams_row_waits_until(entry.rule));
        if known.is_none() {
            self.drop_pending(out);
            if rests > held {
                self.record(Some(&entry), Done::NotWritten, Some(Guard::Every), out);
            }
        }
        self.pending = Some(Pending { due: held.max(rests), since, entry });
    }

    pub(super) fn drop_pending(&mut self, out: &mut Vec<Effect>) {
        if let Some(pending) = self.pending.take() {
            self.record(Some(&pending.entry), Done::NotWritten, Some(Guard::Hold), out);
        }
    }

    /// Attributes what is set to the state in force: it is taken back when that state ends.
    pub(super) fn attribute_to_current_state(&mut self, out: &mut Vec<Effect>) {
        let reason = self.in_force.as_ref().map(|entry| &entry.state);
        if self.provenance.reason.as_ref() != reason {
            self.provenance.reason = reason.cloned();
            self.save(out);
        }
    }

    /// Puts the waiting state in force when its hold is over. If the state before it was never decided, that one did
    /// not last either.
    pub(super) fn end_hold(&mut self, out: &mut Vec<Effect>) {
        if let Some(pending) = self.pending.take_if(|pending| pending.due <= self.now) {
            if self.in_force.is_some() && self.reported.is_silent() {
                self.record(self.in_force.as_ref(), Done::NotWritten, Some(Guard::Hold), out);
            }
            self.in_force = Some(pending.entry);
            self.decided = false;
            self.reported.begin();
        }
    }
}

impl Redate for Pending {
    fn redate(&mut self, by: SignedDuration) {
        let Self { entry: _, since, due } = self;
        since.redate(by);
        due.redate(by);
    }
}
