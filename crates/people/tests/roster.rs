//! The list: its order, its sections and its changes, with Teams alone.

mod fixture;

use jiff::{SignedDuration, Timestamp};
use people::{Country, Entry, LineRef, Number, NumberKind, Person, PersonId, Reachability, Roster};
use presence::{
    identity::ObjectId,
    teams::{Availability, Detail, TeamsState},
};

use fixture::person;

fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs(seconds)
}

fn id(id: &str) -> ObjectId {
    ObjectId::new(id)
}

/// The row of that person.
fn row(id: &str) -> PersonId {
    PersonId::Entra(ObjectId::new(id))
}

fn lines(roster: &Roster) -> Vec<LineRef> {
    let lines: Vec<LineRef> = roster.lines_in(0, usize::MAX).collect();
    assert_eq!(lines.len(), roster.line_count());
    lines
}

fn all(roster: &Roster) -> Vec<PersonId> {
    roster.entries().map(|entry| entry.id().clone()).collect()
}

fn plain(availability: Availability) -> TeamsState {
    TeamsState::plain(availability)
}

fn names(roster: &Roster) -> Vec<&str> {
    let names: Vec<&str> = roster.on_lines(0, usize::MAX).map(Entry::name).collect();
    assert_eq!(names.len(), roster.listed());
    names
}

/// Sets a presence that is read at `now` and expires after ten minutes.
fn set_teams(roster: &mut Roster, id: &ObjectId, state: TeamsState, now: Timestamp) {
    roster.set_teams(id, state, now, now + SignedDuration::from_mins(10));
}

fn three() -> Roster {
    let mut roster = Roster::new(Some(300), None);
    roster.replace_all(vec![person("3", "Zoë"), person("1", "émile"), person("2", "Frank")], at(0));
    roster
}

#[test]
fn an_empty_roster_has_no_lines() {
    let roster = Roster::new(None, None);
    assert!(lines(&roster).is_empty());
    assert_eq!((roster.known(), roster.listed(), roster.revision()), (0, 0, 0));
}

#[test]
fn people_are_sorted_from_a_to_z_without_case_and_accents() {
    assert_eq!(names(&three()), ["émile", "Frank", "Zoë"]);
}

#[test]
fn people_with_the_same_name_are_sorted_by_id() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("b", "Kim Lee"), person("a", "Kim Lee"), person("c", "Kim Lée")]);
    assert_eq!(all(&roster), [row("a"), row("b"), row("c")]);
}

#[test]
fn people_who_are_there_come_first() {
    let mut roster = three();
    set_teams(&mut roster, &id("3"), plain(Availability::Busy), at(1));
    set_teams(&mut roster, &id("1"), plain(Availability::Offline), at(1));
    set_teams(&mut roster, &id("2"), TeamsState::with(Availability::Offline, Detail::OutOfOffice), at(1));
    roster.reorder(at(1), true);
    assert_eq!(names(&roster), ["Frank", "Zoë", "émile"]);
    assert_eq!(roster.get(&row("2")).unwrap().reachability(), Reachability::OutOfOffice);
}

#[test]
fn rows_change_at_once_and_move_at_most_every_five_seconds() {
    let mut roster = three();
    set_teams(&mut roster, &id("3"), plain(Availability::Available), at(0));
    roster.reorder(at(0), false);
    assert_eq!(names(&roster), ["Zoë", "émile", "Frank"]);
    let before = roster.revision();
    set_teams(&mut roster, &id("2"), plain(Availability::Available), at(1));
    assert!(roster.get(&row("2")).unwrap().is_there());
    assert!(roster.revision() > before);
    roster.reorder(at(4), false);
    assert_eq!(names(&roster), ["Zoë", "émile", "Frank"]);
    roster.reorder(at(5), false);
    assert_eq!(names(&roster), ["Frank", "Zoë", "émile"]);
    set_teams(&mut roster, &id("3"), plain(Availability::Offline), at(6));
    roster.reorder(at(6), true);
    assert_eq!(names(&roster), ["Frank", "émile", "Zoë"]);
}

