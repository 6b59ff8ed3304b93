//! A run of doctor inside the application: one at a time, with a number and an end, and what it has found so far.
//!
//! It checks nothing itself and finds no words.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use view::doctor::{Check, Topic};

/// How long a run may take. Each check has a limit of its own, far below this one.
const LIMIT: Duration = Duration::from_secs(30);

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DoctorIn {
    /// The person wants the checks to run. While they run this changes nothing.
    Run,
    /// One more check is known.
    Checked {
        /// The number of the run.
        run: u64,
        /// What it found.
        check: Check,
    },
    /// This run has ended, whether or not it has checked everything.
    Ended {
        /// The number of the run.
        run: u64,
    },
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DoctorOut {
    /// Run the checks; answer with [`DoctorIn::Checked`] and, at the end, with [`DoctorIn::Ended`].
    Run {
        /// The number of the run.
        run: u64,
    },
    /// End this run, whatever it waits for.
    Abort {
        /// The number of the run.
        run: u64,
    },
    /// What is shown of doctor has changed.
    Touch,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DoctorState {
    /// It never ran.
    Idle,
    Running {
        until: Timestamp,
    },
    Ended,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Doctor {
    /// The number of the newest run.
    run: u64,
    state: DoctorState,
    found: Vec<Check>,
}

impl Doctor {
    /// Nothing was checked yet.
    pub(crate) fn new() -> Self {
        Self { run: 0, state: DoctorState::Idle, found: Vec::new() }
    }

    /// See [`DoctorIn`].
    pub(crate) fn on(&mut self, input: DoctorIn, now: Timestamp) -> Vec<DoctorOut> {
        match (input, self.state) {
            (DoctorIn::Run, DoctorState::Idle | DoctorState::Ended) => {
                self.run += 1;
                self.state = DoctorState::Running { until: later(now, LIMIT) };
                self.found.clear();
                vec![DoctorOut::Run { run: self.run }, DoctorOut::Touch]
            }
            (DoctorIn::Checked { run, check }, DoctorState::Running { .. }) if run == self.run => {
                self.found.retain(|earlier| earlier.check != check.check);
                self.found.push(check);
                vec![DoctorOut::Touch]
            }
            (DoctorIn::Ended { run }, DoctorState::Running { .. }) if run == self.run => {
                self.state = DoctorState::Ended;
                vec![DoctorOut::Touch]
            }
            (DoctorIn::Due, DoctorState::Running { until }) if until <= now => {
                tracing::warn!("doctor did not end in time");
                self.state = DoctorState::Ended;
                vec![DoctorOut::Abort { run: self.run }, DoctorOut::Touch]
            }
            // While the checks run, asking again changes nothing. A late report of an earlier run is ignored.
            (DoctorIn::Run | DoctorIn::Checked { .. } | DoctorIn::Ended { .. } | DoctorIn::Due, _) => {
                Vec::new()
            }
        }
    }

    /// When [`DoctorIn::Due`] is to come.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            DoctorState::Running { until } => Some(until),
            DoctorState::Idle | DoctorState::Ended => None,
        }
    }

    /// True while the checks run.
    pub(crate) fn is_running(&self) -> bool {
        matches!(self.state, DoctorState::Running { .. })
    }

    /// What was found, in the order in which it was found.
    pub(crate) fn found(&self) -> &[Check] {
        &self.found
    }

    /// What the last run has not checked; nothing while it may still do so.
    pub(crate) fn not_checked(&self) -> impl Iterator<Item = Topic> {
        let ended = self.state == DoctorState::Ended;
        let is_missing = move |topic: &Topic| ended && self.found.iter().all(|check| check.check != *topic);
        Topic::ALL.into_iter().filter(is_missing)
    }
}

impl Redate for Doctor {
    fn redate(&mut self, by: SignedDuration) {
        let Self { run: _, state, found: _ } = self;
        match state {
            DoctorState::Running { until } => until.redate(by),
            DoctorState::Idle | DoctorState::Ended => {}
        }
    }
}

#[cfg(test)]
mod tests;
