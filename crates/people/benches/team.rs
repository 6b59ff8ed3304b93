//! How long the list takes with few, many and very many people: to join both sides, to order the rows, and to search.

use std::{collections::BTreeMap, hint::black_box};

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use jiff::{SignedDuration, Timestamp};
use people::{Badge, Colleague, ConnectSeen, Country, Join, Number, NumberKind, Person, PersonId, Roster};
use presence::{
    aws::UserId,
    identity::ObjectId,
    teams::{Availability, TeamsState},
};

/// How many people the directory has.
const PEOPLE: [usize; 3] = [300, 5_000, 50_000];
/// One of so many uses Connect.
const SHARE: usize = 10;
/// The most people that Graph gives a page.
const A_PAGE: usize = 999;
/// What somebody may type: a name, its middle, two words, a part of a number, nobody, and what nearly everybody has.
const TYPED: [&str; 6] = ["hiro12", "berg4999", "care hiro", "01632 04", "nobody at all", "e"];

/// Names in no order, as a directory gives them.
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

/// Most are known by their user name, some by a number, some to nobody.
fn colleague(number: usize) -> Colleague {
    let username = match number / SHARE % 10 {
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
        number: (number / SHARE).is_multiple_of(10).then_some(written),
    }
}

fn user(number: usize) -> UserId {
    UserId::new(format!("9f8e7d6c-0000-4000-8000-{number:012}")).unwrap_or_else(|_| unreachable!())
}

fn everybody(count: usize) -> (Vec<Person>, Vec<Colleague>) {
    ((0..count).map(person).collect(), (0..count).step_by(SHARE).map(colleague).collect())
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

fn join(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("join");
    group.sample_size(10);
    for count in PEOPLE {
        let (people, colleagues) = everybody(count);
        let known = Join::new(&people, &colleagues, &BTreeMap::new(), Some(Country::GB));
        assert!(known.iter().count() * 10 >= colleagues.len() * 8, "most are joined");
        let mut all = Roster::new(Some(300), Some(Country::GB));
        all.replace_all(people.clone(), now());
        group.bench_with_input(BenchmarkId::new("a list of colleagues", count), &count, |bencher, _| {
            bencher.iter_batched(
                || colleagues.clone(),
                |colleagues| {
                    all.set_colleagues(Vec::new());
                    all.set_colleagues(colleagues);
                },
                BatchSize::LargeInput,
            );
        });
        group.bench_with_input(
            BenchmarkId::new("a first list, page by page", count),
            &count,
            |bencher, _| {
                bencher.iter_batched(
                    || (people.clone(), colleagues.clone()),
                    |(people, colleagues)| {
                        let mut roster = Roster::new(Some(300), Some(Country::GB));
                        roster.set_colleagues(colleagues);
                        people.chunks(A_PAGE).for_each(|page| roster.add(page.to_vec()));
                        roster
                    },
                    BatchSize::LargeInput,
                );
            },
        );
        group.bench_with_input(
            BenchmarkId::new("the same list after an hour", count),
            &count,
            |bencher, _| {
                bencher.iter_batched(
                    || people.clone(),
                    |people| all.replace_all(people, now()),
                    BatchSize::LargeInput,
                );
            },
        );
    }
    group.finish();
}

fn order(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("order");
    group.sample_size(20);
    for (limit, name) in [(Some(300), "300 rows"), (None, "all rows")] {
        for count in PEOPLE {
            let mut roster = roster(count, limit);
            let (id, user) = (person(0).id, user(0));
            let mut on = false;
            group.bench_with_input(BenchmarkId::new(name, count), &count, |bencher, _| {
                bencher.iter(|| {
                    // Somebody comes or goes, on both sides, and everybody is placed again.
                    on = !on;
                    let there = if on { Availability::Available } else { Availability::Offline };
                    let badge = if on { Badge::Available } else { Badge::Offline };
                    roster.set_teams(&id, TeamsState::plain(there), now(), Timestamp::MAX);
                    let seen = ConnectSeen { state: None, since: None, contacts: 0, badge };
                    roster.set_connect(&user, seen, now(), Timestamp::MAX);
                    roster.reorder(now(), true);
                    black_box(roster.lines_in(0, 50).count())
                });
            });
        }
    }
    group.finish();
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    group.sample_size(20);
    for (limit, name) in [(Some(300), "300 rows"), (None, "all rows")] {
        for count in PEOPLE {
            let mut roster = roster(count, limit);
            for typed in TYPED {
                let id = BenchmarkId::new(format!("{name}, {typed:?}"), count);
                group.bench_with_input(id, &count, |bencher, _| {
                    bencher.iter(|| {
                        roster.search(black_box(typed));
                        black_box(roster.found())
                    });
                });
            }
            assert!(roster.get(&PersonId::Entra(person(1).id)).is_some(), "everybody is known");
        }
    }
    group.finish();
}

criterion_group!(benches, join, order, search);
criterion_main!(benches);
