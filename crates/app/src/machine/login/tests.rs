//! Teams Login by value, in virtual time.

mod law;

use std::time::Duration;

use signin::{Class, Details};

use super::*;
use crate::clock::later;

const LIFE: u64 = 3600;
const ADDRESS: &str = "https://login.microsoftonline.com/authorize";

/// One run with the time at which it is.
struct Run {
    login: Login,
    now: Timestamp,
    in_contact: bool,
    person: Option<ObjectId>,
}

impl Run {
    fn new() -> Self {
        Self::with(Rights::All)
    }

    fn with(rights: Rights) -> Self {
        let account = "login.microsoftonline.com/tenant/client".to_owned();
        let login =
            Login::new(Some(LoginSetup { account, rights, authorization: Authorization::default() }), 1);
        Self { login, now: Timestamp::UNIX_EPOCH, in_contact: false, person: None }
    }

    fn feed(&mut self, input: LoginIn) -> Vec<LoginOut> {
        let facts = LoginFacts { in_contact: self.in_contact, person: self.person.as_ref() };
        self.login.on(input, &facts, self.now)
    }

    /// Lets time pass, deadline by deadline, and gives what was asked for with the second at which it was.
    fn pass(&mut self, seconds: u64) -> Vec<(i64, LoginOut)> {
        let start = self.now;
        let end = later(start, Duration::from_secs(seconds));
        let mut all = Vec::new();
        while let Some(at) = self.login.deadline().filter(|at| *at <= end) {
            self.now = self.now.max(at);
            let second = self.now.duration_since(start).as_secs();
            all.extend(self.feed(LoginIn::Due).into_iter().map(|out| (second, out)));
        }
        self.now = end;
        all
    }

    fn empty_keyring(&mut self) -> Vec<LoginOut> {
        self.feed(LoginIn::Begin);
        self.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(None) })
    }

    fn start(&mut self) -> u64 {
        let out = self.feed(LoginIn::Start { other_account: false });
        out.iter()
            .find_map(|it| if let LoginOut::Begin { attempt, .. } = it { Some(*attempt) } else { None })
            .unwrap()
    }

    fn logs_in(&mut self, grant: Grant) -> Vec<LoginOut> {
        let attempt = self.start();
        self.feed(LoginIn::LoggedIn { attempt, result: Ok(grant) })
    }

    fn issued(&self) -> Timestamp {
        self.login.session().unwrap().issued()
    }

    fn refuse(&mut self, claims: Option<Claims>) -> Vec<LoginOut> {
        let issued = self.issued();
        self.feed(LoginIn::TokenRefused { issued, claims })
    }

    fn renewed(&mut self, turn: u64, refresh: &str) -> Vec<LoginOut> {
        self.feed(LoginIn::Refreshed { turn, result: Ok(grant(Some(refresh), None, LIFE)) })
    }
}

/// Somebody is signed in, and the keyring has the token.
fn signed_in() -> Run {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.feed(LoginIn::Kept(Ok(())));
    run
}

fn identity(name: &str) -> Identity {
    Identity {
        object_id: ObjectId::new(name),
        tenant_id: "tenant".to_owned(),
        upn: format!("{name}@contoso.com"),
        name: name.to_owned(),
    }
}

fn grant(refresh: Option<&str>, who: Option<&str>, life: u64) -> Grant {
    Grant {
        access: "access".into(),
        expires_in: Duration::from_secs(life),
        granted: Vec::new(),
        refresh: refresh.map(SecretString::from),
        who: who.map(identity),
    }
}

fn no(class: Class, error: &str) -> SignInError {
    SignInError::Refused {
        class,
        details: Details { error: error.to_owned(), ..Details::default() },
        claims: None,
    }
}

fn ended() -> SignInError {
    no(Class::SignInAgain, "invalid_grant")
}

