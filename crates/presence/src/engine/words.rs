//! What goes into the engine and what comes out of it: events, effects, and how the two sides relate.
//!
//! Plain values; nothing is decided here.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Rules;
use crate::{
    connect::{AgentSnapshot, AgentStatus, Seen, StatusArn},
    decision::{Decision, Side},
    mapping::{ConnectToTeams, TeamsToConnect},
    provenance::{Provenance, StopReason},
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
};

/// How long the engine waits for what: real lengths by default, shorter ones only for demonstrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// A read older than this is too old to decide on (5 s).
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
    /// The longest time between two reads of own presence while a change in Teams may change Connect (15 s), until
    /// [`Event::Polls`] says otherwise.
    pub poll: Duration,
    /// A read older than this says nothing about the current state (2 min).
    pub known_for: Duration,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Connect reported the agent's state.
    Agent(AgentSnapshot),
    /// The Connect session is not live: the agent's state is unknown.
    ConnectLost,
    /// Own presence was read.
    Teams(Reading),
    /// A read failed, or the sign-in ended: own presence is unknown.
    TeamsLost,
    /// Somebody else is logged in to Teams than before; this is remembered of their presence. No answer to what was
    /// asked for the former person may follow.
    Person(Box<Provenance>),
    /// The write that the last [`Effect::Write`] asked for arrived (Graph answered 2xx).
    Wrote,
    /// That write did not arrive, or was refused.
    WriteFailed {
        /// The next write may not be sent before this moment (Retry-After, back-off).
        retry_at: Timestamp,
    },
    /// The deadline has come.
    Deadline,
    /// Somebody set the wall clock: every remembered moment moves with it, and both sides are read. The moment of
    /// this event is by the new clock.
    ClockSet {
        /// How far it was set forward; back if it is negative.
        by: SignedDuration,
    },
    /// The table Connect → Teams changed.
    Table(ConnectToTeams),
    /// The table Teams → Connect changed.
    TeamsTable(TeamsToConnect),
    /// The statuses of the instance that the agent can choose.
    Statuses(Vec<AgentStatus>),
    /// The agent came to the machine, or left it.
    Machine(Machine),
    /// The order that the last [`Effect::SetStatus`] or [`Effect::ClearNext`] gave was carried out.
    StatusSet,
    /// That order was not carried out.
    StatusRefused {
        /// Connect had changed since it was decided: it is decided again.
        stale: bool,
    },
    /// The agent's answer to [`Effect::AskBack`].
    Back(bool),
    /// *Held by you*, Release: take back the person's own preferred presence, once.
    Release,
    /// The settings changed.
    Rules(Rules),
    /// From now on own presence is read at least this often while a change in Teams may change Connect.
    Polls(Duration),
    /// The person pauses the sync: what is ours is taken back, and nothing is written until this moment; none means
    /// until [`Event::Resume`].
    Pause(Option<Timestamp>),
    /// The person ends a pause, or continues a sync that stopped itself.
    Resume,
    /// Dry run is switched on or off: what is ours is taken back, decisions are reported and nothing is written.
    DryRun(bool),
    /// *Sync now*, resume, network return, login: read both sides, repair what was lost.
    Sync,
    /// The person quits: take back what is ours, then write nothing more.
    Quit,
}

/// What is known of the agent at this computer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Machine {
    /// The platform does not say.
    #[default]
    Unknown,
    /// There was input lately, and it is not locked.
    Active,
    /// No input for a while.
    Idle,
    /// Locked.
    Locked,
}

/// A write to Connect. At most one order is under way at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetStatus {
    /// The status to choose.
    pub status: StatusArn,
    /// True if it is to be queued behind the current contacts.
    pub next: bool,
    /// What it was decided on; if that has changed, nothing may be written.
    pub seen: Seen,
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
#[expect(clippy::large_enum_variant, reason = "a handful of effects, each carried out at once")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this on disk before the next effect is carried out.
    Save(Provenance),
    /// Write to Graph; answer with [`Event::Wrote`] or [`Event::WriteFailed`].
    Write(Write),
    /// Read own presence now; answer with [`Event::Teams`] or [`Event::TeamsLost`].
    Read,
    /// A row for the timeline.
    Record(Decision),
    /// Choose a status in Connect; answer with [`Event::StatusSet`] or [`Event::StatusRefused`].
    SetStatus(SetStatus),
    /// Take back our own queued next status; answered in the same way.
    ClearNext {
        /// What it was decided on.
        seen: Seen,
    },
    /// Ask the agent whether this status may be set: contacts would be offered. Answer with [`Event::Back`].
    AskBack {
        /// The status that waits.
        status: AgentStatus,
    },
    /// The question is not asked any more.
    AskBackOver,
    /// Writes went back and forth by themselves, and the sync stopped: notify the person, once.
    Broken {
        /// The statuses in Connect that came round.
        connect: Vec<AgentStatus>,
        /// The states in Teams that came round.
        teams: Vec<TeamsState>,
    },
    /// Somebody else writes to Teams what we would write, and the sync stopped: notify the person, once.
    SecondWriter,
}

