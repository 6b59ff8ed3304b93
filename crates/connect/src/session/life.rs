//! Whether the page behind a session lives, and how old its last state is: questions, deadlines, what follows.
//!
//! Decides nothing about what a state means.

use jiff::{SignedDuration, Timestamp};

use super::{Page, Refusal, Session, Window, later};
use crate::{
    agent::before,
    change::{Change, Phase},
    message::{Alive, Order},
    pulse::Beat,
};

/// Streams names its agent and a state by then. The CCP itself may take 20 s (`ccpLoadTimeout`).
const AGENT_PATIENCE: SignedDuration = SignedDuration::from_secs(60);
/// Streams loads a CCP that does not answer once more every 20 s, ten times, and says when it gives up.
const RETRY_PATIENCE: SignedDuration = SignedDuration::from_secs(300);
/// How often the page is asked whether it lives.
const EVERY: SignedDuration = SignedDuration::from_secs(10);
/// The same while an order waits for its answer, or the state is old.
const SOON: SignedDuration = SignedDuration::from_secs(3);
/// The snapshots of a healthy page are no older (a long poll of 30 s).
const HEALTHY: SignedDuration = SignedDuration::from_secs(35);
/// Nothing is decided on a snapshot of this age; after as long again it is unknown.
const OLD: SignedDuration = SignedDuration::from_secs(45);
/// A frame whose worker acknowledged nothing for longer is dead. In a hidden page Streams asks it once a minute.
const DEAF_MS: u64 = 90_000;
/// The longest code of an error that is passed on.
const LONGEST_CODE: usize = 64;

impl Session {
    /// Asks the page at once whether it lives: after sleep, or when the network is back.
    pub fn ask_now(&mut self, now: Timestamp) {
        self.pulse.ask_now(now);
    }

    /// Whether an order waits for its answer: the page is asked more often meanwhile.
    pub fn order_waits(&mut self, waits: bool, now: Timestamp) {
        self.hurried = waits;
        if waits {
            self.pulse.ask_by(later(now, SOON));
        }
    }

