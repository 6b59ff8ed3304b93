//! A call that rings or was answered. A value only: it must not ask for anything.

use std::time::Duration;

use connect::{Call, Inbound, Reached};
use jiff::{SignedDuration, Timestamp};
use people::Roster;
use presence::{
    connect::{Activity, ContactId},
    redate::Redate,
};
use view::{
    CallWay,
    facts::{IncomingFacts, WhoCalls},
};

use super::{
    IncomingOut, is_missed,
    numbers::number_of,
    who::{Who, is_shown},
};
use view::ShownNumber;

use crate::machine::recent::CallOver;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ring {
    pub(super) contact: ContactId,
    pub(super) who: Who,
    pub(super) inbound: Inbound,
    pub(super) number: Option<String>,
    /// Since when it rings.
    pub(super) since: Timestamp,
    pub(super) stage: RingStage,
    /// Since when the session is lost: the call may continue.
    pub(super) lost: Option<Timestamp>,
}

/// How far the call has got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RingStage {
    Ringing,
    Answered { since: Timestamp },
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RingStep {
    /// It rings, or the call continues.
    Continues,
    /// Nobody answered it.
    Missed,
    /// It was answered, and is over.
    Over { connected: Duration },
}

impl Ring {
    /// None for a call that did not come in.
    pub(super) fn of(call: &Call, roster: &Roster) -> Option<Self> {
        let inbound = call.inbound.clone()?;
        let mut ring = Self {
            contact: call.contact.clone(),
            who: Who::of(call, &inbound.flow, roster),
            inbound,
            number: call.number.clone(),
            since: call.since,
            stage: RingStage::Ringing,
            lost: None,
        };
        ring.answer(call);
        Some(ring)
    }

    /// Takes what its contact shows. Number and attributes may come later than the contact.
    pub(super) fn step(&mut self, call: &Call, roster: &Roster) -> RingStep {
        if let Some(inbound) = &call.inbound {
            self.inbound.clone_from(inbound);
        }
        self.number.clone_from(&call.number);
        self.who = Who::of(call, &self.inbound.flow, roster);
        self.lost = None;
        self.answer(call);
        let is_missed = is_missed(call.activity);
        match self.stage {
            RingStage::Ringing if is_missed => RingStep::Missed,
            // Its beginning and its end were reported at the same time.
            RingStage::Ringing if call.activity == Activity::AfterContactWork => {
                RingStep::Over { connected: Duration::ZERO }
            }
            RingStage::Answered { since } if is_missed || call.activity == Activity::AfterContactWork => {
                RingStep::Over { connected: between(since, call.since) }
            }
            RingStage::Ringing | RingStage::Answered { .. } => RingStep::Continues,
        }
    }

    fn answer(&mut self, call: &Call) {
        match (call.activity, self.stage) {
            (Activity::Connected | Activity::OnHold, RingStage::Ringing) => {
                self.stage = RingStage::Answered { since: call.since };
            }
            (
                Activity::Connected
                | Activity::OnHold
                | Activity::Incoming
                | Activity::CallbackOffered
                | Activity::Dialling
                | Activity::AfterContactWork
                | Activity::Missed
                | Activity::Rejected
                | Activity::Error,
                RingStage::Ringing | RingStage::Answered { .. },
            ) => {}
        }
    }

    pub(super) fn is_ringing(&self) -> bool {
        self.stage == RingStage::Ringing && self.lost.is_none()
    }

    /// True if a notification announces it: a colleague calls, or somebody calls this agent. ConnectPath itself
    /// announces what a queue hands out, all day.
    pub(super) fn is_for_the_agent(&self) -> bool {
        self.who.is_colleague(&self.inbound.flow) || self.inbound.reached == Reached::Directly
    }

    /// None for a call that was answered and is not a colleague's.
    pub(super) fn facts<'a>(&'a self, roster: &'a Roster) -> Option<IncomingFacts<'a>> {
        let answered = match self.stage {
            RingStage::Ringing => None,
            RingStage::Answered { since } => Some(since),
        };
        let is_in_drawer = answered.is_none() || self.who.is_colleague(&self.inbound.flow);
        is_in_drawer.then(|| IncomingFacts {
            contact: &self.contact,
            who: self.who.facts(self.number.as_deref(), roster),
            inbound: &self.inbound,
            number: self.number.as_deref().filter(|number| is_shown(number)),
            answered,
            is_for_the_agent: self.is_for_the_agent(),
        })
    }

    /// The record of the call, if it was with somebody of the list.
    pub(super) fn over(
        &self,
        way: CallWay,
        connected: Option<Duration>,
        roster: &Roster,
    ) -> Option<IncomingOut> {
        let WhoCalls::One(entry) = self.who.facts(self.number.as_deref(), roster) else { return None };
        Some(IncomingOut::Over(CallOver {
            person: entry.id().clone(),
            way,
            number: number_of(entry, self.number.as_deref()).map(ShownNumber::from),
            at: self.since,
            connected,
        }))
    }
}

/// The time between two moments; zero if a clock went back.
pub(super) fn between(since: Timestamp, until: Timestamp) -> Duration {
    Duration::try_from(until.duration_since(since)).unwrap_or(Duration::ZERO)
}

impl Redate for Ring {
    fn redate(&mut self, by: SignedDuration) {
        let Self { contact: _, who: _, inbound: _, number: _, since, stage, lost } = self;
        since.redate(by);
        match stage {
            RingStage::Ringing => {}
            RingStage::Answered { since } => since.redate(by),
        }
        lost.redate(by);
    }
}
