//! The Connect side of the controller: feeds the CCP session and the orders to it, and carries out what they ask for.
//!
//! Decides nothing: [`Ccp`](crate::machine::ccp::Ccp) and [`CcpOrders`](crate::machine::orders::CcpOrders) do.

use connect::Failure;
use presence::engine::Event;
use view::{NoticeKind, facts::DiskFailure};

use super::Controller;
use crate::{
    host::Host,
    lane::Job,
    machine::{
        call::CallIn,
        ccp::{CcpContext, CcpIn, CcpOut},
        incoming::IncomingIn,
        login::LoginIn,
        orders::{OrdersContext, OrdersIn, OrdersOut, Purpose, StatusOrder},
        settings::SettingsIn,
        sync::SyncIn,
    },
};

impl<H: Host> Controller<H> {
    pub(super) fn ccp(&mut self, input: CcpIn) {
        let context = CcpContext { who: self.login.who().map(|who| who.upn.as_str()) };
        for out in self.ccp.on(input, &context, self.clock.now()) {
            self.carry_out_ccp(out);
        }
    }

    pub(super) fn orders(&mut self, input: OrdersIn) {
        let context = OrdersContext { stamp: self.ccp.stamp(), reported: self.ccp.reported() };
        for out in self.orders.on(input, &context, self.clock.now()) {
            match out {
                OrdersOut::Script(script) => self.host.order_ccp(script),
                OrdersOut::Answered { purpose, failure } => self.answered(purpose, failure),
            }
        }
        self.ccp(CcpIn::OrderWaits(self.orders.deadline().is_some()));
    }

    /// The lane has kept what an order of the engine leaves in Connect, or could not.
    pub(super) fn announced(&mut self, order: StatusOrder, result: Result<(), DiskFailure>) {
        let kept = result.is_ok();
        if let Err(failure) = &result {
            tracing::warn!(%failure, "a status was not set");
        }
        self.sync(SyncIn::Remembered(result));
        self.orders(OrdersIn::Announced { order, kept });
    }

    fn carry_out_ccp(&mut self, out: CcpOut) {
        match out {
            CcpOut::OpenWindow(plan) => self.host.open_ccp(plan),
            CcpOut::OpenLogin(plan) => self.host.open_connect_login(plan),
            CcpOut::Order(order) => self.host.order_ccp(order.to_script()),
            CcpOut::SessionLost => {
                // The calls learn of it before their orders fail: a call may continue.
                self.call(CallIn::SessionLost);
                self.incoming(IncomingIn::SessionLost);
                self.orders(OrdersIn::Lost);
                self.login(LoginIn::ContactChanged);
            }
            CcpOut::Engine(event) => self.engine(event),
            CcpOut::Statuses(statuses) => {
                self.settings(SettingsIn::Statuses);
                self.keep_statuses(&statuses);
                self.engine(Event::Statuses(statuses));
            }
            CcpOut::Unlisted => self.settings(SettingsIn::Statuses),
            CcpOut::ContactChanged => self.login(LoginIn::ContactChanged),
            CcpOut::Calls => {
                self.call(CallIn::Calls);
                self.incoming(IncomingIn::Calls);
            }
            CcpOut::Replied { id, failure } => self.orders(OrdersIn::Replied { id, failure }),
            CcpOut::KeepConfirmed(pair) => self.to_lane(Job::Confirmed(pair)),
            CcpOut::Notify(notice) => self.notify_connect_login(notice),
            CcpOut::WithdrawNotice => self.host.withdraw(NoticeKind::ConnectLogin),
        }
    }

    fn answered(&mut self, purpose: Purpose, failure: Option<Failure>) {
        match purpose {
            Purpose::Status => self.engine(match failure {
                None => Event::StatusSet,
                Some(failure) => Event::StatusRefused { stale: failure == Failure::Stale },
            }),
            Purpose::Dial(order) => self.call(CallIn::DialAnswered { order, failure }),
            Purpose::HangUp(order) => self.call(CallIn::HangUpAnswered { order, failure }),
            Purpose::Digits(order) => self.call(CallIn::DigitsAnswered { order, failure }),
            Purpose::ClearContact(order) => self.incoming(IncomingIn::ClearAnswered { order, failure }),
        }
    }
}