    /// When [`Self::due`] is to be called, if nothing happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.window {
            Window::Closed => None,
            Window::Opening { until } => Some(until),
            Window::Running => {
                let refused = match self.refusal {
                    Refusal::SayDue { at } | Refusal::LossDue { at } => Some(at),
                    Refusal::None | Refusal::Said => None,
                };
                [refused, self.grows_old_at(), self.patience(), Some(self.pulse.deadline())]
                    .into_iter()
                    .flatten()
                    .min()
            }
        }
    }

    /// Does what is due by now.
    pub fn due(&mut self, now: Timestamp) -> Vec<Change> {
        if let Window::Opening { until } = self.window {
            if now < until {
                return Vec::new();
            }
            self.leave(Phase::NoAnswer, now);
            return vec![Change::NoAnswer, self.reopen()];
        }
        let steps = [Self::refusal_due, Self::grow_old, Self::patience_due, Self::pulse_due];
        let mut changes = Vec::new();
        for step in steps {
            if self.window == Window::Running {
                changes.extend(step(self, now));
            }
        }
        changes
    }

    fn refusal_due(&mut self, now: Timestamp) -> Vec<Change> {
        match self.refusal {
            Refusal::None | Refusal::Said => Vec::new(),
            Refusal::SayDue { .. } => {
                self.refusal = Refusal::Said;
                vec![Change::Ask(Order::Say {})]
            }
            Refusal::LossDue { .. } => {
                self.refusal = Refusal::Said;
                if self.has_state() { self.leave(Phase::Lost, now) } else { Vec::new() }
            }
        }
    }

    fn grows_old_at(&self) -> Option<Timestamp> {
        match self.phase {
            Phase::Live => self.last.as_ref().map(|last| later(last.read, OLD)),
            Phase::Old => Some(later(self.since, OLD)),
            Phase::Starting
            | Phase::LoginNeeded
            | Phase::NoAnswer
            | Phase::NotYet
            | Phase::NotApproved
            | Phase::Lost => None,
        }
    }

    /// A state that was not read again for 45 s is old, and lost after as long again. Counted from when it became
    /// old: after a sleep the page has that long to read it once more.
    fn grow_old(&mut self, now: Timestamp) -> Vec<Change> {
        if self.grows_old_at().is_none_or(|at| now < at) {
            Vec::new()
        } else if self.phase == Phase::Live {
            self.enter(Phase::Old, now);
            self.pulse.ask_by(now);
            vec![Change::Old]
        } else {
            self.lose(now)
        }
    }

    /// Until when a page may go on without a state.
    fn patience(&self) -> Option<Timestamp> {
        let patience = match self.phase {
            Phase::Starting | Phase::Lost => AGENT_PATIENCE,
            Phase::NoAnswer => RETRY_PATIENCE,
            Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved | Phase::Live | Phase::Old => {
                return None;
            }
        };
        Some(later(self.since, patience))
    }

    fn patience_due(&mut self, now: Timestamp) -> Vec<Change> {
        if self.patience().is_none_or(|until| now < until) {
            return Vec::new();
        }
        let mut changes = self.no_answer(now);
        changes.push(self.reopen());
        changes
    }

    fn pulse_due(&mut self, now: Timestamp) -> Vec<Change> {
        // Streams and the CCP are heavy: while they are loaded the page may be busy. It has a deadline of its own.
        match self.pulse.due(self.phase == Phase::Starting, now) {
            None => Vec::new(),
            Some(Beat::Ask(id)) => vec![Change::Ask(Order::Ask { id })],
            Some(Beat::Dead) => self.lose(now),
        }
    }

    pub(super) fn alive(&mut self, alive: Alive, now: Timestamp) -> Vec<Change> {
        let Alive { id, stamp, snapshot_ms, ack_ms, online, socket, broken } = alive;
        if !self.pulse.answered(id) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        let broken = broken.map(|code| bare(&code));
        if broken != self.page.broken {
            changes.extend(broken.clone().map(Change::Broken));
        }
        self.page = Page { online, socket, broken };
        if self.has_state() && ack_ms.is_some_and(|ms| ms > DEAF_MS) {
            changes.extend(self.lose(now));
            return changes;
        }
        let has_state = self.has_state();
        match (stamp, &mut self.last) {
            // The page knows no state any more, and the message that said why did not arrive.
            (None, _) if has_state => changes.extend(self.leave(Phase::Lost, now)),
            (None, _) => {}
            (Some(stamp), Some(last)) if has_state && last.stamp == stamp => {
                if let Some(ms) = snapshot_ms {
                    last.read = before(now, ms);
                }
                changes.extend(self.judge_age(now));
            }
            // It knows one that did not arrive.
            (Some(_), _) => changes.push(Change::Ask(Order::Say {})),
        }
        self.ask_later(now);
        changes
    }

    fn judge_age(&mut self, now: Timestamp) -> Vec<Change> {
        let fresh = self.last.as_ref().is_some_and(|last| !is_old(last.read, now));
        if self.phase == Phase::Old && fresh { self.go_live(None, now) } else { self.grow_old(now) }
    }

    /// The next question comes before a healthy snapshot could pass for an old one.
    fn ask_later(&mut self, now: Timestamp) {
        let soon = later(now, SOON);
        let turn = if self.hurried || self.phase == Phase::Old { soon } else { later(now, EVERY) };
        let next = self.live().map(|last| later(last.read, HEALTHY).max(soon).min(turn));
        self.pulse.ask_at(next.unwrap_or(turn));
    }
}

/// A page that has just begun is asked first.
pub(super) fn first_question(now: Timestamp) -> Timestamp {
    later(now, EVERY)
}

pub(super) fn is_old(read: Timestamp, now: Timestamp) -> bool {
    now.duration_since(read) >= OLD
}

/// A code without words, whoever wrote it: it goes into the log.
pub(super) fn bare(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ':').take(LONGEST_CODE).collect()
}
