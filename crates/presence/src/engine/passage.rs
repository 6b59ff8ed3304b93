//! Offline first (rule 11): a routable status that goes by Offline, as one transaction.
//!
//! The provenance keeps the transaction; the next order is derived from it and from what Connect shows.
//! Mapping never sees the step to Offline, which is nobody's choice. If the aim is given up the agent is put back to
//! the status before, so that nobody is left Offline.

use std::time::Duration;

use jiff::SignedDuration;

use super::{
    Effect, Engine, Machine,
    back::Consent,
    order::{Order, Sent, TRIES, Wish},
};
use crate::{
    connect::{AgentSnapshot, AgentStatus, StatusArn, StatusKind},
    decision::{Done, Guard},
    moment::later,
    provenance::Passage,
    redate::Redate,
    source::Source,
};

/// What is known of the passage under way beyond its record.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Way {
    consent: Consent,
    /// How often in a row an order was not carried out.
    tries: u32,
}

/// What is to be done about the passage now.
enum Next {
    /// Nothing.
    Wait,
    /// It is over.
    End,
    /// It was interrupted before the step: its Teams state is answered again.
    Undo,
    /// Its aim is given up.
    TurnBack,
    /// The agent is asked first.
    Ask,
    /// Offline is set.
    Step,
    /// The status that it leads to is set.
    Arrive,
}

impl Engine {
    /// The snapshot as mapping sees it: without the step to Offline.
    pub(super) fn without_step(&self, snapshot: &AgentSnapshot) -> AgentSnapshot {
        let mut snapshot = snapshot.clone();
        if let Some(passage) = &self.provenance.passage
            && snapshot.chosen.arn == passage.offline
        {
            snapshot.chosen = passage.from.clone();
        }
        snapshot
    }

    fn is_routable(&self, arn: &StatusArn) -> bool {
        self.connect.status(arn).is_some_and(|status| status.kind == StatusKind::Routable)
    }

    /// The routable status that this wish sets at once, if it does.
    pub(super) fn routable_of(&self, wish: &Wish) -> Option<AgentStatus> {
        match &wish.order {
            Order::Set { status, next: false } if self.is_routable(status) => {
                self.connect.status(status).cloned()
            }
            Order::Set { .. } | Order::ClearNext | Order::Pass { .. } => None,
        }
    }

    /// Begins to go by Offline to the status that `sent` was to set. False if that is not possible.
    pub(super) fn begin_passage(&mut self, sent: &Sent, out: &mut Vec<Effect>) -> bool {
        let Some(snapshot) = &self.connect.snapshot else { return false };
        let Some(to) = self.routable_of(&sent.wish) else { return false };
        let offline = self.connect.statuses.iter().find(|status| status.kind == StatusKind::Offline);
        let Some(offline) = offline.map(|status| status.arn.clone()) else { return false };
        let is_unmoved = snapshot.chosen.arn == sent.wish.seen.chosen;
        if !is_unmoved || snapshot.chosen.kind == StatusKind::Offline {
            return false;
        }
        self.provenance.passage = Some(Passage {
            from: snapshot.chosen.clone(),
            offline,
            to,
            earlier: sent.wish.earlier.clone(),
            state: sent.state.clone(),
            answered: sent.answered.clone(),
        });
        self.provenance.answered = Some(sent.state.clone());
        self.edge = self.edge.take().filter(|edge| edge.state != sent.state);
        self.way = Way { consent: sent.consent, tries: 0 };
        self.save(out);
        true
    }

