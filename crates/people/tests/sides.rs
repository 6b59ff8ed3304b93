//! The two sides of a row, and what the agent says of people.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use jiff::{SignedDuration, Timestamp};
use people::{Badge, Colleague, ConnectSeen, Entry, LineRef, Person, PersonId, Roster, connect_badge};
use presence::{
    aws::UserId,
    connect::{Activity, AgentStatus, Channel, ConnectState, StatusArn, StatusKind},
    identity::ObjectId,
    mapping::Target,
    teams::{Availability, TeamsState},
};

fn person(id: &str, department: &str) -> Person {
    Person {
        id: ObjectId::new(id),
        name: id.to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: format!("{id}@contoso.com"),
        mail: None,
        department: (!department.is_empty()).then(|| department.to_owned()),
        job_title: None,
        numbers: Vec::new(),
    }
}

/// Joined with the person of the same name, if there is one.
fn colleague(user: &str) -> Colleague {
    Colleague {
        user: UserId::new(user).unwrap(),
        username: format!("{user}@contoso.com"),
        name: String::new(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    }
}

fn entra(id: &str) -> PersonId {
    PersonId::Entra(ObjectId::new(id))
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

fn seen(badge: Badge) -> ConnectSeen {
    let state = match badge {
        Badge::Offline => None,
        Badge::Available => Some(chosen("Available", StatusKind::Routable)),
        Badge::Busy => Some(ConnectState::Contact { activity: Activity::Connected, channel: Channel::Voice }),
        Badge::Unknown | Badge::OutOfOffice | Badge::Away | Badge::DoNotDisturb => {
            Some(chosen("Lunch", StatusKind::Custom))
        }
    };
    ConnectSeen { state, since: Some(at(-60)), contacts: usize::from(badge == Badge::Busy), badge }
}

fn sees(roster: &mut Roster, user: &str, badge: Badge) {
    roster.set_connect(&UserId::new(user).unwrap(), seen(badge), at(0), at(60));
}

fn shows(roster: &mut Roster, id: &str, availability: Availability) {
    roster.set_teams(&ObjectId::new(id), TeamsState::plain(availability), at(0), at(60));
}

/// Ada has both sides, Ben has Teams alone, Cleo has Connect alone.
fn three() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada", ""), person("ben", "")]);
    roster.set_colleagues(vec![colleague("ada"), colleague("cleo")]);
    roster
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.on_lines(0, usize::MAX).map(Entry::name).collect()
}

#[test]
fn a_row_has_the_sides_that_are_known_of_a_person() {
    let roster = three();
    assert_eq!((names(&roster), roster.known()), (vec!["ada", "ben", "cleo@contoso.com"], 3));
    assert_eq!(roster.in_directory(), 2);
    let sides = |id| roster.get(&id).map(|entry| (entry.person().is_some(), entry.colleague().is_some()));
    assert_eq!(sides(entra("ada")), Some((true, true)));
    assert_eq!(sides(entra("ben")), Some((true, false)));
    assert_eq!(sides(connect("cleo")), Some((false, true)));
    assert_eq!(roster.get(&connect("ada")).unwrap().id(), &entra("ada"), "one row, by either id");
    assert_eq!(roster.user_of(&entra("ada")), Some(&UserId::new("ada").unwrap()));
    assert_eq!(roster.entra_of(&connect("ada")), Some(&ObjectId::new("ada")));
    assert_eq!((roster.user_of(&entra("ben")), roster.entra_of(&connect("cleo"))), (None, None));
    assert_eq!(roster.teams_ids_in(0, 9), [ObjectId::new("ada"), ObjectId::new("ben")]);
    assert_eq!(roster.connect_ids_in(0, 9), ["ada", "cleo"].map(|user| UserId::new(user).unwrap()));
    assert_eq!(roster.connect_ids_in(2, 9), [UserId::new("cleo").unwrap()], "the lines 2 and after");
}

#[test]
fn the_badge_is_that_of_the_side_that_matters_for_a_call() {
    let mut roster = three();
    for (teams, in_connect, badge, is_free) in [
        (Availability::Available, Badge::Available, Badge::Available, true),
        (Availability::Available, Badge::Busy, Badge::Busy, false),
        (Availability::Available, Badge::Away, Badge::Available, false),
        (Availability::Away, Badge::Available, Badge::Available, false),
        (Availability::Available, Badge::Offline, Badge::Available, true),
        (Availability::Offline, Badge::Available, Badge::Available, true),
        (Availability::DoNotDisturb, Badge::Busy, Badge::DoNotDisturb, false),
        (Availability::Offline, Badge::Offline, Badge::Offline, false),
        (Availability::Unknown, Badge::Available, Badge::Available, true),
    ] {
        shows(&mut roster, "ada", teams);
        sees(&mut roster, "ada", in_connect);
        let ada = roster.get(&entra("ada")).unwrap();
        assert_eq!((ada.badge(), ada.is_free()), (badge, is_free), "{teams:?} {in_connect:?}");
    }
}

#[test]
fn a_connect_state_has_the_badge_of_what_it_means() {
    let contact = ConnectState::Contact { activity: Activity::AfterContactWork, channel: Channel::Task };
    assert_eq!(connect_badge(&contact, Some(Target::AppearOffline)), Badge::Busy);
    assert_eq!(connect_badge(&chosen("Ready", StatusKind::Routable), Some(Target::Busy)), Badge::Available);
    assert_eq!(connect_badge(&chosen("Gone", StatusKind::Offline), None), Badge::Offline);
    for (target, badge) in [
        (None, Badge::Away),
        (Some(Target::NoChange), Badge::Away),
        (Some(Target::Clear), Badge::Away),
        (Some(Target::InACall), Badge::Busy),
        (Some(Target::DoNotDisturb), Badge::DoNotDisturb),
        (Some(Target::AppearOffline), Badge::Offline),
    ] {
        assert_eq!(connect_badge(&chosen("Lunch", StatusKind::Custom), target), badge);
    }
}

#[test]
fn each_side_has_its_own_age() {
    let mut roster = three();
    roster.set_teams(&ObjectId::new("ada"), TeamsState::plain(Availability::Available), at(0), at(90));
    sees(&mut roster, "ada", Badge::Busy);
    roster.age(at(60));
    let ada = roster.get(&entra("ada")).unwrap();
    assert_eq!((ada.connect(), ada.connect_last_seen()), (None, Some(at(0))));
    assert_eq!((ada.last_seen(), ada.badge()), (None, Badge::Available));
    roster.age(at(90));
    let ada = roster.get(&entra("ada")).unwrap();
    assert_eq!((ada.last_seen(), ada.badge(), ada.is_free()), (Some(at(0)), Badge::Unknown, false));
    roster.set_connect(&UserId::new("ada").unwrap(), seen(Badge::Busy), at(91), at(120));
    assert_eq!(roster.get(&entra("ada")).unwrap().connect(), Some(&seen(Badge::Busy)));
}

#[test]
fn a_state_that_nobody_sees_changes_no_revision() {
    let mut roster = three();
    let revision = roster.revision();
    sees(&mut roster, "nobody", Badge::Busy);
    assert_eq!(roster.revision(), revision);
    sees(&mut roster, "cleo", Badge::Busy);
    assert!(roster.revision() > revision);
    let revision = roster.revision();
    sees(&mut roster, "cleo", Badge::Busy);
    roster.set_colleagues(vec![colleague("cleo"), colleague("ada")]);
    assert_eq!(roster.revision(), revision, "nothing new");
}

#[test]
fn the_agent_has_no_row_on_either_side() {
    let mut roster = three();
    roster.set_own(ObjectId::new("ada"));
    assert_eq!(names(&roster), ["ben", "cleo@contoso.com"], "nor has the user who is the agent");
    roster.set_own_user(Some(UserId::new("cleo").unwrap()));
    assert_eq!(names(&roster), ["ada@contoso.com", "ben"], "the agent is one user, so this is another one");
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
fn marks_of_either_side_survive_a_join_and_its_end() {
    let mut roster = Roster::new(None, None);
    roster.set_favourites(vec![connect("ada")]);
    roster.set_colleagues(vec![colleague("ada"), colleague("cleo")]);
    roster.set_waiting(&connect("ada"), true);
    sees(&mut roster, "ada", Badge::Available);
    roster.reorder(at(0), true);
    roster.add(vec![person("ada", "")]);
    let ada = roster.get(&entra("ada")).unwrap();
    assert!(ada.is_favourite() && ada.is_waiting() && ada.is_there());
    let first = [LineRef::Favourites, LineRef::Person(entra("ada"))];
    assert_eq!(roster.lines_in(0, 2).collect::<Vec<_>>(), first);
    assert_eq!(roster.favourite_users(), [UserId::new("ada").unwrap()]);
    roster.replace_all(Vec::new(), at(1));
    let ada = roster.get(&connect("ada")).unwrap();
    assert!(ada.is_favourite() && ada.is_waiting() && ada.is_there());
    roster.add(vec![person("ada", "")]);
    roster.set_favourite(&entra("ada"), false);
    roster.set_waiting(&entra("ada"), false);
    assert_eq!(
        (roster.favourites(), roster.waiting().len()),
        (Vec::new(), 0),
        "the row has no mark any more"
    );
}

#[test]
fn a_row_that_two_become_does_not_wait_for_its_place() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada", ""), person("ben", "")]);
    let unknown = Colleague { username: "agent4711".to_owned(), ..colleague("cleo") };
    roster.set_colleagues(vec![unknown]);
    sees(&mut roster, "cleo", Badge::Available);
    roster.reorder(at(0), true);
    assert_eq!(names(&roster), ["agent4711", "ada", "ben"]);
    roster.confirm(UserId::new("cleo").unwrap(), ObjectId::new("ben"));
    assert_eq!(names(&roster), ["ben", "ada"], "at once");
    roster.undo(&UserId::new("cleo").unwrap());
    roster.reorder(at(9), false);
    assert_eq!(names(&roster), ["agent4711", "ada", "ben"]);
}

#[test]
fn who_turns_out_to_be_somebody_else_leaves_the_place_to_whom_it_belongs() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("ada", ""), person("ben", "")]);
    roster.set_colleagues(vec![Colleague { object_id: Some(ObjectId::new("ben")), ..colleague("u1") }]);
    shows(&mut roster, "ben", Availability::Available);
    roster.reorder(at(0), true);
    roster.set_colleagues(vec![Colleague { object_id: Some(ObjectId::new("ada")), ..colleague("u1") }]);
    assert_eq!(names(&roster), ["ben", "ada"]);
    roster.reorder(at(9), true);
    assert_eq!(names(&roster), ["ben", "ada"]);
}

