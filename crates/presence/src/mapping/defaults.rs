//! The tables before anybody edits them, and what is proposed for the statuses of an instance.

use std::time::Duration;

use super::{ConnectRow, ConnectTarget, ConnectToTeams, Target, TeamsRow, TeamsToConnect, TeamsWhen, When};
use crate::{
    connect::{Activity, AgentStatus, Channel, StatusKind},
    teams::Availability,
};

/// How long a state must last before it counts, unless its row says otherwise (the original's 15 s).
pub const DEFAULT_HOLD: Duration = Duration::from_secs(15);

impl Default for ConnectToTeams {
    /// On, with the hold of [`DEFAULT_HOLD`]: a voice contact is a call, other channels and everything that only
    /// asks for attention change nothing, the routable status is Available, offline gives back, custom statuses
    /// are Busy.
    fn default() -> Self {
        let voice = [Activity::Dialling, Activity::Connected, Activity::OnHold, Activity::AfterContactWork]
            .map(|activity| {
                ConnectRow::new(When::Activity { activity, channel: Some(Channel::Voice) }, Target::InACall)
            });
        let any = Activity::ALL
            .map(|activity| ConnectRow::new(When::Activity { activity, channel: None }, Target::NoChange));
        let kinds = [
            (StatusKind::Routable, Target::Available),
            (StatusKind::Offline, Target::Clear),
            (StatusKind::Custom, Target::Busy),
        ]
        .map(|(kind, target)| ConnectRow::new(When::Kind(kind), target));
        Self::new(true, DEFAULT_HOLD, voice.into_iter().chain(any).chain(kinds).collect())
    }
}

impl Default for TeamsToConnect {
    /// Off, with the hold of [`DEFAULT_HOLD`]: Available restores, everything else changes nothing.
    fn default() -> Self {
        let rows = [
            (Availability::Available, ConnectTarget::Restore),
            (Availability::Busy, ConnectTarget::NoChange),
            (Availability::DoNotDisturb, ConnectTarget::NoChange),
            (Availability::BeRightBack, ConnectTarget::NoChange),
            (Availability::Away, ConnectTarget::NoChange),
            (Availability::Offline, ConnectTarget::NoChange),
        ];
        let rows = rows.map(|(badge, target)| TeamsRow::new(TeamsWhen::badge(badge), target));
        Self::new(false, DEFAULT_HOLD, rows.into())
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
/// Be right back. This is the only thing that a name decides, and only if nobody has written a row for the status.
#[must_use]
pub fn propose(statuses: &[AgentStatus]) -> Vec<ConnectRow> {
    let names_a_break = |name: &str| {
        name.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| BREAKS.contains(&word))
    };
    statuses
        .iter()
        .filter(|status| status.kind == StatusKind::Custom && names_a_break(&status.name))
        .map(|status| ConnectRow::new(When::Status(status.arn.clone()), Target::BeRightBack))
        .collect()
}

/// The table in force: `table` with what is proposed for these statuses. A break or a lunch becomes Be right back if
/// the table has no row for it and custom statuses are Busy.
#[must_use]
pub fn with_proposals(table: &ConnectToTeams, statuses: &[AgentStatus]) -> ConnectToTeams {
    let mut rows = table.rows().to_vec();
    let custom_is_busy =
        rows.iter().any(|row| row.when == When::Kind(StatusKind::Custom) && row.target == Target::Busy);
    if custom_is_busy {
        for row in propose(statuses) {
            if !rows.iter().any(|known| known.when == row.when) {
                rows.push(row);
            }
        }
    }
    table.with_rows(rows)
}
