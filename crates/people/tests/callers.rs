//! Finding the people whose number a call comes from.

use jiff::Timestamp;
use people::{Country, Dialable, Number, NumberKind, Person, Roster};
use presence::identity::ObjectId;
use proptest::{collection::vec, prelude::*, sample::select};

fn person(id: usize, numbers: &[String]) -> Person {
    let number = |number: &String| Number { kind: NumberKind::Work, as_written: number.clone() };
    Person {
        id: ObjectId::new(format!("id-{id}")),
        name: format!("Person {id}"),
        given: String::new(),
        surname: String::new(),
        upn: String::new(),
        mail: None,
        department: None,
        job_title: None,
        numbers: numbers.iter().map(number).collect(),
    }
}

fn roster(people: &[Vec<String>]) -> Roster {
    let mut roster = Roster::new(None, Some(Country::GB));
    let people = people.iter().enumerate().map(|(id, numbers)| person(id, numbers)).collect();
    roster.replace_all(people, Timestamp::UNIX_EPOCH);
    roster
}

fn names(roster: &Roster, number: &str) -> Vec<String> {
    roster.people_with_number(number).iter().map(|entry| entry.name().to_owned()).collect()
}

#[test]
fn the_owner_of_a_number_is_found_by_any_spelling() {
    let numbers = ["01632 960029", "+44 (0)1632 960030;ext=4025", "01632 960031 / 07700 900123"];
    let people: Vec<_> = numbers.map(|number| vec![number.to_owned()]).into();
    let roster = roster(&people);
    for (number, owner) in [
        ("+441632960029", "Person 0"),
        ("0044 1632 960029", "Person 0"),
        ("+441632960030", "Person 1"),
        ("+441632960031", "Person 2"),
        ("+447700900123", "Person 2"),
    ] {
        assert_eq!(names(&roster, number), [owner], "{number}");
    }
    for nobody in ["", "anonymous", "4025", "960029", "+4961632960029", "+441632960032"] {
        assert_eq!(names(&roster, nobody), [] as [&str; 0], "{nobody}");
    }
}

#[test]
fn the_agent_is_not_found_by_their_own_number() {
    let mut roster = roster(&[vec!["01632 960029".to_owned()]]);
    roster.set_own(ObjectId::new("id-0"));
    assert_eq!(names(&roster, "+441632960029"), [] as [&str; 0]);
}

const NUMBERS: [&str; 8] = [
    "01632 960029",
    "+44 1632 960029 ext 12",
    "+44 (0) 1632 960029",
    "01632 960029 / 01632 960030",
    "+49 1632 960029",
    "960029",
    "020 7946 0018",
    "ask Anna",
];

proptest! {
    #[test]
    fn exactly_the_people_with_a_number_are_found_by_it(
        people in vec(vec(select(NUMBERS.to_vec()).prop_map(str::to_owned), 0..3), 0..6),
        number in select(vec!["+441632960029", "+441632960030", "+491632960029", "+442079460018", "01632 960029"]),
    ) {
        let wanted = Dialable::parse(number, Some(Country::GB)).unwrap().e164;
        let has = |numbers: &Vec<String>| {
            let all = numbers.iter().flat_map(|number| Dialable::all_in(number, Some(Country::GB)));
            let mut dialable = all.filter_map(|(_, read)| read.ok());
            dialable.any(|number| number.e164 == wanted)
        };
        let owners = people.iter().enumerate().filter(|(_, numbers)| has(numbers));
        let expected: Vec<String> = owners.map(|(id, _)| format!("Person {id}")).collect();
        prop_assert_eq!(names(&roster(&people), number), expected);
    }
}
