//! Reads the settings when they change, saves changes of them, and passes what follows to the machines concerned.
//!
//! Decides nothing: [`CurrentSettings`](crate::machine::settings::CurrentSettings) does.

use std::path::PathBuf;

use doctor::from_settings::proxy_account;
use settings::{Loaded, Policy, Settings, load, save};
use view::{
    NoticeKind,
    controls::Controls,
    facts::ControlsFacts,
    from_facts::{self, notices},
};

use super::{Controller, Outcome};
use crate::{
    host::Host,
    machine::{
        colleagues::ColleaguesIn,
        settings::{SettingsContext, SettingsIn, SettingsOut},
        team::TeamIn,
        wizard::WizardIn,
    },
};

/// The data folder, and the policy over what is in it.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) policy: Policy,
}

impl Folder {
    /// Blocking.
    pub(super) fn load(&self) -> Loaded {
        load(&self.path, &self.policy)
    }
}

impl<H: Host> Controller<H> {
    /// Gives the settings an input and carries out what they ask for.
    pub(super) fn settings(&mut self, input: SettingsIn) {
        let statuses = self.ccp.statuses();
        let context =
            SettingsContext { statuses: &statuses, can_start_with_system: self.host.can_start_with_system() };
        for out in self.settings.on(input, &context, self.clock.now()) {
            match out {
                SettingsOut::Read { reading } => self.read_settings(reading),
                SettingsOut::Save { loaded, wanted } => self.save_setting(*loaded, *wanted),
                SettingsOut::NotifyNotSaved(why) => {
                    self.notify(notices::not_saved(from_facts::refusal(&why)));
                }
                SettingsOut::Changed => self.front.touch(),
                SettingsOut::Ended { good } => self.wizard(WizardIn::SettingsRead { good }),
                SettingsOut::Notify(problem) => self.notify(notices::settings(&problem)),
                SettingsOut::WithdrawNotice => self.host.withdraw(NoticeKind::Settings),
                SettingsOut::Engine(event) => self.engine(event),
                SettingsOut::Scope { limit, region, seats } => {
                    self.team(TeamIn::Scope { limit, region, seats });
                    self.colleagues(ColleaguesIn::Seats(seats));
                    self.follow_drawer_settings();
                }
                SettingsOut::Desktop(settings) => self.host.settings_changed(&settings),
            }
        }
    }

    /// The settings that a person may change.
    pub(super) fn controls(&self) -> Controls {
        let shown = self.settings.shown();
        let account = shown.proxy().as_ref().and_then(proxy_account);
        from_facts::controls(&ControlsFacts {
            settings: &shown,
            proxy_password: self.proxy_password.facts(account.as_deref()),
            sources: &self.settings.loaded().sources,
            problem: self.settings.problem(),
            needs_restart: self.settings.needs_restart(),
            refused: self.settings.refused(),
            recent_calls_on: self.settings.recent_calls_on(),
            can_start_with_system: self.host.can_start_with_system(),
        })
    }

    fn save_setting(&self, loaded: Loaded, wanted: Settings) {
        let (folder, report) = (self.folder.clone(), self.report.clone());
        tokio::task::spawn_blocking(move || {
            let saved = save(&folder.path, &folder.policy, &loaded, &wanted);
            drop(report.send(Outcome::Settings(SettingsIn::Saved(saved))));
        });
    }

    fn read_settings(&self, reading: u64) {
        let (folder, report) = (self.folder.clone(), self.report.clone());
        tokio::task::spawn_blocking(move || {
            let loaded = Box::new(folder.load());
            drop(report.send(Outcome::Settings(SettingsIn::Read { reading, loaded })));
        });
    }
}