fn claims() -> Option<Claims> {
    Claims::from_json(r#"{"access_token":{"acrs":{"value":"c1"}}}"#)
}

fn store(refresh: &str) -> LoginOut {
    keep(Keep::Store(token(refresh)))
}

fn keep(keep: Keep) -> LoginOut {
    LoginOut::Keep { entry: Entry::RefreshToken, keep }
}

fn token(text: &str) -> Token {
    SecretString::from(text).into()
}

fn refresh(turn: u64, with: &str, claims: Option<Claims>) -> LoginOut {
    LoginOut::Refresh { turn, rights: Rights::All, refresh: token(with), claims }
}

fn needed() -> LoginOut {
    LoginOut::Notify(LoginNotice::Needed)
}

fn url() -> Url {
    Url::parse(ADDRESS).unwrap()
}

/// Where in the outs this is.
fn place(out: &[LoginOut], wanted: &LoginOut) -> usize {
    out.iter().position(|it| it == wanted).unwrap_or_else(|| panic!("no {wanted:?} in {out:?}"))
}

fn count(out: &[LoginOut], wanted: &LoginOut) -> usize {
    out.iter().filter(|it| *it == wanted).count()
}

fn refreshes(out: &[(i64, LoginOut)]) -> Vec<i64> {
    out.iter().filter(|(_, it)| matches!(it, LoginOut::Refresh { .. })).map(|(at, _)| *at).collect()
}

#[test]
fn without_a_set_up_there_is_nothing_to_do() {
    let mut login = Login::new(None, 1);
    for input in [LoginIn::Begin, LoginIn::Start { other_account: false }, LoginIn::MoreRights, LoginIn::Due]
    {
        assert_eq!(login.on(input, &LoginFacts::default(), Timestamp::UNIX_EPOCH), []);
    }
    assert_eq!((login.phase(), login.deadline()), (Phase::Unconfigured, None));
}

#[test]
fn an_empty_keyring_asks_for_a_login_which_signs_in_and_is_kept() {
    let mut run = Run::new();
    assert_eq!(run.feed(LoginIn::Begin), [LoginOut::Load]);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(None) });
    assert_eq!(out, [LoginOut::TeamsLost, needed()]);
    let out = run.feed(LoginIn::Start { other_account: false });
    let begin =
        LoginOut::Begin { attempt: 1, rights: Rights::All, hint: None, other_account: false, claims: None };
    assert_eq!(out, [begin]);
    let out = run.feed(LoginIn::Page { attempt: 1, url: url() });
    assert_eq!(out, [LoginOut::Open { attempt: 1, url: url() }]);
    run.feed(LoginIn::Opened { attempt: 1, result: Ok(()) });
    let result = Ok(grant(Some("r1"), Some("priya"), LIFE));
    let out = run.feed(LoginIn::LoggedIn { attempt: 1, result });
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
    assert!(place(&out, &LoginOut::Person(ObjectId::new("priya"))) < place(&out, &store("r1")));
    assert_eq!(run.login.phase(), Phase::SignedIn);
}

#[test]
fn a_kept_token_signs_in_by_itself() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    let out = run.feed(LoginIn::Loaded { secret: Ok(Some("secret".into())), refresh: Ok(Some("r1".into())) });
    assert_eq!(out, [LoginOut::UseSecret(Some(token("secret"))), refresh(1, "r1", None)]);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Ok(grant(Some("r2"), Some("priya"), LIFE)) });
    assert_eq!(count(&out, &LoginOut::SignedIn), 1);
    assert_eq!(count(&out, &store("r2")), 1);
}

#[test]
fn a_keyring_that_does_not_answer_is_waited_for_half_a_minute() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    assert_eq!(run.pass(29), []);
    assert_eq!(run.pass(1), [(1, LoginOut::TeamsLost), (1, needed())]);
    assert_eq!(run.login.keyring_failure(), Some(SecretsError::Locked));
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r1".into())) });
    assert_eq!(count(&out, &refresh(1, "r1", None)), 1, "it was unlocked after all: {out:?}");
}

#[test]
fn the_answer_of_a_former_attempt_changes_nothing() {
    let mut run = Run::new();
    run.empty_keyring();
    let first = run.start();
    let out = run.feed(LoginIn::Start { other_account: false });
    assert_eq!(place(&out, &LoginOut::Abort { attempt: first }), 0);
    let late = |result| LoginIn::LoggedIn { attempt: first, result };
    assert_eq!(run.feed(late(Err(SignInError::NoAnswer))), []);
    assert_eq!(run.feed(late(Ok(grant(Some("r1"), Some("priya"), LIFE)))), []);
    assert_eq!(run.feed(LoginIn::Page { attempt: first, url: url() }), []);
    assert_eq!((run.login.is_needed(), run.login.refusal()), (true, None));
    let result = Ok(grant(Some("r2"), Some("priya"), LIFE));
    assert_eq!(count(&run.feed(LoginIn::LoggedIn { attempt: first + 1, result }), &store("r2")), 1);
}

