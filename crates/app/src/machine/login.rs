//! Teams Login: from the keyring or the browser to an access token, and the renewals of that token.
//!
//! The refresh token goes to the keyring and nowhere else; without a keyring the session lasts until quit. A token is
//! used and kept only once it is known whose it is. The machine decides; it asks neither Entra nor the keyring itself,
//! opens no browser and has no words.

mod attempt;
mod attempts;
mod doubts;
mod entry;
mod inputs;
mod keyring;
mod refreshes;
mod refusal;
mod reminder;
mod renewal;
mod sign_in;
mod state;
#[cfg(test)]
mod tests;
mod token;

use attempts::Attempts;
use doubts::Doubts;
use jiff::{SignedDuration, Timestamp};
use keyring::{Keyring, KeyringDue};
use presence::redate::Redate;
use refreshes::Refreshes;
use reminder::Reminders;
use secrecy::SecretString;
use signin::{Identity, SecretsAnswer, SecretsError, SignInError};
use state::{HeldRefreshToken, LoginState};
use view::facts::{BrowserLogin, LoginPhase};

pub(crate) use attempt::Attempt;
pub(crate) use entry::{KeyringChange, KeyringEntry};
pub(crate) use inputs::{LoginContext, LoginIn, LoginOut, LoginSetup, TeamsLoginNotice};
pub(crate) use refreshes::Rights;
pub(crate) use refusal::{LoginRefusal, RefusedBy};
pub(crate) use reminder::Authorization;
pub(crate) use state::TeamsSession;
pub(crate) use token::Token;

/// What the handling of one input needs, and what it asks for.
struct LoginTurn<'a> {
    context: LoginContext<'a>,
    now: Timestamp,
    out: Vec<LoginOut>,
}

/// How the person reacted when they were asked to log in.
#[derive(Debug, Default)]
struct Prompt {
    put_away: bool,
    after_contact: bool,
    /// As of the last input.
    in_contact: bool,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Login {
    account: String,
    rights: Rights,
    /// The last access token carries the right to read licences and numbers, or the next one is expected to.
    reads_licences: bool,
    state: LoginState,
    /// The last refusal, until a login or a refresh succeeds.
    refusal: Option<LoginRefusal>,
    /// Who is, or was last, signed in.
    who: Option<Identity>,
    /// The engine knows that Teams is lost.
    lost: bool,
    attempts: Attempts,
    refreshes: Refreshes,
    doubts: Doubts,
    more_wanted: bool,
    /// The next refresh asks for everything that the registration asks for, and not only for what was granted: in this
    /// way rights that were consented to meanwhile, or that a new version or configuration needs, are found. Once in
    /// each run, and after each change of the configuration.
    asks_everything: bool,
    keyring: Keyring,
    reminders: Reminders,
    prompt: Prompt,
    quitting: bool,
}

impl Login {
    /// Nothing to do without a set-up. `seed` should differ between machines.
    pub(crate) fn new(setup: Option<LoginSetup>, seed: u64) -> Self {
        let state = if setup.is_some() { LoginState::Starting } else { LoginState::Unconfigured };
        let setup = setup.unwrap_or_else(|| LoginSetup {
            account: String::new(),
            rights: Rights::Basic,
            authorization: Authorization::default(),
        });
        Self {
            account: setup.account,
            rights: setup.rights,
            reads_licences: setup.rights == Rights::All,
            state,
            refusal: None,
            who: None,
            lost: false,
            attempts: Attempts::default(),
            refreshes: Refreshes::new(seed),
            doubts: Doubts::default(),
            more_wanted: false,
            asks_everything: true,
            keyring: Keyring::default(),
            reminders: Reminders::new(setup.authorization),
            prompt: Prompt::default(),
            quitting: false,
        }
    }

    /// Continues with the pace of the previous run, which used the same Entra.
    pub(crate) fn continue_from(&mut self, former: Self) {
        self.refreshes = former.refreshes.for_next_run();
        self.doubts = former.doubts;
    }

    /// See [`LoginIn`].
    pub(crate) fn on(&mut self, input: LoginIn, context: &LoginContext<'_>, now: Timestamp) -> Vec<LoginOut> {
        let mut turn = LoginTurn { context: *context, now, out: Vec::new() };
        if self.state == LoginState::Unconfigured {
            return turn.out;
        }
        self.prompt.in_contact = context.in_contact;
        self.refreshes.follow_clock(now);
        self.take(input, &mut turn);
        self.begin_refresh(&mut turn);
        turn.out
    }

