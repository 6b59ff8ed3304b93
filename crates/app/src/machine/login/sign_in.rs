//! From the click on *Teams Login* to a session, and the end of one.
//!
//! Says whom the engine writes for from now on, and that it has nobody; keeping a session fresh is in `renewal.rs`.

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
        // Whoever is logged in as somebody else must get the choice; the browser would take the same account again.
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
        // It asked for what is under way now.
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
                // What an older refresh token still brings is older than this.
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
            // A login that failed takes nothing away from a session that still runs, and who turned away from the
            // browser need not hear of it.
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
        // Entra gives what was approved of, which may be more than what was asked for.
        let reads = signin::reads_everybody(&grant.granted);
        let read = std::mem::replace(&mut self.reads_licences, reads);
        self.who = Some(who.clone());
        self.refusal = None;
        self.prompt.put_away = false;
        self.reminders.granted(&who, &grant.granted);
        if self.keyring.failure().is_some() {
            // It has an older token.
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
            // The session came from elsewhere, and the page in the browser could only change whose it is.
            turn.out.extend(self.attempts.abort_needless().map(|attempt| LoginOut::Abort { attempt }));
            if reads && !read {
                turn.out.push(LoginOut::MoreRights);
            }
            self.want_more();
        }
    }

    /// Only a person can go on.
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
            // Nobody logs in while talking to a customer; the banner offers it all the same.
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
