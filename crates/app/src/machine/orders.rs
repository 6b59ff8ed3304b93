//! Orders to the CCP page and their answers: one id each, and what the answer is for.
//!
//! Every order is answered once: by the page, when the page is lost, or after a time limit. Decides nothing about
//! trying again.

use std::{collections::BTreeMap, time::Duration};

use connect::{Failure, Order};
use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, ContactId, Seen},
    engine::SetStatus,
    moment::later,
    redate::Redate,
};

/// The page answers a dial after 10 s at the latest. An order without an answer after this counts as timed out.
const PATIENCE: Duration = Duration::from_secs(15);

/// What an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A write of the engine to Connect.
    Status,
    /// The dial of a call, by the call's own number for the order.
    Dial(u64),
    /// The end of a call, in the same way.
    HangUp(u64),
    /// The tones after a connection, in the same way.
    Digits(u64),
    /// The end of a call that nobody answered, by the number that the asking machine gave it.
    ClearContact(u64),
}

/// An order of the engine to Connect, before the provenance that it needs is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StatusOrder {
    /// Choose or queue a status.
    Set(SetStatus),
    /// Take back what we queued, while Connect shows this.
    ClearNext(Seen),
}

/// An order that is given at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WantedOrder {
    /// Place an outbound call. It is valid only for the state that was last reported.
    Dial {
        /// The call's own number for the order, which comes back in [`Purpose::Dial`].
        order: u64,
        /// In E.164.
        number: String,
        /// The ARN of the queue; none: the routing profile's own.
        queue: Option<String>,
    },
    /// End the agent's side of a call.
    HangUp {
        /// The call's own number for the order, which comes back in [`Purpose::HangUp`].
        order: u64,
        /// The call's contact.
        contact: ContactId,
    },
    /// Send tones to the other side of a call.
    SendDigits {
        /// The call's own number for the order, which comes back in [`Purpose::Digits`].
        order: u64,
        /// The call's contact.
        contact: ContactId,
        /// Digits, `*`, `#` and pauses.
        digits: String,
    },
    /// Remove a call that nobody answered from the agent's list. The page refuses every other one.
    ClearContact {
        /// The number that the asking machine gave it, which comes back in [`Purpose::ClearContact`].
        order: u64,
        /// The call's contact.
        contact: ContactId,
    },
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct OrdersContext<'a> {
    /// The stamp of the agent's state, while that is known.
    pub(crate) stamp: Option<u64>,
    /// The agent's state as the engine knows it.
    pub(crate) reported: Option<&'a AgentSnapshot>,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrdersIn {
    /// Somebody wants this.
    Wanted(WantedOrder),
    /// The provenance of this order is on disk, or cannot be kept.
    Announced {
        /// The order.
        order: StatusOrder,
        /// True if it is on disk.
        kept: bool,
    },
    /// The page answered.
    Replied {
        /// The order's id.
        id: u64,
        /// None when Connect accepted it.
        failure: Option<Failure>,
    },
    /// The page is gone, or its session: it answers nothing any more.
    Lost,
    /// The deadline has come.
    Due,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OrdersOut {
    /// Run this in the page.
    Script(String),
    /// An order was answered; exactly one for each.
    Answered {
        /// What for.
        purpose: Purpose,
        /// None when Connect accepted it.
        failure: Option<Failure>,
    },
}

#[derive(Debug, Clone, Copy)]
struct PendingOrder {
    purpose: Purpose,
    until: Timestamp,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct CcpOrders {
    last: u64,
    waiting: BTreeMap<u64, PendingOrder>,
}

impl CcpOrders {
    /// No order yet. Ids begin with the time, so that the answer to an order of an earlier run matches none of them; in
    /// milliseconds they fit into a number of JavaScript.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { last: u64::try_from(now.as_millisecond()).unwrap_or(0), waiting: BTreeMap::new() }
    }

    pub(crate) fn on(
        &mut self,
        input: OrdersIn,
        context: &OrdersContext<'_>,
        now: Timestamp,
    ) -> Vec<OrdersOut> {
        match input {
            OrdersIn::Wanted(wanted) => self.wanted(wanted, context, now),
            OrdersIn::Announced { order, kept } => self.announced(order, kept, context, now),
            // An answer that nobody waits for came too late, or is not ours.
            OrdersIn::Replied { id, failure } => {
                self.waiting.remove(&id).map(|order| answered(order.purpose, failure)).into_iter().collect()
            }
            OrdersIn::Lost => std::mem::take(&mut self.waiting).into_values().map(timed_out).collect(),
            OrdersIn::Due => self
                .waiting
                .extract_if(.., |_, order| order.until <= now)
                .map(|(_, order)| timed_out(order))
                .collect(),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.waiting.values().map(|order| order.until).min()
    }

    fn wanted(&mut self, wanted: WantedOrder, context: &OrdersContext<'_>, now: Timestamp) -> Vec<OrdersOut> {
        match wanted {
            WantedOrder::Dial { order, number, queue } => {
                let purpose = Purpose::Dial(order);
                match context.stamp {
                    Some(stamp) => self.give(purpose, now, |id| Order::Dial { id, number, queue, stamp }),
                    None => vec![answered(purpose, Some(Failure::NoAgent))],
                }
            }
            WantedOrder::HangUp { order, contact } => self.give(Purpose::HangUp(order), now, |id| {
                Order::HangUp { id, contact: contact.as_str().to_owned() }
            }),
            WantedOrder::SendDigits { order, contact, digits } => {
                self.give(Purpose::Digits(order), now, |id| Order::SendDigits {
                    id,
                    contact: contact.as_str().to_owned(),
                    digits,
                })
            }
            WantedOrder::ClearContact { order, contact } => {
                self.give(Purpose::ClearContact(order), now, |id| Order::ClearContact {
                    id,
                    contact: contact.as_str().to_owned(),
                })
            }
        }
    }

    /// The state that the order was decided on must still be the one that the engine knows.
    fn announced(
        &mut self,
        order: StatusOrder,
        kept: bool,
        context: &OrdersContext<'_>,
        now: Timestamp,
    ) -> Vec<OrdersOut> {
        let (StatusOrder::Set(SetStatus { seen, .. }) | StatusOrder::ClearNext(seen)) = &order;
        let is_current = context.reported.is_some_and(|agent| agent.seen() == *seen);
        let Some(stamp) = context.stamp.filter(|_| kept && is_current) else {
            return vec![answered(Purpose::Status, Some(Failure::Stale))];
        };
        self.give(Purpose::Status, now, |id| match order {
            StatusOrder::Set(SetStatus { status, next, .. }) => {
                Order::SetStatus { id, arn: status.as_str().to_owned(), next, stamp }
            }
            StatusOrder::ClearNext(_) => Order::ClearNext { id, stamp },
        })
    }

    fn give(&mut self, purpose: Purpose, now: Timestamp, order: impl FnOnce(u64) -> Order) -> Vec<OrdersOut> {
        self.last += 1;
        self.waiting.insert(self.last, PendingOrder { purpose, until: later(now, PATIENCE) });
        vec![OrdersOut::Script(order(self.last).to_script())]
    }
}

fn answered(purpose: Purpose, failure: Option<Failure>) -> OrdersOut {
    OrdersOut::Answered { purpose, failure }
}

fn timed_out(order: PendingOrder) -> OrdersOut {
    answered(order.purpose, Some(Failure::TimedOut))
}

impl Redate for CcpOrders {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, waiting } = self;
        for PendingOrder { purpose: _, until } in waiting.values_mut() {
            until.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
