//! Teams presence as Graph tells it, and what can be written through Graph.
//!
//! Both vocabularies of Graph (before and after September 2025) are read; the wire form is never kept apart
//! from [`TeamsState::unknown`], so nothing outside this file knows the spelling.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The top level of a presence: what Teams shows as a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Availability {
    /// Free.
    Available,
    /// Occupied, can be reached.
    Busy,
    /// Not to be reached.
    DoNotDisturb,
    /// Back in a moment; only ever chosen by a person.
    BeRightBack,
    /// Not at the machine.
    Away,
    /// No session, or chosen to look so.
    Offline,
    /// Graph does not know, or says a word that we do not know.
    Unknown,
}

/// What lies behind the top level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Detail {
    /// In a Teams call, conference calls included.
    InCall,
    /// In a meeting by the calendar, or joined.
    InMeeting,
    /// Sharing the screen.
    Presenting,
    /// Focus time.
    Focusing,
    /// An automatic reply or an out-of-office event is in force.
    OutOfOffice,
    /// The machine is idle.
    Inactive,
    /// The person chose to look offline (activity `OffWork`).
    AppearOffline,
}

/// One presence: top level, detail, and the raw words where we did not know them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TeamsState {
    /// The badge.
    pub availability: Availability,
    /// What lies behind it, if Graph says so.
    pub detail: Option<Detail>,
    /// The raw words, kept only where they are not in our vocabulary.
    pub unknown: Option<String>,
}

/// One read of a presence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// What was read.
    pub state: TeamsState,
    /// Graph's version stamp, sortable as text; not every answer carries it. An answer with a lower stamp than
    /// one already seen is stale.
    pub sequence: Option<String>,
    /// When our request left: the state is at least this fresh.
    pub at: Timestamp,
}

/// What `setPresence` accepts and we use: it shows only where no busier session and no preferred presence
/// stands above it. Graph also takes Away and Presenting, which no target needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SessionPresence {
    /// Available/Available.
    Available,
    /// Busy/InACall.
    InCall,
}

/// What `setUserPreferredPresence` accepts and we use: it wins over every session, and is the same slot that
/// the person uses by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PreferredPresence {
    /// Busy/Busy.
    Busy,
    /// DoNotDisturb/DoNotDisturb.
    DoNotDisturb,
    /// BeRightBack/BeRightBack.
    BeRightBack,
    /// Away/Away.
    AppearAway,
    /// Offline/OffWork.
    AppearOffline,
}

impl TeamsState {
    /// A state without a detail.
    #[must_use]
    pub const fn plain(availability: Availability) -> Self {
        Self { availability, detail: None, unknown: None }
    }

    /// A state with a detail.
    #[must_use]
    pub const fn with(availability: Availability, detail: Detail) -> Self {
        Self { availability, detail: Some(detail), unknown: None }
    }
}