#[test]
fn held_rows_change_but_do_not_move() {
    let mut roster = three();
    roster.set_held(true);
    set_teams(&mut roster, &id("2"), plain(Availability::Offline), at(0));
    set_teams(&mut roster, &id("3"), plain(Availability::Available), at(0));
    roster.reorder(at(9), false);
    roster.replace_all(vec![person("3", "Zoë"), person("1", "émile"), person("2", "Frank")], at(9));
    assert_eq!(names(&roster), ["émile", "Frank", "Zoë"]);
    assert!(roster.get(&row("3")).unwrap().is_there(), "the state is new");
    roster.set_held(false);
    roster.reorder(at(9), false);
    assert_eq!(names(&roster), ["Zoë", "émile", "Frank"]);
}

#[test]
fn a_clock_that_was_set_back_does_not_stop_reordering() {
    let mut roster = three();
    set_teams(&mut roster, &id("3"), plain(Availability::Available), at(100));
    roster.reorder(at(100), false);
    set_teams(&mut roster, &id("2"), plain(Availability::Available), at(10));
    roster.reorder(at(10), false);
    assert_eq!(names(&roster), ["Frank", "Zoë", "émile"]);
}

#[test]
fn a_state_lasts_since_the_change_that_was_read() {
    let mut roster = three();
    let since = |roster: &Roster| roster.get(&row("1")).unwrap().since();
    set_teams(&mut roster, &id("1"), plain(Availability::Busy), at(0));
    assert_eq!(since(&roster), None);
    set_teams(&mut roster, &id("1"), plain(Availability::Busy), at(15));
    assert_eq!(since(&roster), None);
    set_teams(&mut roster, &id("1"), plain(Availability::Available), at(30));
    assert_eq!(since(&roster), Some(at(30)));
    set_teams(&mut roster, &id("1"), plain(Availability::Available), at(45));
    assert_eq!(since(&roster), Some(at(30)));
}

#[test]
fn each_presence_expires_at_its_own_time_and_keeps_the_time_of_its_last_reading() {
    let mut roster = three();
    roster.set_teams(&id("1"), plain(Availability::Busy), at(0), at(30));
    roster.set_teams(&id("1"), plain(Availability::Available), at(15), at(45));
    roster.set_teams(&id("2"), plain(Availability::Available), at(30), at(900));
    roster.expire_states(at(44));
    assert_eq!(roster.get(&row("1")).unwrap().teams(), Some(&plain(Availability::Available)));
    roster.expire_states(at(45));
    let entry = roster.get(&row("1")).unwrap();
    assert_eq!((entry.teams(), entry.last_seen(), entry.since()), (None, Some(at(15)), None));
    assert!(!entry.is_there());
    assert!(roster.get(&row("2")).unwrap().is_there());
    assert_eq!(roster.get(&row("3")).unwrap().last_seen(), None, "never read");
    let revision = roster.revision();
    roster.expire_states(at(899));
    assert_eq!(roster.revision(), revision, "a presence expires once");
    roster.expire_states(at(900));
    assert_eq!(roster.get(&row("2")).unwrap().last_seen(), Some(at(30)));
    roster.set_teams(&id("1"), plain(Availability::Available), at(1010), at(1040));
    let entry = roster.get(&row("1")).unwrap();
    assert_eq!((entry.is_there(), entry.last_seen(), entry.since()), (true, None, Some(at(15))));
}

#[test]
fn only_people_known_to_be_offline_are_hidden() {
    let mut roster = three();
    set_teams(&mut roster, &id("1"), plain(Availability::Offline), at(1));
    set_teams(&mut roster, &id("2"), plain(Availability::Away), at(1));
    roster.toggle_offline();
    assert!(roster.hides_offline());
    assert_eq!(names(&roster), ["Frank", "Zoë"]);
    assert_eq!((roster.listed(), roster.known()), (2, 3));
    roster.toggle_offline();
    assert_eq!(names(&roster), ["Frank", "émile", "Zoë"]);
}

