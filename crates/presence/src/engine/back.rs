//! "Back?": the question whether the agent is there to be offered contacts, and *Release*.
//!
//! Takes explicit answers only; concludes nothing from silence.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, Write, write::Kind};
use crate::{decision::Guard, moment::later, redate::Redate};

/// How long a yes counts: after that the agent may have left again.
const COUNTS: Duration = Duration::from_secs(60);

/// The agent's yes to being made routable.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Consent(Option<Timestamp>);

impl Consent {
    pub(super) const NONE: Self = Self(None);

    fn given(now: Timestamp) -> Self {
        Self(Some(now))
    }

    pub(super) fn counts(self, now: Timestamp) -> bool {
        self.0.is_some_and(|given| later(given, COUNTS) > now)
    }
}

impl Engine {
    /// Takes the agent's answer. An answer to a question that was withdrawn does not count.
    pub(super) fn take_back_answer(&mut self, yes: bool, out: &mut Vec<Effect>) {
        if self.question.is_none() {
            return;
        }
        self.withdraw_question(out);
        self.alternation.forget();
        let consent = if yes { Consent::given(self.now) } else { Consent::NONE };
        if self.provenance.passage.is_some() {
            self.answer_passage(consent, out);
        } else if !yes {
            self.answer_without_write(Guard::PersonFirst, out);
        } else if let Some(edge) = &mut self.edge {
            edge.consent = consent;
        }
    }

    pub(super) fn withdraw_question(&mut self, out: &mut Vec<Effect>) {
        if self.question.take().is_some() {
            out.push(Effect::AskBackOver);
        }
    }

    /// Takes the person's own choice back, as they asked. True if a write was sent.
    pub(super) fn release(&mut self, out: &mut Vec<Effect>) -> bool {
        if !self.releases || self.retry_at.is_some() {
            return false;
        }
        self.send(Write::ClearPreferred, Kind::Decision, out);
        true
    }
}

impl Redate for Consent {
    fn redate(&mut self, by: SignedDuration) {
        let Self(given) = self;
        given.redate(by);
    }
}