#[test]
fn who_is_waited_for_is_free_by_fresh_states_only() {
    let mut roster = three();
    roster.set_waiting(&connect("ada"), true);
    roster.set_waiting(&entra("ada"), true);
    roster.set_waiting(&entra("ben"), true);
    roster.set_waiting(&entra("gone"), true);
    assert_eq!(roster.freed(), []);
    shows(&mut roster, "ada", Availability::Available);
    assert_eq!(roster.freed(), [], "nobody knows what she does in Connect");
    sees(&mut roster, "ada", Badge::Busy);
    sees(&mut roster, "cleo", Badge::Available);
    assert_eq!(roster.freed(), []);
    sees(&mut roster, "ada", Badge::Available);
    assert_eq!(roster.freed(), [entra("ada")]);
    roster.age(at(60));
    assert_eq!(roster.freed(), []);
}

#[test]
fn people_who_matter_are_listed_if_there_is_no_room_for_all() {
    let mut roster = Roster::new(Some(3), None);
    let departments = [("a", ""), ("b", ""), ("c", "Billing"), ("d", ""), ("e", ""), ("f", "")];
    roster.add(departments.map(|(name, department)| person(name, department)).to_vec());
    assert_eq!(names(&roster), ["a", "b", "c"]);
    roster.set_colleagues(vec![colleague("f")]);
    assert_eq!(names(&roster), ["a", "b", "f"], "who uses Connect");
    roster.set_own_department(Some("BILLING ".to_owned()));
    assert_eq!(names(&roster), ["c", "a", "f"], "who works in the same department");
    let heads = |roster: &Roster| {
        roster.lines_in(0, 3).filter(|line| !matches!(line, LineRef::Person(_))).collect::<Vec<_>>()
    };
    assert_eq!(
        heads(&roster),
        [LineRef::Department("Billing".to_owned()), LineRef::Everyone],
        "under a head of their own"
    );
    assert_eq!(roster.left_out(), 3);
    roster.called(&entra("e"));
    assert_eq!(names(&roster), ["c", "e", "f"], "who was called");
    roster.called(&entra("d"));
    assert_eq!(names(&roster), ["c", "d", "e"]);
    roster.set_favourite(&entra("b"), true);
    assert_eq!(names(&roster), ["b", "d", "e"], "who is a favourite");
    shows(&mut roster, "e", Availability::Available);
    roster.reorder(at(0), true);
    assert_eq!(names(&roster), ["b", "e", "d"], "in the usual order");
    roster.set_scope(None, None);
    assert_eq!((names(&roster).len(), roster.left_out()), (6, 0));
    let department = roster.lines_in(0, 9).any(|line| matches!(line, LineRef::Department(_)));
    assert!(!department, "with room for all nobody needs to be found first");
}

