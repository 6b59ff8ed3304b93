//! From one phase of a session to another, and what is told of it.
//!
//! Knows why a phase is left, and not by which message or deadline.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Session, Window};
use crate::change::{Change, Phase};

/// Waits before the window is opened again, in seconds; the last one repeats.
const BACK_OFF: [u64; 5] = [1, 2, 5, 15, 60];
/// For how long after a login an instance may refuse what it approves of: ten minutes were seen (amazon-connect-streams,
/// issue 1004).
const SETTLES: SignedDuration = SignedDuration::from_mins(12);
/// A session that was live for this long was a good one: the waits begin with the shortest again.
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

    /// The window stays: Streams goes on trying, and the host script says the state again when that works.
    pub(super) fn no_answer(&mut self, now: Timestamp) -> Vec<Change> {
        // A missing login is why the CCP does not answer: that is the better word.
        if matches!(self.phase, Phase::LoginNeeded | Phase::NoAnswer) {
            return Vec::new();
        }
        let mut changes = self.leave(Phase::NoAnswer, now);
        changes.push(Change::NoAnswer);
        changes
    }

    /// An instance may refuse the CCP to an origin that it approves of for ten minutes after a login by SAML. A refusal
    /// that lasts longer, or that is known from before, is one.
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

    /// A missing login stays missing, and a refused frame refused, until the CCP answers, however often it is tried.
    pub(super) fn begin(&mut self, now: Timestamp) -> Vec<Change> {
        match self.phase {
            Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved => Vec::new(),
            Phase::Starting | Phase::NoAnswer | Phase::Live | Phase::Old | Phase::Lost => {
                self.leave(Phase::Starting, now)
            }
        }
    }

    /// The page is of no use any more. What is known about why stays.
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
