//! The Connect side: the CCP window, what it reports, whose session it is, and what of that is reported to the engine.
//!
//! Decides nothing about statuses, and opens no window itself. Untrusted messages are checked by [`connect::Session`].

mod inputs;
mod plan;
mod unlisted;

use connect::{Agent, AgentError, Call, Change, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, AgentStatus, Hosting},
    engine::Event,
    moment::later,
    redate::Redate,
};

use self::{
    plan::{hosting, renews},
    unlisted::Unlisted,
};
use super::connect_login::ConnectLogin;
use crate::host::CcpPlan;

pub(crate) use self::{
    inputs::{CcpContext, CcpIn, CcpOut},
    plan::plan,
};

/// The user principal name in Teams and the user name in Connect of one person, as that person confirmed.
pub(crate) type Confirmed = (String, String);

/// Whether the person signed in to Teams is the Connect agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SamePerson {
    /// One of the two is not known yet.
    NotKnown,
    /// By name, or confirmed.
    Yes,
    /// Named differently, not confirmed: nothing is written.
    No,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Ccp {
    session: Session,
    plan: Option<CcpPlan>,
    /// The instance is only tried: the engine does not know its agent.
    tried: bool,
    login: ConnectLogin,
    same_person: SamePerson,
    confirmed: Option<Confirmed>,
    /// When the window is to be opened again.
    reopen: Option<Timestamp>,
    /// A contact was live in the last known state.
    was_in_contact: bool,
    /// Since when that contact cannot be seen.
    unseen_contact: Option<Timestamp>,
    unlisted: Unlisted,
}

impl Ccp {
    /// A session before its first window; without a plan there never is one.
    pub(crate) fn new(plan: Option<CcpPlan>, confirmed: Option<Confirmed>, now: Timestamp) -> Self {
        let hosting = plan.as_ref().map_or(Hosting::USUAL, hosting);
        Self {
            session: Session::new(hosting, now),
            login: ConnectLogin::new(plan.as_ref().is_some_and(renews)),
            plan,
            tried: false,
            same_person: SamePerson::NotKnown,
            confirmed,
            reopen: None,
            was_in_contact: false,
            unseen_contact: None,
            unlisted: Unlisted::default(),
        }
    }

    pub(crate) fn on(&mut self, input: CcpIn, context: &CcpContext<'_>, now: Timestamp) -> Vec<CcpOut> {
        let mut out = Vec::new();
        match input {
            CcpIn::Begin => self.open(context, now, &mut out),
            CcpIn::Message(raw) => match self.session.take(&raw, now) {
                Ok(changes) => self.session_changed(changes, context, now, &mut out),
                Err(error) => tracing::warn!(%error, "a message of the CCP window was refused"),
            },
            CcpIn::WindowDied => {
                tracing::warn!("the CCP window died");
                let changes = self.session.window_died(now);
                self.session_changed(changes, context, now, &mut out);
            }
            CcpIn::LoginWanted => {
                if let Some(plan) = self.plan.clone() {
                    self.login.window_opened();
                    out.push(CcpOut::OpenLogin(plan));
                }
            }
            CcpIn::LoginWindowGone { reached } => self.login_window_gone(reached, context, now, &mut out),
            CcpIn::PersonKnown => self.check_person(context, &mut out),
            CcpIn::Confirmed => {
                if let (Some(who), Some(agent)) = (context.who, self.session.agent()) {
                    let pair = (who.to_owned(), agent.username.clone());
                    self.confirmed = Some(pair.clone());
                    out.push(CcpOut::KeepConfirmed(pair));
                    self.check_person(context, &mut out);
                }
            }
            CcpIn::Try(plan) => self.try_instance(*plan, now, &mut out),
            CcpIn::OrderWaits(waits) => self.session.order_waits(waits, now),
            CcpIn::Woke => self.wake(context, now, &mut out),
            CcpIn::Due => {
                let changes = self.session.due(now);
                self.session_changed(changes, context, now, &mut out);
                if self.reopen.is_some_and(|at| at <= now) {
                    self.open(context, now, &mut out);
                }
                self.login_due(now, &mut out);
            }
        }
        out
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let login = self.login.deadline(self.in_contact());
        [self.session.deadline(), self.reopen, login].into_iter().flatten().min()
    }

