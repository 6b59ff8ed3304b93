//! The two sides of a row: their states, their join, and the marks of both.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod fixture;
mod rows;

use jiff::{SignedDuration, Timestamp};
use people::{
    Colleague, ConnectSeen, Entry, LineRef, Person, PersonId, Reachability, Roster, connect_reachability,
};
use presence::{
    aws::UserId,
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    identity::ObjectId,
    mapping::Target,
    teams::{Availability, TeamsState},
};

use rows::{colleague, entra};

fn person(id: &str) -> Person {
    fixture::person(id, id)
}

fn connect(user: &str) -> PersonId {
    PersonId::Connect(UserId::new(user).unwrap())
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs(seconds)
}

fn chosen(name: &str, kind: StatusKind) -> ConnectState {
    ConnectState::Chosen(AgentStatus { arn: StatusArn::new(name), name: name.to_owned(), kind })
}

fn connect_state(reachability: Reachability) -> ConnectSeen {
    let state = match reachability {
        Reachability::Offline => None,
        Reachability::Available => Some(chosen("Available", StatusKind::Routable)),
        Reachability::Busy => {
            Some(ConnectState::Contact { activity: Activity::Connected, channel: Channel::Voice })
        }
        Reachability::Unknown
        | Reachability::OutOfOffice
        | Reachability::Away
        | Reachability::DoNotDisturb => Some(chosen("Lunch", StatusKind::Custom)),
    };
    ConnectSeen {
        state,
        since: Some(at(-60)),
        contacts: usize::from(reachability == Reachability::Busy),
        reachability,
    }
}

fn set_connect(roster: &mut Roster, user: &str, reachability: Reachability) {
    roster.set_connect(&UserId::new(user).unwrap(), connect_state(reachability), at(0), at(60));
}

fn set_teams(roster: &mut Roster, id: &str, availability: Availability) {
    roster.set_teams(&ObjectId::new(id), TeamsState::plain(availability), at(0), at(60));
}

/// Ada has both sides, Ben only Teams, Cleo only Connect.
fn three() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada"), person("ben")]);
    roster.set_colleagues(vec![colleague("ada"), colleague("cleo")]);
    roster
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.on_lines(0, usize::MAX).map(Entry::name).collect()
}

#[test]
fn a_row_has_the_known_sides_of_a_person() {
    let roster = three();
    assert_eq!((names(&roster), roster.known()), (vec!["ada", "ben", "cleo@contoso.com"], 3));
    assert_eq!(roster.in_directory(), 2);
    let sides = |id| roster.get(&id).map(|entry| (entry.person().is_some(), entry.colleague().is_some()));
    assert_eq!(sides(entra("ada")), Some((true, true)));
    assert_eq!(sides(entra("ben")), Some((true, false)));
    assert_eq!(sides(connect("cleo")), Some((false, true)));
    assert_eq!(roster.get(&connect("ada")).unwrap().id(), &entra("ada"), "one row, by either id");
    assert_eq!(roster.user_of(&entra("ada")), Some(&UserId::new("ada").unwrap()));
    assert_eq!(roster.object_id_of(&connect("ada")), Some(&ObjectId::new("ada")));
    assert_eq!((roster.user_of(&entra("ben")), roster.object_id_of(&connect("cleo"))), (None, None));
    assert_eq!(roster.teams_ids_in(0, 9), [ObjectId::new("ada"), ObjectId::new("ben")]);
    assert_eq!(roster.connect_ids_in(0, 9), ["ada", "cleo"].map(|user| UserId::new(user).unwrap()));
    assert_eq!(roster.connect_ids_in(2, 9), [UserId::new("cleo").unwrap()], "the lines 2 and after");
}

#[test]
fn the_reachability_is_the_greater_one_of_both_sides() {
    let mut roster = three();
    for (teams, in_connect, reachability, is_free) in [
        (Availability::Available, Reachability::Available, Reachability::Available, true),
        (Availability::Available, Reachability::Busy, Reachability::Busy, false),
        (Availability::Available, Reachability::Away, Reachability::Available, false),
        (Availability::Away, Reachability::Available, Reachability::Available, false),
        (Availability::Available, Reachability::Offline, Reachability::Available, true),
        (Availability::Offline, Reachability::Available, Reachability::Available, true),
        (Availability::DoNotDisturb, Reachability::Busy, Reachability::DoNotDisturb, false),
        (Availability::Offline, Reachability::Offline, Reachability::Offline, false),
        (Availability::Unknown, Reachability::Available, Reachability::Available, true),
    ] {
        set_teams(&mut roster, "ada", teams);
        set_connect(&mut roster, "ada", in_connect);
        let ada = roster.get(&entra("ada")).unwrap();
        assert_eq!((ada.reachability(), ada.is_free()), (reachability, is_free), "{teams:?} {in_connect:?}");
    }
}

