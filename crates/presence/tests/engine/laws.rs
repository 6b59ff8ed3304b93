//! The laws that hold at every single write, whatever the history.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    connect::ConnectState,
    engine::Write,
    mapping::{ConnectRow, SourceCondition, Target, TeamsWhen},
    provenance::Provenance,
    teams::{PreferredPresence, SessionPresence, TeamsState},
    timeline::{Decision, Side},
};

use super::{
    cloud::By,
    words::{Short, preferred_target, seconds, session_target, short},
    world::{Asked, World},
};

impl World {
    pub fn check(&mut self, write: Write, before: &Provenance) {
        let now = self.now;
        let is_renewal = self.is_renewal(write, before) || self.is_rewrite(write, before);
        self.writes.push((now, write, is_renewal));
        let gives_up = self.gives_up();
        self.check_stillness(write);
        assert!(
            self.centre.live().is_some() || gives_up || self.released,
            "unknown is not a reason to write: {write:?}"
        );
        match write {
            Write::SetSession { value, expiry } => {
                assert_eq!(expiry, self.pace.session_expiry);
                assert_eq!(self.disk.session.as_ref().map(|own| own.value), Some(value));
                let is_set = self.cloud.session(now) == Some(value);
                assert!(is_renewal || !is_set || now <= self.may_repeat_until, "an equal session: {write:?}");
                let carries =
                    self.asked_and_held().is_some_and(|(target, _)| preferred_target(target).is_some());
                self.check_compare(&value.shows(), is_renewal || carries);
            }
            Write::SetPreferred { value, expiry } => {
                assert_eq!(expiry, self.pace.preferred_expiry);
                assert_eq!(self.disk.preferred.as_ref().map(|own| own.value), Some(value));
                let is_set = self.cloud.ours_preferred(now) == Some(&value.shows());
                assert!(
                    is_renewal || !is_set || now <= self.may_repeat_until,
                    "an equal preferred presence: {write:?}"
                );
                self.check_compare(&value.shows(), is_renewal);
                self.check_person(write);
            }
            Write::ClearPreferred if self.released => return,
            Write::ClearPreferred => self.check_person(write),
            Write::ClearSession => {}
        }
        if !is_renewal && !gives_up {
            let (target, _) =
                self.asked_and_held().unwrap_or_else(|| panic!("written before its hold: {write:?}"));
            assert!(is_asked_for(write, target), "{write:?} is not what {target:?} asks for");
            self.check_row();
            self.note_row(write, before);
        }
        self.alone.writes(write, before);
    }

    fn is_renewal(&self, write: Write, before: &Provenance) -> bool {
        let due = match write {
            Write::SetSession { value, .. } => before
                .session
                .as_ref()
                .filter(|own| own.value == value)
                .map(|own| own.renewed + self.pace.session_renewal),
            Write::SetPreferred { value, .. } => before
                .preferred
                .as_ref()
                .filter(|own| own.value == value)
                .map(|own| own.renewed + self.pace.preferred_renewal),
            Write::ClearSession | Write::ClearPreferred => None,
        };
        due.is_some_and(|due| due <= self.now)
    }

    /// A state that has shown by itself for longer than a reading is fresh is not written.
    fn check_compare(&self, shows: &TeamsState, is_renewal: bool) {
        let is_equal = self.cloud.has_nothing_of_ours(self.now)
            && self.cloud.shows(self.now) == *shows
            && self.cloud.steady_for(self.now) > self.pace.fresh + seconds(1);
        assert!(is_renewal || !is_equal || self.now <= self.may_repeat_until, "an equal state: {shows:?}");
    }

    /// A choice of a person that is older than a fresh reading is neither overwritten nor cleared.
    fn check_person(&self, write: Write) {
        let Some(slot) = self.cloud.preferred(self.now).filter(|_| !self.overrides_person()) else { return };
        let is_choice = [
            PreferredPresence::BeRightBack,
            PreferredPresence::DoNotDisturb,
            PreferredPresence::AppearOffline,
        ]
        .iter()
        .any(|choice| choice.shows() == slot.shows);
        let age = self.now.duration_since(slot.since).unsigned_abs();
        let is_seen = age > self.pace.fresh + seconds(1) && age < self.rules.held_for;
        assert!(
            slot.by != By::Person || !is_choice || !is_seen,
            "a person's {:?} is not ours to touch: {write:?}",
            slot.shows
        );
    }

