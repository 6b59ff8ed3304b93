//! Contoso: its people, its agent, its grants and its bad days, behind one cheap handle. Every operation of
//! the control API is a method here. It must not know HTTP.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use serde::Serialize;
use tokio::sync::watch;
use uuid::Uuid;

pub(crate) mod agent;
pub(crate) mod directory;
pub(crate) mod grants;
mod names;
pub(crate) mod presence;

use agent::{Agent, Channel, Contact, Refused, Status};
use directory::Directory;
use grants::Grants;
use presence::{Availability, NoSuchChoice, PreferredPresence, Presence, Sources, Standing};

/// The tenant's id.
pub(crate) const TENANT: Uuid = Uuid::from_u128(0x3f2a_6b8e_51c4_4d7f_9e10_c0ff_ee5a_11b1);
/// The id of the one registered application, a public client.
pub(crate) const CLIENT: Uuid = Uuid::from_u128(0x8c1d_07b5_2e64_4f3a_b7a9_1d5e_c0de_0001);
/// The agent's user name in Connect.
pub(crate) const USERNAME: &str = "priya.raman";

/// Writes that are remembered; the oldest make room.
const MOST_WRITES: usize = 10_000;

/// A presence write that Graph accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Write {
    /// When.
    pub at: Timestamp,
    /// What.
    #[serde(flatten)]
    pub what: Written,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Written {
    /// `setPresence`.
    SetPresence {
        /// The session's presence.
        #[serde(flatten)]
        presence: Presence,
        /// How long it stands, in seconds.
        expires_in: u64,
    },
    /// `clearPresence`.
    ClearPresence,
    /// `setUserPreferredPresence`.
    SetUserPreferredPresence {
        /// The preferred presence.
        #[serde(flatten)]
        presence: Presence,
        /// How long it stands, in seconds.
        expires_in: u64,
    },
    /// `clearUserPreferredPresence`.
    ClearUserPreferredPresence,
}

/// What keeps Graph from answering.
#[derive(Debug, Default)]
pub(crate) struct Trouble {
    pub(crate) down: bool,
    /// Until when Graph throttles, and the seconds it says to wait.
    pub(crate) throttled: Option<(Timestamp, u32)>,
}

/// Everything that changes.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) own: Sources,
    pub(crate) agent: Agent,
    pub(crate) grants: Grants,
    pub(crate) trouble: Trouble,
    writes: VecDeque<Write>,
}

impl State {
    pub(crate) fn record(&mut self, what: Written, at: Timestamp) {
        if self.writes.len() >= MOST_WRITES {
            self.writes.pop_front();
        }
        self.writes.push_back(Write { at, what });
    }
}

/// A moment of Contoso, as the control API and tests see it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Overview {
    /// What colleagues see of the agent.
    pub presence: Presence,
    /// What the agent's Teams client says; None when it does not run.
    pub teams: Option<Presence>,
    /// The application's session.
    pub session: Option<Standing>,
    /// The preferred presence, whoever set it.
    pub preferred: Option<Standing>,
    /// True during a meeting of the calendar.
    pub meeting: bool,
    /// Every presence write that Graph accepted, oldest first.
    pub writes: Vec<Write>,
    /// The agent in Connect.
    pub agent: AgentOverview,
    /// How often somebody signed in.
    pub sign_ins: u64,
    /// How often a refresh token was used.
    pub refreshes: u64,
}

/// A moment of the agent in Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentOverview {
    /// True while the agent is logged in.
    pub logged_in: bool,
    /// The chosen status' name.
    pub chosen: &'static str,
    /// The next status' name.
    pub next: Option<&'static str>,
    /// The contact.
    pub contact: Option<Contact>,
}

/// A handle to Contoso; clones are the same world.
#[derive(Debug, Clone)]
pub struct World(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    directory: Directory,
    state: Mutex<State>,
    agent_revision: watch::Sender<u64>,
}

impl World {
    pub(crate) fn new(people: usize) -> Self {
        let now = Timestamp::now();
        let state = State {
            own: Sources::new(Presence::AVAILABLE, now),
            agent: Agent::new(now),
            grants: Grants::default(),
            trouble: Trouble::default(),
            writes: VecDeque::new(),
        };
        let directory = Directory::new(people);
        Self(Arc::new(Inner { directory, state: Mutex::new(state), agent_revision: watch::Sender::new(0) }))
    }

    pub(crate) fn directory(&self) -> &Directory {
        &self.0.directory
    }

    /// Tells of every change of the agent.
    pub(crate) fn watch_agent(&self) -> watch::Receiver<u64> {
        self.0.agent_revision.subscribe()
    }

