//! Routes the requests of windows, tray, notifications and system to the machines that they are for.
//!
//! Decides nothing.

use people::PersonId;
use presence::{connect::ContactId, engine::Event};
use view::{Action, SettingsPage, TrayAction, from_facts::Export};

use super::{Controller, doctor};
use crate::{
    Request,
    host::Host,
    machine::{
        call::CallIn, ccp::CcpIn, colleagues::ColleaguesIn, doctor::DoctorIn, ending::After, find::FindIn,
        incoming::IncomingIn, login::LoginIn, photos::PhotosIn, recent::RecentIn, settings::SettingsIn,
        team::TeamIn, wizard::WizardIn,
    },
};

/// The most letters that are logged of the kind of fault that a page names.
const MOST_OF_A_KIND: usize = 32;

impl<H: Host> Controller<H> {
    pub(super) fn request(&mut self, request: Request) {
        match request {
            Request::View(answer) => drop(answer.send(self.view())),
            Request::Lines { start, count, answer } => drop(answer.send(self.lines(start, count))),
            Request::Photo { person, version, answer } => drop(answer.send(self.photo(&person, &version))),
            Request::DrawerOpen(open) => self.drawer_opened(open),
            Request::SettingsOpen(open) => self.settings_opened(open),
            Request::Act(action) => self.act(action),
            Request::Tray(action) => self.act(match action {
                TrayAction::Open => return self.host.show_drawer(),
                TrayAction::TeamsLogin => Action::TeamsLogin,
                TrayAction::ConnectLogin => Action::ConnectLogin,
                TrayAction::Pause(length) => Action::Pause { minutes: length.minutes() },
                TrayAction::Resume => Action::Resume,
                TrayAction::SyncNow => Action::SyncNow,
                TrayAction::SetBack => Action::SetBack,
                TrayAction::Release => Action::Release,
                TrayAction::HangUp => Action::HangUp,
                TrayAction::LoginCancel => Action::LoginCancel,
                TrayAction::SetUp => Action::OpenSettings { page: SettingsPage::Setup },
                TrayAction::Settings => Action::OpenSettings { page: SettingsPage::General },
                TrayAction::Why => Action::OpenSettings { page: SettingsPage::Timeline },
                TrayAction::Folder => Action::OpenFolder,
                TrayAction::Quit => Action::Quit,
            }),
            Request::Ccp(raw) => self.ccp(CcpIn::Message(raw)),
            Request::CcpDied => self.ccp(CcpIn::WindowDied),
            Request::ConnectLoginDone { reached } => self.ccp(CcpIn::LoginWindowGone { reached }),
            Request::TrayMissing => {
                self.front.tray_found(false);
                self.host.show_drawer();
            }
            Request::TrayFound => self.front.tray_found(true),
            Request::ClientSecret { secret, expires } => {
                self.login(LoginIn::ClientSecret { secret, expires });
            }
            Request::SettingsChanged => self.settings(SettingsIn::Changed),
            Request::Machine(machine) => self.engine(Event::Machine(machine)),
            Request::Woke => self.wake(),
            Request::NetworkBack => self.network_may_be_free(),
            Request::Timeline { tab, offset, count, answer } => self.timeline(tab, offset, count, answer),
            Request::ExportTimeline(answer) => self.export(Export::Timeline, answer),
            Request::RecentCalls(answer) => drop(answer.send(self.recent_calls())),
            Request::Controls(answer) => drop(answer.send(self.controls())),
            Request::Doctor(answer) => drop(answer.send(doctor::page(&self.doctor))),
            Request::WhatIfChoices(answer) => drop(answer.send(self.what_if_choices())),
            Request::WhatIf { question, answer } => drop(answer.send(self.what_if(&question))),
            Request::Replay(answer) => self.replay(answer),
            Request::Setup(answer) => self.show_setup(answer),
            Request::SetupSecret(secret) => self.enter_secret(secret),
            Request::ProxyPassword(password) => self.enter_proxy_password(password),
            Request::ExportPolicy(answer) => self.export(Export::Policy, answer),
        }
    }

    pub(super) fn drawer_opened(&mut self, open: bool) {
        self.front.drawer_opened(open);
        self.team(TeamIn::DrawerOpen(open));
        self.photos(PhotosIn::DrawerOpen(open));
        if !open {
            self.find(FindIn::Over);
        }
    }

