//! The agent's outbound call to a colleague, from the click until its bar goes away: what may be dialled, which contact
//! is the call, and how long each stage may last.
//!
//! One call at a time. It names what is to be ordered from the CCP page ([`CallOut`]) and must not order anything
//! itself, look at a clock, or make sentences.

mod agent;
mod live;
mod over;
mod reason;
mod stage;
#[cfg(test)]
mod tests;

use std::time::Duration;
use view::{ShownNumber, facts::CallFailure};

use connect::Failure;
use jiff::{SignedDuration, Timestamp};
use people::{Entry, PersonId, Roster, Verdict, verdicts};
use presence::{connect::ContactId, redate::Redate};

pub(crate) use self::{
    agent::AgentFacts,
    over::DialOver,
    stage::{Callee, ShownCall},
};
use presence::moment::later;

use self::{
    live::{Dial, DialAnswer, Digits, Ended, HangUp, Live, Track},
    stage::{CallStage, CurrentCall},
};

/// A question that nobody answers within this counts as answered with no.
const QUESTION: Duration = Duration::from_secs(30);
/// Streams answers a dial within 10 s (`PATIENCE` in `ui/src/ccp/orders.ts`).
const ANSWER: Duration = Duration::from_secs(15);
/// After this, a dial that Connect accepted must have a contact, and a call that is hung up must be gone.
const EFFECT: Duration = Duration::from_secs(15);
/// If it rings for longer than this, perhaps no ConnectPath window plays the softphone's sound.
const SOUND: Duration = Duration::from_secs(8);
/// The bar of a call that is over, or whose session is lost, goes away after this.
const LINGER: Duration = Duration::from_secs(30);
/// Nothing is dialled within this after a call: the click may be the second half of a double click on *Hang up*.
const DEAF: Duration = Duration::from_secs(1);

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallIn {
    /// Call this person on the number that was shown.
    Place { person: PersonId, number: ShownNumber },
    /// Call although the person is in Do not disturb.
    Anyway,
    /// Call the same number again.
    Again,
    /// The question is answered with no, or the bar of a call that is over is put away.
    Dismiss,
    /// Hang up.
    HangUp,
    /// The person did something else.
    Elsewhere,
    /// The page answered the dial with this number.
    DialAnswered { order: u64, failure: Option<Failure> },
    /// The page answered the order to hang up with this number.
    HangUpAnswered { order: u64, failure: Option<Failure> },
    /// The page answered the order to send digits with this number.
    DigitsAnswered { order: u64, failure: Option<Failure> },
    /// The agent's calls, or the error of the last one, are known, and may have changed.
    Calls,
    /// The session is not live any more.
    SessionLost,
    /// A deadline has come.
    Due,
}

/// What is ordered from the CCP page. The number of an order comes back with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallOut {
    /// Dial a number in E.164.
    Dial { order: u64, number: String },
    /// End the agent's side of this call.
    HangUp { order: u64, contact: ContactId },
    /// Send tones to the other side.
    SendDigits { order: u64, contact: ContactId, digits: String },
    /// A call that was dialled is over. Nothing is to be ordered.
    Over(DialOver),
}

impl CallOut {
    /// True for an order to dial.
    pub(crate) fn is_dial(&self) -> bool {
        match self {
            Self::Dial { .. } => true,
            Self::HangUp { .. } | Self::SendDigits { .. } | Self::Over(_) => false,
        }
    }
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CallContext<'a> {
    pub(crate) roster: &'a Roster,
    pub(crate) agent: AgentFacts<'a>,
}

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct OutboundCall {
    current: Option<CurrentCall>,
    /// The number of the last order. Each order has its own, so that a late answer changes nothing else.
    orders: u64,
    /// When the last call ended.
    ended: Option<Timestamp>,
}

impl OutboundCall {
    /// Takes an input and returns what is to be ordered, in sequence.
    pub(crate) fn on(&mut self, input: CallIn, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        let was = self.current.clone().filter(|current| current.stage.is_live());
        let mut outs = self.take(input, context, now);
        if let Some(was) = was
            && !self.is_live()
        {
            self.ended = Some(now);
            outs.extend(DialOver::of(&was, self.current.as_ref()).map(CallOut::Over));
        }
        outs
    }