/// How the two sides relate, for the reason line of the drawer and for the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// The person paused the sync.
    Paused {
        /// When it continues by itself, if it does.
        until: Option<Timestamp>,
    },
    /// Decisions are reported, nothing is written.
    DryRun,
    /// The sync stopped itself.
    Stopped {
        /// When it continues by itself, if it does.
        until: Option<Timestamp>,
        /// Why.
        why: StopReason,
    },
    /// Both directions are off.
    Off,
    /// One side is unknown.
    NotInStep {
        /// Since when.
        since: Timestamp,
    },
    /// A state in Connect waits for its hold, and then changes Teams.
    TeamsFollows {
        /// When.
        at: Timestamp,
    },
    /// A state in Teams waits for its hold, and then changes Connect.
    ConnectFollows {
        /// When.
        at: Timestamp,
        /// The agent is asked first.
        asks: bool,
    },
    /// The agent is asked whether Connect may follow.
    WaitsForAnswer,
    /// Connect follows when the agent's contacts are over.
    WaitsForContact,
    /// A write to this side is under way, is looked for, or waits for its next try.
    Writing(Side),
    /// The row of the state in Connect says No change.
    NoChange,
    /// Nothing of ours is in Teams, and nothing is asked for.
    TeamsDecides,
    /// Connect → Teams is off, and Connect has followed what Teams shows as far as its table asks for.
    TeamsLeads,
    /// Ours is set, but something in Teams hides it.
    Masked,
    /// The person's own choice in Teams is kept; ours is not written over it.
    HeldByYou,
    /// Teams shows what Connect asks for, or Connect has what Teams asks for.
    InStep {
        /// Since when.
        since: Timestamp,
    },
}

/// See [`Link::standstill`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standstill {
    /// The person paused it.
    Paused {
        /// When it continues by itself, if it does.
        until: Option<Timestamp>,
    },
    /// Nothing is to be written at all.
    DryRun,
    /// It stopped itself.
    Stopped,
}

impl Link {
    /// True while Teams shows something other than what we set. Release applies only then.
    #[must_use]
    pub const fn is_hidden(&self) -> bool {
        matches!(self, Self::Masked | Self::HeldByYou)
    }

    /// Why nothing is written on either side although both may be known; none while the sync works.
    #[must_use]
    pub const fn standstill(&self) -> Option<Standstill> {
        match self {
            Self::Paused { until } => Some(Standstill::Paused { until: *until }),
            Self::DryRun => Some(Standstill::DryRun),
            Self::Stopped { .. } => Some(Standstill::Stopped),
            Self::Off
            | Self::NotInStep { .. }
            | Self::TeamsFollows { .. }
            | Self::ConnectFollows { .. }
            | Self::WaitsForAnswer
            | Self::WaitsForContact
            | Self::Writing(_)
            | Self::NoChange
            | Self::TeamsDecides
            | Self::TeamsLeads
            | Self::Masked
            | Self::HeldByYou
            | Self::InStep { .. } => None,
        }
    }

    /// True if nothing changes unless somebody does something.
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        match self {
            Self::NoChange
            | Self::TeamsDecides
            | Self::TeamsLeads
            | Self::Masked
            | Self::HeldByYou
            | Self::InStep { .. } => true,
            Self::Paused { .. }
            | Self::DryRun
            | Self::Stopped { .. }
            | Self::Off
            | Self::NotInStep { .. }
            | Self::TeamsFollows { .. }
            | Self::ConnectFollows { .. }
            | Self::WaitsForAnswer
            | Self::WaitsForContact
            | Self::Writing(_) => false,
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        Self {
            fresh: Duration::from_secs(5),
            read_back: Duration::from_secs(1),
            session_renewal: Duration::from_secs(4 * MINUTE),
            session_expiry: Duration::from_secs(10 * MINUTE),
            preferred_renewal: Duration::from_secs(45 * MINUTE),
            preferred_expiry: Duration::from_secs(60 * MINUTE),
            forced: Duration::from_secs(60 * MINUTE),
            poll: Duration::from_secs(15),
            known_for: Duration::from_secs(2 * MINUTE),
        }
    }
}
