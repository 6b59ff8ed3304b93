//! The agent's Connect session: the CCP window, what it says, and whether it is the same person.

use connect::{Change, Phase, Session};
use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{AgentSnapshot, Channel, Contact, Hosting},
    engine::Event,
    mapping::{ConnectToTeams, with_proposals},
    redate::Redate,
};
use settings::Configured;

use super::{Controller, connect_login::ConnectLogin};
use crate::{
    clock::later,
    host::{CcpPage, CcpPlan, Host},
};

/// Whether the person signed in to Teams is the Connect agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SamePerson {
    /// One of the two is not known yet.
    NotKnown,
    /// By name, or confirmed.
    Yes,
    /// Named differently, not confirmed: nothing is written.
    No,
}

pub(super) struct Centre {
    pub(super) session: Session,
    pub(super) same_person: SamePerson,
    pub(super) last_seen: Option<Timestamp>,
    /// The table in force: the settings', with what is proposed for this instance.
    pub(super) table: ConnectToTeams,
    pub(super) login: ConnectLogin,
    plan: Option<CcpPlan>,
    confirmed: Option<(String, String)>,
    reopen: Option<Timestamp>,
    /// Whether a contact was live in the last state told.
    was_in_contact: bool,
}

impl Centre {
    pub(super) fn new(
        setup: Option<&Configured>,
        table: ConnectToTeams,
        confirmed: Option<(String, String)>,
        now: Timestamp,
    ) -> Self {
        Self {
            session: Session::new(setup.map_or(Hosting::USUAL, |set| set.connect_mode), now),
            same_person: SamePerson::NotKnown,
            last_seen: None,
            table,
            login: ConnectLogin::new(setup.is_some_and(|set| set.connect_start.is_some())),
            plan: setup.and_then(plan),
            confirmed,
            reopen: None,
            was_in_contact: false,
        }
    }

    /// The agent's state, while it is known.
    pub(super) fn live(&self) -> Option<&AgentSnapshot> {
        match self.session.phase() {
            Phase::Live => self.session.snapshot(),
            Phase::Starting | Phase::LoginNeeded | Phase::NoAnswer | Phase::NotApproved | Phase::Lost => None,
        }
    }

    /// True while the agent is with a contact.
    pub(super) fn in_contact(&self) -> bool {
        self.live().is_some_and(|agent| agent.contacts.iter().any(|contact| contact.activity.is_live()))
    }

    /// True while one of the live contacts is a call.
    pub(super) fn has_live_voice(&self) -> bool {
        let voice = |contact: &Contact| contact.channel == Channel::Voice && contact.activity.is_live();
        self.live().is_some_and(|agent| agent.contacts.iter().any(voice))
    }

