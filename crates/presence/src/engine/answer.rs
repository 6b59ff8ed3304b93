//! Which status the state that was entered in Teams asks for in Connect, and whether it may be written now.
//!
//! Looks at every contact, never at the aggregate (rule 7), and never makes somebody routable who may not be
//! there (rule 8).

use super::{
    Effect, Engine, Machine, Master,
    back::Consent,
    edge::Edge,
    order::{Order, Wish},
    suspension::Suspension,
};
use crate::{
    connect::{AgentSnapshot, AgentStatus, StatusArn, StatusKind},
    decision::{Done, Guard},
    mapping::ConnectTarget,
    moment::later,
    source::Source,
};

/// What is to be done about a state that lasted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// Nothing: it is answered.
    Nothing(Guard),
    /// Not now; it is decided again when something changes.
    Wait(Guard),
    /// The agent is asked first.
    Ask(AgentStatus),
    /// This order is given.
    Give(Wish),
}

/// What an answer will be, if nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// An order to Connect.
    Sets,
    /// A question to the agent.
    Asks,
    /// It waits for something else.
    Waits,
    /// Nothing.
    Nothing,
}

/// Why there is no status to set.
#[derive(Debug, Clone, Copy)]
enum NoStatus {
    /// The row asks for none.
    NotAsked(Guard),
    /// It is not known yet.
    NotKnown(Guard),
}

impl Engine {
    /// Answers the state that was entered, once its hold is over.
    pub(super) fn answer_teams(&mut self, out: &mut Vec<Effect>) {
        self.orders.retry_at = self.orders.retry_at.filter(|retry| *retry > self.now);
        if self.is_settling() || self.orders.retry_at.is_some() {
            return;
        }
        if self.follow_passage(out) || self.take_back_next(out) {
            return;
        }
        let Some(edge) = &self.edge else { return };
        if let Some(suspension) = self.suspension().filter(|suspension| *suspension != Suspension::DryRun) {
            // What happens during a suspension is not answered afterwards.
            return self.answer_without_write(suspension.guard(), out);
        }
        if !self.has_lasted(edge) {
            if self.edge_timer().is_some_and(|due| due <= self.now) {
                self.ask(out);
            } else if self.only_rests(edge) {
                self.wait_for(Guard::Every, out);
            }
            return;
        }
        let answer = self.answer(edge);
        let is_asked = match (&answer, &self.question) {
            (Answer::Ask(status), Some(asked)) => status == asked,
            (Answer::Nothing(_) | Answer::Wait(_) | Answer::Ask(_) | Answer::Give(_), _) => false,
        };
        if is_asked {
            return;
        }
        self.withdraw_question(out);
        match answer {
            Answer::Nothing(guard) => self.answer_without_write(guard, out),
            Answer::Wait(guard) => self.wait_for(guard, out),
            Answer::Ask(_) | Answer::Give(_) if !self.sees_teams_now() => self.ask(out),
            Answer::Ask(status) if self.suspension().is_some() => {
                self.would_set(Some(status.arn), Guard::Idle, out);
            }
            Answer::Give(wish) if self.suspension().is_some() => {
                self.would_set(wish.status().cloned(), Guard::DryRun, out);
            }
            Answer::Ask(status) => {
                self.wait_for(Guard::Idle, out);
                self.question = Some(status.clone());
                out.push(Effect::AskBack { status });
            }
            Answer::Give(wish) => self.give_order(wish, out),
        }
    }

    /// Takes back our own queued next status if nothing is to be written any more. True if an order was sent.
    fn take_back_next(&mut self, out: &mut Vec<Effect>) -> bool {
        let gives_back = !self.teams_table.enabled || self.suspension().is_some_and(Suspension::gives_back);
        if !gives_back || !self.own_next_is_queued() {
            return false;
        }
        let state = self.provenance.answered.as_ref().or_else(|| self.watch.last());
        let (Some(snapshot), Some(state)) = (&self.connect.snapshot, state) else { return false };
        match cancel(snapshot) {
            Answer::Give(wish) => {
                self.order_now(wish, None, state.clone(), Consent::NONE, out);
                true
            }
            Answer::Nothing(_) | Answer::Wait(_) | Answer::Ask(_) => false,
        }
    }

    /// True while Connect is about to follow a change in Teams. A Connect state that was decided before asks for
    /// nothing meanwhile, so that one change causes one write on each side. Once the order was sent, no earlier state
    /// asks for anything.
    pub(super) fn connect_follows(&self) -> bool {
        let is_coming = self.edge.as_ref().is_some_and(|edge| edge.waits.is_none() && self.edge_asks(edge));
        self.is_settling() || (self.decided && is_coming)
    }

    fn sees_teams_now(&self) -> bool {
        self.has_fresh_reading() && self.watch.since(self.written).is_some()
    }

    fn wait_for(&mut self, guard: Guard, out: &mut Vec<Effect>) {
        let rule = self.edge.as_ref().and_then(|edge| self.edge_rule(edge));
        let Some(edge) = &mut self.edge else { return };
        // What was agreed to before a contact does not hold after it.
        if guard == Guard::Contact {
            edge.consent = Consent::NONE;
        }
        if edge.waits.replace(guard) != Some(guard) {
            let state = edge.state.clone();
            self.record_connect(rule, &state, None, Done::NotWritten, Some(guard), out);
        }
    }

    /// Answers the state without a write.
    pub(super) fn answer_without_write(&mut self, guard: Guard, out: &mut Vec<Effect>) {
        let Some(edge) = self.edge.take() else { return };
        self.withdraw_question(out);
        if !edge.is_silent {
            let rule = self.edge_rule(&edge);
            self.record_connect(rule, &edge.state, None, Done::NotWritten, Some(guard), out);
        }
        self.provenance.answered = Some(edge.state);
        self.save(out);
    }

