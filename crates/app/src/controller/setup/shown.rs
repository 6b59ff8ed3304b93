//! What is shown of the wizard, and what others ask of its draft.

use std::path::PathBuf;

use doctor::of_settings::registration;
use presence::mapping::Tables;
use signin::SignIn;
use tokio::sync::oneshot;
use url::Url;
use view::{
    Action, Button, from_facts,
    setup::{PolicyExport, SetupCheck, SetupEdit, SetupPage, SetupSign},
    words::{count, fill, say},
};
use wizard::{Draft, Known, check, checks::Light};

use super::super::Controller;
use crate::{
    host::Host,
    machine::{
        ccp::plan,
        wizard::{NotSaved, WizardIn},
    },
};

impl<H: Host> Controller<H> {
    /// Answers with the wizard as it is. The first question opens it.
    pub(in super::super) fn show_setup(&mut self, answer: oneshot::Sender<SetupPage>) {
        self.wizard(WizardIn::Shown);
        if let Some(page) = self.setup_page() {
            drop(answer.send(page));
        }
    }

    fn setup_page(&self) -> Option<SetupPage> {
        let (draft, basis) = self.wizard.basis(self.settings.loaded())?;
        let problem = self.setup_problem();
        let known = Known {
            basis,
            statuses: &self.statuses,
            secret: self.wizard.secret_is(),
            consent: self.setup_consent(),
            connect: self.connect_check(draft),
            problem: &problem,
            saved: self.wizard.saved().is_some(),
            now: self.clock.now(),
        };
        Some(wizard::page(draft, &known))
    }

    /// What went wrong with saving, or nothing.
    fn setup_problem(&self) -> String {
        match (self.wizard.saved(), self.wizard.problem()) {
            (Some(Err(error)), _) => {
                fill("setup.problem.keyring", &[("reason", &say(from_facts::keyring(error)))])
            }
            (None, Some(NotSaved::Refused(problem))) => problem.clone(),
            (None, Some(NotSaved::Late)) => say("setup.problem.late"),
            (Some(Ok(())), _) | (None, None) => String::new(),
        }
    }

    /// The link with which an administrator approves of everything that the application can use.
    fn setup_consent(&self) -> Option<Url> {
        self.wizard.lights()?.login.found().filter(|found| found.consent)?;
        let set = self.wizard.registration(self.settings.loaded())?;
        let sign_in = SignIn::new(self.trials.http.clone(), registration(&set, true));
        sign_in.admin_consent(&signin::scopes(&set.graph, true)).ok()
    }

    /// How the login to Connect is.
    fn connect_check(&self, draft: &Draft) -> SetupCheck {
        let shown = |light, buttons| check("setup.check.connect", light, buttons);
        let plan = draft.wanted(self.settings.loaded()).configured().ok().and_then(|set| plan(&set));
        let fits = self
            .wizard
            .lights()
            .and_then(|lights| lights.instance.found())
            .is_some_and(|found| !found.ccp.is_failed() && !found.reached.is_failed());
        if plan.is_some() && self.ccp.plan() == plan.as_ref() && self.ccp.live().is_some() {
            let values = count(self.statuses.len());
            let says = fill("setup.connect.statuses", &[("count", &values)]);
            return shown(Light::new(SetupSign::Good, says), Vec::new());
        }
        if plan.is_none() || !fits {
            return shown(Light::waiting("setup.waits.address"), Vec::new());
        }
        if self.setup.is_ok() && self.ccp.plan() != plan.as_ref() {
            return shown(Light::waiting("setup.waits.save"), Vec::new());
        }
        let button = Button {
            label: say("setup.connect.button"),
            action: Action::Setup { edit: SetupEdit::ConnectLogin },
        };
        shown(Light::waiting("setup.connect.loginFirst"), vec![button])
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

    /// Writes the policy of what the wizard shows, or of the settings that were read last.
    pub(in super::super) fn export_policy(&self, folder: PathBuf, reply: oneshot::Sender<PolicyExport>) {
        let loaded = self.settings.loaded();
        let draft = self.wizard.draft();
        let settings = draft.map_or_else(|| loaded.settings.clone(), |draft| draft.wanted(loaded));
        tokio::task::spawn_blocking(move || {
            drop(reply.send(match wizard::export(&settings, &folder) {
                Ok(path) => {
                    let file = path.display().to_string();
                    PolicyExport::Saved { sentence: fill("setup.export.saved", &[("file", &file)]), file }
                }
                Err(error) => {
                    let reason = error.to_string();
                    PolicyExport::Failed { sentence: fill("setup.export.failed", &[("reason", &reason)]) }
                }
            }));
        });
    }
}