#[test]
fn quitting_ends_the_attempt_and_begins_nothing() {
    let mut run = Run::new();
    run.empty_keyring();
    let attempt = run.start();
    assert_eq!(run.feed(LoginIn::Quit), [LoginOut::Abort { attempt }]);
    let result = Ok(grant(Some("r1"), Some("priya"), LIFE));
    assert_eq!(run.feed(LoginIn::LoggedIn { attempt, result }), []);
    assert_eq!(run.feed(LoginIn::Start { other_account: false }), []);
    assert_eq!(run.pass(100_000), []);
    assert!(run.login.is_settled());
}

#[test]
fn a_token_that_is_renewed_while_quitting_is_waited_for_and_kept() {
    for (person, signs_in) in [("priya", 1), ("somebody else", 0)] {
        let mut run = Run::new();
        run.person = Some(ObjectId::new(person));
        run.feed(LoginIn::Begin);
        run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r0".into())) });
        run.feed(LoginIn::Quit);
        assert!(!run.login.is_settled());
        let result = Ok(grant(Some("r1"), Some("priya"), LIFE));
        let out = run.feed(LoginIn::Refreshed { turn: 1, result });
        assert_eq!(count(&out, &store("r1")), 1, "{out:?}");
        assert_eq!(count(&out, &LoginOut::SignedIn), signs_in, "nothing is begun for another");
        assert!(!run.login.is_settled());
        run.feed(LoginIn::Kept(Ok(())));
        assert!(run.login.is_settled());
    }
}

#[test]
fn an_end_while_quitting_notifies_nobody() {
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Quit);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    assert_eq!(count(&out, &needed()), 0);
    assert_eq!(count(&out, &keep(Keep::Forget)), 1);
}

#[test]
fn a_token_is_not_renewed_within_a_minute_whatever_its_life_says() {
    for life in [0, 1, 59, 61, 119] {
        let mut run = Run::new();
        run.empty_keyring();
        run.logs_in(grant(Some("r0"), Some("priya"), life));
        for turn in 1..=10 {
            let out = run.pass(60);
            assert_eq!(refreshes(&out), [60], "{life}");
            run.feed(LoginIn::Refreshed { turn, result: Ok(grant(Some("r"), None, life)) });
        }
    }
    for (life, at) in [(600, 300), (3600, 3300), (u64::MAX, i64::MAX)] {
        let mut run = Run::new();
        run.empty_keyring();
        run.logs_in(grant(Some("r0"), Some("priya"), life));
        run.feed(LoginIn::Kept(Ok(())));
        let at = Timestamp::from_second(at).unwrap_or(Timestamp::MAX);
        assert_eq!(run.login.session().unwrap().renew_at(), at, "{life}");
    }
}

#[test]
fn failed_refreshes_wait_longer_each_time_and_lose_teams_once() {
    let mut run = signed_in();
    let out = run.refuse(None);
    assert_eq!(out, [LoginOut::TeamsLost, refresh(1, "r0", None)]);
    let mut waits = Vec::new();
    for turn in 1..=8 {
        let out =
            run.feed(LoginIn::Refreshed { turn, result: Err(SignInError::Unreachable("gone".to_owned())) });
        assert_eq!(out, []);
        let at = run.login.deadline().unwrap();
        waits.push(at.duration_since(run.now).as_secs_f64());
        run.now = at;
        assert_eq!(run.feed(LoginIn::Due), [refresh(turn + 1, "r0", None)]);
    }
    let middles = [5, 10, 20, 40, 80, 120, 120, 120];
    let is_near = |(wait, middle): (&f64, f64)| (0.8..=1.2).contains(&(wait / middle));
    assert!(waits.iter().zip(middles.map(f64::from)).all(is_near), "{waits:?}");
    let out = run.renewed(9, "r1");
    assert_eq!((count(&out, &LoginOut::SignedIn), count(&out, &LoginOut::TeamsLost)), (1, 0));
}