    /// The agent's state, while it is known.
    pub(crate) fn live(&self) -> Option<&AgentSnapshot> {
        self.session.snapshot()
    }

    /// The agent's state as the engine knows it: none while the agent is somebody else than the person in Teams, or
    /// the instance is only tried.
    pub(crate) fn reported(&self) -> Option<&AgentSnapshot> {
        self.live().filter(|_| !self.tried && self.same_person != SamePerson::No)
    }

    /// The stamp of the agent's state, while that is known.
    pub(crate) fn stamp(&self) -> Option<u64> {
        self.session.stamp()
    }

    pub(crate) fn phase(&self) -> Phase {
        *self.session.phase()
    }

    /// The agent who was named last.
    pub(crate) fn agent(&self) -> Option<&Agent> {
        self.session.agent()
    }

    /// The statuses of the agent for the table, including disabled ones that the agent is in.
    pub(crate) fn statuses(&self) -> Vec<AgentStatus> {
        self.unlisted.with(self.agent().map(|agent| agent.statuses.as_slice()).unwrap_or_default())
    }

    /// The agent's calls; none while the session is not live.
    pub(crate) fn calls(&self) -> &[Call] {
        self.session.calls()
    }

    /// What went wrong with the agent's last call; none while the session is not live.
    pub(crate) fn agent_error(&self) -> Option<AgentError> {
        self.session.agent_error()
    }

    /// True while the agent is with a contact.
    pub(crate) fn in_contact(&self) -> bool {
        self.live().is_some_and(|agent| agent.contacts.iter().any(|contact| contact.activity.is_live()))
    }

    pub(crate) fn same_person(&self) -> SamePerson {
        self.same_person
    }

    /// The agent's last state and when Connect said so, live or not: to be shown with its age, not to decide on.
    pub(crate) fn last_known(&self) -> Option<(&AgentSnapshot, Timestamp)> {
        self.session.last_known()
    }

    /// The page says that it has no network.
    pub(crate) fn is_offline(&self) -> bool {
        self.session.is_offline()
    }

    /// True once the person was notified of the coming end of the session: a login is offered.
    pub(crate) fn login_is_due(&self) -> bool {
        self.login.is_due()
    }

    /// Where the CCP is and what carries it; none while nothing is set up or tried.
    pub(crate) fn plan(&self) -> Option<&CcpPlan> {
        self.plan.as_ref()
    }

    fn session_changed(
        &mut self,
        changes: Vec<Change>,
        context: &CcpContext<'_>,
        now: Timestamp,
        out: &mut Vec<CcpOut>,
    ) {
        for change in changes {
            match change {
                Change::AgentKnown => {
                    self.check_person(context, out);
                    if let Some(agent) = self.session.agent() {
                        self.unlisted.list(&agent.statuses);
                        if let Some((last, _)) = self.session.last_known() {
                            self.unlisted.see(last, &agent.statuses);
                        }
                        out.push(CcpOut::Statuses(agent.statuses.clone()));
                    }
                }
                Change::Snapshot(snapshot) => {
                    self.was_in_contact = self.in_contact();
                    self.unseen_contact = None;
                    if self.login.mark_live() {
                        out.push(CcpOut::WithdrawNotice);
                    }
                    out.push(CcpOut::ContactChanged);
                    let listed =
                        self.session.agent().map(|agent| agent.statuses.as_slice()).unwrap_or_default();
                    if self.unlisted.see(&snapshot, listed) {
                        out.push(CcpOut::Unlisted);
                    }
                    if self.reported().is_some() {
                        out.push(CcpOut::Engine(Event::Agent(snapshot)));
                    }
                    // A session that is back without a call is reported only by its state.
                    out.push(CcpOut::Calls);
                }
                Change::Calls => out.push(CcpOut::Calls),
                Change::Refused(words) => tracing::warn!(words, "Connect refused an order"),
                Change::Replied { id, failure } => out.push(CcpOut::Replied { id, failure }),
                // A state that is too old to decide on is unknown to the engine.
                Change::Old | Change::Lost => self.lost(now, out),
                Change::Send(order) => out.push(CcpOut::Order(order)),
                Change::Broken(code) => tracing::warn!(code, "the CCP page reports a failure"),
                // A session that was live was reported as lost before; the view asks for the phase.
                Change::NoAnswer | Change::NotApproved => {}
                Change::LoginNeeded => {
                    self.login.lost(self.unseen_contact, now);
                    self.login_due(now, out);
                }
                Change::ReopenWindow { after } => self.reopen = Some(later(now, after)),
            }
        }
    }

