//! Calls that come in: who calls while it rings and during the call, what was missed, and calling back.
//!
//! It answers no call and ends none, and does not dial either: calling back is a wish that `call` carries out under its
//! own rules. It knows no words.

mod inputs;
mod missed;
mod numbers;
mod ring;
mod who;

use connect::{Call, Failure};
use jiff::{SignedDuration, Timestamp};
use people::{PersonId, Roster};
use presence::{
    connect::{Activity, ContactId},
    redate::Redate,
};
use view::{
    CallWay,
    facts::{IncomingFacts, MissedFacts},
};

pub(crate) use self::inputs::{IncomingContext, IncomingIn, IncomingOut};
use self::{
    missed::{CallingBack, MissedCall},
    ring::{Ring, RingStage, RingStep, between},
    who::Who,
};
use view::ShownNumber;

/// At most this many missed calls are kept once Connect has forgotten them; the oldest is dropped first.
const MOST_MISSED: usize = 3;

/// See the module.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct IncomingCalls {
    /// The oldest first.
    rings: Vec<Ring>,
    /// The newest first.
    missed: Vec<MissedCall>,
    /// The call that the notification is about, and who it says is calling.
    announced: Option<(ContactId, Who)>,
    /// The number of the last order. Each order has its own, so that a late answer changes nothing else.
    orders: u64,
    /// Whose calls they are: the name of the agent in Connect.
    agent: Option<String>,
}

impl IncomingCalls {
    /// Takes an input and returns what is to be done, in sequence.
    pub(crate) fn on(
        &mut self,
        input: IncomingIn,
        context: &IncomingContext<'_>,
        now: Timestamp,
    ) -> Vec<IncomingOut> {
        let mut outs = Vec::new();
        match input {
            IncomingIn::Calls => {
                self.follow_agent(context, &mut outs);
                if let Some(calls) = context.calls {
                    self.follow(calls, context, now, &mut outs);
                }
            }
            IncomingIn::SessionLost => self.lose_session(now),
            IncomingIn::CallBack { contact, number } => {
                self.call_back(&contact, number, context, now, &mut outs);
            }
            IncomingIn::Dialled(person) => self.dialled(&person, &mut outs),
            IncomingIn::Dismiss(contact) => {
                self.put_away(&contact);
                outs.extend(
                    self.missed.iter().all(|missed| missed.put_away).then_some(IncomingOut::WithdrawMissed),
                );
            }
            IncomingIn::ClearAnswered { order, failure } => self.clear_answered(order, failure),
            IncomingIn::Due => self.due(now),
        }
        self.announce(&mut outs);
        outs
    }

