//! Colleagues with both sides in one row. The test moves them in the sandbox.

use std::time::Duration;

use app::Request;
use sandbox::{Activity, Availability, Channel, ConnectUser, Operation, Presence, SeatMove};
use view::{Action, JoinOffer, Line, NoticeKind, PersonLine, Waits};

use crate::stage::{Stage, wait};

/// Longer than two readings take, in the time of the sandbox.
const TWO_READINGS: Duration = Duration::from_secs(40);

/// A desk that may read colleagues in Connect, with the drawer open and everybody read.
async fn with_open_drawer() -> Stage {
    let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
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

/// A colleague whom Connect knows by tag or user name, and who has Teams.
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

/// Waits until a row is as wanted, while time passes.
async fn until_row(stage: &Stage, id: &str, what: &str, wanted: impl Fn(&PersonLine) -> bool) -> PersonLine {
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

fn connect_words(line: &PersonLine) -> &str {
    line.connect.as_ref().map_or("", |side| &side.words)
}

fn move_in_connect(stage: &Stage, user: &ConnectUser, how: &SeatMove) {
    stage.world.move_in_connect(user.id, how).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_row_shows_what_a_colleague_does_on_both_sides() {
    let stage = with_open_drawer().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    let in_teams = Presence { availability: Availability::Busy, activity: Activity::InAMeeting };
    stage.world.move_colleague(user.person.unwrap(), Some(in_teams)).unwrap();
    for how in [SeatMove::LogIn, SeatMove::Status("Lunch".to_owned())] {
        move_in_connect(&stage, &user, &how);
    }
    let lunch = until_row(&stage, &id, "lunch beside a meeting", |line| {
        connect_words(line) == "Lunch"
            && line.teams.as_ref().is_some_and(|teams| teams.words == "In a meeting")
    })
    .await;
    assert!(lunch.connect.unwrap().since.is_some(), "the API gives the start");

    move_in_connect(&stage, &user, &SeatMove::Status("Available".to_owned()));
    for how in [SeatMove::Ring(Channel::Voice), SeatMove::Connect] {
        move_in_connect(&stage, &user, &how);
    }
    until_row(&stage, &id, "on a contact", |line| connect_words(line) == "On a call").await;
    for how in [SeatMove::Ring(Channel::Chat), SeatMove::Connect] {
        move_in_connect(&stage, &user, &how);
    }
    until_row(&stage, &id, "on two contacts", |line| connect_words(line).contains("(2)")).await;
    for how in [SeatMove::End, SeatMove::End] {
        move_in_connect(&stage, &user, &how);
    }
    until_row(&stage, &id, "after-contact work", |line| {
        connect_words(line).starts_with("After contact work")
    })
    .await;
    move_in_connect(&stage, &user, &SeatMove::LogOut);
    until_row(&stage, &id, "logged out", |line| connect_words(line) == "Offline").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_has_one_row_with_one_side_or_both() {
    let stage = with_open_drawer().await;
    // The last addresses come some seconds after the users.
    let strangers: Vec<ConnectUser> =
        users(&stage).into_iter().filter(|user| user.person.is_none() && !user.agent).collect();
    assert!(strangers.len() >= 2);
    for user in &strangers {
        let alone =
            until_row(&stage, &row_id(user), "the headset alone", |line| line.connect.is_some()).await;
        assert_eq!((alone.teams, alone.name.as_str()), (None, user.name.as_str()));
    }
    let known = users(&stage).into_iter().filter(|user| user.person.is_some() && !user.agent);
    let mut joined = 0;
    for user in known {
        let lines = stage.lines().await.lines;
        // A person without a Teams licence is in Connect only.
        if person(&lines, &row_id(&user)).is_none() {
            until_row(&stage, &format!("connect:{}", user.id), "without Teams", |line| line.teams.is_none())
                .await;
            continue;
        }
        let line = until_row(&stage, &row_id(&user), &user.username, |line| line.connect.is_some()).await;
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
    // Two people with the same name keep two rows, and are not joined by a guess.
    let lena: Vec<&PersonLine> = people().filter(|line| line.name.starts_with("Lena F")).collect();
    assert!(lena.len() >= 2, "{lena:#?}");
    // The agent is in the header only.
    let own = users(&stage).into_iter().find(|user| user.agent).unwrap();
    assert!(people().all(|line| line.id != row_id(&own) && line.id != format!("connect:{}", own.id)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_status_a_disabled_status_and_a_user_who_leaves_are_shown() {
    let stage = with_open_drawer().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    for how in [SeatMove::LogIn, SeatMove::Status("Training".to_owned())] {
        move_in_connect(&stage, &user, &how);
    }
    until_row(&stage, &id, "training", |line| connect_words(line) == "Training").await;
    stage.world.rename_status("Training", "Learning").unwrap();
    until_row(&stage, &id, "the new name", |line| connect_words(line) == "Learning").await;
    stage.world.set_status_enabled("Learning", false).unwrap();
    stage.pass(TWO_READINGS);
    until_row(&stage, &id, "a disabled status", |line| connect_words(line) == "Learning").await;

    stage.world.set_left(user.id, true).unwrap();
    stage.pass(Duration::from_secs(3700));
    let left = until_row(&stage, &id, "without Connect", |line| line.connect.is_none()).await;
    assert!(left.teams.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agent_joins_two_rows_of_one_person_and_separates_them_again() {
    let stage = with_open_drawer().await;
    let desk = users(&stage).into_iter().find(|user| user.username == "night.desk").unwrap();
    let id = row_id(&desk);
    until_row(&stage, &id, "the night desk", |line| line.connect.is_some()).await;
    let lines = stage.lines().await.lines;
    let teams_alone = lines.iter().find_map(|line| match line {
        Line::Person(person) if person.connect.is_none() => Some(person.id.clone()),
        Line::Person(_) | Line::Section { .. } | Line::Department { .. } => None,
    });
    let person = teams_alone.unwrap();
    stage.act(Action::SamePerson { user: id.clone(), person: person.clone() });
    let joined =
        until_row(&stage, &person, "joined", |line| line.connect.is_some() && line.teams.is_some()).await;
    assert_eq!(joined.join, Some(JoinOffer::Confirmed));
    stage.until_kept("joins.json", |text| text.contains(&person)).await;
    stage.act(Action::NotSamePerson { person: person.clone() });
    until_row(&stage, &id, "on their own again", |line| line.teams.is_none()).await;
    until_row(&stage, &person, "without Connect", |line| line.connect.is_none()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_drawer_reads_only_people_who_are_waited_for_and_notifies_when_they_are_free() {
    let stage = with_open_drawer().await;
    let user = colleague(&stage);
    let id = row_id(&user);
    stage.world.move_colleague(user.person.unwrap(), Some(Presence::AVAILABLE)).unwrap();
    for how in [SeatMove::LogIn, SeatMove::Status("Lunch".to_owned())] {
        move_in_connect(&stage, &user, &how);
    }
    until_row(&stage, &id, "lunch", |line| connect_words(line) == "Lunch").await;
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
    move_in_connect(&stage, &user, &SeatMove::Status("Available".to_owned()));
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
async fn a_role_that_is_missing_is_shown_in_health_and_the_teams_side_continues() {
    let stage = Stage::with_folder(Ok(()), |folder, sandbox| {
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