#[test]
fn without_anybody_to_show_there_are_no_lines() {
    let mut roster = three();
    for who in ["1", "2", "3"] {
        set_teams(&mut roster, &id(who), plain(Availability::Offline), at(1));
    }
    roster.toggle_offline();
    assert!(lines(&roster).is_empty());
    assert_eq!((roster.listed(), roster.known()), (0, 3));
}

#[test]
fn a_new_limit_applies_at_once_and_a_new_region_parses_the_numbers_again() {
    let mut roster = Roster::new(Some(1), Some(Country::GB));
    let written = Number { kind: NumberKind::Work, as_written: "206 555 0119".to_owned() };
    let priya = Person { numbers: vec![written], ..person("1", "Priya") };
    roster.replace_all(vec![priya, person("2", "Quentin")], at(0));
    assert_eq!(names(&roster), ["Priya"]);
    let e164 = |roster: &Roster| {
        let numbers = roster.get(&row("1")).unwrap().numbers();
        numbers[0].dialable.as_ref().ok().map(|number| number.e164.clone())
    };
    assert_ne!(e164(&roster).as_deref(), Some("+12065550119"));
    let revision = roster.revision();
    roster.set_scope(None, Some(Country::US));
    assert_eq!(names(&roster), ["Priya", "Quentin"]);
    assert_eq!(e164(&roster).as_deref(), Some("+12065550119"));
    assert!(roster.revision() > revision);
    let revision = roster.revision();
    roster.set_scope(None, Some(Country::US));
    assert_eq!(roster.revision(), revision);
}

#[test]
fn the_limit_does_not_depend_on_states() {
    let mut roster = Roster::new(Some(2), None);
    roster.add(vec![person("1", "Ada"), person("2", "Ben"), person("3", "Cleo")]);
    assert_eq!((names(&roster), roster.known()), (vec!["Ada", "Ben"], 3));
    let revision = roster.revision();
    set_teams(&mut roster, &id("3"), plain(Availability::Available), at(0));
    assert_eq!(roster.revision(), revision, "a row beyond the limit is not visible");
    roster.reorder(at(0), false);
    assert_eq!(names(&roster), ["Ada", "Ben"]);
    set_teams(&mut roster, &id("2"), plain(Availability::Available), at(1));
    roster.reorder(at(1), true);
    assert_eq!(names(&roster), ["Ben", "Ada"], "listed people are in the order of their states");
}

#[test]
fn the_agent_is_not_listed() {
    let mut roster = three();
    roster.set_own(id("2"));
    assert_eq!((names(&roster), roster.known()), (vec!["émile", "Zoë"], 2));
    roster.replace_all(vec![person("2", "Frank"), person("1", "émile")], at(9));
    assert_eq!((names(&roster), roster.known()), (vec!["émile"], 1));
}

#[test]
fn a_full_list_keeps_presences_and_renames_and_removes_people() {
    let mut roster = three();
    set_teams(&mut roster, &id("1"), plain(Availability::Busy), at(0));
    set_teams(&mut roster, &id("1"), plain(Availability::Available), at(10));
    roster.replace_all(vec![person("1", "Yves"), person("3", "Zoë"), person("4", "Abel")], at(20));
    assert_eq!(names(&roster), ["Yves", "Abel", "Zoë"]);
    assert_eq!(roster.get(&row("1")).unwrap().since(), Some(at(10)));
    assert!(roster.get(&row("2")).is_none());
    let revision = roster.revision();
    roster.replace_all(vec![person("4", "Abel"), person("3", "Zoë"), person("1", "Yves")], at(3620));
    assert_eq!(roster.revision(), revision);
}

