//! What holds for the session and its orders together, whatever happens in whatever order.

use std::{collections::BTreeMap, time::Duration};

use connect::Order;
use presence::{
    connect::{ContactId, Seen},
    engine::SetStatus,
};
use proptest::prelude::*;

use super::*;
use crate::machine::orders::{
    CcpOrders, OrdersContext, OrdersIn, OrdersOut, Purpose, StatusOrder, WantedOrder,
};

const PRIYA: &str = "priya.raman@contoso.com";
const GRACE: &str = "grace.holloway@contoso.com";

#[derive(Debug, Clone, Copy)]
enum Step {
    Named(bool),
    State {
        chosen: bool,
        contact: Option<bool>,
    },
    Says(&'static str),
    Noise,
    /// An answer to an order that was given this many orders ago.
    Reply {
        back: u64,
        fails: bool,
    },
    WindowDied,
    LoginWanted,
    LoginWindowGone(bool),
    Person(Option<bool>),
    Confirmed,
    Try(bool),
    Woke,
    Dial,
    HangUp,
    /// The engine decides on an order, by what it knows.
    Decide,
    /// The lane reports the oldest decision.
    Announce {
        kept: bool,
        clears: bool,
    },
    Pass(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => any::<bool>().prop_map(Step::Named),
        8 => (any::<bool>(), any::<Option<bool>>())
            .prop_map(|(chosen, contact)| Step::State { chosen, contact }),
        4 => prop::sample::select(vec![
            "hostReady", "loginNeeded", "ackTimeout", "retriesExhausted", "terminated"
        ]).prop_map(Step::Says),
        1 => Just(Step::Noise),
        4 => (0..6_u64, any::<bool>()).prop_map(|(back, fails)| Step::Reply { back, fails }),
        2 => Just(Step::WindowDied),
        2 => Just(Step::LoginWanted),
        3 => any::<bool>().prop_map(Step::LoginWindowGone),
        2 => any::<Option<bool>>().prop_map(Step::Person),
        1 => Just(Step::Confirmed),
        1 => any::<bool>().prop_map(Step::Try),
        1 => Just(Step::Woke),
        3 => Just(Step::Dial),
        2 => Just(Step::HangUp),
        4 => Just(Step::Decide),
        4 => (prop::bool::weighted(0.8), any::<bool>())
            .prop_map(|(kept, clears)| Step::Announce { kept, clears }),
        4 => prop_oneof![6 => Just(1_u64), 6 => Just(15), 6 => Just(20), 6 => Just(600), 1 => Just(50_000)].prop_map(Step::Pass),
    ]
}

/// Both machines, routed as the controller routes them, and what others would know of them.
struct World {
    desk: Desk,
    orders: CcpOrders,
    /// What the engine knows of the agent.
    engine: Option<AgentSnapshot>,
    /// Decisions that the lane has not reported yet.
    decided: Vec<Seen>,
    /// How often each attempt to call was answered.
    dials: BTreeMap<u64, u32>,
    /// Orders of the engine, and orders inside calls, that are not answered yet.
    statuses: i64,
    in_call: i64,
    last_id: u64,
    stamp: u64,
    login_windows: bool,
    is_notified: bool,
}

impl World {
    fn new() -> Self {
        let desk = Desk::new();
        Self {
            orders: CcpOrders::new(desk.now),
            last_id: u64::try_from(desk.now.as_millisecond()).unwrap(),
            desk,
            engine: None,
            decided: Vec::new(),
            dials: BTreeMap::new(),
            statuses: 0,
            in_call: 0,
            stamp: 0,
            login_windows: false,
            is_notified: false,
        }
    }

