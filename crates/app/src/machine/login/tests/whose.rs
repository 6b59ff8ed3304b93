//! Whose login it is, and what it was granted with.

use super::*;

fn priya_renews(run: &mut Run, result: Grant) -> Vec<LoginOut> {
    run.refuse(None);
    run.feed(LoginIn::Refreshed { turn: 1, result: Ok(result) })
}

#[test]
fn an_answer_for_another_person_is_not_used_and_nothing_of_it_is_kept() {
    for refresh in [Some("of grace"), None] {
        let mut run = signed_in();
        let out = priya_renews(&mut run, grant(refresh, Some("grace"), LIFE));
        assert_eq!(out, [needed()], "neither a person nor a token of theirs");
        assert_eq!(run.login.who(), Some(&identity("priya")));
        assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Nobody));
        // The next login is an ordinary one.
        let out = run.logs_in(grant(Some("r1"), Some("priya"), LIFE));
        assert_eq!((count(&out, &LoginOut::SignedIn), count(&out, &store("r1"))), (1, 1), "{out:?}");
    }
}

#[test]
fn an_answer_that_names_nobody_changes_no_name() {
    let mut run = signed_in();
    let nameless = Identity { upn: "priya-id".to_owned(), ..identity("priya") };
    let out = priya_renews(&mut run, Grant { who: Some(nameless), ..grant(Some("r1"), None, LIFE) });
    assert_eq!(run.login.who(), Some(&identity("priya")));
    assert!(!out.iter().any(|it| matches!(it, LoginOut::Person(_))), "{out:?}");
}

#[test]
fn a_token_that_names_nobody_is_refused_with_a_reason_and_not_lost() {
    let mut run = Run::new();
    run.feed(LoginIn::Begin);
    run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r0".into())) });
    let out = run.renewed(1, "r1");
    assert_eq!(out, [LoginOut::TeamsLost, needed()], "the keyring has what it had");
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Nobody));
}

/// The next day: the same files, and what the keyring has.
fn restart(run: &mut Run, refresh: &str) -> Vec<LoginOut> {
    let text = serde_json::to_string(run.login.authorization()).unwrap();
    let authorization = serde_json::from_str(&text).unwrap();
    let setup = LoginSetup { account: "a".to_owned(), rights: Rights::All, authorization };
    run.login = Login::new(Some(setup), 1);
    run.feed(LoginIn::Begin);
    run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some(refresh.into())) })
}

#[test]
fn a_refresh_at_the_start_that_brings_no_id_token_is_for_the_person_whom_the_authorization_names() {
    let mut run = signed_in();
    restart(&mut run, "r0");
    let out = run.renewed(1, "r1");
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
    assert_eq!(run.login.who(), Some(&identity("priya")));
}

#[test]
fn after_a_token_that_the_keyring_did_not_accept_it_is_unknown_whose_token_it_has() {
    let mut run = signed_in();
    run.logs_in(grant(Some("of grace"), Some("grace"), LIFE));
    let out = run.feed(LoginIn::Kept(Err(SecretsError::Failed)));
    assert!(
        out.iter().any(|it| matches!(it, LoginOut::KeepAuthorization(kept) if kept.who.is_none())),
        "{out:?}"
    );
    restart(&mut run, "r0 of priya");
    let out = run.renewed(1, "r1");
    assert_eq!(out, [LoginOut::TeamsLost, needed()], "nobody gets the token of another");
}

#[test]
fn a_token_of_an_earlier_day_is_not_used_for_another_person() {
    let mut run = signed_in();
    restart(&mut run, "r0");
    let result = Ok(grant(None, Some("grace"), LIFE));
    assert_eq!(run.feed(LoginIn::Refreshed { turn: 1, result }), [LoginOut::TeamsLost, needed()]);
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Nobody));
}

fn granted(refresh: &str, rights: &[&str]) -> Grant {
    let granted = rights.iter().map(|right| (*right).to_owned()).collect();
    Grant { granted, ..grant(Some(refresh), Some("priya"), LIFE) }
}

/// What the refresh among these asks for.
fn asks(out: &[LoginOut]) -> Option<Vec<String>> {
    out.iter().find_map(|it| if let LoginOut::Refresh { granted, .. } = it { granted.clone() } else { None })
}

#[test]
fn a_refresh_asks_for_what_was_granted_and_an_answer_that_names_less_takes_nothing_away() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(granted("r0", &["User.Read", "Presence.Read.All"]));
    for turn in 1..4 {
        assert_eq!(asks(&run.refuse(None)).unwrap(), ["User.Read", "Presence.Read.All"]);
        run.feed(LoginIn::Refreshed { turn, result: Ok(granted("r1", &["user.read"])) });
        run.now = later(run.now, Duration::from_secs(3600));
    }
    // A login names everything that was granted.
    run.logs_in(granted("r2", &["User.Read"]));
    assert_eq!(asks(&run.refuse(None)).unwrap(), ["User.Read"]);
    // The file of an earlier version does not name it.
    let earlier = serde_json::from_str::<Authorization>(r#"{"of":"priya"}"#).unwrap();
    assert_eq!(earlier, Authorization::default());
}

fn asks_for_everything(out: &[LoginOut]) -> bool {
    out.iter().any(|it| matches!(it, LoginOut::Refresh { granted: None, .. }))
}

