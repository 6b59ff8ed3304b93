//! The controller through an agent's day, against the sandbox over the network.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

mod calls;
mod changes;
mod clock;
mod colleagues;
#[cfg(test)]
mod faults;
mod login;
mod masked;
mod message;
#[expect(dead_code, reason = "the stage serves other tests too")]
mod stage;

use presence::engine::Machine;
use sandbox::{Activity, Availability, Presence};
use signin::SecretsError;
use stage::{Stage, arn, voice};
use view::{
    Action, Badge, Level, Line, LinkReason, NoticeKind, TraySign,
    doctor::{CheckStatus, DoctorPage, Topic},
};

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
    let is_read = |line: &Line| match line {
        Line::Person(person) => person.badge != Badge::Unknown,
        Line::Section { .. } | Line::Department { .. } => false,
    };
    let thirty = |lines: &[Line]| (lines.iter().filter(|line| is_read(line)).count() >= 30).then_some(());
    stage.find("thirty people whose presence was read", thirty).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presence_that_stays_unknown_is_shown_after_some_minutes_and_nothing_is_written() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.world.set_teams(Presence::UNKNOWN);
    stage.act(Action::SyncNow);
    stage.until("unknown", |view| view.own.teams.words == "Unknown").await;
    let written = stage.world.overview().writes.len();
    stage.report_status("Training");
    for _ in 0..8 {
        stage.pass(std::time::Duration::from_secs(30));
        stage.view().await;
    }
    let view = stage.until("the reason", |view| view.own.reason == LinkReason::TeamsNotKnown).await;
    let card = view.health.cards.iter().find(|card| card.title == "Teams").unwrap();
    assert!(
        card.text.starts_with("Microsoft does not know your status in Teams. Nothing is written"),
        "{}",
        card.text
    );
    assert_eq!((card.level, view.health.words.as_str()), (Level::Warning, "Teams: status unknown"));
    assert_eq!(stage.world.overview().writes.len(), written);
    stage.world.set_teams(Presence::AVAILABLE);
    stage.act(Action::SyncNow);
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_that_is_disabled_while_it_is_chosen_keeps_its_presence() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Lunch");
    let lunch = |_: &sandbox::World| shows(&stage, Availability::BeRightBack, Activity::BeRightBack);
    stage.until_world("be right back", lunch).await;
    let written = stage.world.overview().writes.len();
    stage.report_agent_without("priya.raman", "Lunch");
    stage.report_status("Lunch");
    for _ in 0..4 {
        stage.pass(std::time::Duration::from_secs(20));
        stage.view().await;
    }
    let now = stage.world.overview();
    assert!(lunch(&stage.world), "{:?}", now.presence);
    assert_eq!(now.writes.len(), written, "{:#?}", now.writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_custom_status_is_written_to_teams_and_given_back_at_quitting() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.report_status("Training");
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
    stage.until_exited().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lunch_becomes_be_right_back_with_the_default_settings() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Lunch");
    stage
        .until_world("be right back", |_| shows(&stage, Availability::BeRightBack, Activity::BeRightBack))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_signs_in_from_the_keyring_and_writes_nothing_twice() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Training");
    stage.until("in step", |view| view.own.teams.words == "Busy").await;
    let written = stage.world.overview().writes.len();
    let stage = stage.restarted();
    stage.report_agent("priya.raman");
    stage.report_status("Training");
    stage.until("known again", |view| view.own.teams.words == "Busy" && view.banner.is_none()).await;
    stage.settle(std::time::Duration::from_secs(3)).await;
    let now = stage.world.overview();
    assert_eq!((now.writes.len(), now.sign_ins), (written, 1), "{:#?}", now.writes);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_person_in_connect_stops_every_write_until_it_is_confirmed() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.report_agent("grace.holloway");
    stage.report_status("Training");
    let view = stage.until("named", |view| view.banner.is_some()).await;
    let banner = view.banner.unwrap();
    assert_eq!(
        banner.title,
        "You are logged in to Teams as priya.raman@contoso.com, in Connect as grace.holloway."
    );
    assert_eq!(banner.level, Level::Problem);
    stage.settle(std::time::Duration::from_secs(3)).await;
    assert_eq!(stage.world.overview().writes.len(), 0);
    stage.requests.send(app::Request::Act(Action::BothAreMe));
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_grant_asks_for_a_login_and_sync_resumes_after_it() {
    let stage = Stage::start().await;
    stage.start_work().await;
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
    stage.report_status("Training");
    stage.requests.send(app::Request::Act(Action::TeamsLogin));
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_keyring_the_session_lasts_until_quit_and_the_person_is_notified_once() {
    let stage = Stage::with(Err(SecretsError::Missing), "").await;
    stage.sign_in().await;
    let notified =
        || stage.recorded(|seen| seen.notices.iter().filter(|it| it.kind == NoticeKind::Keyring).count());
    // The card is there when the keyring was asked, the notification when it could not keep the refresh token.
    let view = stage
        .until("notified", |view| {
            notified() > 0 && view.health.cards.iter().any(|card| card.text.contains("No keyring found."))
        })
        .await;
    assert_eq!(view.health.level, Level::Warning);
    assert_eq!(notified(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn throttling_by_microsoft_is_shown_and_nothing_is_lost() {
    let stage = Stage::start().await;
    stage.start_work().await;
    stage.world.throttle(std::time::Duration::from_secs(3), 3);
    stage.report_status("Training");
    stage.until("named", |view| view.health.words == "Slowed by Microsoft").await;
    stage.until_world("busy", |_| shows(&stage, Availability::Busy, Activity::Busy)).await;
    stage.until("healthy", |view| view.health.words == "Up to date").await;
}

/// Both directions are on: Busy in Teams sets Training in Connect.
fn both_directions() -> String {
    format!(
        "teams_to_connect = true\n\n[[sync.teams_rows]]\nwhen = {{ availability = \"busy\" }}\n\
         connect = {{ status = \"{}\" }}\nonly_while = \"routable\"\n",
        arn("Training")
    )
}

fn set_by_person(stage: &Stage, availability: Availability, activity: Activity) {
    stage.world.set_teams(Presence { availability, activity });
    stage.requests.send(app::Request::Act(Action::SyncNow));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_in_teams_is_ordered_from_connect_once() {
    let stage = Stage::with(Ok(()), &both_directions()).await;
    stage.start_work().await;
    set_by_person(&stage, Availability::Busy, Activity::Busy);
    let order = stage.take_order("setStatus").await;
    assert_eq!((&order["arn"], &order["next"]), (&arn("Training").into(), &false.into()));
    stage.report_done(&order);
    stage.report_status("Training");
    stage.settle(std::time::Duration::from_secs(3)).await;
    assert_eq!(stage.recorded(|seen| seen.orders.len()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idle_agent_is_asked_before_available_is_set() {
    let stage = Stage::with(Ok(()), &both_directions()).await;
    stage.start_work().await;
    set_by_person(&stage, Availability::Busy, Activity::Busy);
    let order = stage.take_order("setStatus").await;
    stage.report_done(&order);
    stage.report_status("Training");
    stage.requests.send(app::Request::Machine(Machine::Idle));
    stage.until("seen", |view| view.own.connect.words == "Training").await;
    set_by_person(&stage, Availability::Available, Activity::Available);
    let view = stage.until("asked", |view| view.banner.as_ref().is_some_and(|it| it.title == "Back?")).await;
    assert_eq!(view.banner.unwrap().buttons[0].label, "Set Available");
    assert_eq!(stage.recorded(|seen| seen.orders.len()), 0);
    stage.requests.send(app::Request::Act(Action::SetBack));
    let order = stage.take_order("setStatus").await;
    assert_eq!(order["arn"], arn("Available"));
}

#[tokio::test(flavor = "multi_thread")]
async fn during_a_contact_the_login_is_offered_and_the_notification_waits() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_state("Available", &[voice("connected", true, "+441632960123")]);
    stage.until("on contact", |view| view.own.connect.words == "On a call").await;
    let is_notified = |stage: &Stage| {
        stage.recorded(|seen| seen.notices.iter().any(|it| it.kind == NoticeKind::TeamsLogin))
    };
    stage.world.revoke();
    stage.requests.send(app::Request::Act(Action::SyncNow));
    let view = stage.until("offered", |view| view.banner.is_some()).await;
    let labels: Vec<_> = view.banner.unwrap().buttons.into_iter().map(|button| button.label).collect();
    assert_eq!(labels, ["Now", "After this call", "Later"]);
    assert!(!is_notified(&stage));
    stage.requests.send(app::Request::Act(Action::AfterThisCall));
    stage.until("put away", |view| view.banner.is_none()).await;
    stage.report_status("Available");
    stage.until("asked", |view| view.banner.is_some()).await;
    assert!(is_notified(&stage));
}

#[tokio::test(flavor = "multi_thread")]
async fn search_ignores_accents_and_a_favourite_is_kept_over_a_restart() {
    let stage = Stage::start().await;
    stage.sign_in().await;
    stage.until("the team", |view| view.counts.known == 40).await;
    stage.requests.send(app::Request::Act(Action::Search { text: "tomas ibarra".into() }));
    stage.until("one found", |view| view.counts.found == Some(1)).await;
    let line = stage.lines().await.lines.into_iter().find_map(|line| match line {
        Line::Person(person) => Some(person),
        Line::Section { .. } | Line::Department { .. } => None,
    });
    let person = line.unwrap();
    assert_eq!(person.name, "Tomás Ibarra");
    stage.requests.send(app::Request::Act(Action::Favourite { person: person.id, on: true }));
    stage.requests.send(app::Request::Act(Action::Search { text: String::new() }));
    stage.until("all again", |view| view.counts.found.is_none()).await;
    stage.until_kept("favourites.json", |text| text.len() > "[]".len()).await;
    let stage = stage.restarted();
    stage.until("the team", |view| view.counts.known == 40).await;
    let lines = stage.lines().await.lines;
    assert!(
        matches!(&lines[1], Line::Person(person) if person.favourite && person.name == "Tomás Ibarra"),
        "{lines:#?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_checks_the_current_authorization_without_renewing_it() {
    let stage = Stage::start().await;
    let before = stage.run_doctor().await;
    assert_eq!(before.checks.len(), Topic::ALL.len());
    let scopes =
        |page: &DoctorPage| page.checks.iter().find(|one| one.check == Topic::Scopes).unwrap().clone();
    assert_eq!(scopes(&before).status, CheckStatus::NotChecked);

    stage.sign_in().await;
    let refreshes = stage.world.overview().refreshes;
    let page = stage.run_doctor().await;
    assert_eq!(scopes(&page).status, CheckStatus::Good, "{}", page.report);
    assert_eq!(stage.world.overview().refreshes, refreshes);
    assert!(page.checks.iter().all(|one| one.status != CheckStatus::Failed), "{}", page.report);
}

#[tokio::test(flavor = "multi_thread")]
async fn doctor_checks_the_current_login_with_aws() {
    let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
        let text = format!("seats = 5\n{}", sandbox.settings_toml_with_connect_api());
        std::fs::write(folder.join(settings::FILE), text).unwrap();
    })
    .await;
    let of = |page: &DoctorPage, topic| page.checks.iter().find(|one| one.check == topic).unwrap().clone();
    assert_eq!(of(&stage.run_doctor().await, Topic::ConnectTrust).status, CheckStatus::NotChecked);
    stage.sign_in().await;
    let page = stage.run_doctor().await;
    for topic in [Topic::ConnectTrust, Topic::ConnectRole, Topic::ConnectQuota] {
        assert_eq!(of(&page, topic).status, CheckStatus::Good, "{}", page.report);
    }
    assert!(stage.world.overview().account.sessions >= 1);
}
