//! The stages of a call, what ends each, and what there is to show of them. Values only: it must not order anything.

use std::time::Duration;

use connect::Call;
use jiff::{SignedDuration, Timestamp};
use people::{Dialable, Refusal};
use presence::{identity::ObjectId, moment::later, redate::Redate};

use super::{
    CallOut, LINGER,
    live::{Dial, HangUp, Live, is_to},
};

/// Who is called, and on which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Callee {
    pub(crate) person: ObjectId,
    pub(crate) name: String,
    pub(crate) number: Dialable,
}

/// Why there is no call, or was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Refused before it was dialled.
    Refused(Refusal),
    /// The person has no such number any more.
    NumberGone,
    /// Connect did not take the dial, or did not answer.
    NotTaken,
    /// Connect refused the dial, with its own sentence.
    RefusedByConnect(String),
    /// Connect took the dial, and no contact came of it.
    NotShown,
    /// The number was not reached.
    NotReached,
    /// Nothing carried the agent's sound.
    NoSound,
    /// Nobody answered.
    NoAnswer,
}

impl Reason {
    /// True if the same call may go through the next time.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        match self {
            Self::NotTaken
            | Self::RefusedByConnect(_)
            | Self::NotShown
            | Self::NotReached
            | Self::NoSound
            | Self::NoAnswer => true,
            Self::Refused(_) | Self::NumberGone => false,
        }
    }
}

/// How far the call is, for the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress<'a> {
    Asking {
        since: Option<Timestamp>,
    },
    Dialling,
    Ringing {
        since: Timestamp,
        /// It rings for so long that the softphone's sound is worth a hint.
        sound: bool,
    },
    Connected {
        since: Timestamp,
    },
    /// It is over; how long it was connected, if it ever was.
    Over {
        connected: Option<Duration>,
    },
    Failed(&'a Reason),
}

/// What there is to show of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shown<'a> {
    pub(crate) callee: &'a Callee,
    pub(crate) progress: Progress<'a>,
    /// The session is lost: the call may go on, but nobody here knows how.
    pub(crate) is_lost: bool,
    /// It is to be hung up, and is not gone yet.
    pub(crate) is_hanging_up: bool,
    /// The last order to hang up had no effect.
    pub(crate) hang_up_failed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Current {
    pub(super) callee: Callee,
    pub(super) stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stage {
    /// Do not disturb: a question before the dial.
    Asking { since: Option<Timestamp>, until: Timestamp },
    /// From the order until the call is over.
    Live(Live),
    /// Over, or never was.
    Ended {
        /// None for a call that was connected, or that the agent gave up.
        reason: Option<Reason>,
        connected: Option<Duration>,
        until: Timestamp,
        /// Connect may have dialled all the same: its contact is still looked for.
        late: Option<Dial>,
    },
}

impl Stage {
    pub(super) fn failed(reason: Reason, now: Timestamp) -> Self {
        Self::Ended { reason: Some(reason), connected: None, until: later(now, LINGER), late: None }
    }

    pub(super) fn is_live(&self) -> bool {
        match self {
            Self::Live(_) => true,
            Self::Asking { .. } | Self::Ended { .. } => false,
        }
    }
}

impl Current {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match &self.stage {
            Stage::Asking { until, .. } | Stage::Ended { until, .. } => Some(*until),
            Stage::Live(live) => live.deadline(),
        }
    }

    pub(super) fn shown(&self) -> Shown<'_> {
        let shown = |progress| Shown {
            callee: &self.callee,
            progress,
            is_lost: false,
            is_hanging_up: false,
            hang_up_failed: false,
        };
        match &self.stage {
            Stage::Asking { since, .. } => shown(Progress::Asking { since: *since }),
            Stage::Ended { reason: Some(reason), .. } => shown(Progress::Failed(reason)),
            Stage::Ended { reason: None, connected, .. } => shown(Progress::Over { connected: *connected }),
            Stage::Live(live) => Shown {
                is_lost: live.lost.is_some(),
                is_hanging_up: live.hang_up.is_under_way(),
                hang_up_failed: live.hang_up == HangUp::Failed,
                ..shown(live.progress())
            },
        }
    }

    /// The call may go on, but nobody here knows how. One whose dial was not answered may go on as well.
    pub(super) fn lose_session(&mut self, now: Timestamp) {
        match &mut self.stage {
            Stage::Live(live) if live.lost.is_none() => {
                live.lost = Some(later(now, LINGER));
                if live.hang_up.is_under_way() {
                    live.hang_up = HangUp::Kept;
                }
            }
            Stage::Ended { reason, late: Some(dial), .. } => {
                let live = Live::found_late(dial.clone(), reason.is_none(), now);
                self.stage = Stage::Live(Live { lost: Some(later(now, LINGER)), ..live });
            }
            Stage::Asking { .. } | Stage::Live(_) | Stage::Ended { late: None, .. } => {}
        }
    }

    /// Takes the agent's calls of a live session. What may be ordered is the tones after the connection.
    pub(super) fn follow(&mut self, calls: &[Call], softphone: bool, now: Timestamp) -> Option<CallOut> {
        let number = &self.callee.number;
        match &mut self.stage {
            Stage::Asking { .. } | Stage::Ended { late: None, .. } => None,
            Stage::Ended { reason, late: Some(dial), .. } => {
                let is_it =
                    |call: &&Call| call.activity.is_live() && dial.could_be(call) && is_to(call, number);
                let call = calls.iter().find(is_it)?;
                let mut live = Live::found_late(dial.clone(), reason.is_none(), now);
                let (stage, out) = live.show(call, number, softphone, now);
                self.stage = stage.unwrap_or(Stage::Live(live));
                out
            }
            Stage::Live(live) => {
                let (stage, out) = live.follow(calls, number, softphone, now);
                if let Some(stage) = stage {
                    self.stage = stage;
                }
                out
            }
        }
    }

    /// Does what is due by now; none once the bar goes away.
    pub(super) fn due(mut self, softphone: bool, now: Timestamp) -> Option<Self> {
        match &mut self.stage {
            Stage::Asking { until, .. } | Stage::Ended { until, .. } => (*until > now).then_some(self),
            Stage::Live(Live { lost: Some(until), .. }) => (*until > now).then_some(self),
            Stage::Live(live) => {
                if let Some(stage) = live.due(softphone, now) {
                    self.stage = stage;
                }
                Some(self)
            }
        }
    }
}

impl Redate for Stage {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Asking { since, until } => {
                since.redate(by);
                until.redate(by);
            }
            Self::Live(live) => live.redate(by),
            Self::Ended { reason: _, connected: _, until, late: _ } => until.redate(by),
        }
    }
}
