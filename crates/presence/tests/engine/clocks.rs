//! The clock of the machine is set, forward or back, while the application runs or while it does not: nothing of ours
//! becomes somebody's choice, and nothing is put off for good.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::{Activity, StatusArn},
    engine::{Link, Pace},
    mapping::{Conditions, ConnectRow, Target, When},
    provenance::Held,
    teams::{PreferredPresence, SessionPresence},
    timeline::Side,
};
use proptest::{collection::vec, prelude::*};

use super::{
    both::happenings,
    cloud::{AVAILABLE, BE_RIGHT_BACK, DO_NOT_DISTURB, IN_CALL},
    histories::{Act, Setting, any_act, clock_sets, recover, settings},
    stillness::{tables, world as both_ways},
    words::{Short, chosen, minutes, seconds, table, voice},
    world::{Fate, World},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Ours shows, the two sides are in step, and nothing was decided since.
#[track_caller]
fn assert_in_step(world: &World) {
    assert!(matches!(world.link(), Link::InStep { .. }), "{:?}", world.link());
    assert_eq!(world.disk.held, Held::No);
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

/// It is taken back as on a clock that nobody sets.
#[track_caller]
fn ends_as_usual(world: &mut World) {
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    assert!(world.cloud.ours_preferred(world.now).is_none());
    assert_eq!(world.disk.held, Held::No);
}

#[test]
fn our_be_right_back_stays_ours_when_the_clock_is_set_forward_by_two_hours() {
    let mut world = World::settled(chosen("Lunch"));
    world.set_clock(2 * HOUR);
    world.pass(minutes(90));
    assert_in_step(&world);
    ends_as_usual(&mut world);
}

#[test]
fn our_be_right_back_stays_ours_when_the_clock_is_set_back_by_two_hours() {
    let mut world = World::settled(chosen("Lunch"));
    world.set_clock(-2 * HOUR);
    world.pass(minutes(90));
    assert_in_step(&world);
    assert!(
        world.renewed().contains(&Short::Preferred(PreferredPresence::BeRightBack)),
        "it is renewed in time"
    );
    ends_as_usual(&mut world);
}

#[test]
fn a_clock_that_is_set_forward_and_back_after_a_second_changes_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    world.set_clock(HOUR);
    world.pass(seconds(1));
    world.set_clock(-HOUR);
    world.pass(minutes(90));
    assert_in_step(&world);
    ends_as_usual(&mut world);
}

#[test]
fn a_choice_of_the_person_is_still_seen_after_the_clock_was_set() {
    for by in [2 * HOUR, -2 * HOUR] {
        let mut world = World::settled(chosen("Lunch"));
        world.set_clock(by);
        world.pass(minutes(1));
        world.person(DO_NOT_DISTURB);
        world.pass(minutes(1));
        assert_eq!(world.link(), Link::HeldByYou);
        assert_eq!(world.written(), []);
    }
}

#[test]
fn a_lapse_while_the_machine_was_suspended_unnoticed_is_no_choice() {
    // A virtual machine that is continued: only its wall clock is set.
    let mut world = World::settled(chosen("Lunch"));
    world.sleep(minutes(120));
    world.ahead -= 2 * HOUR;
    assert_eq!(world.shows(), AVAILABLE);
    world.set_clock(2 * HOUR);
    world.pass(minutes(1));
    assert_eq!(world.disk.held, Held::No);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    ends_as_usual(&mut world);
}

#[test]
fn our_be_right_back_stays_ours_over_a_restart_with_another_clock() {
    for by in [2 * HOUR, -2 * HOUR, 26 * HOUR, -26 * HOUR] {
        let mut world = World::settled(chosen("Lunch"));
        world.restart_on(true, by);
        world.pass(minutes(90));
        assert_in_step(&world);
        ends_as_usual(&mut world);
    }
}

#[test]
fn our_be_right_back_that_is_no_longer_wanted_is_taken_back_after_a_restart_with_another_clock() {
    for by in [2 * HOUR, -2 * HOUR] {
        let mut world = World::settled(chosen("Lunch"));
        world.restart_on(true, by);
        ends_as_usual(&mut world);
    }
}

#[test]
fn our_call_is_not_taken_for_teams_own_after_a_restart_with_another_clock() {
    let mut world = World::settled(voice(Activity::Connected));
    world.restart_on(true, 2 * HOUR);
    world.pass(minutes(1));
    assert_eq!(world.shows(), IN_CALL);
    assert_eq!(world.disk.session.as_ref().map(|own| own.value), Some(SessionPresence::InCall));
    assert_eq!(world.written(), []);
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn what_lapsed_before_a_restart_is_no_choice_and_is_written_again() {
    for by in [SignedDuration::ZERO, -26 * HOUR] {
        let mut world = World::settled(chosen("Lunch"));
        world.polls = false;
        world.sleep(minutes(120));
        world.polls = true;
        world.restart_on(true, by);
        world.pass(minutes(1));
        assert_eq!(world.disk.held, Held::No);
        assert_eq!(world.shows(), BE_RIGHT_BACK);
        ends_as_usual(&mut world);
    }
}

/// The correction of a clock that began in 1970.
fn corrected() -> SignedDuration {
    World::new().now.duration_since(Timestamp::UNIX_EPOCH)
}

#[test]
fn a_clock_that_begins_in_1970_and_is_corrected_delays_no_hold_pause_or_choice() {
    let by = corrected();
    let mut world = World::new();
    world.restart_on(true, -by);
    world.agent(chosen("Lunch"));
    world.pass(seconds(10));
    world.set_clock(by);
    world.pass(seconds(4));
    assert_eq!(world.written(), [], "the hold continues");
    world.pass(seconds(3));
    assert_eq!(world.shows(), BE_RIGHT_BACK);

    // The person picks something, and is left alone as long as before.
    world.restart_on(true, -by);
    world.pass(minutes(1));
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(1));
    world.set_clock(by);
    world.pass(minutes(1));
    assert_eq!(world.link(), Link::HeldByYou);
    world.pass(minutes(12 * 60));
    assert_eq!(world.shows(), BE_RIGHT_BACK);

    // A pause of an hour lasts an hour, also one from before the machine was started.
    world.pause(Some(minutes(60)));
    world.pass(minutes(10));
    world.restart_on(true, -by);
    world.pass(minutes(1));
    world.set_clock(by);
    world.pass(minutes(30));
    assert!(matches!(world.link(), Link::Paused { .. }), "{:?}", world.link());
    world.pass(minutes(31));
    assert!(!matches!(world.link(), Link::Paused { .. }), "{:?}", world.link());
}

#[test]
fn at_most_every_lasts_as_long_whatever_the_clock_says() {
    for by in [-corrected(), -HOUR, HOUR] {
        let rests = Conditions { at_most_every: Some(minutes(10)), ..Conditions::default() };
        let lunch = ConnectRow { conditions: rests, ..ConnectRow::new(status("Lunch"), Target::BeRightBack) };
        let table = table();
        let rows = std::iter::once(lunch).chain(table.rows().iter().cloned()).collect();
        let mut world = World::with(table.with_rows(rows), Pace::default());
        world.agent(chosen("Lunch"));
        world.pass(minutes(1));
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
        world.set_clock(by);
        world.agent(chosen("Lunch"));
        world.pass(minutes(7));
        assert_eq!(world.shows(), AVAILABLE, "it rests");
        world.pass(minutes(3));
        assert_eq!(world.shows(), BE_RIGHT_BACK);
    }
}

fn status(name: &str) -> When {
    When::Status(StatusArn::new(format!("arn:{name}")))
}

#[test]
fn what_is_under_way_when_the_clock_is_set_is_answered_as_usual() {
    for by in [3 * HOUR, -3 * HOUR] {
        let mut world = World::new();
        world.agent(chosen("Lunch"));
        world.pass_until(|world| world.flight.is_some());
        world.fates = vec![Fate::Refused];
        world.set_clock(by);
        world.pass(minutes(1));
        assert_eq!(world.shows(), BE_RIGHT_BACK);
        assert_eq!(world.disk.held, Held::No);
        world.forget_the_past();
        world.pass(minutes(70));
        assert_in_step(&world);
    }
}

/// Runs the acts, and moves all dates before the acts with these numbers.
fn run(setting: &Setting, acts: &[Act], clock: &[(usize, SignedDuration)]) -> World {
    let mut world = setting.world();
    for (number, act) in acts.iter().enumerate() {
        clock.iter().filter(|(at, _)| *at == number).for_each(|(_, by)| world.redate(*by));
        act.happens(&mut world);
    }
    world
}

proptest! {
    #[test]
    fn other_dates_change_no_effect(
        setting in settings(), acts in vec(any_act(), 1..40), clock in vec((0_usize..40, clock_sets()), 1..4),
    ) {
        let (usual, redated) = (run(&setting, &acts, &[]), run(&setting, &acts, &clock));
        prop_assert_eq!(usual.log, redated.log);
    }

    #[test]
    fn other_dates_change_no_effect_towards_connect(
        tables in tables(), acts in vec(happenings(), 1..40),
        clock in vec((0_usize..40, clock_sets()), 1..4),
    ) {
        let run = |clock: &[(usize, SignedDuration)]| {
            let mut world = both_ways(&tables);
            for (number, act) in acts.iter().enumerate() {
                clock.iter().filter(|(at, _)| *at == number).for_each(|(_, by)| world.redate(*by));
                act.happens(&mut world);
            }
            world.log
        };
        prop_assert_eq!(run(&[]), run(&clock));
    }

    #[test]
    fn what_we_wrote_is_never_taken_for_a_choice(
        name in prop::sample::select(vec!["Lunch", "Training", "Hidden", "Errand", "Case work"]),
        clock in vec((clock_sets(), any::<bool>(), 1_u64..4000), 1..6),
    ) {
        let mut world = World::settled(chosen(name));
        for (by, restarts, length) in clock {
            if restarts { world.restart_on(true, by) } else { world.set_clock(by) }
            world.pass(Duration::from_secs(length));
            prop_assert_eq!(&world.disk.held, &Held::No);
        }
        recover(&mut world);
        prop_assert!(matches!(world.link(), Link::InStep { .. }), "{:?}", world.link());
        world.agent(chosen("Offline"));
        world.pass(minutes(1));
        prop_assert!(world.cloud.has_nothing_of_ours(world.now));
        prop_assert_eq!(world.shows(), AVAILABLE);
        prop_assert!(world.reported_of(Side::Connect).is_empty());
    }
}

#[test]
fn a_restart_on_the_same_clock_changes_no_date() {
    let mut world = World::settled(chosen("Lunch"));
    world.pass(minutes(20));
    let before = world.disk.preferred.clone();
    world.restart(true);
    world.pass(seconds(30));
    assert_eq!(world.disk.preferred, before);
    assert_in_step(&world);
}
