//! The access token is renewed before it ends, one refresh at a time; and what a refusal leads to.

use std::time::Duration;

use jiff::Timestamp;
use presence::engine::Event;
use secrecy::SecretString;
use signin::{Claims, Class, Grant, SignIn, SignInError};

use super::{
    super::{Controller, Outcome},
    Active, Phase, Refusal,
};
use crate::{
    clock::later,
    host::{Host, SecretsError, SecretsOrder},
    machine::team::TeamIn,
};

/// An access token is renewed this long before it ends.
pub(super) const AHEAD: Duration = Duration::from_secs(300);
pub(super) const FIRST_RETRY: Duration = Duration::from_secs(5);
const LONGEST_RETRY: Duration = Duration::from_secs(120);
/// A token older than this may have ended by itself.
const JUST_ISSUED: Duration = Duration::from_secs(60);
/// Entra takes the same request several times in 5 minutes for a loop (AADSTS50196).
const AFTER_A_LOOP: Duration = Duration::from_secs(600);

/// The one refresh that is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct UnderWay {
    /// Tells its answer from that of an earlier one.
    turn: u64,
    /// It asks for the rights that an administrator must approve of.
    wider: bool,
}

impl<H: Host> Controller<H> {
    /// When the login has something to do.
    pub(in super::super) fn login_deadline(&self) -> Option<Timestamp> {
        match &self.login.phase {
            Phase::Unconfigured | Phase::Needed { .. } => None,
            Phase::AskingKeyring { until } => Some(*until),
            Phase::Renewing { at, .. } => *at,
            Phase::Active(active) => [active.renew_at, self.reminds_at()].into_iter().flatten().min(),
        }
    }

    pub(in super::super) fn login_due(&mut self, now: Timestamp) {
        match &mut self.login.phase {
            Phase::Unconfigured | Phase::Needed { .. } => {}
            Phase::AskingKeyring { until } => {
                if *until <= now {
                    self.login.keyring = Some(SecretsError::Locked);
                    self.need_login(None, None);
                }
            }
            Phase::Renewing { refresh, at, .. } => {
                if at.take_if(|at| *at <= now).is_some() {
                    let refresh = refresh.clone();
                    self.refresh(refresh);
                }
            }
            Phase::Active(active) => {
                if active.renew_at.take_if(|at| *at <= now).is_some() {
                    match active.refresh.clone() {
                        Some(refresh) => self.refresh(refresh),
                        None => self.need_login(Some(now), None),
                    }
                }
                self.remind_of_login(now);
            }
        }
    }

    /// Asks for a new access token, unless an answer is on its way: Entra takes two at a time for a loop, and the
    /// older answer could replace the newer refresh token.
    fn refresh(&mut self, refresh: SecretString) {
        if self.login.under_way.is_none()
            && let Some(sign_in) = self.login.sign_in.clone()
        {
            self.send_refresh(sign_in, refresh, false);
        }
    }

    fn send_refresh(&mut self, sign_in: SignIn, refresh: SecretString, wider: bool) {
        self.login.turns += 1;
        let under_way = UnderWay { turn: self.login.turns, wider };
        self.login.under_way = Some(under_way);
        let claims = self.login.claims.clone();
        let report = self.report.clone();
        tokio::spawn(async move {
            let result = sign_in.refresh(&refresh, claims.as_ref()).await;
            drop(report.send(Outcome::Refreshed(under_way, result)));
        });
    }

    pub(in super::super) fn refreshed(&mut self, answered: UnderWay, result: Result<Grant, SignInError>) {
        if self.login.under_way != Some(answered) {
            return;
        }
        self.login.under_way = None;
        let (refresh, wait) = match &self.login.phase {
            Phase::Renewing { refresh, wait, .. } => (refresh.clone(), *wait),
            Phase::Active(Active { refresh: Some(refresh), wait, .. }) => (refresh.clone(), *wait),
            Phase::Active(_) | Phase::Unconfigured | Phase::AskingKeyring { .. } | Phase::Needed { .. } => {
                return;
            }
        };
        match result {
            Ok(grant) => {
                self.authorization_works(false);
                self.granted(grant, Some(refresh));
                if answered.wider {
                    self.has_more();
                }
            }
            Err(error) if answered.wider => self.has_no_more(&error),
            Err(error) if error.class().passes() => self.try_again(refresh, wait, &error),
            Err(error) => {
                tracing::warn!(%error, "the authorization ended");
                self.authorization_ended(&error);
                if error.erases_refresh_token() {
                    drop(self.host.secrets(self.login.account.clone(), SecretsOrder::Delete));
                }
                self.login.claims = error.claims().cloned().or(self.login.claims.take());
                let refusal = Refusal::from(&error);
                self.need_login(Some(self.clock.now()), Some(refusal));
            }
        }
        if std::mem::take(&mut self.login.more_wanted) {
            self.ask_for_more();
        }
    }

    fn try_again(&mut self, refresh: SecretString, wait: Duration, error: &SignInError) {
        tracing::warn!(%error, "the authorization could not be renewed yet");
        let now = self.clock.now();
        let wait = if error.class() == Class::TooOften { AFTER_A_LOOP } else { wait };
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
        self.login.phase = Phase::Renewing { refresh, at, wait };
        self.login.refusal = Some(Refusal::from(error));
        self.tell(Event::TeamsLost);
    }

    /// Graph refused the access token: it may be old, or Conditional Access wants to see something else in it.
    pub(in super::super) fn token_refused(&mut self, claims: Option<Claims>) {
        let now = self.clock.now();
        let Some(active) = self.login.active() else { return };
        let (refresh, fresh) = (active.refresh.clone(), now < later(active.issued, JUST_ISSUED));
        self.login.doubts = if fresh { self.login.doubts + 1 } else { 0 };
        let class = if claims.is_some() { Class::AnotherCheck } else { Class::SignInAgain };
        self.login.claims = claims;
        // A third new one would not be better.
        match refresh.filter(|_| self.login.doubts < 2) {
            Some(refresh) => {
                // A refresh that is under way answers this, too.
                let at = self.login.under_way.is_none().then_some(now);
                self.login.phase = Phase::Renewing { refresh, at, wait: FIRST_RETRY };
                self.tell(Event::TeamsLost);
            }
            None => self.need_login(Some(now), Some(Refusal::of(class))),
        }
    }

    /// True where the token carries the rights that an administrator must approve of.
    pub(in super::super) fn reads_licences(&self) -> bool {
        self.setup.is_ok() && self.login.wider.is_none()
    }

    /// An administrator may have approved of more since the last login: a refresh can bring it without one.
    pub(in super::super) fn ask_for_more(&mut self) {
        self.login.more_wanted = self.login.under_way.is_some();
        if self.login.more_wanted {
            return;
        }
        let refresh = self.login.active().and_then(|active| active.refresh.clone());
        if let Some((sign_in, refresh)) = self.login.wider.clone().zip(refresh) {
            self.send_refresh(sign_in, refresh, true);
        }
    }

    fn has_more(&mut self) {
        self.login.sign_in = self.login.wider.take();
        self.team(TeamIn::Refresh);
    }

    /// What the person has stays as it is.
    fn has_no_more(&mut self, error: &SignInError) {
        tracing::info!(%error, "names and presence only");
        // What fell due in between waited for this answer.
        let now = self.clock.now();
        match &mut self.login.phase {
            Phase::Renewing { at, .. } => *at = Some(now),
            Phase::Active(active) => {
                active.renew_at.get_or_insert(now);
            }
            Phase::Unconfigured | Phase::AskingKeyring { .. } | Phase::Needed { .. } => {}
        }
    }
}
