//! What Teams showed last with nothing of ours in the way: the reference for *only while* towards Teams.

use jiff::Timestamp;
use presence::{
    engine::Write,
    provenance::Provenance,
    source::is_absent,
    teams::{Availability, Detail, PreferredPresence, Reading, SessionPresence, TeamsState},
};

/// What the readings show of Teams without us.
#[derive(Debug, Clone)]
pub struct Alone {
    pub state: Option<TeamsState>,
    last: Option<Reading>,
    /// The last reading, until it is evaluated: not while a write is under way.
    unevaluated: Option<Reading>,
    /// Our preferred presence that the last one replaces, until that one shows.
    replaced: Option<PreferredPresence>,
    /// When the last write of a preferred presence was answered: an earlier reading does not show it.
    answered: Timestamp,
}

impl Alone {
    /// Nothing is read yet; `state` is what is remembered.
    pub fn new(state: Option<TeamsState>, now: Timestamp) -> Self {
        Self { state, last: None, unevaluated: None, replaced: None, answered: now }
    }

    pub fn reads(&mut self, reading: &Reading) {
        let is_old = self.last.as_ref().is_some_and(|last| {
            let stamps = (&reading.sequence, &last.sequence);
            stamps.0 < stamps.1 || (stamps.0 == stamps.1 && reading.at < last.at)
        });
        if !is_old {
            self.last = Some(reading.clone());
            self.unevaluated = Some(reading.clone());
        }
    }

    pub fn read_fails(&mut self) {
        self.unevaluated = None;
    }

    /// Notes a write that is sent now.
    pub fn writes(&mut self, write: Write, before: &Provenance) {
        if let Write::SetPreferred { value, .. } = write {
            let own = before.preferred.as_ref().map(|own| own.value).filter(|own| *own != value);
            self.replaced = own.or(self.replaced);
        }
    }

    pub fn note_answer(&mut self, write: Write, now: Timestamp) {
        match write {
            Write::SetPreferred { .. } | Write::ClearPreferred => self.answered = now,
            Write::SetSession { .. } | Write::ClearSession => {}
        }
    }

    /// Evaluates the last reading, while this is ours.
    pub fn evaluate(&mut self, disk: &Provenance, now: Timestamp) {
        let session = disk.session.as_ref().filter(|own| own.expires > now).map(|own| own.value);
        let preferred = disk.preferred.as_ref().filter(|own| own.expires > now).map(|own| own.value);
        if preferred.is_none() {
            self.replaced = None;
        }
        let Some(reading) = self.unevaluated.take() else { return };
        let is_shown = |shows: TeamsState| shows == reading.state;
        let is_preferred = preferred.is_some_and(|own| is_shown(own.shows()));
        if is_preferred && reading.at >= self.answered {
            self.replaced = None;
        }
        let is_replaced = self.replaced.is_some_and(|own| is_shown(own.shows()));
        let is_session = session.is_some_and(|own| is_shown(own.shows()));
        let lies_below = session == Some(SessionPresence::Available)
            && preferred.is_none()
            && !self.state.as_ref().is_some_and(is_less_than_available);
        let was_nobody_there = self.state.as_ref().is_some_and(is_absent);
        let is_uncovered = session.is_some()
            && was_nobody_there
            && matches!(reading.state.detail, None | Some(Detail::AppearOffline));
        if is_uncovered {
            return;
        }
        if !is_preferred && !is_replaced && (!is_session || lies_below) {
            self.state = Some(reading.state);
        }
    }
}

/// What our Available would hide.
fn is_less_than_available(state: &TeamsState) -> bool {
    matches!(state.availability, Availability::Away | Availability::Offline)
        || (state.availability == Availability::Available && state.detail == Some(Detail::Inactive))
}
