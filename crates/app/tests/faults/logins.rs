//! Logins that end, unusual tokens and browsers that do not answer, and what continues during and after them.

use std::time::Duration;

use sandbox::{Body, Endpoint, Fault, StatusCode, TokenOddity};
use view::{Action, NoticeKind, View};

use super::{MINUTE, brief, check_requests_a_minute, is_bad, passes_until, step};
use crate::stage::{Person, Stage, wait};

const HOUR: Duration = Duration::from_secs(3600);

fn login_notices(stage: &Stage) -> usize {
    stage.recorded(|seen| seen.notified.iter().filter(|notice| notice.kind == NoticeKind::TeamsLogin).count())
}

fn requests(stage: &Stage, endpoint: Endpoint) -> usize {
    stage.world.requests(endpoint).len()
}

fn is_healthy(view: &View) -> bool {
    view.health.words == "Up to date" && view.banner.is_none()
}

async fn at_work() -> Stage {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage
}

/// Lets time pass until the list of people was requested once more.
async fn until_list_is_read_again(stage: &Stage, known: usize) {
    let read = |_: &View| requests(stage, Endpoint::Directory) > known;
    passes_until(stage, "the hourly list", HOUR + MINUTE, read).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hourly_list_continues_after_entra_did_not_answer_when_it_was_due() {
    let stage = at_work().await;
    let known = requests(&stage, Endpoint::Directory);
    stage.world.set_fault(Endpoint::Token, Fault::refusal(StatusCode::SERVICE_UNAVAILABLE));
    stage.world.expire_access_tokens();
    passes_until(&stage, "the login is lost", MINUTE, |view| is_bad(view, "Teams")).await;
    for _ in 0..20 {
        step(&stage, HOUR / 10).await;
    }
    assert_eq!(requests(&stage, Endpoint::Directory), known);
    stage.world.clear_faults();
    until_list_is_read_again(&stage, known).await;
    // It is read every hour from then on.
    let known = requests(&stage, Endpoint::Directory);
    until_list_is_read_again(&stage, known).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hourly_list_continues_after_a_login_of_the_same_person() {
    let stage = at_work().await;
    stage.world.revoke();
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
    stage.until_titled("Teams needs a new login.").await;
    let known = requests(&stage, Endpoint::Directory);
    for _ in 0..4 {
        step(&stage, HOUR / 2).await;
    }
    assert_eq!(requests(&stage, Endpoint::Directory), known);
    stage.act(Action::TeamsLogin);
    stage.until("signed in", |view| view.banner.is_none()).await;
    until_list_is_read_again(&stage, known).await;
    let known = requests(&stage, Endpoint::Directory);
    until_list_is_read_again(&stage, known).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_of_colleagues_alone_does_not_change_the_card_of_teams() {
    for fault in [StatusCode::SERVICE_UNAVAILABLE, StatusCode::FORBIDDEN] {
        let stage = at_work().await;
        let known = requests(&stage, Endpoint::Colleagues);
        stage.world.set_fault(Endpoint::Colleagues, Fault::refusal(fault));
        passes_until(&stage, "its own line", 6 * MINUTE, |view| is_bad(view, "Colleagues")).await;
        for _ in 0..50 {
            let view = step(&stage, Duration::from_secs(6)).await;
            assert!(!is_bad(&view, "Teams") && is_bad(&view, "Colleagues"), "{}", brief(&stage, &view));
        }
        let sent = requests(&stage, Endpoint::Colleagues) - known;
        assert!(sent <= 10, "{fault}: {sent} requests in five minutes");
        // The own presence is read as often as before.
        let own = stage.world.most_requests_within(Endpoint::OwnPresence, MINUTE);
        assert!(own >= 4, "{own} own reads a minute");
        stage.world.clear_faults();
        passes_until(&stage, "healthy", 16 * MINUTE, is_healthy).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_expires_at_once_is_used_and_leads_to_few_requests() {
    let stage = Stage::start().await;
    stage.world.set_fault(Endpoint::Token, Fault::changed(Body::Token(TokenOddity::ExpiresZero)));
    stage.start_work().await;
    for _ in 0..50 {
        step(&stage, Duration::from_secs(6)).await;
    }
    check_requests_a_minute(&stage, "a token that expires at once");
    stage.world.clear_faults();
    passes_until(&stage, "healthy", 5 * MINUTE, is_healthy).await;
    assert_eq!((login_notices(&stage), stage.world.overview().sign_ins), (1, 1));
    // The refresh token that was kept last is good after a restart.
    let stage = stage.restarted();
    stage.until("signed in from the keyring", |view| view.own.name == "Priya Raman").await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_login_leads_to_one_reading_of_the_own_presence_and_one_of_the_profile() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("read", |view| view.own.teams.words == "Available").await;
    // Everything that follows a login has arrived.
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage.until_world("colleagues", |world| !world.requests(Endpoint::Colleagues).is_empty()).await;
    stage.view().await;
    let soon = stage.world.most_requests_within(Endpoint::OwnPresence, Duration::from_secs(5));
    assert_eq!(soon, 1, "{:?}", stage.world.requests(Endpoint::OwnPresence));
    assert_eq!(requests(&stage, Endpoint::Me), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_grant_asks_for_a_login_once_however_long_nobody_answers() {
    let stage = at_work().await;
    let (notified, tokens) = (login_notices(&stage), requests(&stage, Endpoint::Token));
    stage.world.revoke();
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
    stage.until_titled("Teams needs a new login.").await;
    let graph = requests(&stage, Endpoint::Graph);
    for _ in 0..60 {
        stage.act(Action::SyncNow);
        stage.act(Action::RefreshPeople);
        step(&stage, Duration::from_secs(60)).await;
    }
    assert_eq!(login_notices(&stage), notified + 1);
    assert_eq!((requests(&stage, Endpoint::Token), requests(&stage, Endpoint::Graph)), (tokens + 1, graph));
    stage.act(Action::TeamsLogin);
    passes_until(&stage, "healthy", 2 * MINUTE, is_healthy).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_ends_the_login_that_waits_in_the_browser() {
    let stage = Stage::start().await;
    stage.until_titled("Teams needs a login.").await;
    stage.set_person(Person::Waits);
    stage.act(Action::TeamsLogin);
    let opened = async |count: usize| {
        wait("a page in the browser", async || {
            let pages = stage.recorded(|seen| seen.pages.clone());
            if pages.len() == count { Ok(pages.last().unwrap().clone()) } else { Err(pages) }
        })
        .await
    };
    let page = opened(1).await;
    stage.act(Action::Restart);
    wait("started again", async || {
        let windows = stage.recorded(|seen| seen.ccp.len());
        if windows == 2 { Ok(()) } else { Err(windows) }
    })
    .await;
    // The login page of the former attempt gets no answer, and does not log in the new run.
    let browser = reqwest::Client::new();
    assert!(sandbox::sign_in(&browser, &page).await.is_err(), "nobody waits for the browser any more");
    stage.until_titled("Teams needs a login.").await;
    assert!(stage.recorded(|seen| seen.secrets.is_empty()));
    stage.set_person(Person::SignsIn);
    stage.sign_in().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_does_not_answer_blocks_nothing_and_its_address_is_shown() {
    let stage = at_work().await;
    stage.world.revoke();
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
    stage.until_titled("Teams needs a new login.").await;
    stage.set_person(Person::IsNotAnswered);
    stage.act(Action::TeamsLogin);
    wait("a page for the browser", async || {
        let pages = stage.recorded(|seen| seen.pages.len());
        if pages == 2 { Ok(()) } else { Err(pages) }
    })
    .await;
    // Connect continues meanwhile.
    stage.report_status("Training");
    stage.until("the new status", |view| view.own.connect.words == "Training").await;
    let address = |view: &View| {
        let copies = |action: &Action| matches!(action, Action::Copy { text } if text.contains("/authorize"));
        view.banner.as_ref().is_some_and(|it| it.buttons.iter().any(|button| copies(&button.action)))
    };
    let shown = passes_until(&stage, "the address", MINUTE, address).await;
    assert!(shown <= Duration::from_secs(20), "{shown:?}");
    // The banner no longer has a button for the login, but the tray has.
    stage.set_person(Person::SignsIn);
    stage.requests.send(app::Request::Tray(view::TrayAction::TeamsLogin));
    passes_until(&stage, "healthy", 2 * MINUTE, is_healthy).await;
}
