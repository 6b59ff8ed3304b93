//! The controller through an agent's day, against the sandbox over the network.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

mod stage;

use app::{
    host::{NoticeKind, SecretsError, TraySign},
    view::{Action, Badge, Level, Line},
};
use sandbox::{Activity, Availability};
use stage::Stage;

fn shows(stage: &Stage, availability: Availability, activity: Activity) -> bool {
    let presence = stage.world.overview().presence;
    presence.availability == availability && presence.activity == activity
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_shows_own_presence_and_the_team() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("own presence", |view| view.own.teams.words == "Available").await;
    stage.until("the whole team", |view| view.counts.known == 40 && !view.counts.loading).await;
    let read = |line: &Line| match line {
        Line::Person(person) => person.badge != Badge::Unknown,
        Line::Section { .. } => false,
    };
    let limit = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while stage.lines().await.lines.iter().filter(|line| read(line)).count() < 30 {
        assert!(std::time::Instant::now() < limit, "{:#?}", stage.lines().await);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_status_reaches_teams_and_quitting_takes_it_back() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Available");
    stage.until("in step", |view| view.own.connect.words == "Available").await;
    stage.chosen("Training");
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.until("in step", |view| view.own.teams.words == "Busy").await;
    assert!(stage.recorded(|seen| seen.trays.last().unwrap().tooltip.contains("Training / Busy")));
    stage.quit();
    stage
        .until_world("taken back", |world| {
            let now = world.overview();
            now.session.is_none() && now.preferred.is_none()
        })
        .await;
    while !stage.recorded(|seen| seen.exited) {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lunch_becomes_be_right_back_without_any_set_up() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Lunch");
    stage
        .until_world("be right back", |_| shows(&stage, Availability::BeRightBack, Activity::BeRightBack))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_signs_in_from_the_keyring_and_writes_nothing_twice() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Training");
    stage.until("in step", |view| view.own.teams.words == "Busy").await;
    let written = stage.world.overview().writes.len();
    let stage = stage.restarted();
    stage.agent("priya.raman");
    stage.chosen("Training");
    stage.until("known again", |view| view.own.teams.words == "Busy" && view.banner.is_none()).await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    let now = stage.world.overview();
    assert_eq!((now.writes.len(), now.sign_ins), (written, 1), "{:#?}", now.writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_else_in_connect_stops_every_write_until_confirmed() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("grace.holloway");
    stage.chosen("Training");
    let view = stage.until("named", |view| view.banner.is_some()).await;
    let banner = view.banner.unwrap();
    assert_eq!(
        banner.title,
        "You are logged in to Teams as priya.raman@contoso.com, in Connect as grace.holloway."
    );
    assert_eq!(banner.level, Level::Problem);
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    assert_eq!(stage.world.overview().writes.len(), 0);
    stage.requests.send(app::Request::Act(Action::BothAreMe));
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_grant_asks_for_a_login_and_sync_resumes_after_it() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Available");
    stage.until("in step", |view| view.own.teams.words == "Available").await;
    stage.world.revoke();
    stage.world.expire_access_tokens();
    stage.requests.send(app::Request::Act(Action::SyncNow));
    stage
        .until("asks", |view| {
            view.banner.as_ref().is_some_and(|it| it.buttons[0].action == Action::TeamsLogin)
        })
        .await;
    stage.recorded(|seen| {
        assert_eq!(seen.trays.last().unwrap().sign, TraySign::Login);
        assert_eq!(seen.notices.last().unwrap().kind, NoticeKind::TeamsLogin);
    });
    stage.chosen("Training");
    stage.requests.send(app::Request::Act(Action::TeamsLogin));
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_session_lasts_until_quit_and_is_told_once() {
    let stage = Stage::with(Err(SecretsError::Missing), "").await;
    stage.sign_in().await;
    let view = stage
        .until("told", |view| view.health.cards.iter().any(|card| card.text.contains("No keyring found.")))
        .await;
    assert_eq!(view.health.level, Level::Warning);
    let told = stage.recorded(|seen| seen.notices.iter().filter(|it| it.kind == NoticeKind::Keyring).count());
    assert_eq!(told, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_microsoft_is_named_and_nothing_is_lost() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.agent("priya.raman");
    stage.chosen("Available");
    stage.until("in step", |view| view.own.teams.words == "Available").await;
    stage.world.throttle(std::time::Duration::from_secs(3), 3);
    stage.chosen("Training");
    stage.until("named", |view| view.health.words == "Slowed by Microsoft").await;
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.until("healthy", |view| view.health.words == "Up to date").await;
}
