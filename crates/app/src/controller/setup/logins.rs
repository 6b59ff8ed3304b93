//! The two logins that can be tried before anything is saved.
//!
//! Neither lets the engine write: a login to Teams from here is kept apart from the session, and the agent's state in
//! Connect is not told to the engine before the app is set up.

use signin::Grant;

use super::{
    super::{
        Controller, Outcome, account,
        ccp::{Centre, plan},
    },
    Answer, Open,
};
use crate::{
    host::Host,
    setup::{
        self, check,
        checks::{Light, LoginLights, Progress},
    },
    view::{
        Action, Button,
        setup::{SetupCheck, SetupEdit, SetupSign},
    },
    words::{count, fill, say},
};
use url::Url;

impl<H: Host> Controller<H> {
    /// Opens the browser for a login with what was entered.
    pub(super) fn check_login(&mut self) {
        let set = self.wanted_registration();
        let Some(open) = &mut self.wizard.open else { return };
        let (Some(set), Some(_)) = (set, open.lights.registration.found()) else { return };
        open.login_changed();
        open.lights.login = Progress::Checking;
        let (round, secret, http) = (open.login, open.used.clone(), self.wizard.http.clone());
        let report = self.report.clone();
        let task = tokio::spawn(async move {
            let browse = |url| drop(report.send(Outcome::Setup(Answer::Browse(round, url))));
            let (lights, grant) = setup::checks::login(http, set, secret, browse).await;
            drop(report.send(Outcome::Setup(Answer::Login(round, lights, grant.map(Box::new)))));
        });
        open.attempt = Some(task.abort_handle());
    }

    pub(super) fn login_checked(&mut self, found: LoginLights, grant: Option<Box<Grant>>) {
        let at = self.clock.now();
        let entry = self.wanted_registration().map(|set| account(&set));
        let Some(open) = &mut self.wizard.open else { return };
        open.lights.login = Progress::Done { at, found };
        open.lights.unopened = None;
        open.attempt = None;
        open.grant = entry.zip(grant);
    }

    /// The link with which an administrator approves of everything that the app can use.
    pub(super) fn consent_page(&self, open: &Open) -> Option<Url> {
        open.lights.login.found().filter(|found| found.consent)?;
        let set = self.wanted_registration()?;
        let sign_in = signin::SignIn::new(self.wizard.http.clone(), super::super::registration(&set, true));
        sign_in.admin_consent(&signin::scopes(&set.graph, true)).ok()
    }

    /// Opens the Connect login of the instance that was entered, while no other is in use.
    pub(super) fn connect_login_of_draft(&mut self) {
        let Some(open) = &self.wizard.open else { return };
        if self.setup.is_ok() {
            return self.open_connect_login();
        }
        let fits = open.lights.instance.found().is_some_and(|found| !found.ccp.is_failed());
        let wanted = open.draft.wanted(&self.reload.loaded);
        let Some(set) = wanted.configured().ok().filter(|_| fits) else { return };
        // A session with the same instance goes on.
        if self.centre.plan() != plan(&set) {
            let table = self.settings.connect_to_teams.clone();
            self.centre = Centre::new(Some(&set), table, self.files.load_confirmed());
        }
        self.open_connect_login();
    }

    /// How the login to Connect is.
    pub(super) fn connect_check(&self, open: &Open) -> SetupCheck {
        let told = |light, buttons| check("setup.check.connect", light, buttons);
        let wanted = open.draft.wanted(&self.reload.loaded);
        let plan = wanted.configured().ok().and_then(|set| plan(&set));
        let fits = open
            .lights
            .instance
            .found()
            .is_some_and(|found| !found.ccp.is_failed() && !found.reached.is_failed());
        if plan.is_some() && self.centre.plan() == plan && self.centre.live().is_some() {
            let values = count(self.statuses.len());
            let says = fill("setup.connect.statuses", &[("count", &values)]);
            return told(Light::new(SetupSign::Good, says), Vec::new());
        }
        if plan.is_none() || !fits {
            return told(Light::waiting("setup.waits.address"), Vec::new());
        }
        if self.setup.is_ok() && self.centre.plan() != plan {
            return told(Light::waiting("setup.waits.save"), Vec::new());
        }
        let button = Button {
            label: say("setup.connect.button"),
            action: Action::Setup { edit: SetupEdit::ConnectLogin },
        };
        told(Light::waiting("setup.connect.loginFirst"), vec![button])
    }
}
