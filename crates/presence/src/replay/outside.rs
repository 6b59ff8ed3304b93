//! Graph and Connect as the record lets one suppose them: what the person and Teams made, with our own writes on top.
//!
//! What was hidden under our own presence is not in the record; the last that was seen before is taken for it.

use jiff::Timestamp;

use crate::{
    connect::{AgentSnapshot, AgentStatus, Seen, StatusArn},
    engine::{SetStatus, Write},
    provenance::Provenance,
    source::{is_absent, is_choice, shows, weight},
    teams::{Availability, PreferredPresence, SessionPresence, TeamsState},
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
    /// What Teams shows with nothing of ours in the way.
    own: TeamsState,
    /// What lies under a person's choice.
    beneath: TeamsState,
    session: Option<(SessionPresence, Timestamp)>,
    preferred: Option<(PreferredPresence, Timestamp)>,
    teams_is_known: bool,
    shown: Option<TeamsState>,
    /// Grows with every change of what shows.
    stamp: u64,
    /// What the agent and the contacts make of Connect.
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
            own: AVAILABLE,
            beneath: AVAILABLE,
            session: None,
            preferred: None,
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
    /// What was set when the record began, or when this person logged in.
    pub(super) fn is_set(&mut self, provenance: &Provenance) {
        self.session = provenance.session.as_ref().map(|own| (own.value, own.expires));
        self.preferred = provenance.preferred.as_ref().map(|own| (own.value, own.expires));
    }

    /// A new process knows nothing yet.
    pub(super) fn restart(&mut self) {
        self.teams_is_known = false;
        self.connect_is_live = false;
    }

    // Teams.

    pub(super) fn teams_found(&mut self) {
        self.teams_is_known = true;
    }

    /// Teams shows this, and it is not ours. There is one preferred slot: what a person chose, or cleared, takes the
    /// place of what we wrote.
    pub(super) fn teams(&mut self, shown: &TeamsState, ends_ours: bool) {
        if ends_ours || (is_choice(shown) && self.own != *shown) {
            self.preferred = None;
        }
        if !is_choice(shown) {
            self.beneath = shown.clone();
        }
        if self.own == *shown {
            // Left and entered again, or only Graph's stamp has moved.
            self.stamp += 1;
        }
        self.own = shown.clone();
    }

    /// Teams shows what was written at the time. If that was a session, nothing above it is left.
    pub(super) fn teams_shows_ours(&mut self, shown: &TeamsState) {
        if is_session(shown)
            && !shows(&self.own, shown)
            && (is_choice(&self.own) || weight(&self.own) >= weight(shown))
        {
            self.beneath = AVAILABLE;
            self.own = AVAILABLE;
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

    /// Preferred before sessions, the busier session before the other (Graph: presence, "aggregation").
    fn shows(&self, at: Timestamp) -> TeamsState {
        let session = self.session.filter(|(_, until)| *until > at).map(|(value, _)| value.shows());
        let preferred = self.preferred.filter(|(_, until)| *until > at);
        if let Some((value, _)) = preferred {
            let is_there = session.is_some() || !is_absent(&self.own);
            return if is_there { value.shows() } else { TeamsState::plain(Availability::Offline) };
        }
        match session {
            Some(ours) if !is_choice(&self.own) && weight(&ours) > weight(&self.own) => ours,
            Some(_) | None => self.own.clone(),
        }
    }

    pub(super) fn write(&mut self, write: Write, now: Timestamp) {
        let until = |expiry| now.checked_add(expiry).unwrap_or(Timestamp::MAX);
        match write {
            Write::SetSession { value, expiry } => self.session = Some((value, until(expiry))),
            Write::ClearSession => self.session = None,
            Write::SetPreferred { value, expiry } => {
                self.preferred = Some((value, until(expiry)));
                self.end_choice();
            }
            Write::ClearPreferred => {
                self.preferred = None;
                self.end_choice();
            }
        }
    }

    /// There is one preferred slot: what a person chose is gone when we write or clear it.
    fn end_choice(&mut self) {
        if is_choice(&self.own) {
            self.own = self.beneath.clone();
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
            // What the agent chose before we did still holds, if the replayed engine chooses nothing.
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
