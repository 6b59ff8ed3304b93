//! What a state of one side asks of the other: the two tables, their defaults and the look-up.
//!
//! A table is data. Nothing here knows what stands in Teams or Connect, or what time it is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    teams::{Availability, Detail, TeamsState},
};

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

impl Default for ConnectToTeams {
    /// On, with the hold of [`DEFAULT_HOLD`]: a voice contact is a call, other channels and everything that only
    /// asks for attention change nothing, the routable status is Available, offline gives back, custom statuses
    /// are Busy.
    fn default() -> Self {
        let row = |when, target| Row { when, target, hold: None };
        let voice = [Activity::Dialling, Activity::Connected, Activity::OnHold, Activity::AfterContactWork]
            .map(|activity| row(When::Activity { activity, channel: Some(Channel::Voice) }, Target::InACall));
        let any = [
            Activity::Connected,
            Activity::OnHold,
            Activity::Dialling,
            Activity::Error,
            Activity::Missed,
            Activity::Rejected,
            Activity::AfterContactWork,
            Activity::Incoming,
            Activity::CallbackOffered,
        ]
        .map(|activity| row(When::Activity { activity, channel: None }, Target::NoChange));
        let kinds = [
            row(When::Kind(StatusKind::Routable), Target::Available),
            row(When::Kind(StatusKind::Offline), Target::Clear),
            row(When::Kind(StatusKind::Custom), Target::Busy),
        ];
        Self { enabled: true, hold: DEFAULT_HOLD, rows: voice.into_iter().chain(any).chain(kinds).collect() }
    }
}

impl When {
    /// How closely this row speaks of `state`, the smaller the closer; none where it does not.
    fn distance(&self, state: &ConnectState) -> Option<u8> {
        match (self, state) {
            (Self::Activity { activity, channel }, ConnectState::Contact { activity: now, channel: on }) => {
                match channel {
                    Some(channel) => (activity == now && channel == on).then_some(0),
                    None => (activity == now).then_some(1),
                }
            }
            (Self::Status(arn), ConnectState::Chosen(status)) => (*arn == status.arn).then_some(0),
            (Self::Kind(kind), ConnectState::Chosen(status)) => (*kind == status.kind).then_some(1),
            (Self::Activity { .. }, ConnectState::Chosen(_))
            | (Self::Status(_) | Self::Kind(_), ConnectState::Contact { .. }) => None,
        }
    }
}

impl ConnectToTeams {
    /// The row for a state, with its number: a status by ARN before its kind, an activity with a channel before
    /// one without, the first among equals. None means No change.
    #[must_use]
    pub fn find(&self, state: &ConnectState) -> Option<(usize, &Row)> {
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(number, row)| Some((row.when.distance(state)?, number, row)))
            .min_by_key(|(distance, number, _)| (*distance, *number))
            .map(|(_, number, row)| (number, row))
    }
}

/// What a row asks of Connect.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectTarget {
    /// This status is set.
    Status(StatusArn),
    /// Writes nothing.
    NoChange,
    /// Sets the last status that was not ours, if Connect still has ours.
    Restore,
}

/// The Teams state that a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TeamsWhen {
    /// The badge.
    pub availability: Availability,
    /// What lies behind it; none means whatever has no row of its own.
    pub detail: Option<Detail>,
}

/// One row of the table Teams → Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsRow {
    /// The state it speaks of.
    pub when: TeamsWhen,
    /// What it asks of Connect.
    pub target: ConnectTarget,
    /// Applies only while the chosen status is of this kind.
    pub only_while: Option<StatusKind>,
    /// How long the state must last; none means the table's hold.
    pub hold: Option<Duration>,
}

/// The table Teams → Connect. A row with the detail wins over one without, the first among equals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsToConnect {
    /// Whether anything is written to Connect at all.
    pub enabled: bool,
    /// The hold of rows without one.
    pub hold: Duration,
    /// The rows.
    pub rows: Vec<TeamsRow>,
}

/// Both tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// What Connect asks of Teams.
    pub connect_to_teams: ConnectToTeams,
    /// What Teams asks of Connect.
    pub teams_to_connect: TeamsToConnect,
}

impl Default for TeamsToConnect {
    /// Off, with the hold of [`DEFAULT_HOLD`]: Available restores, everything else changes nothing.
    fn default() -> Self {
        let row = |availability, target| TeamsRow {
            when: TeamsWhen { availability, detail: None },
            target,
            only_while: None,
            hold: None,
        };
        let rows = vec![
            row(Availability::Available, ConnectTarget::Restore),
            row(Availability::Busy, ConnectTarget::NoChange),
            row(Availability::DoNotDisturb, ConnectTarget::NoChange),
            row(Availability::BeRightBack, ConnectTarget::NoChange),
            row(Availability::Away, ConnectTarget::NoChange),
            row(Availability::Offline, ConnectTarget::NoChange),
        ];
        Self { enabled: false, hold: DEFAULT_HOLD, rows }
    }
}

impl TeamsWhen {
    /// How closely this row speaks of `state`, the smaller the closer; none where it does not.
    fn distance(self, state: &TeamsState) -> Option<u8> {
        if self.availability != state.availability {
            return None;
        }
        match self.detail {
            Some(detail) => (state.detail == Some(detail)).then_some(0),
            None => Some(1),
        }
    }
}

impl TeamsToConnect {
    /// The row for a state, with its number: one with the detail before one of the badge alone, the first among
    /// equals. None means No change.
    #[must_use]
    pub fn find(&self, state: &TeamsState) -> Option<(usize, &TeamsRow)> {
        self.rows
            .iter()
            .enumerate()
            .filter_map(|(number, row)| Some((row.when.distance(state)?, number, row)))
            .min_by_key(|(distance, number, _)| (*distance, *number))
            .map(|(_, number, row)| (number, row))
    }
}

/// Words that name a break or a meal, in lower case.
const BREAKS: &[&str] = &[
    // English
    "brb",
    "break",
    "breakfast",
    "breaks",
    "coffee",
    "dinner",
    "lunch",
    "lunchbreak",
    "meal",
    "tea",
    // German
    "frühstück",
    "frühstückspause",
    "kaffeepause",
    "mittag",
    "mittagessen",
    "mittagspause",
    "pause",
    // French
    "dejeuner",
    "déjeuner",
    "repas",
    // Spanish and Portuguese
    "almoco",
    "almoço",
    "almuerzo",
    "comida",
    "descanso",
    "intervalo",
    "pausa",
    // Italian
    "pranzo",
    // Dutch
    "koffiepauze",
    "lunchpauze",
    "pauze",
    // Swedish, Danish, Norwegian, Finnish
    "frokost",
    "frokostpause",
    "fika",
    "lounas",
    "lunchrast",
    "paus",
    "rast",
    "tauko",
    // Polish, Czech, Hungarian
    "obiad",
    "oběd",
    "przerwa",
    "přestávka",
    "szünet",
    "ebéd",
];

/// Rows worth proposing for an instance: custom statuses whose name has a word for a break or a meal become
/// Be right back. Only a proposal: names are never used to decide.
#[must_use]
pub fn propose(statuses: &[AgentStatus]) -> Vec<Row> {
    let names_a_break = |name: &str| {
        name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| BREAKS.contains(&word))
    };
    statuses
        .iter()
        .filter(|status| status.kind == StatusKind::Custom && names_a_break(&status.name))
        .map(|status| Row { when: When::Status(status.arn.clone()), target: Target::BeRightBack, hold: None })
        .collect()
}
