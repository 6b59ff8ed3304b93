//! An authorization over months: learned, reminded of, ended and renewed, day by day.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod stage;

use app::{
    Request,
    host::{NoticeKind, TrayAction, TraySign},
    view::Action,
};
use jiff::SignedDuration;
use sandbox::{Activity, Availability};
use stage::{Stage, is_login};

fn notices(stage: &Stage) -> Vec<(NoticeKind, String)> {
    stage.recorded(|seen| seen.notices.iter().map(|it| (it.kind, it.title.clone())).collect())
}

fn notice(kind: NoticeKind, title: &str) -> (NoticeKind, String) {
    (kind, title.to_owned())
}

/// Clicks the notification that stands.
fn click(stage: &Stage) {
    let action = stage.recorded(|seen| seen.notices.last().unwrap().action.clone().unwrap().1);
    assert_eq!(action, TrayAction::TeamsLogin);
    stage.requests.send(Request::Tray(action));
}

async fn logs_in(stage: &Stage) {
    let before = stage.world.overview().sign_ins;
    click(stage);
    stage.until_world("logged in", |world| world.overview().sign_ins > before).await;
    stage.until("no banner", |view| view.banner.is_none()).await;
    assert_eq!(notices(stage), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn ninety_days_end_in_a_login_and_the_next_ninety_are_announced() {
    let stage = Stage::start().await;
    stage.world.set_sign_in_frequency(SignedDuration::from_hours(90 * 24));
    stage.start_work().await;
    for _ in 1..90 {
        stage.pass_a_day().await;
    }
    assert_eq!(notices(&stage), [], "nobody can know this tenant's rule yet");

    stage.pass_a_day().await;
    stage.until("ended", |view| view.banner.as_ref().is_some_and(is_login)).await;
    assert_eq!(notices(&stage), [notice(NoticeKind::TeamsLogin, "Teams needs a new login.")]);
    assert_eq!(stage.recorded(|seen| seen.trays.last().unwrap().sign), TraySign::Login);
    logs_in(&stage).await;

    // The rule is known now: 89 days have worked.
    for _ in 1..82 {
        stage.pass_a_day().await;
    }
    assert_eq!(notices(&stage), []);
    stage.pass_a_day().await;
    let view = stage.until("a week ahead", |view| view.banner.is_some()).await;
    let banner = view.banner.unwrap();
    assert_eq!(banner.title, "Teams Login runs out in 7 days.");
    assert!(banner.body.starts_with("Renew by "), "{}", banner.body);
    assert_eq!(notices(&stage), [notice(NoticeKind::TeamsLoginEnds, "Teams Login runs out in 7 days.")]);
    stage.requests.send(Request::Act(Action::Later));
    stage.until("put away", |view| view.banner.is_none()).await;

    for _ in 82..88 {
        stage.pass_a_day().await;
    }
    stage.until("a day ahead", |view| view.banner.is_some()).await;
    assert_eq!(
        notices(&stage).last(),
        Some(&notice(NoticeKind::TeamsLoginEnds, "Teams Login runs out tomorrow."))
    );

    // Renewed in time: the sync goes on without a gap.
    logs_in(&stage).await;
    stage.chosen("Training");
    stage
        .until_world("busy", |world| {
            let shown = world.overview().presence;
            shown.availability == Availability::Busy && shown.activity == Activity::Busy
        })
        .await;
    for _ in 0..3 {
        stage.pass_a_day().await;
    }
    assert_eq!(notices(&stage), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_learned_outlives_a_restart() {
    let stage = Stage::start().await;
    stage.world.set_sign_in_frequency(SignedDuration::from_hours(30 * 24));
    stage.start_work().await;
    for _ in 0..30 {
        stage.pass_a_day().await;
    }
    stage.until("ended", |view| view.banner.as_ref().is_some_and(is_login)).await;
    logs_in(&stage).await;
    let stage = stage.restarted();
    stage.until("signed in", |view| view.own.name == "Priya Raman").await;
    for _ in 0..22 {
        stage.pass_a_day().await;
    }
    stage.until("a week ahead", |view| view.banner.is_some()).await;
    assert_eq!(notices(&stage), [notice(NoticeKind::TeamsLoginEnds, "Teams Login runs out in 7 days.")]);
}
