//! The one banner: set-up, restart, Teams Login, wrong person, Connect Login, sync stopped, back, settings file, a login
//! that runs out, offline, no tray – the first that applies.

use connect::{APPROVED_ORIGIN, Phase as Session};

use graph::ErrorKind;

use super::{Controller, present::notices};
use crate::{
    host::Host,
    machine::{
        ccp::SamePerson,
        gate::{Service, Trouble},
    },
    view::{Action, Banner, Button, Level, SettingsPage},
    words::{fill, say, time},
};

impl<H: Host> Controller<H> {
    pub(super) fn banner(&self) -> Option<Banner> {
        self.setup_banner()
            .or_else(|| self.restart_banner())
            .or_else(|| self.login_words().banner())
            .or_else(|| self.person_banner())
            .or_else(|| self.connect_banner())
            .or_else(|| self.sync.stop().map(notices::stop_banner))
            .or_else(|| self.back_banner())
            .or_else(|| self.settings_banner())
            .or_else(|| self.login_words().reminder_banner(self.clock.now()))
            .or_else(|| self.offline_banner())
            .or_else(|| self.tray_banner())
    }

    fn setup_banner(&self) -> Option<Banner> {
        self.setup.as_ref().err()?;
        let missing = self.settings.used().configured().err()?;
        let (body, button) = match self.settings.problem() {
            Some(problem) => (problem.to_string(), button("banner.settings.button", Action::OpenFolder)),
            None => {
                let body = fill("banner.setup.body", &[("what", &missing.to_string())]);
                let page = SettingsPage::Setup;
                (body, button("banner.setup.button", Action::OpenSettings { page }))
            }
        };
        Some(Banner { level: Level::Problem, title: say("banner.setup.title"), body, buttons: vec![button] })
    }

    fn restart_banner(&self) -> Option<Banner> {
        let changed = self.settings.needs_restart()?;
        Some(Banner {
            level: Level::Warning,
            title: say("banner.restart.title"),
            body: fill("banner.restart.body", &[("what", &changed.to_string())]),
            buttons: vec![button("banner.restart.button", Action::Restart)],
        })
    }

    fn person_banner(&self) -> Option<Banner> {
        if self.ccp.same_person() != SamePerson::No {
            return None;
        }
        let (who, agent) = self.login.who().zip(self.ccp.agent())?;
        Some(Banner {
            level: Level::Problem,
            title: fill("banner.otherPerson.title", &[("upn", &who.upn), ("agent", &agent.username)]),
            body: say("banner.otherPerson.body"),
            buttons: vec![
                button("banner.otherPerson.both", Action::BothAreMe),
                button("banner.otherPerson.again", Action::TeamsLogin),
            ],
        })
    }

    fn connect_banner(&self) -> Option<Banner> {
        let (title, body, buttons) = match self.ccp.phase() {
            Session::LoginNeeded => (
                say("notice.connectLogin.title"),
                say("notice.connectLogin.body"),
                vec![button("notice.connectLogin.button", Action::ConnectLogin)],
            ),
            Session::NotApproved => (
                say("banner.notApproved.title"),
                fill("banner.notApproved.body", &[("origin", APPROVED_ORIGIN)]),
                Vec::new(),
            ),
            Session::Starting | Session::NoAnswer | Session::Live | Session::Old | Session::Lost => {
                return None;
            }
        };
        Some(Banner { level: Level::Problem, title, body, buttons })
    }

    fn back_banner(&self) -> Option<Banner> {
        let status = self.sync.back()?;
        Some(Banner {
            level: Level::Ok,
            title: say("notice.back.title"),
            body: say("notice.back.body"),
            buttons: vec![
                Button {
                    label: fill("notice.back.button", &[("status", &status.name)]),
                    action: Action::SetBack,
                },
                button("notice.back.notYet", Action::NotYet),
            ],
        })
    }

    fn settings_banner(&self) -> Option<Banner> {
        let problem = self.settings.problem()?;
        Some(Banner {
            level: Level::Warning,
            title: fill("banner.settings.title", &[("problem", &problem.to_string())]),
            body: say("banner.settings.body"),
            buttons: vec![button("banner.settings.button", Action::OpenFolder)],
        })
    }

    fn offline_banner(&self) -> Option<Banner> {
        let since = self.gate.trouble(Service::OwnPresence).filter(|_| self.is_offline())?.since;
        Some(Banner {
            level: Level::Offline,
            title: fill("banner.offline.title", &[("time", &time(since))]),
            body: say("banner.offline.body"),
            buttons: Vec::new(),
        })
    }

    fn tray_banner(&self) -> Option<Banner> {
        self.front.no_tray.then(|| Banner {
            level: Level::Warning,
            title: say("banner.noTray.title"),
            body: say("banner.noTray.body"),
            buttons: Vec::new(),
        })
    }

    /// Neither side answers. With a live Connect session there is a network, and Health says what is silent.
    pub(super) fn is_offline(&self) -> bool {
        let unreachable = |trouble: &Trouble| trouble.error.kind() == ErrorKind::Unreachable;
        let is_silent = self.ccp.live().is_none() || self.ccp.is_offline();
        is_silent && self.gate.trouble(Service::OwnPresence).is_some_and(unreachable)
    }
}

pub(super) fn button(key: &str, action: Action) -> Button {
    Button { label: say(key), action }
}
