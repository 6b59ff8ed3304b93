//! The agent's own header.

use serde::Serialize;
use ts_rs::TS;

use super::{LinkReason, SideState};

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

/// The agent's own direct number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OwnNumber {
    /// For people: "+1 206 555 0142, ext 4102"; as the directory spells it if it is no number that can be dialled.
    pub words: String,
    /// What is copied: "+1 206 555 0142 ext 4102", which is read as the same number again.
    pub copy: String,
    /// The settings put it into the Teams status message.
    pub in_status: bool,
    /// The administrator says whether they do.
    pub status_locked: bool,
}

/// The agent's own header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Own {
    /// Display name; empty until somebody is signed in.
    pub name: String,
    /// The own direct number, if the directory has one: the line under the name.
    pub number: Option<OwnNumber>,
    /// The user principal name, which is that line without a number; empty until somebody is signed in.
    pub upn: String,
    /// The Connect card.
    pub connect: SideState,
    /// The Teams card.
    pub teams: SideState,
    /// The knob.
    pub knob: Knob,
    /// The reason line.
    pub reason: LinkReason,
    /// The question at its end, which the timeline answers: "Why Busy?", "What happened?"; none before anything could happen.
    pub why: Option<String>,
}
