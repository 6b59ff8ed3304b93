//! Carries out what Teams Login asks for: requests to Entra, to the keyring and to the browser.
//!
//! Decides nothing: [`Login`](crate::machine::login::Login) does.

use std::collections::HashMap;

use doctor::from_settings::{account, registration, secret_account};
use presence::engine::Event;
use secrecy::SecretString;
use settings::Configured;
use signin::{Claims, LoginOptions, SecretsError, SecretsOrder, SignIn};
use url::Url;

use super::{Controller, Outcome};
use crate::{
    host::{BrowserError, Host},
    lane::Job,
    machine::{
        ccp::{CcpIn, SamePerson},
        login::{
            Authorization, KeyringChange, KeyringEntry, LoginContext, LoginIn, LoginOut, LoginSetup, Rights,
            Token,
        },
        own::OwnIn,
        photos::PhotosIn,
        sync::SyncIn,
        team::TeamIn,
    },
    task::AbortOnDrop,
};

/// The client of Entra with the registration in use, and the requests to it that are under way. Dropping a request ends
/// it.
#[derive(Debug)]
pub(super) struct Entra {
    basic: SignIn,
    all: SignIn,
    attempts: HashMap<u64, AbortOnDrop>,
    refresh: Option<(u64, AbortOnDrop)>,
}

impl Entra {
    pub(super) fn new(http: &reqwest::Client, set: &Configured) -> Self {
        let sign_in = |consent| SignIn::new(http.clone(), registration(set, consent));
        Self { basic: sign_in(false), all: sign_in(true), attempts: HashMap::new(), refresh: None }
    }

    fn sign_in(&self, rights: Rights) -> SignIn {
        match rights {
            Rights::Basic => self.basic.clone(),
            Rights::All => self.all.clone(),
        }
    }

    pub(super) fn use_secret(&mut self, secret: Option<&SecretString>) {
        self.basic = self.basic.clone().with_secret(secret.cloned());
        self.all = self.all.clone().with_secret(secret.cloned());
    }

    /// The link by which an administrator consents to all permissions that the application can use.
    pub(super) fn consent_page(&self, set: &Configured) -> Option<Url> {
        self.basic.admin_consent(&signin::scopes(&set.graph, true)).ok()
    }
}

/// What a login with these settings begins with.
pub(super) fn setup(set: &Configured, authorization: Authorization) -> LoginSetup {
    let account = account(set);
    let rights = if set.admin_consent { Rights::All } else { Rights::Basic };
    LoginSetup { authorization, account, rights }
}

impl<H: Host> Controller<H> {
    /// Gives Teams Login an input and carries out what it asks for.
    pub(super) fn login(&mut self, input: LoginIn) {
        let context = LoginContext { in_contact: self.ccp.in_contact(), person: self.sync.person() };
        let asked = self.login.on(input, &context, self.clock.now());
        let signs_in = asked.iter().any(|out| matches!(out, LoginOut::Person(_) | LoginOut::SignedIn));
        for out in asked {
            self.carry_out_login(out);
        }
        // Once, and after the engine, which asks for a reading by itself: one is enough.
        if signs_in {
            self.own(OwnIn::SignedIn);
        }
    }

    pub(super) fn start_login(&mut self) {
        self.login(LoginIn::Start { other_account: self.ccp.same_person() == SamePerson::No });
    }

    fn carry_out_login(&mut self, out: LoginOut) {
        match out {
            LoginOut::Load => self.load_from_keyring(),
            LoginOut::Keep { entry, keep } => self.keep(entry, keep),
            LoginOut::Look => self.look_at_keyring(),
            LoginOut::Begin { attempt, rights, hint, other_account, claims } => {
                self.begin_attempt(attempt, rights, hint, other_account, claims);
            }
            LoginOut::Abort { attempt } => {
                if let Some(entra) = &mut self.entra {
                    entra.attempts.remove(&attempt);
                }
            }
            LoginOut::Open { attempt, url } => self.open_browser(attempt, &url),
            LoginOut::Refresh { turn, rights, granted, refresh, claims } => {
                self.refresh(turn, rights, granted, refresh, claims);
            }
            LoginOut::DropRefresh { turn } => {
                if let Some(entra) = &mut self.entra {
                    entra.refresh.take_if(|(number, _)| *number == turn);
                }
            }
            LoginOut::UseSecret(secret) => {
                if let Some(entra) = &mut self.entra {
                    entra.use_secret(secret.as_ref().map(Token::secret));
                }
            }
            LoginOut::KeepAuthorization(authorization) => self.to_lane(Job::Authorization {
                account: self.login.account().to_owned(),
                authorization: Box::new(authorization),
            }),
            LoginOut::Notify(notice) => self.notify_login(&notice),
            LoginOut::Withdraw(kind) => self.host.withdraw(kind),
            LoginOut::Person(person) => {
                self.sync(SyncIn::Person(person.clone()));
                self.ccp(CcpIn::PersonKnown);
                self.somebody_signed_in();
                self.photos(PhotosIn::SignedIn { more: true });
                self.team(TeamIn::SignedIn { who: person, changed: true });
            }
            LoginOut::SignedIn => {
                self.gate.token_renewed();
                self.engine(Event::Sync);
                self.photos(PhotosIn::SignedIn { more: false });
                if let Some(who) = self.login.who().map(|who| who.object_id.clone()) {
                    self.team(TeamIn::SignedIn { who, changed: false });
                }
            }
            LoginOut::TeamsLost => self.engine(Event::TeamsLost),
            LoginOut::MoreRights => {
                self.gate.token_renewed();
                self.photos(PhotosIn::SignedIn { more: true });
                self.team(TeamIn::MoreRights);
            }
        }
    }

