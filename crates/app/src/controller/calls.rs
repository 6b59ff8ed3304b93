//! A call to a colleague: asked for in the drawer, allowed by `people`, dialled by Streams, followed until it
//! is over.
//!
//! The call is the agent's own outbound call; this app carries no sound. One call at a time has the bar.

use std::time::Duration;

use connect::{Call, Failure, Order};
use jiff::{SignedDuration, Timestamp};
use people::{CallContext, Dialable, Refusal, Verdict, may_call};
use presence::{
    connect::{Activity, ContactId},
    identity::ObjectId,
    redate::Redate,
};

use super::{Controller, orders::Purpose};
use crate::{
    clock::later,
    host::Host,
    view::{CallBar, CallState},
    words::{fill, say},
};

/// Ringing for longer than this, a softphone may have nobody to carry its sound.
const SOUND_PATIENCE: Duration = Duration::from_secs(8);
/// The bar of a call that is over goes away after this.
const LINGER: Duration = Duration::from_secs(30);

/// Who is called, and on which number.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Callee {
    person: ObjectId,
    name: String,
    number: Dialable,
    index: usize,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stage {
    Asking {
        since: Option<Timestamp>,
    },
    /// The order left; Streams has not made a contact of it yet.
    Ordered,
    Ringing {
        contact: ContactId,
        since: Timestamp,
    },
    Connected {
        contact: ContactId,
        since: Timestamp,
    },
    Over {
        connected: Option<Duration>,
        until: Timestamp,
    },
    Failed {
        sentence: String,
        again: bool,
        until: Timestamp,
    },
}

#[derive(Debug, Default)]
pub(super) struct Calls {
    present: Option<(Callee, Stage)>,
    /// It rings for so long that the sound is mentioned.
    hinted: bool,
}

