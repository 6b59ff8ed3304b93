//! Orders to the CCP page and their answers: one id each, and what the answer is for.

use std::{collections::HashMap, time::Duration};

use connect::{Failure, Order};
use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::Seen,
    engine::{Event, SetStatus},
    redate::Redate,
};

use super::Controller;
use crate::{
    clock::later,
    host::Host,
    lane::{self, WriteProblem},
};

/// The page answers a dial after 10 s at the latest; what is silent for longer is gone.
const PATIENCE: Duration = Duration::from_secs(15);

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// A write of the engine to Connect.
    Status,
    /// The call in the bar.
    Dial,
    /// Something inside that call; its contact tells how it went.
    Call,
}

#[derive(Debug, Default)]
pub(super) struct Orders {
    last: u64,
    waiting: HashMap<u64, (Purpose, Timestamp)>,
}

impl Orders {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.waiting.values().map(|(_, until)| *until).min()
    }

    fn next(&mut self, purpose: Purpose, now: Timestamp) -> u64 {
        self.last += 1;
        self.waiting.insert(self.last, (purpose, later(now, PATIENCE)));
        self.last
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn order(&mut self, purpose: Purpose, order: impl FnOnce(u64) -> Order) {
        let id = self.orders.next(purpose, self.clock.now());
        self.host.order_ccp(order(id).to_script());
    }

    /// An order that holds only for the state that was last told.
    pub(super) fn order_at(&mut self, purpose: Purpose, order: impl FnOnce(u64, u64) -> Order) {
        match self.centre.session.stamp() {
            Some(stamp) => self.order(purpose, |id| order(id, stamp)),
            None => self.answered(purpose, Some(Failure::NoAgent)),
        }
    }

    /// The engine's order to Connect can be remembered. What it was decided on must still be what was last told.
    pub(super) fn announced(&mut self, order: lane::Order, result: Result<(), WriteProblem>) {
        let (lane::Order::Set(SetStatus { seen, .. }) | lane::Order::ClearNext(seen)) = &order;
        let is_kept = self.is_kept(result);
        if !is_kept || !self.is_still(seen) {
            return self.answered(Purpose::Status, Some(Failure::Stale));
        }
        match order {
            lane::Order::Set(SetStatus { status, next, .. }) => {
                let arn = status.as_str().to_owned();
                self.order_at(Purpose::Status, |id, stamp| Order::SetStatus { id, arn, next, stamp });
            }
            lane::Order::ClearNext(_) => {
                self.order_at(Purpose::Status, |id, stamp| Order::ClearNext { id, stamp });
            }
        }
    }

    fn is_still(&self, seen: &Seen) -> bool {
        self.centre.live().is_some_and(|agent| agent.seen() == *seen)
    }

    pub(super) fn replied(&mut self, id: u64, failure: Option<Failure>) {
        // An answer that nobody waits for came too late, or is not ours.
        if let Some((purpose, _)) = self.orders.waiting.remove(&id) {
            self.answered(purpose, failure);
        }
    }

    /// The page is gone and answers nothing any more.
    pub(super) fn orders_lost(&mut self) {
        let mut waiting: Vec<_> = self.orders.waiting.drain().collect();
        waiting.sort_by_key(|(id, _)| *id);
        for (_, (purpose, _)) in waiting {
            self.answered(purpose, Some(Failure::TimedOut));
        }
    }

    pub(super) fn orders_due(&mut self, now: Timestamp) {
        let mut late: Vec<u64> =
            self.orders.waiting.iter().filter(|(_, (_, until))| *until <= now).map(|(id, _)| *id).collect();
        late.sort_unstable();
        for id in late {
            self.replied(id, Some(Failure::TimedOut));
        }
    }

    fn answered(&mut self, purpose: Purpose, failure: Option<Failure>) {
        match purpose {
            Purpose::Status => self.tell(match failure {
                None => Event::StatusSet,
                Some(failure) => Event::StatusRefused { stale: failure == Failure::Stale },
            }),
            Purpose::Dial => self.dial_answered(failure),
            Purpose::Call => {
                if let Some(failure) = failure {
                    tracing::warn!(?failure, "an order inside a call was not carried out");
                }
            }
        }
    }
}

impl Redate for Orders {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, waiting } = self;
        waiting.values_mut().for_each(|(_, until)| until.redate(by));
    }
}
