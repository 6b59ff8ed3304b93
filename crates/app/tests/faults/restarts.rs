//! A restart inside the process, by the button or by the wizard, while Microsoft asks for fewer requests: the next run
//! keeps every wait, back-off and budget, as long as it uses the same tenant of the same cloud. Also what is given back
//! before a restart, or before the end of the process.

use std::time::Duration;

use sandbox::{Activity, Availability, Endpoint, Fault, Presence, StatusCode, World};
use view::{Action, Level, LinkReason, View};

use super::{MINUTE, brief, card, is_bad, passes_until, step};
use crate::stage::{Stage, wait};

fn requests(stage: &Stage, endpoint: Endpoint) -> usize {
    stage.world.requests(endpoint).len()
}

fn is_slowed(view: &View) -> bool {
    card(view, "Teams").is_some_and(|card| card.text.contains("Slowed by Microsoft"))
}

/// True if no card of Microsoft shows a problem. The test plays the page of Connect, whose card does not matter here.
fn is_healthy(view: &View) -> bool {
    let ok = |title| card(view, title).is_none_or(|card| card.level == Level::Ok);
    view.own.teams.words == "Available" && ["Teams", "Colleagues", "Directory"].into_iter().all(ok)
}

async fn at_work() -> Stage {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage
}

/// Clicks *Restart*, and plays the Connect window of the next run.
async fn restart(stage: &Stage) {
    let windows = || stage.recorded(|seen| seen.ccp.len());
    let before = windows();
    stage.act(Action::Restart);
    wait("started again", async || if windows() > before { Ok(()) } else { Err(before) }).await;
    stage.report_agent("priya.raman");
    stage.report_status("Available");
}

/// The service for colleagues asked the whole tenant to wait for ten minutes, and has no fault since then.
async fn throttled_tenant() -> Stage {
    let stage = at_work().await;
    let throttled = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("600");
    stage.world.set_fault(Endpoint::Colleagues, throttled);
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.world.clear_faults();
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_does_not_erase_the_wait_of_the_tenant() {
    let stage = throttled_tenant().await;
    let graph = requests(&stage, Endpoint::Graph);
    for _ in 0..9 {
        restart(&stage).await;
        stage.until("slowed after the restart", is_slowed).await;
        for action in [Action::SyncNow, Action::RefreshPeople] {
            stage.act(action);
        }
        let view = step(&stage, MINUTE).await;
        assert_eq!(requests(&stage, Endpoint::Graph), graph, "{}", brief(&stage, &view));
    }
    // The wait ends when it would have ended without the restarts.
    passes_until(&stage, "healthy", 4 * MINUTE, is_healthy).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_with_another_cloud_does_not_wait_for_the_former_one() {
    let stage = throttled_tenant().await;
    let graph = requests(&stage, Endpoint::Graph);
    let (this, other) = ("graph = \"http://127.0.0.1:", "graph = \"http://localhost:");
    stage.rewrite(settings::FILE, |text| {
        assert!(text.contains(this), "{text}");
        text.replace(this, other)
    });
    restart(&stage).await;
    stage.until("a request", |_| requests(&stage, Endpoint::Graph) > graph).await;
    stage.until("is not slowed", |view| !is_slowed(view)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_does_not_erase_the_wait_of_entra() {
    let stage = at_work().await;
    let away = Fault::refusal(StatusCode::SERVICE_UNAVAILABLE).with_retry_after("300");
    stage.world.set_fault(Endpoint::Token, away);
    stage.world.expire_access_tokens();
    stage.act(Action::SyncNow);
    passes_until(&stage, "the login is lost", MINUTE, |view| is_bad(view, "Teams")).await;
    let tokens = requests(&stage, Endpoint::Token);
    stage.world.clear_faults();
    for _ in 0..4 {
        restart(&stage).await;
        let view = step(&stage, MINUTE).await;
        assert_eq!(requests(&stage, Endpoint::Token), tokens, "{}", brief(&stage, &view));
    }
    passes_until(&stage, "healthy", 4 * MINUTE, is_healthy).await;
    assert_eq!((requests(&stage, Endpoint::Token), stage.world.overview().sign_ins), (tokens + 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_send_at_most_six_requests_a_minute_to_entra() {
    let stage = at_work().await;
    step(&stage, MINUTE).await;
    let tokens = requests(&stage, Endpoint::Token);
    for _ in 0..9 {
        restart(&stage).await;
        step(&stage, Duration::from_secs(1)).await;
    }
    assert_eq!(requests(&stage, Endpoint::Token) - tokens, 6);
    passes_until(&stage, "healthy", 2 * MINUTE, is_healthy).await;
    assert_eq!((requests(&stage, Endpoint::Token) - tokens, stage.world.overview().sign_ins), (7, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn colleagues_are_still_read_after_a_restart_with_an_open_drawer() {
    let stage = at_work().await;
    let colleagues = requests(&stage, Endpoint::Colleagues);
    assert!(colleagues > 0);
    restart(&stage).await;
    let read = |_: &View| requests(&stage, Endpoint::Colleagues) > colleagues;
    passes_until(&stage, "colleagues", MINUTE, read).await;
}

/// Teams shows what we wrote; without us it would show Away.
async fn with_our_state_in_teams(chosen: &str) -> Stage {
    let stage = Stage::start().await;
    stage.world.set_teams(Presence { availability: Availability::Away, activity: Activity::Away });
    stage.start_work().await;
    stage.report_status(chosen);
    stage
        .until("ours", |view| {
            matches!(view.own.reason, LinkReason::InStep { .. }) && view.own.connect.words == chosen
        })
        .await;
    assert!(stage.world.overview().session.is_some());
    stage
}

async fn quit_and_expect_everything_given_back(stage: &Stage) {
    stage.quit();
    let nothing = |world: &World| {
        let now = world.overview();
        now.session.is_none() && now.preferred.is_none()
    };
    stage.until_world("given back", nothing).await;
}

fn wait_of_a_day() -> Fault {
    Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("86400")
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_gives_back_although_the_last_write_was_answered_with_a_wait_for_a_day() {
    let stage = with_our_state_in_teams("Available").await;
    stage.world.set_fault(Endpoint::Writes, wait_of_a_day());
    stage.report_status("Training");
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.world.clear_faults();
    quit_and_expect_everything_given_back(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_reads_once_more_and_gives_back_a_preferred_presence_although_the_tenant_waits() {
    let stage = with_our_state_in_teams("Training").await;
    assert!(stage.world.overview().preferred.is_some());
    stage.world.set_fault(Endpoint::Colleagues, wait_of_a_day());
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    let reads = requests(&stage, Endpoint::OwnPresence);
    quit_and_expect_everything_given_back(&stage).await;
    assert_eq!(requests(&stage, Endpoint::OwnPresence), reads + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_gives_the_session_back_although_nothing_can_be_read() {
    let stage = with_our_state_in_teams("Training").await;
    stage.world.set_fault(Endpoint::OwnPresence, wait_of_a_day());
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.quit();
    stage.until_world("given back", |world| world.overview().session.is_none()).await;
    assert!(
        stage.world.overview().preferred.is_some(),
        "the person may have chosen it since, and it expires by itself"
    );
}
