//! What the administrator decides about the engine besides the tables.
//!
//! Plain values; the defaults are those of the product.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The settings of the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// How long a person's own choice in Teams is left alone (rule 9).
    pub held_for: Duration,
    /// Who leads if a person changed both sides at the same time (rule 13).
    pub master: Master,
    /// When a routable status goes by Offline (rule 11).
    pub offline_first: OfflineFirst,
    /// Each forced sync writes what is set in Teams again, although it shows already (rule 4).
    pub force_rewrite: bool,
}

/// The side that leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Master {
    /// Connect.
    #[default]
    Connect,
    /// Teams.
    Teams,
}

/// When the agent is put to Offline before a routable status.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfflineFirst {
    /// Only if the routable status was ordered and did not show.
    #[default]
    Confirm,
    /// Every time, as the original does.
    Always,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            held_for: Duration::from_secs(12 * 60 * 60),
            master: Master::default(),
            offline_first: OfflineFirst::default(),
            force_rewrite: false,
        }
    }
}
