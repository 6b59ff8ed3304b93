//! Contoso: its people, its agent, its grants and its bad days, behind one cheap handle. What is done to it is
//! in `world/hand.rs`, what is seen of it in `world/overview.rs`. It must not know HTTP.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) mod account;
pub(crate) mod agent;
mod caller;
mod calls;
pub(crate) mod centre;
mod day;
pub(crate) mod directory;
pub(crate) mod faults;
pub(crate) mod floor;
pub(crate) mod grants;
mod hand;
pub(crate) mod instance;
pub(crate) mod keys;
pub(crate) mod listing;
mod names;
mod overview;
pub(crate) mod panel;
pub(crate) mod policy;
pub(crate) mod presence;
pub(crate) mod quota;
pub(crate) mod secrets;
pub(crate) mod status_message;
pub(crate) mod words;

use account::Account;
use agent::{Agent, Listed, Status, Statuses};
pub use caller::{CannotRing, Fallback, Flow};
pub use calls::Done;
use centre::{Centre, Staff};
use directory::Directory;
use faults::{Cause, Endpoint, Faults};
use floor::Floor;
use grants::Grants;
pub use hand::{NoSuchPerson, NobodyToHire};
use instance::InstanceShape;
use keys::Keys;
use listing::Listing;
pub use overview::{
    AgentOverview, Asked, AskedOfConnect, Colleague, DayOverview, Overview, Read, RefusedRequest,
    StatusOverview, TroubleOverview, Write, Written,
};
use panel::Panel;
use policy::Policy;
use presence::{Presence, Sources};
use quota::Quota;
use secrets::{Secret, Secrets};
use status_message::StatusMessages;
use words::Spoken;

/// The tenant's id.
pub(crate) const TENANT: Uuid = Uuid::from_u128(0x3f2a_6b8e_51c4_4d7f_9e10_c0ff_ee5a_11b1);
/// The id of the one registered application, a public client.
pub(crate) const CLIENT: Uuid = Uuid::from_u128(0x8c1d_07b5_2e64_4f3a_b7a9_1d5e_c0de_0001);
/// The id of another tenant.
pub(crate) const FABRIKAM: Uuid = Uuid::from_u128(0x91b7_33d2_4c0e_4e58_8a3d_fab1_ca4e_0001);
/// The agent's user name in Connect.
pub(crate) const USERNAME: &str = "priya.raman";

/// Reads and writes that are remembered, of each kind; the oldest make room.
const MOST_WRITES: usize = 10_000;

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) own: Sources,
    pub(crate) status_message: StatusMessages,
    pub(crate) agent: Agent,
    pub(crate) statuses: Statuses,
    pub(crate) floor: Floor,
    pub(crate) grants: Grants,
    pub(crate) keys: Keys,
    pub(crate) policy: Policy,
    pub(crate) faults: Faults,
    pub(crate) listing: Listing,
    /// How many newcomers were hired.
    pub(crate) hired: usize,
    pub(crate) panel: Panel,
    pub(crate) spoken: Spoken,
    /// Origins whose pages may frame the agent panel, as they are written in the instance's list.
    pub(crate) approved_origins: Vec<String>,
    pub(crate) instance_shape: InstanceShape,
    pub(crate) secrets: Secrets,
    pub(crate) account: Account,
    pub(crate) centre: Centre,
    pub(crate) quota: Quota,
    writes: VecDeque<Write>,
    asked: VecDeque<Asked>,
    refused: VecDeque<RefusedRequest>,
    reads: VecDeque<Read>,
}

impl State {
    pub(crate) fn record(&mut self, what: Written, at: Timestamp) {
        keep(&mut self.writes, Write { at, what });
    }

    pub(crate) fn record_read(&mut self, answered: bool, at: Timestamp) {
        keep(&mut self.reads, Read { at, answered });
    }

    pub(crate) fn record_asked(&mut self, what: AskedOfConnect, at: Timestamp) {
        keep(&mut self.asked, Asked { at, what });
    }

    pub(crate) fn record_refused(
        &mut self,
        method: &str,
        number: Option<String>,
        why: String,
        at: Timestamp,
    ) {
        keep(&mut self.refused, RefusedRequest { at, method: method.to_owned(), number, why });
    }
}

fn keep<T>(kept: &mut VecDeque<T>, new: T) {
    if kept.len() >= MOST_WRITES {
        kept.pop_front();
    }
    kept.push_back(new);
}

/// A handle to Contoso; clones are the same world.
#[derive(Debug, Clone)]
pub struct World(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    directory: Directory,
    staff: Staff,
    state: Mutex<State>,
    agent_revision: watch::Sender<u64>,
    /// How far the world's time is ahead of the real clock.
    ahead: Mutex<SignedDuration>,
}

impl World {
    pub(crate) fn new(people: usize) -> Self {
        let now = Timestamp::now();
        let state = State {
            own: Sources::new(Presence::AVAILABLE, now),
            status_message: StatusMessages::default(),
            agent: Agent::new(now),
            statuses: Statuses::new(now),
            floor: Floor::default(),
            grants: Grants::default(),
            keys: Keys::default(),
            policy: Policy::default(),
            faults: Faults::default(),
            listing: Listing::default(),
            hired: 0,
            panel: Panel::default(),
            spoken: Spoken::default(),
            approved_origins: Vec::new(),
            instance_shape: InstanceShape::default(),
            secrets: Secrets::default(),
            account: Account::default(),
            centre: Centre::new(now),
            quota: Quota::default(),
            writes: VecDeque::new(),
            asked: VecDeque::new(),
            refused: VecDeque::new(),
            reads: VecDeque::new(),
        };
        let directory = Directory::new(people);
        Self(Arc::new(Inner {
            staff: Staff::new(&directory),
            directory,
            state: Mutex::new(state),
            agent_revision: watch::Sender::new(0),
            ahead: Mutex::default(),
        }))
    }

