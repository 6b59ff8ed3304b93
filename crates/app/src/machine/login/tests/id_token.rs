//! The ID token: kept beside the access token, and asked for again when it has ended before that.

use signin::IdToken;

use super::*;

fn with_id_token(text: &str, refresh: &str) -> Grant {
    let expires = later(Timestamp::UNIX_EPOCH, Duration::from_secs(LIFE));
    Grant {
        id_token: Some(IdToken { text: text.into(), expires }),
        ..grant(Some(refresh), Some("priya"), LIFE)
    }
}

fn logged_in() -> Run {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(with_id_token("id-0", "r0"));
    run.feed(LoginIn::Kept(Ok(())));
    run
}

fn held(run: &Run) -> Option<Token> {
    run.login.session()?.id_token().map(|token| token.text.clone().into())
}

#[test]
fn each_refresh_brings_another_id_token() {
    let mut run = logged_in();
    assert_eq!(held(&run), Some(token("id-0")));
    assert_eq!(refreshes(&run.pass(3300)), [3300]);
    run.feed(LoginIn::Refreshed { turn: 1, result: Ok(with_id_token("id-1", "r1")) });
    assert_eq!(held(&run), Some(token("id-1")));
}

#[test]
fn an_id_token_that_has_ended_is_asked_for_again_and_teams_is_not_lost() {
    let mut run = logged_in();
    assert_eq!(run.id_token_ends(), [refresh(1, "r0", None)]);
    assert_eq!(run.id_token_ends(), [], "one is under way");
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
    let out = run.feed(LoginIn::Refreshed { turn: 1, result: Ok(with_id_token("id-1", "r1")) });
    assert_eq!((count(&out, &LoginOut::SignedIn), count(&out, &LoginOut::TeamsLost)), (0, 0));
    assert_eq!(held(&run), Some(token("id-1")));
}

#[test]
fn an_id_token_that_is_refused_again_and_again_is_asked_for_once_in_ten_minutes() {
    let mut run = logged_in();
    let (start, mut at) = (run.now, Vec::new());
    for _ in 0..1800 / 5 {
        let out = run.id_token_ends();
        if !out.is_empty() {
            let turn = at.len() as u64 + 1;
            assert_eq!(out, [refresh(turn, &format!("r{}", turn - 1), None)]);
            at.push(run.now.duration_since(start).as_secs());
            run.feed(LoginIn::Refreshed { turn, result: Ok(with_id_token("id", &format!("r{turn}"))) });
            run.feed(LoginIn::Kept(Ok(())));
        }
        run.now = later(run.now, Duration::from_secs(5));
    }
    assert_eq!(at, [0, 600, 1200]);
}

#[test]
fn a_refresh_that_fails_leaves_the_access_token_in_use() {
    let mut run = logged_in();
    run.id_token_ends();
    let failed = Err(SignInError::Server { status: 503, retry_after: None });
    assert_eq!(run.feed(LoginIn::Refreshed { turn: 1, result: failed }), []);
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
    assert_eq!(refreshes(&run.pass(10)).len(), 1, "it is tried again");
}

#[test]
fn the_end_of_a_former_id_token_says_nothing_about_the_current_one() {
    let mut run = logged_in();
    let former = run.issued();
    run.now = later(run.now, Duration::from_secs(1));
    run.logs_in(with_id_token("id-1", "r1"));
    assert_eq!(run.feed(LoginIn::IdTokenEnded { issued: former }), []);
}

#[test]
fn without_a_refresh_token_nobody_is_asked_to_log_in_for_it() {
    let mut run = Run::new();
    run.empty_keyring();
    run.logs_in(grant(None, Some("priya"), LIFE));
    assert_eq!(run.id_token_ends(), []);
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
    run.feed(LoginIn::Quit);
    assert_eq!(run.id_token_ends(), []);
}
