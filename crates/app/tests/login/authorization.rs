//! An authorization over months, day by day: reminders, the end and the renewal.

use std::time::Duration;

use app::Request;
use sandbox::{Activity, Availability};
use view::{Action, NoticeKind, TrayAction, TraySign, View};

use crate::stage::{Stage, voice, wait};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const ENDED: &str = "Teams needs a new login.";

/// The kinds and titles of all notifications so far.
fn notified(stage: &Stage) -> Vec<(NoticeKind, String)> {
    stage.recorded(|seen| seen.notified.iter().map(|it| (it.kind, it.title.clone())).collect())
}

fn reminder(title: &str) -> (NoticeKind, String) {
    (NoticeKind::TeamsLoginEnds, title.to_owned())
}

/// Waits until the tray shows this sign.
async fn until_sign(stage: &Stage, wanted: TraySign) {
    wait("the tray's sign", async || {
        let sign = stage.recorded(|seen| seen.trays.last().unwrap().sign);
        if sign == wanted { Ok(()) } else { Err(sign) }
    })
    .await;
}

/// Clicks the notification of this kind.
fn click(stage: &Stage, kind: NoticeKind) {
    let action = stage.recorded(|seen| {
        let notice = seen.notices.iter().find(|notice| notice.kind == kind).unwrap();
        notice.action.as_ref().unwrap().1.of_click()
    });
    assert_eq!(action, TrayAction::TeamsLogin);
    stage.requests.send(Request::Tray(action));
}

/// Lets days pass; each begins with a refresh, and the person is not notified.
async fn pass_quiet_days(stage: &Stage, days: usize) {
    for _ in 0..days {
        let (refreshes, notified_before) = (stage.world.overview().refreshes, notified(stage));
        stage.pass(DAY);
        stage.until_world("refreshed", |world| world.overview().refreshes > refreshes).await;
        stage.until("in step", is_in_step).await;
        assert_eq!(notified(stage), notified_before);
    }
}

fn is_in_step(view: &View) -> bool {
    view.own.connect.words == "Available" && view.own.teams.words == "Available"
}

#[tokio::test(flavor = "multi_thread")]
async fn an_authorization_of_ninety_days_ends_with_two_reminders_a_notification_and_a_login() {
    let stage = Stage::start().await;
    stage.world.set_sign_in_frequency(Some(90));
    stage.start_work().await;
    assert_eq!(
        notified(&stage),
        [(NoticeKind::TeamsLogin, "Teams needs a login.".to_owned())],
        "at the first start"
    );

    pass_quiet_days(&stage, 82).await;
    stage.pass(DAY);
    let week = stage.until_titled("Teams Login expires in 7 days.").await;
    assert!(week.body.starts_with("Renew by "), "{}", week.body);
    assert_eq!(notified(&stage)[1..], [reminder("Teams Login expires in 7 days.")]);
    stage.until("in step", is_in_step).await;
    until_sign(&stage, TraySign::Sync).await;
    stage.act(Action::Later);
    stage.until("dismissed", |view| view.banner.is_none()).await;

    pass_quiet_days(&stage, 5).await;
    stage.pass(DAY);
    stage.until_titled("Teams Login expires tomorrow.").await;
    assert_eq!(notified(&stage)[2..], [reminder("Teams Login expires tomorrow.")]);

    stage.pass(DAY);
    let ended = stage.until_titled(ENDED).await;
    assert!(ended.body.starts_with("Your authorization ended at "), "{}", ended.body);
    assert_eq!(notified(&stage)[3..], [(NoticeKind::TeamsLogin, ENDED.to_owned())]);
    until_sign(&stage, TraySign::Login).await;
    stage.recorded(|seen| {
        let kinds: Vec<_> = seen.notices.iter().map(|notice| notice.kind).collect();
        assert_eq!(kinds, [NoticeKind::TeamsLogin], "the reminder is withdrawn");
    });

    stage.report_status("Training");
    click(&stage, NoticeKind::TeamsLogin);
    stage
        .until_world("sync is on again", |world| {
            let shown = world.overview().presence;
            shown.availability == Availability::Busy && shown.activity == Activity::Busy
        })
        .await;
    stage.until("no banner", |view| view.banner.is_none()).await;
    stage.recorded(|seen| assert!(seen.notices.is_empty(), "{:?}", seen.notices));
    assert_eq!(notified(&stage).len(), 4);
    assert_eq!(stage.world.overview().sign_ins, 2);

    // A login before the end begins a new period without an interruption.
    stage.report_status("Available");
    stage.pass(83 * DAY);
    stage.until_titled("Teams Login expires in 7 days.").await;
    click(&stage, NoticeKind::TeamsLoginEnds);
    stage.until("renewed", |view| view.banner.is_none()).await;
    assert_eq!(stage.world.overview().sign_ins, 3);
    pass_quiet_days(&stage, 3).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_period_of_the_tenant_is_learned_and_kept_over_a_restart() {
    let stage = Stage::start().await;
    stage.world.set_sign_in_frequency(Some(30));
    stage.start_work().await;
    pass_quiet_days(&stage, 29).await;
    stage.pass(DAY);
    stage.until_titled(ENDED).await;
    click(&stage, NoticeKind::TeamsLogin);
    stage.until("logged in", |view| view.banner.is_none()).await;
    let since = format!("\"since\":\"{}", stage.world.now().strftime("%Y-%m-%d"));
    let is_learned = |text: &str| text.contains("afterLogin") && text.contains(&since);
    stage.until_kept("authorization.json", is_learned).await;
    let stage = stage.restarted();
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    stage.until("signed in", is_in_step).await;
    let before = notified(&stage).len();
    // The authorization is known to last 29 days.
    pass_quiet_days(&stage, 21).await;
    stage.pass(DAY);
    stage.until_titled("Teams Login expires in 7 days.").await;
    assert_eq!(notified(&stage)[before..], [reminder("Teams Login expires in 7 days.")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_waits_for_the_end_of_the_contact() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_state("Available", &[voice("connected", true, "+441632960123")]);
    stage.until("on contact", |view| view.own.connect.words == "On a call").await;
    let before = notified(&stage).len();
    stage.pass(84 * DAY);
    stage.until_world("refreshed", |world| world.overview().refreshes > 0).await;
    assert_eq!(notified(&stage).len(), before);
    stage.report_status("Available");
    stage.until_titled("Teams Login expires in 6 days.").await;
    assert_eq!(notified(&stage).len(), before + 1);
}
