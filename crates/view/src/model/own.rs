//! The agent's own header.

use serde::Serialize;
use ts_rs::TS;

use super::{Reason, Side};

/// The knob between the agent's two cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Knob {
    /// Both ways.
    Both,
    /// Connect to Teams only.
    ConnectToTeams,
    /// Teams to Connect only.
    TeamsToConnect,
    /// Sync is off.
    Off,
    /// Not in step.
    NotInStep,
    /// Paused.
    Paused,
}

/// The agent's own header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Own {
    /// Display name; empty until somebody is signed in.
    pub name: String,
    /// The line under the name: own number and extension, else the user principal name.
    pub line: String,
    /// The Connect card.
    pub connect: Side,
    /// The Teams card.
    pub teams: Side,
    /// The knob.
    pub knob: Knob,
    /// The reason line.
    pub reason: Reason,
    /// The question at its end, which the timeline answers: "Why am I Busy?", "What happened?".
    pub why: String,
}
