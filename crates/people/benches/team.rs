//! Measures how long the list takes with few, many and very many people to join both sides, to order the rows, and to search.
//! It judges nothing.

#![expect(clippy::print_stdout, reason = "the times are what this is for")]

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp};
use people::{
    Colleague, ConnectSeen, Country, Join, Number, NumberKind, Person, PersonId, Reachability, Roster,
};
use presence::{
    aws::UserId,
    identity::ObjectId,
    teams::{Availability, TeamsState},
};

/// How many people the directory has.
const PEOPLE: [usize; 3] = [300, 5_000, 50_000];
/// How often each time is measured.
const RUNS: usize = 15;
/// The most rows that are listed.
const LIMITS: [(Option<usize>, &str); 2] = [(Some(300), "300 rows"), (None, "all rows")];
/// One in this many people uses Connect.
const USERS_ARE_ONE_IN: usize = 10;
/// The most people on a page of Graph.
const PAGE_SIZE: usize = 999;
/// What somebody may type: the beginning of a name, its middle, two words, a part of a number, no match, and nearly everybody.
const TYPED: [&str; 6] = ["hiro12", "berg4999", "care hiro", "01632 04", "nobody at all", "e"];

/// A person; the names of consecutive ones are not in order, as in a directory.
fn person(number: usize) -> Person {
    let mixed = number.wrapping_mul(7_919) % 100_003;
    let name = format!("{}{mixed} Ødegård-Berg{number}", ["Zoë", "Hiro", "Anna", "Åsa"][number % 4]);
    Person {
        id: ObjectId::new(format!("0a1b2c3d-0000-4000-8000-{number:012}")),
        given: name.split(' ').next().unwrap_or_default().to_owned(),
        surname: name.split(' ').next_back().unwrap_or_default().to_owned(),
        name,
        upn: format!("person.{number}@contoso.com"),
        mail: Some(format!("p{number}@contoso.co.uk")),
        department: Some(format!("Département {}", number % 400)),
        job_title: Some("Customer care representative".to_owned()),
        numbers: vec![Number { kind: NumberKind::Work, as_written: format!("+44 1632 {number:06}") }],
    }
}

/// A user; most can be joined by their user name, some by a number, some not at all.
fn colleague(number: usize) -> Colleague {
    let username = match number / USERS_ARE_ONE_IN % 10 {
        0 | 1 => format!("agent{number}"),
        _ => format!("person.{number}@contoso.com"),
    };
    let written = format!("01632 {number:06}");
    Colleague {
        user: user(number),
        username,
        name: format!("Agent {number}"),
        object_id: None,
        mails: Vec::new(),
        number: (number / USERS_ARE_ONE_IN).is_multiple_of(10).then_some(written),
    }
}

fn user(number: usize) -> UserId {
    UserId::new(format!("9f8e7d6c-0000-4000-8000-{number:012}")).unwrap_or_else(|_| unreachable!())
}

fn everybody(count: usize) -> (Vec<Person>, Vec<Colleague>) {
    ((0..count).map(person).collect(), (0..count).step_by(USERS_ARE_ONE_IN).map(colleague).collect())
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000)
}

fn roster(count: usize, limit: Option<usize>) -> Roster {
    let (people, colleagues) = everybody(count);
    let mut roster = Roster::new(limit, Some(Country::GB));
    roster.replace_all(people, now());
    roster.set_colleagues(colleagues);
    for number in 0..count {
        let state = TeamsState::plain(match number % 3 {
            0 => Availability::Available,
            1 => Availability::Busy,
            _ => Availability::Offline,
        });
        roster.set_teams(&person(number).id, state, now(), Timestamp::MAX);
    }
    roster.reorder(now(), true);
    roster
}

/// Prints the median time of all runs, each with its own input.
fn measure<I, O>(name: &str, count: usize, mut prepare: impl FnMut() -> I, mut run: impl FnMut(I) -> O) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let input = prepare();
            let start = Instant::now();
            let output = black_box(run(input));
            let elapsed = start.elapsed();
            drop(output);
            elapsed
        })
        .collect();
    times.sort();
    println!("{count:>6} people  {:>10.3} ms  {name}", times[RUNS / 2].as_secs_f64() * 1000.0);
}

fn main() {
    for count in PEOPLE {
        measure_join(count);
        measure_order(count);
        measure_search(count);
    }
}

fn measure_join(count: usize) {
    let (people, colleagues) = everybody(count);
    let known = Join::new(&people, &colleagues, &BTreeMap::new(), Some(Country::GB));
    assert!(known.iter().count() * 10 >= colleagues.len() * 8, "most are joined");
    let mut all = Roster::new(Some(300), Some(Country::GB));
    all.replace_all(people.clone(), now());
    measure(
        "join: a list of colleagues",
        count,
        || colleagues.clone(),
        |colleagues| {
            all.set_colleagues(Vec::new());
            all.set_colleagues(colleagues);
        },
    );
    measure(
        "join: a first list, page by page",
        count,
        || (people.clone(), colleagues.clone()),
        |(people, colleagues)| {
            let mut roster = Roster::new(Some(300), Some(Country::GB));
            roster.set_colleagues(colleagues);
            people.chunks(PAGE_SIZE).for_each(|page| roster.add(page.to_vec()));
            roster
        },
    );
    measure(
        "join: the same list after an hour",
        count,
        || people.clone(),
        |people| {
            all.replace_all(people, now());
        },
    );
}

fn measure_order(count: usize) {
    for (limit, name) in LIMITS {
        let mut roster = roster(count, limit);
        let (id, user) = (person(0).id, user(0));
        let mut on = false;
        // Somebody comes online or goes offline on both sides, and everybody is placed again.
        let toggle = |()| {
            on = !on;
            let availability = if on { Availability::Available } else { Availability::Offline };
            let reachability = if on { Reachability::Available } else { Reachability::Offline };
            roster.set_teams(&id, TeamsState::plain(availability), now(), Timestamp::MAX);
            let seen = ConnectSeen { state: None, since: None, contacts: 0, reachability };
            roster.set_connect(&user, seen, now(), Timestamp::MAX);
            roster.reorder(now(), true);
            roster.lines_in(0, 50).count()
        };
        measure(&format!("order: {name}"), count, || (), toggle);
    }
}

fn measure_search(count: usize) {
    for (limit, name) in LIMITS {
        let mut roster = roster(count, limit);
        for typed in TYPED {
            measure(
                &format!("search: {name}, {typed:?}"),
                count,
                || (),
                |()| {
                    roster.search(black_box(typed));
                    roster.found()
                },
            );
        }
        assert!(roster.get(&PersonId::Entra(person(1).id)).is_some(), "everybody is known");
    }
}
