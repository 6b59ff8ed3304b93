//! How often the own presence is read: as often as something depends on it, and less often while Graph asks for fewer
//! requests.
//!
//! A value: it reads no clock, and the random part comes from a seed.

use std::time::Duration;

use net::Jitter;
use presence::engine::Link;

/// The time between two reads while nothing depends on them.
const FAR: Duration = Duration::from_secs(60);
/// How many times slower at most while something depends on it, however often Graph asks for fewer requests.
const NEAR_SLOWED: u32 = 2;
/// The longest time between two reads while nothing depends on them. With its jitter a state that is read again is
/// never two minutes old.
const FAR_SLOWED: Duration = Duration::from_secs(100);

/// The full rate, in thousandths.
const FULL: u32 = 1000;
/// What each answer gives back of the rate (additive increase).
const STEP: u32 = 100;
/// The lowest rate.
const LEAST: u32 = 100;

/// What depends on a reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Need {
    /// A change in Teams changes Connect, somebody is looking, or something of ours is on its way: soon.
    Near,
    /// Nothing but what is shown when somebody looks.
    #[default]
    Far,
}

impl Need {
    /// What the tables, somebody at the drawer and the engine need. `leads` if a state in Teams may change Connect.
    pub(crate) fn of(leads: bool, is_seen: bool, link: &Link) -> Self {
        let moves = match link {
            // Something of ours is on its way, or a person's own choice may end at any time.
            Link::TeamsFollows { .. }
            | Link::ConnectFollows { .. }
            | Link::Writing(_)
            | Link::Masked
            | Link::HeldByYou => true,
            Link::Paused { .. }
            | Link::DryRun
            | Link::Stopped { .. }
            | Link::Off
            | Link::NotInStep { .. }
            | Link::WaitsForAnswer
            | Link::WaitsForContact
            | Link::NoChange
            | Link::TeamsDecides
            | Link::TeamsLeads
            | Link::InStep { .. } => false,
        };
        if leads || is_seen || moves { Self::Near } else { Self::Far }
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct ReadPace {
    need: Need,
    /// Between two reads while something depends on them.
    near: Duration,
    /// The share of the full rate, in thousandths.
    share: u32,
    jitter: Jitter,
}

impl ReadPace {
    /// The full rate: while something depends on a read, it comes within `longest` of the one before. `seed` should
    /// differ from machine to machine.
    pub(super) fn new(longest: Duration, seed: u64) -> Self {
        let near = Jitter::within(longest);
        Self { need: Need::default(), near, share: FULL, jitter: Jitter::new(seed) }
    }

    /// The same rate in another run, on which nothing depends yet.
    pub(super) fn for_next_run(self) -> Self {
        Self { need: Need::default(), ..self }
    }

    pub(super) fn need(&self) -> Need {
        self.need
    }

    /// Something else depends on it now. True if that is sooner than before.
    pub(super) fn needs(&mut self, need: Need) -> bool {
        let before = std::mem::replace(&mut self.need, need);
        (before, need) == (Need::Far, Need::Near)
    }

    /// Graph asked for fewer requests: half as often (multiplicative decrease).
    pub(super) fn slow_down(&mut self) {
        self.share = (self.share / 2).max(LEAST);
    }

    /// Graph answered.
    pub(super) fn speed_up(&mut self) {
        self.share = (self.share + STEP).min(FULL);
    }

    /// While something depends on it, no read comes later than this after the one before.
    pub(super) fn longest(&self) -> Duration {
        Jitter::longest(self.middle(Need::Near))
    }

    /// How long until the next read, before jitter.
    fn middle(&self, need: Need) -> Duration {
        let (usual, slowest) = match need {
            Need::Near => (self.near, self.near * NEAR_SLOWED),
            Need::Far => (FAR, FAR_SLOWED),
        };
        (usual * FULL / self.share).min(slowest)
    }

    /// How long until the next read.
    pub(super) fn next(&mut self) -> Duration {
        let middle = self.middle(self.need);
        self.jitter.spread(middle)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pace(seed: u64) -> ReadPace {
        ReadPace::new(Duration::from_secs(15), seed)
    }

    #[test]
    fn a_nearer_need_is_read_for_sooner_and_a_farther_one_is_not() {
        let mut pace = pace(1);
        assert_eq!(pace.middle(pace.need), FAR);
        assert!(pace.needs(Need::Near));
        assert!(!pace.needs(Need::Near));
        assert_eq!(pace.longest(), Duration::from_secs(15));
        assert!(!pace.needs(Need::Far));
    }

    #[test]
    fn each_refusal_halves_the_rate_and_each_answer_gives_a_tenth_back() {
        let mut pace = pace(1);
        pace.slow_down();
        assert_eq!(pace.middle(pace.need), FAR_SLOWED, "and no slower");
        pace.speed_up();
        pace.speed_up();
        assert_eq!(pace.middle(pace.need), FAR * 10 / 7);
        for _ in 0..3 {
            pace.speed_up();
        }
        assert_eq!(pace.middle(pace.need), FAR);
    }

    proptest! {
        /// With Teams → Connect on nobody waits longer for a change than was promised, whatever Graph asks for.
        #[test]
        fn what_depends_on_a_reading_never_waits_for_long(seed: u64, refused in prop::collection::vec(any::<bool>(), 0..50)) {
            let mut pace = pace(seed);
            pace.needs(Need::Near);
            prop_assert!(pace.next() <= Duration::from_secs(15));
            for refused in refused {
                if refused { pace.slow_down() } else { pace.speed_up() }
                let next = pace.next();
                prop_assert!(next >= Duration::from_secs(10) && next <= Duration::from_secs(30), "{next:?}");
            }
        }
    }
}
