//! The checks while somebody types: what is asked, and what is made of the answers. The newest round wins.

use settings::Configured;

use super::{
    super::{Controller, Outcome, account, secret_account},
    Answer,
};
use crate::{
    host::{Host, SecretsOrder},
    setup::{
        self,
        checks::{Progress, SecretAsked},
        registration_of,
    },
    view::setup::{SetupName, SetupStep},
};

impl<H: Host> Controller<H> {
    /// The registration that was entered, once nothing is wrong in its fields.
    pub(super) fn wanted_registration(&self) -> Option<Configured> {
        let draft = &self.wizard.open.as_ref()?.draft;
        let loaded = &self.reload.loaded;
        // What is wrong in a field would count as empty.
        let names = [SetupName::Tenant, SetupName::ClientId];
        if names.into_iter().any(|name| draft.mistake(loaded, name).is_some()) {
            return None;
        }
        registration_of(&draft.wanted(loaded))
    }

    /// Looks at the open step anew.
    pub(super) fn check_again(&mut self) {
        let now = self.clock.now();
        let open = self.draft();
        if open.draft.step == SetupStep::Instance {
            open.instance_changed(now);
            open.instance.due = None;
            self.check_instance();
        } else {
            open.registration_changed(now);
            open.registration.due = None;
            self.check_registration();
        }
    }

    /// Looks at the registration that was entered.
    pub(super) fn check_registration(&mut self) {
        self.front.touch();
        let set = self.wanted_registration();
        let Some(open) = &mut self.wizard.open else { return };
        let Some(set) = set else {
            open.lights.registration = Progress::Waiting;
            return;
        };
        let asked = match &open.secret {
            Some(secret) => SecretAsked::Given(Some(secret.clone())),
            None if open.draft.forget_secret => SecretAsked::Given(None),
            None => {
                let entry = secret_account(&account(&set));
                SecretAsked::Kept(self.host.secrets(entry, SecretsOrder::Load))
            }
        };
        open.lights.registration = Progress::Checking;
        let (round, http, report) = (open.registration.number, self.wizard.http.clone(), self.report.clone());
        tokio::spawn(async move {
            let (lights, used) = setup::checks::registration(http, set, asked).await;
            drop(report.send(Outcome::Setup(Answer::Registration(round, lights, used))));
        });
    }

    /// Looks at the instance that was entered.
    pub(super) fn check_instance(&mut self) {
        self.front.touch();
        let Some(open) = &mut self.wizard.open else { return };
        let loaded = &self.reload.loaded;
        let wanted = open.draft.wanted(loaded);
        let has_mistake = open.draft.mistake(loaded, SetupName::Instance).is_some();
        let Some(ccp) = wanted.ccp.or(wanted.instance).filter(|_| !has_mistake) else {
            open.lights.instance = Progress::Waiting;
            return;
        };
        open.lights.instance = Progress::Checking;
        let (round, http, report) = (open.instance.number, self.wizard.http.clone(), self.report.clone());
        tokio::spawn(async move {
            let lights = setup::checks::instance(http, ccp, wanted.connect_mode).await;
            drop(report.send(Outcome::Setup(Answer::Instance(round, lights))));
        });
    }

    pub(in super::super) fn setup_answered(&mut self, answer: Answer) {
        self.front.touch();
        let at = self.clock.now();
        let Some(open) = &mut self.wizard.open else { return };
        match answer {
            Answer::Registration(round, found, used) if round == open.registration.number => {
                open.lights.registration = Progress::Done { at, found };
                open.used = used;
            }
            Answer::Instance(round, found) if round == open.instance.number => {
                open.lights.instance = Progress::Done { at, found };
            }
            Answer::Browse(round, url) if round == open.login => self.browse_of_draft(round, url),
            Answer::Unopened(round, url) if round == open.login && open.attempt.is_some() => {
                open.lights.unopened = Some(url);
            }
            Answer::Login(round, found, grant) if round == open.login => self.login_checked(found, grant),
            Answer::Registration(..)
            | Answer::Instance(..)
            | Answer::Browse(..)
            | Answer::Unopened(..)
            | Answer::Login(..) => {}
            Answer::Saved(result) => self.setup_saved(result),
            Answer::Kept(kept) => self.setup_kept(kept),
        }
    }
}