    fn ccp(&mut self, input: CcpIn) {
        let was_live = self.desk.ccp.live().is_some();
        let report = if let CcpIn::LoginWindowGone { .. } = input { Some(self.login_windows) } else { None };
        let mut is_lost = false;
        for out in self.desk.on(input) {
            match out {
                CcpOut::OpenWindow(plan) => {
                    assert_ne!(report, Some(false), "a login window that is gone reports nothing");
                    assert_eq!(self.desk.ccp.plan(), Some(&plan));
                }
                CcpOut::OpenLogin(plan) => assert_eq!(self.desk.ccp.plan(), Some(&plan)),
                CcpOut::SessionLost => {
                    is_lost = true;
                    self.orders(OrdersIn::Lost);
                    assert_eq!(self.orders.deadline(), None, "nothing waits for a page that is gone");
                    assert_eq!((self.statuses, self.in_call), (self.undecided(), 0));
                }
                CcpOut::Engine(Event::Agent(snapshot)) => {
                    assert_ne!(self.desk.ccp.same_person(), SamePerson::No);
                    assert_ne!(self.engine.as_ref(), Some(&snapshot), "an equal state is not reported");
                    self.engine = Some(snapshot);
                }
                CcpOut::Engine(event) => {
                    assert_eq!(event, Event::ConnectLost);
                    self.engine = None;
                }
                CcpOut::Replied { id, failure } => self.orders(OrdersIn::Replied { id, failure }),
                CcpOut::Order(order) => {
                    assert!(matches!(order, Order::Ping { .. } | Order::Resend {}), "{order:?}");
                }
                CcpOut::Notify(ConnectLoginNotice::Missing) => {
                    assert!(!std::mem::replace(&mut self.is_notified, true), "notified once");
                    assert_eq!(self.desk.ccp.live(), None);
                }
                CcpOut::Notify(ConnectLoginNotice::Ends(at)) => assert!(at > self.desk.now),
                CcpOut::WithdrawNotice => self.is_notified = false,
                CcpOut::Statuses(statuses) => assert_eq!(statuses.len(), 2),
                CcpOut::Unlisted | CcpOut::ContactChanged | CcpOut::Calls | CcpOut::KeepConfirmed(_) => {}
            }
        }
        if report.is_some() {
            self.login_windows = false;
        }
        if was_live && self.desk.ccp.live().is_none() {
            assert!(is_lost, "a session does not end unreported");
        }
    }

