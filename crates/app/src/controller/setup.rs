//! Carries out what the wizard asks for: checks, a trial login, the settings file, the keyring.
//!
//! Decides nothing: [`Wizard`](crate::machine::wizard::Wizard) does. What is shown of it is in `setup/shown.rs`.

mod shown;

use doctor::from_settings::{account, secret_account};
use secrecy::{ExposeSecret, SecretString};
use settings::{Configured, Settings, save};
use signin::{Grant, Identity, SecretsError, SecretsOrder};
use url::Url;
use wizard::checks::{self, SecretAsked};

use super::{Controller, Outcome, network::HttpAccess};
use crate::{
    files::Files,
    host::Host,
    lane::Job,
    machine::{
        ccp::CcpIn,
        ending::After,
        login::{KeyringChange, LoginIn, Token},
        settings::SettingsIn,
        wizard::{Granted, SecretSource, WizardContext, WizardIn, WizardOut},
    },
    task::AbortOnDrop,
};

/// The login that the wizard tries.
#[derive(Debug, Default)]
pub(super) struct TrialLogin {
    attempt: Option<(u64, AbortOnDrop)>,
}

impl<H: Host> Controller<H> {
    /// Gives the wizard an input and carries out what it asks for.
    pub(super) fn wizard(&mut self, input: WizardIn) {
        let context = WizardContext {
            loaded: self.settings.loaded(),
            begun: self.settings.begun(),
            in_use: self.setup.as_ref().ok(),
            statuses: &self.statuses,
            authorization: self.login.authorization(),
        };
        for out in self.wizard.on(input, &context, self.clock.now()) {
            self.carry_out_wizard(out);
        }
    }

    /// A client secret was entered; an empty text means that there is none.
    pub(super) fn enter_secret(&mut self, secret: SecretString) {
        let is_empty = secret.expose_secret().trim().is_empty();
        self.wizard(WizardIn::Secret((!is_empty).then(|| Token::from(secret))));
    }

    fn carry_out_wizard(&mut self, out: WizardOut) {
        match out {
            WizardOut::CheckRegistration { check, set, secret } => {
                self.check_registration(check, *set, secret);
            }
            WizardOut::CheckInstance { check, ccp, mode } => {
                let HttpAccess { http, proxy } = self.wire.clone();
                self.ask_for_wizard(async move {
                    WizardIn::Instance { check, found: checks::instance(http, proxy, ccp, mode).await }
                });
            }
            WizardOut::BeginLogin { attempt, set, secret } => self.try_login(attempt, *set, secret),
            WizardOut::AbortLogin { attempt } => {
                self.trials.attempt.take_if(|(number, _)| *number == attempt);
            }
            WizardOut::OpenBrowser { attempt, url } => self.browse_for_wizard(attempt, &url),
            WizardOut::TryInstance(plan) => self.ccp(CcpIn::Try(plan)),
            WizardOut::ConnectLogin => self.ccp(CcpIn::LoginWanted),
            WizardOut::Save { saving, wanted, set } => self.save_settings(saving, *wanted, &set),
            WizardOut::KeepAuthorization { set, authorization } => {
                self.to_lane(Job::Authorization { account: account(&set), authorization });
            }
            WizardOut::UseSecret(secret) => {
                if let Some(entra) = &mut self.entra {
                    entra.use_secret(secret.as_ref().map(Token::secret));
                }
            }
            WizardOut::UseAuthorization { authorization, refresh } => {
                let refresh = refresh.map(|(token, who)| (token.secret().clone(), who));
                self.login(LoginIn::Saved { authorization: *authorization, refresh });
            }
            WizardOut::Keyring { saving, set, secret, refresh } => {
                self.keep_for_wizard(saving, &set, secret, refresh);
            }
            WizardOut::KeepDraft(draft) => self.to_lane(Job::Draft(draft)),
            WizardOut::ReadSettings => self.settings(SettingsIn::Changed),
            WizardOut::Restart => self.end(After::Restart),
            WizardOut::Touch => self.front.touch(),
        }
    }

    fn ask_for_wizard(&self, answer: impl Future<Output = WizardIn> + Send + 'static) {
        let report = self.report.clone();
        tokio::spawn(async move { drop(report.send(Outcome::Wizard(answer.await))) });
    }

    fn check_registration(&self, check: u64, set: Configured, secret: SecretSource) {
        let asked = match secret {
            SecretSource::Given(secret) => SecretAsked::Given(secret.map(|token| token.secret().clone())),
            SecretSource::Keyring => {
                let entry = secret_account(&account(&set));
                SecretAsked::Kept(self.host.secrets(entry, SecretsOrder::Load))
            }
        };
        let http = self.wire.http.clone();
        self.ask_for_wizard(async move {
            let (found, used) = checks::registration(http, set, asked).await;
            WizardIn::Registration { check, found, used: used.map(Token::from) }
        });
    }

    fn try_login(&mut self, attempt: u64, set: Configured, secret: Option<Token>) {
        let (http, report) = (self.wire.http.clone(), self.report.clone());
        let secret = secret.map(|token| token.secret().clone());
        let task = AbortOnDrop::spawn(async move {
            let browse = |url| drop(report.send(Outcome::Wizard(WizardIn::Page { attempt, url })));
            let (found, grant) = checks::login(http, set, secret, browse).await;
            let granted = grant.map(granted);
            drop(report.send(Outcome::Wizard(WizardIn::LoggedIn { attempt, found, granted })));
        });
        self.trials.attempt = Some((attempt, task));
    }

    fn browse_for_wizard(&self, attempt: u64, url: &Url) {
        let opened = self.host.open_browser(url);
        self.ask_for_wizard(async move {
            WizardIn::Opened { attempt, opened: matches!(opened.await, Ok(Ok(()))) }
        });
    }

    /// Writes the settings, and reads what was kept of the authorization for them.
    fn save_settings(&self, saving: u64, wanted: Settings, set: &Configured) {
        let (folder, loaded, account) = (self.folder.clone(), self.settings.loaded().clone(), account(set));
        let report = self.report.clone();
        tokio::task::spawn_blocking(move || {
            let saved = save(&folder.path, &folder.policy, &loaded, &wanted);
            let result = saved.map(|()| Box::new(Files::new(&folder.path).load_authorization(&account)));
            drop(report.send(Outcome::Wizard(WizardIn::Saved { saving, result })));
        });
    }

    fn keep_for_wizard(
        &self,
        saving: u64,
        set: &Configured,
        secret: Option<KeyringChange>,
        refresh: Option<Token>,
    ) {
        let entry = account(set);
        let secret = secret.map(|keep| (secret_account(&entry), order(keep)));
        let refresh = refresh.map(|token| (entry, order(KeyringChange::Store(token))));
        let orders = [secret, refresh].into_iter().flatten();
        let answers: Vec<_> = orders.map(|(entry, order)| self.host.secrets(entry, order)).collect();
        self.ask_for_wizard(async move {
            let mut result = Ok(());
            for answer in answers {
                let answer = answer.await.unwrap_or(Err(SecretsError::Failed));
                result = result.and(answer.map(|_| ()));
            }
            WizardIn::Kept { saving, result }
        });
    }
}

fn order(keep: KeyringChange) -> SecretsOrder {
    match keep {
        KeyringChange::Store(token) => SecretsOrder::Store(token.secret().clone()),
        KeyringChange::Forget => SecretsOrder::Delete,
    }
}

fn granted((who, grant): (Identity, Grant)) -> Granted {
    Granted { refresh: grant.refresh.map(Token::from), who, rights: grant.granted }
}
