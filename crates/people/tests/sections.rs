//! Which people are listed if there is no room for all, and under which heading.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

mod fixture;
mod rows;

use jiff::{SignedDuration, Timestamp};
use people::{Entry, LineRef, Person, Roster};
use presence::{
    identity::ObjectId,
    teams::{Availability, TeamsState},
};

use rows::{colleague, entra};

fn person(id: &str, department: &str) -> Person {
    let department = (!department.is_empty()).then(|| department.to_owned());
    Person { department, ..fixture::person(id, id) }
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn make_available(roster: &mut Roster, id: &str) {
    roster.set_teams(&ObjectId::new(id), TeamsState::plain(Availability::Available), now(), Timestamp::MAX);
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.on_lines(0, usize::MAX).map(Entry::name).collect()
}

#[test]
fn people_who_matter_are_listed_first_if_there_is_no_room_for_all() {
    let mut roster = Roster::new(Some(3), None);
    let departments = [("a", ""), ("b", ""), ("c", "Billing"), ("d", ""), ("e", ""), ("f", "")];
    roster.add(departments.map(|(name, department)| person(name, department)).to_vec());
    assert_eq!(names(&roster), ["a", "b", "c"]);
    roster.set_colleagues(vec![colleague("f")]);
    assert_eq!(names(&roster), ["a", "b", "f"], "people who use Connect");
    roster.set_own_department(Some("BILLING ".to_owned()));
    assert_eq!(names(&roster), ["c", "a", "f"], "people of the same department");
    let heads = |roster: &Roster| {
        roster.lines_in(0, 3).filter(|line| !matches!(line, LineRef::Person(_))).collect::<Vec<_>>()
    };
    assert_eq!(
        heads(&roster),
        [LineRef::Department("Billing".to_owned()), LineRef::Everyone],
        "under a heading of their own"
    );
    assert_eq!(roster.left_out(), 3);
    roster.record_call(&entra("e"));
    assert_eq!(names(&roster), ["c", "e", "f"], "people who were called");
    roster.record_call(&entra("d"));
    assert_eq!(names(&roster), ["c", "d", "e"]);
    roster.set_favourite(&entra("b"), true);
    assert_eq!(names(&roster), ["b", "d", "e"], "favourites");
    make_available(&mut roster, "e");
    roster.reorder(now(), true);
    assert_eq!(names(&roster), ["b", "e", "d"], "in the usual order");
    roster.set_scope(None, None);
    assert_eq!((names(&roster).len(), roster.left_out()), (6, 0));
    let department = roster.lines_in(0, 9).any(|line| matches!(line, LineRef::Department(_)));
    assert!(!department, "with room for all, no department comes first");
}

#[test]
fn the_own_department_comes_first_only_until_there_is_room_for_all_without_the_agent() {
    let mut roster = Roster::new(Some(3), None);
    let departments = [("a", ""), ("b", "Billing"), ("c", ""), ("d", "")];
    roster.add(departments.map(|(name, department)| person(name, department)).to_vec());
    roster.set_own_department(Some("Billing".to_owned()));
    assert_eq!((names(&roster), roster.left_out()), (vec!["b", "a", "c"], 1));
    roster.set_own(ObjectId::new("d"));
    assert_eq!((names(&roster), roster.left_out()), (vec!["a", "b", "c"], 0));
}

#[test]
fn only_the_last_fifty_calls_are_remembered() {
    let mut roster = Roster::new(Some(1), None);
    roster.add((0..60).map(|number| person(&format!("p{number:02}"), "")).collect());
    for number in (0..60).rev() {
        roster.record_call(&entra(&format!("p{number:02}")));
    }
    roster.record_call(&entra("p59"));
    assert_eq!(names(&roster), ["p00"]);
    for number in 10..59 {
        roster.record_call(&entra(&format!("p{number:02}")));
    }
    assert_eq!(names(&roster), ["p10"], "p00 was called too long ago");
}

#[test]
fn calls_of_earlier_runs_count_after_those_of_this_run() {
    let mut roster = Roster::new(Some(2), None);
    roster.record_call(&entra("d"));
    roster.record_earlier_calls(vec![entra("c"), entra("d")]);
    roster.add(["a", "b", "c", "d"].map(|name| person(name, "")).to_vec());
    assert_eq!(names(&roster), ["c", "d"], "even if they were called before anybody was known");

    roster.record_earlier_calls((0..60).map(|number| entra(&format!("p{number:02}"))).collect());
    roster.add((0..60).map(|number| person(&format!("p{number:02}"), "")).collect());
    roster.set_scope(Some(50), None);
    let called: Vec<String> = (0..48).map(|number| format!("p{number:02}")).collect();
    assert_eq!(names(&roster), [vec!["c".to_owned(), "d".to_owned()], called].concat(), "up to the limit");
}

#[test]
fn people_can_be_grouped_by_department() {
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
    make_available(&mut roster, "c");
    roster.reorder(now(), true);
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
