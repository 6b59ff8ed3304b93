//! What is shown of the wizard, and what others ask of its draft.

use doctor::from_settings::registration;
use presence::mapping::Tables;
use settings::Settings;
use signin::SignIn;
use tokio::sync::oneshot;
use url::Url;
use view::setup::SetupPage;
use wizard::{AfterSaving, ConnectLogin, Draft, Known};

use super::super::Controller;
use crate::{
    host::Host,
    machine::{
        ccp::plan,
        wizard::{DraftNotSaved, WizardIn},
    },
};

impl<H: Host> Controller<H> {
    /// Answers with the current page of the wizard. The first request opens it.
    pub(in super::super) fn show_setup(&mut self, answer: oneshot::Sender<SetupPage>) {
        self.wizard(WizardIn::Shown);
        if let Some(page) = self.setup_page() {
            drop(answer.send(page));
        }
    }

    fn setup_page(&self) -> Option<SetupPage> {
        let (draft, basis) = self.wizard.basis(self.settings.loaded())?;
        let known = Known {
            basis,
            statuses: &self.statuses,
            secret: self.wizard.secret_is(),
            consent: self.setup_consent(),
            under_way: self.wizard.login_under_way(),
            connect: self.connect_login(draft),
            problem: self.setup_problem(),
            saved: self.wizard.saved().map(|_| self.after_saving()),
            now: self.clock.now(),
        };
        Some(wizard::page(draft, &known))
    }

    /// How far the application has got with the saved settings.
    fn after_saving(&self) -> AfterSaving {
        let live = self.own.current().is_some() && self.ccp.live().is_some();
        if self.setup.is_err() {
            AfterSaving::Begins
        } else if self.login.is_needed() {
            AfterSaving::TeamsLogin
        } else if self.ccp.phase() == connect::Phase::LoginNeeded {
            AfterSaving::ConnectLogin
        } else if !live {
            AfterSaving::Begins
        } else if self.settings.used().dry_run {
            AfterSaving::DryRun
        } else {
            AfterSaving::Works
        }
    }

    /// What went wrong with saving, if anything did.
    fn setup_problem(&self) -> Option<wizard::SaveProblem<'_>> {
        match (self.wizard.saved().map(|saved| saved.keyring), self.wizard.problem()) {
            (Some(Err(error)), _) => Some(wizard::SaveProblem::Keyring(error)),
            (None, Some(DraftNotSaved::Refused(problem))) => Some(wizard::SaveProblem::Refused(problem)),
            (None, Some(DraftNotSaved::Late)) => Some(wizard::SaveProblem::Late),
            (Some(Ok(())), _) | (None, None) => None,
        }
    }

    /// The link by which an administrator consents to all permissions that the application can use.
    fn setup_consent(&self) -> Option<Url> {
        self.wizard.lights()?.login.found().filter(|found| found.asks_administrator)?;
        let set = self.wizard.registration(self.settings.loaded())?;
        let sign_in = SignIn::new(self.wire.http.clone(), registration(&set, true));
        sign_in.admin_consent(&signin::scopes(&set.graph, true)).ok()
    }

    /// The state of the login to the draft's instance.
    fn connect_login(&self, draft: &Draft) -> ConnectLogin {
        let plan = draft.wanted(self.settings.loaded()).configured().ok().and_then(|set| plan(&set));
        let fits = self
            .wizard
            .lights()
            .and_then(|lights| lights.instance.found())
            .is_some_and(|found| !found.ccp.is_failed() && !found.reached.is_failed());
        let is_used = self.ccp.plan() == plan.as_ref();
        if plan.is_some() && is_used && self.ccp.live().is_some() {
            ConnectLogin::LoggedIn
        } else if plan.is_none() || !fits {
            ConnectLogin::WaitsForAddress
        } else if self.setup.is_ok() && !is_used {
            ConnectLogin::WaitsForSave
        } else {
            ConnectLogin::Possible
        }
    }

    /// The tables of the draft, while one is open, else those in force.
    pub(in super::super) fn tables_in_question(&self) -> Tables {
        match self.wizard.draft() {
            Some(draft) => draft.tables(&self.statuses),
            None => Tables {
                connect_to_teams: self.sync.engine().table().clone(),
                teams_to_connect: self.settings.used().teams_to_connect.clone(),
            },
        }
    }

    /// The settings that the draft makes, while one is open, else those that were read last.
    pub(in super::super) fn settings_in_question(&self) -> Settings {
        let loaded = self.settings.loaded();
        self.wizard.draft().map_or_else(|| loaded.settings.clone(), |draft| draft.wanted(loaded))
    }
}
