//! Teams Login: from the keyring or the browser to an access token.
//!
//! The refresh token goes to the keyring and nowhere else; without a keyring the session lasts until quit.
//! `login/renewal.rs` keeps the access token fresh, `login/reminder.rs` knows when the person is needed,
//! `login/secret.rs` holds the secret of a confidential registration, `login/refusal.rs` words what Entra said.

mod refusal;
mod reminder;
mod renewal;
mod secret;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{engine::Event, identity::ObjectId, redate::Redate};
use secrecy::SecretString;
use settings::Configured;
use signin::{Claims, Class, Grant, Identity, Registration, Reminder, SignIn, SignInError, Wish};
use tokio::task::AbortHandle;
use url::Url;

use super::{Controller, Outcome, ccp::SamePerson};
use crate::{
    clock::later,
    doctor,
    files::{Authorization, Files},
    host::{Host, Notice, NoticeKind, SecretsAnswer, SecretsError, SecretsOrder},
    words::say,
};
use refusal::Refusal;
pub(super) use renewal::UnderWay;
use renewal::{AHEAD, FIRST_RETRY};
pub(crate) use secret::account as secret_account;

/// The keyring may ask the person; the app goes on without it after this.
const KEYRING_PATIENCE: Duration = Duration::from_secs(30);

/// Where the authorization stands.
#[derive(Debug)]
pub(super) enum Phase {
    /// The app is not set up.
    Unconfigured,
    /// The keyring was asked.
    AskingKeyring { until: Timestamp },
    /// Somebody must log in.
    Needed { since: Option<Timestamp> },
    /// There is a refresh token but no access token: the next try is at `at`, or under way.
    Renewing { refresh: SecretString, at: Option<Timestamp>, wait: Duration },
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
    /// Tells it from those before.
    pub(super) issued: Timestamp,
    ends: Timestamp,
    /// None while a renewal is under way.
    renew_at: Option<Timestamp>,
    wait: Duration,
}

pub(super) struct Login {
    pub(super) phase: Phase,
    /// What Entra last said no to, until it says yes.
    pub(super) refusal: Option<Refusal>,
    /// Why the refresh token is not kept, if it is not.
    pub(super) keyring: Option<SecretsError>,
    /// The page that no browser opened.
    pub(super) unopened: Option<Url>,
    /// The reminder that stands.
    pub(super) reminder: Option<Reminder>,
    /// What lasts longer than the process.
    pub(super) authorization: Authorization,
    sign_in: Option<SignIn>,
    /// The same with the rights that an administrator must approve of, until they are granted.
    wider: Option<SignIn>,
    account: String,
    attempt: Option<AbortHandle>,
    /// The one refresh that is under way.
    under_way: Option<UnderWay>,
    /// How many refreshes there were.
    turns: u64,
    /// Somebody asked for more rights while it was under way.
    more_wanted: bool,
    /// How many tokens in a row Graph refused just after they were issued.
    pub(super) doubts: u8,
    /// What Conditional Access wants to see in the next token.
    claims: Option<Claims>,
    last_who: Option<Identity>,
}