    fn act(&mut self, action: Action) {
        // Looking at the list does not answer the question before a call.
        if !matches!(action, Action::CallAnyway | Action::DismissCall | Action::Hold { .. }) {
            self.call(CallIn::Elsewhere);
        }
        match action {
            Action::TeamsLogin => self.start_login(),
            Action::LoginOpenAgain => self.login(LoginIn::OpenAgain),
            Action::LoginCancel => self.login(LoginIn::Cancel),
            Action::Later => self.login(LoginIn::PutAway),
            Action::AfterThisCall => self.login(LoginIn::AfterContact),
            Action::Release => self.engine(Event::Release),
            Action::SetBack => self.engine(Event::Back(true)),
            Action::NotYet => self.engine(Event::Back(false)),
            Action::ConnectLogin => self.ccp(CcpIn::LoginWanted),
            Action::BothAreMe => self.ccp(CcpIn::Confirmed),
            Action::Pause { minutes } => self.pause(minutes),
            Action::Resume => self.engine(Event::Resume),
            Action::SyncNow => self.wake(),
            Action::RefreshPeople => {
                self.login(LoginIn::MoreRights);
                self.team(TeamIn::Refresh);
                self.colleagues(ColleaguesIn::Refresh);
                self.wake();
            }
            Action::ToggleOffline => self.team(TeamIn::ToggleOffline),
            Action::Search { text } => {
                self.team(TeamIn::Search(text.clone()));
                self.find(FindIn::Typed(text));
            }
            Action::Favourite { person, on } => {
                self.team_about(&person, |who| TeamIn::Favourite { who, on });
            }
            Action::TellWhenFree { person, on } => {
                self.team_about(&person, |who| TeamIn::Wait { who, on });
            }
            Action::SamePerson { user, person } => {
                if let (Some(PersonId::Connect(user)), Some(PersonId::Entra(person))) =
                    (PersonId::parse(&user), PersonId::parse(&person))
                {
                    self.team(TeamIn::SamePerson { user, person });
                }
            }
            Action::NotSamePerson { person } => {
                self.team_about(&person, |who| TeamIn::NotSamePerson { who });
            }
            Action::Hold { on } => self.team(TeamIn::Hold(on)),
            Action::ToggleDepartments => self.team(TeamIn::ToggleDepartments),
            Action::Call { person, number } => {
                if let Some(person) = PersonId::parse(&person) {
                    // A state may be too old to decide on if nobody has looked for a while.
                    self.team(TeamIn::Age);
                    self.call(CallIn::Place { person, number });
                    // The question before a call and its progress are shown there.
                    if !self.front.is_drawer_in_front() {
                        self.host.show_drawer();
                    }
                }
            }
            Action::CallAnyway => self.call(CallIn::Anyway),
            Action::DismissCall => self.call(CallIn::Dismiss),
            Action::CallAgain => self.call(CallIn::Again),
            Action::HangUp => self.call(CallIn::HangUp),
            Action::CallBack { contact, number } => {
                self.incoming(IncomingIn::CallBack { contact: ContactId::new(contact), number });
            }
            Action::DismissMissed { contact } => self.incoming(IncomingIn::Dismiss(ContactId::new(contact))),
            Action::EraseRecentCalls => self.recent(RecentIn::Erase),
            Action::EraseRecentCall { id } => self.recent(RecentIn::EraseOne { id }),
            Action::Setting { edit } => self.settings(SettingsIn::Edit(edit)),
            Action::NumberInStatus { on } => self.settings(SettingsIn::NumberInStatus { on }),
            // The drawer has done it: only a page has the clipboard.
            Action::Copy { .. } => {}
            Action::OpenSettings { page } => self.host.show_settings(page),
            Action::OpenFolder => self.host.open_folder(),
            Action::OpenSettingsFile => self.host.open_settings_file(),
            Action::RunDoctor => self.doctor(DoctorIn::Run),
            Action::CloseDrawer => self.host.close_drawer(),
            Action::CloseSettings => self.host.close_settings(),
            Action::DrawingFailed { kind } => {
                // A page is not trusted: nothing but letters is logged.
                let kind: String =
                    kind.chars().filter(char::is_ascii_alphabetic).take(MOST_OF_A_KIND).collect();
                tracing::error!(kind, "a window could not be drawn");
            }
            Action::Setup { edit } => self.wizard(WizardIn::Edit(edit)),
            Action::Restart => self.end(After::Restart),
            Action::Quit => self.end(After::Exit),
        }
    }
}
