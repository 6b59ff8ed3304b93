//! "Back?": the question whether the agent is there to be offered contacts, and *Release*.
//!
//! What a person answers by hand; nothing is concluded from silence.

use super::{Effect, Engine, Write, write::Kind};
use crate::timeline::Guard;

impl Engine {
    /// The agent answered. An answer to a question that does not stand any more says nothing.
    pub(super) fn take_back_answer(&mut self, yes: bool, out: &mut Vec<Effect>) {
        if self.question.is_none() {
            return;
        }
        self.withdraw_question(out);
        self.alternation.forget();
        if self.provenance.passage.is_some() {
            self.passage_is_answered(yes, out);
        } else if !yes {
            self.answered(Guard::PersonFirst, out);
        } else if let Some(edge) = &mut self.edge {
            edge.agreed = true;
        }
    }

    pub(super) fn withdraw_question(&mut self, out: &mut Vec<Effect>) {
        if self.question.take().is_some() {
            out.push(Effect::AskBackOver);
        }
    }

    /// Takes the person's own choice back, as asked for. True where a write left.
    pub(super) fn release(&mut self, out: &mut Vec<Effect>) -> bool {
        if !self.releases || self.retry_at.is_some() {
            return false;
        }
        self.send(Write::ClearPreferred, Kind::Decision, out);
        true
    }
}
