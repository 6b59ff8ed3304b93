//! The access token is renewed before it ends; and what the answers lead to.

use jiff::Timestamp;
use signin::{Claims, Grant, SignInError};
use view::NoticeKind;

use super::{
    Login, LoginOut, Turn,
    entry::{Entry, Keep},
    refreshes::{Rights, UnderWay},
    refusal::Refusal,
    state::{Held, Renewing, State},
    token::Token,
};

impl Login {
    /// When the next refresh is due.
    pub(super) fn refresh_at(&self) -> Option<Timestamp> {
        if self.quitting {
            return None;
        }
        match &self.state {
            State::Unconfigured | State::Starting | State::SignedOut { .. } => None,
            State::Renewing(renewing) => self.refreshes.when(renewing.at),
            // Nothing to renew it with: a login is needed then, and no refresh that is under way changes that.
            State::SignedIn(session) if session.held().is_none() => Some(session.renew_at()),
            State::SignedIn(session) if self.more_wanted => {
                self.refreshes.when(session.renew_at().min(session.issued()))
            }
            State::SignedIn(session) => self.refreshes.when(session.renew_at()),
        }
    }

    /// Asks for a new access token, if one is due.
    pub(super) fn begin_refresh(&mut self, turn: &mut Turn<'_>) {
        if self.refresh_at().is_none_or(|at| turn.now < at) {
            return;
        }
        let Some(held) = self.state.held() else {
            return self.sign_out(Some(turn.now), None, turn);
        };
        if self.session().is_some_and(|session| !session.lasts(turn.now)) {
            // Nothing is asked with a token that has ended.
            self.state = State::renewing(held.clone(), None, turn.now);
            self.lose(turn);
        }
        let claims = self.state.claims().cloned();
        let due = self.session().is_none_or(|session| session.renew_at() <= turn.now);
        let rights = if due { self.rights } else { Rights::All };
        // More was asked for at the login. What it did not bring is not asked for again and again.
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
            State::Unconfigured | State::Starting | State::SignedOut { .. } => {}
            State::Renewing(renewing) => renewing.at = now,
            State::SignedIn(session) => session.renew_later(now),
        }
    }

    pub(super) fn drop_refresh(&mut self, turn: &mut Turn<'_>) {
        turn.out.extend(self.refreshes.drop_it().map(|turn| LoginOut::DropRefresh { turn }));
    }

    pub(super) fn refreshed(&mut self, number: u64, result: Result<Grant, SignInError>, turn: &mut Turn<'_>) {
        let Some(answered) = self.refreshes.answered(number) else { return };
        let Some(held) = self.state.held() else { return };
        match result {
            Ok(grant) => self.renewed(held, grant, answered, turn),
            Err(error) if answered.rights != self.rights => tracing::info!(%error, "names and presence only"),
            // What was granted can still be had, and is asked for at once.
            Err(error) if self.can_ask_for_less(&answered) && error.refuses_the_rights() => {
                tracing::info!(%error, "nothing more was granted");
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
                    self.keyring.keep(Entry::RefreshToken, Keep::Forget, turn.now, &mut turn.out);
                }
                let claims = self.state.claims().cloned().or(answered.claims);
                let refusal = Refusal::of_entra(error, claims).about(held.who.as_ref());
                self.sign_out(Some(turn.now), Some(refusal), turn);
            }
        }
    }

    /// Entra need not say again who it is (OpenID Connect Core, 12.2: there might be no ID token): then it is who the refresh
    /// token was given to, and nobody else; of a token of an earlier day the authorization knows that. An answer for
    /// another person than that is not theirs, and nothing of it is used: something on the way mixed up two answers.
    fn renewed(&mut self, held: Held, mut grant: Grant, answered: UnderWay, turn: &mut Turn<'_>) {
        // The keyring may have it from an earlier day.
        let known = held.who.or_else(|| self.authorization().who.clone());
        let whose = match (grant.who.take(), known) {
            (Some(said), Some(known)) if said.object_id != known.object_id => Err(SignInError::OtherPerson),
            // A token that names nobody says less than the one before.
            (Some(said), Some(known)) => Ok(if said.login_hint().is_some() { said } else { known }),
            (Some(one), None) | (None, Some(one)) => Ok(one),
            (None, None) => Err(SignInError::Nobody),
        };
        let who = match whose {
            Ok(who) => who,
            Err(error) => {
                tracing::warn!(%error, "the authorization was not renewed");
                return self.sign_out(Some(turn.now), Some(Refusal::of_entra(error, None)), turn);
            }
        };
        let newer = grant.refresh.clone().map(Token::from);
        // What is ours is being taken back from the former person; nothing is begun for another.
        self.asks_everything &= !answered.everything || answered.rights != self.rights;
        let begins = !self.quitting || turn.facts.person == Some(&who.object_id);
        let refresh = newer.clone().unwrap_or(held.refresh);
        if begins {
            self.reminders.worked(turn.now);
            self.sign_in(who, grant, Some(refresh), answered.claims, turn);
        } else {
            self.state = State::renewing(Held { refresh, who: Some(who) }, None, turn.now);
        }
        if let Some(newer) = newer {
            self.keyring.keep(Entry::RefreshToken, Keep::Store(newer), turn.now, &mut turn.out);
        }
        if begins && answered.rights != self.rights {
            self.rights = answered.rights;
            self.more_wanted = false;
            turn.out.push(LoginOut::MoreRights);
        }
    }

    /// It asked for everything, and what was granted is known.
    fn can_ask_for_less(&self, answered: &UnderWay) -> bool {
        answered.everything && self.asks_everything && self.authorization().granted.is_some()
    }

    fn try_again(&mut self, error: SignInError, turn: &mut Turn<'_>) {
        tracing::warn!(%error, "the authorization could not be renewed yet");
        let now = turn.now;
        let at = self.refreshes.failed(&error, now);
        match &mut self.state {
            State::Unconfigured | State::Starting | State::SignedOut { .. } => return,
            State::SignedIn(session) => {
                if session.lasts(now) {
                    return session.renew_later(at);
                }
                let Some(held) = session.held() else { return };
                self.state = State::Renewing(Renewing { held, claims: None, at });
            }
            State::Renewing(renewing) => renewing.at = at,
        }
        self.refusal = Some(Refusal::of_entra(error, None));
        self.lose(turn);
    }

    /// Graph refuses the access token: it may have been revoked, or Conditional Access wants to see something else in
    /// it. It is renewed; whether the next one is refused too says nothing about the login.
    pub(super) fn token_refused(&mut self, issued: Timestamp, claims: Option<Claims>, turn: &mut Turn<'_>) {
        let Some(session) = self.session().filter(|session| session.issued() == issued) else { return };
        let Some(held) = session.held() else {
            return self.sign_out(Some(turn.now), Some(Refusal::of_graph(claims)), turn);
        };
        if claims.is_some() && session.claims().is_some() {
            // Entra put into the token what it can without the person.
            return self.sign_out(Some(turn.now), Some(Refusal::of_graph(claims)), turn);
        }
        if self.quitting {
            return;
        }
        // What is under way was asked for before this, and answers it. If it is refused as well, that is the first time.
        let renews = self.refreshes.is_under_way() || self.doubts.renew(turn.now);
        // A challenge is answered once for each token, which is renewed without one only after the wait.
        if !renews && claims.is_none() {
            return;
        }
        self.state = State::renewing(held, claims, turn.now);
        self.lose(turn);
    }

    /// AWS finds that the ID token has ended. A refresh brings another; until then the access token serves, so Teams is not
    /// lost. Without a refresh token there is none until the next login.
    pub(super) fn id_token_ended(&mut self, issued: Timestamp, now: Timestamp) {
        let State::SignedIn(session) = &mut self.state else { return };
        let is_renewable = session.issued() == issued && session.held().is_some() && !self.quitting;
        // What is under way brings another, too.
        if is_renewable && !self.refreshes.is_under_way() && self.doubts.renew_id_token(now) {
            session.renew_later(now);
        }
    }

    /// An administrator may have approved of more since the last login.
    pub(super) fn want_more(&mut self) {
        self.more_wanted = self.rights == Rights::Basic && self.state.held().is_some();
    }
}
