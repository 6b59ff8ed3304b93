//! One side of a person, Connect or Teams.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

/// The badge beside a state: what matters for reaching the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Badge {
    /// Free.
    Available,
    /// Occupied.
    Busy,
    /// Not to be reached.
    DoNotDisturb,
    /// Away or be right back.
    Away,
    /// Out of office.
    OutOfOffice,
    /// Offline.
    Offline,
    /// Not known.
    Unknown,
}

/// One side (Connect or Teams) of the agent or of a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "Side")]
pub struct SideState {
    /// "Lunch", "Do not disturb, presenting", "Unknown (last seen 14:02)".
    pub words: String,
    /// Its badge.
    pub badge: Badge,
    /// Since when; none if that is not known.
    #[ts(type = "string | null")]
    pub since: Option<Timestamp>,
}
