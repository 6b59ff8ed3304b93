//! A call that nobody answered, and the state of calling back. A value only: it must not ask for anything.

use std::time::Duration;

use connect::Inbound;
use jiff::{SignedDuration, Timestamp};
use people::{Dialable, PersonId, Roster, Verdict, verdicts};
use presence::{connect::ContactId, moment::later, redate::Redate};
use view::facts::{CallBackFacts, MissedFacts};

use super::{
    IncomingContext, IncomingOut,
    numbers::{first_number, number_of},
    ring::Ring,
    who::Who,
};
use view::ShownNumber;

/// A contact that Connect clears must be gone after this.
const CLEARED: Duration = Duration::from_secs(10);

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MissedCall {
    pub(super) contact: ContactId,
    who: Who,
    inbound: Inbound,
    number: Option<String>,
    at: Timestamp,
    /// It keeps its row after Connect has forgotten it.
    pub(super) is_for_the_agent: bool,
    /// Connect still shows the missed contact: no other call can be made beside it.
    pub(super) in_connect: bool,
    /// The agent does not want to see it.
    pub(super) put_away: bool,
    pub(super) back: CallingBack,
}

/// The state of calling back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CallingBack {
    NotWanted,
    /// Connect was asked to clear the contact.
    Clearing {
        order: u64,
        until: Timestamp,
        /// What is dialled once it is gone.
        number: ShownNumber,
    },
    /// Connect did not clear it.
    NotCleared,
}

impl CallingBack {
    pub(super) fn clearing(order: u64, number: ShownNumber, now: Timestamp) -> Self {
        Self::Clearing { order, until: later(now, CLEARED), number }
    }

    pub(super) fn is_order(&self, order: u64) -> bool {
        matches!(self, Self::Clearing { order: own, .. } if *own == order)
    }

    pub(super) fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Clearing { until, .. } => Some(*until),
            Self::NotWanted | Self::NotCleared => None,
        }
    }
}

impl MissedCall {
    pub(super) fn of(ring: Ring, in_connect: bool, at: Timestamp) -> Self {
        let is_for_the_agent = ring.is_for_the_agent();
        let Ring { contact, who, inbound, number, since: _, stage: _, lost: _ } = ring;
        Self {
            contact,
            who,
            inbound,
            number,
            at,
            is_for_the_agent,
            in_connect,
            put_away: false,
            back: CallingBack::NotWanted,
        }
    }

    /// The same call, which is not shown.
    pub(super) fn put_away(self) -> Self {
        Self { put_away: true, back: CallingBack::NotWanted, ..self }
    }

    /// Looks up an unknown caller again: the list of people may be there by now.
    pub(super) fn look_again(&mut self, roster: &Roster) {
        match self.who {
            Who::One(_) | Who::Several(_) => {}
            Who::Named(_) | Who::Number(_) | Who::Anonymous => {
                self.who = Who::find(self.number.as_deref(), &self.inbound.flow, roster);
                self.is_for_the_agent |= self.who.is_colleague(&self.inbound.flow);
            }
        }
    }

    pub(super) fn is_from(&self, person: &PersonId) -> bool {
        self.who.person() == Some(person)
    }

    /// The call back on this number, which was shown; none if it is not certain who called.
    pub(super) fn wish(&self, number: ShownNumber) -> Option<IncomingOut> {
        let person = self.who.person()?.clone();
        Some(IncomingOut::Call { person, number })
    }

    /// Whether that call would be refused, whatever the answer to a question before it.
    pub(super) fn is_refused(&self, number: &ShownNumber, context: &IncomingContext<'_>) -> bool {
        let entry = self.who.person().and_then(|person| context.roster.get(person));
        let Some(entry) = entry else { return true };
        let verdicts = verdicts(entry, &context.caller, true);
        let mut own = entry.numbers().iter().zip(verdicts);
        let found = own.find(|(own, _)| own.dialable.as_ref().is_ok_and(|own| number.is(own)));
        found.is_none_or(|(_, verdict)| matches!(verdict, Verdict::Refused(_)))
    }

    /// The number that they called from if it is one of theirs, and otherwise their first.
    fn back_on<'a>(&self, roster: &'a Roster) -> Option<&'a Dialable> {
        let entry = self.who.person().and_then(|person| roster.get(person))?;
        number_of(entry, self.number.as_deref()).or_else(|| first_number(entry))
    }

    pub(super) fn facts<'a>(&'a self, roster: &'a Roster) -> MissedFacts<'a> {
        MissedFacts {
            contact: &self.contact,
            who: self.who.facts(self.number.as_deref(), roster),
            inbound: &self.inbound,
            at: self.at,
            back_on: self.back_on(roster),
            call_back: match &self.back {
                CallingBack::NotWanted => CallBackFacts::NotWanted,
                CallingBack::Clearing { .. } => CallBackFacts::Clearing,
                CallingBack::NotCleared => CallBackFacts::NotCleared,
            },
        }
    }
}

impl Redate for MissedCall {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            contact: _,
            who: _,
            inbound: _,
            number: _,
            at,
            is_for_the_agent: _,
            in_connect: _,
            put_away: _,
            back,
        } = self;
        at.redate(by);
        match back {
            CallingBack::Clearing { order: _, until, number: _ } => until.redate(by),
            CallingBack::NotWanted | CallingBack::NotCleared => {}
        }
    }
}