    /// When [`IncomingIn::Due`] is to come, if nothing happens before.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.missed.iter().filter_map(|missed| missed.back.until()).min()
    }

    /// The calls that came in and are not over, the first one first. Of calls that were answered only those of
    /// colleagues: the others are ConnectPath's business. None of them while the session is lost: it may have ended.
    pub(crate) fn current<'a>(&'a self, roster: &'a Roster) -> Vec<IncomingFacts<'a>> {
        let shown = self.rings.iter().filter(|ring| ring.lost.is_none());
        shown.filter_map(|ring| ring.facts(roster)).collect()
    }

    /// The missed calls that were not put away, the last one first.
    pub(crate) fn missed<'a>(&'a self, roster: &'a Roster) -> Vec<MissedFacts<'a>> {
        let shown = self.missed.iter().filter(|missed| !missed.put_away).take(MOST_MISSED);
        shown.map(|missed| missed.facts(roster)).collect()
    }

    /// The next agent at the same desk sees nothing of the calls of the one before.
    fn follow_agent(&mut self, context: &IncomingContext<'_>, outs: &mut Vec<IncomingOut>) {
        let Some(agent) = context.agent.filter(|agent| self.agent.as_deref() != Some(*agent)) else { return };
        if self.agent.replace(agent.to_owned()).is_some() {
            self.rings.clear();
            self.missed.clear();
            outs.push(IncomingOut::WithdrawMissed);
        }
    }

    fn follow(
        &mut self,
        calls: &[Call],
        context: &IncomingContext<'_>,
        now: Timestamp,
        outs: &mut Vec<IncomingOut>,
    ) {
        for mut ring in std::mem::take(&mut self.rings) {
            match calls.iter().find(|call| call.contact == ring.contact) {
                Some(call) => match ring.step(call, context.roster) {
                    RingStep::Continues => self.rings.push(ring),
                    RingStep::Missed => self.miss(ring, true, now, context, outs),
                    RingStep::Over { connected } => {
                        outs.extend(ring.over(CallWay::In, Some(connected), context.roster));
                        if is_missed(call.activity) {
                            // Connect still shows it: it must not appear as a missed call.
                            self.missed.push(MissedCall::of(ring, true, now).put_away());
                        }
                    }
                },
                None => match (ring.stage, ring.lost) {
                    // The caller gave up, or was passed on: it is a missed call here.
                    (RingStage::Ringing, None) => self.miss(ring, false, now, context, outs),
                    // It is not known whether somebody answered it.
                    (RingStage::Ringing, Some(_)) => {}
                    (RingStage::Answered { since }, lost) => {
                        let connected = between(since, lost.unwrap_or(now));
                        outs.extend(ring.over(CallWay::In, Some(connected), context.roster));
                    }
                },
            }
        }
        for call in calls {
            let is_missed = is_missed(call.activity);
            let is_known = self.rings.iter().any(|ring| ring.contact == call.contact)
                || (is_missed && self.missed.iter().any(|missed| missed.contact == call.contact));
            if is_known || call.activity == Activity::AfterContactWork {
                continue;
            }
            let Some(ring) = Ring::of(call, context.roster) else { continue };
            // Connect may offer a missed contact to the same agent again.
            self.missed.retain(|missed| missed.contact != call.contact);
            if is_missed {
                self.miss(ring, true, call.since, context, outs);
            } else {
                self.rings.push(ring);
            }
        }
        self.follow_missed(calls, context, outs);
    }

    /// `in_connect`: the contact is still there, and keeps the agent from everything else until it is cleared.
    fn miss(
        &mut self,
        ring: Ring,
        in_connect: bool,
        at: Timestamp,
        context: &IncomingContext<'_>,
        outs: &mut Vec<IncomingOut>,
    ) {
        outs.extend(ring.over(CallWay::Missed, None, context.roster));
        let is_for_the_agent = ring.is_for_the_agent();
        if !in_connect && !is_for_the_agent {
            return;
        }
        let contact = ring.contact.clone();
        self.missed.insert(0, MissedCall::of(ring, in_connect, at));
        let mut forgotten = 0;
        self.missed.retain(|missed| {
            forgotten += usize::from(!missed.in_connect);
            missed.in_connect || forgotten <= MOST_MISSED
        });
        if is_for_the_agent {
            outs.push(IncomingOut::NotifyMissed(contact));
        }
    }

    fn put_away(&mut self, contact: &ContactId) {
        for missed in self.missed.iter_mut().filter(|missed| missed.contact == *contact) {
            missed.put_away = true;
            missed.back = CallingBack::NotWanted;
        }
        // Connect still shows it: it must not appear as a new one.
        self.missed.retain(|missed| missed.in_connect || !missed.put_away);
    }

    /// Follows what Connect shows of the missed contacts. Once a contact that was to be cleared is gone, the call back
    /// is made.
    fn follow_missed(&mut self, calls: &[Call], context: &IncomingContext<'_>, outs: &mut Vec<IncomingOut>) {
        let mut wanted = None;
        self.missed.retain_mut(|missed| {
            missed.look_again(context.roster);
            missed.in_connect =
                calls.iter().any(|call| call.contact == missed.contact && is_missed(call.activity));
            if missed.in_connect {
                return true;
            }
            if let CallingBack::Clearing { number, .. } = missed.back.clone() {
                missed.back = CallingBack::NotWanted;
                wanted = missed.wish(number);
            }
            missed.is_for_the_agent && !missed.put_away
        });
        outs.extend(wanted);
    }

    fn call_back(
        &mut self,
        contact: &ContactId,
        number: ShownNumber,
        context: &IncomingContext<'_>,
        now: Timestamp,
        outs: &mut Vec<IncomingOut>,
    ) {
        let is_clearing =
            self.missed.iter().any(|missed| matches!(missed.back, CallingBack::Clearing { .. }));
        let found = self.missed.iter_mut().find(|missed| missed.contact == *contact);
        let Some(missed) = found.filter(|_| !is_clearing) else { return };
        // Nothing is cleared for a call that is refused: the call itself shows the reason.
        if !missed.in_connect || missed.is_refused(&number, context) {
            outs.extend(missed.wish(number));
            return;
        }
        self.orders = self.orders.saturating_add(1);
        missed.back = CallingBack::clearing(self.orders, number, now);
        outs.push(IncomingOut::Clear { order: self.orders, contact: contact.clone() });
    }

    /// A person stays missed until they are dialled: a call can be refused, or the question before it answered with no.
    fn dialled(&mut self, person: &PersonId, outs: &mut Vec<IncomingOut>) {
        let before = self.missed.len();
        self.missed.retain(|missed| missed.in_connect || !missed.is_from(person));
        outs.extend((self.missed.len() < before).then_some(IncomingOut::WithdrawMissed));
    }

    /// Only a failure counts here. A stale order means that the contact was gone already, and a contact that is gone
    /// starts the call.
    fn clear_answered(&mut self, order: u64, failure: Option<Failure>) {
        let is_it = |missed: &&mut MissedCall| missed.back.is_order(order);
        if let (Some(missed), Some(failure)) = (self.missed.iter_mut().find(is_it), failure)
            && failure != Failure::Stale
        {
            missed.back = CallingBack::NotCleared;
        }
    }

    fn due(&mut self, now: Timestamp) {
        for missed in &mut self.missed {
            if missed.back.until().is_some_and(|until| until <= now) {
                missed.back = CallingBack::NotCleared;
            }
        }
    }

    fn lose_session(&mut self, now: Timestamp) {
        for ring in &mut self.rings {
            ring.lost.get_or_insert(now);
        }
        for missed in &mut self.missed {
            if matches!(missed.back, CallingBack::Clearing { .. }) {
                missed.back = CallingBack::NotCleared;
            }
        }
    }

    /// One notification for all of them: about the call that rings last.
    fn announce(&mut self, outs: &mut Vec<IncomingOut>) {
        let last = self.rings.iter().rfind(|ring| ring.is_ringing() && ring.is_for_the_agent());
        let last = last.map(|ring| (ring.contact.clone(), ring.who.clone()));
        if self.announced == last {
            return;
        }
        outs.push(match &last {
            Some((contact, _)) => IncomingOut::NotifyRinging(contact.clone()),
            None => IncomingOut::WithdrawRinging,
        });
        self.announced = last;
    }
}

/// It was offered, and nobody answered. Connect keeps it until it is cleared.
fn is_missed(activity: Activity) -> bool {
    match activity {
        Activity::Missed | Activity::Rejected | Activity::Error => true,
        Activity::Incoming
        | Activity::CallbackOffered
        | Activity::Dialling
        | Activity::Connected
        | Activity::OnHold
        | Activity::AfterContactWork => false,
    }
}

impl Redate for IncomingCalls {
    fn redate(&mut self, by: SignedDuration) {
        let Self { rings, missed, announced: _, orders: _, agent: _ } = self;
        rings.iter_mut().for_each(|ring| ring.redate(by));
        missed.iter_mut().for_each(|missed| missed.redate(by));
    }
}

#[cfg(test)]
mod tests;
