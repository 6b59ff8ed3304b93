//! States in Teams that hide what we set, and how the agent can release them.

use app::Request;
use sandbox::{Activity, Availability, Presence};
use tokio::sync::oneshot;
use view::{
    Action, LinkReason, TrayAction, TrayItem,
    timeline::{TimelineTab, WhyAnswer},
};

use crate::stage::{Stage, voice, wait};

/// True if the tray's menu has *Release*.
fn can_release(stage: &Stage) -> bool {
    let is_release = |item: &TrayItem| matches!(item, TrayItem::Act { action: TrayAction::Release, .. });
    stage.recorded(|seen| seen.trays.last().unwrap().menu.iter().any(is_release))
}

/// Waits until the answer to "Why?" begins with `because`: its decision is written to disk before.
async fn until_why(stage: &Stage, because: &str) -> WhyAnswer {
    wait(because, async || {
        let (answer, page) = oneshot::channel();
        stage.requests.send(Request::Timeline { tab: TimelineTab::All, offset: 0, count: 10, answer });
        let why = page.await.unwrap().answer;
        if why.because.starts_with(because) { Ok(why) } else { Err(why) }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_that_hides_available_is_shown_as_set_by_teams_and_cannot_be_released() {
    let stage = Stage::start().await;
    stage.world.set_meeting(true);
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    let hidden =
        LinkReason::MaskedByTeams { state: "In a meeting".to_owned(), hidden: "Available".to_owned() };
    stage.until("hidden", |view| view.own.reason == hidden).await;
    assert!(!can_release(&stage));
    let why = until_why(&stage, "Because In a meeting, set by Teams, hides Available, since ").await;
    assert_eq!(why.button, None);
    // After the meeting, Teams shows what we set.
    stage.world.set_meeting(false);
    stage.act(Action::SyncNow);
    stage.until("shown", |view| matches!(view.own.reason, LinkReason::InStep { .. })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_choice_of_the_person_that_hides_a_call_can_be_released() {
    let stage = Stage::start().await;
    stage.start_work().await;
    let do_not_disturb =
        Presence { availability: Availability::DoNotDisturb, activity: Activity::DoNotDisturb };
    stage.world.choose_presence(Some(do_not_disturb)).unwrap();
    stage.act(Action::SyncNow);
    stage.until("seen", |view| view.own.teams.words == "Do not disturb").await;
    stage.report_state("Available", &[voice("connected", true, "+441632960123")]);
    let hidden = LinkReason::Masked { hidden: "In a call".to_owned() };
    stage.until("hidden", |view| view.own.reason == hidden).await;
    assert!(can_release(&stage));
    let why = until_why(&stage, "Because your own choice in Teams hides In a call, since ").await;
    assert_eq!(why.button.map(|button| button.action), Some(Action::Release));
}