#[test]
fn a_renewal_that_fails_ahead_of_the_end_loses_nothing_until_the_end() {
    let mut run = signed_in();
    assert_eq!(refreshes(&run.pass(3300)), [3300]);
    let (mut turn, mut last) = (1, Vec::new());
    let fail = |turn| LoginIn::Refreshed {
        turn,
        result: Err(SignInError::Server { status: 503, retry_after: None }),
    };
    while run.now < later(Timestamp::UNIX_EPOCH, Duration::from_secs(3600)) {
        assert_eq!(run.feed(fail(turn)), []);
        assert_eq!(run.login.phase(), Phase::SignedIn);
        run.now = run.login.deadline().unwrap();
        last = run.feed(LoginIn::Due);
        turn += 1;
    }
    assert_eq!(
        last,
        [LoginOut::TeamsLost, refresh(turn, "r0", None)],
        "nothing is asked with a token that has ended"
    );
    assert_eq!(run.feed(fail(turn)), []);
    assert_eq!(run.login.refusal().map(Refusal::class), Some(Class::Transient));
}

#[test]
fn a_loop_that_entra_sees_is_waited_out() {
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::TooOften, "invalid_grant")) });
    assert_eq!(refreshes(&run.pass(700)), [600]);
}

#[test]
fn a_refused_token_is_renewed_once_and_the_login_stays() {
    let mut run = signed_in();
    assert_eq!(run.refuse(None), [LoginOut::TeamsLost, refresh(1, "r0", None)]);
    run.renewed(1, "r1");
    for _ in 0..20 {
        run.now = later(run.now, Duration::from_secs(2));
        assert_eq!(run.refuse(None), [], "a service that refuses good tokens is no reason for a login");
    }
    assert_eq!(run.login.phase(), Phase::SignedIn);
}

#[test]
fn a_service_that_refuses_every_token_gets_fewer_and_fewer_new_ones() {
    let mut run = signed_in();
    let mut turn = 0;
    for _ in 0..2 * 3600 / 5 {
        let out = run.refuse(None);
        if !out.is_empty() {
            turn += 1;
            assert_eq!(count(&out, &refresh(turn, &format!("r{}", turn - 1), None)), 1, "{out:?}");
            run.renewed(turn, &format!("r{turn}"));
            run.feed(LoginIn::Kept(Ok(())));
        }
        run.now = later(run.now, Duration::from_secs(5));
        assert_eq!(run.login.phase(), Phase::SignedIn);
    }
    assert_eq!(turn, 8, "0, 1, 3, 7, 15, 31, 61, 91 minutes");
}

#[test]
fn a_token_that_was_revoked_long_after_the_last_time_is_renewed_at_once() {
    let mut run = signed_in();
    for turn in 1..4 {
        let out = run.refuse(None);
        assert_eq!(count(&out, &LoginOut::TeamsLost), 1, "{out:?}");
        run.renewed(turn, "r");
        run.now = later(run.now, Duration::from_secs(1800));
    }
}

#[test]
fn a_token_that_was_asked_for_before_the_refusal_may_be_refused_once_more() {
    let mut run = signed_in();
    assert_eq!(refreshes(&run.pass(3300)), [3300]);
    run.now = later(run.now, Duration::from_secs(24 * 3600));
    assert_eq!(run.refuse(None), [LoginOut::TeamsLost]);
    run.renewed(1, "r1");
    assert_eq!(run.refuse(None), [LoginOut::TeamsLost, refresh(2, "r1", None)], "it is of yesterday");
    run.renewed(2, "r2");
    assert_eq!(run.refuse(None), []);
}

#[test]
fn the_refusal_of_a_former_token_says_nothing_of_this_one() {
    let mut run = signed_in();
    let former = run.issued();
    run.now = later(run.now, Duration::from_secs(1));
    run.logs_in(grant(Some("r1"), Some("priya"), LIFE));
    assert_eq!(run.feed(LoginIn::TokenRefused { issued: former, claims: None }), []);
}

#[test]
fn a_challenge_is_passed_on_once_and_then_needs_the_person() {
    let mut run = signed_in();
    assert_eq!(run.refuse(claims()), [LoginOut::TeamsLost, refresh(1, "r0", claims())]);
    let out = run.renewed(1, "r1");
    assert_eq!(count(&out, &LoginOut::SignedIn), 1);
    let out = run.refuse(claims());
    assert_eq!(out, [LoginOut::TeamsLost, needed()]);
    assert_eq!(run.login.refusal().map(Refusal::class), Some(Class::AnotherCheck));
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(&out[..], [LoginOut::Begin { claims: Some(_), .. }]), "{out:?}");
}