#[test]
fn the_calls_that_are_remembered_are_bounded() {
    let mut roster = Roster::new(Some(1), None);
    roster.add((0..60).map(|number| person(&format!("p{number:02}"), "")).collect());
    for number in (0..60).rev() {
        roster.called(&entra(&format!("p{number:02}")));
    }
    roster.called(&entra("p59"));
    assert_eq!(names(&roster), ["p00"]);
    for number in 10..59 {
        roster.called(&entra(&format!("p{number:02}")));
    }
    assert_eq!(names(&roster), ["p10"], "p00 was called too long ago");
}

#[test]
fn who_was_called_before_the_program_began_matters_as_well() {
    let mut roster = Roster::new(Some(2), None);
    roster.called(&entra("d"));
    roster.called_before(vec![entra("c"), entra("d")]);
    roster.add(["a", "b", "c", "d"].map(|name| person(name, "")).to_vec());
    assert_eq!(names(&roster), ["c", "d"], "also before anybody is known");

    roster.called_before((0..60).map(|number| entra(&format!("p{number:02}"))).collect());
    roster.add((0..60).map(|number| person(&format!("p{number:02}"), "")).collect());
    roster.set_scope(Some(50), None);
    let called: Vec<String> = (0..48).map(|number| format!("p{number:02}")).collect();
    assert_eq!(
        names(&roster),
        [vec!["c".to_owned(), "d".to_owned()], called].concat(),
        "as far as there is room"
    );
}

