//! Calls: what customers, colleagues, the agent's hand and bad luck do with the agent's contacts, and what an
//! application did with them. Every operation of the control API under `contact` and `call` is a method here.

use serde::Serialize;
use uuid::Uuid;

use super::World;
use super::agent::{AgentError, Channel, Dialable, NextDial, Queue, Refused, Ring, Step, Unanswered};
use super::caller::{self, CannotRing, Flow};
use super::hand::NoSuchPerson;
use super::overview::{AskedOfConnect, RefusedRequest};

/// What applications did with calls over the agent panel so far, each list oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// The numbers dialled.
    pub dialled: Vec<String>,
    /// The digits sent.
    pub digits: Vec<String>,
    /// How many calls were hung up.
    pub hung_up: usize,
    /// How many contacts were cleared.
    pub cleared: usize,
    /// The statuses that were chosen as the next one.
    pub next_statuses: Vec<&'static str>,
    /// What Connect refused, or never answered.
    pub refused: Vec<RefusedRequest>,
}

impl World {
    /// A customer reaches the agent.
    ///
    /// # Errors
    /// Nobody is logged in, there is a contact already, or the chosen status takes none.
    pub fn ring(&self, channel: Channel, number: &str) -> Result<(), Refused> {
        self.ring_with(Ring { channel, number: number.to_owned(), ..Ring::default() })
    }

    /// Somebody reaches the agent, with everything that Connect knows.
    ///
    /// # Errors
    /// As [`Self::ring`].
    pub fn ring_with(&self, ring: Ring) -> Result<(), Refused> {
        self.with(|state, now| state.agent.ring(ring, now))
    }

    /// A person of the directory calls, or with None a number that nobody there has; with `flow`, what the flow of
    /// docs/direct-dial says is attached, unless `ring` says otherwise. A number of `ring` comes before the directory's.
    ///
    /// # Errors
    /// There is no such person, no number of theirs, or as [`Self::ring`].
    pub fn ring_as(
        &self,
        person: Option<Uuid>,
        mut ring: Ring,
        flow: Option<Flow>,
    ) -> Result<(), CannotRing> {
        let directory = self.directory();
        let caller = person.map(|id| directory.find(id).ok_or(NoSuchPerson)).transpose()?;
        if let Some(caller) = caller.filter(|_| ring.number.is_empty()) {
            let number = caller::number_of(caller);
            ring.number = number.ok_or_else(|| CannotRing::NoNumber(caller.display_name()))?;
        }
        if let Some(flow) = flow {
            let mut said = caller::attributes(caller, directory.agent(), &ring, flow);
            said.append(&mut ring.attributes);
            ring.attributes = said;
        }
        Ok(self.ring_with(ring)?)
    }

    /// The agent dials in ConnectPath, on the default outbound queue. A second later the other phone rings.
    ///
    /// # Errors
    /// Nobody is logged in, there is a contact in the way, the agent may not, or the number cannot be dialled.
    pub fn dial(&self, number: &str) -> Result<(), Refused> {
        let number = Dialable::parse(number)?;
        self.with(|state, now| state.agent.dial(number, Queue::Billing, None, now))
    }

    /// What happens to the next call that an application dials over the agent panel; None is as usual.
    pub fn set_next_dial(&self, next: Option<NextDial>) {
        self.with(|state, _| state.agent.set_next_dial(next));
    }

    /// Allows the agent to place outbound calls, or forbids it.
    pub fn set_may_dial(&self, may_dial: bool) {
        self.with(|state, _| state.agent.set_may_dial(may_dial));
    }

    /// The agent is in an error state without a contact, such as `MultipleCcpWindows`; None ends it, and so does the
    /// choice of a status.
    pub fn set_agent_error(&self, error: Option<AgentError>) {
        self.with(|state, now| state.agent.set_error(error, now));
    }

    /// Something happens to a contact: to the one with that id, or to the oldest one that it fits.
    ///
    /// # Errors
    /// There is no such contact, or it is in another stage.
    pub fn step(&self, step: Step, contact: Option<Uuid>) -> Result<(), Refused> {
        self.with(|state, now| state.agent.step(step, contact, now))
    }

    /// The other side of the dialled call picks up.
    ///
    /// # Errors
    /// No dialled call waits for that.
    pub fn answer_call(&self) -> Result<(), Refused> {
        self.step(Step::Answer, None)
    }

    /// The other side of the dialled call does not pick up, or is engaged; the agent goes to after-contact work.
    ///
    /// # Errors
    /// No dialled call waits for that.
    pub fn leave_call(&self, why: Unanswered) -> Result<(), Refused> {
        self.step(Step::Leave(why), None)
    }

    /// Nobody carries the agent's sound: the dialled call fails, as without an open ConnectPath.
    ///
    /// # Errors
    /// No dialled call waits for that.
    pub fn fail_call(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.lose_sound(now))
    }

    /// The agent takes the ringing contact.
    ///
    /// # Errors
    /// Nothing is ringing.
    pub fn connect_contact(&self) -> Result<(), Refused> {
        self.step(Step::Connect, None)
    }

    /// The agent puts the customer on hold.
    ///
    /// # Errors
    /// No voice contact is connected.
    pub fn hold_contact(&self) -> Result<(), Refused> {
        self.step(Step::Hold, None)
    }

    /// The agent takes the customer back.
    ///
    /// # Errors
    /// No contact is on hold.
    pub fn resume_contact(&self) -> Result<(), Refused> {
        self.step(Step::Resume, None)
    }

    /// The contact ends, or the agent gives up dialling; the agent goes to after-contact work.
    ///
    /// # Errors
    /// No contact is connected, nor dialled.
    pub fn end_contact(&self) -> Result<(), Refused> {
        self.step(Step::End, None)
    }

    /// The agent finishes after-contact work, or puts a missed contact aside.
    ///
    /// # Errors
    /// No contact is over.
    pub fn clear_contact(&self) -> Result<(), Refused> {
        self.step(Step::Clear, None)
    }

    /// The agent does not take the ringing contact.
    ///
    /// # Errors
    /// Nothing is ringing.
    pub fn miss_contact(&self) -> Result<(), Refused> {
        self.step(Step::Miss, None)
    }

    /// The agent refuses the ringing contact.
    ///
    /// # Errors
    /// Nothing is ringing.
    pub fn reject_contact(&self) -> Result<(), Refused> {
        self.step(Step::Reject, None)
    }

    /// What applications did with calls so far.
    #[must_use]
    pub fn done(&self) -> Done {
        self.with(|state, _| {
            let mut done = Done { refused: state.refused.iter().cloned().collect(), ..Done::default() };
            for asked in &state.asked {
                match &asked.what {
                    AskedOfConnect::CreateOutboundContact { number, .. } => done.dialled.push(number.clone()),
                    AskedOfConnect::SendDigits { digits } => done.digits.push(digits.clone()),
                    AskedOfConnect::DestroyConnection => done.hung_up += 1,
                    AskedOfConnect::ClearContact => done.cleared += 1,
                    AskedOfConnect::PutAgentState { status, next: true } => done.next_statuses.push(*status),
                    AskedOfConnect::PutAgentState { next: false, .. }
                    | AskedOfConnect::AcceptContact
                    | AskedOfConnect::RejectContact
                    | AskedOfConnect::HoldConnection
                    | AskedOfConnect::ResumeConnection => {}
                }
            }
            done
        })
    }
}