#[test]
fn a_challenge_that_entra_cannot_meet_alone_needs_the_person_at_once() {
    let mut run = signed_in();
    run.refuse(claims());
    let out = run
        .feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::AnotherCheck, "interaction_required")) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::TeamsLoginEnds), needed()]);
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(&out[..], [LoginOut::Begin { claims: Some(_), .. }]), "{out:?}");
}

#[test]
fn a_challenge_for_a_token_just_renewed_is_still_answered() {
    let mut run = signed_in();
    run.refuse(None);
    run.renewed(1, "r1");
    assert_eq!(run.refuse(claims()), [LoginOut::TeamsLost, refresh(2, "r1", claims())]);
}

#[test]
fn without_a_refresh_token_a_refusal_needs_the_person() {
    let mut run = Run::new();
    run.empty_keyring();
    let out = run.logs_in(grant(None, Some("priya"), LIFE));
    assert_eq!(count(&out, &keep(Keep::Forget)), 1, "what an earlier person left is not used");
    assert_eq!(run.refuse(None), [LoginOut::TeamsLost, needed()]);
}

#[test]
fn an_ended_authorization_is_forgotten_and_loses_teams_once() {
    let mut run = signed_in();
    assert_eq!(count(&run.refuse(None), &LoginOut::TeamsLost), 1);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::TeamsLoginEnds), keep(Keep::Forget), needed()]);
    assert_eq!(run.login.phase(), Phase::SignedOut { since: Some(run.now) });
}

#[test]
fn a_login_of_nobody_is_refused_and_takes_nothing_from_the_session() {
    let mut run = Run::new();
    run.empty_keyring();
    assert_eq!(run.logs_in(grant(Some("r1"), None, LIFE)), []);
    assert_eq!((run.login.is_needed(), run.login.who()), (true, None));
    assert_eq!(run.login.refusal().map(Refusal::class), Some(Class::Transient));

    let mut run = signed_in();
    assert_eq!(run.logs_in(grant(Some("r1"), None, LIFE)), [], "the last person is not assumed");
    assert_eq!(run.login.state.held().unwrap().refresh, token("r0"));
}

#[test]
fn a_refresh_keeps_the_person_whose_token_it_was_and_nobody_else() {
    let mut run = signed_in();
    run.refuse(None);
    run.renewed(1, "r1");
    assert_eq!(run.login.session().unwrap().who(), &identity("priya"));

    // The keyring does not say whose token it has, and the last person need not be the one.
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::Blocked, "access_denied")) });
    run.feed(LoginIn::Begin);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("another".into())) });
    assert_eq!(out, [refresh(2, "another", None)]);
    let out = run.renewed(2, "r1");
    assert_eq!(count(&out, &store("r1")), 0, "{out:?}");
    assert!(run.login.is_needed());

    // The wizard's login was somebody else's.
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    let refresh = Some(("wizard".into(), Some(identity("grace"))));
    run.feed(LoginIn::Saved { authorization: Authorization::default(), refresh });
    let out = run.renewed(2, "r2");
    assert!(place(&out, &LoginOut::Person(ObjectId::new("grace"))) < place(&out, &LoginOut::SignedIn));
}

#[test]
fn somebody_else_is_made_known_before_their_token_is_kept() {
    let mut run = signed_in();
    let out = run.logs_in(grant(Some("r1"), Some("grace"), LIFE));
    assert!(place(&out, &LoginOut::Person(ObjectId::new("grace"))) < place(&out, &store("r1")), "{out:?}");
    assert_eq!(count(&out, &LoginOut::SignedIn), 0, "Teams was not lost in between");
}

#[test]
fn a_browser_that_does_not_open_leaves_the_address() {
    let mut run = Run::new();
    run.empty_keyring();
    let attempt = run.start();
    run.feed(LoginIn::Page { attempt, url: url() });
    run.feed(LoginIn::PutAway);
    run.pass(9);
    assert_eq!(run.login.unopened(), None);
    run.pass(1);
    assert_eq!((run.login.unopened(), run.login.is_put_away()), (Some(&url()), false));
    run.feed(LoginIn::Opened { attempt, result: Ok(()) });
    assert_eq!(run.login.unopened(), None, "it came after all");
    run.feed(LoginIn::Opened { attempt, result: Err(BrowserError("crashed".to_owned())) });
    assert_eq!(run.login.unopened(), None);
    let attempt = run.start();
    run.feed(LoginIn::Page { attempt, url: url() });
    run.feed(LoginIn::Opened { attempt: attempt - 1, result: Err(BrowserError("none".to_owned())) });
    assert_eq!(run.login.unopened(), None, "that was the former one");
    run.feed(LoginIn::Opened { attempt, result: Err(BrowserError("none".to_owned())) });
    assert_eq!(run.login.unopened(), Some(&url()));
    run.feed(LoginIn::LoggedIn { attempt, result: Err(SignInError::NoAnswer) });
    assert_eq!(run.login.unopened(), None);
}