    fn take(&mut self, input: LoginIn, turn: &mut LoginTurn<'_>) {
        match input {
            LoginIn::Begin => self.keyring.load(turn.now, &mut turn.out),
            LoginIn::Loaded { secret, refresh } => self.loaded(secret, refresh, turn),
            LoginIn::Kept(result) => {
                self.keyring.kept(result, turn.now, &mut turn.out);
                self.follow_keyring(turn);
            }
            LoginIn::Looked(result) => {
                let next = self.keyring.looked(result, turn.now, &mut turn.out);
                self.keyring_due(next, turn);
            }
            LoginIn::Start { other_account } => self.start(other_account, turn),
            LoginIn::Page { attempt, url } => {
                if self.attempts.page(attempt, url.clone(), turn.now) {
                    turn.out.push(LoginOut::Open { attempt, url });
                }
            }
            LoginIn::Opened { attempt, result } => {
                self.attempts.opened(attempt, result.is_ok(), turn.now);
            }
            LoginIn::OpenAgain => self.open_again(turn),
            LoginIn::Cancel => {
                turn.out.extend(self.attempts.abort().map(|attempt| LoginOut::Abort { attempt }));
            }
            LoginIn::LoggedIn { attempt, result } => {
                if self.attempts.answered(attempt) {
                    self.logged_in(result, turn);
                }
            }
            LoginIn::Refreshed { turn: number, result } => self.refreshed(number, result, turn),
            LoginIn::TokenRefused { issued, claims } => self.token_refused(issued, claims, turn),
            LoginIn::IdTokenEnded { issued } => self.id_token_ended(issued, turn.now),
            LoginIn::MoreRights => self.want_more(),
            LoginIn::ContactChanged => self.ask_after_contact(turn),
            LoginIn::PutAway => {
                self.prompt.put_away = true;
                self.reminders.put_away();
            }
            LoginIn::AfterContact => {
                self.prompt.put_away = true;
                self.prompt.after_contact = true;
            }
            LoginIn::ClientSecret { secret, expires } => self.keep_secret(secret, expires, turn),
            LoginIn::Saved { authorization, refresh } => self.saved(authorization, refresh, turn),
            LoginIn::Woke => {
                self.keyring.woke(turn.now);
                self.attempts.woke(turn.now);
                self.refreshes.woke(turn.now);
            }
            LoginIn::NetworkReturned => self.network_returned(turn.now),
            LoginIn::Quit => {
                self.quitting = true;
                turn.out.extend(self.attempts.abort().map(|attempt| LoginOut::Abort { attempt }));
            }
            LoginIn::Due => self.due(turn),
        }
    }

    fn due(&mut self, turn: &mut LoginTurn<'_>) {
        let due = self.keyring.due(turn.now, &mut turn.out);
        self.keyring_due(due, turn);
        self.attempts.browser_due(turn.now);
        if let Some(attempt) = self.attempts.overdue(turn.now) {
            turn.out.push(LoginOut::Abort { attempt });
            self.logged_in(Err(SignInError::NoAnswer), turn);
        }
        if let Some(number) = self.refreshes.overdue(turn.now) {
            turn.out.push(LoginOut::DropRefresh { turn: number });
            let late = SignInError::Unreachable("it did not answer in time".to_owned());
            self.refreshed(number, Err(late), turn);
        }
        self.remind(turn);
    }

    fn keyring_due(&mut self, due: KeyringDue, turn: &mut LoginTurn<'_>) {
        match due {
            KeyringDue::Nothing => {}
            KeyringDue::NoAnswer if self.state == LoginState::Starting => self.sign_out(None, None, turn),
            KeyringDue::NoAnswer => {}
            // Nobody is signed in: the keyring may have a refresh token from an earlier day.
            KeyringDue::LoadAgain if self.is_needed() && !self.quitting => {
                self.keyring.load(turn.now, &mut turn.out);
            }
            KeyringDue::LoadAgain => {}
        }
    }

    /// The clock was set, and it is `now` by the new one. The authorization on disk is updated by the next login or
    /// renewal.
    pub(crate) fn set_clock(&mut self, by: SignedDuration, now: Timestamp) {
        let Self {
            account: _,
            rights: _,
            reads_licences: _,
            state,
            refusal: _,
            who: _,
            lost: _,
            attempts,
            refreshes,
            doubts,
            more_wanted: _,
            asks_everything: _,
            keyring,
            reminders,
            prompt: _,
            quitting: _,
        } = self;
        state.redate(by);
        attempts.redate(by);
        refreshes.redate(by);
        doubts.redate(by);
        keyring.redate(by);
        reminders.set_clock(by, now);
    }

