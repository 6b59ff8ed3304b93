//! How the two sides are linked: the knob, the line under the cards, and what can be released.
//!
//! Reads the engine's word for it and decides nothing.

use presence::engine::Link;

use super::{Facts, notices};
use crate::{
    hidden::by_teams,
    view::{Knob, Reason},
    words::{self, fill, say},
};

pub(super) fn knob(facts: &Facts<'_>) -> Knob {
    let both = facts.settings.teams_to_connect;
    match facts.sync.link {
        Link::Off if both => Knob::TeamsToConnect,
        Link::Off => Knob::Off,
        Link::Paused { .. } => Knob::Paused,
        Link::NotInStep { .. } | Link::Stopped { .. } => Knob::NotInStep,
        Link::Following { .. }
        | Link::Writing
        | Link::NoChange
        | Link::Masked
        | Link::HeldByYou
        | Link::InStep { .. }
        | Link::DryRun => {
            if both {
                Knob::Both
            } else {
                Knob::ConnectToTeams
            }
        }
    }
}

/// The line under the two cards, which say `connect` and `teams`.
pub(super) fn reason(facts: &Facts<'_>, connect: &str, teams: &str) -> Reason {
    match facts.sync.link {
        Link::DryRun => Reason::DryRun,
        Link::Paused { until } => Reason::Paused { until },
        Link::Stopped { .. } => Reason::Stopped,
        Link::NotInStep { .. } if facts.is_offline() => Reason::Offline,
        Link::NotInStep { since } => Reason::NotInStep { since },
        Link::HeldByYou => Reason::HeldByYou,
        Link::Following { at } => Reason::Following { at },
        Link::Writing => Reason::Writing,
        Link::Off | Link::NoChange | Link::Masked | Link::InStep { .. } if facts.sync.waits_for_contact => {
            Reason::WaitsForContact
        }
        Link::Off if facts.settings.teams_to_connect => Reason::TeamsLeads,
        Link::Off => Reason::Off,
        Link::NoChange => Reason::NoChange { state: connect.to_owned() },
        Link::Masked if is_hidden_by_teams(facts) => {
            Reason::MaskedByTeams { state: teams.to_owned(), hidden: wanted_words(facts) }
        }
        Link::Masked => Reason::Masked { hidden: wanted_words(facts) },
        Link::InStep { since } => Reason::InStep { since },
    }
}

/// True if Teams shows what Connect asks for, as far as anything is asked for.
pub(super) fn is_in_step(link: &Link) -> bool {
    match link {
        Link::Off | Link::NoChange | Link::InStep { .. } => true,
        Link::Paused { .. }
        | Link::DryRun
        | Link::Stopped { .. }
        | Link::NotInStep { .. }
        | Link::Following { .. }
        | Link::Writing
        | Link::Masked
        | Link::HeldByYou => false,
    }
}

/// True if a person's choice keeps ours from showing: *Release* ends it.
pub(super) fn can_be_released(facts: &Facts<'_>) -> bool {
    match facts.sync.link {
        Link::HeldByYou => true,
        Link::Masked => !is_hidden_by_teams(facts),
        Link::Off
        | Link::Paused { .. }
        | Link::DryRun
        | Link::Stopped { .. }
        | Link::NotInStep { .. }
        | Link::Following { .. }
        | Link::Writing
        | Link::NoChange
        | Link::InStep { .. } => false,
    }
}

fn is_hidden_by_teams(facts: &Facts<'_>) -> bool {
    facts.teams.shown.is_some_and(|(shown, _)| by_teams(shown))
}

/// What Connect asks for, in Teams' words.
fn wanted_words(facts: &Facts<'_>) -> String {
    facts.sync.target.and_then(words::target).unwrap_or_default()
}

/// Why nothing is written although everything works, for the tooltip.
pub(super) fn standstill(facts: &Facts<'_>) -> Option<String> {
    match facts.sync.link {
        Link::Paused { until: None } => Some(say("tray.paused")),
        Link::Paused { until: Some(until) } => {
            let seconds = until.duration_since(facts.now).as_secs();
            let minutes = (seconds.max(0) + 59) / 60;
            Some(fill("tray.pausedFor", &[("minutes", &minutes.to_string())]))
        }
        Link::DryRun => Some(say("tray.dryRun")),
        Link::Stopped { .. } => facts.sync.stop.map(|stop| notices::stop_banner(stop).title),
        Link::Off
        | Link::NotInStep { .. }
        | Link::Following { .. }
        | Link::Writing
        | Link::NoChange
        | Link::Masked
        | Link::HeldByYou
        | Link::InStep { .. } => None,
    }
}

#[cfg(test)]
mod tests;
