//! How each side works, and the one banner above the list.

use jiff::Timestamp;
use serde::Serialize;
use ts_rs::TS;

use super::{Button, NetworkCause};

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
    /// What is the matter.
    pub title: String,
    /// What to do about it.
    pub body: String,
    /// The buttons; at most one is primary.
    pub buttons: Vec<Button>,
}

/// When a side was last known to work, and what the time is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "is")]
pub enum AsOf {
    /// It was asked then, and answered: "Read 8 s ago".
    Read {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// It says by itself what changes, and did so then: "Last change 11 min ago".
    Changed {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
    /// It fails, and worked until then: "Last seen 14:02".
    Seen {
        /// When.
        #[ts(type = "string")]
        at: Timestamp,
    },
}

/// One card of the health page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HealthCard {
    /// How bad it is.
    pub level: Level,
    /// "Connect", "Teams", "Directory", "Colleagues", "Colleagues in Connect", "Teams Login"; "Set-up" before all of them.
    pub title: String,
    /// One or two sentences, without numbers of errors.
    pub text: String,
    /// What was answered, for support, if something failed.
    pub details: Option<String>,
    /// What the network does not carry, if that is known to be the cause.
    pub cause: Option<NetworkCause>,
    /// When it was last known to work.
    pub as_of: Option<AsOf>,
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
    /// only if they may be read. Before the set-up a single one.
    pub cards: Vec<HealthCard>,
}
