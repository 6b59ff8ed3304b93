//! The settings while the program runs: read anew when a file changes, and what of them is used at once.
//!
//! Tables, holds, the drawer and calls follow at once. Another tenant, application, instance or address needs a
//! restart, and that is said. A policy that breaks changes nothing: what is in memory was the administrator's.

use std::path::PathBuf;

use presence::engine::Event;
use settings::{Layer, Loaded, NeedsRestart, Note, Policy, Settings, load};

use super::{Controller, Outcome};
use crate::{
    host::{Host, NoticeKind},
    machine::team::TeamIn,
};

pub(super) struct Reload {
    folder: PathBuf,
    policy: Policy,
    /// What the program began with.
    begun: Settings,
    /// What was read last without a problem; only the problem is always the newest.
    pub(super) loaded: Loaded,
    under_way: bool,
    again: bool,
}

impl Reload {
    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The settings that the program began with.
    pub(super) fn begun(&self) -> &Settings {
        &self.begun
    }

    pub(super) fn new(folder: PathBuf, policy: Policy, loaded: Loaded) -> Self {
        log(&loaded.notes);
        Self { folder, policy, begun: loaded.settings.clone(), loaded, under_way: false, again: false }
    }
}

fn log(notes: &[Note]) {
    for note in notes {
        tracing::info!("{note}");
    }
}

impl<H: Host> Controller<H> {
    /// Reads the files; one reading at a time, so that an older one never comes last.
    pub(super) fn read_settings(&mut self) {
        if std::mem::replace(&mut self.reload.under_way, true) {
            self.reload.again = true;
            return;
        }
        self.reload.again = false;
        let (folder, policy) = (self.reload.folder.clone(), self.reload.policy.clone());
        let report = self.report.clone();
        tokio::task::spawn_blocking(move || {
            drop(report.send(Outcome::Settings(Box::new(load(&folder, &policy)))));
        });
    }

    pub(super) fn settings_read(&mut self, loaded: Loaded) {
        self.reload.under_way = false;
        if self.reload.again {
            return self.read_settings();
        }
        log(&loaded.notes);
        self.setup_may_try_again();
        match &loaded.problem {
            None => {
                self.reload.loaded = loaded.clone();
                self.setup_follows();
            }
            Some(problem) => self.reload.loaded.problem = Some(problem.clone()),
        }
        // What is in memory may be newer than a copy that could not be written.
        let keeps = match loaded.problem.as_ref().map(|problem| problem.layer) {
            Some(Layer::Policy) => true,
            Some(Layer::User) => self.not_kept.is_some(),
            None => false,
        };
        if loaded.problem.is_none() {
            self.not_kept = loaded.not_kept;
        }
        if self.problem != loaded.problem {
            self.host.withdraw(NoticeKind::Settings);
            self.problem = loaded.problem;
            self.tell_of_settings();
        }
        if !keeps {
            self.use_settings(loaded.settings);
        }
    }

    fn use_settings(&mut self, settings: Settings) {
        let before = std::mem::replace(&mut self.settings, settings);
        if before == self.settings {
            return;
        }
        tracing::info!("new settings are used");
        let now = self.settings.clone();
        self.team(TeamIn::Scope { limit: now.drawer_limit, region: now.call_region });
        if before.connect_to_teams != now.connect_to_teams {
            self.use_table();
        }
        if before.teams_to_connect != now.teams_to_connect {
            self.tell(Event::TeamsTable(now.teams_to_connect.clone()));
        }
        if before.rules != now.rules {
            self.tell(Event::Rules(now.rules));
        }
        if before.dry_run != now.dry_run {
            self.tell(Event::DryRun(now.dry_run));
        }
        self.host.settings_changed(&now);
    }

    /// What of the present settings is used after a restart only.
    pub(super) fn needs_restart(&self) -> Option<NeedsRestart> {
        self.reload.begun.needs_restart(&self.settings)
    }

    /// Says what is wrong with the settings, if anything is.
    pub(super) fn tell_of_settings(&self) {
        if let Some(problem) = &self.problem {
            tracing::warn!(%problem, "the settings cannot be used");
        }
        if let Some(problem) = &self.not_kept {
            tracing::warn!(%problem, "the good settings could not be kept aside");
        }
        self.notify_settings_problem();
    }
}