    /// The world's time: the real clock's, and the time that [`Self::let_pass`] added.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = *self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
    }

    /// Lets this much time pass at once. Everything that was issued or set before grows older by it.
    pub fn let_pass(&self, length: Duration) {
        let mut ahead = self.0.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead = ahead.saturating_add(SignedDuration::try_from(length).unwrap_or(SignedDuration::MAX));
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    pub(crate) fn staff(&self) -> &Staff {
        &self.0.staff
    }

    /// Changes with every change of the agent, of the panel and of the words.
    pub(crate) fn watch_agent(&self) -> watch::Receiver<u64> {
        self.0.agent_revision.subscribe()
    }

    /// One step of the world, at its time.
    pub(crate) fn with<R>(&self, step: impl FnOnce(&mut State, Timestamp) -> R) -> R {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.now();
        // What was due in the meantime happens first: an expiry, a fade, a phone that rings.
        state.own.settle(now);
        state.agent.settle(now);
        let result = step(&mut state, now);
        state.own.settle(now);
        // Each of them only grows, so that a change of any changes the sum.
        let revision = state.agent.revision()
            + state.statuses.revision()
            + state.panel.revision()
            + state.spoken.revision();
        self.0.agent_revision.send_if_modified(|known| std::mem::replace(known, revision) != revision);
        result
    }

    /// Every secret that was issued or received so far, so that tests can search for them.
    #[must_use]
    pub fn secrets(&self) -> Vec<Secret> {
        self.with(|state, _| state.secrets.all())
    }

    /// What can be seen of Contoso now.
    #[must_use]
    pub fn overview(&self) -> Overview {
        self.with(|state, now| Overview {
            presence: state.own.aggregate(now),
            teams: state.own.teams(now),
            idle: state.own.is_idle(),
            session: state.own.session(&CLIENT.to_string(), now),
            preferred: state.own.preferred(now),
            meeting: state.own.is_in_meeting(),
            writes: state.writes.iter().cloned().collect(),
            reads: state.reads.iter().copied().collect(),
            agent: AgentOverview {
                logged_in: state.agent.login().is_some(),
                chosen: state.statuses.name(state.agent.chosen().0),
                chosen_since: state.agent.chosen().1,
                next: state.agent.next().map(|next| state.statuses.name(next)),
                contact: state.agent.contacts().first().cloned(),
                contacts: state.agent.contacts().to_vec(),
                error: state.agent.error().map(|(error, _)| error),
                may_dial: state.agent.may_dial(),
                next_dial: state.agent.next_dial(),
            },
            asked: state.asked.iter().cloned().collect(),
            refused: state.refused.iter().cloned().collect(),
            status_message: state.status_message.current(now).cloned(),
            sign_ins: state.grants.sign_ins(),
            token_requests: state.faults.counts().get(&Endpoint::Token).copied().unwrap_or_default(),
            requests: state.faults.counts(),
            refreshes: state.grants.refreshes(),
            granted: state.grants.is_valid(now),
            refusal: state.policy.refusal,
            trouble: TroubleOverview {
                down: state.faults.is_set(Cause::Down),
                throttled_until: state.faults.until(Cause::Throttled, now),
            },
            faults: state.faults.overview(now),
            statuses: statuses(state),
            account: state.account.overview(),
            quota: state.quota.overview(),
            reading: state.centre.reading(),
            listing: state.listing,
            panel: state.panel.trouble(),
            words: state.spoken.words().clone(),
            day: state.floor.day().map(|day| DayOverview { clock: day.clock(now), pace: day.pace().get() }),
        })
    }

    /// The colleagues whose name, address or department contains the text, in the directory's order, at most
    /// `limit`. Only people with Teams.
    #[must_use]
    pub fn colleagues(&self, text: &str, limit: usize) -> Vec<Colleague> {
        let text = text.trim().to_lowercase();
        let fits = |words: &str| words.to_lowercase().contains(&text);
        let hired = self.with(|state, _| state.hired);
        let people = self.directory().employed(hired).skip(1).filter(|person| person.has_teams());
        let found = people
            .filter(|person| fits(&person.display_name()) || fits(&person.upn) || fits(person.department));
        self.with(|state, now| {
            found
                .take(limit)
                .map(|person| Colleague {
                    id: person.id,
                    name: person.display_name(),
                    department: person.department,
                    numbers: person.business_phone.iter().chain(&person.mobile_phone).cloned().collect(),
                    presence: state.floor.seen(person, now).presence,
                    moved: state.floor.is_moved(person.id),
                })
                .collect()
        })
    }
}

fn statuses(state: &State) -> Vec<StatusOverview> {
    let all = state.statuses.all().iter();
    let overview = |listed: &Listed| {
        let Status { name, kind, .. } = listed.status;
        StatusOverview { name, kind, enabled: listed.enabled }
    };
    all.map(overview).collect()
}
