//! Pause, dry run, and a sync that stopped itself: what prevents every write, and until when.
//!
//! A pause and a dry run give back at once. A sync that stopped itself leaves what is set to its expiry: taking it
//! back would be one more write, and could continue the loop.

use jiff::Timestamp;

use super::{Effect, Engine};
use crate::{
    decision::Guard,
    provenance::{Pause, Stop, StopReason},
};

/// What prevents every write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suspension {
    /// The person paused.
    Pause,
    /// Decisions are only reported.
    DryRun,
    /// Writes went back and forth.
    Loop,
    /// Somebody else writes too.
    SecondWriter,
}

impl Suspension {
    pub(super) fn guard(self) -> Guard {
        match self {
            Self::Pause => Guard::Pause,
            Self::DryRun => Guard::DryRun,
            Self::Loop => Guard::Breaker,
            Self::SecondWriter => Guard::SecondWriter,
        }
    }

    /// True if what is ours is taken back.
    pub(super) fn gives_back(self) -> bool {
        match self {
            Self::Pause | Self::DryRun => true,
            Self::Loop | Self::SecondWriter => false,
        }
    }
}

impl Engine {
    /// What prevents every write, if anything does. What the person did comes first.
    pub(super) fn suspension(&self) -> Option<Suspension> {
        if self.provenance.pause.is_some() {
            return Some(Suspension::Pause);
        }
        if self.dry_run {
            return Some(Suspension::DryRun);
        }
        self.provenance.stop.as_ref().map(|stop| match stop.why {
            StopReason::Loop { .. } => Suspension::Loop,
            StopReason::SecondWriter => Suspension::SecondWriter,
        })
    }

    /// True if decisions are only reported, and nothing of ours is set any more.
    pub(super) fn rehearses(&self) -> bool {
        self.suspension() == Some(Suspension::DryRun) && !self.has_something_set()
    }

    pub(super) fn has_something_set(&self) -> bool {
        self.provenance.session.is_some() || self.provenance.preferred.is_some()
    }

    pub(super) fn pause(&mut self, until: Option<Timestamp>, out: &mut Vec<Effect>) {
        let was_paused = self.provenance.pause.replace(Pause { until }).is_some();
        self.save(out);
        if !was_paused {
            self.suspend(out);
        }
    }

    /// Continues because the person asked for it.
    pub(super) fn resume(&mut self, out: &mut Vec<Effect>) {
        let was_paused = self.provenance.pause.take().is_some();
        let was_stopped = self.provenance.stop.take().is_some();
        if was_paused || was_stopped {
            self.continue_sync(out);
        }
    }

    pub(super) fn set_dry_run(&mut self, on: bool, out: &mut Vec<Effect>) {
        if std::mem::replace(&mut self.dry_run, on) == on {
            return;
        }
        if on {
            self.suspend(out);
        } else {
            self.continue_sync(out);
        }
    }

    /// Stops the sync.
    pub(super) fn stop(&mut self, stop: Stop, out: &mut Vec<Effect>) {
        self.provenance.stop = Some(stop);
        self.save(out);
        self.suspend(out);
    }

    /// Continues when the time has come.
    pub(super) fn end_suspension(&mut self, out: &mut Vec<Effect>) {
        let is_over = |until: Option<Timestamp>| until.is_some_and(|until| until <= self.now);
        let paused = self.provenance.pause.take_if(|pause| is_over(pause.until)).is_some();
        let stopped = self.provenance.stop.take_if(|stop| is_over(stop.until)).is_some();
        if paused || stopped {
            self.continue_sync(out);
        }
    }

    /// When it continues by itself.
    pub(super) fn suspension_timer(&self) -> Option<Timestamp> {
        let pause = self.provenance.pause.and_then(|pause| pause.until);
        let stop = self.provenance.stop.as_ref().and_then(|stop| stop.until);
        pause.into_iter().chain(stop).min()
    }

    fn suspend(&mut self, out: &mut Vec<Effect>) {
        self.withdraw_question(out);
        self.releases = false;
        self.orders.retry_at = None;
        self.reported.begin();
    }

    /// Continues as after a forced sync, and decides everything again.
    fn continue_sync(&mut self, out: &mut Vec<Effect>) {
        self.rehearsed = None;
        self.alternation.forget();
        self.second_writer.forget();
        self.reported.begin();
        self.decided = false;
        self.repair = Some(self.now);
        self.watch.ask_again();
        self.save(out);
    }
}