    fn load_from_keyring(&self) {
        let ask = |entry| self.host.secrets(entry_name(self.login.account(), entry), SecretsOrder::Load);
        let (secret, refresh) = (ask(KeyringEntry::ClientSecret), ask(KeyringEntry::RefreshToken));
        let report = self.report.clone();
        tokio::spawn(async move {
            let secret = secret.await.unwrap_or(Err(SecretsError::Failed));
            let refresh = refresh.await.unwrap_or(Err(SecretsError::Failed));
            drop(report.send(Outcome::Login(LoginIn::Loaded { secret, refresh })));
        });
    }

    fn keep(&self, entry: KeyringEntry, keep: KeyringChange) {
        let order = match keep {
            KeyringChange::Store(token) => SecretsOrder::Store(token.secret().clone()),
            KeyringChange::Forget => SecretsOrder::Delete,
        };
        let answer = self.host.secrets(entry_name(self.login.account(), entry), order);
        let report = self.report.clone();
        tokio::spawn(async move {
            let kept = answer.await.unwrap_or(Err(SecretsError::Failed)).map(|_| ());
            drop(report.send(Outcome::Login(LoginIn::Kept(kept))));
        });
    }

    fn look_at_keyring(&self) {
        let answer = self.host.secrets(self.login.account().to_owned(), SecretsOrder::Look);
        let report = self.report.clone();
        tokio::spawn(async move {
            let looked = answer.await.unwrap_or(Err(SecretsError::Failed)).map(|_| ());
            drop(report.send(Outcome::Login(LoginIn::Looked(looked))));
        });
    }

    fn begin_attempt(
        &mut self,
        attempt: u64,
        rights: Rights,
        hint: Option<String>,
        other_account: bool,
        claims: Option<Claims>,
    ) {
        let Some(entra) = &mut self.entra else { return };
        let (sign_in, report) = (entra.sign_in(rights), self.report.clone());
        let task = AbortOnDrop::spawn(async move {
            let options =
                LoginOptions { login_hint: hint.as_deref(), other_account, claims: claims.as_ref() };
            let result = match sign_in.begin(options).await {
                Ok(begun) => {
                    let url = begun.url().clone();
                    drop(report.send(Outcome::Login(LoginIn::Page { attempt, url })));
                    begun.finish().await
                }
                Err(error) => Err(error),
            };
            drop(report.send(Outcome::Login(LoginIn::LoggedIn { attempt, result })));
        });
        // There is one at a time, and one that was answered has ended.
        entra.attempts.clear();
        entra.attempts.insert(attempt, task);
    }

    fn refresh(
        &mut self,
        turn: u64,
        rights: Rights,
        granted: Option<Vec<String>>,
        refresh: Token,
        claims: Option<Claims>,
    ) {
        let Some(entra) = &mut self.entra else { return };
        let (all, report) = (entra.sign_in(rights), self.report.clone());
        let task = AbortOnDrop::spawn(async move {
            let sign_in = granted.map_or_else(|| all.clone(), |granted| all.for_granted(&granted));
            let result = sign_in.refresh(refresh.secret(), claims.as_ref()).await;
            drop(report.send(Outcome::Login(LoginIn::Refreshed { turn, result })));
        });
        entra.refresh = Some((turn, task));
    }

    fn open_browser(&self, attempt: u64, url: &Url) {
        let opened = self.host.open_browser(url);
        let report = self.report.clone();
        tokio::spawn(async move {
            let gone = BrowserError("the desktop gave no answer".to_owned());
            let result = opened.await.unwrap_or(Err(gone));
            if let Err(error) = &result {
                tracing::warn!(%error, "the browser was not opened for Teams Login");
            }
            drop(report.send(Outcome::Login(LoginIn::Opened { attempt, result })));
        });
    }

    /// The authorization that this process holds, for doctor.
    pub(super) fn authorization(&self) -> doctor::AuthorizationSource {
        match self.login.session() {
            Some(session) => doctor::AuthorizationSource::Session {
                access: session.access().clone(),
                granted: session.granted().to_vec(),
                id_token: session.id_token().cloned(),
            },
            None => doctor::AuthorizationSource::LoggedOut,
        }
    }
}

fn entry_name(account: &str, entry: KeyringEntry) -> String {
    match entry {
        KeyringEntry::RefreshToken => account.to_owned(),
        KeyringEntry::ClientSecret => secret_account(account),
    }
}
