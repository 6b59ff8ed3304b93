//! What holds for every sequence of clicks, answers and waits.

use std::collections::{BTreeSet, VecDeque};

use proptest::prelude::*;
use secrecy::ExposeSecret;

use super::*;

#[derive(Debug, Clone, Copy)]
enum Answer {
    /// For this person, or for nobody in particular; with a new refresh token or without.
    Grant {
        life: u64,
        whose: Option<&'static str>,
        rotates: bool,
    },
    Passes,
    TooOften,
    Ends,
    Blocked,
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Wait(u64),
    UntilDue,
    Start,
    /// The last attempt is answered, or one before it.
    Attempt {
        back: u64,
        answer: Answer,
    },
    Refresh {
        back: u64,
        answer: Answer,
    },
    Keyring(Result<(), SecretsError>),
    Page,
    OpenAgain,
    Cancel,
    Opened(bool),
    Refused {
        claims: bool,
    },
    IdTokenEnded,
    MoreRights,
    Contact(bool),
    PutAway,
    AfterContact,
    Woke,
    /// The process dies, and the keyring and what is on disk are all that is left.
    Restart,
    Quit,
}

fn answers() -> impl Strategy<Value = Answer> {
    let life = prop_oneof![Just(0), 1..100_u64, Just(3600)];
    let whose = prop_oneof![3 => Just(Some("priya")), 3 => Just(None), 1 => Just(Some("grace"))];
    prop_oneof![
        4 => (life, whose, any::<bool>())
            .prop_map(|(life, whose, rotates)| Answer::Grant { life, whose, rotates }),
        2 => Just(Answer::Passes),
        1 => Just(Answer::TooOften),
        1 => Just(Answer::Ends),
        1 => Just(Answer::Blocked),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let failure =
        prop_oneof![Just(SecretsError::Missing), Just(SecretsError::Locked), Just(SecretsError::Failed)];
    prop_oneof![
        3 => (0..90_u64).prop_map(Step::Wait),
        5 => Just(Step::UntilDue),
        2 => Just(Step::Start),
        3 => (0..3_u64, answers()).prop_map(|(back, answer)| Step::Attempt { back, answer }),
        9 => (prop_oneof![4 => Just(0_u64), 1 => 1..3_u64], answers())
            .prop_map(|(back, answer)| Step::Refresh { back, answer }),
        3 => Just(Step::Keyring(Ok(()))),
        1 => failure.prop_map(|error| Step::Keyring(Err(error))),
        1 => Just(Step::Page),
        1 => Just(Step::OpenAgain),
        1 => Just(Step::Cancel),
        1 => any::<bool>().prop_map(Step::Opened),
        4 => any::<bool>().prop_map(|claims| Step::Refused { claims }),
        2 => Just(Step::IdTokenEnded),
        1 => Just(Step::MoreRights),
        1 => any::<bool>().prop_map(Step::Contact),
        1 => Just(Step::PutAway),
        1 => Just(Step::AfterContact),
        1 => Just(Step::Woke),
        1 => Just(Step::Restart),
    ]
}

/// Everything outside of the machine, and what it saw.
struct World {
    run: Run,
    attempts: u64,
    turns: u64,
    under_way: BTreeSet<u64>,
    begun: VecDeque<Timestamp>,
    /// Whose refresh token was sent last.
    sent: String,
    authorization: Authorization,
    /// What the keyring is asked at the moment.
    keyring: Option<LoginOut>,
    stored: Option<Token>,
    tokens: u64,
    /// The last report: true for `SignedIn`, false for `TeamsLost`.
    there: Option<bool>,
    quit: bool,
}

impl World {
    fn new(rights: Rights) -> Self {
        Self {
            run: Run::with(rights),
            attempts: 0,
            turns: 0,
            under_way: BTreeSet::new(),
            begun: VecDeque::new(),
            sent: String::new(),
            authorization: Authorization::default(),
            keyring: None,
            stored: None,
            tokens: 0,
            there: None,
            quit: false,
        }
    }

    fn feed(&mut self, input: LoginIn) {
        for out in self.run.feed(input) {
            self.see(out);
        }
        self.check_owners_of_tokens();
    }

    /// Every token says whose it is, and is under that name.
    fn check_owners_of_tokens(&self) {
        if let Some(HeldRefreshToken { refresh, who: Some(who) }) = self.run.login.state.held() {
            assert_eq!(who.object_id, ObjectId::new(owner(&refresh)), "a refresh token");
        }
        if let Some(session) = self.run.login.session() {
            let access = Token::from(session.access().clone());
            assert_eq!(session.who().object_id, ObjectId::new(owner(&access)), "an access token");
        }
    }

    /// Restarts the process. One that dies between its two writes knows less, and accepts the person whom the next
    /// answer names: that case is left out.
    fn restart(&mut self) {
        for _ in 0..4 {
            self.answer_keyring(Ok(()));
        }
        let whose = self.stored.as_ref().map(|token| ObjectId::new(owner(token)));
        if whose.is_some() && whose.as_ref() != self.authorization.who.as_ref().map(|who| &who.object_id) {
            return;
        }
        let rights = self.run.login.rights;
        let setup = LoginSetup { account: "a".to_owned(), rights, authorization: self.authorization.clone() };
        self.run.login = Login::new(Some(setup), 1);
        self.under_way.clear();
        self.begun.clear();
        (self.attempts, self.turns, self.keyring, self.there) = (0, 0, None, None);
        self.feed(LoginIn::Begin);
    }

    fn see(&mut self, out: LoginOut) {
        let begins = matches!(
            out,
            LoginOut::Begin { .. }
                | LoginOut::Open { .. }
                | LoginOut::Refresh { .. }
                | LoginOut::Load
                | LoginOut::Notify(TeamsLoginNotice::Needed)
        );
        assert!(!(self.quit && begins), "after quit nothing is begun: {out:?}");
        match out {
            LoginOut::Begin { attempt, .. } => {
                assert!(attempt > self.attempts);
                self.attempts = attempt;
            }
            LoginOut::Refresh { turn, refresh, .. } => {
                self.sent = owner(&refresh).to_owned();
                assert!(self.under_way.is_empty(), "never two refreshes under way");
                assert!(turn > self.turns);
                self.turns = turn;
                self.under_way.insert(turn);
                self.begun.push_back(self.run.now);
                if self.begun.len() > refreshes::MOST {
                    let first = self.begun.pop_front().unwrap();
                    assert!(later(first, refreshes::WINDOW) <= self.run.now, "too many in a minute");
                }
            }
            LoginOut::DropRefresh { turn } => assert!(self.under_way.remove(&turn)),
            LoginOut::Load | LoginOut::Look | LoginOut::Keep { .. } => {
                assert_eq!(self.keyring.replace(out), None, "one thing at a time");
            }
            LoginOut::KeepAuthorization(authorization) => self.authorization = authorization,
            LoginOut::SignedIn => assert_ne!(self.there.replace(true), Some(true)),
            LoginOut::TeamsLost => assert_ne!(self.there.replace(false), Some(false)),
            LoginOut::Abort { .. }
            | LoginOut::Open { .. }
            | LoginOut::UseSecret(_)
            | LoginOut::Notify(_)
            | LoginOut::Withdraw(_)
            | LoginOut::Person(_)
            | LoginOut::MoreRights => {}
        }
    }

    /// What Entra answers; if it names nobody, its tokens are those of the person they were asked for.
    fn result(&mut self, answer: Answer, asked_for: &str) -> Result<Grant, SignInError> {
        match answer {
            Answer::Grant { life, whose, rotates } => {
                self.tokens += 1;
                let owner = whose.unwrap_or(asked_for);
                let refresh = rotates.then(|| format!("r{} {owner}", self.tokens));
                let access = format!("a {owner}").into();
                Ok(Grant { access, ..grant(refresh.as_deref(), whose, life) })
            }
            Answer::Passes => Err(SignInError::Server { status: 503, retry_after: None }),
            Answer::TooOften => Err(no(Class::TooOften, "invalid_grant")),
            Answer::Ends => Err(ended()),
            Answer::Blocked => Err(no(Class::Blocked, "access_denied")),
        }
    }

    fn answer_keyring(&mut self, result: Result<(), SecretsError>) {
        match self.keyring.take() {
            Some(LoginOut::Load) => {
                let refresh = result.map(|()| self.stored.clone().map(|it| it.secret().clone()));
                self.feed(LoginIn::Loaded { secret: result.map(|()| None), refresh });
            }
            Some(LoginOut::Keep { entry: KeyringEntry::RefreshToken, keep }) => {
                if result.is_ok() {
                    self.stored = match keep {
                        KeyringChange::Store(token) => Some(token),
                        KeyringChange::Forget => None,
                    };
                }
                self.feed(LoginIn::Kept(result));
            }
            Some(LoginOut::Look) => self.feed(LoginIn::Looked(result)),
            Some(_) | None => {}
        }
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Wait(seconds) => self.wait_until(later(self.run.now, Duration::from_secs(seconds))),
            Step::UntilDue => {
                if let Some(at) = self.run.login.deadline().filter(|at| *at < Timestamp::MAX) {
                    self.wait_until(self.run.now.max(at));
                }
            }
            Step::Start => self.feed(LoginIn::Start { other_account: false }),
            Step::Attempt { back, answer } => {
                let result = self.result(answer, "nobody");
                let attempt = self.attempts.saturating_sub(back);
                self.feed(LoginIn::LoggedIn { attempt, result });
            }
            Step::Refresh { back, answer } => {
                let result = self.result(answer, &self.sent.clone());
                let turn = self.turns.saturating_sub(back);
                self.under_way.remove(&turn);
                self.feed(LoginIn::Refreshed { turn, result });
            }
            Step::Keyring(result) => self.answer_keyring(result),
            Step::OpenAgain => self.feed(LoginIn::OpenAgain),
            Step::Cancel => self.feed(LoginIn::Cancel),
            Step::Page => self.feed(LoginIn::Page { attempt: self.attempts, url: url() }),
            Step::Opened(opened) => {
                let result = if opened { Ok(()) } else { Err(BrowserError("none".to_owned())) };
                self.feed(LoginIn::Opened { attempt: self.attempts, result });
            }
            Step::Refused { claims: challenged } => {
                if let Some(issued) = self.run.login.session().map(TeamsSession::issued) {
                    let claims = claims().filter(|_| challenged);
                    self.feed(LoginIn::TokenRefused { issued, claims });
                }
            }
            Step::IdTokenEnded => {
                if let Some(issued) = self.run.login.session().map(TeamsSession::issued) {
                    self.feed(LoginIn::IdTokenEnded { issued });
                }
            }
            Step::MoreRights => self.feed(LoginIn::MoreRights),
            Step::Contact(in_contact) => {
                self.run.in_contact = in_contact;
                self.feed(LoginIn::ContactChanged);
            }
            Step::PutAway => self.feed(LoginIn::PutAway),
            Step::AfterContact => self.feed(LoginIn::AfterContact),
            Step::Woke => self.feed(LoginIn::Woke),
            Step::Restart if self.quit => {}
            Step::Restart => self.restart(),
            Step::Quit => {
                self.run.person = self.run.login.who().map(|who| who.object_id.clone());
                self.feed(LoginIn::Quit);
                self.quit = true;
            }
        }
    }

    fn wait_until(&mut self, end: Timestamp) {
        let mut deadlines = Deadlines::new();
        while let Some(at) = deadlines.next(self.run.login.deadline(), end) {
            self.run.now = self.run.now.max(at);
            self.feed(LoginIn::Due);
            let next = self.run.login.deadline();
            assert!(next.is_none_or(|next| next > self.run.now), "a deadline that has come is over");
        }
        self.run.now = end;
    }

    /// The keyring answers everything at last.
    fn settle(&mut self) {
        for _ in 0..10 {
            self.answer_keyring(Ok(()));
        }
        let held = self.run.login.state.held();
        if self.run.login.keyring_failure().is_none()
            && let Some(held) = held
        {
            assert_eq!(self.stored, Some(held.refresh), "the keyring has the newest token");
        }
    }
}

/// Whose token it is: it ends in their name.
fn owner(token: &Token) -> &str {
    token.secret().expose_secret().rsplit(' ').next().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn refreshes_are_few_and_single_losses_alternate_the_newest_token_is_kept_and_nobody_has_anothers(
        all in any::<bool>(),
        kept in any::<bool>(),
        before in proptest::collection::vec(steps(), 0..60),
        after in proptest::collection::vec(steps(), 0..20),
    ) {
        let mut world = World::new(if all { Rights::All } else { Rights::Basic });
        world.stored = kept.then(|| token("r0 priya"));
        world.authorization.who = kept.then(|| identity("priya"));
        world.run.login.reminders.replace(world.authorization.clone());
        world.feed(LoginIn::Begin);
        for step in before {
            world.take(step);
        }
        world.take(Step::Quit);
        for step in after {
            world.take(step);
        }
        world.settle();
    }
}
