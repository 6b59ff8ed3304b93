//! Finding people.

mod fixture;

use jiff::{SignedDuration, Timestamp};
use people::{Country, Entry, Number, NumberKind, Person, PersonId, Roster};
use presence::{
    identity::ObjectId,
    teams::{Availability, TeamsState},
};
use proptest::{collection::vec, option, prelude::*};

use fixture::person;

fn numbered(id: &str, name: &str, as_written: &str) -> Person {
    let number = Number { kind: NumberKind::Work, as_written: as_written.to_owned() };
    Person { numbers: vec![number], ..person(id, name) }
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn listed(roster: &Roster) -> Vec<&str> {
    roster.on_lines(0, usize::MAX).map(Entry::name).collect()
}

fn find<'r>(roster: &'r mut Roster, typed: &str) -> Vec<&'r str> {
    roster.search(typed);
    assert_eq!(roster.found(), Some(roster.listed()));
    listed(roster)
}

fn team() -> Roster {
    let mut roster = Roster::new(None, Some(Country::GB));
    roster.add(vec![
        Person {
            mail: Some("zoe.oneill@contoso.co.uk".to_owned()),
            department: Some("Customer Care".to_owned()),
            job_title: Some("Team lead".to_owned()),
            ..numbered("1", "Zoë O’Neill", "+44 (0)1632 960001 ext. 4021")
        },
        Person { department: Some("Billing".to_owned()), ..numbered("2", "Åsa Ødegård", "01632 960002") },
        numbered("3", "Tomás Ibarra", "+1 (206) 555-0119"),
        person("4", "Anna Carell"),
        person("5", "Carla Bergmann"),
    ]);
    roster
}

#[test]
fn people_are_found_without_case_and_accents() {
    let mut roster = team();
    for typed in
        ["zoe", "ZOË", " zoë  o’neill ", "neill", "oneill@contoso.co", "customer", "lead team", "care zo"]
    {
        assert_eq!(find(&mut roster, typed), ["Zoë O’Neill"], "{typed}");
    }
    for typed in ["asa", "Odegard", "ødegård", "BILLING", "2@contoso"] {
        assert_eq!(find(&mut roster, typed), ["Åsa Ødegård"], "{typed}");
    }
    assert_eq!(find(&mut roster, "zoe billing"), [""; 0]);
}

#[test]
fn matches_at_the_beginning_of_a_word_come_first() {
    let mut roster = team();
    assert_eq!(find(&mut roster, "car"), ["Anna Carell", "Carla Bergmann", "Zoë O’Neill"]);
    roster.set_teams(&ObjectId::new("5"), TeamsState::plain(Availability::Available), now(), Timestamp::MAX);
    roster.reorder(now(), true);
    assert_eq!(find(&mut roster, "car"), ["Carla Bergmann", "Anna Carell", "Zoë O’Neill"]);
    assert_eq!(find(&mut roster, "are"), ["Anna Carell", "Zoë O’Neill"]);
    assert_eq!(find(&mut roster, "arl"), ["Carla Bergmann"]);
}

#[test]
fn numbers_are_found_in_every_spelling() {
    let mut roster = team();
    for typed in [
        "01632 960001",
        "01632960001",
        "+44 1632 960001",
        "+44 (0)1632 960001",
        "0044 1632 960001",
        "960 001",
        "(01632) 960-001",
        "4021",
        "zoe 4021",
        "960001 4021",
    ] {
        let found = find(&mut roster, typed);
        assert_eq!(found.first(), Some(&"Zoë O’Neill"), "{typed}");
    }
    for typed in ["+44 1632 960002", "01632/960002", "00441632960002"] {
        assert_eq!(find(&mut roster, typed), ["Åsa Ødegård"], "{typed}");
    }
    for typed in ["206 555", "(206) 555-0119", "+1 206 555 0119", "1 206", "12065550119"] {
        assert_eq!(find(&mut roster, typed), ["Tomás Ibarra"], "{typed}");
    }
    assert_eq!(find(&mut roster, "+44 1632"), ["Åsa Ødegård", "Zoë O’Neill"]);
    assert_eq!(find(&mut roster, "+206"), [""; 0]);
}

#[test]
fn each_number_of_a_field_is_found() {
    let mut roster = Roster::new(None, Some(Country::DE));
    for (id, between) in [("1", " / "), ("2", ", "), ("3", "; "), ("4", " | "), ("5", " oder ")] {
        roster.add(vec![numbered(id, id, &format!("089 12345678{between}0171 1234567"))]);
    }
    for typed in ["+49 89 12345678", "089 123", "+49 171 1234567", "0171 1234567", "0049171"] {
        assert_eq!(find(&mut roster, typed), ["1", "2", "3", "4", "5"], "{typed}");
    }
}

#[test]
fn empty_text_lists_all_again() {
    let mut roster = team();
    let before = roster.revision();
    assert_eq!(find(&mut roster, "zoe").len(), 1);
    assert!(roster.revision() > before);
    roster.search("  ");
    assert_eq!((roster.found(), roster.listed()), (None, 5));
    let revision = roster.revision();
    roster.search("");
    assert_eq!(roster.revision(), revision);
}

