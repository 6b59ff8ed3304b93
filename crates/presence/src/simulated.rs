//! A simulated Teams for one person: our session, the preferred presence, which of them shows, and when they expire.
//!
//! Replay, the loop proof and the tests of the engine use it. The sandbox has a version of its own, so that a mistake
//! here does not confirm itself there. Reads no clock.
//!
//! Sources: Graph, presence resource ("aggregation"), `presence-setpresence`, `presence-setuserpreferredpresence`.

use jiff::Timestamp;

use crate::{
    engine::Write,
    moment::later,
    provenance::Provenance,
    source::{is_absent, weight},
    teams::{Availability, PreferredPresence, SessionPresence, TeamsState},
};

/// What Graph has of one person's presence.
#[derive(Debug, Clone)]
pub struct SimulatedTeams {
    client: TeamsState,
    session: Option<(SessionPresence, Timestamp)>,
    preferred: Option<(TeamsState, Timestamp)>,
}

impl SimulatedTeams {
    /// Nothing is written yet; `client` is what Teams itself shows.
    #[must_use]
    pub fn new(client: TeamsState) -> Self {
        Self { client, session: None, preferred: None }
    }

    /// Takes what is ours from provenance, with its expiry.
    pub fn restore(&mut self, provenance: &Provenance) {
        self.session = provenance.session.as_ref().map(|own| (own.value, own.expires));
        self.preferred = provenance.preferred.as_ref().map(|own| (own.value.shows(), own.expires));
    }

    /// What the Teams client and the calendar show by themselves.
    #[must_use]
    pub fn client(&self) -> &TeamsState {
        &self.client
    }

    /// Changes what the Teams client and the calendar show by themselves.
    pub fn set_client(&mut self, client: TeamsState) {
        self.client = client;
    }

    /// Our session, until it expires.
    #[must_use]
    pub fn session(&self, now: Timestamp) -> Option<SessionPresence> {
        self.session.filter(|(_, until)| *until > now).map(|(value, _)| value)
    }

    /// The preferred presence, ours or the person's, until it expires.
    #[must_use]
    pub fn preferred(&self, now: Timestamp) -> Option<&TeamsState> {
        self.preferred.as_ref().filter(|(_, until)| *until > now).map(|(value, _)| value)
    }

    /// Carries out a write of ours.
    pub fn write(&mut self, write: Write, now: Timestamp) {
        match write {
            Write::SetSession { value, expiry } => self.session = Some((value, later(now, expiry))),
            Write::ClearSession => self.session = None,
            Write::SetPreferred { value, expiry } => self.prefer(value.shows(), later(now, expiry)),
            Write::ClearPreferred => self.reset(),
        }
    }

    /// Fills the one preferred slot, which the person and we share.
    pub fn prefer(&mut self, value: TeamsState, until: Timestamp) {
        self.preferred = Some((value, until));
    }

    /// Empties the preferred slot.
    pub fn reset(&mut self) {
        self.preferred = None;
    }

    /// What everybody sees.
    #[must_use]
    pub fn shows(&self, now: Timestamp) -> TeamsState {
        aggregate(self.session(now), self.preferred(now), &self.client)
    }
}

/// What everybody sees of these parts: the preferred presence, if it is set and there is a session at all; else the
/// busier session.
#[must_use]
pub fn aggregate(
    session: Option<SessionPresence>,
    preferred: Option<&TeamsState>,
    client: &TeamsState,
) -> TeamsState {
    let session = session.map(SessionPresence::shows);
    match preferred {
        Some(_) if session.is_none() && is_absent(client) => TeamsState::plain(Availability::Offline),
        Some(preferred) => preferred.clone(),
        None => session.filter(|ours| weight(ours) > weight(client)).unwrap_or_else(|| client.clone()),
    }
}

/// As [`aggregate`], with a preferred presence that we wrote.
#[must_use]
pub fn aggregate_ours(
    session: Option<SessionPresence>,
    preferred: Option<PreferredPresence>,
    client: &TeamsState,
) -> TeamsState {
    aggregate(session, preferred.map(PreferredPresence::shows).as_ref(), client)
}
