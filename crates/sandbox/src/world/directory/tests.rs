//! Contoso's people: the same in every run, with numbers as people type them.

use std::collections::HashSet;

use super::super::agent::DIRECT_NUMBER;
use super::super::caller::number_of;
use super::*;

#[test]
fn it_is_the_same_in_every_run() {
    assert_eq!(Directory::new(40).people(), Directory::new(40).people());
    assert_eq!(Directory::new(0).agent().id.to_string(), id_of("agent").to_string());
}

#[test]
fn nobody_shares_an_id_or_an_address() {
    let directory = Directory::new(6000);
    let ids: HashSet<_> = directory.people().iter().map(|person| person.id).collect();
    let addresses: HashSet<_> = directory.people().iter().map(|person| &person.upn).collect();
    assert_eq!((ids.len(), addresses.len()), (directory.people().len(), directory.people().len()));
    assert!(addresses.iter().all(|address| address.is_ascii()));
}

#[test]
fn as_many_colleagues_have_teams_as_were_asked_for() {
    let directory = Directory::new(40);
    assert_eq!(directory.people().iter().filter(|person| person.has_teams()).count(), 41);
    assert_eq!(directory.people().len(), 45);
}

#[test]
fn a_few_presences_change_every_minute() {
    let directory = Directory::new(40);
    let start = Timestamp::from_second(1_800_000_000).unwrap();
    let mut changes = 0;
    for second in 0..600 {
        let (before, after) =
            (start + SignedDuration::from_secs(second), start + SignedDuration::from_secs(second + 1));
        for person in directory.people() {
            let (before, after) = (person.presence(before), person.presence(after));
            assert_eq!(before.presence != after.presence, before.version < after.version);
            changes += usize::from(before != after);
        }
    }
    assert!((10..=60).contains(&changes), "{changes} changes in ten minutes");
}

#[test]
fn numbers_are_spelt_in_many_ways_and_some_are_missing() {
    let people: Vec<_> = (0..14).map(colleague).collect();
    assert!(people.iter().any(|person| person.business_phone.is_none()));
    assert!(people.iter().flat_map(|person| &person.business_phone).any(|number| number.contains("ext")));
    assert_eq!(plain("Yıldız"), "yildiz");
    assert_eq!(plain("Nguyễn"), "nguyen");
}

#[test]
fn two_people_share_one_number_and_the_agent_has_a_direct_one_with_an_extension() {
    let directory = Directory::new(40);
    let phone = |name: &str| {
        let person = directory.people().iter().find(|person| person.display_name() == name).unwrap();
        number_of(person).unwrap()
    };
    assert_eq!(phone("Jonas Weber"), phone("Olga Petrova"));
    assert_eq!(phone("Priya Raman"), DIRECT_NUMBER);
    assert!(directory.agent().business_phone.as_ref().unwrap().ends_with(EXTENSION));
    let mut numbers: Vec<_> = directory.people().iter().filter_map(number_of).collect();
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(all - numbers.len(), 1, "nobody else shares one");
}