    /// The orders come first: their purpose is decided again when the state is known again.
    fn lost(&mut self, now: Timestamp, out: &mut Vec<CcpOut>) {
        if self.was_in_contact {
            self.unseen_contact.get_or_insert(now);
        }
        out.extend([CcpOut::SessionLost, CcpOut::Engine(Event::ConnectLost)]);
    }

    fn open(&mut self, context: &CcpContext<'_>, now: Timestamp, out: &mut Vec<CcpOut>) {
        let Some(plan) = self.plan.clone() else { return };
        self.reopen = None;
        let changes = self.session.window_opened(now);
        self.session_changed(changes, context, now, out);
        out.push(CcpOut::OpenWindow(plan));
    }

    /// Even if the CCP was not seen in the login window, somebody may be logged in, on a page that we do not know: the
    /// CCP is tried, and until it answers the phase stays.
    fn login_window_gone(
        &mut self,
        reached: bool,
        context: &CcpContext<'_>,
        now: Timestamp,
        out: &mut Vec<CcpOut>,
    ) {
        let live = self.phase() == Phase::Live;
        match self.login.window_gone(reached) {
            Some(true) => {
                self.session.login_reached(now);
                if self.login.reached(live, now) {
                    out.push(CcpOut::WithdrawNotice);
                    self.open(context, now, out);
                }
            }
            Some(false) if !live => self.open(context, now, out),
            Some(false) | None => {}
        }
    }

    fn login_due(&mut self, now: Timestamp, out: &mut Vec<CcpOut>) {
        out.extend(self.login.due(self.in_contact(), now).map(CcpOut::Notify));
    }

    /// A window that waits to be opened again is opened at once, and so is one whose page had no answer: the reason may
    /// be over. Any other page is asked whether it still works.
    fn wake(&mut self, context: &CcpContext<'_>, now: Timestamp, out: &mut Vec<CcpOut>) {
        if self.reopen.is_some() || self.phase() == Phase::NoAnswer {
            self.open(context, now, out);
        }
        self.session.ask_now(now);
    }

    /// A session with the same instance continues.
    fn try_instance(&mut self, plan: CcpPlan, now: Timestamp, out: &mut Vec<CcpOut>) {
        if self.plan.as_ref() == Some(&plan) {
            return;
        }
        if self.live().is_some() {
            self.lost(now, out);
        }
        out.push(CcpOut::WithdrawNotice);
        let login = self.login.of_another(renews(&plan));
        *self = Self { tried: true, login, ..Self::new(Some(plan), self.confirmed.take(), now) };
    }

    /// Compares both names: nothing is written for somebody else.
    fn check_person(&mut self, context: &CcpContext<'_>, out: &mut Vec<CcpOut>) {
        let was_reported = self.reported().is_some();
        self.same_person = match (context.who, self.agent()) {
            (Some(who), Some(agent)) => {
                let is_confirmed = |(upn, name): &Confirmed| *upn == who && *name == agent.username;
                if self.confirmed.as_ref().is_some_and(is_confirmed) || is_same(who, &agent.username) {
                    SamePerson::Yes
                } else {
                    SamePerson::No
                }
            }
            (None, _) | (_, None) => SamePerson::NotKnown,
        };
        match (was_reported, self.reported().cloned()) {
            (true, None) => out.push(CcpOut::Engine(Event::ConnectLost)),
            (false, Some(snapshot)) => out.push(CcpOut::Engine(Event::Agent(snapshot))),
            (true, Some(_)) | (false, None) => {}
        }
    }
}

/// Connect user names are the user principal name with SAML, often only its first part without.
fn is_same(upn: &str, username: &str) -> bool {
    let local = upn.split('@').next().unwrap_or(upn);
    username.eq_ignore_ascii_case(upn) || username.eq_ignore_ascii_case(local)
}

impl Redate for Ccp {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            session,
            plan: _,
            tried: _,
            login,
            same_person: _,
            confirmed: _,
            reopen,
            was_in_contact: _,
            unseen_contact,
            unlisted: _,
        } = self;
        session.redate(by);
        login.redate(by);
        reopen.redate(by);
        unseen_contact.redate(by);
    }
}

#[cfg(test)]
mod tests;
