//! Teams Login: from the keyring or the browser to an access token, and its renewal.
//!
//! The refresh token goes to the keyring and nowhere else; without a keyring the session lasts until quit.

use std::time::Duration;

use jiff::Timestamp;
use presence::{engine::Event, identity::ObjectId};
use secrecy::SecretString;
use settings::Configured;
use signin::{Class, Grant, Identity, Registration, SignIn, SignInError};
use tokio::task::AbortHandle;
use url::Url;

use super::{Controller, Outcome, banner::login_words};
use crate::{
    clock::later,
    doctor::Authorization,
    host::{Host, Notice, NoticeKind, SecretsAnswer, SecretsError, SecretsOrder, TrayAction},
    words::{fill, say},
};

/// An access token is renewed this long before it ends.
const AHEAD: Duration = Duration::from_secs(300);
/// The keyring may ask the person; the app goes on without it after this.
const KEYRING_PATIENCE: Duration = Duration::from_secs(30);
/// A token younger than this that Graph refuses is not worth another refresh.
const JUST_ISSUED: Duration = Duration::from_secs(60);
const FIRST_RETRY: Duration = Duration::from_secs(5);
const LONGEST_RETRY: Duration = Duration::from_secs(120);

/// Where the authorization stands.
#[derive(Debug)]
pub(super) enum Phase {
    /// The app is not set up.
    Unconfigured,
    /// The keyring was asked.
    AskingKeyring { until: Timestamp },
    /// Somebody must log in.
    Needed { since: Option<Timestamp>, why: Option<Class> },
    /// There is a refresh token but no access token: the next try is at `at`.
    Renewing { refresh: SecretString, at: Option<Timestamp>, wait: Duration, why: Option<Class> },
    /// Signed in.
    Active(Active),
}

#[derive(Debug)]
pub(super) struct Active {
    pub(super) access: SecretString,
    pub(super) who: Identity,
    /// The rights of the access token.
    granted: Vec<String>,
    refresh: Option<SecretString>,
    issued: Timestamp,
    ends: Timestamp,
    /// None while a renewal is under way.
    renew_at: Option<Timestamp>,
    wait: Duration,
}

pub(super) struct Login {
    pub(super) phase: Phase,
    /// Why the refresh token is not kept, if it is not.
    pub(super) keyring: Option<SecretsError>,
    /// The page that no browser opened.
    pub(super) unopened: Option<Url>,
    sign_in: Option<SignIn>,
    account: String,
    attempt: Option<AbortHandle>,
    last_who: Option<Identity>,
}

impl Login {
    pub(super) fn new(setup: Option<&Configured>, http: reqwest::Client) -> Self {
        Self {
            phase: Phase::Unconfigured,
            keyring: None,
            unopened: None,
            account: setup.map(account).unwrap_or_default(),
            sign_in: setup.map(|set| SignIn::new(http, registration(set))),
            attempt: None,
            last_who: None,
        }
    }

    /// What a request to Graph needs, while signed in.
    pub(super) fn credentials(&self) -> Option<(SecretString, ObjectId)> {
        self.active().map(|active| (active.access.clone(), active.who.object_id.clone()))
    }

    pub(super) fn active(&self) -> Option<&Active> {
        match &self.phase {
            Phase::Active(active) => Some(active),
            Phase::Unconfigured
            | Phase::AskingKeyring { .. }
            | Phase::Needed { .. }
            | Phase::Renewing { .. } => None,
        }
    }

    /// Who is, or was last, signed in.
    pub(super) fn who(&self) -> Option<&Identity> {
        self.active().map(|active| &active.who).or(self.last_who.as_ref())
    }

    /// The refresh token of the present authorization.
    pub(super) fn refresh_token(&self) -> Option<SecretString> {
        match &self.phase {
            Phase::Active(active) => active.refresh.clone(),
            Phase::Renewing { refresh, .. } => Some(refresh.clone()),
            Phase::Unconfigured | Phase::AskingKeyring { .. } | Phase::Needed { .. } => None,
        }
    }

