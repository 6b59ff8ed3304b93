//! A call from its dial until it is over: which contact it is, what that shows, and how it is hung up. Values only: it
//! must not order anything.

use std::time::Duration;
use view::facts::{CallFailure, DigitsFacts};

use connect::{AgentError, Call, Failure};
use jiff::{SignedDuration, Timestamp};
use people::Dialable;
use presence::{
    connect::{Activity, ContactId},
    moment::later,
    redate::Redate,
};

use super::{CallOut, EFFECT, LINGER, SOUND, agent::AgentSide, reason};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Live {
    pub(super) dial: Dial,
    pub(super) track: Track,
    pub(super) hang_up: HangUp,
    pub(super) digits: Digits,
    /// Until when the session may come back; none while it is live.
    pub(super) lost: Option<Timestamp>,
}

/// An order to dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dial {
    pub(super) order: u64,
    /// The voice contacts that existed when it left: none of them is this call.
    pub(super) known: Vec<ContactId>,
    pub(super) answer: DialAnswer,
    /// The agent's error when it left, for as long as that lasts: it is about another call.
    pub(super) error: Option<AgentError>,
    /// When it left.
    pub(super) at: Timestamp,
}

/// A call that is over, or never came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    /// None for a call that was connected, or that the agent gave up.
    pub(super) reason: Option<CallFailure>,
    pub(super) connected: Option<Duration>,
    pub(super) until: Timestamp,
    /// Set if Connect may have dialled nevertheless: its contact is still looked for.
    pub(super) late: Option<Dial>,
}

