//! The settings of the engine: who leads, how long a choice is held, what a forced sync writes again, how often a row
//! writes.

use presence::{
    connect::Activity,
    engine::{Link, Master, OfflineFirst, Pace, Rules},
    mapping::{ConnectTarget, Tables, Target, TeamsToConnect},
    teams::{Availability, PreferredPresence, SessionPresence},
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{proposal, set},
    cloud::{AVAILABLE, BE_RIGHT_BACK, BUSY, DO_NOT_DISTURB, IN_MEETING, PRESENTING},
    words::{Short, chosen, edited, minutes, seconds, status, table, voice},
    world::{POLL, World},
};

#[test]
fn the_product_s_rules_are_the_default() {
    let rules = Rules::default();
    assert_eq!(rules.held_for, minutes(12 * 60));
    assert_eq!(rules.master, Master::Connect);
    assert_eq!(rules.offline_first, OfflineFirst::Confirm);
    assert!(!rules.force_rewrite);
    assert!(Pace::default().poll >= POLL, "this world reads at least that often");
}

#[test]
fn a_choice_is_held_as_long_as_the_settings_say() {
    let mut world = World::new();
    world.rules(Rules { held_for: minutes(30), ..Rules::default() });
    world.person(BE_RIGHT_BACK);
    world.agent(chosen("Case work"));
    world.pass(minutes(29));
    assert_eq!(world.link(), Link::HeldByYou);
    assert_eq!(world.writes, []);
    world.pass(minutes(2));
    assert_eq!(world.shows(), BUSY);
}

/// Do not disturb by hand asks for *Case work*.
fn by_hand() -> TeamsToConnect {
    edited(&proposal(), |row| {
        if row.when.availability == Availability::DoNotDisturb {
            row.when.detail = None;
            row.target = ConnectTarget::Status(status("Case work").arn);
            row.conditions.only_while.clear();
        }
    })
}

fn both_changed(master: Master) -> World {
    let mut world =
        World::both_ways(Tables { connect_to_teams: table(), teams_to_connect: by_hand() }, Pace::default());
    world.rules(Rules { master, ..Rules::default() });
    world.picks("Available");
    world.pass(minutes(1));
    world.forget_the_past();
    world.pass(seconds(1));
    world.person(DO_NOT_DISTURB);
    world.pass(seconds(1));
    world.picks("Whatever");
    world.pass(minutes(2));
    world
}

#[test]
fn if_a_person_changed_both_sides_the_master_leads() {
    let world = both_changed(Master::Connect);
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect), [(Done::NotWritten, Some(Guard::Tie))]);
    let world = both_changed(Master::Teams);
    assert_eq!(world.ordered(), [set("Case work")]);
}

#[test]
fn a_choice_in_connect_beats_a_meeting_under_either_master() {
    let mut world =
        World::both_ways(Tables { connect_to_teams: table(), teams_to_connect: by_hand() }, Pace::default());
    world.rules(Rules { master: Master::Teams, ..Rules::default() });
    world.picks("Whatever");
    world.pass(minutes(1));
    world.pass(seconds(1));
    world.client(IN_MEETING);
    world.picks("Available");
    world.pass(minutes(2));
    assert_eq!(world.ordered(), []);
}

fn rewriting(name: &str) -> World {
    let mut world = World::settled(chosen(name));
    world.rules(Rules { force_rewrite: true, ..Rules::default() });
    world
}

#[test]
fn a_forced_sync_writes_what_is_set_again_once_an_hour() {
    let mut world = rewriting("Lunch");
    world.pass(minutes(175));
    let rewritten: Vec<_> =
        world.renewed().into_iter().filter(|write| matches!(write, Short::Preferred(_))).collect();
    // Two rewrites in the third hour, and renewals between them.
    assert_eq!(rewritten, [Short::Preferred(PreferredPresence::BeRightBack); 5]);
    assert_eq!(world.written(), []);
    assert!(world.reported().iter().all(|reported| *reported == (Done::Renewed, None)));
}