    /// When [`CallIn::Due`] is to come, if nothing happens before.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.current.as_ref().and_then(CurrentCall::deadline)
    }

    /// True from the order until the call is over, while its session is lost as well.
    pub(crate) fn is_live(&self) -> bool {
        self.live().is_some()
    }

    /// True while there is a call that is not being hung up already.
    pub(crate) fn can_hang_up(&self) -> bool {
        self.live().is_some_and(|live| !live.hang_up.is_under_way())
    }

    /// What there is to show.
    pub(crate) fn shown(&self) -> Option<ShownCall<'_>> {
        self.current.as_ref().map(CurrentCall::shown)
    }

    fn live(&self) -> Option<&Live> {
        match &self.current.as_ref()?.stage {
            CallStage::Live(live) => Some(live),
            CallStage::Asking { .. } | CallStage::Ended(_) => None,
        }
    }

    fn take(&mut self, input: CallIn, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        match input {
            CallIn::Place { person, number } => self.place(&person, &number, None, false, context, now),
            CallIn::Anyway => self.anyway(context, now),
            CallIn::Again => self.again(context, now),
            CallIn::Dismiss => self.drop_unless(CallStage::is_live),
            CallIn::Elsewhere => self.drop_unless(|stage| !matches!(stage, CallStage::Asking { .. })),
            CallIn::HangUp => self.hang_up(now),
            CallIn::DialAnswered { order, failure } => self.dial_answered(order, failure, context, now),
            CallIn::HangUpAnswered { order, failure } => {
                if let Some(CurrentCall { stage: CallStage::Live(live), .. }) = &mut self.current
                    && failure.is_some()
                    && live.hang_up.is_order(order)
                {
                    live.hang_up = HangUp::Failed;
                }
                Vec::new()
            }
            CallIn::DigitsAnswered { order, failure } => {
                if let Some(CurrentCall { stage: CallStage::Live(live), .. }) = &mut self.current {
                    live.digits.answered(order, failure);
                }
                Vec::new()
            }
            CallIn::Calls => self.follow(context, now),
            CallIn::SessionLost => {
                if let Some(current) = &mut self.current {
                    current.lose_session(now);
                }
                Vec::new()
            }
            CallIn::Due => self.due(context, now),
        }
    }

    fn drop_unless(&mut self, keeps: impl FnOnce(&CallStage) -> bool) -> Vec<CallOut> {
        if self.current.as_ref().is_some_and(|current| !keeps(&current.stage)) {
            self.current = None;
        }
        Vec::new()
    }

    fn anyway(&mut self, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        match &self.current {
            Some(CurrentCall { callee, stage: CallStage::Asking { .. } }) => {
                let callee = callee.clone();
                let number = ShownNumber::from(&callee.number);
                self.place(&callee.person, &number, Some(&callee), true, context, now)
            }
            Some(_) | None => Vec::new(),
        }
    }

    fn again(&mut self, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        match &self.current {
            Some(CurrentCall { callee, stage: CallStage::Ended(ended) })
                if ended.reason.as_ref().is_none_or(CallFailure::is_worth_another_try) =>
            {
                let callee = callee.clone();
                let number = ShownNumber::from(&callee.number);
                self.place(&callee.person, &number, Some(&callee), false, context, now)
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// `before` is the callee of the last attempt, whose name is used if the person is not in the directory any more.
    fn place(
        &mut self,
        person: &PersonId,
        wanted: &ShownNumber,
        before: Option<&Callee>,
        asked: bool,
        context: &CallContext<'_>,
        now: Timestamp,
    ) -> Vec<CallOut> {
        let is_deaf = self.ended.is_some_and(|at| at <= now && now < later(at, DEAF));
        if self.is_live() || is_deaf {
            return Vec::new();
        }
        let entry = context.roster.get(person);
        let name = entry.map(Entry::name).or(before.map(|before| before.name.as_str()));
        let name = name.unwrap_or(&wanted.e164).to_owned();
        let found = entry.and_then(|entry| {
            let verdicts = verdicts(entry, &context.agent.caller(false), asked);
            entry.numbers().iter().zip(verdicts).find_map(|(number, verdict)| {
                let dialable = number.dialable.as_ref().ok()?;
                wanted.is(dialable).then(|| (dialable.clone(), verdict))
            })
        });
        let Some((number, verdict)) = found else {
            let callee = Callee { person: person.clone(), name, number: wanted.unread() };
            self.current =
                Some(CurrentCall { callee, stage: CallStage::failed(CallFailure::NumberGone, now) });
            return Vec::new();
        };
        let callee = Callee { person: person.clone(), name, number };
        let mut outs = Vec::new();
        let stage = match verdict {
            Verdict::Ask { since } => CallStage::Asking { since, until: later(now, QUESTION) },
            Verdict::Refused(refusal) => CallStage::failed(CallFailure::Refused(refusal), now),
            Verdict::Go => {
                let order = self.next_order();
                let calls = context.agent.calls.unwrap_or_default();
                let known = calls.iter().map(|call| call.contact.clone()).collect();
                outs.push(CallOut::Dial { order, number: callee.number.e164.clone() });
                CallStage::Live(Live {
                    dial: Dial {
                        order,
                        known,
                        answer: DialAnswer::Missing,
                        error: context.agent.error,
                        at: now,
                    },
                    track: Track::Awaited { until: later(now, ANSWER) },
                    hang_up: HangUp::NotWanted,
                    digits: Digits::NotOrdered,
                    lost: None,
                })
            }
        };
        self.current = Some(CurrentCall { callee, stage });
        outs
    }

    fn hang_up(&mut self, now: Timestamp) -> Vec<CallOut> {
        let Some(CurrentCall { stage: CallStage::Live(live), .. }) = &mut self.current else {
            return Vec::new();
        };
        if live.hang_up.is_under_way() {
            return Vec::new();
        }
        live.hang_up = HangUp::Pending;
        self.order_hang_up(now)
    }

    /// Orders a pending hang-up, as soon as there is a contact to hang up.
    fn order_hang_up(&mut self, now: Timestamp) -> Vec<CallOut> {
        let order = self.orders.saturating_add(1);
        let Some(CurrentCall { stage: CallStage::Live(live), .. }) = &mut self.current else {
            return Vec::new();
        };
        if live.hang_up != HangUp::Pending || live.lost.is_some() {
            return Vec::new();
        }
        let Some(contact) = live.contact().cloned() else { return Vec::new() };
        live.hang_up = HangUp::Ordered { order, until: later(now, EFFECT) };
        self.orders = order;
        vec![CallOut::HangUp { order, contact }]
    }

    fn next_order(&mut self) -> u64 {
        self.orders = self.orders.saturating_add(1);
        self.orders
    }

    /// Success means that Connect accepted the dial; only its contact shows that it rings. Once there is a contact, the
    /// contact decides, and a failure is only the reason if the contact goes away.
    fn dial_answered(
        &mut self,
        order: u64,
        failure: Option<Failure>,
        context: &CallContext<'_>,
        now: Timestamp,
    ) -> Vec<CallOut> {
        let Some(CurrentCall { stage: CallStage::Live(live), .. }) = &mut self.current else {
            return Vec::new();
        };
        if live.dial.order != order || live.dial.answer != DialAnswer::Missing {
            return Vec::new();
        }
        match failure {
            None => {
                live.dial.answer = DialAnswer::Taken;
                if let Track::Awaited { until } = &mut live.track {
                    *until = later(now, EFFECT);
                }
                return self.follow(context, now);
            }
            // Whether it was dialled is not known; its contact will show it.
            Some(failure @ (Failure::TimedOut | Failure::Unavailable)) => {
                if live.is_awaited() && live.lost.is_none() {
                    let reason = reason::of_dial(failure, context.agent.calls.unwrap_or_default());
                    let ended = live.unanswered(reason, now);
                    self.end(ended);
                }
            }
            Some(failure) => {
                live.dial.answer =
                    DialAnswer::Failed(reason::of_dial(failure, context.agent.calls.unwrap_or_default()));
                if live.is_awaited() {
                    let ended = live.give_up(None, context.agent.side(), now);
                    self.end(ended);
                }
            }
        }
        Vec::new()
    }

    fn end(&mut self, ended: Ended) {
        if let Some(current) = &mut self.current {
            current.stage = CallStage::Ended(ended);
        }
    }

    /// Finds the contact that the dial became, and follows it.
    fn follow(&mut self, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        let order = self.orders.saturating_add(1);
        let (Some(current), Some(calls)) = (&mut self.current, context.agent.calls) else {
            return Vec::new();
        };
        let mut outs: Vec<CallOut> =
            current.follow(calls, context.agent.side(), order, now).into_iter().collect();
        if !outs.is_empty() {
            self.orders = order;
        }
        outs.extend(self.order_hang_up(now));
        outs
    }

    fn due(&mut self, context: &CallContext<'_>, now: Timestamp) -> Vec<CallOut> {
        if let Some(current) = self.current.take() {
            self.current = current.due(context.agent.side(), now);
        }
        Vec::new()
    }
}

impl Redate for OutboundCall {
    fn redate(&mut self, by: SignedDuration) {
        let Self { current, orders: _, ended } = self;
        if let Some(CurrentCall { callee: _, stage }) = current {
            stage.redate(by);
        }
        ended.redate(by);
    }
}