impl Calls {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match &self.present {
            Some((_, Stage::Over { until, .. } | Stage::Failed { until, .. })) => Some(*until),
            Some((_, Stage::Ringing { since, .. })) if !self.hinted => Some(later(*since, SOUND_PATIENCE)),
            Some((
                _,
                Stage::Asking { .. } | Stage::Ordered | Stage::Ringing { .. } | Stage::Connected { .. },
            ))
            | None => None,
        }
    }

    /// True from the order until the call is over.
    pub(super) fn is_live(&self) -> bool {
        match &self.present {
            Some((_, Stage::Ordered | Stage::Ringing { .. } | Stage::Connected { .. })) => true,
            Some((_, Stage::Asking { .. } | Stage::Over { .. } | Stage::Failed { .. })) | None => false,
        }
    }

    fn contact(&self) -> Option<&ContactId> {
        match &self.present {
            Some((_, Stage::Ringing { contact, .. } | Stage::Connected { contact, .. })) => Some(contact),
            Some((_, Stage::Asking { .. } | Stage::Ordered | Stage::Over { .. } | Stage::Failed { .. }))
            | None => None,
        }
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn call(&mut self, person: &str, index: u32) {
        self.place(&ObjectId::new(person), index as usize, false);
    }

    pub(super) fn call_anyway(&mut self) {
        if let Some((callee, Stage::Asking { .. })) = self.calls.present.take() {
            self.place(&callee.person, callee.index, true);
        }
    }

    pub(super) fn call_again(&mut self) {
        if let Some((callee, Stage::Over { .. } | Stage::Failed { .. })) = self.calls.present.take() {
            self.place(&callee.person, callee.index, false);
        }
    }

    pub(super) fn dismiss_call(&mut self) {
        if !self.calls.is_live() {
            self.calls.present = None;
        }
    }

    pub(super) fn hang_up(&mut self) {
        if let Some(contact) = self.calls.contact().cloned() {
            self.order(Purpose::Call, |id| Order::HangUp { id, contact: contact.as_str().to_owned() });
        }
    }

    fn place(&mut self, person: &ObjectId, index: usize, asked: bool) {
        if self.calls.is_live() {
            return;
        }
        let now = self.clock.now();
        let Some(entry) = self.colleagues.roster.get(person) else { return };
        let Some(number) = entry.numbers().get(index).and_then(|number| number.dialable.as_ref().ok()) else {
            return;
        };
        self.calls.hinted = false;
        let callee = Callee {
            person: person.clone(),
            name: entry.person().name.clone(),
            number: number.clone(),
            index,
        };
        let verdict = self.may_call(person, index, asked);
        let stage = match verdict {
            Verdict::Ask { since } => Stage::Asking { since },
            Verdict::Refused(refusal) => {
                Stage::Failed { sentence: refused(&refusal), again: false, until: later(now, LINGER) }
            }
            Verdict::Go => {
                let queue = self.settings.call_queue.clone();
                let number = callee.number.e164.clone();
                self.order_at(Purpose::Dial, |id, stamp| Order::Dial { id, number, queue, stamp });
                Stage::Ordered
            }
        };
        self.calls.present = Some((callee, stage));
    }

    /// What speaks against a call now, without asking about Do not disturb.
    pub(super) fn refusal(&self, person: &ObjectId, index: usize) -> Option<String> {
        match self.may_call(person, index, true) {
            Verdict::Refused(refusal) => Some(refused(&refusal)),
            Verdict::Go | Verdict::Ask { .. } => None,
        }
    }

    fn may_call(&self, person: &ObjectId, index: usize, asked: bool) -> Verdict {
        let entry = self.colleagues.roster.get(person);
        let agent = self.centre.session.agent();
        may_call(&CallContext {
            connect_live: self.centre.live().is_some(),
            outbound_permission: agent.is_some_and(|agent| agent.outbound),
            countries: agent.map(|agent| agent.countries.as_slice()).unwrap_or_default(),
            live_voice_contact: self.centre.has_live_voice(),
            number: entry.and_then(|entry| entry.numbers().get(index)).map(|number| &number.dialable),
            teams: entry.and_then(people::Entry::teams),
            teams_since: entry.and_then(people::Entry::since),
            asked,
        })
    }

    /// Streams did, or did not, take the order to dial.
    pub(super) fn dial_answered(&mut self, failure: Option<Failure>) {
        let Some(failure) = failure else { return };
        if let Some((_, stage @ (Stage::Ordered | Stage::Ringing { .. }))) = &mut self.calls.present {
            let (sentence, again) = match failure {
                Failure::BadNumber => (say("call.notReached"), false),
                Failure::Stale | Failure::TimedOut => (say("call.noAnswerOfConnect"), true),
                Failure::NoAgent => (say("call.refused.notLoggedIn"), false),
                Failure::Refused(reason) => (fill("call.connectRefused", &[("reason", &reason)]), true),
            };
            *stage = Stage::Failed { sentence, again, until: later(self.clock.now(), LINGER) };
        }
    }

    /// Follows the contact that the order became.
    pub(super) fn calls_changed(&mut self) {
        let now = self.clock.now();
        let Some((callee, stage)) = self.calls.present.clone() else { return };
        let calls = self.centre.session.calls();
        let softphone = self.centre.session.agent().is_some_and(|agent| agent.softphone);
        let next = match &stage {
            Stage::Asking { .. } | Stage::Over { .. } | Stage::Failed { .. } => return,
            Stage::Ordered => calls
                .iter()
                .find(|call| call.outbound && call.number.as_deref() == Some(callee.number.e164.as_str()))
                .map(|call| follow(call, None, softphone, now)),
            Stage::Ringing { contact, .. } => Some(
                calls
                    .iter()
                    .find(|call| call.contact == *contact)
                    .map_or_else(|| over(None, now), |call| follow(call, None, softphone, now)),
            ),
            Stage::Connected { contact, since } => {
                Some(calls.iter().find(|call| call.contact == *contact).map_or_else(
                    || over(Some(*since), now),
                    |call| follow(call, Some(*since), softphone, now),
                ))
            }
        };
        let Some(next) = next else { return };
        if let (Stage::Ordered | Stage::Ringing { .. }, Stage::Connected { contact, .. }) = (&stage, &next)
            && let Some(digits) = callee.number.digits.clone()
        {
            let contact = contact.as_str().to_owned();
            self.order(Purpose::Call, |id| Order::SendDigits { id, contact, digits });
        }
        self.calls.present = Some((callee, next));
    }

    /// The session is gone: the call may go on, but nobody here knows how.
    pub(super) fn calls_lost(&mut self) {
        let until = later(self.clock.now(), LINGER);
        if self.calls.is_live()
            && let Some((_, stage)) = &mut self.calls.present
        {
            *stage = Stage::Failed { sentence: say("call.lost"), again: true, until };
        }
    }

    pub(super) fn calls_due(&mut self, now: Timestamp) {
        if self.calls.deadline().is_none_or(|at| at > now) {
            return;
        }
        if self.calls.is_live() {
            self.calls.hinted = true;
        } else {
            self.calls.present = None;
        }
    }

    pub(super) fn call_bar(&self) -> Option<CallBar> {
        let (callee, stage) = self.calls.present.as_ref()?;
        let ringing = matches!(stage, Stage::Ringing { .. });
        let softphone = self.centre.session.agent().is_some_and(|agent| agent.softphone);
        let state = match stage {
            Stage::Asking { since } => CallState::Asking { since: *since },
            Stage::Ordered => CallState::Dialling,
            Stage::Ringing { since, .. } => CallState::Ringing { since: *since },
            Stage::Connected { since, .. } => CallState::Connected { since: *since },
            Stage::Over { connected, .. } => CallState::Ended {
                seconds: connected.map(|long| u32::try_from(long.as_secs()).unwrap_or(u32::MAX)),
            },
            Stage::Failed { sentence, again, .. } => {
                CallState::Failed { sentence: sentence.clone(), again: *again }
            }
        };
        Some(CallBar {
            person: callee.person.to_string(),
            name: callee.name.clone(),
            number: callee.number.words.clone(),
            // The pauses before an extension mean nothing to a reader.
            digits: callee.number.digits.as_ref().map(|digits| digits.trim_start_matches(',').to_owned()),
            state,
            hint: (self.calls.hinted && ringing && softphone).then(|| say("call.takeAudio")),
        })
    }
}