#[test]
fn people_are_listed_by_department_on_wish() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        person("a", "zoo"),
        person("b", "Éclair"),
        person("c", "eclair"),
        person("d", "  "),
        person("e", "Zoo"),
        person("f", "Billing"),
    ]);
    roster.set_favourite(&entra("f"), true);
    shows(&mut roster, "c", Availability::Available);
    roster.reorder(at(0), true);
    let revision = roster.revision();
    roster.set_grouped(true);
    assert!(roster.is_grouped() && roster.revision() > revision);
    let head = |name: &str| LineRef::Department(name.to_owned());
    let row = |name| LineRef::Person(entra(name));
    let lines = [
        LineRef::Favourites,
        row("f"),
        head("eclair"),
        row("c"),
        row("b"),
        head("Zoo"),
        row("a"),
        row("e"),
        head(""),
        row("d"),
    ];
    assert_eq!(roster.lines_in(0, 99).collect::<Vec<_>>(), lines);
    roster.set_grouped(false);
    assert_eq!(roster.lines_in(2, 1).collect::<Vec<_>>(), [LineRef::Everyone]);
}

#[test]
fn a_photo_is_that_of_the_person() {
    let mut roster = three();
    let revision = roster.revision();
    roster.set_photo(&ObjectId::new("ada"), Some("v1".to_owned()));
    assert_eq!(roster.get(&entra("ada")).unwrap().photo(), Some("v1"));
    assert!(roster.revision() > revision);
    let revision = roster.revision();
    roster.set_photo(&ObjectId::new("ada"), Some("v1".to_owned()));
    roster.set_photo(&ObjectId::new("gone"), Some("v1".to_owned()));
    assert_eq!(roster.revision(), revision);
}

#[test]
fn nobody_is_hidden_as_offline_while_one_of_their_sides_is_not_known() {
    let mut roster = three();
    shows(&mut roster, "ada", Availability::Offline);
    roster.reorder(at(10), true);
    roster.toggle_offline();
    assert!(names(&roster).contains(&"ada"), "nobody knows what she does in Connect");
    sees(&mut roster, "ada", Badge::Offline);
    roster.reorder(at(20), true);
    assert!(!names(&roster).contains(&"ada"));
}