#[test]
fn the_number_found_is_not_limited_but_the_number_listed_is() {
    let mut roster = Roster::new(Some(2), None);
    roster.add(vec![person("1", "Ada"), person("2", "Adam"), person("3", "Adele"), person("4", "Ben")]);
    roster.search("ad");
    assert_eq!((roster.found(), listed(&roster), roster.left_out()), (Some(3), vec!["Ada", "Adam"], 1));
    roster.search("ben");
    assert_eq!((roster.found(), listed(&roster), roster.left_out()), (Some(1), vec!["Ben"], 0));
    let revision = roster.revision();
    roster.search("nobody");
    assert_eq!((roster.found(), roster.listed()), (Some(0), 0));
    assert!(roster.revision() > revision);
}

#[test]
fn people_who_are_offline_are_found_while_they_are_hidden() {
    let mut roster = team();
    roster.set_teams(&ObjectId::new("1"), TeamsState::plain(Availability::Offline), now(), Timestamp::MAX);
    roster.toggle_offline();
    assert!(!listed(&roster).contains(&"Zoë O’Neill"));
    assert_eq!(find(&mut roster, "zoe"), ["Zoë O’Neill"]);
    roster.search("");
    assert!(!listed(&roster).contains(&"Zoë O’Neill"));
}

#[test]
fn people_who_are_added_during_a_search_are_found() {
    let mut roster = team();
    roster.search("winther");
    assert_eq!(roster.found(), Some(0));
    roster.add(vec![person("6", "Kasper Winther")]);
    assert_eq!((roster.found(), listed(&roster)), (Some(1), vec!["Kasper Winther"]));
    roster.replace_all(vec![person("6", "Kasper Holm")], now());
    assert_eq!((roster.found(), roster.listed()), (Some(0), 0));
}

#[test]
fn favourites_come_first_in_a_search_too() {
    let mut roster = team();
    roster.set_favourites(vec![PersonId::Entra(ObjectId::new("5")), PersonId::Entra(ObjectId::new("gone"))]);
    assert_eq!(listed(&roster).first(), Some(&"Carla Bergmann"));
    assert_eq!(find(&mut roster, "car"), ["Carla Bergmann", "Anna Carell", "Zoë O’Neill"]);
}

fn words() -> impl Strategy<Value = String> {
    vec("[\\PC--\\s]{1,8}|[A-Za-zÀ-ž'-]{1,9}|[0-9]{1,5}", 1..4).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn anybody()(
        name in words(),
        mail in option::of("[a-z]{1,6}\\.[a-z]{1,6}@[a-z]{1,6}\\.com"),
        department in option::of(words()),
        job_title in option::of(words()),
        numbers in vec("\\+(44|1|49)[1-9][0-9]{8}|0[1-9][0-9]{8}", 0..3),
    ) -> Person {
        let numbers = numbers
            .into_iter()
            .map(|as_written| Number { kind: NumberKind::Mobile, as_written })
            .collect();
        Person { name, mail, department, job_title, numbers, ..person("1", "") }
    }
}

/// The digits with spaces between them.
fn spaced(number: &str) -> String {
    number
        .chars()
        .enumerate()
        .map(|(at, digit)| if at % 3 == 2 { format!("{digit} ") } else { digit.to_string() })
        .collect()
}

proptest! {
    #[test]
    fn everybody_is_found_by_any_whole_word(anybody in anybody(), backwards in any::<bool>()) {
        let mut roster = Roster::new(None, Some(Country::DE));
        roster.add(vec![anybody, person("2", "Somebody Else")]);
        // People are found by what is shown.
        let anybody = roster.entries().filter_map(|entry| entry.person()).find(|it| it.id.as_str() == "1").unwrap().clone();
        let fields = [Some(&anybody.name), Some(&anybody.upn), anybody.mail.as_ref(), anybody.department.as_ref(), anybody.job_title.as_ref()];
        let mut all: Vec<&str> = fields.into_iter().flatten().flat_map(|field| field.split_whitespace()).collect();
        // Capitals count only if their lower case is the same letter again.
        let capitals = |word: &str| Some(word.to_uppercase()).filter(|big| big.to_lowercase() == word.to_lowercase());
        let typed = all.iter().flat_map(|word| [Some((*word).to_owned()), Some(word.to_lowercase()), capitals(word)]);
        let typed = typed.flatten();
        let typed = typed.chain(anybody.numbers.iter().flat_map(|number| [number.as_written.clone(), spaced(&number.as_written)]));
        for typed in typed.collect::<Vec<_>>() {
            roster.search(&typed);
            prop_assert!(roster.teams_ids_in(0, 9).contains(&anybody.id) || roster.found().is_none(), "{typed:?}");
        }
        if backwards {
            all.reverse();
        }
        roster.search(&all.join("  "));
        prop_assert!(roster.teams_ids_in(0, 9).contains(&anybody.id));
    }

    #[test]
    fn any_text_can_be_searched_without_a_panic(typed in ".*", anybody in anybody()) {
        let mut roster = Roster::new(None, None);
        roster.add(vec![anybody]);
        roster.search(&typed);
        prop_assert!(roster.found().is_none_or(|found| found == roster.listed()));
    }
}
