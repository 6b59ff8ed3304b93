//! What the keyring gives and gets, and what happens without one.

use super::*;

#[test]
fn an_empty_keyring_asks_for_a_login_which_signs_in_and_is_kept() {
    let mut run = Run::new();
    assert_eq!(run.feed(LoginIn::Begin), [LoginOut::Load]);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(None) });
    assert_eq!(out, [LoginOut::TeamsLost, needed()]);
    let out = run.feed(LoginIn::Start { other_account: false });
    let begin =
        LoginOut::Begin { attempt: 1, rights: Rights::All, hint: None, other_account: false, claims: None };
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::TeamsLogin), begin]);
    let out = run.feed(LoginIn::Page { attempt: 1, url: url() });
    assert_eq!(out, [LoginOut::Open { attempt: 1, url: url() }]);
    run.feed(LoginIn::Opened { attempt: 1, result: Ok(()) });
    let result = Ok(grant(Some("r1"), Some("priya"), LIFE));
    let out = run.feed(LoginIn::LoggedIn { attempt: 1, result });
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
    assert!(place(&out, &LoginOut::Person(ObjectId::new("priya"))) < place(&out, &store("r1")));
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
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
fn a_session_that_the_keyring_brings_late_ends_the_login_in_the_browser() {
    for other_account in [false, true] {
        let mut run = Run::new();
        run.feed(LoginIn::Begin);
        run.pass(30);
        run.feed(LoginIn::Start { other_account });
        run.feed(LoginIn::Page { attempt: 1, url: url() });
        run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r1".into())) });
        let result = Ok(grant(Some("r2"), Some("priya"), LIFE));
        let out = run.feed(LoginIn::Refreshed { turn: 1, result });
        assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
        // The wish for another account is kept.
        assert_eq!(count(&out, &LoginOut::Abort { attempt: 1 }), usize::from(!other_account), "{out:?}");
        assert_eq!(run.login.under_way().is_some(), other_account);
    }
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
fn a_refresh_keeps_the_person_whose_token_it_was_and_nobody_else() {
    let mut run = signed_in();
    run.refuse(None);
    run.renewed(1, "r1");
    assert_eq!(run.login.session().unwrap().who(), &identity("priya"));

    // It is not known whose token the keyring has; it need not be the last person's.
    let mut run = signed_in();
    run.login.reminders.keyring_has(None);
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
    let refresh = Some(("wizard".into(), identity("grace")));
    run.feed(LoginIn::Saved { authorization: Authorization::default(), refresh });
    let out = run.renewed(2, "r2");
    assert!(place(&out, &LoginOut::Person(ObjectId::new("grace"))) < place(&out, &LoginOut::SignedIn));
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
fn a_keyring_that_fails_is_notified_once_and_gets_the_newest_token_when_it_is_back() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let missing = Err(SecretsError::Missing);
    let notice = LoginOut::Notify(TeamsLoginNotice::Keyring(SecretsError::Missing));
    assert_eq!(but_files(run.feed(LoginIn::Kept(missing))), [notice]);
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
    assert_eq!(but_files(run.feed(LoginIn::Kept(Ok(())))), [LoginOut::Withdraw(NoticeKind::Keyring)]);
    assert_eq!(run.login.keyring_failure(), None);
    assert_eq!(run.login.authorization().who, Some(identity("priya")));
}

#[test]
fn a_keyring_that_the_person_left_locked_is_asked_with_the_next_token_only() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let notice = LoginOut::Notify(TeamsLoginNotice::Keyring(SecretsError::Locked));
    assert_eq!(but_files(run.feed(LoginIn::Kept(Err(SecretsError::Locked)))), [notice]);
    assert_eq!(run.pass(30), [(5, LoginOut::Look)], "a look opens no window");
    run.refuse(None);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 0, "one thing at a time");
    assert_eq!(run.feed(LoginIn::Looked(Err(SecretsError::Locked))), []);
    run.now = later(run.now, Duration::from_secs(1));
    run.feed(LoginIn::IdTokenEnded { issued: run.issued() });
    assert_eq!(count(&run.renewed(2, "r2"), &store("r2")), 1);
}

