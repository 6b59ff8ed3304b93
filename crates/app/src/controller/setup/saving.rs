//! The end of the wizard: saved, exported, or forgotten.

use std::path::PathBuf;

use settings::save;
use tokio::sync::oneshot;

use super::{
    super::{Controller, Outcome, account, life::After, secret_account},
    Answer,
};
use crate::{
    host::{Host, SecretsError, SecretsOrder},
    lane::Job,
    machine::login::LoginIn,
    present::keyring,
    setup::{self, SecretIs},
    view::setup::PolicyExport,
    words::{fill, say},
};

impl<H: Host> Controller<H> {
    pub(super) fn save_setup(&mut self) {
        if !self.can_save_setup() {
            return;
        }
        let Some(open) = &mut self.wizard.open else { return };
        if std::mem::replace(&mut open.saving, true) {
            return;
        }
        open.problem.clear();
        let loaded = self.reload.loaded.clone();
        let wanted = open.draft.wanted(&loaded);
        let (folder, policy) = (self.data_dir.clone(), self.reload.policy().clone());
        let report = self.report.clone();
        tokio::task::spawn_blocking(move || {
            let saved = save(&folder, &policy, &loaded, &wanted).map_err(|error| error.to_string());
            drop(report.send(Outcome::Setup(Answer::Saved(saved))));
        });
    }

    /// What the settings may not hold goes to the keyring next, before anything begins anew.
    pub(super) fn setup_saved(&mut self, saved: Result<(), String>) {
        let now = self.clock.now();
        let Some(open) = &mut self.wizard.open else { return };
        if let Err(problem) = saved {
            // Somebody else may have changed the file: what they did is there before it is tried again.
            open.refused = Some(problem);
            return self.read_settings();
        }
        let Ok(set) = open.draft.wanted(&self.reload.loaded).configured() else { return };
        let entry = account(&set);
        let mut authorization = if self.login.is_of(&entry) {
            self.login.authorization().clone()
        } else {
            self.files.load_authorization(&entry)
        };
        let mut orders = Vec::new();
        let has_secret = open.secret_is() != SecretIs::Absent;
        match open.secret.take() {
            Some(secret) => {
                orders.push((secret_account(&entry), SecretsOrder::Store(secret.clone())));
                open.used = Some(secret);
            }
            None if open.draft.forget_secret => {
                orders.push((secret_account(&entry), SecretsOrder::Delete));
                open.used = None;
            }
            None => {}
        }
        let changes_secret = !orders.is_empty();
        authorization.secret_expires =
            open.draft.now.read_secret_expires().ok().flatten().filter(|_| has_secret);
        let used = open.used.clone();
        let grant = open.grant.take().filter(|(of, _)| *of == entry).map(|(_, grant)| *grant);
        let refresh = grant.and_then(|grant| grant.refresh.map(|refresh| (refresh, grant.who)));
        if let Some((refresh, _)) = &refresh {
            authorization.period.logged_in(now);
            orders.push((entry.clone(), SecretsOrder::Store(refresh.clone())));
        }
        let kept = Box::new(authorization.clone());
        self.to_lane(Job::Authorization { account: entry.clone(), authorization: kept });
        // A restart brings it for another registration.
        if self.login.is_of(&entry) {
            if let Some(entra) = self.entra.as_mut().filter(|_| changes_secret) {
                entra.use_secret(used.as_ref());
            }
            self.feed_login(LoginIn::Saved { authorization, refresh });
        }
        let answers: Vec<_> =
            orders.into_iter().map(|(account, order)| self.host.secrets(account, order)).collect();
        let report = self.report.clone();
        tokio::spawn(async move {
            let mut kept = Ok(());
            for answer in answers {
                let answer = answer.await.unwrap_or(Err(SecretsError::Failed));
                kept = kept.and(answer.map(|_| ()));
            }
            drop(report.send(Outcome::Setup(Answer::Kept(kept))));
        });
    }

    /// The files were read again: what was refused can be tried once more.
    pub(in super::super) fn setup_may_try_again(&mut self) {
        let Some(open) = &mut self.wizard.open else { return };
        if let Some(problem) = open.refused.take() {
            open.saving = false;
            open.problem = problem;
            self.front.touch();
        }
    }

    /// Everything is kept: the new settings come into force.
    pub(super) fn setup_kept(&mut self, kept: Result<(), SecretsError>) {
        let Some(open) = self.wizard.open.take() else { return };
        let wanted = open.draft.wanted(&self.reload.loaded);
        self.to_lane(Job::Draft(None));
        let problem =
            kept.err().map(|error| fill("setup.problem.keyring", &[("reason", &say(keyring(error.into())))]));
        self.front.setup_saved(problem.unwrap_or_default());
        if self.reload.begun().needs_restart(&wanted).is_some() {
            self.end(After::Restart);
        } else {
            self.read_settings();
        }
    }

    /// What was typed is forgotten.
    pub(super) fn forget_draft(&mut self) {
        if let Some(mut open) = self.wizard.open.take() {
            open.login_changed();
        }
        self.wizard.kept = None;
        self.to_lane(Job::Draft(None));
    }

    /// Writes the policy of what the wizard shows, or of the settings in force.
    pub(in super::super) fn export_policy(&self, folder: PathBuf, reply: oneshot::Sender<PolicyExport>) {
        let loaded = &self.reload.loaded;
        let open = self.wizard.open.as_ref();
        let settings = open.map_or_else(|| loaded.settings.clone(), |open| open.draft.wanted(loaded));
        tokio::task::spawn_blocking(move || {
            drop(reply.send(match setup::export(&settings, &folder) {
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
