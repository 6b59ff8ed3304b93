//! What a service or Entra refuses, and when the person is needed.

use super::*;

#[test]
fn an_end_while_quitting_notifies_nobody() {
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Quit);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    assert_eq!(count(&out, &needed()), 0);
    assert_eq!(count(&out, &keep(KeyringChange::Forget)), 1);
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
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
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
        assert_eq!(run.login.phase(), LoginPhase::SignedIn);
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
fn the_refusal_of_a_former_token_says_nothing_about_the_current_one() {
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
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::AnotherCheck));
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(out.last(), Some(LoginOut::Begin { claims: Some(_), .. })), "{out:?}");
}

#[test]
fn a_challenge_that_entra_cannot_meet_alone_needs_the_person_at_once() {
    let mut run = signed_in();
    run.refuse(claims());
    let out = run
        .feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::AnotherCheck, "interaction_required")) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::TeamsLoginEnds), needed()]);
    let out = run.feed(LoginIn::Start { other_account: false });
    assert!(matches!(out.last(), Some(LoginOut::Begin { claims: Some(_), .. })), "{out:?}");
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
    assert_eq!(count(&out, &keep(KeyringChange::Forget)), 1, "what an earlier person left is not used");
    assert_eq!(run.refuse(None), [LoginOut::TeamsLost, needed()]);
}

#[test]
fn an_ended_authorization_is_forgotten_and_loses_teams_once() {
    let mut run = signed_in();
    assert_eq!(count(&run.refuse(None), &LoginOut::TeamsLost), 1);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Err(ended()) });
    assert_eq!(out, [LoginOut::Withdraw(NoticeKind::TeamsLoginEnds), keep(KeyringChange::Forget), needed()]);
    assert_eq!(run.login.phase(), LoginPhase::SignedOut { since: Some(run.now) });
}
