//! Graph and Connect as far as the record shows them: what the person and Teams itself did, with our own writes on top.
//!
//! The record does not contain what our own presence hid; the last state seen before takes its place.

use jiff::Timestamp;

use crate::{
    connect::{AgentSnapshot, AgentStatus, Seen, StatusArn},
    engine::{SetStatus, Write},
    provenance::Provenance,
    simulated::SimulatedTeams,
    source::{is_choice, shows, weight},
    teams::{Availability, SessionPresence, TeamsState},
};

const AVAILABLE: TeamsState = TeamsState::plain(Availability::Available);

/// An order to Connect.
#[derive(Debug)]
pub(super) enum Asked {
    Set(SetStatus),
    ClearNext(Seen),
}

#[derive(Debug)]
pub(super) struct Outside {
    /// Its client is what Teams shows with nothing of ours in the way, including a person's choice.
    teams: SimulatedTeams,
    /// The state under a person's choice.
    beneath: TeamsState,
    teams_is_known: bool,
    shown: Option<TeamsState>,
    /// Grows with every change of what shows.
    stamp: u64,
    /// The agent and the contacts in Connect.
    agent: Option<AgentSnapshot>,
    connect_is_live: bool,
    chosen_was_ours: bool,
    statuses: Vec<AgentStatus>,
    /// The status that the replayed engine chose.
    chosen: Option<AgentStatus>,
    /// The next status that it queued.
    next: Option<AgentStatus>,
}

impl Default for Outside {
    fn default() -> Self {
        Self {
            teams: SimulatedTeams::new(AVAILABLE),
            beneath: AVAILABLE,
            teams_is_known: false,
            shown: None,
            stamp: 0,
            agent: None,
            connect_is_live: false,
            chosen_was_ours: false,
            statuses: Vec::new(),
            chosen: None,
            next: None,
        }
    }
}

impl Outside {
    /// Takes what was set when the record began, or when this person logged in.
    pub(super) fn restore(&mut self, provenance: &Provenance) {
        self.teams.restore(provenance);
    }

    /// Forgets what is known of both sides, as for a new process.
    pub(super) fn restart(&mut self) {
        self.teams_is_known = false;
        self.connect_is_live = false;
    }

    // Teams.

    pub(super) fn teams_found(&mut self) {
        self.teams_is_known = true;
    }

    /// Makes Teams show this, which is not ours. There is one preferred slot: what a person chose, or cleared, takes
    /// the place of what we wrote.
    pub(super) fn teams(&mut self, shown: &TeamsState, ends_ours: bool) {
        if ends_ours || (is_choice(shown) && self.teams.client() != shown) {
            self.teams.reset();
        }
        if !is_choice(shown) {
            self.beneath = shown.clone();
        }
        if self.teams.client() == shown {
            // Left and entered again, or only Graph's stamp has moved.
            self.stamp += 1;
        }
        self.teams.set_client(shown.clone());
    }

    /// Notes that Teams showed what was written in the record. If that was a session, nothing above it is left.
    pub(super) fn teams_shows_ours(&mut self, shown: &TeamsState) {
        let own = self.teams.client();
        if is_session(shown) && !shows(own, shown) && (is_choice(own) || weight(own) >= weight(shown)) {
            self.beneath = AVAILABLE;
            self.teams.set_client(AVAILABLE);
        }
    }

    pub(super) fn teams_lost(&mut self) {
        self.teams_is_known = false;
    }

    /// What a read at that time gives, with its stamp; nothing while reads fail.
    pub(super) fn read(&mut self, at: Timestamp) -> Option<(TeamsState, u64)> {
        if !self.teams_is_known {
            return None;
        }
        let shown = self.shows(at);
        if self.shown.as_ref() != Some(&shown) {
            self.stamp += 1;
            self.shown = Some(shown.clone());
        }
        Some((shown, self.stamp))
    }

    fn shows(&self, at: Timestamp) -> TeamsState {
        let own = self.teams.client();
        // A person's choice is a preferred presence, which no session covers.
        if is_choice(own) && self.teams.preferred(at).is_none() {
            return own.clone();
        }
        self.teams.shows(at)
    }

    pub(super) fn write(&mut self, write: Write, now: Timestamp) {
        self.teams.write(write, now);
        match write {
            Write::SetPreferred { .. } | Write::ClearPreferred => self.end_choice(),
            Write::SetSession { .. } | Write::ClearSession => {}
        }
    }

    /// Ends a person's choice: there is one preferred slot, and we write or clear it.
    fn end_choice(&mut self) {
        if is_choice(self.teams.client()) {
            self.teams.set_client(self.beneath.clone());
        }
    }

    // Connect.

    pub(super) fn statuses(&mut self, statuses: Vec<AgentStatus>) {
        self.statuses = statuses;
    }

    pub(super) fn agent(&mut self, reported: AgentSnapshot, chosen_is_ours: bool, next_is_ours: bool) {
        let before = self.agent.take().map(|agent| agent.chosen);
        let mut agent = reported;
        if next_is_ours {
            agent.next = None;
        }
        if chosen_is_ours {
            // If the replayed engine chooses nothing, the agent's earlier choice remains.
            agent.chosen = before.unwrap_or(agent.chosen);
        } else if self.chosen_was_ours || before.is_some_and(|before| before.arn != agent.chosen.arn) {
            self.chosen = None;
        }
        self.chosen_was_ours = chosen_is_ours;
        if agent.next.is_some() {
            self.next = None;
        }
        if agent.contacts.is_empty()
            && let Some(next) = self.next.take()
        {
            self.chosen = Some(next);
        }
        self.agent = Some(agent);
        self.connect_is_live = true;
    }

    pub(super) fn connect_lost(&mut self) {
        self.connect_is_live = false;
    }

    /// What Connect reports of the agent; nothing while the session is lost.
    pub(super) fn snapshot(&self) -> Option<AgentSnapshot> {
        let agent = self.agent.as_ref().filter(|_| self.connect_is_live)?;
        let mut reported = agent.clone();
        if let Some(chosen) = &self.chosen {
            reported.chosen = chosen.clone();
        }
        if let Some(next) = &self.next {
            reported.next = Some(next.clone());
        }
        Some(reported)
    }

    /// Carries out an order. False if it is stale.
    pub(super) fn order(&mut self, asked: &Asked) -> bool {
        let Some(snapshot) = self.snapshot() else { return false };
        let seen = match asked {
            Asked::Set(order) => &order.seen,
            Asked::ClearNext(seen) => seen,
        };
        if snapshot.seen() != *seen {
            return false;
        }
        match asked {
            Asked::Set(SetStatus { status, next: true, .. }) => self.next = self.status(status),
            Asked::Set(SetStatus { status, next: false, .. }) => self.chosen = self.status(status),
            Asked::ClearNext(_) => self.next = None,
        }
        true
    }

    fn status(&self, arn: &StatusArn) -> Option<AgentStatus> {
        self.statuses.iter().find(|status| status.arn == *arn).cloned()
    }
}

/// True if `state` may have been there while Teams showed `ours`.
pub(super) fn may_hide(ours: &TeamsState, state: &TeamsState) -> bool {
    !is_choice(state) && (!is_session(ours) || weight(ours) >= weight(state))
}

fn is_session(shown: &TeamsState) -> bool {
    [SessionPresence::Available, SessionPresence::InCall].iter().any(|session| shows(shown, &session.shows()))
}
