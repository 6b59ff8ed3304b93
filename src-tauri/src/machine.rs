//! Whether the agent is at this machine: looks every few seconds, on a thread of its own, and tells what has
//! changed. It never guesses: what the system does not answer is unknown.

#[cfg_attr(target_os = "linux", path = "machine/linux.rs")]
#[cfg_attr(target_os = "macos", path = "machine/macos.rs")]
#[cfg_attr(windows, path = "machine/windows.rs")]
mod platform;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use app::{Request, Requests};
use presence::engine::Machine;

/// How often the system is asked. It tells of a lock or of input this much late at most.
const POLL: Duration = Duration::from_secs(5);

/// What the system answered. None: it does not tell.
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
        let mut platform = platform::Platform::new();
        let mut last = Last::default();
        loop {
            if let Some(machine) = last.changed(machine(platform.look(), limit.get())) {
                tracing::info!("the machine is {machine:?} now");
                requests.send(Request::Machine(machine));
            }
            thread::sleep(POLL);
        }
    })?;
    Ok(())
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

/// What was told last. At the start the controller takes the machine for unknown.
#[derive(Default)]
struct Last(Machine);

impl Last {
    /// What is to be told, if anything.
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
    fn only_a_change_is_told() {
        use Machine::{Active, Idle, Locked, Unknown};
        let mut last = Last::default();
        let told: Vec<Machine> =
            [Unknown, Active, Active, Idle, Idle, Locked, Locked, Active, Unknown, Unknown]
                .into_iter()
                .filter_map(|now| last.changed(now))
                .collect();
        assert_eq!(told, [Active, Idle, Locked, Active, Unknown]);
    }
}
