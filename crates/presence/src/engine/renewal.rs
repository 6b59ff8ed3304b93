//! The renewals of what is set, and the forced sync.
//!
//! Decides nothing new: only values that are set and still wanted are written again (rules 5 and 15).

use jiff::Timestamp;

use super::{Effect, Engine, Write, want::Want, write::Kind};
use crate::{
    moment::later,
    provenance::WrittenPresence,
    source::shows,
    teams::{PreferredPresence, SessionPresence},
};

impl Engine {
    /// When our session is to be renewed, if it is to be.
    pub(super) fn session_renewal(&self) -> Option<Timestamp> {
        let own = self.provenance.session.as_ref()?;
        let is_due = self.may_renew() && !self.session.doubt && self.wants_session(own.value);
        is_due.then(|| later(own.renewed, self.pace.session_renewal))
    }

    /// When our preferred presence is to be renewed, if it is to be.
    pub(super) fn preferred_renewal(&self) -> Option<Timestamp> {
        let own = self.provenance.preferred.as_ref()?;
        let is_due = self.may_renew() && !self.preferred.doubt && self.wants_preferred(own.value);
        is_due.then(|| later(own.renewed, self.pace.preferred_renewal))
    }

    fn may_renew(&self) -> bool {
        let may_arrive = !self.renewal_fails || self.watch.lost_since().is_none();
        may_arrive
            && self.agent.is_some()
            && self.table.enabled
            && !self.is_leaving()
            && self.suspension().is_none()
    }

    fn wants_session(&self, value: SessionPresence) -> bool {
        match self.want() {
            Want::Keep => true,
            Want::Nothing => false,
            Want::Session(wanted) => wanted == value,
            Want::Preferred(_) => value == SessionPresence::Available,
        }
    }

    fn wants_preferred(&self, value: PreferredPresence) -> bool {
        match self.want() {
            Want::Keep => true,
            Want::Nothing | Want::Session(_) => false,
            Want::Preferred(wanted) => wanted == value,
        }
    }

    /// Starts a forced sync when its time has come.
    pub(super) fn schedule_forced_sync(&mut self) {
        if self.forced_at.is_some_and(|forced_at| forced_at <= self.now) {
            self.forced_at = Some(later(self.now, self.pace.forced));
            self.repair.get_or_insert(self.now);
            self.rewrite = self.rules.force_rewrite;
        }
    }

    /// Everything that is due while nothing is to be decided.
    pub(super) fn maintain(&mut self, out: &mut Vec<Effect>) {
        if self.retry_at.is_some() {
            return;
        }
        if let Some(asked) = self.repair {
            if self.watch.since(Some(asked)).is_some() {
                self.repair = None;
            } else {
                self.ask(out);
            }
        }
        if !self.may_renew() {
            return;
        }
        if self.repair.is_none() && std::mem::take(&mut self.rewrite) {
            self.rewrite_what_is_set(out);
            if self.flight.is_some() {
                return;
            }
        }
        if self.next_look().is_some_and(|look| look <= self.now) {
            self.ask(out);
        }
        self.renew(out);
    }

    /// Writes again what is set and shows already (rule 4, `force_rewrite`).
    fn rewrite_what_is_set(&mut self, out: &mut Vec<Effect>) {
        if !self.has_fresh_reading() {
            return;
        }
        let Some(shown) = self.watch.since(self.written) else { return };
        let write = match self.want() {
            Want::Session(value) if shows(shown, &value.shows()) => self.set_session(value),
            Want::Preferred(value) if shows(shown, &value.shows()) => self.set_preferred(value),
            Want::Session(_) | Want::Preferred(_) | Want::Keep | Want::Nothing => return,
        };
        let is_set = match write {
            Write::SetSession { value, .. } => {
                self.provenance.preferred.is_none() && has(self.provenance.session.as_ref(), &value)
            }
            Write::SetPreferred { value, .. } => has(self.provenance.preferred.as_ref(), &value),
            Write::ClearSession | Write::ClearPreferred => false,
        };
        if is_set {
            self.send(write, Kind::Renewal, out);
        }
    }

    fn renew(&mut self, out: &mut Vec<Effect>) {
        let is_due = |timer: Option<Timestamp>| timer.is_some_and(|timer| timer <= self.now);
        if is_due(self.session_renewal())
            && let Some(own) = &self.provenance.session
        {
            self.send(self.set_session(own.value), Kind::Renewal, out);
        } else if is_due(self.preferred_renewal())
            && let Some(own) = &self.provenance.preferred
            && self.watch.since(self.preferred_written).is_none_or(|shown| shows(shown, &own.value.shows()))
        {
            let has_read = self.watch.since(self.preferred_written).is_some();
            if has_read && self.has_fresh_reading() {
                self.send(self.set_preferred(own.value), Kind::Renewal, out);
            } else {
                self.ask(out);
            }
        }
    }
}

fn has<P: PartialEq>(own: Option<&WrittenPresence<P>>, value: &P) -> bool {
    own.is_some_and(|own| own.value == *value)
}