    /// When [`LoginIn::Due`] is to come.
    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let reminder = self.session().filter(|_| self.reminds()).and_then(|_| self.reminders.next());
        [
            self.refresh_at(),
            reminder,
            self.keyring.deadline(),
            self.attempts.deadline(),
            self.refreshes.deadline(),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    fn loaded(&mut self, secret: SecretsAnswer, refresh: SecretsAnswer, turn: &mut LoginTurn<'_>) {
        let is_last = self.keyring.loaded(refresh.as_ref().err().copied(), turn.now, &mut turn.out);
        if !is_last || (self.state != LoginState::Starting && !self.is_needed()) {
            return;
        }
        if let Ok(Some(secret)) = secret {
            turn.out.push(LoginOut::UseSecret(Some(secret.into())));
        }
        match refresh {
            Ok(Some(refresh)) => {
                let held = HeldRefreshToken { refresh: refresh.into(), who: None };
                self.state = LoginState::renewing(held, None, turn.now);
            }
            // The person was asked already when the keyring did not answer the first time.
            Ok(None) | Err(_) if self.is_needed() => {}
            Ok(None) | Err(_) => self.sign_out(None, None, turn),
        }
    }

    /// If the token was not kept, the keyring may still have an older one, perhaps of somebody else.
    fn follow_keyring(&mut self, turn: &mut LoginTurn<'_>) {
        let known = self.authorization().who.clone();
        let who = match self.keyring.failure() {
            Some(_) => None,
            None => known.or_else(|| self.session().map(|session| session.who().clone())),
        };
        if self.reminders.keyring_has(who) {
            turn.out.push(LoginOut::KeepAuthorization(self.authorization().clone()));
        }
    }

    fn ask_after_contact(&mut self, turn: &mut LoginTurn<'_>) {
        if !turn.context.in_contact && std::mem::take(&mut self.prompt.after_contact) && self.is_needed() {
            self.prompt.put_away = false;
            if !self.quitting {
                turn.out.push(LoginOut::Notify(TeamsLoginNotice::Needed));
            }
        }
    }

    fn keep_secret(
        &mut self,
        secret: Option<SecretString>,
        expires: Option<Timestamp>,
        turn: &mut LoginTurn<'_>,
    ) {
        let secret = secret.map(Token::from);
        self.reminders.secret_expires(expires.filter(|_| secret.is_some()));
        turn.out.push(LoginOut::UseSecret(secret.clone()));
        turn.out.push(LoginOut::KeepAuthorization(self.authorization().clone()));
        let keep = secret.map_or(KeyringChange::Forget, KeyringChange::Store);
        self.keyring.keep(KeyringEntry::ClientSecret, keep, turn.now, &mut turn.out);
    }

    fn saved(
        &mut self,
        authorization: Authorization,
        refresh: Option<(SecretString, Identity)>,
        turn: &mut LoginTurn<'_>,
    ) {
        self.reminders.replace(authorization);
        self.asks_everything = true;
        let Some((refresh, who)) = refresh else { return };
        self.keyring.replaced(KeyringEntry::RefreshToken);
        if self.is_needed() {
            let held = HeldRefreshToken { refresh: refresh.into(), who: Some(who) };
            self.state = LoginState::renewing(held, None, turn.now);
        }
    }

    /// A reminder is due between contacts, while somebody is signed in.
    fn reminds(&self) -> bool {
        !self.prompt.in_contact && !self.quitting
    }

    fn remind(&mut self, turn: &mut LoginTurn<'_>) {
        if self.session().is_none() || !self.reminds() {
            return;
        }
        if let Some(by) = self.reminders.due(turn.now) {
            turn.out.push(LoginOut::KeepAuthorization(self.authorization().clone()));
            turn.out.push(LoginOut::Notify(TeamsLoginNotice::Ends(by)));
        }
    }
}

/// What the view and the other parts may know.
impl Login {
    /// How far the login has got.
    pub(crate) fn phase(&self) -> LoginPhase {
        self.state.phase()
    }

    /// The access token and whose it is, while there is one.
    pub(crate) fn session(&self) -> Option<&TeamsSession> {
        match &self.state {
            LoginState::SignedIn(session) => Some(session),
            LoginState::Unconfigured
            | LoginState::Starting
            | LoginState::SignedOut { .. }
            | LoginState::Renewing(_) => None,
        }
    }

    /// Who is, or was last, signed in.
    pub(crate) fn who(&self) -> Option<&Identity> {
        self.who.as_ref()
    }

    /// Only a person can continue.
    pub(crate) fn is_needed(&self) -> bool {
        matches!(self.state, LoginState::SignedOut { .. })
    }

    /// The name of the keyring entry.
    pub(crate) fn account(&self) -> &str {
        &self.account
    }

    /// The access token carries the right to read licences and numbers, whatever was asked for; before there is one, it
    /// is expected to.
    pub(crate) fn reads_licences(&self) -> bool {
        self.reads_licences
    }

    /// The last refusal, until a login or a refresh succeeds.
    pub(crate) fn refusal(&self) -> Option<&LoginRefusal> {
        self.refusal.as_ref()
    }

    /// Why the keyring does not keep the refresh token, if so.
    pub(crate) fn keyring_failure(&self) -> Option<SecretsError> {
        self.keyring.failure()
    }

    /// The login in the browser that is under way.
    pub(crate) fn under_way(&self) -> Option<BrowserLogin<'_>> {
        self.attempts.under_way()
    }

    /// The person put the banner away.
    pub(crate) fn is_put_away(&self) -> bool {
        self.prompt.put_away
    }

    /// The end that the person is reminded of at the moment.
    pub(crate) fn reminds_of(&self) -> Option<Timestamp> {
        self.reminders.shown()
    }

    /// What is known of the authorization beside its tokens.
    pub(crate) fn authorization(&self) -> &Authorization {
        self.reminders.authorization()
    }

    /// True once the end of the process loses nothing: no new token is on its way, and the keyring has the last one.
    pub(crate) fn is_settled(&self) -> bool {
        !self.refreshes.is_under_way() && self.keyring.is_settled()
    }
}