#[test]
fn a_keyring_that_is_opened_later_gets_the_login_and_the_person_is_notified_once() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), 1_000_000));
    let notice = LoginOut::Notify(TeamsLoginNotice::Keyring(SecretsError::Locked));
    assert_eq!(but_files(run.feed(LoginIn::Kept(Err(SecretsError::Locked)))), [notice]);
    let mut waits = Vec::new();
    for _ in 0..8 {
        let at = run.login.deadline().unwrap();
        waits.push(at.duration_since(run.now).as_secs());
        run.now = at;
        assert_eq!(run.feed(LoginIn::Due), [LoginOut::Look]);
        assert_eq!(run.feed(LoginIn::Looked(Err(SecretsError::Locked))), []);
    }
    assert_eq!(waits, [5, 10, 20, 40, 80, 160, 300, 300]);
    assert_eq!(run.pass(300), [(300, LoginOut::Look)]);
    assert_eq!(run.feed(LoginIn::Looked(Ok(()))), [store("r0")]);
    assert_eq!(but_files(run.feed(LoginIn::Kept(Ok(())))), [LoginOut::Withdraw(NoticeKind::Keyring)]);
    assert_eq!((run.login.keyring_failure(), run.login.phase()), (None, LoginPhase::SignedIn));
}

#[test]
fn a_keyring_that_is_closed_at_the_start_and_opened_later_signs_in_by_itself() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    let closed = || LoginIn::Loaded { secret: Err(SecretsError::Locked), refresh: Err(SecretsError::Locked) };
    assert_eq!(run.feed(closed()), [LoginOut::TeamsLost, needed()]);
    assert_eq!(run.pass(5), [(5, LoginOut::Look)]);
    assert_eq!(run.feed(LoginIn::Looked(Err(SecretsError::Missing))), [], "it is being restarted");
    assert_eq!(run.pass(10), [(10, LoginOut::Load)], "what is missing opens no window");
    assert_eq!(run.feed(closed()), []);
    assert_eq!(run.pass(20), [(20, LoginOut::Look)]);
    assert_eq!(run.feed(LoginIn::Looked(Ok(()))), [LoginOut::Load]);
    let out = run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r1".into())) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::Keyring), refresh(1, "r1", None)]);
}

#[test]
fn a_look_that_is_not_answered_holds_nothing_up() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.feed(LoginIn::Kept(Err(SecretsError::Locked)));
    assert_eq!(run.pass(600), [(5, LoginOut::Look)]);
    assert!(run.login.is_settled());
    assert_eq!(run.feed(LoginIn::Looked(Ok(()))), [store("r0")]);
}

#[test]
fn a_store_that_is_not_answered_is_shown_and_still_comes_first() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let notice = LoginOut::Notify(TeamsLoginNotice::Keyring(SecretsError::Locked));
    assert_eq!(run.pass(60), [(30, notice)]);
    assert!(run.login.is_settled(), "quitting does not wait for it");
    run.refuse(None);
    assert_eq!(count(&run.renewed(1, "r1"), &store("r1")), 0);
    assert_eq!(
        but_files(run.feed(LoginIn::Kept(Ok(())))),
        [LoginOut::Withdraw(NoticeKind::Keyring), store("r1")]
    );
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
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::Keyring), keep(KeyringChange::Forget)]);
    assert!(run.login.is_needed());
}

#[test]
fn a_client_secret_is_used_kept_and_its_end_remembered() {
    let mut run = signed_in();
    let expires = Some(Timestamp::from_second(1_000_000).unwrap());
    let out = run.feed(LoginIn::ClientSecret { secret: Some("secret".into()), expires });
    let secret = Some(token("secret"));
    assert_eq!(out[0], LoginOut::UseSecret(secret));
    let kept =
        LoginOut::Keep { entry: KeyringEntry::ClientSecret, keep: KeyringChange::Store(token("secret")) };
    assert_eq!(count(&out, &kept), 1);
    assert_eq!(run.login.authorization().secret_expires, expires);
    run.feed(LoginIn::ClientSecret { secret: None, expires });
    assert_eq!(run.login.authorization().secret_expires, None);
    let forget = LoginOut::Keep { entry: KeyringEntry::ClientSecret, keep: KeyringChange::Forget };
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), [forget]);
}

#[test]
fn what_the_wizard_keeps_is_not_overwritten_by_an_older_token_that_waits() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.refuse(None);
    run.renewed(1, "r1");
    let refresh = Some(("wizard".into(), identity("priya")));
    let authorization = Authorization { who: Some(identity("priya")), ..Authorization::default() };
    run.feed(LoginIn::Saved { authorization, refresh });
    assert_eq!(run.feed(LoginIn::Kept(Ok(()))), []);
}
