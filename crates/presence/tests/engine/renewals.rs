//! What is set is kept alive, and the forced sync repairs what was lost.

use presence::{
    connect::Activity,
    engine::{Effect, Engine, Event, Pace, Rules},
    provenance::Provenance,
    teams::{PreferredPresence, SessionPresence},
    timeline::{Done, Guard},
};

use super::{
    cloud::{BE_RIGHT_BACK, IN_CALL, IN_MEETING},
    words::{Short, chosen, minutes, seconds, start, table, tables, voice},
    world::{Fate, World},
};

#[test]
fn the_real_pace_is_the_default() {
    let pace = Pace::default();
    assert_eq!(pace.fresh, seconds(5));
    assert_eq!(pace.read_back, seconds(1));
    assert_eq!((pace.session_renewal, pace.session_expiry), (minutes(4), minutes(10)));
    assert_eq!((pace.preferred_renewal, pace.preferred_expiry), (minutes(45), minutes(60)));
    assert_eq!(pace.forced, minutes(60));
}

#[test]
fn a_session_is_renewed_every_four_minutes() {
    let mut world = World::settled(voice(Activity::Connected));
    world.pass(minutes(20));
    assert_eq!(world.written(), []);
    assert_eq!(world.renewed(), [Short::Session(SessionPresence::InCall); 5]);
    assert_eq!(world.reported(), [(Done::Renewed, None); 5]);
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn a_renewal_is_announced_with_the_time_that_it_may_last() {
    let mut world = World::settled(voice(Activity::Connected));
    world.pass_until(|world| world.flight.is_some());
    let announced = world.disk.session.as_ref().map(|own| own.expires);
    assert!(announced > Some(world.now + minutes(10) - seconds(1)));
}

#[test]
fn preferred_presence_is_renewed_after_a_read() {
    let mut world = World::settled(chosen("Lunch"));
    world.polls = false;
    world.pass(minutes(50));
    let preferred =
        world.renewed().into_iter().filter(|write| matches!(write, Short::Preferred(_))).collect::<Vec<_>>();
    assert_eq!(preferred, [Short::Preferred(PreferredPresence::BeRightBack)]);
    assert_eq!(world.reads, 1);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn a_renewal_that_failed_is_tried_again_before_the_expiry() {
    let mut world = World::settled(voice(Activity::Connected));
    world.fates = vec![Fate::Refused; 10];
    world.pass(minutes(30));
    assert_eq!(world.shows(), IN_CALL);
    assert_eq!(world.written(), []);
}

#[test]
fn what_is_no_longer_wanted_and_cannot_be_taken_back_yet_is_left_to_lapse() {
    let mut world = World::settled(chosen("Case work"));
    world.reads_fail(true);
    world.agent(chosen("Offline"));
    world.pass(minutes(70));
    assert_eq!(world.writes, []);
    assert!(world.cloud.has_nothing_of_ours(world.now));
}

#[test]
fn a_lost_write_is_repaired_once_by_a_forced_sync() {
    let mut world = World::settled(voice(Activity::Connected));
    world.client(IN_MEETING);
    world.pass(seconds(30));
    world.sync();
    world.pass(seconds(30));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    world.pass(minutes(3));
    assert_eq!(world.written().len(), 1);
    let masked = (Done::NotWritten, Some(Guard::Masked));
    assert_eq!(
        world.reported().into_iter().filter(|reported| *reported == masked).count(),
        1,
        "reported once"
    );
}

#[test]
fn a_forced_sync_in_step_only_reads() {
    let mut world = World::settled(chosen("Lunch"));
    world.pass(seconds(1));
    world.sync();
    world.pass(seconds(30));
    assert_eq!(world.writes, []);
    assert_eq!(world.reads, 1);
}

#[test]
fn the_forced_sync_comes_every_hour() {
    let mut world = World::settled(chosen("Offline"));
    world.polls = false;
    world.pass(minutes(181));
    assert_eq!(world.reads, 3);
    assert_eq!(world.writes, []);
}

#[test]
fn teams_is_read_at_the_start() {
    let now = start();
    let mut engine =
        Engine::new(tables(table()), Rules::default(), Pace::default(), Provenance::default(), now);
    assert_eq!(engine.deadline(), None);
    let effects = engine.handle(Event::Agent(chosen("Lunch")), now);
    assert_eq!(effects, [Effect::Read]);
    assert_eq!(engine.deadline(), Some(now + seconds(15)));
}

#[test]
fn a_renewal_that_failed_waits_until_teams_can_be_read_and_is_reported_once() {
    let mut world = World::settled(voice(Activity::Connected));
    world.reads_fail(true);
    world.fates = vec![Fate::Refused; 1000];
    world.pass(minutes(180));
    assert_eq!(world.renewed().len(), 1);
    let failed = |world: &World| world.reported().iter().filter(|(done, _)| *done == Done::Failed).count();
    assert_eq!(failed(&world), 1);

    let mut world = World::settled(voice(Activity::Connected));
    world.fates = vec![Fate::Refused; 20];
    world.pass(minutes(8));
    assert!(world.renewed().len() > 20, "it is tried as long as Teams is known");
    assert_eq!(failed(&world), 1);
    assert_eq!(world.shows(), IN_CALL);
}
