//! Colleagues with both sides in one row, moved by hand in the sandbox only.

use std::time::Duration;

use app::Request;
use sandbox::{Activity, Availability, Channel, ConnectUser, Operation, Presence, SeatMove};
use view::{Action, JoinOffer, Line, NoticeKind, PersonLine, Waits};

use crate::stage::{Stage, wait};

/// Longer than two readings, by the clock of everybody.
const TWO_READINGS: Duration = Duration::from_secs(40);

/// A desk whose settings let it read colleagues in Connect, with its drawer open and everything read.
async fn looking() -> Stage {
    let stage = Stage::made(Ok(()), |folder, sandbox| {
        std::fs::write(folder.join(settings::FILE), sandbox.settings_toml_with_connect_api()).unwrap();
    })
    .await;
    stage.sign_in().await;
    stage.requests.send(Request::DrawerOpen(true));
    stage.until("the whole team", |view| !view.counts.loading && view.counts.known >= 40).await;
    stage
}

fn users(stage: &Stage) -> Vec<ConnectUser> {
    stage.world.connect_users("", 1000)
}

/// Colleagues who are known to Connect by their tag or user name, and have Teams.
fn colleague(stage: &Stage) -> ConnectUser {
    let both = |user: &ConnectUser| user.username.contains('@') && user.person.is_some();
    users(stage).into_iter().find(both).unwrap()
}

fn row_id(user: &ConnectUser) -> String {
    user.person.map_or_else(|| format!("connect:{}", user.id), |person| person.to_string())
}

fn person<'a>(lines: &'a [Line], id: &str) -> Option<&'a PersonLine> {
    lines.iter().find_map(|line| match line {
        Line::Person(person) if person.id == id => Some(&**person),
        Line::Person(_) | Line::Section { .. } | Line::Department { .. } => None,
    })
}

/// Waits for a row that is as wanted, while time passes for everybody.
async fn row(stage: &Stage, id: &str, what: &str, wanted: impl Fn(&PersonLine) -> bool) -> PersonLine {
    wait(what, async || {
        let lines = stage.lines().await.lines;
        match person(&lines, id) {
            Some(line) if wanted(line) => Ok(line.clone()),
            other => {
                stage.pass(Duration::from_secs(2));
                Err(format!("{other:#?}"))
            }
        }
    })
    .await
}

fn connect(line: &PersonLine) -> &str {
    line.connect.as_ref().map_or("", |side| &side.words)
}