#[test]
fn answers_that_got_lost_are_not_waited_for_for_ever() {
    let mut run = Run::new();
    run.empty_keyring();
    let attempt = run.start();
    let out = run.pass(720);
    assert_eq!(out, [(720, LoginOut::Abort { attempt })]);
    assert_eq!(run.login.refusal().map(Refusal::class), Some(Class::Cancelled));

    let mut run = signed_in();
    run.refuse(None);
    let out = run.pass(200);
    assert_eq!(out, [(180, LoginOut::DropRefresh { turn: 1 }), (185, refresh(2, "r0", None))]);
    assert_eq!(run.renewed(1, "late"), []);
}

#[test]
fn a_sleep_of_the_machine_is_no_time_to_answer_in() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.refuse(None);
    let attempt = run.start();
    run.feed(LoginIn::Page { attempt, url: url() });
    run.now = later(run.now, Duration::from_secs(24 * 3600));
    run.feed(LoginIn::Woke);
    assert_eq!(run.feed(LoginIn::Due), []);
    assert_eq!((run.login.unopened(), run.login.keyring_failure()), (None, None));
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), []);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 1, "the newer token is not lost");
}

#[test]
fn a_new_login_ends_the_refresh_of_the_former_token() {
    let mut run = signed_in();
    run.refuse(None);
    let out = run.logs_in(grant(Some("r1"), Some("priya"), LIFE));
    assert_eq!(place(&out, &LoginOut::DropRefresh { turn: 1 }), 0);
    assert_eq!(run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) }), []);
    assert_eq!(run.login.phase(), Phase::SignedIn);
}

#[test]
fn more_rights_are_asked_for_after_a_login_and_on_request_one_at_a_time() {
    let mut run = Run::with(Rights::Basic);
    run.empty_keyring();
    let out = run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let wider = |turn, with: &str| LoginOut::Refresh {
        turn,
        rights: Rights::All,
        refresh: token(with),
        claims: None,
    };
    assert_eq!(count(&out, &wider(1, "r0")), 1, "{out:?}");
    assert_eq!(run.feed(LoginIn::MoreRights), []);
    let refused = Err(no(Class::Consent, "invalid_grant"));
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: refused });
    assert_eq!(out, [wider(2, "r0")], "asked for in between");
    let out = run.renewed(2, "r1");
    assert_eq!(
        (count(&out, &LoginOut::MoreRights), count(&out, &store("r1"))),
        (1, 0),
        "the first is under way"
    );
    assert_eq!(run.login.rights(), Rights::All);
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), [store("r1")]);
    assert_eq!(run.feed(LoginIn::MoreRights), []);
}

#[test]
fn however_often_more_rights_are_asked_for_the_requests_stay_few() {
    let mut run = Run::with(Rights::Basic);
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let mut begun = 1;
    for _ in 0..59 {
        run.feed(LoginIn::Refreshed { turn: begun, result: Err(no(Class::Consent, "invalid_grant")) });
        run.now = later(run.now, Duration::from_secs(1));
        let out = run.feed(LoginIn::MoreRights);
        begun += u64::from(out.iter().any(|it| matches!(it, LoginOut::Refresh { .. })));
    }
    assert_eq!(begun, 6);
}

#[test]
fn during_a_contact_nobody_is_asked_until_it_ends() {
    let mut run = signed_in();
    run.in_contact = true;
    run.feed(LoginIn::ContactChanged);
    run.refuse(None);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    assert_eq!(count(&out, &needed()), 0);
    assert_eq!(run.feed(LoginIn::ContactChanged), []);
    run.in_contact = false;
    assert_eq!(run.feed(LoginIn::ContactChanged), [needed()]);
    assert_eq!(run.feed(LoginIn::ContactChanged), []);
    run.feed(LoginIn::AfterContact);
    assert!(run.login.is_put_away());
    assert_eq!(run.feed(LoginIn::ContactChanged), [needed()]);
    assert!(!run.login.is_put_away());
}

