//! How each side works, and the one banner above the list.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::Button;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Works.
    Ok,
    /// Being read for the first time.
    Reading,
    /// Works with limits.
    Warning,
    /// Does not work.
    Problem,
    /// No network.
    Offline,
}

/// The one banner above the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Banner {
    /// How bad.
    pub level: Level,
    /// First what is.
    pub title: String,
    /// Then what to do.
    pub body: String,
    /// The buttons, the first one primary.
    pub buttons: Vec<Button>,
}

/// One card of the health page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCard {
    /// How it is.
    pub level: Level,
    /// "Connect", "Teams", "Directory", "Colleagues", "Colleagues in Connect", "Teams Login".
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// When it was last known to work.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// What can be done about it.
    pub button: Option<Button>,
}

/// Health at a glance, and the page behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// The worst side.
    pub level: Level,
    /// "Up to date", "Slowed by Microsoft", "Teams: login needed", "Connect: log in", …; the drawer adds the age.
    pub words: String,
    /// What the age counts from.
    #[ts(type = "string | null")]
    pub as_of: Option<Timestamp>,
    /// One card a side; one for colleagues only while their presence cannot be read, and one for colleagues in Connect
    /// only where they may be read.
    pub cards: Vec<HealthCard>,
}