    fn orders(&mut self, input: OrdersIn) {
        let context = OrdersContext { stamp: self.desk.ccp.stamp(), reported: self.desk.ccp.reported() };
        for out in self.orders.on(input, &context, self.desk.now) {
            match out {
                OrdersOut::Script(script) => {
                    self.last_id += 1;
                    assert!(script.contains(&format!(r#""id":{}"#, self.last_id)), "{script}");
                    if let Some((_, stamp)) = script.split_once(r#""stamp":"#) {
                        let stamp = stamp.trim_end_matches("});").parse().ok();
                        assert_eq!(stamp, self.desk.ccp.stamp(), "{script}");
                        assert!(self.desk.ccp.live().is_some());
                    }
                    if script.contains("setStatus") || script.contains("clearNext") {
                        assert!(self.engine.is_some(), "the engine orders only for the person in Teams");
                    }
                }
                OrdersOut::Answered { purpose: Purpose::Dial(order), .. } => {
                    *self.dials.entry(order).or_default() += 1;
                }
                OrdersOut::Answered { purpose: Purpose::Status, .. } => self.statuses -= 1,
                OrdersOut::Answered {
                    purpose: Purpose::HangUp(_) | Purpose::Digits(_) | Purpose::ClearContact(_),
                    ..
                } => self.in_call -= 1,
            }
        }
    }

    fn undecided(&self) -> i64 {
        i64::try_from(self.decided.len()).unwrap()
    }

    fn say(&mut self, message: &Value) {
        self.ccp(CcpIn::Message(message.to_string()));
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Named(priya) => self.say(&agent(if priya { PRIYA } else { GRACE })),
            Step::State { chosen, contact } => {
                self.stamp += 1;
                let contact = contact.map(|live| if live { "connected" } else { "ended" });
                let contacts: Vec<&str> = contact.into_iter().collect();
                self.say(&state(self.stamp, if chosen { "Available" } else { "Lunch" }, &contacts));
            }
            Step::Says(what) => self.say(&kind(what)),
            Step::Noise => self.ccp(CcpIn::Message("{\"kind\":\"future\"}".into())),
            Step::Reply { back, fails } => {
                let error = if fails { json!({ "code": "refused", "text": "" }) } else { Value::Null };
                let id = self.last_id.saturating_sub(back);
                self.say(&json!({ "kind": "reply", "id": id, "error": error }));
            }
            Step::WindowDied => self.ccp(CcpIn::WindowDied),
            Step::LoginWanted => {
                self.login_windows = true;
                self.ccp(CcpIn::LoginWanted);
            }
            Step::LoginWindowGone(reached) => self.ccp(CcpIn::LoginWindowGone { reached }),
            Step::Person(who) => {
                self.desk.who = who.map(|priya| if priya { PRIYA } else { GRACE });
                self.ccp(CcpIn::PersonKnown);
            }
            Step::Confirmed => self.ccp(CcpIn::Confirmed),
            Step::Try(same) => {
                self.ccp(CcpIn::Try(Box::new(instance(if same { "contoso" } else { "fabrikam" }))));
            }
            Step::Woke => self.ccp(CcpIn::Woke),
            Step::Dial => {
                let order = u64::try_from(self.dials.len()).unwrap();
                self.dials.insert(order, 0);
                let number = "+441632960123".into();
                self.orders(OrdersIn::Wanted(WantedOrder::Dial { order, number, queue: None }));
            }
            Step::HangUp => {
                self.in_call += 1;
                self.orders(OrdersIn::Wanted(WantedOrder::HangUp {
                    order: 7,
                    contact: ContactId::new("contact-1"),
                }));
            }
            Step::Decide => {
                if let Some(agent) = &self.engine {
                    self.decided.push(agent.seen());
                    self.statuses += 1;
                }
            }
            Step::Announce { kept, clears } => {
                if !self.decided.is_empty() {
                    let seen = self.decided.remove(0);
                    let order = if clears {
                        StatusOrder::ClearNext(seen)
                    } else {
                        StatusOrder::Set(SetStatus { status: StatusArn::new("arn:Lunch"), next: false, seen })
                    };
                    self.orders(OrdersIn::Announced { order, kept });
                }
            }
            Step::Pass(seconds) => self.pass(Duration::from_secs(seconds)),
        }
        assert_eq!(self.engine.as_ref(), self.desk.ccp.reported(), "the engine knows what is reported");
        assert!(self.desk.ccp.reported().is_none() || self.desk.ccp.live().is_some());
    }

    /// Lets time pass, deadline by deadline.
    fn pass(&mut self, length: Duration) {
        let end = later(self.desk.now, length);
        let mut deadlines = Deadlines::new();
        let next =
            |world: &Self| [world.desk.ccp.deadline(), world.orders.deadline()].into_iter().flatten().min();
        while let Some(next) = deadlines.next(next(self), end) {
            self.desk.now = self.desk.now.max(next);
            if self.desk.ccp.deadline().is_some_and(|at| at <= self.desk.now) {
                self.ccp(CcpIn::Due);
            }
            if self.orders.deadline().is_some_and(|at| at <= self.desk.now) {
                self.orders(OrdersIn::Due);
            }
            let after = [self.desk.ccp.deadline(), self.orders.deadline()];
            assert!(after.into_iter().flatten().all(|at| at > self.desk.now), "a deadline makes progress");
        }
        self.desk.now = end;
    }
}

proptest! {
    #[test]
    fn every_order_is_answered_once_and_the_engine_knows_the_agent_of_its_person_alone(
        steps in prop::collection::vec(step(), 1..80)
    ) {
        let mut world = World::new();
        for step in steps {
            world.step(step);
        }
        while !world.decided.is_empty() {
            world.step(Step::Announce { kept: true, clears: false });
        }
        world.pass(Duration::from_secs(15));
        prop_assert!(world.dials.values().all(|answers| *answers == 1), "{:?}", world.dials);
        prop_assert_eq!((world.statuses, world.in_call), (0, 0));
    }
}