impl Ended {
    pub(super) fn failed(reason: CallFailure, now: Timestamp) -> Self {
        Self { reason: Some(reason), connected: None, until: later(now, LINGER), late: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DialAnswer {
    Missing,
    Taken,
    Failed(CallFailure),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Track {
    /// No contact yet.
    Awaited {
        until: Timestamp,
    },
    Ringing {
        contact: ContactId,
        since: Timestamp,
        sound: Sound,
    },
    Connected {
        contact: ContactId,
        since: Timestamp,
    },
}

/// Whether to hint that the sound of a ringing call may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sound {
    Since(Timestamp),
    Hint,
    NoHint,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HangUp {
    NotWanted,
    /// Wanted, and ordered as soon as there is a contact.
    Pending,
    Ordered {
        order: u64,
        until: Timestamp,
    },
    /// The order failed, or had no effect.
    Failed,
}

/// The tones after the connection: sent once at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Digits {
    NotOrdered,
    Ordered(u64),
    Answered(DigitsFacts),
}

impl Digits {
    pub(super) fn facts(self) -> DigitsFacts {
        match self {
            Self::NotOrdered | Self::Ordered(_) => DigitsFacts::NotSent,
            Self::Answered(facts) => facts,
        }
    }

    pub(super) fn answered(&mut self, order: u64, failure: Option<Failure>) {
        if *self == Self::Ordered(order) {
            *self = Self::Answered(match failure {
                None => DigitsFacts::Sent,
                Some(Failure::TimedOut) => DigitsFacts::Unknown,
                Some(_) => DigitsFacts::Refused,
            });
        }
    }
}

impl HangUp {
    pub(super) fn is_under_way(self) -> bool {
        match self {
            Self::Pending | Self::Ordered { .. } => true,
            Self::NotWanted | Self::Failed => false,
        }
    }

    pub(super) fn is_order(self, order: u64) -> bool {
        matches!(self, Self::Ordered { order: own, .. } if own == order)
    }
}

impl Live {
    pub(super) fn contact(&self) -> Option<&ContactId> {
        match &self.track {
            Track::Ringing { contact, .. } | Track::Connected { contact, .. } => Some(contact),
            Track::Awaited { .. } => None,
        }
    }

    pub(super) fn is_awaited(&self) -> bool {
        self.contact().is_none()
    }

    pub(super) fn connected(&self) -> Option<Timestamp> {
        match &self.track {
            Track::Connected { since, .. } => Some(*since),
            Track::Awaited { .. } | Track::Ringing { .. } => None,
        }
    }

    pub(super) fn found_late(dial: Dial, given_up: bool, now: Timestamp) -> Self {
        let hang_up = if given_up { HangUp::Pending } else { HangUp::NotWanted };
        Self {
            dial,
            track: Track::Awaited { until: later(now, EFFECT) },
            hang_up,
            digits: Digits::NotOrdered,
            lost: None,
        }
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        if self.lost.is_some() {
            return self.lost;
        }
        let track = match &self.track {
            Track::Awaited { until } => Some(*until),
            Track::Ringing { sound: Sound::Since(since), .. } => Some(later(*since, SOUND)),
            Track::Ringing { sound: Sound::Hint | Sound::NoHint, .. } | Track::Connected { .. } => None,
        };
        let hang_up = match self.hang_up {
            HangUp::Ordered { until, .. } => Some(until),
            HangUp::NotWanted | HangUp::Pending | HangUp::Failed => None,
        };
        [track, hang_up].into_iter().flatten().min()
    }

    pub(super) fn due(&mut self, side: AgentSide, now: Timestamp) -> Option<Ended> {
        if matches!(self.hang_up, HangUp::Ordered { until, .. } if until <= now) {
            self.hang_up = HangUp::Failed;
        }
        match &mut self.track {
            Track::Awaited { until } if *until <= now => {
                let dial = self.dial.clone();
                Some(self.give_up(Some(dial), side, now))
            }
            Track::Ringing { sound, .. } => {
                if matches!(sound, Sound::Since(since) if later(*since, SOUND) <= now) {
                    *sound = if side.softphone { Sound::Hint } else { Sound::NoHint };
                }
                None
            }
            Track::Awaited { .. } | Track::Connected { .. } => None,
        }
    }

    /// Nobody knows whether it was dialled: its contact is still looked for.
    pub(super) fn unanswered(&self, reason: CallFailure, now: Timestamp) -> Ended {
        let nothing = AgentSide { softphone: false, error: None };
        self.over(reason, Some(self.dial.clone()), nothing, now)
    }

    /// No contact appeared. `late` is the dial, if it may have been carried out nevertheless.
    pub(super) fn give_up(&self, late: Option<Dial>, side: AgentSide, now: Timestamp) -> Ended {
        let is_taken = self.dial.answer == DialAnswer::Taken;
        let reason = if is_taken { CallFailure::NotShown } else { CallFailure::NotTaken };
        // A dial that was not taken has no error of its own.
        let side = AgentSide { error: side.error.filter(|_| is_taken), ..side };
        self.over(reason, late, side, now)
    }

    /// The call is over. A refusal of the dial is the reason, else the agent's error, else `reason`. There is none for
    /// a call that was connected, or that the agent hung up, here or elsewhere.
    fn over(&self, reason: CallFailure, late: Option<Dial>, side: AgentSide, now: Timestamp) -> Ended {
        let error = side.error.filter(|error| self.dial.error != Some(*error));
        let connected = self
            .connected()
            .map(|since| Duration::try_from(now.duration_since(since)).unwrap_or(Duration::ZERO));
        let reason = match &self.dial.answer {
            _ if connected.is_some() || self.hang_up != HangUp::NotWanted => None,
            DialAnswer::Failed(refusal) => Some(refusal.clone()),
            DialAnswer::Missing | DialAnswer::Taken if error == Some(AgentError::AgentHungUp) => None,
            DialAnswer::Missing | DialAnswer::Taken => {
                Some(error.and_then(|error| reason::of_error(error, side.softphone)).unwrap_or(reason))
            }
        };
        Ended { reason, connected, until: later(now, LINGER), late }
    }

    pub(super) fn follow(
        &mut self,
        calls: &[Call],
        number: &Dialable,
        side: AgentSide,
        order: u64,
        now: Timestamp,
    ) -> (Option<Ended>, Option<CallOut>) {
        if self.dial.error != side.error {
            self.dial.error = None;
        }
        let was_lost = self.lost.take().is_some();
        if was_lost && let Track::Awaited { until } = &mut self.track {
            *until = later(now, EFFECT);
        }
        let found = match self.contact() {
            Some(contact) => calls.iter().find(|call| call.contact == *contact),
            None => self.dial.find(calls, number),
        };
        let (ended, out) = match (found, &self.track) {
            (Some(call), _) => self.show(call, number, side, order, now),
            (None, Track::Awaited { .. }) => (None, None),
            (None, Track::Ringing { .. } | Track::Connected { .. }) => {
                (Some(self.over(CallFailure::NoAnswer, None, side, now)), None)
            }
        };
        // Nothing was due while the session was lost.
        let late = if was_lost && ended.is_none() { self.due(side, now) } else { None };
        (ended.or(late), out)
    }

    /// Takes what the call's contact shows, which may end the call. `order` is the number of an order that is returned.
    pub(super) fn show(
        &mut self,
        call: &Call,
        number: &Dialable,
        side: AgentSide,
        order: u64,
        now: Timestamp,
    ) -> (Option<Ended>, Option<CallOut>) {
        let contact = call.contact.clone();
        match (call.activity, self.connected()) {
            (Activity::Dialling | Activity::Incoming | Activity::CallbackOffered, None) => {
                match &mut self.track {
                    Track::Ringing { since, .. } => *since = call.since,
                    track @ (Track::Awaited { .. } | Track::Connected { .. }) => {
                        *track = Track::Ringing { contact, since: call.since, sound: Sound::Since(now) };
                    }
                }
                (None, None)
            }
            (Activity::Connected | Activity::OnHold, None) => {
                self.track = Track::Connected { contact: contact.clone(), since: call.since };
                let tones = number.digits.clone().filter(|_| !self.hang_up.is_under_way());
                if tones.is_some() {
                    self.digits = Digits::Ordered(order);
                }
                (None, tones.map(|digits| CallOut::SendDigits { order, contact, digits }))
            }
            (
                Activity::Dialling
                | Activity::Incoming
                | Activity::CallbackOffered
                | Activity::Connected
                | Activity::OnHold,
                Some(_),
            ) => (None, None),
            (Activity::AfterContactWork, _) => {
                (Some(self.over(CallFailure::NoAnswer, None, side, now)), None)
            }
            (Activity::Rejected, _) => (Some(self.over(CallFailure::Rejected, None, side, now)), None),
            (Activity::Missed | Activity::Error, _) => {
                // If nothing carries the sound, Connect ends the agent's side of the call at once.
                let reason = if side.softphone { CallFailure::NoSound } else { CallFailure::NotReached };
                (Some(self.over(reason, None, side, now)), None)
            }
        }
    }
}

impl Dial {
    pub(super) fn could_be(&self, call: &Call) -> bool {
        call.outbound && !self.known.contains(&call.contact)
    }

    /// The contact that the dial became: the one with the number, however that is spelled. Once Connect accepted the
    /// dial, a single new contact is taken for it too: the agent has one outbound call at a time.
    fn find<'a>(&self, calls: &'a [Call], number: &Dialable) -> Option<&'a Call> {
        let mut new = calls.iter().filter(|call| self.could_be(call));
        let by_number = calls.iter().find(|call| self.could_be(call) && is_to(call, number));
        by_number.or_else(|| {
            let only = new.next().filter(|_| self.answer == DialAnswer::Taken);
            only.filter(|_| new.next().is_none())
        })
    }
}

/// Compares the digits: Connect may spell the same number with spaces, without its plus, or with 00.
pub(super) fn is_to(call: &Call, number: &Dialable) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    call.number
        .as_deref()
        .is_some_and(|theirs| digits(theirs).trim_start_matches("00") == digits(&number.e164))
}

impl Redate for Dial {
    fn redate(&mut self, by: SignedDuration) {
        let Self { order: _, known: _, answer: _, error: _, at } = self;
        at.redate(by);
    }
}

impl Redate for Live {
    fn redate(&mut self, by: SignedDuration) {
        let Self { dial, track, hang_up, digits: _, lost } = self;
        dial.redate(by);
        match track {
            Track::Awaited { until } => until.redate(by),
            Track::Ringing { contact: _, since, sound } => {
                since.redate(by);
                match sound {
                    Sound::Since(at) => at.redate(by),
                    Sound::Hint | Sound::NoHint => {}
                }
            }
            Track::Connected { contact: _, since } => since.redate(by),
        }
        match hang_up {
            HangUp::Ordered { order: _, until } => until.redate(by),
            HangUp::NotWanted | HangUp::Pending | HangUp::Failed => {}
        }
        lost.redate(by);
    }
}
