//! The lines of a list: sections, states with their age, and why somebody cannot be called.

use people::{Caller, Number, Person};
use presence::{
    identity::ObjectId,
    teams::{Availability, TeamsState},
};

use super::{super::fixture::*, *};
use crate::{model::Badge, words::time};

fn person(id: &str, numbers: &[&str]) -> Person {
    let number = |written: &&str| Number { kind: NumberKind::Work, as_written: (*written).to_owned() };
    Person {
        id: ObjectId::new(id),
        name: id.to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: format!("{id}@contoso.example"),
        mail: None,
        department: None,
        job_title: None,
        numbers: numbers.iter().map(number).collect(),
    }
}

fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        person("anders", &["+44 1632 960001"]),
        person("berit", &["no number"]),
        person("carl", &[]),
    ]);
    let busy = TeamsState::plain(Availability::Busy);
    roster.set_teams(&ObjectId::new("anders"), busy, at(0), at(60));
    roster
}

fn all(facts: &Facts<'_>, roster: &Roster) -> Vec<Line> {
    lines(facts, roster, 0, 500, 1).lines
}

fn of(lines: &[Line], id: &str) -> PersonLine {
    let person = |line: &Line| match line {
        Line::Person(person) if person.id == id => Some((**person).clone()),
        Line::Person(_) | Line::Section { .. } => None,
    };
    lines.iter().find_map(person).unwrap()
}

#[test]
fn a_state_that_is_too_old_is_unknown_and_says_when_it_was_seen() {
    let mut roster = roster();
    let fresh = of(&all(&facts(), &roster), "anders");
    assert_eq!((fresh.badge, fresh.teams.unwrap().words), (Badge::Busy, say("states.teams.busy")));
    roster.age(at(600));
    let old = of(&all(&facts(), &roster), "anders");
    let words = words::unknown(Some(at(0)));
    assert!(words.contains(&time(at(0))), "{words}");
    assert_eq!(old.teams, Some(Side { words, badge: Badge::Unknown, since: None }));
    let never = of(&all(&facts(), &roster), "carl");
    assert_eq!(never.teams.unwrap().words, say("states.unknown"));
}

#[test]
fn each_number_says_why_it_cannot_be_dialled() {
    let shown = all(&facts(), &roster());
    let anders = of(&shown, "anders");
    assert_eq!((anders.call_refused, anders.numbers.len()), (None, 1));
    assert_eq!(anders.numbers[0].refused, None);
    assert_eq!(anders.numbers[0].dial.as_ref().map(|dial| dial.e164.as_str()), Some("+441632960001"));
    let berit = of(&shown, "berit");
    assert_eq!(berit.numbers[0].dial, None);
    assert_eq!((berit.call_refused.is_some(), &berit.call_refused), (true, &berit.numbers[0].refused));
    assert_eq!(of(&shown, "carl").call_refused, Some(say("call.refused.noNumber")));
}

#[test]
fn an_agent_who_cannot_call_is_refused_everywhere() {
    for (caller, key) in [
        (Caller { connect_live: false, ..facts().caller }, "call.refused.notLoggedIn"),
        (Caller { outbound_permission: false, ..facts().caller }, "call.refused.noPermission"),
        (Caller { live_voice_contact: true, ..facts().caller }, "call.refused.onACall"),
    ] {
        let anders = of(&all(&Facts { caller, ..facts() }, &roster()), "anders");
        assert_eq!((anders.call_refused, &anders.numbers[0].refused), (Some(say(key)), &Some(say(key))));
    }
}

#[test]
fn a_window_of_the_list_names_where_it_is() {
    let mut roster = roster();
    roster.set_favourite(&ObjectId::new("carl"), true);
    let whole = lines(&facts(), &roster, 0, 500, 7);
    assert_eq!((whole.revision, whole.start, whole.total as usize), (7, 0, whole.lines.len()));
    assert_eq!(whole.lines[0], Line::Section { section: Section::Favourites });
    let part = lines(&facts(), &roster, 1, 2, 7);
    assert_eq!((part.start, part.total, part.lines.as_slice()), (1, whole.total, &whole.lines[1..3]));
    assert_eq!(lines(&facts(), &roster, 99, 2, 7).lines, []);
}
