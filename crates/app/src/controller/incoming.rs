//! Gives the incoming calls what they need to know of others, and carries out what they ask for. Decides nothing about
//! a call.

use presence::connect::ContactId;
use view::{NoticeKind, from_facts::notices};

use super::{Controller, calls::agent_facts};
use crate::{
    host::Host,
    machine::{
        call::CallIn,
        incoming::{IncomingContext, IncomingIn, IncomingOut},
        orders::{OrdersIn, WantedOrder},
        team::TeamIn,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn incoming(&mut self, input: IncomingIn) {
        let context = IncomingContext {
            roster: self.team.roster(),
            agent: self.ccp.agent().map(|agent| agent.username.as_str()),
            calls: self.ccp.live().is_some().then(|| self.ccp.calls()),
            caller: agent_facts(&self.ccp).caller(self.call.is_live()),
        };
        for out in self.incoming.on(input, &context, self.clock.now()) {
            match out {
                IncomingOut::NotifyRinging(contact) => self.notify_ringing(&contact),
                IncomingOut::WithdrawRinging => self.host.withdraw(NoticeKind::Incoming),
                IncomingOut::NotifyMissed(contact) => self.notify_missed(&contact),
                IncomingOut::WithdrawMissed => self.host.withdraw(NoticeKind::Missed),
                IncomingOut::Clear { order, contact } => {
                    self.orders(OrdersIn::Wanted(WantedOrder::ClearContact { order, contact }));
                }
                IncomingOut::Call { person, number } => {
                    // As for a call from the list.
                    self.team(TeamIn::Age);
                    self.call(CallIn::Place { person, number });
                }
                IncomingOut::Over(over) => self.call_over(over),
            }
        }
    }

    fn notify_ringing(&self, contact: &ContactId) {
        let facts = self.facts();
        if let Some(call) = facts.incoming.iter().find(|call| call.contact == contact) {
            self.notify(notices::ringing(call));
        }
    }

    fn notify_missed(&self, contact: &ContactId) {
        let facts = self.facts();
        if let Some(call) = facts.missed.iter().find(|call| call.contact == contact) {
            self.notify(notices::missed(call, facts.now));
        }
    }
}