fn moved(stage: &Stage, user: &ConnectUser, how: &SeatMove) {
    stage.world.move_in_connect(user.id, how).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_colleague_does_on_both_sides_is_in_one_row() {
    let stage = looking().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    let in_teams = Presence { availability: Availability::Busy, activity: Activity::InAMeeting };
    stage.world.move_colleague(user.person.unwrap(), Some(in_teams)).unwrap();
    for how in [SeatMove::LogIn, SeatMove::Status("Lunch".to_owned())] {
        moved(&stage, &user, &how);
    }
    let lunch = row(&stage, &id, "lunch beside a meeting", |line| {
        connect(line) == "Lunch" && line.teams.as_ref().is_some_and(|teams| teams.words == "In a meeting")
    })
    .await;
    assert!(lunch.connect.unwrap().since.is_some(), "the API says since when");

    moved(&stage, &user, &SeatMove::Status("Available".to_owned()));
    for how in [SeatMove::Ring(Channel::Voice), SeatMove::Connect] {
        moved(&stage, &user, &how);
    }
    row(&stage, &id, "on a contact", |line| connect(line) == "On a call").await;
    for how in [SeatMove::Ring(Channel::Chat), SeatMove::Connect] {
        moved(&stage, &user, &how);
    }
    row(&stage, &id, "on two contacts", |line| connect(line).contains("(2)")).await;
    for how in [SeatMove::End, SeatMove::End] {
        moved(&stage, &user, &how);
    }
    row(&stage, &id, "after-contact work", |line| connect(line).starts_with("After contact work")).await;
    moved(&stage, &user, &SeatMove::LogOut);
    row(&stage, &id, "logged out", |line| connect(line) == "Offline").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_one_row_with_one_side_or_both() {
    let stage = looking().await;
    // The last addresses come some seconds after the users.
    let strangers: Vec<ConnectUser> =
        users(&stage).into_iter().filter(|user| user.person.is_none() && !user.agent).collect();
    assert!(strangers.len() >= 2);
    for user in &strangers {
        let alone = row(&stage, &row_id(user), "the headset alone", |line| line.connect.is_some()).await;
        assert_eq!((alone.teams, alone.name.as_str()), (None, user.name.as_str()));
    }
    let known = users(&stage).into_iter().filter(|user| user.person.is_some() && !user.agent);
    let mut joined = 0;
    for user in known {
        let lines = stage.lines().await.lines;
        // Who has no Teams licence is in Connect only.
        if person(&lines, &row_id(&user)).is_none() {
            row(&stage, &format!("connect:{}", user.id), "without Teams", |line| line.teams.is_none()).await;
            continue;
        }
        let line = row(&stage, &row_id(&user), &user.username, |line| line.connect.is_some()).await;
        assert!(line.teams.is_some());
        joined += 1;
    }
    assert!(joined > 20, "{joined}");
    let lines = stage.lines().await.lines;
    let people = || {
        lines.iter().filter_map(|line| match line {
            Line::Person(person) => Some(&**person),
            Line::Section { .. } | Line::Department { .. } => None,
        })
    };
    assert!(people().any(|line| line.connect.is_none()), "somebody has Teams alone");
    // Two people of one name stay two rows, and nobody guesses.
    let lena: Vec<&PersonLine> = people().filter(|line| line.name.starts_with("Lena F")).collect();
    assert!(lena.len() >= 2, "{lena:#?}");
    // The own person is in the header only.
    let own = users(&stage).into_iter().find(|user| user.agent).unwrap();
    assert!(people().all(|line| line.id != row_id(&own) && line.id != format!("connect:{}", own.id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_status_a_disabled_one_and_somebody_who_leaves_are_followed() {
    let stage = looking().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    for how in [SeatMove::LogIn, SeatMove::Status("Training".to_owned())] {
        moved(&stage, &user, &how);
    }
    row(&stage, &id, "training", |line| connect(line) == "Training").await;
    stage.world.rename_status("Training", "Learning").unwrap();
    row(&stage, &id, "the new name", |line| connect(line) == "Learning").await;
    stage.world.set_status_enabled("Learning", false).unwrap();
    stage.pass(TWO_READINGS);
    row(&stage, &id, "a disabled status", |line| connect(line) == "Learning").await;

    stage.world.set_left(user.id, true).unwrap();
    stage.pass(Duration::from_secs(3700));
    let left = row(&stage, &id, "without Connect", |line| line.connect.is_none()).await;
    assert!(left.teams.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_of_the_same_name_is_joined_by_the_agent_and_parted_again() {
    let stage = looking().await;
    let desk = users(&stage).into_iter().find(|user| user.username == "night.desk").unwrap();
    let id = row_id(&desk);
    row(&stage, &id, "the night desk", |line| line.connect.is_some()).await;
    let lines = stage.lines().await.lines;
    let teams_alone = lines.iter().find_map(|line| match line {
        Line::Person(person) if person.connect.is_none() => Some(person.id.clone()),
        Line::Person(_) | Line::Section { .. } | Line::Department { .. } => None,
    });
    let person = teams_alone.unwrap();
    stage.act(Action::SamePerson { user: id.clone(), person: person.clone() });
    let joined = row(&stage, &person, "joined", |line| line.connect.is_some() && line.teams.is_some()).await;
    assert_eq!(joined.join, Some(JoinOffer::Confirmed));
    stage.until_kept("joins.json", |text| text.contains(&person)).await;
    stage.act(Action::NotSamePerson { person: person.clone() });
    row(&stage, &id, "on their own again", |line| line.teams.is_none()).await;
    row(&stage, &person, "without Connect", |line| line.connect.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_drawer_asks_nothing_but_for_somebody_who_is_waited_for_and_says_when_they_are_free() {
    let stage = looking().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    stage.world.move_colleague(user.person.unwrap(), Some(Presence::AVAILABLE)).unwrap();
    for how in [SeatMove::LogIn, SeatMove::Status("Lunch".to_owned())] {
        moved(&stage, &user, &how);
    }
    row(&stage, &id, "lunch", |line| connect(line) == "Lunch").await;
    stage.requests.send(Request::DrawerOpen(false));
    let read = |operation| stage.world.overview().quota[&operation].passed;
    stage.view().await;
    let before = read(Operation::GetCurrentUserData);
    for _ in 0..5 {
        stage.pass(TWO_READINGS);
        stage.view().await;
    }
    assert!(read(Operation::GetCurrentUserData) <= before + 1, "one may have been on its way");

    stage.act(Action::TellWhenFree { person: id.clone(), on: true });
    let lines = stage.lines().await.lines;
    assert_eq!(person(&lines, &id).unwrap().waits, Waits::Waiting);
    for _ in 0..3 {
        stage.pass(TWO_READINGS);
        stage.view().await;
    }
    let is_free = || stage.recorded(|seen| seen.notices.iter().any(|notice| notice.kind == NoticeKind::Free));
    assert!(!is_free());
    moved(&stage, &user, &SeatMove::Status("Available".to_owned()));
    wait("the notification", async || {
        stage.pass(Duration::from_secs(5));
        stage.view().await;
        if is_free() { Ok(()) } else { Err(stage.world.overview().quota) }
    })
    .await;
    let notice = stage.recorded(|seen| seen.notices.iter().find(|it| it.kind == NoticeKind::Free).cloned());
    assert_eq!(notice.unwrap().title, format!("{} is free.", user.name));
    let lines = stage.lines().await.lines;
    assert_ne!(person(&lines, &id).unwrap().waits, Waits::Waiting);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_without_the_role_is_named_in_health_and_the_teams_side_goes_on() {
    let stage = Stage::made(Ok(()), |folder, sandbox| {
        let role = "role/ConnectPathDesk";
        let text = sandbox.settings_toml_with_connect_api().replace(role, "role/SomebodyElse");
        std::fs::write(folder.join(settings::FILE), text).unwrap();
    })
    .await;
    stage.sign_in().await;
    stage.requests.send(Request::DrawerOpen(true));
    stage
        .until("a card beside the own presence", |view| {
            let mut cards = view.health.cards.iter();
            let is_named =
                cards.any(|card| card.details.as_ref().is_some_and(|details| details.contains("AWS")));
            is_named && view.own.teams.words != "Unknown"
        })
        .await;
    let lines = stage.lines().await.lines;
    assert!(lines.iter().all(|line| !matches!(line, Line::Person(person) if person.connect.is_some())));
}