fn follow(call: &Call, connected: Option<Timestamp>, softphone: bool, now: Timestamp) -> Stage {
    match call.activity {
        Activity::Dialling | Activity::Incoming | Activity::CallbackOffered => {
            Stage::Ringing { contact: call.contact.clone(), since: call.since }
        }
        Activity::Connected | Activity::OnHold => {
            Stage::Connected { contact: call.contact.clone(), since: connected.unwrap_or(call.since) }
        }
        Activity::AfterContactWork => over(connected, now),
        Activity::Missed | Activity::Rejected | Activity::Error => {
            // Without a place that carries the sound, Connect ends the agent's side of the call at once.
            let key = if softphone { "call.takeAudio" } else { "call.notReached" };
            Stage::Failed { sentence: say(key), again: true, until: later(now, LINGER) }
        }
    }
}

fn over(connected: Option<Timestamp>, now: Timestamp) -> Stage {
    let until = later(now, LINGER);
    match connected {
        Some(since) => {
            let long = Duration::try_from(now.duration_since(since)).unwrap_or(Duration::ZERO);
            Stage::Over { connected: Some(long), until }
        }
        None => Stage::Failed { sentence: say("call.noAnswer"), again: true, until },
    }
}

/// The sentence of a refusal.
pub(super) fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoNumber => say("call.refused.noNumber"),
        Refusal::NotDialable { number } => fill("call.refused.notDialable", &[("number", number)]),
        Refusal::Country { country } => fill("call.refused.country", &[("country", country)]),
        Refusal::NoPermission => say("call.refused.noPermission"),
        Refusal::OnACall => say("call.refused.onACall"),
        Refusal::NotLoggedIn => say("call.refused.notLoggedIn"),
    }
}

impl Redate for Stage {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Asking { since } => since.redate(by),
            Self::Ordered => {}
            Self::Ringing { contact: _, since } | Self::Connected { contact: _, since } => since.redate(by),
            Self::Over { connected: _, until } => until.redate(by),
            Self::Failed { sentence: _, again: _, until } => until.redate(by),
        }
    }
}

impl Redate for Calls {
    fn redate(&mut self, by: SignedDuration) {
        let Self { present, hinted: _ } = self;
        if let Some((_, stage)) = present {
            stage.redate(by);
        }
    }
}
