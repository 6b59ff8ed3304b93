//! One order to Connect under way: announced in the provenance before it leaves, settled when it is answered
//! and seen.
//!
//! Keeps the provenance honest; decides nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, OfflineFirst, SetStatus, back::Consent, connect_side::SETTLES};
use crate::{
    connect::{AgentSnapshot, Seen, StatusArn},
    decision::{Decision, Done, Guard, Side},
    moment::later,
    provenance::OwnStatus,
    redate::Redate,
    teams::TeamsState,
};

/// After so many tries an order that is not carried out is given up.
pub(super) const TRIES: u32 = 4;
/// A routable status shows within this time, or goes by Offline.
const CONFIRMS: Duration = Duration::from_secs(3);

/// What is asked of Connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Order {
    /// Choose this, or queue it.
    Set { status: StatusArn, next: bool },
    /// Take back what we queued.
    ClearNext,
    /// Choose this as part of a passage: it is nobody's choice and is not remembered.
    Pass { status: StatusArn },
}

impl Order {
    /// True if Connect shows it carried out.
    fn shows(&self, snapshot: &AgentSnapshot) -> bool {
        let next = snapshot.next.as_ref().map(|next| &next.arn);
        match self {
            Self::Set { status, next: true } => next == Some(status) || snapshot.chosen.arn == *status,
            Self::Set { status, next: false } | Self::Pass { status } => snapshot.chosen.arn == *status,
            Self::ClearNext => next.is_none(),
        }
    }
}

/// An order with what it was decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) order: Order,
    pub(super) seen: Seen,
    /// The status that *Restore* would set afterwards; none if this order restores it.
    pub(super) earlier: Option<StatusArn>,
}

impl Wish {
    /// The status that is to be chosen or queued.
    pub(super) fn status(&self) -> Option<&StatusArn> {
        match &self.order {
            Order::Set { status, .. } | Order::Pass { status } => Some(status),
            Order::ClearNext => None,
        }
    }
}

/// The order under way.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) wish: Wish,
    rule: Option<usize>,
    pub(super) state: TeamsState,
    pub(super) consent: Consent,
    /// What was remembered before it was announced.
    pub(super) answered: Option<TeamsState>,
    status: Option<OwnStatus>,
    next: Option<OwnStatus>,
    replaced: Option<OwnStatus>,
}

/// An order that was carried out and does not show yet.
#[derive(Debug, Clone)]
struct Settling {
    sent: Sent,
    until: Timestamp,
}

/// The orders to Connect, one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Orders {
    /// The one under way.
    pub(super) sent: Option<Sent>,
    settling: Option<Settling>,
    /// No order is given again before this moment.
    pub(super) retry_at: Option<Timestamp>,
    /// When the last one was given.
    pub(super) given: Option<Timestamp>,
}

impl Orders {
    /// By when the status that was ordered should show.
    pub(super) fn settles_at(&self) -> Option<Timestamp> {
        self.settling.as_ref().map(|settling| settling.until)
    }
}

impl Engine {
    /// True while the last order is under way, or carried out and not seen.
    pub(super) fn is_settling(&self) -> bool {
        self.orders.sent.is_some() || self.orders.settling.is_some()
    }

    /// Decides on an order for the state that was entered, and gives it.
    pub(super) fn give_order(&mut self, wish: Wish, out: &mut Vec<Effect>) {
        if self.trips_breaker(Side::Connect, out) {
            return self.answer_without_write(Guard::Breaker, out);
        }
        if let Some(status) = wish.status().and_then(|status| self.connect.status(status)).cloned() {
            self.note_status(&status);
        }
        let row = self.edge.as_ref().and_then(|edge| self.edge_row(edge));
        let rule = row.map(|(rule, _)| rule);
        if let Some((_, row)) = row {
            self.provenance.connect_writes = self.with_write(&self.provenance.connect_writes, row);
        }
        let Some(edge) = &mut self.edge else { return };
        edge.waits = None;
        let (state, consent) = (edge.state.clone(), edge.consent);
        let goes_by_offline =
            self.rules.offline_first == OfflineFirst::Always && self.routable_of(&wish).is_some();
        if goes_by_offline && self.begin_passage(&self.sent(wish.clone(), rule, state.clone(), consent), out)
        {
            self.follow_passage(out);
            return;
        }
        self.order_now(wish, rule, state, consent, out);
    }

    /// Announces an order and gives it.
    pub(super) fn order_now(
        &mut self,
        wish: Wish,
        rule: Option<usize>,
        state: TeamsState,
        consent: Consent,
        out: &mut Vec<Effect>,
    ) {
        self.orders.sent = Some(self.sent(wish.clone(), rule, state.clone(), consent));
        self.orders.given = Some(self.now);
        match wish.order {
            Order::Set { status, next } => {
                self.provenance.answered = Some(state);
                let own = wish.earlier.map(|earlier| OwnStatus { status: status.clone(), earlier });
                if next {
                    self.provenance.next = own;
                } else {
                    self.connect.expected = Some(status.clone());
                    if own.is_some() {
                        let before = std::mem::replace(&mut self.provenance.status, own);
                        let shows = before.filter(|before| before.status == wish.seen.chosen);
                        self.provenance.status_before = shows.or(self.provenance.status_before.take());
                    }
                }
                self.note_unseen(out);
                self.save(out);
                out.push(Effect::SetStatus(SetStatus { status, next, seen: wish.seen }));
            }
            Order::Pass { status } => {
                self.save(out);
                out.push(Effect::SetStatus(SetStatus { status, next: false, seen: wish.seen }));
            }
            Order::ClearNext => out.push(Effect::ClearNext { seen: wish.seen }),
        }
    }

