//! The stages of a call, what ends each, and what there is to show of them. Values only: it must not order anything.

use view::facts::{CallFailure, CallProgress, DigitsFacts};

use connect::Call;
use jiff::{SignedDuration, Timestamp};
use people::{Dialable, PersonId};
use presence::{moment::later, redate::Redate};

use super::{
    CallOut, LINGER,
    agent::AgentSide,
    live::{Ended, HangUp, Live, Sound, Track, is_to},
};

/// Who is called, and on which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Callee {
    pub(crate) person: PersonId,
    pub(crate) name: String,
    pub(crate) number: Dialable,
}

/// How far a live call has got.
fn progress(live: &Live) -> CallProgress<'static> {
    match &live.track {
        Track::Awaited { .. } => CallProgress::Dialling,
        Track::Ringing { since, sound, .. } => {
            CallProgress::Ringing { since: *since, sound: *sound == Sound::Hint }
        }
        Track::Connected { since, .. } => CallProgress::Connected { since: *since },
    }
}

/// What there is to show of the call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ShownCall<'a> {
    pub(crate) callee: &'a Callee,
    pub(crate) progress: CallProgress<'a>,
    /// The session is lost: the call may continue, but nobody here knows how.
    pub(crate) is_lost: bool,
    /// It is to be hung up, and is not gone yet.
    pub(crate) is_hanging_up: bool,
    /// The last order to hang up had no effect.
    pub(crate) hang_up_failed: bool,
    /// What became of the digits after the connection.
    pub(crate) digits: DigitsFacts,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CurrentCall {
    pub(super) callee: Callee,
    pub(super) stage: CallStage,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CallStage {
    /// Do not disturb: a question before the dial.
    Asking { since: Option<Timestamp>, until: Timestamp },
    /// From the order until the call is over.
    Live(Live),
    /// Over, or never was.
    Ended(Ended),
}

impl CallStage {
    pub(super) fn failed(reason: CallFailure, now: Timestamp) -> Self {
        Self::Ended(Ended::failed(reason, now))
    }

    pub(super) fn is_live(&self) -> bool {
        match self {
            Self::Live(_) => true,
            Self::Asking { .. } | Self::Ended(_) => false,
        }
    }
}

impl CurrentCall {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match &self.stage {
            CallStage::Asking { until, .. } | CallStage::Ended(Ended { until, .. }) => Some(*until),
            CallStage::Live(live) => live.deadline(),
        }
    }

    pub(super) fn shown(&self) -> ShownCall<'_> {
        let shown = |progress| ShownCall {
            callee: &self.callee,
            progress,
            is_lost: false,
            is_hanging_up: false,
            hang_up_failed: false,
            digits: DigitsFacts::NotSent,
        };
        match &self.stage {
            CallStage::Asking { since, .. } => shown(CallProgress::Asking { since: *since }),
            CallStage::Ended(Ended { reason: Some(reason), .. }) => shown(CallProgress::Failed(reason)),
            CallStage::Ended(Ended { reason: None, connected, .. }) => {
                shown(CallProgress::Over { connected: *connected })
            }
            CallStage::Live(live) => ShownCall {
                is_lost: live.lost.is_some(),
                is_hanging_up: live.hang_up.is_under_way(),
                hang_up_failed: live.hang_up == HangUp::Failed,
                digits: live.digits.facts(),
                ..shown(progress(live))
            },
        }
    }

    /// The call may continue, but nobody here knows how. One whose dial was not answered may continue as well.
    pub(super) fn lose_session(&mut self, now: Timestamp) {
        match &mut self.stage {
            CallStage::Live(live) if live.lost.is_none() => {
                live.lost = Some(later(now, LINGER));
                if live.hang_up.is_under_way() {
                    live.hang_up = HangUp::Pending;
                }
            }
            CallStage::Ended(Ended { reason, late: Some(dial), .. }) => {
                let live = Live::found_late(dial.clone(), reason.is_none(), now);
                self.stage = CallStage::Live(Live { lost: Some(later(now, LINGER)), ..live });
            }
            CallStage::Asking { .. } | CallStage::Live(_) | CallStage::Ended(Ended { late: None, .. }) => {}
        }
    }

    /// Takes the agent's calls of a live session. The only order that it may return, with this number, is that for the
    /// tones after the connection.
    pub(super) fn follow(
        &mut self,
        calls: &[Call],
        side: AgentSide,
        order: u64,
        now: Timestamp,
    ) -> Option<CallOut> {
        let number = &self.callee.number;
        match &mut self.stage {
            CallStage::Asking { .. } | CallStage::Ended(Ended { late: None, .. }) => None,
            CallStage::Ended(Ended { reason, late: Some(dial), .. }) => {
                let is_it =
                    |call: &&Call| call.activity.is_live() && dial.could_be(call) && is_to(call, number);
                let call = calls.iter().find(is_it)?;
                let mut live = Live::found_late(dial.clone(), reason.is_none(), now);
                let (ended, out) = live.show(call, number, side, order, now);
                self.stage = ended.map_or(CallStage::Live(live), CallStage::Ended);
                out
            }
            CallStage::Live(live) => {
                let (ended, out) = live.follow(calls, number, side, order, now);
                if let Some(ended) = ended {
                    self.stage = CallStage::Ended(ended);
                }
                out
            }
        }
    }

    /// Does what is due by now; none once the bar goes away.
    pub(super) fn due(mut self, side: AgentSide, now: Timestamp) -> Option<Self> {
        match &mut self.stage {
            CallStage::Asking { until, .. } | CallStage::Ended(Ended { until, .. }) => {
                (*until > now).then_some(self)
            }
            CallStage::Live(Live { lost: Some(until), .. }) if *until > now => Some(self),
            // A call that is to be hung up is not dropped silently: it may continue.
            CallStage::Live(Live { lost: Some(_), hang_up, .. }) if hang_up.is_under_way() => {
                self.stage = CallStage::failed(CallFailure::NotHungUp, now);
                Some(self)
            }
            CallStage::Live(Live { lost: Some(_), .. }) => None,
            CallStage::Live(live) => {
                if let Some(ended) = live.due(side, now) {
                    self.stage = CallStage::Ended(ended);
                }
                Some(self)
            }
        }
    }
}

impl Redate for CallStage {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Asking { since, until } => {
                since.redate(by);
                until.redate(by);
            }
            Self::Live(live) => live.redate(by),
            Self::Ended(Ended { reason: _, connected: _, until, late }) => {
                until.redate(by);
                if let Some(dial) = late {
                    dial.redate(by);
                }
            }
        }
    }
}
