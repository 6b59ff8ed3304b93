//! Renews the access token before it ends, and handles the answers.

use jiff::Timestamp;
use signin::{Claims, Grant, SignInError};
use view::NoticeKind;

use super::{
    Login, LoginOut, LoginTurn,
    entry::{KeyringChange, KeyringEntry},
    refreshes::{RefreshUnderWay, Rights},
    refusal::LoginRefusal,
    state::{HeldRefreshToken, LoginState, Renewing},
    token::Token,
};

impl Login {
    /// When the next refresh is due.
    pub(super) fn refresh_at(&self) -> Option<Timestamp> {
        if self.quitting {
            return None;
        }
        match &self.state {
            LoginState::Unconfigured | LoginState::Starting | LoginState::SignedOut { .. } => None,
            LoginState::Renewing(renewing) => self.refreshes.when(renewing.at),
            // Nothing to renew it with: a login is needed then, and no refresh that is under way changes that.
            LoginState::SignedIn(session) if session.held().is_none() => Some(session.renew_at()),
            LoginState::SignedIn(session) if self.more_wanted => {
                self.refreshes.when(session.renew_at().min(session.issued()))
            }
            LoginState::SignedIn(session) => self.refreshes.when(session.renew_at()),
        }
    }

    /// Asks for a new access token, if one is due.
    pub(super) fn begin_refresh(&mut self, turn: &mut LoginTurn<'_>) {
        if self.refresh_at().is_none_or(|at| turn.now < at) {
            return;
        }
        let Some(held) = self.state.held() else {
            return self.sign_out(Some(turn.now), None, turn);
        };
        if self.session().is_some_and(|session| !session.lasts(turn.now)) {
            // Nothing is asked with a token that has ended.
            self.state = LoginState::renewing(held.clone(), None, turn.now);
            self.lose(turn);
        }
        let claims = self.state.claims().cloned();
        let due = self.session().is_none_or(|session| session.renew_at() <= turn.now);
        let rights = if due { self.rights } else { Rights::All };
        // The login asked for everything already, so refreshes ask only for what it granted.
        let is_usual = rights == self.rights && !self.asks_everything;
        let granted = self.authorization().granted.clone().filter(|_| is_usual);
        self.more_wanted &= due;
        turn.out.push(LoginOut::Refresh {
            turn: self.refreshes.begin(rights, granted.is_none(), claims.clone(), turn.now),
            rights,
            granted,
            refresh: held.refresh,
            claims,
        });
    }

    /// A refresh that failed is tried again at once, unless Entra asked for a wait.
    pub(super) fn network_returned(&mut self, now: Timestamp) {
        if !self.refreshes.network_returned() {
            return;
        }
        match &mut self.state {
            LoginState::Unconfigured | LoginState::Starting | LoginState::SignedOut { .. } => {}
            LoginState::Renewing(renewing) => renewing.at = now,
            LoginState::SignedIn(session) => session.renew_later(now),
        }
    }

    pub(super) fn drop_refresh(&mut self, turn: &mut LoginTurn<'_>) {
        turn.out.extend(self.refreshes.drop_it().map(|turn| LoginOut::DropRefresh { turn }));
    }

    pub(super) fn refreshed(
        &mut self,
        number: u64,
        result: Result<Grant, SignInError>,
        turn: &mut LoginTurn<'_>,
    ) {
        let Some(answered) = self.refreshes.answered(number) else { return };
        let Some(held) = self.state.held() else { return };
        match result {
            Ok(grant) => self.renewed(held, grant, answered, turn),
            Err(error) if answered.rights != self.rights => {
                tracing::info!(%error, "no more rights were granted: names and presence only");
            }
            // What was granted can still be had, and is asked for at once.
            Err(error) if self.can_ask_for_less(&answered) && error.refuses_the_rights() => {
                tracing::info!(%error, "a refresh for more rights was refused; the granted ones are asked for");
                self.asks_everything = false;
            }
            Err(error) if error.class().is_temporary() => self.try_again(error, turn),
            Err(error) => {
                tracing::warn!(%error, "the authorization ended");
                if self.reminders.ended(error.ends_by_age(), turn.now) {
                    turn.out.push(LoginOut::KeepAuthorization(self.authorization().clone()));
                }
                turn.out.push(LoginOut::Withdraw(NoticeKind::TeamsLoginEnds));
                if error.erases_refresh_token() {
                    self.keyring.keep(
                        KeyringEntry::RefreshToken,
                        KeyringChange::Forget,
                        turn.now,
                        &mut turn.out,
                    );
                }
                let claims = self.state.claims().cloned().or(answered.claims);
                let refusal = LoginRefusal::of_entra(error, claims).about(held.who.as_ref());
                self.sign_out(Some(turn.now), Some(refusal), turn);
            }
        }
    }

