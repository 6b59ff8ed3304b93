//! How a person logs in, and in whose name.

use super::*;

#[test]
fn the_answer_of_a_former_attempt_changes_nothing() {
    let mut run = Run::new();
    run.empty_keyring();
    let first = run.start();
    let out = run.feed(LoginIn::Start { other_account: true });
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
fn a_login_that_names_nobody_is_refused_and_leaves_the_session_as_it_is() {
    let mut run = Run::new();
    run.empty_keyring();
    assert_eq!(run.logs_in(grant(Some("r1"), None, LIFE)), []);
    assert_eq!((run.login.is_needed(), run.login.who()), (true, None));
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Nobody));

    let mut run = signed_in();
    assert_eq!(run.logs_in(grant(Some("r1"), None, LIFE)), [], "the last person is not assumed");
    assert_eq!(run.login.state.held().unwrap().refresh, token("r0"));
}

#[test]
fn another_person_is_reported_before_their_token_is_kept() {
    let mut run = signed_in();
    let out = run.logs_in(grant(Some("r1"), Some("grace"), LIFE));
    assert!(place(&out, &LoginOut::Person(ObjectId::new("grace"))) < place(&out, &store("r1")), "{out:?}");
    assert_eq!(count(&out, &LoginOut::SignedIn), 0, "Teams was not lost in between");
}

#[test]
fn answers_that_got_lost_are_not_waited_for_for_ever() {
    let mut run = Run::new();
    run.empty_keyring();
    let attempt = run.start();
    let out = run.pass(720);
    assert_eq!(out, [(720, LoginOut::Abort { attempt })]);
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Cancelled));

    let mut run = signed_in();
    run.refuse(None);
    let out = run.pass(200);
    assert_eq!(out, [(180, LoginOut::DropRefresh { turn: 1 }), (185, refresh(2, "r0", None))]);
    assert_eq!(run.renewed(1, "late"), []);
}

#[test]
fn a_sleep_of_the_machine_does_not_count_as_time_to_answer() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    run.refuse(None);
    let attempt = run.start();
    run.feed(LoginIn::Page { attempt, url: url() });
    run.now = later(run.now, Duration::from_secs(24 * 3600));
    run.feed(LoginIn::Woke);
    assert_eq!(run.feed(LoginIn::Due), []);
    let under_way = BrowserLogin { page: Some(&url()), browser: Browser::Asked };
    assert_eq!((run.login.under_way(), run.login.keyring_failure()), (Some(under_way), None));
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
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
}

#[test]
fn more_rights_are_asked_for_after_a_login_and_on_request_one_at_a_time() {
    let mut run = Run::with(Rights::Basic);
    run.empty_keyring();
    let out = run.logs_in(grant(Some("r0"), Some("priya"), LIFE));
    let wider = |turn, with: &str| LoginOut::Refresh {
        turn,
        rights: Rights::All,
        granted: None,
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
    assert_eq!(run.login.rights, Rights::All);
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
    assert_eq!(count(&out, &LoginOut::Notify(TeamsLoginNotice::Ends(by))), 1, "{out:?}");
    assert_eq!(run.login.reminds_of(), Some(by));
    run.feed(LoginIn::PutAway);
    assert_eq!(run.login.reminds_of(), None);
}

#[test]
fn a_person_whose_account_is_the_wrong_one_gets_the_choice() {
    let mut run = signed_in();
    let out = run.feed(LoginIn::Start { other_account: false });
    let begun = out.last().unwrap();
    assert!(matches!(begun, LoginOut::Begin { hint: Some(_), other_account: false, .. }), "{out:?}");
    let result = Err(SignInError::OtherTenant { upn: "priya@fabrikam.com".to_owned() });
    run.feed(LoginIn::LoggedIn { attempt: 2, result });
    for other_account in [false, true] {
        run.feed(LoginIn::Cancel);
        let out = run.feed(LoginIn::Start { other_account });
        let begun = out.last().unwrap();
        assert!(matches!(begun, LoginOut::Begin { hint: None, other_account: true, .. }), "{out:?}");
    }
}