    /// Where the CCP is and who frames it, once the app is set up.
    pub(super) fn plan(&self) -> Option<CcpPlan> {
        self.plan.clone()
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        [self.session.deadline(), self.reopen].into_iter().flatten().min()
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn open_ccp(&mut self) {
        if let Some(plan) = self.centre.plan() {
            self.centre.reopen = None;
            self.centre.session.window_opened(self.clock.now());
            self.host.open_ccp(plan);
        }
    }

    pub(super) fn ccp_said(&mut self, raw: &str) {
        match self.centre.session.take(raw, self.clock.now()) {
            Ok(changes) => self.session_changed(changes),
            Err(error) => tracing::warn!(%error, "a message of the CCP window was refused"),
        }
    }

    pub(super) fn ccp_died(&mut self) {
        tracing::warn!("the CCP window died");
        let changes = self.centre.session.window_died(self.clock.now());
        self.session_changed(changes);
    }

    pub(super) fn ccp_due(&mut self, now: Timestamp) {
        if self.centre.session.deadline().is_some_and(|at| at <= now) {
            let changes = self.centre.session.due(now);
            self.session_changed(changes);
        }
        if self.centre.reopen.is_some_and(|at| at <= now) {
            self.open_ccp();
        }
        self.connect_login_due(now);
    }

    fn session_changed(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::AgentKnown => {
                    self.check_person();
                    self.use_table();
                    if let Some(statuses) = self.centre.session.agent().map(|agent| agent.statuses.clone()) {
                        self.keep_statuses(&statuses);
                        self.tell(Event::Statuses(statuses));
                    }
                }
                Change::Snapshot(snapshot) => {
                    self.centre.last_seen = Some(self.clock.now());
                    self.centre.was_in_contact = self.centre.in_contact();
                    self.connect_is_live();
                    self.prompt_after_contact();
                    // Before the app is set up the wizard looks at the statuses, and nothing more.
                    if self.setup.is_ok() && self.centre.same_person != SamePerson::No {
                        self.tell(Event::Agent(snapshot));
                    }
                }
                Change::Calls => self.calls_changed(),
                Change::Replied { id, failure } => self.replied(id, failure),
                Change::Lost | Change::NoAnswer | Change::NotApproved => self.connect_lost(),
                Change::LoginNeeded => {
                    self.connect_lost();
                    self.connect_login_needed(self.centre.was_in_contact);
                }
                Change::ReopenWindow { after } => self.centre.reopen = Some(later(self.clock.now(), after)),
            }
        }
    }

    fn connect_lost(&mut self) {
        self.orders_lost();
        self.calls_lost();
        self.tell(Event::ConnectLost);
    }

    /// Names both and compares: nothing is written for somebody else.
    pub(super) fn check_person(&mut self) {
        let pair = self.login.who().zip(self.centre.session.agent());
        let now = match pair {
            None => SamePerson::NotKnown,
            Some((who, agent)) => {
                let confirmed = self.centre.confirmed.as_ref();
                let known = confirmed.is_some_and(|(upn, name)| *upn == who.upn && *name == agent.username);
                if known || is_same(&who.upn, &agent.username) { SamePerson::Yes } else { SamePerson::No }
            }
        };
        let before = std::mem::replace(&mut self.centre.same_person, now);
        if before == now {
            return;
        }
        if now == SamePerson::No {
            self.tell(Event::ConnectLost);
        } else if before == SamePerson::No
            && let Some(snapshot) = self.centre.live().cloned()
        {
            self.tell(Event::Agent(snapshot));
        }
    }

    pub(super) fn confirm_person(&mut self) {
        let Some((who, agent)) = self.login.who().zip(self.centre.session.agent()) else { return };
        let pair = (who.upn.clone(), agent.username.clone());
        if let Err(error) = self.files.save_confirmed(&pair) {
            tracing::warn!(%error, "the confirmation lasts until quit only");
        }
        self.centre.confirmed = Some(pair);
        self.check_person();
    }

    /// Takes the table of the settings. Once the statuses are known, breaks and lunches become Be right back where
    /// the settings say nothing of them.
    pub(super) fn use_table(&mut self) {
        let statuses = self.centre.session.agent().map(|agent| agent.statuses.as_slice());
        let table = with_proposals(&self.settings.connect_to_teams, statuses.unwrap_or_default());
        self.centre.table = table.clone();
        self.tell(Event::Table(table));
    }
}

/// Connect user names are the user principal name with SAML, often only its first part without.
fn is_same(upn: &str, username: &str) -> bool {
    let local = upn.split('@').next().unwrap_or(upn);
    username.eq_ignore_ascii_case(upn) || username.eq_ignore_ascii_case(local)
}

/// The CCP of the configured instance. Where no origin is approved, a page of the instance itself that is light
/// (an unknown path answers with a short error page) carries the host script.
pub(super) fn plan(set: &Configured) -> Option<CcpPlan> {
    let origin = set.ccp.join("/").ok()?;
    // Instances of the old kind stand in a folder of their host (Amazon Connect Streams, "ccpUrl").
    let is_old = origin.host_str().is_some_and(|host| host.ends_with(".awsapps.com"));
    let ccp = origin.join(if is_old { "/connect/ccp-v2/" } else { "/ccp-v2/" }).ok()?;
    let page = match set.connect_mode {
        Hosting::SameOrigin => CcpPage::OfInstance(origin.join("/connect/blank").ok()?),
        Hosting::ApprovedOrigin => CcpPage::Ours,
    };
    let login = set.connect_start.clone().unwrap_or_else(|| ccp.clone());
    Some(CcpPlan { origin, page, ccp, login })
}

impl Redate for Centre {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            session,
            same_person: _,
            last_seen,
            table: _,
            login,
            plan: _,
            confirmed: _,
            reopen,
            was_in_contact: _,
        } = self;
        session.redate(by);
        last_seen.redate(by);
        login.redate(by);
        reopen.redate(by);
    }
}
