//! Reports decisions as rows of the timeline.
//!
//! A row is reported once, when the status changes. Nothing is decided here.

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, hold::Entry, want::Want};
use crate::{
    decision::{Decision, Done, Guard, Side},
    redate::Redate,
};

/// How far the state in force has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// Not decided, or a write is under way.
    Deciding,
    /// Written, not yet seen.
    Confirming,
    /// Teams shows it by itself.
    Compare,
    /// Ours is set and shows.
    Shown,
    /// Ours is set and something hides it.
    Masked,
    /// A person's choice is kept instead.
    Held,
    /// Nothing is asked for.
    NoChange,
    /// Nothing of ours is set, as asked for.
    Cleared,
    /// Switched off, and nothing of ours is set.
    Off,
    /// Nothing may be written.
    Suspended(Guard),
    /// Would be written: dry run.
    Rehearsed,
}

impl Status {
    fn is_in_step(self) -> bool {
        match self {
            Self::Compare | Self::Shown | Self::Cleared => true,
            Self::Deciding
            | Self::Confirming
            | Self::Masked
            | Self::Held
            | Self::NoChange
            | Self::Off
            | Self::Suspended(_)
            | Self::Rehearsed => false,
        }
    }
}

/// What was reported last.
#[derive(Debug, Clone)]
pub(super) struct Reported {
    status: Status,
    /// Since when the two sides are in step.
    since: Timestamp,
    /// It was reported for this state that it is masked.
    masked: bool,
    /// Something was given back for this state.
    gave_back: bool,
    /// No row was reported for this state yet.
    silent: bool,
    /// It was reported for this state that it is written, and it has not been seen since.
    unseen: bool,
}

impl Reported {
    pub(super) fn new(status: Status, now: Timestamp) -> Self {
        let silent = status == Status::Deciding;
        Self { status, since: now, masked: false, gave_back: false, silent, unseen: false }
    }

    pub(super) fn status(&self) -> Status {
        self.status
    }

    /// Since when the two sides are in step, while they are.
    pub(super) fn in_step_since(&self) -> Option<Timestamp> {
        self.status.is_in_step().then_some(self.since)
    }

    /// Restarts for another state in force.
    pub(super) fn begin(&mut self) {
        *self = Self::new(Status::Deciding, self.since);
    }

    pub(super) fn deciding(&mut self) {
        self.unseen |= self.status == Status::Confirming;
        self.status = Status::Deciding;
    }

    /// Notes a failed write, which has a row of its own.
    pub(super) fn note_failure(&mut self) {
        self.status = Status::Deciding;
        self.silent = false;
    }

    /// Notes that a row was reported for the state, and for what was given back.
    pub(super) fn note_row(&mut self) {
        self.silent = false;
        self.gave_back = false;
    }

    pub(super) fn is_silent(&self) -> bool {
        self.silent
    }

    pub(super) fn has_given_back(&self) -> bool {
        self.gave_back
    }

    /// Notes that a write that failed has arrived after all.
    pub(super) fn note_arrival(&mut self) {
        if self.status == Status::Deciding {
            self.status = Status::Confirming;
        }
    }

    /// Notes that something was taken back. It is a decision of its own only if nothing else is wanted.
    pub(super) fn note_taken_back(&mut self, want: Want) {
        self.gave_back |= want == Want::Nothing;
    }
}

impl Engine {
    /// Reports a new status, with its row.
    pub(super) fn report(&mut self, status: Status, out: &mut Vec<Effect>) {
        let is_unseen = std::mem::take(&mut self.reported.unseen);
        let last = std::mem::replace(&mut self.reported.status, status);
        let last = if is_unseen { Status::Confirming } else { last };
        if last == status {
            return;
        }
        if status.is_in_step() && !last.is_in_step() {
            self.reported.since = self.now;
        }
        let given_back_or = |guard| {
            if self.reported.gave_back { (Done::GivenBack, None) } else { (Done::NotWritten, Some(guard)) }
        };
        let (done, guard) = match status {
            Status::Deciding => return,
            Status::Confirming => (Done::Written, None),
            Status::Shown if matches!(last, Status::Confirming | Status::Masked) => (Done::Confirmed, None),
            Status::Shown | Status::Compare => (Done::NotWritten, Some(Guard::Compare)),
            Status::Masked if self.reported.masked => return,
            Status::Masked => (Done::NotWritten, Some(Guard::Masked)),
            Status::Held => (Done::NotWritten, Some(Guard::PersonFirst)),
            Status::NoChange => given_back_or(Guard::NoChange),
            Status::Cleared => given_back_or(Guard::Compare),
            Status::Off => given_back_or(Guard::Off),
            Status::Suspended(guard) => given_back_or(guard),
            Status::Rehearsed => (Done::DryRun, Some(Guard::DryRun)),
        };
        match status {
            Status::Masked => self.reported.masked = true,
            Status::Shown => self.reported.masked = false,
            Status::Deciding
            | Status::Confirming
            | Status::Compare
            | Status::Held
            | Status::NoChange
            | Status::Cleared
            | Status::Off
            | Status::Suspended(_)
            | Status::Rehearsed => {}
        }
        self.reported.gave_back = false;
        self.reported.silent = false;
        self.record(self.in_force.as_ref(), done, guard, out);
    }

    pub(super) fn record(
        &self,
        entry: Option<&Entry>,
        done: Done,
        guard: Option<Guard>,
        out: &mut Vec<Effect>,
    ) {
        out.push(Effect::Record(Decision {
            at: self.now,
            side: Side::Teams,
            connect: entry.map(|entry| entry.state.clone()).or_else(|| self.agent.clone()),
            teams: self.watch.known().map(|reading| reading.state.clone()),
            rule: entry.and_then(|entry| entry.rule),
            target: entry.map(|entry| entry.target),
            status: None,
            done,
            guard,
        }));
    }
}

impl Redate for Reported {
    fn redate(&mut self, by: SignedDuration) {
        let Self { status: _, since, masked: _, gave_back: _, silent: _, unseen: _ } = self;
        since.redate(by);
    }
}
