//! Gives the outbound call what it needs to know of others, and orders what it asks for. Decides nothing about a call.

use super::Controller;
use crate::{
    host::Host,
    machine::{
        call::{AgentFacts, CallContext, CallIn, CallOut},
        ccp::Ccp,
        incoming::IncomingIn,
        orders::{OrdersIn, WantedOrder},
        team::TeamIn,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn call(&mut self, input: CallIn) {
        let context = CallContext { roster: self.team.roster(), agent: agent_facts(&self.ccp) };
        let outs = self.call.on(input, &context, self.clock.now());
        if outs.iter().any(CallOut::is_dial)
            && let Some(shown) = self.call.shown()
        {
            let who = shown.callee.person.clone();
            self.team(TeamIn::Called(who.clone()));
            self.incoming(IncomingIn::Dialled(who));
        }
        for out in outs {
            let wanted = match out {
                CallOut::Dial { order, number } => {
                    WantedOrder::Dial { order, number, queue: self.settings.used().call_queue.clone() }
                }
                CallOut::HangUp { order, contact } => WantedOrder::HangUp { order, contact },
                CallOut::SendDigits { order, contact, digits } => {
                    WantedOrder::SendDigits { order, contact, digits }
                }
                CallOut::Over(over) => {
                    self.dial_over(over);
                    continue;
                }
            };
            self.orders(OrdersIn::Wanted(wanted));
        }
    }
}

/// What the session knows of the agent's side of a call.
pub(super) fn agent_facts(ccp: &Ccp) -> AgentFacts<'_> {
    let agent = ccp.agent();
    AgentFacts {
        calls: ccp.live().is_some().then(|| ccp.calls()),
        outbound: agent.is_some_and(|agent| agent.outbound),
        countries: agent.map(|agent| agent.countries.as_slice()).unwrap_or_default(),
        softphone: agent.is_some_and(|agent| agent.softphone),
        error: ccp.agent_error(),
    }
}
