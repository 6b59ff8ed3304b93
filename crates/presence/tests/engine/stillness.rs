//! Laws over random histories in which nothing may be written for a while, with random tables in both directions and
//! somebody who answers each of our writes. What may not be written meanwhile is checked by the world at every write.

use presence::{
    connect::{StatusArn, StatusKind},
    engine::{Master, Pace, Rules},
    mapping::{
        Conditions, ConnectTarget, ConnectToTeams, DEFAULT_HOLD, Tables, TeamsRow, TeamsToConnect, TeamsWhen,
        When,
    },
    teams::Availability,
    timeline::{Done, Side},
};
use proptest::{collection::vec, prelude::*};

use super::{
    answering::set,
    both::{Both, STATUSES, calm, happenings, tables_back},
    cloud::{AWAY, IN_MEETING, PRESENTING},
    drawn::rows_forth,
    histories::{Act, beyond_bounds},
    words::{Short, minutes, seconds, short, table},
    world::World,
};

/// The table of the tests, with random rows before it.
pub fn tables() -> impl Strategy<Value = Tables> {
    (rows_forth(&STATUSES), tables_back()).prop_map(|(rows, teams_to_connect)| {
        let rows = rows.into_iter().chain(table().rows().iter().cloned()).collect();
        Tables { connect_to_teams: ConnectToTeams::new(true, DEFAULT_HOLD, rows), teams_to_connect }
    })
}

fn is_preferred(write: Short) -> bool {
    matches!(write, Short::Preferred(_))
}

pub fn world(tables: &Tables) -> World {
    let mut world = World::both_ways(tables.clone(), Pace { forced: minutes(100_000), ..Pace::default() });
    world.picks("Available");
    world
}

fn run(tables: &Tables, acts: &[Both]) -> World {
    let mut world = world(tables);
    acts.iter().for_each(|act| act.happens(&mut world));
    world
}

/// Answers our writes as a person: takes back what we set in Teams and changes to another state there, and chooses
/// another status than ours.
fn answers(world: &mut World, status: &str) {
    if world.cloud.ours_preferred(world.now).is_some() || world.cloud.session(world.now).is_some() {
        world.reset();
        let other = if world.shows() == IN_MEETING { PRESENTING } else { IN_MEETING };
        world.client(other);
    }
    let is_ours =
        world.disk.status.as_ref().is_some_and(|own| own.status == world.centre.snapshot.chosen.arn);
    if is_ours && world.disk.passage.is_none() {
        world.picks(status);
    }
}

/// How often the writes changed sides. Renewals are no decisions and do not count.
fn turns(world: &World) -> usize {
    let decided = world.writes.iter().filter(|(_, _, renews)| !renews).map(|(at, ..)| (*at, Side::Teams));
    let ordered = world.centre.orders.iter().map(|(at, _)| (*at, Side::Connect));
    let mut writes: Vec<_> = decided.chain(ordered).collect();
    writes.sort_by_key(|(at, _)| *at);
    writes.dedup_by_key(|(_, side)| *side);
    writes.len()
}

#[test]
fn away_in_place_of_ours_is_a_choice_and_leads_if_teams_does() {
    let when = TeamsWhen { availability: Availability::Away, detail: None };
    let only_while = vec![When::Kind(StatusKind::Custom)];
    let row = TeamsRow {
        when,
        target: ConnectTarget::Status(StatusArn::new("arn:Available")),
        conditions: Conditions { only_while, ..Conditions::default() },
    };
    let back = TeamsToConnect::new(true, DEFAULT_HOLD, vec![row]);
    let mut world = world(&Tables { connect_to_teams: table(), teams_to_connect: back });
    world.picks("Meeting");
    world.pass(seconds(17));
    world.picks("Case work");
    world.rules(Rules { master: Master::Teams, ..Rules::default() });
    Act::Person(AWAY).happens(&mut world);
    world.pass(seconds(23));
    assert_eq!(world.ordered(), [set("Available")]);
}