    /// Takes the next step of the passage. True while there is a passage.
    pub(super) fn follow_passage(&mut self, out: &mut Vec<Effect>) -> bool {
        while let Some(passage) = self.provenance.passage.clone() {
            let Some(snapshot) = self.connect.snapshot.clone() else { return true };
            if !snapshot.contacts.is_empty() {
                // What was agreed to before a contact does not hold after it.
                self.way.consent = Consent::NONE;
                self.withdraw_question(out);
            }
            match self.next_of(&passage, &snapshot) {
                Next::Wait => return true,
                Next::End => {
                    self.withdraw_question(out);
                    self.provenance.passage = None;
                    self.save(out);
                }
                Next::Undo => {
                    self.withdraw_question(out);
                    self.provenance.answered = passage.answered;
                    self.provenance.passage = None;
                    self.save(out);
                }
                Next::TurnBack => self.turn_back(out),
                Next::Ask => {
                    if self.question.is_none() {
                        self.record_passage(&passage, Guard::Idle, out);
                        self.question = Some(passage.to.clone());
                        out.push(Effect::AskBack { status: passage.to });
                    }
                    return true;
                }
                Next::Step => {
                    self.pass(&passage, &snapshot, passage.offline.clone(), out);
                    return true;
                }
                Next::Arrive if passage.to == passage.from => {
                    self.pass(&passage, &snapshot, passage.to.arn.clone(), out);
                    return true;
                }
                Next::Arrive => {
                    let wish = Wish {
                        order: Order::Set { status: passage.to.arn.clone(), next: false },
                        seen: snapshot.seen(),
                        earlier: passage.earlier.clone(),
                    };
                    let rule = self.passage_rule(&passage);
                    self.order_now(wish, rule, passage.state, self.way.consent, out);
                    return true;
                }
            }
        }
        false
    }

    fn next_of(&self, passage: &Passage, snapshot: &AgentSnapshot) -> Next {
        let chosen = &snapshot.chosen.arn;
        let is_before = *chosen == passage.from.arn;
        let is_step = *chosen == passage.offline;
        if *chosen == passage.to.arn || (!is_before && !is_step) || snapshot.next.is_some() {
            return Next::End;
        }
        let is_given_up = passage.to == passage.from;
        if !is_given_up && self.should_give_up() {
            return Next::TurnBack;
        }
        if !snapshot.contacts.is_empty() {
            return if is_before { Next::Undo } else { Next::Wait };
        }
        let may_be_away = self.connect.machine != Machine::Active || self.question.is_some();
        if !is_given_up && may_be_away && !self.way.consent.counts(self.now) {
            return Next::Ask;
        }
        if is_step { Next::Arrive } else { Next::Step }
    }

    /// True if nothing may be written any more, or the reason of the passage ended while it waits.
    fn should_give_up(&self) -> bool {
        let has_other_reason = self.edge.as_ref().is_some_and(|edge| self.has_lasted(edge));
        let fails = self.way.tries >= TRIES;
        self.suspension().is_some()
            || !self.teams_table.enabled
            || fails
            || (self.question.is_some() && has_other_reason)
    }

    /// Gives the aim up: the agent is put back to the status before.
    pub(super) fn turn_back(&mut self, out: &mut Vec<Effect>) {
        self.withdraw_question(out);
        self.way = Way::default();
        if let Some(passage) = &mut self.provenance.passage {
            passage.to = passage.from.clone();
            self.save(out);
        }
    }

    /// Takes the agent's answer for the passage.
    pub(super) fn answer_passage(&mut self, consent: Consent, out: &mut Vec<Effect>) {
        self.way.consent = consent;
        if consent == Consent::NONE
            && let Some(passage) = self.provenance.passage.clone()
        {
            self.record_passage(&passage, Guard::PersonFirst, out);
            self.turn_back(out);
        }
    }

    /// Sets the time of the next try: an order of the passage was not carried out, or does not show.
    pub(super) fn passage_failed(&mut self) {
        self.way.tries = self.way.tries.saturating_add(1);
        let wait = Duration::from_secs(1 << self.way.tries.min(6));
        self.orders.retry_at = Some(later(self.now, wait));
    }

    fn pass(
        &mut self,
        passage: &Passage,
        snapshot: &AgentSnapshot,
        status: StatusArn,
        out: &mut Vec<Effect>,
    ) {
        let wish = Wish { order: Order::Pass { status }, seen: snapshot.seen(), earlier: None };
        self.order_now(wish, self.passage_rule(passage), passage.state.clone(), self.way.consent, out);
    }

    fn record_passage(&self, passage: &Passage, guard: Guard, out: &mut Vec<Effect>) {
        let status = Some(passage.to.arn.clone());
        let rule = self.passage_rule(passage);
        self.record_connect(rule, &passage.state, status, Done::NotWritten, Some(guard), out);
    }

    fn passage_rule(&self, passage: &Passage) -> Option<usize> {
        let source = Source::of_teams(&passage.state);
        self.teams_table.speaks_of(&passage.state, source).map(|(rule, _)| rule)
    }
}

impl Redate for Way {
    fn redate(&mut self, by: SignedDuration) {
        let Self { consent, tries: _ } = self;
        consent.redate(by);
    }
}
