//! How the two sides stand, in words: the knob, the line under the cards, and what can be released.
//!
//! Reads the engine's word for it and decides nothing.

use presence::engine::Link;

use super::notices;
use crate::{
    controller::Controller,
    hidden::by_teams,
    host::Host,
    view::{Knob, Reason},
    words::{self, fill, say},
};

impl<H: Host> Controller<H> {
    pub(super) fn knob(&self) -> Knob {
        let both = self.settings.teams_to_connect.enabled;
        match self.sync.engine().link() {
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
            | Link::DryRun
                if both =>
            {
                Knob::Both
            }
            Link::Following { .. }
            | Link::Writing
            | Link::NoChange
            | Link::Masked
            | Link::HeldByYou
            | Link::InStep { .. }
            | Link::DryRun => Knob::ConnectToTeams,
        }
    }

    pub(super) fn reason(&self) -> Reason {
        match self.sync.engine().link() {
            Link::DryRun => Reason::DryRun,
            Link::Paused { until } => Reason::Paused { until },
            Link::Stopped { .. } => Reason::Stopped,
            Link::NotInStep { .. } if self.is_offline() => Reason::Offline,
            Link::NotInStep { since } => Reason::NotInStep { since },
            Link::HeldByYou => Reason::HeldByYou,
            Link::Following { at } => Reason::Following { at },
            Link::Writing => Reason::Writing,
            Link::Off | Link::NoChange | Link::Masked | Link::InStep { .. }
                if self.sync.engine().waits_for_contact() =>
            {
                Reason::WaitsForContact
            }
            Link::Off if self.settings.teams_to_connect.enabled => Reason::TeamsLeads,
            Link::Off => Reason::Off,
            Link::NoChange => Reason::NoChange { state: self.connect_card().words },
            Link::Masked if self.is_hidden_by_teams() => {
                Reason::MaskedByTeams { state: self.teams_card().words, hidden: self.wanted_words() }
            }
            Link::Masked => Reason::Masked { hidden: self.wanted_words() },
            Link::InStep { since } => Reason::InStep { since },
        }
    }

    /// True where Teams shows what Connect asks for, as far as anything is asked for.
    pub(super) fn is_in_step(&self) -> bool {
        match self.sync.engine().link() {
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

    /// True where a person's choice keeps ours from showing: *Release* ends it.
    pub(super) fn can_be_released(&self) -> bool {
        match self.sync.engine().link() {
            Link::HeldByYou => true,
            Link::Masked => !self.is_hidden_by_teams(),
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

    fn is_hidden_by_teams(&self) -> bool {
        self.own.current().is_some_and(|(shown, _)| by_teams(shown))
    }

    /// What Connect asks for, in Teams' words.
    fn wanted_words(&self) -> String {
        self.sync.engine().target().and_then(words::target).unwrap_or_default()
    }

    /// Why nothing is written although everything works, for the tooltip.
    pub(super) fn standstill(&self) -> Option<String> {
        match self.sync.engine().link() {
            Link::Paused { until: None } => Some(say("tray.paused")),
            Link::Paused { until: Some(until) } => {
                let seconds = until.duration_since(self.clock.now()).as_secs();
                let minutes = (seconds.max(0) + 59) / 60;
                Some(fill("tray.pausedFor", &[("minutes", &minutes.to_string())]))
            }
            Link::DryRun => Some(say("tray.dryRun")),
            Link::Stopped { .. } => self.sync.stop().map(notices::stop_banner).map(|banner| banner.title),
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
}
