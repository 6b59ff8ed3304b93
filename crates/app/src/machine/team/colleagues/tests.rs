//! Whose state matters, and who is waited for.

use people::Reachability;
use presence::{
    connect::{ConnectState, StatusKind},
    identity::ObjectId,
    teams::{Availability, TeamsState},
};

use super::{
    super::{
        TeamIn,
        tests::{id, listed, row},
    },
    *,
};
use crate::fixture::at;

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

/// A user of Connect who is this person of the directory.
fn colleague(name: &str, person: Option<ObjectId>) -> Colleague {
    Colleague {
        user: user(name),
        username: format!("{name}@contoso.example"),
        name: name.to_owned(),
        object_id: person,
        mails: Vec::new(),
        number: None,
    }
}

fn seen(reachability: Reachability) -> ConnectSeen {
    let status = presence::connect::AgentStatus {
        arn: presence::connect::StatusArn::new("arn:a"),
        name: "Any".to_owned(),
        kind: StatusKind::Routable,
    };
    ConnectSeen { state: Some(ConnectState::Chosen(status)), since: None, contacts: 0, reachability }
}

/// Three people, two of whom use Connect, and somebody who uses only Connect.
fn team() -> Team {
    let mut team = listed(3);
    let colleagues = vec![colleague("u1", Some(id(1))), colleague("u2", Some(id(2))), colleague("u9", None)];
    team.on(TeamIn::Colleagues(colleagues), at(1));
    team
}

fn states(team: &mut Team, who: &str, reachability: Reachability, now: i64) -> Vec<TeamOut> {
    let states = vec![(user(who), seen(reachability))];
    team.on(TeamIn::ConnectStates { states, until: at(now + 60) }, at(now))
}

fn presence(team: &mut Team, who: ObjectId, availability: Availability, now: i64) -> Vec<TeamOut> {
    team.on(TeamIn::Presences(vec![(who, TeamsState::plain(availability))]), at(now))
}

#[test]
fn those_on_screen_matter_while_somebody_looks_and_those_waited_for_always() {
    let mut team = team();
    team.on(TeamIn::DrawerOpen(true), at(2));
    team.on(TeamIn::OnScreen { start: 0, count: 50 }, at(2));
    let mut first = team.wanted_users().first;
    first.sort();
    assert_eq!(first, [user("u1"), user("u2"), user("u9")]);
    team.on(TeamIn::DrawerOpen(false), at(3));
    assert_eq!(team.wanted_users(), WantedUsers::default());
    assert!(!team.waits());
    team.on(TeamIn::Wait { who: row(2), on: true }, at(4));
    assert_eq!(team.wanted_users().first, [user("u2")]);
    assert!(team.waits());
}

#[test]
fn somebody_is_free_once_both_sides_are_and_the_agent_is_notified_once() {
    let mut team = team();
    team.on(TeamIn::Wait { who: row(1), on: true }, at(2));
    assert_eq!(presence(&mut team, id(1), Availability::Available, 3), [], "nothing is known of Connect yet");
    assert_eq!(states(&mut team, "u1", Reachability::Busy, 4), []);
    assert_eq!(states(&mut team, "u1", Reachability::Available, 20), [TeamOut::Free(row(1))]);
    assert_eq!(states(&mut team, "u1", Reachability::Available, 40), []);
    assert!(!team.waits());
}

#[test]
fn a_state_that_is_too_old_makes_nobody_free() {
    let mut team = team();
    presence(&mut team, id(1), Availability::Available, 2);
    states(&mut team, "u1", Reachability::Busy, 2);
    team.on(TeamIn::Wait { who: row(1), on: true }, at(3));
    assert_eq!(states(&mut team, "u1", Reachability::Available, 5000), [], "Teams was read long ago");
    assert_eq!(presence(&mut team, id(1), Availability::Available, 5001), [TeamOut::Free(row(1))]);
}

#[test]
fn two_people_who_are_free_at_once_are_reported_one_after_the_other() {
    let mut team = team();
    for person in 1..=2 {
        team.on(TeamIn::Wait { who: row(person), on: true }, at(2));
    }
    let both = |team: &mut Team, now| {
        let states = ["u1", "u2"].map(|who| (user(who), seen(Reachability::Available))).to_vec();
        let found = [1, 2].map(|who| (id(who), TeamsState::plain(Availability::Available))).to_vec();
        let mut out = team.on(TeamIn::ConnectStates { states, until: at(now + 60) }, at(now));
        out.extend(team.on(TeamIn::Presences(found), at(now)));
        out
    };
    assert_eq!(both(&mut team, 3), [TeamOut::Free(row(1))]);
    assert_eq!(both(&mut team, 18), [TeamOut::Free(row(2))]);
}

#[test]
fn nobody_is_waited_for_without_end() {
    let mut team = team();
    team.on(TeamIn::Wait { who: row(1), on: true }, at(0));
    team.on(TeamIn::Due, at(12 * 3600 - 1));
    assert!(team.waits());
    team.on(TeamIn::Due, at(12 * 3600));
    assert!(!team.waits());
}

#[test]
fn the_presence_of_those_waited_for_is_read_while_the_drawer_is_closed_and_of_nobody_else() {
    let mut team = team();
    team.on(TeamIn::DrawerOpen(false), at(1));
    assert_eq!(team.on(TeamIn::Due, at(100)), []);
    team.on(TeamIn::Wait { who: row(2), on: true }, at(101));
    assert_eq!(team.on(TeamIn::Due, at(101)), [TeamOut::ReadPresences(vec![id(2)])]);
}

#[test]
fn the_agent_has_no_row_whichever_is_known_first() {
    let mut before = team();
    before.on(TeamIn::OwnUsername("U9@Contoso.example".to_owned()), at(2));
    let mut after = listed(3);
    after.on(TeamIn::OwnUsername("U9@Contoso.example".to_owned()), at(2));
    after.on(TeamIn::Colleagues(vec![colleague("u9", None)]), at(3));
    for team in [before, after] {
        assert_eq!(team.roster().known(), 3);
    }
}

#[test]
fn the_first_order_by_connect_does_not_wait_for_a_pointer() {
    let mut team = team();
    let first = |team: &Team| team.roster().on_lines(0, 2).next().map(|entry| entry.id().clone());
    team.on(TeamIn::Hold(true), at(1));
    let states = |there: &str| {
        let reachability = |name| if name == there { Reachability::Available } else { Reachability::Offline };
        let states = ["u1", "u2", "u9"].map(|name| (user(name), seen(reachability(name))));
        TeamIn::ConnectStates { states: states.to_vec(), until: at(60) }
    };
    team.on(states("u2"), at(2));
    assert_eq!(first(&team), Some(row(2)));
    team.on(states("u1"), at(9));
    assert_eq!(first(&team), Some(row(2)), "it is no first order any more");
}
