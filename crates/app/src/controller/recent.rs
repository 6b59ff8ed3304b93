//! Carries out what the recent calls ask for, and shows them. Decides nothing: the machine
//! [`recent`](crate::machine::recent) does.

use settings::Key;
use view::{
    CallWay, RecentCalls, ShownNumber,
    facts::{RecentCallFacts, RecentFacts},
    from_facts,
};

use super::Controller;
use crate::{
    host::Host,
    machine::{
        call::DialOver,
        ccp::SamePerson,
        recent::{CallOver, CallsOwner, RecentIn, RecentOut, Recorded},
        team::TeamIn,
    },
    shelf::ShelfJob,
};

impl<H: Host> Controller<H> {
    pub(super) fn recent(&mut self, input: RecentIn) {
        for out in self.recent.on(input, self.team.roster(), self.clock.now()) {
            match out {
                RecentOut::Read => self.to_shelf(ShelfJob::ReadCalls),
                RecentOut::Keep(kept) => self.to_shelf(ShelfJob::Calls(Box::new(kept))),
                RecentOut::Erase => self.to_shelf(ShelfJob::EraseCalls),
                RecentOut::CalledBefore(people) => self.team(TeamIn::CalledBefore(people)),
                RecentOut::Changed => self.front.touch(),
            }
        }
    }

    /// A call with somebody of the list is over. It is not kept if the Connect agent is not the person in Teams.
    pub(super) fn call_over(&mut self, over: CallOver) {
        if self.ccp.same_person() != SamePerson::No {
            self.recent(RecentIn::Ended(over));
        }
    }

    /// A call that this application dialled is over.
    pub(super) fn dial_over(&mut self, DialOver { callee, at, connected }: DialOver) {
        let number = Some(ShownNumber::from(&callee.number));
        self.call_over(CallOver { person: callee.person, way: CallWay::Out, number, at, connected });
    }

    /// The recent calls belong to the person who is signed in.
    pub(super) fn set_owner_of_recent_calls(&mut self) {
        if let Some(who) = self.login.who() {
            let whose = CallsOwner { tenant: who.tenant_id.clone(), person: who.object_id.clone() };
            self.recent(RecentIn::SignedIn { whose });
        }
    }

    /// The page of the recent calls.
    pub(super) fn recent_calls(&self) -> RecentCalls {
        let facts = RecentFacts {
            keeps: self.recent.keeps(),
            locked: self.settings.loaded().sources.is_locked(Key::RecentCalls),
            calls: self.recent.calls().map(|calls| calls.iter().map(call_facts).collect()),
        };
        from_facts::recent_calls(&self.facts(), self.team.roster(), &facts)
    }
}

fn call_facts(Recorded { id, call }: &Recorded) -> RecentCallFacts<'_> {
    let CallOver { person, way, number, at, connected } = &call.over;
    RecentCallFacts {
        id: *id,
        person,
        name: &call.name,
        way: *way,
        e164: number.as_ref().map(|number| number.e164.as_str()),
        digits: number.as_ref().and_then(|number| number.digits.as_deref()),
        at: *at,
        connected: *connected,
    }
}