    pub(super) fn is_needed(&self) -> bool {
        matches!(self.phase, Phase::Needed { .. })
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        match &self.phase {
            Phase::Unconfigured | Phase::Needed { .. } => None,
            Phase::AskingKeyring { until } => Some(*until),
            Phase::Renewing { at, .. } => *at,
            Phase::Active(active) => active.renew_at,
        }
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn load_refresh_token(&mut self) {
        if self.setup.is_err() {
            return;
        }
        self.ask_keyring();
        self.login.phase = Phase::AskingKeyring { until: later(self.clock.now(), KEYRING_PATIENCE) };
    }

    pub(super) fn ask_keyring(&self) {
        let answer = self.host.secrets(self.login.account.clone(), SecretsOrder::Load);
        let report = self.report.clone();
        tokio::spawn(async move {
            let answer = answer.await.unwrap_or(Err(SecretsError::Failed));
            drop(report.send(Outcome::Loaded(answer)));
        });
    }

    pub(super) fn keyring_loaded(&mut self, answer: SecretsAnswer) {
        if !matches!(self.login.phase, Phase::AskingKeyring { .. } | Phase::Needed { .. }) {
            return;
        }
        self.keyring_answered(answer.as_ref().err().copied());
        // Asked for already, when the keyring did not answer the first time.
        let is_asked_for = self.login.is_needed();
        match answer {
            Ok(Some(refresh)) => {
                let at = Some(self.clock.now());
                self.login.phase = Phase::Renewing { refresh, at, wait: FIRST_RETRY, why: None };
            }
            Ok(None) if is_asked_for => {}
            Ok(None) => self.need_login(None, None),
            Err(error) => {
                self.login.keyring = Some(error);
                if !is_asked_for {
                    self.need_login(None, None);
                }
            }
        }
    }

    pub(super) fn start_login(&mut self) {
        let Some(sign_in) = self.login.sign_in.clone() else { return };
        if let Some(earlier) = self.login.attempt.take() {
            earlier.abort();
        }
        let hint = self.login.who().map(|who| who.upn.clone());
        let report = self.report.clone();
        let task = tokio::spawn(async move {
            let ended = match sign_in.begin(hint.as_deref()).await {
                Ok(attempt) => {
                    drop(report.send(Outcome::Browse(attempt.url().clone())));
                    attempt.finish().await
                }
                Err(error) => Err(error),
            };
            drop(report.send(Outcome::LoggedIn(ended)));
        });
        self.login.attempt = Some(task.abort_handle());
    }

    pub(super) fn browse(&mut self, url: &Url) {
        let opened = self.host.open_browser(url);
        if let Err(error) = &opened {
            tracing::warn!(%error, "Teams Login");
        }
        self.login.unopened = opened.err().map(|_| url.clone());
    }

    pub(super) fn logged_in(&mut self, result: Result<Grant, SignInError>) {
        self.login.attempt = None;
        self.login.unopened = None;
        match result {
            Ok(grant) => self.granted(grant, None),
            Err(error) => {
                tracing::warn!(%error, "Teams Login did not succeed");
                // A login that failed takes nothing away from a session that still runs.
                if let Phase::Needed { why, .. } = &mut self.login.phase {
                    *why = Some(error.class());
                    self.front.banner_put_away = false;
                }
            }
        }
    }

    pub(super) fn refreshed(&mut self, result: Result<Grant, SignInError>) {
        let (refresh, wait) = match &self.login.phase {
            Phase::Renewing { refresh, wait, .. } => (refresh.clone(), *wait),
            Phase::Active(Active { refresh: Some(refresh), wait, .. }) => (refresh.clone(), *wait),
            Phase::Active(_) | Phase::Unconfigured | Phase::AskingKeyring { .. } | Phase::Needed { .. } => {
                return;
            }
        };
        match result {
            Ok(grant) => self.granted(grant, Some(refresh)),
            Err(error) if !matches!(error.class(), Class::Transient | Class::Unreachable) => {
                tracing::warn!(%error, "the authorization ended");
                if error.erases_refresh_token() {
                    drop(self.host.secrets(self.login.account.clone(), SecretsOrder::Delete));
                }
                self.need_login(Some(self.clock.now()), Some(error.class()));
            }
            Err(error) => {
                tracing::warn!(%error, "the authorization could not be renewed yet");
                let now = self.clock.now();
                let at = Some(later(now, wait));
                let wait = (wait * 2).min(LONGEST_RETRY);
                if let Phase::Active(active) = &mut self.login.phase
                    && now < active.ends
                {
                    // The old access token serves as long as it lasts.
                    active.renew_at = at;
                    active.wait = wait;
                    return;
                }
                self.login.phase = Phase::Renewing { refresh, at, wait, why: Some(error.class()) };
                self.tell(Event::TeamsLost);
            }
        }
    }

    fn granted(&mut self, grant: Grant, earlier: Option<SecretString>) {
        let now = self.clock.now();
        let Some(who) = grant.who.or_else(|| self.login.last_who.clone()) else {
            tracing::warn!("Microsoft did not say who logged in");
            return self.need_login(Some(now), Some(Class::SignInAgain));
        };
        if let Some(refresh) = &grant.refresh {
            self.keep(refresh.clone());
        }
        let life = grant.expires_in;
        let renew_at = later(now, life.saturating_sub(AHEAD).max(life / 2));
        let resumed = self.login.active().is_none();
        let changed = self.login.last_who.as_ref() != Some(&who);
        self.login.last_who = Some(who.clone());
        self.login.phase = Phase::Active(Active {
            access: grant.access,
            who,
            granted: grant.granted,
            refresh: grant.refresh.or(earlier),
            issued: now,
            ends: later(now, life),
            renew_at: Some(renew_at),
            wait: FIRST_RETRY,
        });
        self.front.banner_put_away = false;
        self.check_person();
        if changed {
            self.ask_who_i_am();
            self.read_directory_now();
        }
        if resumed {
            self.host.withdraw(NoticeKind::TeamsLogin);
            self.tell(Event::Sync);
            self.read_own_now();
            self.colleagues.read_soon(now);
        }
    }

    pub(super) fn keep(&self, refresh: SecretString) {
        let answer = self.host.secrets(self.login.account.clone(), SecretsOrder::Store(refresh));
        let report = self.report.clone();
        tokio::spawn(async move {
            let kept = answer.await.unwrap_or(Err(SecretsError::Failed)).map(|_| ());
            drop(report.send(Outcome::Kept(kept)));
        });
    }

    pub(super) fn keyring_kept(&mut self, kept: Result<(), SecretsError>) {
        let told = self.login.keyring;
        self.keyring_answered(kept.err());
        self.login.keyring = kept.err();
        if let (Some(error), true) =
            (self.login.keyring, told != self.login.keyring || !self.front.keyring_told)
        {
            self.front.keyring_told = true;
            self.host.notify(Notice {
                kind: NoticeKind::Keyring,
                title: say(keyring_words(error)),
                body: say("notice.keyring.body"),
                action: None,
            });
        }
    }

    /// Graph refused the access token: once it may be old, twice it is worthless.
    pub(super) fn token_refused(&mut self) {
        let now = self.clock.now();
        let Some(active) = self.login.active() else { return };
        let fresh = now < later(active.issued, JUST_ISSUED);
        match active.refresh.clone() {
            Some(refresh) if !fresh => {
                self.login.phase = Phase::Renewing { refresh, at: Some(now), wait: FIRST_RETRY, why: None };
            }
            Some(_) | None => self.need_login(Some(now), Some(Class::SignInAgain)),
        }
        self.tell(Event::TeamsLost);
    }

    pub(super) fn login_due(&mut self, now: Timestamp) {
        if self.login.deadline().is_none_or(|at| at > now) {
            return;
        }
        match &mut self.login.phase {
            Phase::Unconfigured | Phase::Needed { .. } => {}
            Phase::AskingKeyring { .. } => {
                self.login.keyring = Some(SecretsError::Locked);
                self.need_login(None, None);
            }
            Phase::Renewing { refresh, at, .. } => {
                *at = None;
                let refresh = refresh.clone();
                self.refresh(refresh);
            }
            Phase::Active(active) => {
                active.renew_at = None;
                match active.refresh.clone() {
                    Some(refresh) => self.refresh(refresh),
                    None => self.need_login(Some(now), None),
                }
            }
        }
    }

    fn refresh(&self, refresh: SecretString) {
        let Some(sign_in) = self.login.sign_in.clone() else { return };
        let report = self.report.clone();
        tokio::spawn(async move {
            drop(report.send(Outcome::Refreshed(sign_in.refresh(&refresh).await)));
        });
    }

    fn need_login(&mut self, since: Option<Timestamp>, why: Option<Class>) {
        self.login.phase = Phase::Needed { since, why };
        self.front.banner_put_away = false;
        self.tell(Event::TeamsLost);
        if self.centre.in_contact() {
            // Nobody logs in while talking to a customer; the banner offers it all the same.
            self.front.prompt_after_contact = true;
        } else {
            self.prompt_login();
        }
    }

    pub(super) fn ask_after_contact(&mut self) {
        self.front.banner_put_away = true;
        self.front.prompt_after_contact = true;
    }

    /// The contact is over: now is the time.
    pub(super) fn prompt_after_contact(&mut self) {
        if self.front.prompt_after_contact && !self.centre.in_contact() {
            self.front.prompt_after_contact = false;
            if self.login.is_needed() {
                self.front.banner_put_away = false;
                self.prompt_login();
            }
        }
    }

    fn prompt_login(&self) {
        let Phase::Needed { since, .. } = &self.login.phase else { return };
        let (title, body) = login_words(*since);
        let action = Some((say("banner.login.button"), TrayAction::TeamsLogin));
        self.host.notify(Notice { kind: NoticeKind::TeamsLogin, title, body, action });
    }

    /// What is the matter with the login, as one sentence.
    pub(super) fn login_sentence(&self, class: Class) -> String {
        let host = self.setup.as_ref().ok().and_then(|set| set.login.host_str()).unwrap_or_default();
        class_words(class, host)
    }

    /// What doctor may do with the authorization: look at what this process holds.
    pub(super) fn authorization(&self) -> Authorization {
        match self.login.active() {
            Some(active) => {
                Authorization::Session { access: active.access.clone(), granted: active.granted.clone() }
            }
            None => Authorization::LoggedOut,
        }
    }
}

/// What a refusal means for the person, as one sentence.
pub(crate) fn class_words(class: Class, host: &str) -> String {
    match class {
        Class::SignInAgain => say("signIn.signInAgain"),
        Class::AnotherCheck => say("signIn.anotherCheck"),
        Class::Cancelled => say("signIn.cancelled"),
        Class::Administrator => say("signIn.administrator"),
        Class::Registration => say("signIn.registration"),
        Class::Secret => say("signIn.secret"),
        Class::Transient => say("signIn.transient"),
        Class::Unreachable => fill("signIn.unreachable", &[("host", host)]),
    }
}

/// The title that a keyring failure has.
pub(super) fn keyring_words(error: SecretsError) -> &'static str {
    match error {
        SecretsError::Missing => "notice.keyring.missing",
        SecretsError::Locked => "notice.keyring.locked",
        SecretsError::Failed => "notice.keyring.failed",
    }
}

/// The keyring entry: one for each authority, tenant and registration, so that a token is never sent to
/// another authority than the one that issued it.
pub(crate) fn account(set: &Configured) -> String {
    let host = set.login.host_str().unwrap_or_default();
    format!("{host}/{}/{}", set.tenant, set.client_id)
}

/// The registration of these settings.
pub(crate) fn registration(set: &Configured) -> Registration {
    Registration {
        authority: set.login.clone(),
        tenant: set.tenant.to_string(),
        client_id: set.client_id.to_string(),
        scopes: signin::scopes(&set.graph, set.admin_consent),
    }
}
