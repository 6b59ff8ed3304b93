//! Reports whether the agent is at this machine: a thread reads the system's state when it may have changed, and reports
//! changes. It must not guess: what the system does not answer is unknown.

#[cfg_attr(target_os = "linux", path = "machine/linux.rs")]
#[cfg_attr(target_os = "macos", path = "machine/macos.rs")]
#[cfg_attr(windows, path = "machine/windows.rs")]
mod platform;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use app::{Request, Requests};
use presence::engine::Machine;

/// How often the system is read for what it does not signal: a return to the machine, and on some systems a lock. Both
/// are reported at most this late.
const POLL_INTERVAL: Duration = Duration::from_secs(5);

/// The longest time between two readings. A service may start or end, and not every screen saver signals that it covers
/// the screen.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// The shortest time between two readings while the limit is close, because clocks are rounded.
const MIN_WAIT: Duration = Duration::from_secs(1);

/// What the system answered. None means unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    /// Time since the last key or movement of the pointer.
    idle: Option<Duration>,
    /// Whether the screen is locked.
    locked: Option<bool>,
}

/// The time without input after which the machine is idle. It can change while the machine is watched; all clones share
/// it.
#[derive(Debug, Clone)]
pub struct IdleLimit(Arc<AtomicU64>);

impl IdleLimit {
    /// Creates a limit, rounded down to seconds.
    pub fn new(limit: Duration) -> Self {
        Self(Arc::new(AtomicU64::new(limit.as_secs())))
    }

    /// Changes the limit, from the next reading on.
    pub fn set(&self, limit: Duration) {
        self.0.store(limit.as_secs(), Ordering::Relaxed);
    }

    fn get(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Starts the thread that watches the machine until the process ends.
///
/// # Errors
/// When the thread cannot be started.
pub fn watch(requests: Requests, limit: IdleLimit) -> io::Result<()> {
    thread::Builder::new().name("machine".to_owned()).spawn(move || {
        let (changed, changes) = mpsc::channel();
        let mut platform = platform::Platform::new(&changed);
        let mut last = LastReported::default();
        loop {
            let (reading, limit) = (platform.read(), limit.get());
            if let Some(machine) = last.replace(judge(reading, limit)) {
                tracing::info!("the machine is {machine:?} now");
                requests.send(Request::Machine(machine));
            }
            // Ends by time or by a signal of the system. One reading covers all signals that wait.
            let _ = changes.recv_timeout(time_to_next_reading(reading, limit, platform::SIGNALS_LOCK));
            while changes.try_recv().is_ok() {}
        }
    })?;
    Ok(())
}

/// How long no change can be missed. An active machine cannot become idle before the rest of the limit has passed, and a
/// locked screen stays locked until the system signals its unlocking.
fn time_to_next_reading(reading: Reading, limit: Duration, signals_lock: bool) -> Duration {
    match reading.idle {
        _ if !signals_lock => POLL_INTERVAL,
        _ if reading.locked == Some(true) => MAX_WAIT,
        Some(idle) if idle < limit => (limit - idle).clamp(MIN_WAIT, MAX_WAIT),
        Some(_) => POLL_INTERVAL,
        None => MAX_WAIT,
    }
}

/// Derives the state of the machine. It is active only if recent input and an unlocked screen are both certain.
fn judge(reading: Reading, limit: Duration) -> Machine {
    match (reading.locked, reading.idle) {
        (Some(true), _) => Machine::Locked,
        (_, None) => Machine::Unknown,
        (_, Some(idle)) if idle >= limit => Machine::Idle,
        (None, Some(_)) => Machine::Unknown,
        (Some(false), Some(_)) => Machine::Active,
    }
}

/// The state that was reported last. The controller starts with an unknown machine.
#[derive(Default)]
struct LastReported(Machine);

impl LastReported {
    /// Returns the state to report, if it has changed.
    fn replace(&mut self, now: Machine) -> Option<Machine> {
        (std::mem::replace(&mut self.0, now) != now).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(300);

    fn judged(idle: Option<u64>, locked: Option<bool>) -> Machine {
        judge(Reading { idle: idle.map(Duration::from_secs), locked }, LIMIT)
    }

    #[test]
    fn recent_input_on_an_unlocked_screen_is_active() {
        assert_eq!(judged(Some(0), Some(false)), Machine::Active);
        assert_eq!(judged(Some(299), Some(false)), Machine::Active);
        assert_eq!(judged(Some(300), Some(false)), Machine::Idle);
    }

    #[test]
    fn a_locked_screen_is_locked_whatever_the_input_is() {
        for idle in [None, Some(0), Some(10_000)] {
            assert_eq!(judged(idle, Some(true)), Machine::Locked);
        }
    }

    #[test]
    fn the_machine_is_read_when_the_limit_can_be_reached_and_often_for_a_return() {
        let next = |idle: Option<u64>, locked, signals_lock| {
            time_to_next_reading(Reading { idle: idle.map(Duration::from_secs), locked }, LIMIT, signals_lock)
                .as_secs()
        };
        assert_eq!(next(Some(0), Some(false), true), 60, "the longest time between two readings");
        assert_eq!(next(Some(270), Some(false), true), 30);
        assert_eq!(next(Some(299), Some(false), true), 1);
        assert_eq!(next(Some(300), Some(false), true), 5, "somebody may come back");
        assert_eq!(next(Some(9000), Some(true), true), 60, "an unlocking is signalled");
        assert_eq!(next(None, None, true), 60);
        for idle in [None, Some(0), Some(300)] {
            assert_eq!(next(idle, Some(false), false), 5, "a lock that is not signalled has to be polled");
        }
    }

    #[test]
    fn all_clones_of_a_limit_see_its_change() {
        let limit = IdleLimit::new(LIMIT);
        let watched = limit.clone();
        limit.set(Duration::from_secs(60));
        assert_eq!(watched.get(), Duration::from_secs(60));
    }

    #[test]
    fn an_unanswered_question_never_counts_as_active() {
        for (idle, locked) in [(None, None), (None, Some(false)), (Some(0), None)] {
            assert_eq!(judged(idle, locked), Machine::Unknown);
        }
        assert_eq!(judged(Some(300), None), Machine::Idle);
    }

    #[test]
    fn only_a_change_is_reported() {
        use Machine::{Active, Idle, Locked, Unknown};
        let mut last = LastReported::default();
        let changed: Vec<Machine> =
            [Unknown, Active, Active, Idle, Idle, Locked, Locked, Active, Unknown, Unknown]
                .into_iter()
                .filter_map(|now| last.replace(now))
                .collect();
        assert_eq!(changed, [Active, Idle, Locked, Active, Unknown]);
    }
}
