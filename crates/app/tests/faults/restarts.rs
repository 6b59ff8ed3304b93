//! A restart inside the process, by the button or by the wizard, while Microsoft asks for fewer requests: the next run
//! goes on with every wait, back-off and budget, as long as it asks the same tenant of the same cloud. And what is taken
//! back before it, or before the end of the process.

use std::time::Duration;

use sandbox::{Activity, Availability, Endpoint, Fault, Presence, StatusCode, World};
use view::{Action, Level, LinkReason, View};

use super::{MINUTE, brief, card, is_bad, passes_until, step};
use crate::stage::{Stage, wait};

fn asked(stage: &Stage, endpoint: Endpoint) -> usize {
    stage.world.requests(endpoint).len()
}

fn is_slowed(view: &View) -> bool {
    card(view, "Teams").is_some_and(|card| card.text.contains("Slowed by Microsoft"))
}

/// Nothing is wrong on the side of Microsoft. The page of Connect is played, and says nothing by itself.
fn is_well(view: &View) -> bool {
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
async fn begins_again(stage: &Stage) {
    let windows = || stage.recorded(|seen| seen.ccp.len());
    let before = windows();
    stage.act(Action::Restart);
    wait("begun again", async || if windows() > before { Ok(()) } else { Err(before) }).await;
    stage.agent("priya.raman");
    stage.chosen("Available");
}

/// The colleagues' service has asked the whole tenant for ten minutes, and is well since.
async fn slowed() -> Stage {
    let stage = at_work().await;
    let throttled = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("600");
    stage.world.set_fault(Endpoint::Colleagues, throttled);
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.world.clear_faults();
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_does_not_erase_the_wait_of_the_tenant() {
    let stage = slowed().await;
    let graph = asked(&stage, Endpoint::Graph);
    for _ in 0..9 {
        begins_again(&stage).await;
        stage.until("says so", is_slowed).await;
        for action in [Action::SyncNow, Action::RefreshPeople] {
            stage.act(action);
        }
        let view = step(&stage, MINUTE).await;
        assert_eq!(asked(&stage, Endpoint::Graph), graph, "{}", brief(&stage, &view));
    }
    // And it ends when it would have ended.
    passes_until(&stage, "well", 4 * MINUTE, is_well).await;
    assert_eq!(stage.world.overview().sign_ins, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_with_another_cloud_does_not_wait_for_the_former_one() {
    let stage = slowed().await;
    let graph = asked(&stage, Endpoint::Graph);
    let (this, other) = ("graph = \"http://127.0.0.1:", "graph = \"http://localhost:");
    stage.rewrite(settings::FILE, |text| {
        assert!(text.contains(this), "{text}");
        text.replace(this, other)
    });
    begins_again(&stage).await;
    stage.until("asks", |_| asked(&stage, Endpoint::Graph) > graph).await;
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
    let tokens = asked(&stage, Endpoint::Token);
    stage.world.clear_faults();
    for _ in 0..4 {
        begins_again(&stage).await;
        let view = step(&stage, MINUTE).await;
        assert_eq!(asked(&stage, Endpoint::Token), tokens, "{}", brief(&stage, &view));
    }
    passes_until(&stage, "well", 4 * MINUTE, is_well).await;
    assert_eq!((asked(&stage, Endpoint::Token), stage.world.overview().sign_ins), (tokens + 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn restarts_do_not_ask_entra_more_than_six_times_a_minute() {
    let stage = at_work().await;
    step(&stage, MINUTE).await;
    let tokens = asked(&stage, Endpoint::Token);
    for _ in 0..9 {
        begins_again(&stage).await;
        step(&stage, Duration::from_secs(1)).await;
    }
    assert_eq!(asked(&stage, Endpoint::Token) - tokens, 6);
    passes_until(&stage, "well", 2 * MINUTE, is_well).await;
    assert_eq!((asked(&stage, Endpoint::Token) - tokens, stage.world.overview().sign_ins), (7, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_front_of_an_open_drawer_goes_on_reading_colleagues() {
    let stage = at_work().await;
    let colleagues = asked(&stage, Endpoint::Colleagues);
    assert!(colleagues > 0);
    begins_again(&stage).await;
    let read = |_: &View| asked(&stage, Endpoint::Colleagues) > colleagues;
    passes_until(&stage, "colleagues", MINUTE, read).await;
}

/// Teams shows what we wrote, and nothing else would be there.
async fn ours_stands(chosen: &str) -> Stage {
    let stage = Stage::start().await;
    stage.world.set_teams(Presence { availability: Availability::Away, activity: Activity::Away });
    stage.start_work().await;
    stage.chosen(chosen);
    stage
        .until("ours", |view| {
            matches!(view.own.reason, LinkReason::InStep { .. }) && view.own.connect.words == chosen
        })
        .await;
    assert!(stage.world.overview().session.is_some());
    stage
}

async fn quits_and_nothing_of_ours_is_left(stage: &Stage) {
    stage.quit();
    let nothing = |world: &World| {
        let now = world.overview();
        now.session.is_none() && now.preferred.is_none()
    };
    stage.until_world("taken back", nothing).await;
}

fn a_day() -> Fault {
    Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("86400")
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_takes_back_although_the_last_write_met_a_wait_of_a_day() {
    let stage = ours_stands("Available").await;
    stage.world.set_fault(Endpoint::Writes, a_day());
    stage.chosen("Training");
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.world.clear_faults();
    quits_and_nothing_of_ours_is_left(&stage).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_reads_once_more_and_takes_back_a_preferred_presence_although_the_tenant_waits() {
    let stage = ours_stands("Training").await;
    assert!(stage.world.overview().preferred.is_some());
    stage.world.set_fault(Endpoint::Colleagues, a_day());
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    let reads = asked(&stage, Endpoint::OwnPresence);
    quits_and_nothing_of_ours_is_left(&stage).await;
    assert_eq!(asked(&stage, Endpoint::OwnPresence), reads + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn quitting_takes_the_session_back_although_nothing_can_be_read() {
    let stage = ours_stands("Training").await;
    stage.world.set_fault(Endpoint::OwnPresence, a_day());
    passes_until(&stage, "slowed", MINUTE, is_slowed).await;
    stage.quit();
    stage.until_world("taken back", |world| world.overview().session.is_none()).await;
    assert!(stage.world.overview().preferred.is_some(), "it may be a person's by now, and lapses");
}