#[test]
fn the_people_of_some_lines_are_known() {
    let roster = three();
    assert_eq!(roster.teams_ids_in(0, 2), [id("1")]);
    assert_eq!(roster.teams_ids_in(1, 2), [id("1"), id("2")]);
    assert_eq!(roster.teams_ids_in(3, 10), [id("3")]);
    assert!(roster.teams_ids_in(9, 10).is_empty());
}

#[test]
fn a_presence_of_an_unknown_person_is_ignored() {
    let mut roster = three();
    let revision = roster.revision();
    set_teams(&mut roster, &id("9"), plain(Availability::Busy), at(0));
    assert_eq!((roster.revision(), roster.known()), (revision, 3));
}

#[test]
fn favourites_are_in_their_own_section_and_nowhere_else() {
    let mut roster = three();
    roster.set_favourite(&row("3"), true);
    let person = |who| LineRef::Person(row(who));
    let expected = [LineRef::Favourites, person("3"), LineRef::Everyone, person("1"), person("2")];
    assert_eq!(lines(&roster), expected);
    assert_eq!((roster.listed(), roster.get(&row("3")).unwrap().is_favourite()), (3, true));
    let revision = roster.revision();
    roster.set_favourite(&row("3"), true);
    assert_eq!(roster.revision(), revision);
    roster.set_favourite(&row("3"), false);
    assert_eq!(names(&roster), ["émile", "Frank", "Zoë"]);
    assert!(roster.favourites().is_empty());
}

#[test]
fn favourites_stay_while_people_who_are_offline_are_hidden() {
    let mut roster = three();
    for who in ["1", "2", "3"] {
        set_teams(&mut roster, &id(who), plain(Availability::Offline), at(1));
    }
    roster.set_favourite(&row("2"), true);
    roster.toggle_offline();
    assert_eq!(lines(&roster), [LineRef::Favourites, LineRef::Person(row("2"))]);
}

#[test]
fn favourites_are_remembered_before_their_people_are_known() {
    let mut roster = Roster::new(None, None);
    roster.set_favourites(vec![row("2"), row("gone")]);
    assert_eq!(roster.revision(), 0);
    roster.add(vec![person("1", "Ada"), person("2", "Ben")]);
    assert_eq!(names(&roster), ["Ben", "Ada"]);
    roster.replace_all(vec![person("1", "Ada")], at(0));
    assert_eq!(roster.favourites(), [row("2"), row("gone")]);
}

#[test]
fn numbers_are_parsed_in_the_region_and_again_when_they_change() {
    let mut roster = Roster::new(None, Some(Country::GB));
    let numbered = |as_written: &str| {
        let number = Number { kind: NumberKind::Work, as_written: as_written.to_owned() };
        Person { numbers: vec![number], ..person("1", "Ada") }
    };
    let dialled = |roster: &Roster| {
        let numbers = roster.get(&row("1")).unwrap().numbers();
        numbers
            .iter()
            .map(|number| number.dialable.clone().map(|dialable| dialable.e164).ok())
            .collect::<Vec<_>>()
    };
    roster.add(vec![numbered("01632 960000")]);
    assert_eq!(dialled(&roster), [Some("+441632960000".to_owned())]);
    roster.add(vec![numbered("reception")]);
    assert_eq!(dialled(&roster), [None]);
}

#[test]
fn a_photo_changes_only_its_own_row() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("a", "Adele Vance")]);
    let (id, before) = (ObjectId::new("a"), roster.revision());
    let row = PersonId::Entra(id.clone());
    roster.set_photo(&id, Some("1".to_owned()));
    assert_eq!((roster.get(&row).unwrap().photo(), roster.revision()), (Some("1"), before + 1));
    roster.set_photo(&id, Some("1".to_owned()));
    roster.set_photo(&ObjectId::new("nobody"), Some("1".to_owned()));
    assert_eq!(roster.revision(), before + 1);
    roster.replace_all(vec![person("a", "Adele Vance-Young")], at(0));
    assert_eq!(roster.get(&row).unwrap().photo(), Some("1"), "a new list keeps it");
}
