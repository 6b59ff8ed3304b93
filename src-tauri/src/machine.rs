//! Whether the agent is at this machine: checks when something may have changed, on its own thread, and reports what
//! has. It never guesses: what the system does not answer is unknown.

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

/// How often the system is asked for what it does not signal: a return to the machine, and on some systems a lock. Both are
/// reported at most this much late.
const POLL: Duration = Duration::from_secs(5);

/// The longest time between two checks. A service may start or end, and not every screen saver signals that it covers the screen.
const MOST: Duration = Duration::from_secs(60);

/// The shortest, while the limit is close: clocks are rounded.
const LEAST: Duration = Duration::from_secs(1);

/// What the system answered. None: unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    /// Time since the last key or movement of the pointer.
    idle: Option<Duration>,
    /// Whether the screen is locked.
    locked: Option<bool>,
}

/// Without input for this long the machine is idle. It can change while the machine is watched.
#[derive(Debug, Clone)]
pub struct Limit(Arc<AtomicU64>);

impl Limit {
    /// A limit that whole seconds are taken of.
    pub fn new(limit: Duration) -> Self {
        Self(Arc::new(AtomicU64::new(limit.as_secs())))
    }

    /// Takes another limit, from the next look on.
    pub fn set(&self, limit: Duration) {
        self.0.store(limit.as_secs(), Ordering::Relaxed);
    }

    fn get(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Watches until the process ends.
///
/// # Errors
/// When the thread cannot be started.
pub fn watch(requests: Requests, limit: Limit) -> io::Result<()> {
    thread::Builder::new().name("machine".to_owned()).spawn(move || {
        let (changed, changes) = mpsc::channel();
        let mut platform = platform::Platform::new(&changed);
        let mut last = Last::default();
        loop {
            let (seen, limit) = (platform.look(), limit.get());
            if let Some(machine) = last.changed(machine(seen, limit)) {
                tracing::info!("the machine is {machine:?} now");
                requests.send(Request::Machine(machine));
            }
            // Whether the time is over or the system reported something: it is looked at again. One look answers all reports.
            let _ = changes.recv_timeout(next_look(seen, limit, platform::SIGNALS_LOCK));
            while changes.try_recv().is_ok() {}
        }
    })?;
    Ok(())
}

/// How long nothing can change unseen. Without input for some time the limit is as far as the rest of it, and a locked
/// screen stays locked until the system reports it.
fn next_look(seen: Seen, limit: Duration, signals_lock: bool) -> Duration {
    match seen.idle {
        _ if !signals_lock => POLL,
        _ if seen.locked == Some(true) => MOST,
        Some(idle) if idle < limit => (limit - idle).clamp(LEAST, MOST),
        Some(_) => POLL,
        None => MOST,
    }
}

/// Active only when input and an open screen are both certain.
fn machine(seen: Seen, limit: Duration) -> Machine {
    match (seen.locked, seen.idle) {
        (Some(true), _) => Machine::Locked,
        (_, None) => Machine::Unknown,
        (_, Some(idle)) if idle >= limit => Machine::Idle,
        (None, Some(_)) => Machine::Unknown,
        (Some(false), Some(_)) => Machine::Active,
    }
}

/// What was reported last. At the start the controller takes the machine for unknown.
#[derive(Default)]
struct Last(Machine);

impl Last {
    /// The state to report, if it has changed.
    fn changed(&mut self, now: Machine) -> Option<Machine> {
        (std::mem::replace(&mut self.0, now) != now).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(300);

    fn seen(idle: Option<u64>, locked: Option<bool>) -> Machine {
        machine(Seen { idle: idle.map(Duration::from_secs), locked }, LIMIT)
    }

    #[test]
    fn input_within_the_limit_on_an_open_screen_is_active() {
        assert_eq!(seen(Some(0), Some(false)), Machine::Active);
        assert_eq!(seen(Some(299), Some(false)), Machine::Active);
        assert_eq!(seen(Some(300), Some(false)), Machine::Idle);
    }

    #[test]
    fn a_locked_screen_is_locked_whatever_the_input_is() {
        for idle in [None, Some(0), Some(10_000)] {
            assert_eq!(seen(idle, Some(true)), Machine::Locked);
        }
    }

    #[test]
    fn it_is_looked_at_when_the_limit_can_be_reached_and_often_for_a_return() {
        let next = |idle: Option<u64>, locked, signals_lock| {
            next_look(Seen { idle: idle.map(Duration::from_secs), locked }, LIMIT, signals_lock).as_secs()
        };
        assert_eq!(next(Some(0), Some(false), true), 60, "no longer than that without a look");
        assert_eq!(next(Some(270), Some(false), true), 30);
        assert_eq!(next(Some(299), Some(false), true), 1);
        assert_eq!(next(Some(300), Some(false), true), 5, "somebody may come back");
        assert_eq!(next(Some(9000), Some(true), true), 60, "a lock is opened first");
        assert_eq!(next(None, None, true), 60);
        for idle in [None, Some(0), Some(300)] {
            assert_eq!(next(idle, Some(false), false), 5, "a lock that is not signalled has to be polled");
        }
    }

    #[test]
    fn a_limit_that_changes_is_the_same_for_everybody_who_has_it() {
        let limit = Limit::new(LIMIT);
        let watched = limit.clone();
        limit.set(Duration::from_secs(60));
        assert_eq!(watched.get(), Duration::from_secs(60));
    }

    #[test]
    fn what_is_not_answered_is_never_taken_for_active() {
        for (idle, locked) in [(None, None), (None, Some(false)), (Some(0), None)] {
            assert_eq!(seen(idle, locked), Machine::Unknown);
        }
        assert_eq!(seen(Some(300), None), Machine::Idle);
    }

    #[test]
    fn only_a_change_is_reported() {
        use Machine::{Active, Idle, Locked, Unknown};
        let mut last = Last::default();
        let changed: Vec<Machine> =
            [Unknown, Active, Active, Idle, Idle, Locked, Locked, Active, Unknown, Unknown]
                .into_iter()
                .filter_map(|now| last.changed(now))
                .collect();
        assert_eq!(changed, [Active, Idle, Locked, Active, Unknown]);
    }
}