impl Login {
    pub(super) fn new(setup: Option<&Configured>, http: &reqwest::Client, files: &Files) -> Self {
        let account = setup.map(account).unwrap_or_default();
        let sign_in = |set: &Configured, consent| SignIn::new(http.clone(), registration(set, consent));
        Self {
            phase: Phase::Unconfigured,
            refusal: None,
            keyring: None,
            unopened: None,
            reminder: None,
            authorization: files.load_authorization(&account),
            account,
            sign_in: setup.map(|set| sign_in(set, set.admin_consent)),
            wider: setup.filter(|set| !set.admin_consent).map(|set| sign_in(set, true)),
            attempt: None,
            under_way: None,
            turns: 0,
            more_wanted: false,
            doubts: 0,
            claims: None,
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

    /// Takes what the wizard kept for a registration, where that is the present one: a restart brings it for another.
    pub(super) fn take_over(
        &mut self,
        account: &str,
        authorization: Authorization,
        refresh: Option<SecretString>,
        now: Timestamp,
    ) {
        if !self.is_of(account) {
            return;
        }
        self.authorization = authorization;
        if let Some(refresh) = refresh.filter(|_| self.is_needed()) {
            self.phase = Phase::Renewing { refresh, at: Some(now), wait: FIRST_RETRY };
        }
    }

    /// The clock was set, and it is `now` by the new one. Kept by the next login or renewal.
    pub(super) fn set_clock(&mut self, by: SignedDuration, now: Timestamp) {
        self.phase.redate(by);
        self.authorization.period.set_clock(by, now);
    }

    /// Whether the keyring entry of this name is that of the present registration.
    pub(super) fn is_of(&self, account: &str) -> bool {
        self.account == account
    }

    pub(super) fn is_needed(&self) -> bool {
        matches!(self.phase, Phase::Needed { .. })
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
        let secret = self.host.secrets(secret::account(&self.login.account), SecretsOrder::Load);
        let refresh = self.host.secrets(self.login.account.clone(), SecretsOrder::Load);
        let report = self.report.clone();
        tokio::spawn(async move {
            let secret = secret.await.unwrap_or(Err(SecretsError::Failed));
            let refresh = refresh.await.unwrap_or(Err(SecretsError::Failed));
            drop(report.send(Outcome::Loaded { secret, refresh }));
        });
    }

    pub(super) fn keyring_loaded(&mut self, secret: SecretsAnswer, refresh: SecretsAnswer) {
        if !matches!(self.login.phase, Phase::AskingKeyring { .. } | Phase::Needed { .. }) {
            return;
        }
        self.keyring_answered(refresh.as_ref().err().copied());
        if let Ok(Some(secret)) = secret {
            self.login.use_secret(Some(&secret));
        }
        // Asked for already, when the keyring did not answer the first time.
        let is_asked_for = self.login.is_needed();
        match refresh {
            Ok(Some(refresh)) => {
                let at = Some(self.clock.now());
                self.login.phase = Phase::Renewing { refresh, at, wait: FIRST_RETRY };
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
        // Whoever is logged in as somebody else must get the choice; the browser would take the same again.
        let other_account = self.centre.same_person == SamePerson::No
            || self.login.refusal.as_ref().is_some_and(|refusal| refusal.class == Class::OtherAccount);
        let hint = self.login.who().filter(|_| !other_account).map(|who| who.upn.clone());
        let claims = self.login.claims.clone();
        let report = self.report.clone();
        let task = tokio::spawn(async move {
            let wish = Wish { login_hint: hint.as_deref(), other_account, claims: claims.as_ref() };
            let ended = match sign_in.begin(wish).await {
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
            Ok(grant) => {
                // What an older token still brings is older than this.
                self.login.under_way = None;
                self.login.doubts = 0;
                self.authorization_works(true);
                self.granted(grant, None);
            }
            Err(error) => {
                tracing::warn!(%error, "Teams Login did not succeed");
                // A login that failed takes nothing away from a session that still runs, and who turned away from
                // the browser need not be told.
                if self.login.is_needed() || error != SignInError::NoAnswer {
                    self.refused(&error);
                    self.front.banner_put_away = false;
                }
            }
        }
    }

    fn granted(&mut self, grant: Grant, earlier: Option<SecretString>) {
        let now = self.clock.now();
        let Some(who) = grant.who.or_else(|| self.login.last_who.clone()) else {
            tracing::warn!("Microsoft did not say who logged in");
            return self.need_login(Some(now), None);
        };
        if let Some(refresh) = &grant.refresh {
            self.keep_refresh_token(refresh.clone());
        }
        if self.quitting.is_some() && !self.kept.is_of(&who.object_id) {
            // What is ours is being taken back from the former person; nothing is begun for another.
            return;
        }
        let life = grant.expires_in;
        let renew_at = later(now, life.saturating_sub(AHEAD).max(life / 2));
        let resumed = self.login.active().is_none();
        let changed = self.login.last_who.as_ref() != Some(&who);
        self.login.last_who = Some(who.clone());
        self.login.refusal = None;
        self.login.claims = None;
        let person = who.object_id.clone();
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
        self.own_is_of(&person);
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
            self.ask_for_more();
        }
    }

    pub(super) fn keep_refresh_token(&self, refresh: SecretString) {
        self.keep(self.login.account.clone(), SecretsOrder::Store(refresh));
    }

    fn keep(&self, account: String, order: SecretsOrder) {
        let answer = self.host.secrets(account, order);
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

    fn need_login(&mut self, since: Option<Timestamp>, refusal: Option<Refusal>) {
        self.login.phase = Phase::Needed { since };
        self.login.refusal = refusal;
        self.login.under_way = None;
        self.front.banner_put_away = false;
        self.tell(Event::TeamsLost);
        if self.centre.in_contact() {
            // Nobody logs in while talking to a customer; the banner offers it all the same.
            self.front.prompt_after_contact = true;
        } else {
            self.prompt_login();
        }
    }

    pub(super) fn put_banner_away(&mut self) {
        self.front.banner_put_away = true;
        self.login.reminder = None;
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

    /// What doctor may do with the authorization: look at what this process holds.
    pub(super) fn authorization(&self) -> doctor::Authorization {
        match self.login.active() {
            Some(active) => doctor::Authorization::Session {
                access: active.access.clone(),
                granted: active.granted.clone(),
            },
            None => doctor::Authorization::LoggedOut,
        }
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
pub(crate) fn registration(set: &Configured, admin_consent: bool) -> Registration {
    Registration {
        authority: set.login.clone(),
        tenant: set.tenant.to_string(),
        client_id: set.client_id.to_string(),
        scopes: signin::scopes(&set.graph, admin_consent),
    }
}

impl Redate for Active {
    fn redate(&mut self, by: SignedDuration) {
        let Self { access: _, who: _, granted: _, refresh: _, issued, ends, renew_at, wait: _ } = self;
        issued.redate(by);
        ends.redate(by);
        renew_at.redate(by);
    }
}

impl Redate for Phase {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Unconfigured => {}
            Self::AskingKeyring { until } => until.redate(by),
            Self::Needed { since } => since.redate(by),
            Self::Renewing { refresh: _, at, wait: _ } => at.redate(by),
            Self::Active(active) => active.redate(by),
        }
    }
}