#[test]
fn reminders_come_between_contacts_and_are_put_away() {
    let mut run = signed_in();
    run.in_contact = true;
    run.feed(LoginIn::ContactChanged);
    run.now = later(run.now, Duration::from_secs(83 * 24 * 3600));
    run.feed(LoginIn::Due);
    run.renewed(1, "r1");
    run.feed(LoginIn::Kept(Ok(())));
    assert!(run.login.deadline().unwrap() > run.now, "nothing is due during the contact");
    run.in_contact = false;
    run.feed(LoginIn::ContactChanged);
    assert!(run.login.deadline().unwrap() <= run.now);
    let out = run.feed(LoginIn::Due);
    let by = later(Timestamp::UNIX_EPOCH, Duration::from_secs(90 * 24 * 3600));
    assert_eq!(count(&out, &LoginOut::Notify(LoginNotice::Ends(by))), 1, "{out:?}");
    assert_eq!(run.login.reminds_of(), Some(by));
    run.feed(LoginIn::PutAway);
    assert_eq!(run.login.reminds_of(), None);
}

#[test]
fn two_stores_reach_the_keyring_in_order_and_only_the_newest_of_those_that_wait() {
    let mut run = Run::new();
    run.empty_keyring();
    let out = run.logs_in(grant(Some("r0"), Some("priya"), 0));
    assert_eq!(count(&out, &store("r0")), 1);
    for turn in 1..=3 {
        let out: Vec<_> = run.pass(60).into_iter().map(|(_, out)| out).collect();
        assert_eq!(count(&out, &refresh(turn, &format!("r{}", turn - 1), None)), 1);
        let result = Ok(grant(Some(&format!("r{turn}")), None, 0));
        let out = run.feed(LoginIn::Refreshed { turn, result });
        assert!(!out.iter().any(|it| matches!(it, LoginOut::Keep { .. })), "{out:?}");
    }
    assert_eq!(count(&run.feed(LoginIn::Kept(Ok(()))), &store("r3")), 1);
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), []);
}

#[test]
fn a_keyring_that_fails_is_said_once_and_gets_the_newest_token_when_it_comes() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let missing = Err(SecretsError::Missing);
    let notice = LoginOut::Notify(LoginNotice::Keyring(SecretsError::Missing));
    assert_eq!(run.feed(LoginIn::Kept(missing)), [notice]);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let at = run.login.deadline().unwrap();
        waits.push(at.duration_since(run.now).as_secs());
        run.now = at;
        assert_eq!(run.feed(LoginIn::Due), [store("r0")]);
        assert_eq!(run.feed(LoginIn::Kept(missing)), []);
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
    run.refuse(None);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 1, "a new token is tried at once");
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), [LoginOut::Withdraw(NoticeKind::Keyring)]);
    assert_eq!(run.login.keyring_failure(), None);
}

#[test]
fn a_keyring_that_the_person_left_locked_is_asked_with_the_next_token_only() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let notice = LoginOut::Notify(LoginNotice::Keyring(SecretsError::Locked));
    assert_eq!(run.feed(LoginIn::Kept(Err(SecretsError::Locked))), [notice]);
    assert_eq!(run.pass(3000), []);
    run.refuse(None);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 1);
}

#[test]
fn a_store_that_is_not_answered_is_said_and_still_comes_first() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let notice = LoginOut::Notify(LoginNotice::Keyring(SecretsError::Locked));
    assert_eq!(run.pass(60), [(30, notice)]);
    assert!(run.login.is_settled(), "quitting does not wait for it");
    run.refuse(None);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 0);
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), [LoginOut::Withdraw(NoticeKind::Keyring), store("r1")]);
}

#[test]
fn a_missing_keyring_is_asked_again_while_nobody_is_signed_in() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    let missing =
        || LoginIn::Loaded { secret: Err(SecretsError::Missing), refresh: Err(SecretsError::Missing) };
    assert_eq!(run.feed(missing()), [LoginOut::TeamsLost, needed()]);
    assert_eq!(run.pass(5), [(5, LoginOut::Load)]);
    assert_eq!(run.feed(missing()), [], "asked for once");
    assert_eq!(run.pass(10), [(10, LoginOut::Load)]);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r1".into())) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::Keyring), refresh(1, "r1", None)]);
}

