//! Gives the machine of the status message what it needs to know of others, and carries out what it asks for.
//!
//! Decides nothing: [`StatusMessageKeeper`](crate::machine::message::StatusMessageKeeper) does.

use graph::{ErrorKind, MessageWrite, NumberKind};
use presence::{connect::StatusKind, moment::later};
use settings::StatusMessage;
use view::from_facts::own_number;

use super::{Controller, to_graph::AFTER_FULL_DISK};
use crate::{
    host::Host,
    lane::{Job, WriteProblem},
    machine::{
        ccp::SamePerson,
        gate::{GraphService, SentWith, Urgency},
        message::{KeptMessages, KnownText, MessageContext, MessageIn, MessageOut},
        own::OwnIn,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn message(&mut self, input: MessageIn) {
        let mut inputs = vec![input];
        while let Some(input) = inputs.pop() {
            for out in self.feed_message(input) {
                match out {
                    MessageOut::Read => self.own(OwnIn::ReadSoon),
                    MessageOut::Write { write, kept } => inputs.extend(self.write_message(write, kept)),
                    MessageOut::Keep(kept) => self.to_lane(Job::Messages(kept)),
                }
            }
        }
    }

    fn feed_message(&mut self, input: MessageIn) -> Vec<MessageOut> {
        let wish = self.settings.used().status_message;
        // Reading a number takes some time, so it is read only if it is wanted.
        let number = self
            .own_number()
            .filter(|_| wish == StatusMessage::Number)
            .map(|number| own_number(number, self.settings.used().call_region));
        let link = self.sync.engine().link();
        // Everybody in Teams can read it, so it must be a line that can be shown.
        let status = self.ccp.live().map(|agent| agent.chosen.shown());
        let context = MessageContext {
            person: self.login.session().map(|session| &session.who().object_id),
            wish,
            number: match (&number, self.own.profile()) {
                (Some(number), _) => KnownText::Text(number),
                (None, Some(_)) => KnownText::Nothing,
                (None, None) => KnownText::Unknown,
            },
            status: match self.ccp.live().map(|agent| &agent.chosen) {
                None => KnownText::Unknown,
                Some(status) if status.kind == StatusKind::Offline => KnownText::Nothing,
                Some(_) => status.as_deref().map_or(KnownText::Unknown, KnownText::Text),
            },
            link: &link,
            is_somebody_else: self.ccp.same_person() == SamePerson::No,
        };
        self.message.on(input, &context, self.clock.now())
    }

    /// The person's own direct number, as the directory spells it. Never a mobile number: everybody could read it.
    pub(super) fn own_number(&self) -> Option<&str> {
        let numbers = &self.own.profile()?.numbers;
        let number = numbers.iter().find(|number| number.kind == NumberKind::Business);
        number.map(|number| number.as_written.as_str())
    }

    /// Gives a write to the lane. If it is not sent, the returned input says until when.
    fn write_message(&mut self, write: MessageWrite, kept: KeptMessages) -> Option<MessageIn> {
        let now = self.clock.now();
        let urgency = match (&write, self.ending.is_begun()) {
            (MessageWrite::Set { .. }, _) => Urgency::Usual,
            (MessageWrite::Clear, false) => Urgency::TakeBack,
            (MessageWrite::Clear, true) => Urgency::Last,
        };
        let Some(session) = self.login.session() else {
            return Some(MessageIn::Held(later(now, self.pace.poll)));
        };
        let (token, own) = (session.access().clone(), session.who().object_id.clone());
        let sent = SentWith { token: session.issued(), era: self.era() };
        match self.gate.admit(GraphService::Message, urgency, now) {
            Ok(()) => {
                self.to_lane(Job::WriteMessage { write, kept, token, own, sent });
                None
            }
            Err(until) => Some(MessageIn::Held(until)),
        }
    }

    pub(super) fn wrote_message(&mut self, sent: SentWith, result: Result<(), WriteProblem>) {
        let now = self.clock.now();
        let input = match &result {
            Ok(()) => {
                self.judge_answer(GraphService::Message, sent, None);
                MessageIn::Wrote
            }
            Err(WriteProblem::Graph(error)) => {
                let kind: ErrorKind = error.kind();
                let not_before = self.judge_answer(GraphService::Message, sent, Some(error)).not_before(now);
                MessageIn::Failed { kind: Some(kind), not_before }
            }
            Err(WriteProblem::Disk(_)) => {
                MessageIn::Failed { kind: None, not_before: later(now, AFTER_FULL_DISK) }
            }
        };
        if let Err(problem) = result {
            tracing::warn!(%problem, "the status message was not written");
        }
        // The machine does not wait for a write to the message of somebody else.
        if sent.era.person == self.era().person {
            self.message(input);
        }
    }
}