#[test]
fn a_rewrite_reaches_a_session_too() {
    let mut plain = World::settled(voice(Activity::Connected));
    plain.pass(minutes(61));
    let mut world = World::settled(voice(Activity::Connected));
    world.rules(Rules { force_rewrite: true, ..Rules::default() });
    world.pass(minutes(61));
    assert_eq!(world.written(), []);
    let at = |world: &World| world.writes.iter().map(|(at, ..)| *at).collect::<Vec<_>>();
    assert_ne!(at(&plain), at(&world));
    assert!(world.renewed().iter().all(|write| *write == Short::Session(SessionPresence::InCall)));
}

#[test]
fn a_rewrite_spares_a_session_that_does_not_show() {
    let mut world = World::settled(voice(Activity::Connected));
    world.rules(Rules { force_rewrite: true, ..Rules::default() });
    world.client(PRESENTING);
    world.pass(minutes(61));
    let at: Vec<_> = world.writes.iter().map(|(at, ..)| *at).collect();
    assert!(at.windows(2).all(|pair| pair[1].duration_since(pair[0]).unsigned_abs() > minutes(1)), "{at:?}");
}

#[test]
fn a_rewrite_never_touches_a_persons_choice() {
    let mut world = rewriting("Case work");
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(130));
    assert_eq!(world.written(), []);
    assert_eq!(world.shows(), DO_NOT_DISTURB);
    assert!(!world.renewed().iter().any(|write| matches!(write, Short::Preferred(_))));
}

#[test]
fn what_teams_shows_by_itself_is_not_rewritten() {
    let mut world = World::new();
    world.rules(Rules { force_rewrite: true, ..Rules::default() });
    world.agent(chosen("Available"));
    world.pass(minutes(130));
    assert_eq!(world.writes, []);
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn nothing_is_rewritten_in_a_pause() {
    let mut world = rewriting("Case work");
    world.pause(None);
    world.pass(minutes(130));
    assert_eq!(world.renewed(), []);
}

#[test]
fn a_row_that_rests_is_reported_once() {
    let rows = edited(&table(), |row| {
        if row.target == Target::BeRightBack {
            row.conditions.at_most_every = Some(minutes(10));
        }
    });
    let mut world = World::with(rows, Pace::default());
    world.agent(chosen("Lunch"));
    world.pass(minutes(1));
    world.agent(chosen("Case work"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    world.forget_the_past();
    world.agent(chosen("Lunch"));
    world.pass(minutes(5));
    let reported: Vec<_> = world.reported().into_iter().filter(|(done, _)| *done != Done::Renewed).collect();
    assert_eq!(reported, [(Done::NotWritten, Some(Guard::Every))]);
    world.pass(minutes(5));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_row_that_rests_towards_connect_is_reported_once() {
    let rows = edited(&proposal(), |row| {
        if row.when.detail == Some(presence::teams::Detail::InMeeting) {
            row.conditions.at_most_every = Some(minutes(10));
        }
    });
    let mut world =
        World::both_ways(Tables { connect_to_teams: table(), teams_to_connect: rows }, Pace::default());
    world.picks("Available");
    world.pass(minutes(1));
    for _ in 0..2 {
        world.forget_the_past();
        world.client(IN_MEETING);
        world.pass(minutes(2));
        world.client(AVAILABLE);
        world.pass(minutes(2));
    }
    assert_eq!(world.ordered(), []);
    let every =
        world.reported_of(Side::Connect).into_iter().filter(|(_, guard)| *guard == Some(Guard::Every));
    assert_eq!(every.count(), 1);
    assert_eq!(world.reported_of(Side::Connect).first(), Some(&(Done::NotWritten, Some(Guard::Every))));
}

#[test]
fn the_engine_answers_what_its_table_asks_for_whatever_is_in_force() {
    let mut world = World::new();
    assert_eq!(world.engine.target_of(&chosen("Lunch").state()), Target::BeRightBack);
    assert_eq!(world.engine.target_of(&voice(Activity::Missed).state()), Target::NoChange);
    let busy = edited(&table(), |row| row.target = Target::Busy);
    world.set_table(busy.clone());
    assert_eq!(world.engine.target_of(&chosen("Lunch").state()), Target::Busy);
    assert_eq!(*world.engine.table(), busy);
}
