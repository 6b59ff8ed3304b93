//! The sync engine: decides what of ours should stand in Teams, and when.
//!
//! Deterministic. Never calls out, never reads a clock, never panics on input.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    connect::AgentSnapshot,
    mapping::ConnectToTeams,
    provenance::Provenance,
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
    timeline::Row,
};

/// How long the engine waits for what; real lengths by default, shorter ones only for demonstrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// A read older than this is too old to decide on (SPEC 3.9: 5 s).
    pub fresh: Duration,
    /// How long after a write it is read back.
    pub read_back: Duration,
    /// Renewal of our session (4 min) and its expiry (10 min).
    pub session_renewal: Duration,
    /// Expiry asked for at each session write.
    pub session_expiry: Duration,
    /// Renewal of our preferred presence (45 min).
    pub preferred_renewal: Duration,
    /// Expiry asked for at each preferred write (1 h).
    pub preferred_expiry: Duration,
    /// Forced sync (1 h).
    pub forced: Duration,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Connect told the agent's state.
    Agent(AgentSnapshot),
    /// The Connect session is not live: the agent's state is unknown.
    ConnectLost,
    /// Own presence was read.
    Teams(Reading),
    /// A read failed, or the sign-in ended: the own presence is unknown.
    TeamsLost,
    /// The write that the last [`Effect::Write`] asked for arrived (Graph answered 2xx).
    Wrote,
    /// That write did not arrive, or was refused.
    WriteFailed {
        /// Not before this moment may the next write leave (Retry-After, back-off).
        retry_at: Timestamp,
    },
    /// The deadline has come.
    Deadline,
    /// The tables changed.
    Table(ConnectToTeams),
    /// *Sync now*, resume, network return, login: read both sides, repair what was lost.
    Sync,
    /// The person quits: take back what is ours, then write nothing more.
    Quit,
}

/// One write to Graph. At most one is under way at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// `setPresence` with our session.
    SetSession {
        /// What to show.
        value: SessionPresence,
        /// `expirationDuration`.
        expiry: Duration,
    },
    /// `clearPresence` of our session.
    ClearSession,
    /// `setUserPreferredPresence`.
    SetPreferred {
        /// What to show.
        value: PreferredPresence,
        /// `expirationDuration`.
        expiry: Duration,
    },
    /// `clearUserPreferredPresence`.
    ClearPreferred,
}

/// What the outside must do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this on disk before the next effect is carried out.
    Save(Provenance),
    /// Write to Graph; answer with [`Event::Wrote`] or [`Event::WriteFailed`].
    Write(Write),
    /// Read own presence now; answer with [`Event::Teams`] or [`Event::TeamsLost`].
    Read,
    /// A row for the timeline.
    Record(Row),
}

/// How the two sides stand to each other, for the reason line of the drawer and for the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Connect → Teams is off.
    Off,
    /// One side is unknown since then.
    NotInStep {
        /// Since when.
        since: Timestamp,
    },
    /// A change waits for its hold.
    Following {
        /// When it counts.
        at: Timestamp,
    },
    /// A write is under way or waits for its retry.
    Writing,
    /// The present row says No change.
    NoChange,
    /// Ours stands, but something in Teams hides it.
    Masked,
    /// The person's own choice in Teams stands; ours is not written over it.
    HeldByYou,
    /// Teams shows what Connect asks for.
    InStep {
        /// Since when.
        since: Timestamp,
    },
}

/// The engine of one agent.
#[derive(Debug, Clone)]
pub struct Engine {
    table: ConnectToTeams,
    pace: Pace,
    provenance: Provenance,
}

impl Engine {
    /// An engine that remembers `provenance` and knows nothing else yet.
    #[must_use]
    pub fn new(table: ConnectToTeams, pace: Pace, provenance: Provenance, now: Timestamp) -> Self {
        let _ = now;
        Self { table, pace, provenance }
    }

    /// Takes one event. `now` must not be earlier than at the last call.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        let _ = (event, now, &self.table, self.pace, &self.provenance);
        Vec::new()
    }

    /// When [`Event::Deadline`] is due, if nothing happens before.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        None
    }

    /// How the two sides stand.
    #[must_use]
    pub fn link(&self) -> Link {
        Link::Off
    }

    /// The last known own presence in Teams.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        None
    }

    /// True after [`Event::Quit`], once nothing of ours stands any more.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        false
    }
}
