//! The end of a run: what was ours is taken back, then everything is written, both within a limit.
//!
//! It knows when the run is over and what follows it. Others decide what is taken back, and how; it writes nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

/// How long taking back may last; what is left lapses by its expiry.
const TAKE_BACK_LIMIT: Duration = Duration::from_secs(4);

/// How long the writes to disk and to Graph that are under way may take after that.
const FLUSH_LIMIT: Duration = Duration::from_secs(1);

/// The longest time from the request to quit to [`crate::host::Host::exit`]. Code that ends the process without waiting
/// for that call must wait longer than this.
pub const QUIT_LIMIT: Duration = TAKE_BACK_LIMIT.saturating_add(FLUSH_LIMIT);

/// What follows the end. The last one overrules the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum After {
    /// Another run with the settings that are in the files then.
    Restart,
    /// The end of the process.
    Exit,
}

/// What comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndingIn {
    /// The run is to end. Quitting overrules a restart.
    End(After),
    /// Everything is written.
    Flushed,
    /// A turn of the loop is over: the context may have changed, or the deadline has come.
    Turn,
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct EndingContext {
    /// Nothing of ours is left in Teams and in Connect, and nothing else waits to be kept.
    pub(crate) finished: bool,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EndingOut {
    /// Take back what is ours, and end what is under way.
    TakeBack,
    /// Write everything; answer with [`EndingIn::Flushed`].
    Flush,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EndingState {
    Running,
    TakingBack { until: Timestamp, after: After },
    Flushing { until: Timestamp, after: After },
    Over(After),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Ending {
    state: EndingState,
}

impl Ending {
    /// A run that nobody has asked to end.
    pub(crate) fn new() -> Self {
        Self { state: EndingState::Running }
    }

    /// See [`EndingIn`].
    pub(crate) fn on(&mut self, input: EndingIn, context: &EndingContext, now: Timestamp) -> Vec<EndingOut> {
        match (input, &mut self.state) {
            (EndingIn::End(after), EndingState::Running) => {
                self.state = EndingState::TakingBack { until: later(now, TAKE_BACK_LIMIT), after };
                vec![EndingOut::TakeBack]
            }
            (
                EndingIn::End(wanted),
                EndingState::TakingBack { after, .. }
                | EndingState::Flushing { after, .. }
                | EndingState::Over(after),
            ) => {
                *after = wanted.max(*after);
                Vec::new()
            }
            (EndingIn::Turn, EndingState::TakingBack { until, after })
                if context.finished || *until <= now =>
            {
                self.state = EndingState::Flushing { until: later(now, FLUSH_LIMIT), after: *after };
                vec![EndingOut::Flush]
            }
            // A write that hangs must not keep the process: what it leaves lapses by its expiry.
            (EndingIn::Turn, EndingState::Flushing { until, after }) if *until <= now => {
                self.state = EndingState::Over(*after);
                Vec::new()
            }
            (EndingIn::Flushed, EndingState::Flushing { after, .. }) => {
                self.state = EndingState::Over(*after);
                Vec::new()
            }
            (EndingIn::Turn | EndingIn::Flushed, _) => Vec::new(),
        }
    }

    /// When [`EndingIn::Turn`] is to come at the latest.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        match self.state {
            EndingState::TakingBack { until, .. } | EndingState::Flushing { until, .. } => Some(until),
            EndingState::Running | EndingState::Over(_) => None,
        }
    }

    /// True once the run was asked to end.
    pub(crate) fn is_begun(&self) -> bool {
        self.state != EndingState::Running
    }

    /// What follows, once the run is over.
    pub(crate) fn over(&self) -> Option<After> {
        match self.state {
            EndingState::Over(after) => Some(after),
            EndingState::Running | EndingState::TakingBack { .. } | EndingState::Flushing { .. } => None,
        }
    }
}

impl Redate for Ending {
    fn redate(&mut self, by: SignedDuration) {
        match &mut self.state {
            EndingState::TakingBack { until, after: _ } | EndingState::Flushing { until, after: _ } => {
                until.redate(by);
            }
            EndingState::Running | EndingState::Over(_) => {}
        }
    }
}

#[cfg(test)]
mod tests;
