//! Judges from a new reading whether what we wrote is seen, not yet seen, lapsed, or replaced by a person.
//!
//! Forgets what is no longer ours. Never writes to Teams.

use super::{Effect, Engine, confirm::Trail};
use crate::{
    moment::later,
    source::{is_absent, is_automatic, is_choice, shows},
    teams::{Reading, TeamsState},
};

impl Engine {
    /// Judges the last reading, once. What is known of the person's choice is saved for a restart.
    pub(super) fn judge(&mut self, out: &mut Vec<Effect>) {
        let held = self.provenance.held.clone();
        self.provenance.held.age(self.rules.held_for, self.now);
        self.judge_reading(out);
        if self.provenance.held != held {
            self.save(out);
        }
    }

    fn judge_reading(&mut self, out: &mut Vec<Effect>) {
        let Some(reading) = self.watch.judge_once() else { return };
        self.adopt_lapsed(&reading.state, out);
        self.note_teams(&reading.state);
        self.look_for_a_second_writer(&reading, out);
        self.provenance.held.follow(&reading.state, self.now);
        self.judge_session(&reading);
        self.judge_preferred(&reading, out);
        if self.hides_nothing(&reading.state) && self.watch.shows_alone(&reading.state) {
            self.consider(out);
            // The hold of another row may be over already.
            self.end_hold(out);
        }
        self.follow_teams(&reading, out);
    }

    fn judge_session(&mut self, reading: &Reading) {
        let Some(session) = &self.provenance.session else { return };
        if self.session.doubt || self.written.is_some_and(|written| reading.at < written) {
            return;
        }
        let is_visible = if self.provenance.preferred.is_some() {
            // Our preferred presence or the person's shows, which it only does because of a session.
            !is_absent(&reading.state)
        } else {
            shows(&reading.state, &session.value.shows())
        };
        // Teams suddenly shows nobody: the session that was just written as a carrier has to be looked for after all.
        if is_absent(&reading.state)
            && let Some(look) = self.session_written.map(|written| later(written, self.pace.read_back))
            && reading.at < look
        {
            self.session = Trail::begun(look);
        }
        self.session.take(is_visible, reading.at, self.pace.read_back);
    }

    fn judge_preferred(&mut self, reading: &Reading, out: &mut Vec<Effect>) {
        let Some(own) = self.provenance.preferred.clone() else { return };
        let shown = &reading.state;
        let was_in_doubt = self.preferred.doubt;
        self.preferred.take(shows(shown, &own.value.shows()), reading.at, self.pace.read_back);
        if shows(shown, &own.value.shows()) {
            self.before = None;
            if was_in_doubt {
                self.reported.note_arrival();
            }
            return;
        }
        if self.preferred.look.is_some() || is_absent(shown) || self.is_as_before(shown) {
            return;
        }
        // Only confirmed renewals count: one that failed moved `expires`, but perhaps not the expiry in Teams.
        let lapsed = later(own.renewed, self.pace.preferred_expiry) <= self.now;
        let replaced_by_person =
            if self.preferred.doubt { is_choice(shown) } else { !lapsed && !is_automatic(shown) };
        if replaced_by_person {
            self.provenance.held.begin(shown, self.now);
        }
        self.forget_preferred(out);
    }

    /// True if Teams shows what it did before a write of ours that was never seen: the write was lost, or the
    /// read lags, but no person has chosen anything.
    pub(super) fn is_as_before(&self, shown: &TeamsState) -> bool {
        if self.preferred.seen {
            return false;
        }
        let ours = self.before.is_some_and(|before| shows(shown, &before.shows()));
        let unchanged = self.provenance.replaced.as_ref().is_some_and(|replaced| shows(shown, replaced));
        ours || (unchanged && !is_choice(shown))
    }

    /// Our preferred presence is not set any more, by no write of ours.
    pub(super) fn forget_preferred(&mut self, out: &mut Vec<Effect>) {
        self.provenance.preferred = None;
        self.preferred = Trail::quiet();
        self.before = None;
        self.tidy();
        self.save(out);
    }

    /// Forgets what has lapsed by its expiry. It is decided again, on a fresh reading.
    pub(super) fn lapse(&mut self, out: &mut Vec<Effect>) {
        let now = self.now;
        let session = self.provenance.session.take_if(|own| own.expires <= now).is_some();
        let preferred = self.provenance.preferred.take_if(|own| own.expires <= now).is_some();
        if session {
            self.session = Trail::quiet();
        }
        if preferred {
            self.preferred = Trail::quiet();
            self.before = None;
        }
        if session || preferred {
            self.decided = false;
            self.tidy();
            self.save(out);
        }
    }

    /// Forgets the reason, and what was replaced, if nothing of ours is set.
    pub(super) fn tidy(&mut self) {
        if self.provenance.session.is_none() && self.provenance.preferred.is_none() {
            self.provenance.reason = None;
            self.provenance.replaced = None;
            self.provenance.alone = None;
        }
    }
}
