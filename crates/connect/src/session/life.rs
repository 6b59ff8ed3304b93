//! Whether the page of a session is alive, and how old its last state is: pings, deadlines, and what follows.
//!
//! Does not know what a state means.

use jiff::{SignedDuration, Timestamp};

use super::{Page, Refusal, Session, Window, later};
use crate::{
    agent::before,
    change::{Change, Phase},
    message::{Alive, Order},
    pulse::Beat,
};

/// How long until Streams reports its agent and a state. The CCP itself may take 20 s (`ccpLoadTimeout`).
const AGENT_TIME_LIMIT: SignedDuration = SignedDuration::from_secs(60);
/// How long Streams may retry. It reloads a CCP that does not answer every 20 s, ten times, and reports when it gives
/// up.
const RETRY_TIME_LIMIT: SignedDuration = SignedDuration::from_secs(300);
/// How often the page is pinged.
const EVERY: SignedDuration = SignedDuration::from_secs(10);
/// The same while an order waits for its answer, or the state is old.
const SOON: SignedDuration = SignedDuration::from_secs(3);
/// The largest age of a snapshot of a healthy page (a long poll of 30 s).
const HEALTHY: SignedDuration = SignedDuration::from_secs(35);
/// From this age on, no decision uses a snapshot; after the same time again the state is unknown.
const OLD: SignedDuration = SignedDuration::from_secs(45);
/// A frame whose worker has acknowledged nothing for longer is dead. In a hidden page Streams asks once a minute.
const DEAF_MS: u64 = 90_000;
/// The longest code of an error that is passed on.
const LONGEST_CODE: usize = 64;

impl Session {
    /// Pings the page at once: after sleep, or when the network is back.
    pub fn ask_now(&mut self, now: Timestamp) {
        self.pulse.ping_now(now);
    }

    /// Notes whether an order waits for its answer: the page is pinged more often meanwhile.
    pub fn order_waits(&mut self, waits: bool, now: Timestamp) {
        self.is_hurried = waits;
        if waits {
            self.pulse.ping_by(later(now, SOON));
        }
    }

    /// When [`Self::due`] must be called, if nothing happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        match self.window {
            Window::Closed => None,
            Window::Opening { until } => Some(until),
            Window::Running => {
                let refused = match self.refusal {
                    Refusal::ResendDue { at } | Refusal::LossDue { at } => Some(at),
                    Refusal::None | Refusal::ResendSent => None,
                };
                [refused, self.grows_old_at(), self.time_limit(), Some(self.pulse.deadline())]
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
        let steps = [Self::refusal_due, Self::grow_old, Self::time_limit_due, Self::pulse_due];
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
            Refusal::None | Refusal::ResendSent => Vec::new(),
            Refusal::ResendDue { .. } => {
                self.refusal = Refusal::ResendSent;
                vec![Change::Send(Order::Resend {})]
            }
            Refusal::LossDue { .. } => {
                self.refusal = Refusal::ResendSent;
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

    /// A state that was not read again for 45 s is old, and lost after another 45 s. The second time starts when it
    /// became old, so that the page can read it again after a sleep.
    fn grow_old(&mut self, now: Timestamp) -> Vec<Change> {
        if self.grows_old_at().is_none_or(|at| now < at) {
            Vec::new()
        } else if self.phase == Phase::Live {
            self.enter(Phase::Old, now);
            self.pulse.ping_by(now);
            vec![Change::Old]
        } else {
            self.lose(now)
        }
    }

    /// How long a page may have no state.
    fn time_limit(&self) -> Option<Timestamp> {
        let time_limit = match self.phase {
            Phase::Starting | Phase::Lost => AGENT_TIME_LIMIT,
            Phase::NoAnswer => RETRY_TIME_LIMIT,
            Phase::LoginNeeded | Phase::NotYet | Phase::NotApproved | Phase::Live | Phase::Old => {
                return None;
            }
        };
        Some(later(self.since, time_limit))
    }

    fn time_limit_due(&mut self, now: Timestamp) -> Vec<Change> {
        if self.time_limit().is_none_or(|until| now < until) {
            return Vec::new();
        }
        let mut changes = self.no_answer(now);
        changes.push(self.reopen());
        changes
    }

    fn pulse_due(&mut self, now: Timestamp) -> Vec<Change> {
        // While Streams and the CCP load, the page may be too busy to answer. Loading has its own time limit.
        match self.pulse.due(self.phase == Phase::Starting, now) {
            None => Vec::new(),
            Some(Beat::Ping(id)) => vec![Change::Send(Order::Ping { id })],
            Some(Beat::Dead) => self.lose(now),
        }
    }

    pub(super) fn alive(&mut self, alive: Alive, now: Timestamp) -> Vec<Change> {
        let Alive { id, stamp, snapshot_ms, ack_ms, online, socket, broken } = alive;
        if !self.pulse.answered(id) {
            return Vec::new();
        }
        let mut changes = Vec::new();
        let broken = broken.map(|code| code_only(&code));
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
            // The page has no state any more, and the message with the reason did not arrive.
            (None, _) if has_state => changes.extend(self.leave(Phase::Lost, now)),
            (None, _) => {}
            (Some(stamp), Some(last)) if has_state && last.stamp == stamp => {
                if let Some(ms) = snapshot_ms {
                    last.read = before(now, ms);
                }
                changes.extend(self.judge_age(now));
            }
            // The page has a state that did not arrive.
            (Some(_), _) => changes.push(Change::Send(Order::Resend {})),
        }
        self.schedule_ping(now);
        changes
    }

    fn judge_age(&mut self, now: Timestamp) -> Vec<Change> {
        let fresh = self.last.as_ref().is_some_and(|last| !is_old(last.read, now));
        if self.phase == Phase::Old && fresh { self.go_live(None, now) } else { self.grow_old(now) }
    }

    /// The next ping must come before a healthy snapshot could count as old.
    fn schedule_ping(&mut self, now: Timestamp) {
        let soon = later(now, SOON);
        let turn = if self.is_hurried || self.phase == Phase::Old { soon } else { later(now, EVERY) };
        let next = self.live().map(|last| later(last.read, HEALTHY).max(soon).min(turn));
        self.pulse.ping_at(next.unwrap_or(turn));
    }
}

/// When a new page is pinged first.
pub(super) fn first_ping(now: Timestamp) -> Timestamp {
    later(now, EVERY)
}

pub(super) fn is_old(read: Timestamp, now: Timestamp) -> bool {
    now.duration_since(read) >= OLD
}

/// Keeps only the characters of a code: it is untrusted and goes into the log.
pub(super) fn code_only(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric() || *c == ':').take(LONGEST_CODE).collect()
}
