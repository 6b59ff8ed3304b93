//! A login that is under way in the browser: what is known of it, the page once more, and the end of it.

use super::*;

/// Nobody is signed in, and the browser is asked for the page.
fn asked() -> (Run, u64) {
    let mut run = Run::new();
    run.empty_keyring();
    let attempt = run.start();
    assert_eq!(run.feed(page(attempt)), [LoginOut::Open { attempt, url: url() }]);
    (run, attempt)
}

fn page(attempt: u64) -> LoginIn {
    LoginIn::Page { attempt, url: url() }
}

fn opened(attempt: u64) -> LoginIn {
    LoginIn::Opened { attempt, result: Ok(()) }
}

fn failed(attempt: u64) -> LoginIn {
    LoginIn::Opened { attempt, result: Err(BrowserError("none".to_owned())) }
}

fn browser(run: &Run) -> Option<Browser> {
    run.login.under_way().map(|under_way| under_way.browser)
}

#[test]
fn a_login_is_under_way_from_the_click_to_its_answer() {
    let mut run = Run::new();
    run.empty_keyring();
    assert_eq!(run.login.under_way(), None);
    let attempt = run.start();
    assert_eq!(run.login.under_way(), Some(BrowserLogin { page: None, browser: Browser::Asked }));
    run.feed(page(attempt));
    assert_eq!(run.login.under_way(), Some(BrowserLogin { page: Some(&url()), browser: Browser::Asked }));
    run.feed(LoginIn::LoggedIn { attempt, result: Err(SignInError::NoAnswer) });
    assert_eq!(run.login.under_way(), None);
}

#[test]
fn the_notification_that_asked_for_the_login_is_withdrawn() {
    let mut run = Run::new();
    assert_eq!(count(&run.empty_keyring(), &needed()), 1);
    let out = run.feed(LoginIn::Start { other_account: false });
    assert_eq!(count(&out, &LoginOut::Withdraw(NoticeKind::TeamsLogin)), 1);
}

#[test]
fn a_browser_that_accepted_the_page_is_doubted_after_twenty_seconds() {
    let (mut run, attempt) = asked();
    run.feed(opened(attempt));
    run.pass(19);
    assert_eq!(browser(&run), Some(Browser::Asked));
    assert_eq!(run.pass(1), []);
    assert_eq!(browser(&run), Some(Browser::Late));
    assert!(run.login.deadline().unwrap() > run.now);
    let result = Ok(grant(Some("r0"), Some("priya"), LIFE));
    run.feed(LoginIn::LoggedIn { attempt, result });
    assert_eq!((browser(&run), run.login.phase()), (None, LoginPhase::SignedIn));
}

#[test]
fn a_browser_that_does_not_answer_or_refuses_did_not_open() {
    let (mut run, attempt) = asked();
    run.pass(9);
    assert_eq!(browser(&run), Some(Browser::Asked));
    run.pass(1);
    assert_eq!(browser(&run), Some(Browser::Failed));
    run.feed(opened(attempt));
    assert_eq!(browser(&run), Some(Browser::Asked), "it came after all");
    run.feed(failed(attempt));
    assert_eq!(browser(&run), Some(Browser::Asked), "it was there, and may be still");

    let (mut run, attempt) = asked();
    run.feed(failed(attempt + 1));
    assert_eq!(browser(&run), Some(Browser::Asked), "that was another attempt");
    run.feed(failed(attempt));
    assert_eq!(browser(&run), Some(Browser::Failed));
}

#[test]
fn the_page_is_opened_once_more_by_its_button_and_by_a_second_click_on_the_login() {
    for again in [LoginIn::OpenAgain, LoginIn::Start { other_account: false }] {
        let (mut run, attempt) = asked();
        run.feed(failed(attempt));
        assert_eq!(run.feed(again), [LoginOut::Open { attempt, url: url() }]);
        assert_eq!(browser(&run), Some(Browser::Asked));
        run.feed(opened(attempt));
        run.pass(20);
        assert_eq!(browser(&run), Some(Browser::Late), "it has its time once more, and not longer");
    }
}

#[test]
fn there_is_nothing_to_open_again_before_the_page_is_known_or_without_a_login() {
    let mut run = Run::new();
    run.empty_keyring();
    assert_eq!(run.feed(LoginIn::OpenAgain), []);
    run.start();
    assert_eq!(run.feed(LoginIn::OpenAgain), []);
    assert_eq!(run.feed(LoginIn::Start { other_account: false }), []);
}

#[test]
fn a_login_that_asks_for_something_else_begins_again() {
    let (mut run, attempt) = asked();
    let out = run.feed(LoginIn::Start { other_account: true });
    assert_eq!(place(&out, &LoginOut::Abort { attempt }), 0);
    assert!(matches!(out.last(), Some(LoginOut::Begin { other_account: true, .. })), "{out:?}");
}

#[test]
fn cancelling_restores_the_state_before_the_login() {
    let (mut run, attempt) = asked();
    run.feed(LoginIn::PutAway);
    assert_eq!(run.feed(LoginIn::Cancel), [LoginOut::Abort { attempt }]);
    assert_eq!((run.login.under_way(), run.login.refusal()), (None, None));
    assert_eq!((run.login.phase(), run.login.is_put_away()), (LoginPhase::SignedOut { since: None }, true));
    // A late answer of the attempt is ignored.
    assert_eq!(run.feed(LoginIn::LoggedIn { attempt, result: Err(SignInError::NoAnswer) }), []);
    assert_eq!((run.feed(LoginIn::Cancel), run.login.refusal()), (Vec::new(), None));

    let mut run = signed_in();
    run.start();
    run.feed(LoginIn::Cancel);
    assert_eq!(run.login.phase(), LoginPhase::SignedIn);
}

#[test]
fn what_the_token_carries_counts_and_not_what_was_asked_for() {
    let everybody = || vec!["https://graph.microsoft.com/User.Read.All".to_owned()];
    let mut run = Run::with(Rights::Basic);
    run.empty_keyring();
    assert!(!run.login.reads_licences());
    let more = Grant { granted: everybody(), ..grant(Some("r0"), Some("priya"), LIFE) };
    let out = run.logs_in(more);
    assert!(run.login.reads_licences());
    assert_eq!(count(&out, &LoginOut::MoreRights), 1, "{out:?}");

    let mut run = Run::with(Rights::All);
    run.empty_keyring();
    assert!(run.login.reads_licences(), "as is expected");
    let less = Grant { granted: vec!["User.Read".to_owned()], ..grant(Some("r0"), Some("priya"), LIFE) };
    run.logs_in(less);
    assert!(!run.login.reads_licences());
}