    /// Takes over a renewed token. Entra need not name the person again (OpenID Connect Core, 12.2: there might be no
    /// ID token): then it is the person to whom the refresh token was given; for a token of an earlier day the
    /// authorization names them. An answer that names another person is not used at all: something on the way mixed up
    /// two answers.
    fn renewed(
        &mut self,
        held: HeldRefreshToken,
        mut grant: Grant,
        answered: RefreshUnderWay,
        turn: &mut LoginTurn<'_>,
    ) {
        // The keyring may have the token from an earlier day.
        let known = held.who.or_else(|| self.authorization().who.clone());
        let whose = match (grant.who.take(), known) {
            (Some(said), Some(known)) if said.object_id != known.object_id => Err(SignInError::OtherPerson),
            // An answer without a login hint says less than what is known.
            (Some(said), Some(known)) => Ok(if said.login_hint().is_some() { said } else { known }),
            (Some(one), None) | (None, Some(one)) => Ok(one),
            (None, None) => Err(SignInError::Nobody),
        };
        let who = match whose {
            Ok(who) => who,
            Err(error) => {
                tracing::warn!(%error, "the authorization was not renewed");
                return self.sign_out(Some(turn.now), Some(LoginRefusal::of_entra(error, None)), turn);
            }
        };
        let newer = grant.refresh.clone().map(Token::from);
        // While quitting, what is ours is taken back from the former person; nothing is begun for another.
        self.asks_everything &= !answered.everything || answered.rights != self.rights;
        let begins = !self.quitting || turn.context.person == Some(&who.object_id);
        let refresh = newer.clone().unwrap_or(held.refresh);
        if begins {
            self.reminders.worked(turn.now);
            self.sign_in(who, grant, Some(refresh), answered.claims, turn);
        } else {
            self.state = LoginState::renewing(HeldRefreshToken { refresh, who: Some(who) }, None, turn.now);
        }
        if let Some(newer) = newer {
            self.keyring.keep(
                KeyringEntry::RefreshToken,
                KeyringChange::Store(newer),
                turn.now,
                &mut turn.out,
            );
        }
        if begins && answered.rights != self.rights {
            self.rights = answered.rights;
            self.more_wanted = false;
            turn.out.push(LoginOut::MoreRights);
        }
    }

    /// It asked for everything, and what was granted is known.
    fn can_ask_for_less(&self, answered: &RefreshUnderWay) -> bool {
        answered.everything && self.asks_everything && self.authorization().granted.is_some()
    }

    fn try_again(&mut self, error: SignInError, turn: &mut LoginTurn<'_>) {
        tracing::warn!(%error, "the authorization could not be renewed yet");
        let now = turn.now;
        let at = self.refreshes.failed(&error, now);
        match &mut self.state {
            LoginState::Unconfigured | LoginState::Starting | LoginState::SignedOut { .. } => return,
            LoginState::SignedIn(session) => {
                if session.lasts(now) {
                    return session.renew_later(at);
                }
                let Some(held) = session.held() else { return };
                self.state = LoginState::Renewing(Renewing { held, claims: None, at });
            }
            LoginState::Renewing(renewing) => renewing.at = at,
        }
        self.refusal = Some(LoginRefusal::of_entra(error, None));
        self.lose(turn);
    }

    /// Graph refuses the access token: it may have been revoked, or Conditional Access requires something else in it.
    /// It is renewed; if the next one is refused too, that says nothing about the login.
    pub(super) fn token_refused(
        &mut self,
        issued: Timestamp,
        claims: Option<Claims>,
        turn: &mut LoginTurn<'_>,
    ) {
        let Some(session) = self.session().filter(|session| session.issued() == issued) else { return };
        let Some(held) = session.held() else {
            return self.sign_out(Some(turn.now), Some(LoginRefusal::of_graph(claims)), turn);
        };
        if claims.is_some() && session.claims().is_some() {
            // Without the person Entra cannot put more into the token.
            return self.sign_out(Some(turn.now), Some(LoginRefusal::of_graph(claims)), turn);
        }
        if self.quitting {
            return;
        }
        // A refresh that is under way answers this refusal, though it began before. If its token is refused as well,
        // that counts as the first refusal.
        let renews = self.refreshes.is_under_way() || self.doubts.renew(turn.now);
        // A challenge is answered once for each token, which is renewed without one only after the wait.
        if !renews && claims.is_none() {
            return;
        }
        self.state = LoginState::renewing(held, claims, turn.now);
        self.lose(turn);
    }

    /// AWS finds that the ID token has ended. A refresh brings another; until then the access token is still used, so
    /// Teams is not lost. Without a refresh token there is no other ID token until the next login.
    pub(super) fn id_token_ended(&mut self, issued: Timestamp, now: Timestamp) {
        let LoginState::SignedIn(session) = &mut self.state else { return };
        let is_renewable = session.issued() == issued && session.held().is_some() && !self.quitting;
        // A refresh that is under way brings another, too.
        if is_renewable && !self.refreshes.is_under_way() && self.doubts.renew_id_token(now) {
            session.renew_later(now);
        }
    }

    /// An administrator may have consented to more rights since the last login.
    pub(super) fn want_more(&mut self) {
        self.more_wanted = self.rights == Rights::Basic && self.state.held().is_some();
    }
}