    /// One step of the world, at the time of the real clock.
    pub(crate) fn with<R>(&self, step: impl FnOnce(&mut State, Timestamp) -> R) -> R {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Timestamp::now();
        // What passed unseen, an expiry or a fade, is a version of its own.
        state.own.settle(now);
        let result = step(&mut state, now);
        state.own.settle(now);
        let revision = state.agent.revision();
        self.0.agent_revision.send_if_modified(|known| std::mem::replace(known, revision) != revision);
        result
    }

    /// How everything stands.
    #[must_use]
    pub fn overview(&self) -> Overview {
        self.with(|state, now| Overview {
            presence: state.own.aggregate(now),
            teams: state.own.teams(),
            session: state.own.session(&CLIENT.to_string(), now),
            preferred: state.own.preferred(now),
            meeting: state.own.meeting(),
            writes: state.writes.iter().copied().collect(),
            agent: AgentOverview {
                logged_in: state.agent.login().is_some(),
                chosen: state.agent.chosen().0.name,
                next: state.agent.next().map(|next| next.name),
                contact: state.agent.contact().cloned(),
            },
            sign_ins: state.grants.sign_ins(),
            refreshes: state.grants.refreshes(),
        })
    }

    /// The agent picks a status in ConnectPath, by name; on a live contact it becomes the next one.
    ///
    /// # Errors
    /// There is no such status.
    pub fn choose_status(&self, name: &str) -> Result<(), Refused> {
        let status = Status::by_name(name)?;
        self.with(|state, now| state.agent.choose(status, now));
        Ok(())
    }

    /// The agent logs in to Connect, or the session ends.
    pub fn set_logged_in(&self, logged_in: bool) {
        self.with(|state, _| match (logged_in, state.agent.login()) {
            (true, None) => {
                state.agent.log_in();
            }
            (false, Some(_)) => state.agent.log_out(),
            (true, Some(_)) | (false, None) => {}
        });
    }

    /// A customer reaches the agent.
    ///
    /// # Errors
    /// Nobody is logged in, there is a contact already, or the chosen status takes none.
    pub fn ring(&self, channel: Channel, number: &str) -> Result<(), Refused> {
        self.with(|state, now| state.agent.ring(channel, number.to_owned(), now))
    }

    /// The agent takes the ringing contact.
    ///
    /// # Errors
    /// Nothing is ringing.
    pub fn connect_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.connect(now))
    }

    /// The agent puts the customer on hold.
    ///
    /// # Errors
    /// No voice contact is connected.
    pub fn hold_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.hold(now))
    }

    /// The agent takes the customer back.
    ///
    /// # Errors
    /// No contact is on hold.
    pub fn resume_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.resume(now))
    }

    /// The contact ends; the agent goes to after-contact work.
    ///
    /// # Errors
    /// No contact is connected.
    pub fn end_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.end(now))
    }

    /// The agent finishes after-contact work, or puts a missed contact aside.
    ///
    /// # Errors
    /// No contact is over.
    pub fn clear_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.clear(now))
    }

    /// The agent does not take the ringing contact.
    ///
    /// # Errors
    /// Nothing is ringing.
    pub fn miss_contact(&self) -> Result<(), Refused> {
        self.with(|state, now| state.agent.miss(now))
    }

    /// What the agent's Teams client finds by itself; Offline when it does not run.
    pub fn set_teams(&self, presence: Presence) {
        let running = presence.availability != Availability::Offline;
        self.with(|state, _| state.own.set_teams(running.then_some(presence)));
    }

    /// The agent picks a presence by hand in Teams, or resets it.
    ///
    /// # Errors
    /// Teams offers no such choice.
    pub fn choose_presence(&self, presence: Option<Presence>) -> Result<(), NoSuchChoice> {
        let chosen =
            presence.map(|presence| PreferredPresence::new(presence).ok_or(NoSuchChoice)).transpose()?;
        self.with(|state, now| match chosen {
            Some(chosen) => state.own.prefer(chosen, chosen.usual_expiry(), now),
            None => state.own.clear_preferred(),
        });
        Ok(())
    }

    /// A meeting of the calendar begins or ends.
    pub fn set_meeting(&self, on: bool) {
        self.with(|state, _| state.own.set_meeting(on));
    }

    /// Graph throttles for a while, each time asking to wait `retry_after` seconds. Zero ends it.
    pub fn throttle(&self, lasts: Duration, retry_after: u32) {
        self.with(|state, now| {
            let until = now.saturating_add(lasts).unwrap_or(Timestamp::MAX);
            state.trouble.throttled = Some((until, retry_after));
        });
    }

    /// Graph answers 503 to everything, or works again.
    pub fn set_graph_down(&self, down: bool) {
        self.with(|state, _| state.trouble.down = down);
    }

    /// Ends every grant at once, as a changed password does: access tokens too.
    pub fn revoke(&self) {
        self.with(|state, _| state.grants.revoke());
    }

    /// Ends every access token; the next refresh yields a new one.
    pub fn expire_access_tokens(&self) {
        self.with(|state, _| state.grants.expire_access());
    }
}