    fn overrides_person(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.override_person) && !self.gives_up()
    }

    /// The conditions of the row that asks are met; checked without the code of the table.
    fn check_row(&self) {
        let (Some(row), Some(snapshot)) = (&self.row, self.as_mapped()) else { return };
        let shows = |when: &TeamsWhen| {
            self.alone.state.as_ref().is_some_and(|alone| {
                alone.availability == when.availability
                    && (when.detail.is_none() || alone.detail == when.detail)
            })
        };
        let only_while = &row.conditions.only_while;
        assert!(only_while.is_empty() || only_while.iter().any(shows), "{row:?} over {:?}", self.alone.state);
        let by_contact = matches!(snapshot.state(), ConnectState::Contact { .. });
        let may = match row.conditions.source {
            None => true,
            Some(SourceCondition::Contact) => by_contact,
            Some(SourceCondition::Person) => !by_contact,
            Some(SourceCondition::Automatic) => false,
        };
        assert!(may, "{row:?}");
    }

    /// What is reported names the row that it is about.
    pub fn check_reported(&self, reported: &Decision) {
        assert_eq!(reported.at, self.now);
        let Some(rule) = reported.rule else { return };
        match reported.side {
            Side::Teams => assert_eq!(reported.target, Some(self.table.rows()[rule].target), "{reported:?}"),
            Side::Connect => {
                let when = self.centre.table.rows()[rule].when;
                assert!(
                    reported.teams.as_ref().is_some_and(|teams| when.matches(teams)),
                    "{when:?} {reported:?}"
                );
            }
        }
    }

    /// Notes when a row has written something new, for *at most every*.
    fn note_row(&mut self, write: Write, before: &Provenance) {
        let is_new = match write {
            Write::SetSession { value, .. } => before.session.as_ref().is_none_or(|own| own.value != value),
            Write::SetPreferred { value, .. } => {
                before.preferred.as_ref().is_none_or(|own| own.value != value)
            }
            Write::ClearSession | Write::ClearPreferred => false,
        };
        if let Some(row) = self.row.clone().filter(|_| is_new) {
            self.row_writes.retain(|(known, _)| *known != row);
            self.row_writes.push((row, self.now));
        }
    }

    // The reference for the hold.

    /// What is asked for in a state, and the row that asks.
    pub fn look_up(&self, state: &ConnectState) -> (Asked, Option<ConnectRow>) {
        // What we queued is ours as soon as Connect chooses it, before that is on disk.
        let next = self.disk.next.as_ref().filter(|own| self.centre.took_next.as_ref() == Some(&own.status));
        if let ConnectState::Chosen(status) = state
            && [&self.disk.status, &self.disk.status_before]
                .into_iter()
                .flatten()
                .chain(next)
                .any(|own| own.status == status.arn)
        {
            return ((Target::Clear, false), None);
        }
        let row = self.table.find(state, self.alone.state.as_ref()).map(|(_, row)| row.clone());
        let target = row.as_ref().map_or(Target::NoChange, |row| row.target);
        let by_contact = target == Target::NoChange && matches!(state, ConnectState::Contact { .. });
        ((target, by_contact), row)
    }

    pub fn follow_connect(&mut self) {
        self.follow_time();
        let (asked, row) = self.as_mapped().map(|snapshot| self.look_up(&snapshot.state())).unzip();
        self.row = row.flatten();
        if asked != self.asked.map(|(asked, _)| asked) {
            self.asked = asked.map(|asked| (asked, self.now));
        }
        self.follow_time();
    }

    pub fn follow_time(&mut self) {
        self.cloud.tick(self.now);
        if let Some((asked, since)) = self.asked
            && since + self.hold() <= self.now
            && self.rests_until().is_none_or(|until| until <= self.now)
        {
            self.in_force = Some(asked);
        }
    }

    fn hold(&self) -> Duration {
        self.row.as_ref().map_or(self.table.hold, |row| self.table.hold_of(row))
    }

    /// Until when the row that asks writes nothing new.
    fn rests_until(&self) -> Option<Timestamp> {
        let row = self.row.as_ref()?;
        let (_, wrote) = self.row_writes.iter().find(|(known, _)| known == row)?;
        Some(*wrote + row.conditions.at_most_every?)
    }

    /// What is asked for, if its hold is over.
    pub fn asked_and_held(&self) -> Option<Asked> {
        self.asked.map(|(asked, _)| asked).filter(|asked| self.in_force == Some(*asked))
    }
}

fn is_asked_for(write: Write, target: Target) -> bool {
    match (short(write), target) {
        (Short::Session(value), target) => session_target(target).map_or_else(
            || preferred_target(target).is_some() && value == SessionPresence::Available,
            |wanted| wanted == value,
        ),
        (Short::Preferred(value), target) => preferred_target(target) == Some(value),
        (Short::NoPreferred, target) => preferred_target(target).is_none(),
        // A call that is over is cleared even if the preferred presence may not be written.
        (Short::NoSession, target) => session_target(target).is_none(),
    }
}
