//! The transitions between the phases of a session, and the changes that they report.
//!
//! Knows the reason of a transition, not the message or deadline that caused it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Session, Window};
use crate::change::{Change, Phase};

/// Waits before the window is opened again, in seconds; the last one repeats.
const BACK_OFF: [u64; 5] = [1, 2, 5, 15, 60];
/// For how long after a login an instance may refuse an approved origin: ten minutes were seen (amazon-connect-streams,
/// issue 1004).
const SETTLES: SignedDuration = SignedDuration::from_mins(12);
/// After a session was live for this long, the waits start with the shortest again.
const GOOD: SignedDuration = SignedDuration::from_secs(60);

impl Session {
    pub(super) fn need_login(&mut self, now: Timestamp) -> Vec<Change> {
        if self.phase == Phase::LoginNeeded {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::LoginNeeded, now);
        changes.push(Change::LoginNeeded);
        changes
    }

    /// The window stays open: Streams keeps trying, and the host script reports the state when that succeeds.
    pub(super) fn no_answer(&mut self, now: Timestamp) -> Vec<Change> {
        // If a login is missing, that is the reason why the CCP does not answer.
        if matches!(self.phase, Phase::LoginNeeded | Phase::NoAnswer) {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::NoAnswer, now);
        changes.push(Change::NoAnswer);
        changes
    }

    /// An instance may refuse an approved origin for ten minutes after a SAML login. A refusal that lasts longer, or
    /// that was known before, means that the origin is not approved.
    pub(super) fn not_approved(&mut self, login: Timestamp, now: Timestamp) -> Vec<Change> {
        let settles = now.duration_since(login) < SETTLES;
        let phase = if settles { Phase::NotYet } else { Phase::NotApproved };
        if self.phase == Phase::NotApproved || self.phase == phase {
            return Vec::new();
        }
        let mut changes = self.leave(phase, now);
        changes.push(Change::NotApproved);
        changes
    }

    /// Keeps the phases of a missing login and of a refused frame until the CCP answers.
    pub(super) fn begin(&mut self, now: Timestamp) -> Vec<Change> {
        match self.phase {
            Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved => Vec::new(),
            Phase::Starting | Phase::NoAnswer | Phase::Live | Phase::Old | Phase::Lost => {
                self.leave(Phase::Starting, now)
            }
        }
    }

    /// The page must be reopened. A known reason is kept.
    pub(super) fn lose(&mut self, now: Timestamp) -> Vec<Change> {
        let mut changes = match self.phase {
            Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved | Phase::NoAnswer => Vec::new(),
            Phase::Starting | Phase::Live | Phase::Old | Phase::Lost => self.leave(Phase::Lost, now),
        };
        changes.push(self.reopen());
        changes
    }

    pub(super) fn enter(&mut self, phase: Phase, now: Timestamp) {
        self.phase = phase;
        self.since = now;
    }

    pub(super) fn leave(&mut self, phase: Phase, now: Timestamp) -> Vec<Change> {
        let had_state = self.has_state();
        self.enter(phase, now);
        if self.live_since.take().is_some_and(|since| now.duration_since(since) >= GOOD) {
            self.reopened = 0;
        }
        if had_state { vec![Change::Lost] } else { Vec::new() }
    }

    pub(super) fn reopen(&mut self) -> Change {
        let [.., longest] = BACK_OFF;
        let wait = BACK_OFF.get(self.reopened).copied().unwrap_or(longest);
        self.reopened = self.reopened.saturating_add(1);
        self.window = Window::Closed;
        Change::ReopenWindow { after: Duration::from_secs(wait) }
    }
}
