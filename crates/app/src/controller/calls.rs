//! Hands the outbound call what others know, and orders what it asks for. Decides nothing about a call.

use connect::{Order, Session};

use super::{Controller, orders::Purpose};
use crate::{
    host::Host,
    machine::call::{AgentFacts, CallFacts, CallIn, CallOut},
};

impl<H: Host> Controller<H> {
    pub(super) fn call(&mut self, input: CallIn) {
        let agent = agent_facts(&self.centre.session);
        let facts = CallFacts { roster: &self.colleagues.roster, agent };
        for out in self.call.on(input, &facts, self.clock.now()) {
            match out {
                CallOut::Dial { order, number } => {
                    let queue = self.settings.call_queue.clone();
                    self.order_at(Purpose::Dial(order), |id, stamp| Order::Dial { id, number, queue, stamp });
                }
                CallOut::HangUp { order, contact } => {
                    let contact = contact.as_str().to_owned();
                    self.order(Purpose::HangUp(order), |id| Order::HangUp { id, contact });
                }
                CallOut::SendDigits { contact, digits } => {
                    let contact = contact.as_str().to_owned();
                    self.order(Purpose::Digits, |id| Order::SendDigits { id, contact, digits });
                }
            }
        }
    }
}

/// What the session knows of the agent's side of a call.
pub(super) fn agent_facts(session: &Session) -> AgentFacts<'_> {
    let agent = session.agent();
    AgentFacts {
        calls: session.snapshot().is_some().then(|| session.calls()),
        outbound: agent.is_some_and(|agent| agent.outbound),
        countries: agent.map(|agent| agent.countries.as_slice()).unwrap_or_default(),
        softphone: agent.is_some_and(|agent| agent.softphone),
    }
}