#[test]
fn what_the_keyring_had_before_a_login_is_not_used_after_it() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    run.pass(30);
    run.logs_in(grant(None, Some("priya"), LIFE));
    run.refuse(None);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("of another day".into())) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::Keyring), keep(Keep::Forget)]);
    assert!(run.login.is_needed());
}

#[test]
fn a_client_secret_is_used_kept_and_its_end_remembered() {
    let mut run = signed_in();
    let expires = Some(Timestamp::from_second(1_000_000).unwrap());
    let out = run.feed(LoginIn::ClientSecret { secret: Some("secret".into()), expires });
    let secret = Some(token("secret"));
    assert_eq!(out[0], LoginOut::UseSecret(secret));
    let kept = LoginOut::Keep { entry: Entry::ClientSecret, keep: Keep::Store(token("secret")) };
    assert_eq!(count(&out, &kept), 1);
    assert_eq!(run.login.authorization().secret_expires, expires);
    run.feed(LoginIn::ClientSecret { secret: None, expires });
    assert_eq!(run.login.authorization().secret_expires, None);
    let forget = LoginOut::Keep { entry: Entry::ClientSecret, keep: Keep::Forget };
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), [forget]);
}

#[test]
fn what_the_wizard_keeps_is_not_overwritten_by_an_older_token_that_waits() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.refuse(None);
    run.renewed(1, "r1");
    let refresh = Some(("wizard".into(), Some(identity("priya"))));
    run.feed(LoginIn::Saved { authorization: Authorization::default(), refresh });
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), []);
}

#[test]
fn whoever_is_logged_in_as_somebody_else_gets_the_choice() {
    let mut run = signed_in();
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(&out[..], [LoginOut::Begin { hint: Some(_), other_account: false, .. }]), "{out:?}");
    let result = Err(SignInError::OtherTenant { upn: "priya@fabrikam.com".to_owned() });
    run.feed(LoginIn::LoggedIn { attempt: 2, result });
    for other_account in [false, true] {
        let out = run.feed(LoginIn::Start { other_account });
        let begun = out.last().unwrap();
        assert!(matches!(begun, LoginOut::Begin { hint: None, other_account: true, .. }), "{out:?}");
    }
}

#[test]
fn a_clock_that_was_set_back_delays_no_refresh() {
    let mut run = signed_in();
    run.now = later(run.now, Duration::from_secs(100_000));
    for turn in 1..=6 {
        run.feed(LoginIn::Due);
        run.feed(LoginIn::Refreshed { turn, result: Ok(grant(None, None, 0)) });
        run.now = later(run.now, Duration::from_secs(60));
    }
    run.now = later(Timestamp::UNIX_EPOCH, Duration::from_secs(10));
    assert_eq!(count(&run.refuse(None), &refresh(7, "r0", None)), 1);
}

#[test]
fn a_token_that_ended_in_a_sleep_is_used_no_more_until_it_is_renewed() {
    let mut run = signed_in();
    run.now = later(run.now, Duration::from_secs(8 * 3600));
    let out = run.feed(LoginIn::Woke);
    assert_eq!(out, [LoginOut::TeamsLost, refresh(1, "r0", None)]);
    assert!(run.login.session().is_none());
    let out = run.renewed(1, "r1");
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
}

#[test]
fn a_refresh_waits_as_long_as_entra_asks_and_no_longer_than_a_quarter_of_an_hour() {
    for (asked, least, most) in [(0, 4, 6), (300, 300, 360), (86_400, 900, 900), (u64::MAX, 900, 900)] {
        let mut run = signed_in();
        let begun = |out: &[(i64, LoginOut)]| {
            out.iter().find_map(|(at, out)| matches!(out, LoginOut::Refresh { .. }).then_some(*at))
        };
        assert_eq!(begun(&run.pass(LIFE - 300)), Some(3300));
        let retry_after = Some(net::RetryAfter::new(Duration::from_secs(asked)));
        let refused = SignInError::Server { status: 429, retry_after };
        run.feed(LoginIn::Refreshed { turn: 1, result: Err(refused) });
        let next = begun(&run.pass(1200)).unwrap();
        assert!((least..=most).contains(&next), "{asked}: {next}");
    }
}