#[test]
fn the_reachability_of_a_connect_state_depends_on_the_status_and_the_table() {
    let contact = ConnectState::Contact { activity: Activity::AfterContactWork, channel: Channel::Task };
    assert_eq!(connect_reachability(&contact, Some(Target::AppearOffline)), Reachability::Busy);
    assert_eq!(
        connect_reachability(&chosen("Ready", StatusKind::Routable), Some(Target::Busy)),
        Reachability::Available
    );
    assert_eq!(connect_reachability(&chosen("Gone", StatusKind::Offline), None), Reachability::Offline);
    for (target, reachability) in [
        (None, Reachability::Away),
        (Some(Target::NoChange), Reachability::Away),
        (Some(Target::Clear), Reachability::Away),
        (Some(Target::InACall), Reachability::Busy),
        (Some(Target::DoNotDisturb), Reachability::DoNotDisturb),
        (Some(Target::AppearOffline), Reachability::Offline),
    ] {
        assert_eq!(connect_reachability(&chosen("Lunch", StatusKind::Custom), target), reachability);
    }
}

#[test]
fn the_states_of_both_sides_expire_independently() {
    let mut roster = three();
    roster.set_teams(&ObjectId::new("ada"), TeamsState::plain(Availability::Available), at(0), at(90));
    set_connect(&mut roster, "ada", Reachability::Busy);
    roster.expire_states(at(60));
    let ada = roster.get(&entra("ada")).unwrap();
    assert_eq!((ada.connect(), ada.connect_last_seen()), (None, Some(at(0))));
    assert_eq!((ada.last_seen(), ada.reachability()), (None, Reachability::Available));
    roster.expire_states(at(90));
    let ada = roster.get(&entra("ada")).unwrap();
    assert_eq!(
        (ada.last_seen(), ada.reachability(), ada.is_free()),
        (Some(at(0)), Reachability::Unknown, false)
    );
    roster.set_connect(&UserId::new("ada").unwrap(), connect_state(Reachability::Busy), at(91), at(120));
    assert_eq!(roster.get(&entra("ada")).unwrap().connect(), Some(&connect_state(Reachability::Busy)));
}

#[test]
fn only_a_visible_change_changes_the_revision() {
    let mut roster = three();
    let revision = roster.revision();
    set_connect(&mut roster, "nobody", Reachability::Busy);
    assert_eq!(roster.revision(), revision);
    set_connect(&mut roster, "cleo", Reachability::Busy);
    assert!(roster.revision() > revision);
    let revision = roster.revision();
    set_connect(&mut roster, "cleo", Reachability::Busy);
    roster.set_colleagues(vec![colleague("cleo"), colleague("ada")]);
    assert_eq!(roster.revision(), revision, "nothing new");
}

#[test]
fn the_agent_has_no_row_on_either_side() {
    let mut roster = three();
    roster.set_own(ObjectId::new("ada"));
    assert_eq!(names(&roster), ["ben", "cleo@contoso.com"], "their user in Connect has no row either");
    roster.set_own_user(Some(UserId::new("cleo").unwrap()));
    assert_eq!(
        names(&roster),
        ["ada@contoso.com", "ben"],
        "the agent is a different user, so this one is listed"
    );
    roster.set_own_user(Some(UserId::new("ada").unwrap()));
    assert_eq!((names(&roster), roster.known()), (vec!["ben", "cleo@contoso.com"], 2));
    roster.set_own_user(None);
    assert_eq!(names(&roster), ["ben", "cleo@contoso.com"]);
}

#[test]
fn a_connect_user_is_found_by_username() {
    let mut roster = three();
    let renamed =
        Colleague { username: "agent4711".to_owned(), name: "Cleo".to_owned(), ..colleague("cleo") };
    let other = Colleague {
        username: "agent4712".to_owned(),
        object_id: Some(ObjectId::new("ben")),
        ..colleague("b")
    };
    roster.set_colleagues(vec![renamed, other]);
    roster.search("agent47");
    assert_eq!((names(&roster), roster.found()), (vec!["ben", "Cleo"], Some(2)));
    roster.search("Cleo");
    assert_eq!(names(&roster), ["Cleo"]);
}

