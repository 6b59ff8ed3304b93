//! The pace of refreshes: one at a time, a few a minute whatever is answered, and none while Entra asked for a wait.

use std::{collections::VecDeque, time::Duration};

use jiff::{SignedDuration, Timestamp};
use net::{Backoff, RetryAfter};
use presence::{moment::later, redate::Redate};
use signin::{Claims, Class, SignInError};

/// The first wait after a failed refresh; each further one is about twice as long.
const FIRST_RETRY: Duration = Duration::from_secs(5);
/// The longest of these waits, before jitter.
const LONGEST_RETRY: Duration = Duration::from_secs(120);

/// Entra takes the same request several times in 5 minutes for a loop (AADSTS50196).
const AFTER_A_LOOP: Duration = Duration::from_secs(600);

/// At most this many refreshes begin within [`WINDOW`].
pub(super) const MOST: usize = 6;
pub(super) const WINDOW: Duration = Duration::from_secs(60);
/// The requests of a refresh have shorter limits of their own; this ends one whose answer got lost.
const LIMIT: Duration = Duration::from_secs(180);

/// Which rights are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rights {
    /// What a person can consent to.
    Basic,
    /// Those too that an administrator must consent to.
    All,
}

/// A refresh that is under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RefreshUnderWay {
    turn: u64,
    until: Timestamp,
    pub(super) rights: Rights,
    /// It asks for all of these rights, and not only for those that are known to be granted.
    pub(super) everything: bool,
    pub(super) claims: Option<Claims>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Refreshes {
    turns: u64,
    under_way: Option<RefreshUnderWay>,
    /// When the last ones began, oldest first.
    recent: VecDeque<Timestamp>,
    backoff: Backoff,
    /// The last one failed: none begins before this.
    wait: Option<Timestamp>,
    /// That wait was asked for.
    is_asked: bool,
}

impl Refreshes {
    /// None yet. `seed` should differ between machines, so that they do not ask together.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            turns: 0,
            under_way: None,
            recent: VecDeque::new(),
            backoff: Backoff::new(FIRST_RETRY, LONGEST_RETRY, seed),
            wait: None,
            is_asked: false,
        }
    }

    /// The same pace in another run, which does not wait for what was under way in this one.
    pub(super) fn for_next_run(self) -> Self {
        Self { under_way: None, ..self }
    }

    /// A refresh failed, and Entra may have asked for a wait. Returns when the next one can begin.
    pub(super) fn failed(&mut self, error: &SignInError, now: Timestamp) -> Timestamp {
        let wait = self.backoff.failed_asked(error.retry_after()).min(RetryAfter::LONGEST);
        let least = if error.class() == Class::TooOften { AFTER_A_LOOP } else { Duration::ZERO };
        let until = later(now, wait.max(least));
        self.wait = Some(until);
        self.is_asked = error.retry_after().is_some() || error.class() == Class::TooOften;
        until
    }

    /// What kept the last one from its answer may be gone. True if it failed, and nobody asked for a wait.
    pub(super) fn network_returned(&mut self) -> bool {
        !self.is_asked && self.wait.take().is_some()
    }

    /// There is a new access token: the next failure is the first one.
    pub(super) fn succeeded(&mut self) {
        self.backoff.succeeded();
        self.wait = None;
    }

    /// When one that is wanted at this time can begin; none while another is under way.
    pub(super) fn when(&self, wanted: Timestamp) -> Option<Timestamp> {
        if self.under_way.is_some() {
            return None;
        }
        let budget = self.recent.front().filter(|_| self.recent.len() >= MOST);
        let budget = budget.map(|oldest| later(*oldest, WINDOW));
        Some([budget, self.wait].into_iter().flatten().fold(wanted, Ord::max))
    }

    /// Begins a refresh and returns its number.
    pub(super) fn begin(
        &mut self,
        rights: Rights,
        everything: bool,
        claims: Option<Claims>,
        now: Timestamp,
    ) -> u64 {
        self.turns += 1;
        let until = later(now, LIMIT);
        self.under_way = Some(RefreshUnderWay { turn: self.turns, until, rights, everything, claims });
        if self.recent.len() >= MOST {
            self.recent.pop_front();
        }
        self.recent.push_back(now);
        self.turns
    }

    /// The answer of this turn came; none if nobody waits for it.
    pub(super) fn answered(&mut self, turn: u64) -> Option<RefreshUnderWay> {
        self.under_way.take_if(|under_way| under_way.turn == turn)
    }

    /// The one that is under way is not waited for any more.
    pub(super) fn drop_it(&mut self) -> Option<u64> {
        self.under_way.take().map(|under_way| under_way.turn)
    }

    /// The turn that should have been answered by now.
    pub(super) fn overdue(&self, now: Timestamp) -> Option<u64> {
        self.under_way.as_ref().filter(|under_way| under_way.until <= now).map(|under_way| under_way.turn)
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.under_way.as_ref().map(|under_way| under_way.until)
    }

    /// What is under way gets its whole time from now on.
    pub(super) fn woke(&mut self, now: Timestamp) {
        if let Some(under_way) = &mut self.under_way {
            under_way.until = later(now, LIMIT);
        }
    }

    /// Forgets what began after `now`: the clock was set back.
    pub(super) fn follow_clock(&mut self, now: Timestamp) {
        self.recent.retain(|began| *began <= now);
        self.wait.take_if(|until| *until > later(now, RetryAfter::LONGEST));
    }
}

impl Redate for Refreshes {
    fn redate(&mut self, by: SignedDuration) {
        let Self { turns: _, under_way, recent, backoff: _, wait, is_asked: _ } = self;
        if let Some(RefreshUnderWay { turn: _, until, rights: _, everything: _, claims: _ }) = under_way {
            until.redate(by);
        }
        recent.iter_mut().for_each(|began| began.redate(by));
        wait.redate(by);
    }
}