proptest! {
    #[test]
    fn after_everything_both_sides_come_to_rest(tables in tables(), acts in vec(happenings(), 1..40)) {
        let mut world = run(&tables, &acts);
        calm(&mut world);
        world.forget_the_past();
        world.pass(minutes(65));
        prop_assert_eq!(world.ordered(), []);
        prop_assert_eq!(world.written(), []);
    }

    #[test]
    fn in_a_pause_it_comes_to_rest_with_nothing_of_ours(tables in tables(), acts in vec(happenings(), 1..30)) {
        let mut world = run(&tables, &acts);
        calm(&mut world);
        world.pause(None);
        world.pass(minutes(65));
        prop_assert_eq!(&world.disk.session, &None);
        prop_assert_eq!(&world.disk.preferred, &None);
        prop_assert!(world.cloud.has_nothing_of_ours(world.now));
        world.forget_the_past();
        world.picks("Lunch");
        world.client(PRESENTING);
        world.pass(minutes(65));
        prop_assert_eq!(&world.writes, &[]);
        prop_assert_eq!(world.ordered(), []);
    }

    #[test]
    fn a_dry_run_writes_nothing_and_reports_its_decisions(tables in tables(), acts in vec(happenings(), 1..30)) {
        let mut world = run(&tables, &acts);
        calm(&mut world);
        world.dry_run(true);
        world.pass(minutes(65));
        world.forget_the_past();
        let before = world.asked.map(|(asked, _)| asked);
        world.picks("Lunch");
        world.pass(minutes(5));
        prop_assert_eq!(&world.writes, &[]);
        prop_assert_eq!(world.ordered(), []);
        prop_assert!(world.cloud.has_nothing_of_ours(world.now));
        let asks_again = world.asked.map(|(asked, _)| asked) != before;
        prop_assert!(!asks_again || !world.reported_of(Side::Teams).is_empty(), "{:?}", world.asked);
    }

    #[test]
    fn writes_are_bounded_whatever_the_tables_and_the_person_do(
        tables in tables(), status in prop::sample::select(STATUSES.to_vec()), pause in 1_u64..20,
    ) {
        let mut world = world(&tables);
        let end = world.now + minutes(40);
        while world.now < end {
            answers(&mut world, status);
            world.pass(seconds(pause));
        }
        prop_assert_eq!(beyond_bounds(&world, &[]), None);
        // Four writes may alternate between the sides; then the sync stops for 5 min: nine times in 40 min.
        prop_assert!(turns(&world) <= 36, "{:?} and {:?}", world.written(), world.ordered());
        // Each state in Teams is answered once.
        prop_assert!(world.ordered().len() as u64 <= world.cloud.states_shown(), "{:?}", world.ordered());
    }

    #[test]
    fn every_row_says_why(tables in tables(), acts in vec(happenings(), 1..40)) {
        let mut world = run(&tables, &acts);
        // The row of a write comes with its answer.
        world.pass(minutes(1));
        for row in &world.rows {
            let needs_reason = matches!(row.done, Done::NotWritten | Done::DryRun);
            prop_assert_eq!(needs_reason, row.guard.is_some(), "{:?}", row);
        }
        // Each write of a preferred presence has a row before the next such write, unless the process ended before the
        // answer.
        let answered = world.writes.iter().enumerate().filter(|(number, _)| !world.unanswered.contains(number));
        let decided = answered.map(|(_, write)| write).filter(|(_, _, renews)| !renews);
        let sets: Vec<_> = decided.map(|(at, write, _)| (*at, short(*write))).collect();
        for (number, (at, _)) in sets.iter().enumerate().filter(|(_, (_, write))| is_preferred(*write)) {
            let until = sets[number + 1..].iter().find(|(_, write)| is_preferred(*write)).map(|(at, _)| *at);
            let reported = world.rows.iter().any(|row| {
                let is_own = matches!(row.done, Done::Written | Done::Confirmed | Done::Failed);
                is_own && row.side == Side::Teams && row.at >= *at && until.is_none_or(|until| row.at <= until)
            });
            prop_assert!(reported, "{}", world.log.join("\n"));
        }
    }

    #[test]
    fn the_same_history_with_the_same_tables_gives_the_same_effects(
        tables in tables(), acts in vec(happenings(), 1..30),
    ) {
        prop_assert_eq!(run(&tables, &acts).log, run(&tables, &acts).log);
    }

    #[test]
    fn no_passage_is_left_behind(back in tables_back(), acts in vec(happenings(), 1..40)) {
        let mut world = run(&Tables { connect_to_teams: table(), teams_to_connect: back }, &acts);
        calm(&mut world);
        prop_assert_eq!(&world.disk.passage, &None);
        prop_assert_eq!(&world.disk.stop, &None);
    }
}
