//! From the click on *Teams Login* to a session, and the end of one.
//!
//! Reports for whom the engine writes from now on, or that nobody is signed in. Renewals of a session are in
//! `renewal.rs`.

use jiff::Timestamp;
use signin::{Claims, Grant, Identity, SignInError};
use view::NoticeKind;

use super::{
    Login, LoginTurn,
    attempts::LoginWish,
    doubts::Doubts,
    entry::{KeyringChange, KeyringEntry},
    inputs::{LoginOut, TeamsLoginNotice},
    refusal::LoginRefusal,
    state::{LoginState, TeamsSession},
    token::Token,
};

impl Login {
    pub(super) fn start(&mut self, other_account: bool, turn: &mut LoginTurn<'_>) {
        if self.quitting {
            return;
        }
        // If the wrong account was refused, the person must get the choice: the browser would use the same account
        // again.
        let refused = self.refusal.as_ref();
        let other_account =
            other_account || refused.is_some_and(|it| it.class() == signin::Class::OtherAccount);
        let wish = LoginWish {
            rights: self.rights,
            hint: self.who().filter(|_| !other_account).and_then(|who| who.login_hint()).map(str::to_owned),
            other_account,
            claims: refused.and_then(|refusal| refusal.claims().cloned()),
        };
        if self.attempts.asks_for(&wish) {
            return self.open_again(turn);
        }
        turn.out.extend(self.attempts.abort().map(|attempt| LoginOut::Abort { attempt }));
        // The notification asked for the login that is under way now.
        turn.out.push(LoginOut::Withdraw(NoticeKind::TeamsLogin));
        let attempt = self.attempts.begin(wish.clone(), turn.now);
        let LoginWish { rights, hint, other_account, claims } = wish;
        turn.out.push(LoginOut::Begin { attempt, rights, hint, other_account, claims });
    }

    pub(super) fn open_again(&mut self, turn: &mut LoginTurn<'_>) {
        let again = self.attempts.open_again(turn.now);
        turn.out.extend(again.map(|(attempt, url)| LoginOut::Open { attempt, url }));
    }

    pub(super) fn logged_in(&mut self, result: Result<Grant, SignInError>, turn: &mut LoginTurn<'_>) {
        let result = result.and_then(|mut grant| match grant.who.take() {
            Some(who) => Ok((grant, who)),
            None => Err(SignInError::Nobody),
        });
        match result {
            Ok((grant, who)) => {
                // The answer to a refresh with an older token would be older than this.
                self.drop_refresh(turn);
                self.doubts = Doubts::default();
                self.asks_everything = false;
                self.reminders.logged_in(turn.now);
                turn.out.push(LoginOut::Withdraw(NoticeKind::TeamsLoginEnds));
                let refresh = grant.refresh.clone().map(Token::from);
                self.sign_in(who, grant, refresh.clone(), None, turn);
                let keep = refresh.map_or(KeyringChange::Forget, KeyringChange::Store);
                self.keyring.keep(KeyringEntry::RefreshToken, keep, turn.now, &mut turn.out);
            }
            // A failed login ends no session that still works, and a person who gave up in the browser need not be
            // notified of it.
            Err(error) if self.is_needed() || error != SignInError::NoAnswer => {
                tracing::warn!(%error, "Teams Login did not succeed");
                let claims = self.refusal.take().and_then(|it| it.claims().cloned());
                self.refusal = Some(LoginRefusal::of_entra(error, claims));
                self.prompt.put_away = false;
            }
            Err(error) => tracing::info!(%error, "Teams Login did not succeed"),
        }
    }

    /// This person has an access token.
    pub(super) fn sign_in(
        &mut self,
        who: Identity,
        grant: Grant,
        refresh: Option<Token>,
        claims: Option<Claims>,
        turn: &mut LoginTurn<'_>,
    ) {
        let resumes = self.session().is_none();
        let another = self.who.as_ref() != Some(&who);
        let person = who.object_id.clone();
        // Entra grants what was consented to, which may be more than what was asked for.
        let reads = signin::reads_everybody(&grant.granted);
        let read = std::mem::replace(&mut self.reads_licences, reads);
        self.who = Some(who.clone());
        self.refusal = None;
        self.prompt.put_away = false;
        self.reminders.granted(&who, &grant.granted);
        if self.keyring.failure().is_some() {
            // The keyring has an older token.
            self.reminders.keyring_has(None);
        }
        self.state = LoginState::SignedIn(TeamsSession::new(who, grant, refresh, claims, turn.now));
        self.refreshes.succeeded();
        if another {
            turn.out.push(LoginOut::Person(person));
        }
        turn.out.push(LoginOut::KeepAuthorization(self.authorization().clone()));
        if resumes {
            self.lost = false;
            turn.out.push(LoginOut::Withdraw(NoticeKind::TeamsLogin));
            turn.out.push(LoginOut::SignedIn);
            // The session came from elsewhere; the page in the browser could only sign somebody else in.
            turn.out.extend(self.attempts.abort_needless().map(|attempt| LoginOut::Abort { attempt }));
            if reads && !read {
                turn.out.push(LoginOut::MoreRights);
            }
            self.want_more();
        }
    }

    /// Only a person can continue.
    pub(super) fn sign_out(
        &mut self,
        since: Option<Timestamp>,
        refusal: Option<LoginRefusal>,
        turn: &mut LoginTurn<'_>,
    ) {
        self.drop_refresh(turn);
        self.state = LoginState::SignedOut { since };
        self.refusal = refusal;
        self.prompt.put_away = false;
        self.lose(turn);
        if self.quitting {
            return;
        }
        if turn.context.in_contact {
            // Nobody logs in while talking to a customer; only the banner offers it.
            self.prompt.after_contact = true;
        } else {
            turn.out.push(LoginOut::Notify(TeamsLoginNotice::Needed));
        }
    }

    pub(super) fn lose(&mut self, turn: &mut LoginTurn<'_>) {
        if !std::mem::replace(&mut self.lost, true) {
            turn.out.push(LoginOut::TeamsLost);
        }
    }
}