    /// What will be done about a state that lasts.
    pub(super) fn outlook(&self, edge: &Edge) -> Outlook {
        match self.answer(edge) {
            Answer::Give(_) => Outlook::Sets,
            Answer::Ask(_) => Outlook::Asks,
            Answer::Wait(_) => Outlook::Waits,
            Answer::Nothing(_) => Outlook::Nothing,
        }
    }

    fn answer(&self, edge: &Edge) -> Answer {
        let Some(snapshot) = &self.connect.snapshot else { return Answer::Wait(Guard::Unknown) };
        if let Some(guard) = self.connect_leads(edge) {
            return Answer::Nothing(guard);
        }
        match self.asked_of(edge, snapshot) {
            Ok(status) => self.towards(edge, snapshot, status),
            // The reason for what we queued has ended.
            Err(NoStatus::NotAsked(_)) if self.own_next_is_queued() => cancel(snapshot),
            Err(NoStatus::NotAsked(guard)) => Answer::Nothing(guard),
            Err(NoStatus::NotKnown(guard)) => Answer::Wait(guard),
        }
    }

    /// Rule 13: the guard, if the agent's own choice in Connect came with this change or after it.
    fn connect_leads(&self, edge: &Edge) -> Option<Guard> {
        let chose = self.connect.chose_at?;
        if edge.left.is_none_or(|left| chose >= left) {
            let teams_leads = self.rules.master == Master::Teams && edge.source == Source::Person;
            if chose <= edge.since && teams_leads {
                return None;
            }
            return Some(if chose <= self.edge_due(edge) { Guard::Tie } else { Guard::PersonFirst });
        }
        let within_one_hold = edge.left.is_some_and(|left| later(chose, self.edge_hold(edge)) > left);
        (within_one_hold && edge.source != Source::Person).then_some(Guard::Tie)
    }

    /// The status that the row asks for, if it asks for one.
    fn asked_of(&self, edge: &Edge, snapshot: &AgentSnapshot) -> Result<&AgentStatus, NoStatus> {
        let target = self.edge_row(edge).map_or(&ConnectTarget::NoChange, |(_, row)| &row.target);
        let chosen = &snapshot.chosen;
        let arn = match target {
            ConnectTarget::NoChange => return Err(NoStatus::NotAsked(self.why_no_change(edge))),
            ConnectTarget::Restore => {
                &self.own_status(&chosen.arn).ok_or(NoStatus::NotAsked(Guard::PersonFirst))?.earlier
            }
            ConnectTarget::Status(arn) => arn,
        };
        if self.connect.statuses.is_empty() {
            return Err(NoStatus::NotKnown(Guard::Unknown));
        }
        self.connect.status(arn).ok_or(NoStatus::NotAsked(Guard::Unknown))
    }

    /// Why no row asks for anything: *only while*, if a row would ask for something in another Connect state.
    fn why_no_change(&self, edge: &Edge) -> Guard {
        let would_ask = self.edge_topic(edge).is_some_and(|(_, row)| row.target != ConnectTarget::NoChange);
        if would_ask { Guard::OnlyWhile } else { Guard::NoChange }
    }

    /// The next step from what Connect shows to `status`.
    fn towards(&self, edge: &Edge, snapshot: &AgentSnapshot, status: &AgentStatus) -> Answer {
        let is_chosen = snapshot.chosen.arn == status.arn;
        match &snapshot.next {
            Some(next) if !self.own_next_is_queued() || next.arn == status.arn => {
                let is_ours = self.own_next_is_queued();
                return Answer::Nothing(if is_ours { Guard::Compare } else { Guard::PersonFirst });
            }
            Some(_) if is_chosen => return cancel(snapshot),
            None if is_chosen => return Answer::Nothing(Guard::Compare),
            Some(_) | None => {}
        }
        if !snapshot.contacts.iter().all(|contact| contact.activity.is_live()) {
            return Answer::Wait(Guard::Contact);
        }
        let is_routable = status.kind == StatusKind::Routable;
        if !snapshot.contacts.is_empty() {
            return match (is_routable, &snapshot.next) {
                (true, Some(_)) => cancel(snapshot),
                (true, None) => Answer::Wait(Guard::Contact),
                (false, _) => Answer::Give(self.set(snapshot, status, true)),
            };
        }
        if snapshot.next.is_some() {
            // It takes effect any moment.
            return Answer::Wait(Guard::Contact);
        }
        let may_be_away = self.connect.machine != Machine::Active || self.question.is_some();
        if is_routable && may_be_away && !edge.consent.counts(self.now) {
            return Answer::Ask(status.clone());
        }
        Answer::Give(self.set(snapshot, status, false))
    }

    fn set(&self, snapshot: &AgentSnapshot, status: &AgentStatus, next: bool) -> Wish {
        let chosen = &snapshot.chosen.arn;
        let own = self.own_status(chosen);
        let earlier: &StatusArn = own.map_or(chosen, |own| &own.earlier);
        let restores = own.is_some_and(|own| own.earlier == status.arn);
        Wish {
            order: Order::Set { status: status.arn.clone(), next },
            seen: snapshot.seen(),
            earlier: (!restores).then(|| earlier.clone()),
        }
    }
}

/// Takes back our queued next status, if the contacts allow it.
fn cancel(snapshot: &AgentSnapshot) -> Answer {
    let all_live = snapshot.contacts.iter().all(|contact| contact.activity.is_live());
    if snapshot.contacts.is_empty() || !all_live {
        return Answer::Wait(Guard::Contact);
    }
    Answer::Give(Wish { order: Order::ClearNext, seen: snapshot.seen(), earlier: None })
}