#[test]
fn marks_of_either_side_survive_joining_and_separating() {
    let mut roster = Roster::new(None, None);
    roster.set_favourites(vec![connect("ada")]);
    roster.set_colleagues(vec![colleague("ada"), colleague("cleo")]);
    roster.set_waited_for(&connect("ada"), true);
    set_connect(&mut roster, "ada", Reachability::Available);
    roster.reorder(at(0), true);
    roster.add(vec![person("ada")]);
    let ada = roster.get(&entra("ada")).unwrap();
    assert!(ada.is_favourite() && ada.is_waited_for() && ada.is_there());
    let first = [LineRef::Favourites, LineRef::Person(entra("ada"))];
    assert_eq!(roster.lines_in(0, 2).collect::<Vec<_>>(), first);
    assert_eq!(roster.favourite_users(), [UserId::new("ada").unwrap()]);
    roster.replace_all(Vec::new(), at(1));
    let ada = roster.get(&connect("ada")).unwrap();
    assert!(ada.is_favourite() && ada.is_waited_for() && ada.is_there());
    roster.add(vec![person("ada")]);
    roster.set_favourite(&entra("ada"), false);
    roster.set_waited_for(&entra("ada"), false);
    assert_eq!((roster.favourites(), roster.waited_for().len()), (Vec::new(), 0), "the row has no mark");
}

#[test]
fn a_joined_row_gets_its_place_at_once() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada"), person("ben")]);
    let unknown = Colleague { username: "agent4711".to_owned(), ..colleague("cleo") };
    roster.set_colleagues(vec![unknown]);
    set_connect(&mut roster, "cleo", Reachability::Available);
    roster.reorder(at(0), true);
    assert_eq!(names(&roster), ["agent4711", "ada", "ben"]);
    roster.confirm_pairing(UserId::new("cleo").unwrap(), ObjectId::new("ben"));
    assert_eq!(names(&roster), ["ben", "ada"], "at once");
    roster.undo_pairing(&UserId::new("cleo").unwrap());
    roster.reorder(at(9), false);
    assert_eq!(names(&roster), ["agent4711", "ada", "ben"]);
}

#[test]
fn a_person_keeps_their_place_when_their_connect_side_moves_to_another() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada"), person("ben")]);
    roster.set_colleagues(vec![Colleague { object_id: Some(ObjectId::new("ben")), ..colleague("u1") }]);
    set_teams(&mut roster, "ben", Availability::Available);
    roster.reorder(at(0), true);
    roster.set_colleagues(vec![Colleague { object_id: Some(ObjectId::new("ada")), ..colleague("u1") }]);
    assert_eq!(names(&roster), ["ben", "ada"]);
    roster.reorder(at(9), true);
    assert_eq!(names(&roster), ["ben", "ada"]);
}

#[test]
fn somebody_waited_for_is_free_only_by_states_that_have_not_expired() {
    let mut roster = three();
    roster.set_waited_for(&connect("ada"), true);
    roster.set_waited_for(&entra("ada"), true);
    roster.set_waited_for(&entra("ben"), true);
    roster.set_waited_for(&entra("gone"), true);
    assert_eq!(roster.free_and_waited_for(), []);
    set_teams(&mut roster, "ada", Availability::Available);
    assert_eq!(roster.free_and_waited_for(), [], "her state in Connect is not known");
    set_connect(&mut roster, "ada", Reachability::Busy);
    set_connect(&mut roster, "cleo", Reachability::Available);
    assert_eq!(roster.free_and_waited_for(), []);
    set_connect(&mut roster, "ada", Reachability::Available);
    assert_eq!(roster.free_and_waited_for(), [entra("ada")]);
    roster.expire_states(at(60));
    assert_eq!(roster.free_and_waited_for(), []);
}

#[test]
fn nobody_is_hidden_as_offline_while_a_side_is_unknown() {
    let mut roster = three();
    set_teams(&mut roster, "ada", Availability::Offline);
    roster.reorder(at(10), true);
    roster.toggle_offline();
    assert!(names(&roster).contains(&"ada"), "her state in Connect is not known");
    set_connect(&mut roster, "ada", Reachability::Offline);
    roster.reorder(at(20), true);
    assert!(!names(&roster).contains(&"ada"));
}