    fn sent(&self, wish: Wish, rule: Option<usize>, state: TeamsState, consent: Consent) -> Sent {
        Sent {
            wish,
            rule,
            state,
            consent,
            answered: self.provenance.answered.clone(),
            status: self.provenance.status.clone(),
            next: self.provenance.next.clone(),
            replaced: self.provenance.status_before.clone(),
        }
    }

    /// Settles an order that was carried out.
    pub(super) fn settle_order(&mut self, out: &mut Vec<Effect>) {
        let Some(sent) = self.orders.sent.take() else { return };
        let length = if self.may_go_by_offline(&sent) { CONFIRMS } else { SETTLES };
        match &sent.wish.order {
            Order::Pass { .. } => self.record_order(&sent, Done::Written, None, out),
            Order::Set { .. } => {
                // The state it answers is over, or is answered with it.
                self.edge = self.edge.take().filter(|edge| edge.state != sent.state);
                self.record_order(&sent, Done::Written, None, out);
            }
            Order::ClearNext => {
                self.provenance.next = None;
                self.save(out);
                if let Some(edge) = &mut self.edge {
                    edge.is_silent |= edge.state == sent.state;
                }
                self.record_order(&sent, Done::GivenBack, None, out);
            }
        }
        self.orders.settling = Some(Settling { sent, until: later(self.now, length) });
        self.note_unseen(out);
    }

    /// True if the order sets a routable status that may still go by Offline.
    fn may_go_by_offline(&self, sent: &Sent) -> bool {
        self.provenance.passage.is_none() && self.routable_of(&sent.wish).is_some()
    }

    /// Settles an order that was refused. A stale one was certainly not carried out. Any other may have been, and what
    /// was announced is remembered until Connect shows that it is not set.
    pub(super) fn settle_refused_order(&mut self, stale: bool, out: &mut Vec<Effect>) {
        let shows = |sent: &Sent| {
            self.connect.snapshot.as_ref().is_some_and(|snapshot| sent.wish.order.shows(snapshot))
        };
        if !stale && self.orders.sent.as_ref().is_some_and(shows) {
            // Only the answer was lost.
            return self.settle_order(out);
        }
        let Some(sent) = self.orders.sent.take() else { return };
        self.provenance.answered.clone_from(&sent.answered);
        if stale {
            self.provenance.status.clone_from(&sent.status);
            self.provenance.next.clone_from(&sent.next);
            self.provenance.status_before.clone_from(&sent.replaced);
            self.connect.expected = None;
        } else {
            self.record_order(&sent, Done::Failed, None, out);
        }
        self.save(out);
        self.note_unseen(out);
        self.consider(out);
        let has_changed =
            self.connect.snapshot.as_ref().is_some_and(|snapshot| snapshot.seen() != sent.wish.seen);
        if stale && has_changed {
            return;
        }
        // The same order again would be refused again: it waits for a change, or some time.
        if self.provenance.passage.is_some() {
            return self.passage_failed();
        }
        let Some(edge) = &mut self.edge else {
            self.orders.retry_at = Some(later(self.now, SETTLES));
            return;
        };
        edge.tries += 1;
        let tries = edge.tries;
        if tries >= TRIES {
            self.answer_without_write(Guard::Unknown, out);
        } else {
            self.orders.retry_at = Some(later(self.now, Duration::from_secs(1 << tries)));
        }
    }

    /// Checks whether the order that was carried out shows by now.
    pub(super) fn confirm_order(&mut self, out: &mut Vec<Effect>) {
        let (Some(settling), Some(snapshot)) = (&self.orders.settling, &self.connect.snapshot) else {
            return;
        };
        let is_seen = settling.sent.wish.order.shows(snapshot);
        if !is_seen && settling.until > self.now {
            return;
        }
        let Some(Settling { sent, .. }) = self.orders.settling.take() else { return };
        if sent.wish.order == Order::ClearNext {
            return;
        }
        let done = if is_seen { Done::Confirmed } else { Done::Failed };
        self.record_order(&sent, done, None, out);
        if is_seen {
            return;
        }
        if self.provenance.passage.is_some() {
            self.passage_failed();
        } else if self.may_go_by_offline(&sent)
            && self.suspension().is_none()
            && self.begin_passage(&sent, out)
        {
            // The order had no effect.
            self.provenance.status.clone_from(&sent.status);
            self.provenance.status_before.clone_from(&sent.replaced);
            self.connect.expected = None;
            self.save(out);
        }
    }

    fn record_order(&self, sent: &Sent, done: Done, guard: Option<Guard>, out: &mut Vec<Effect>) {
        let status = sent.wish.status().cloned();
        self.record_connect(sent.rule, &sent.state, status, done, guard, out);
    }

    pub(super) fn record_connect(
        &self,
        rule: Option<usize>,
        state: &TeamsState,
        status: Option<StatusArn>,
        done: Done,
        guard: Option<Guard>,
        out: &mut Vec<Effect>,
    ) {
        out.push(Effect::Record(Decision {
            at: self.now,
            side: Side::Connect,
            connect: self.agent.clone(),
            teams: Some(state.clone()),
            rule,
            target: None,
            status,
            done,
            guard,
        }));
    }
}

impl Redate for Sent {
    fn redate(&mut self, by: SignedDuration) {
        let Self { wish: _, rule: _, state: _, consent, answered: _, status: _, next: _, replaced: _ } = self;
        consent.redate(by);
    }
}

impl Redate for Orders {
    fn redate(&mut self, by: SignedDuration) {
        let Self { sent, settling, retry_at, given } = self;
        sent.redate(by);
        settling.redate(by);
        retry_at.redate(by);
        given.redate(by);
    }
}

impl Redate for Settling {
    fn redate(&mut self, by: SignedDuration) {
        let Self { sent, until } = self;
        sent.redate(by);
        until.redate(by);
    }
}
