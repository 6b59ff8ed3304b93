//! What a Connect state asks of Teams: the table, its defaults and the look-up.
//!
//! A table is data. Nothing here knows what stands in Teams or what time it is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind};

/// How long a state must last before it counts, unless its row says otherwise (the original's 15 s).
pub const DEFAULT_HOLD: Duration = Duration::from_secs(15);

/// What a row asks of Teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Written to our session.
    Available,
    /// Written to our session.
    InACall,
    /// Written as preferred presence, carried by our session.
    Busy,
    /// Written as preferred presence, carried by our session.
    DoNotDisturb,
    /// Written as preferred presence, carried by our session.
    BeRightBack,
    /// Written as preferred presence, carried by our session.
    AppearAway,
    /// Written as preferred presence, carried by our session.
    AppearOffline,
    /// Writes nothing new. What was written for a contact is given back when that contact is over.
    NoChange,
    /// Takes back what we set and lets Teams decide.
    Clear,
}

/// The Connect state that a row speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// An activity, in one channel or in any.
    Activity {
        /// The activity.
        activity: Activity,
        /// The channel; none means any.
        channel: Option<Channel>,
    },
    /// A status of the instance, by ARN.
    Status(StatusArn),
    /// Any status of that kind that has no row of its own.
    Kind(StatusKind),
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The state it speaks of.
    pub when: When,
    /// What it asks of Teams.
    pub target: Target,
    /// How long the state must last; none means the table's hold.
    pub hold: Option<Duration>,
}

/// The table Connect → Teams. The most specific matching row wins, the first among equals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectToTeams {
    /// Whether anything is written to Teams at all.
    pub enabled: bool,
    /// The hold of rows without one.
    pub hold: Duration,
    /// The rows.
    pub rows: Vec<Row>,
}