#[test]
fn the_first_refresh_of_a_run_asks_for_everything_so_a_right_that_was_given_since_is_found() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(granted("r0", &["User.Read"]));
    assert!(asks_for_everything(&restart(&mut run, "r0")));
    let result = Ok(granted("r1", &["User.Read", "User.Read.All"]));
    let out = run.feed(LoginIn::Refreshed { turn: 1, result });
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
    assert!(run.login.reads_licences());
    assert_eq!(asks(&run.refuse(None)).unwrap(), ["User.Read", "User.Read.All"], "once in a run");
    // Another configuration may ask for more.
    let authorization = run.login.authorization().clone();
    run.feed(LoginIn::Saved { authorization, refresh: None });
    run.feed(LoginIn::Refreshed { turn: 2, result: Ok(granted("r2", &["User.Read"])) });
    run.now = later(run.now, Duration::from_secs(3600));
    assert!(asks_for_everything(&run.refuse(None)));
}

#[test]
fn a_right_that_is_refused_costs_one_request_and_no_login() {
    let unconsented = || SignInError::Refused {
        class: Class::Consent,
        details: Box::new(Details {
            error: "invalid_grant".to_owned(),
            codes: vec![65_001],
            ..Details::default()
        }),
        claims: None,
    };
    for refused in [unconsented(), no(Class::Registration, "invalid_scope")] {
        let mut run = Run::new();
        run.empty_keyring();
        run.logs_in(granted("r0", &["User.Read"]));
        restart(&mut run, "r0");
        let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(refused.clone()) });
        assert_eq!(asks(&out).unwrap(), ["User.Read"], "{out:?}");
        let out = run.feed(LoginIn::Refreshed { turn: 2, result: Ok(granted("r1", &["User.Read"])) });
        assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
        // If that is refused as well, it is the authorization.
        run.refuse(None);
        let out = run.feed(LoginIn::Refreshed { turn: 3, result: Err(refused) });
        assert_eq!(count(&out, &needed()), 1, "{out:?}");
    }
}

#[test]
fn a_login_and_a_request_for_more_rights_ask_for_everything_again() {
    let mut run = Run::with(Rights::Basic);
    run.empty_keyring();
    let out = run.logs_in(granted("r0", &["User.Read"]));
    assert!(out.iter().any(|it| matches!(it, LoginOut::Refresh { rights: Rights::All, granted: None, .. })));
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::Consent, "invalid_grant")) });
    assert_eq!(asks(&run.refuse(None)).unwrap(), ["User.Read"]);
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(out.last(), Some(LoginOut::Begin { rights: Rights::Basic, .. })), "{out:?}");
}

#[test]
fn an_account_of_elsewhere_gets_the_account_picker_without_a_hint_and_the_login_is_not_asked_for_again() {
    for error in ["invalid_grant", "interaction_required"] {
        let mut run = signed_in();
        run.refuse(None);
        let result = Err(no(Class::OtherAccount, error));
        let out = run.feed(LoginIn::Refreshed { turn: 1, result });
        assert_eq!(count(&out, &needed()), 1, "{out:?}");
        assert_eq!(run.login.refusal().and_then(LoginRefusal::account), Some("priya@contoso.com"));
        assert_eq!(run.pass(100_000), [], "nobody is asked over and over");
        for _ in 0..2 {
            let out = run.feed(LoginIn::Start { other_account: false });
            let Some(LoginOut::Begin { attempt, hint: None, other_account: true, .. }) = out.last() else {
                panic!("{out:?}")
            };
            // The same account once more: the picker stays.
            let result = Err(no(Class::OtherAccount, "access_denied"));
            run.feed(LoginIn::LoggedIn { attempt: *attempt, result });
        }
        run.logs_in(grant(Some("r1"), Some("grace"), LIFE));
        let out = run.feed(LoginIn::Start { other_account: false });
        let hint = Some("grace@contoso.com".to_owned());
        assert!(
            matches!(out.last(), Some(LoginOut::Begin { hint: it, other_account: false, .. }) if *it == hint),
            "{out:?}"
        );
    }
}

#[test]
fn an_answer_of_a_gateway_asks_nobody_and_is_tried_again_with_growing_waits() {
    let mut run = signed_in();
    run.refuse(None);
    let mut waits = Vec::new();
    for turn in 1..8 {
        let by = if turn % 2 == 0 { signin::Gateway::Proxy } else { signin::Gateway::NetworkLogin };
        let result = Err(SignInError::Gateway { by, retry_after: None });
        let out = run.feed(LoginIn::Refreshed { turn, result });
        assert_eq!(out, [], "no notification, and the keyring keeps its token");
        assert_eq!(run.login.phase(), LoginPhase::Renewing);
        assert_eq!(
            run.login.refusal().map(LoginRefusal::class),
            Some(SignInError::Gateway { by, retry_after: None }.class())
        );
        let at = run.login.deadline().unwrap();
        waits.push(at.duration_since(run.now).as_secs());
        run.now = at;
        assert_eq!(run.feed(LoginIn::Due), [refresh(turn + 1, "r0", None)]);
    }
    assert!(waits[0] >= 2 && waits[6] >= 60 && waits.iter().all(|wait| *wait <= 240), "{waits:?}");
    let long = net::RetryAfter::new(Duration::from_secs(86_400));
    let result = Err(SignInError::Gateway { by: signin::Gateway::Proxy, retry_after: Some(long) });
    run.feed(LoginIn::Refreshed { turn: 8, result });
    assert_eq!(run.login.deadline().unwrap().duration_since(run.now), SignedDuration::from_mins(15));
    run.now = run.login.deadline().unwrap();
    run.feed(LoginIn::Due);
    assert_eq!(count(&run.renewed(9, "r1"), &LoginOut::SignedIn), 1);
}

#[test]
fn claims_that_made_a_request_too_long_are_not_sent_again() {
    let mut run = signed_in();
    run.refuse(claims());
    let result = Err(no(Class::TooLong, "invalid_request"));
    run.feed(LoginIn::Refreshed { turn: 1, result });
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(out.last(), Some(LoginOut::Begin { claims: None, .. })), "{out:?}");
}
