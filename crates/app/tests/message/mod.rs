//! The agent's number and Connect status in the status message of Teams, as the sandbox's Graph keeps it.

use std::time::Duration;

use view::{Action, HealthCard, View};

use crate::stage::{Stage, wait};

const HOLD: Duration = Duration::from_secs(16);

/// What Teams shows as the agent's status message.
fn message(stage: &Stage) -> Option<String> {
    stage.world.overview().status_message.map(|message| message.text)
}

async fn until_message(stage: &Stage, wanted: Option<&str>) {
    stage.until_world("the status message", |_| message(stage).as_deref() == wanted).await;
}

fn card(view: &View) -> Option<&HealthCard> {
    view.health.cards.iter().find(|card| card.title == "Status message")
}

fn number(view: &View) -> String {
    view.own.number.as_ref().map(|number| number.words.clone()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drawer_puts_the_number_into_the_status_message_and_quitting_removes_it() {
    let stage = Stage::start().await;
    stage.start_work().await;
    let view = stage.until("the own number", |view| view.own.number.is_some()).await;
    stage.act(Action::NumberInStatus { on: true });
    stage.until("used", |view| view.own.number.as_ref().is_some_and(|number| number.in_status)).await;
    stage.pass(HOLD);
    until_message(&stage, Some(&number(&view))).await;
    stage.until_kept("settings.toml", |text| text.contains("status_message = \"number\"")).await;
    stage.quit();
    until_message(&stage, None).await;
    stage.until_kept("status-message.json", |text| !text.contains("1632")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_follows_the_status_and_a_message_of_the_person_is_kept() {
    let stage = Stage::with(Ok(()), "[teams]\nstatus_message = \"status\"\n").await;
    stage.start_work().await;
    stage.pass(HOLD);
    until_message(&stage, Some("Available")).await;
    stage.report_status("Training");
    stage.until("in Training", |view| view.own.connect.words == "Training").await;
    stage.pass(HOLD);
    until_message(&stage, Some("Training")).await;

    stage.world.write_status_message(Some("On the train"));
    stage.act(Action::SyncNow);
    stage.until("the card", |view| card(view).is_some()).await;
    stage.report_status("Available");
    stage.until("Available", |view| view.own.connect.words == "Available").await;
    stage.pass(HOLD);
    stage.act(Action::SyncNow);
    stage.quit();
    wait("the end", async || if stage.recorded(|seen| seen.exited) { Ok(()) } else { Err(()) }).await;
    assert_eq!(message(&stage).as_deref(), Some("On the train"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_removes_the_message_and_after_a_crash_it_is_still_known_as_ours() {
    let stage = Stage::with(Ok(()), "[teams]\nstatus_message = \"number\"\n").await;
    stage.start_work().await;
    let view = stage.until("the own number", |view| view.own.number.is_some()).await;
    stage.pass(HOLD);
    until_message(&stage, Some(&number(&view))).await;
    stage.act(Action::Pause { minutes: None });
    until_message(&stage, None).await;
    stage.act(Action::Resume);
    stage.pass(HOLD);
    until_message(&stage, Some(&number(&view))).await;

    // The settings change while no process runs.
    let text = std::fs::read_to_string(stage.file("settings.toml")).unwrap();
    std::fs::write(stage.file("settings.toml"), text.replace("\"number\"", "\"off\"")).unwrap();
    let stage = stage.restarted();
    until_message(&stage, None).await;
}
