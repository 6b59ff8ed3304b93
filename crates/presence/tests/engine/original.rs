//! Notes 5 to 9 of the original's documentation, in its words, as the engine keeps them.

use std::time::Duration;

use presence::{
    connect::{Activity, StatusArn, StatusKind},
    engine::{Effect, OfflineFirst, Pace, Rules},
    mapping::{ConnectTarget, DEFAULT_HOLD, Tables, TeamsToConnect},
    teams::PreferredPresence,
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, proposal, set, settled},
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, IN_MEETING, INACTIVE, OFFLINE},
    looping::{answered_for, looping},
    words::{Short, chosen, minutes, seconds, table, voice},
    world::{POLL, World},
};

const SHORT: Duration = Duration::from_secs(14);

/// Note 5: "Every hour we force synchronization which will result in us resetting the status to the same status (but
/// reset the timer)".
#[test]
fn note_5_every_hour_we_force_synchronization() {
    let lost = |force_rewrite| {
        let mut world = World::settled(chosen("Lunch"));
        world.rules(Rules { force_rewrite, ..Rules::default() });
        world.pass(minutes(62));
        let rewritten = world.renewed();
        rewritten
            .into_iter()
            .filter(|write| *write == Short::Preferred(PreferredPresence::BeRightBack))
            .count()
    };
    assert_eq!(lost(true), lost(false) + 1, "the original's habit, if it is switched on");
    let mut world = World::settled(chosen("Lunch"));
    world.rules(Rules { force_rewrite: true, ..Rules::default() });
    world.pass(minutes(62));
    assert_eq!(world.written(), [], "counted apart from decisions");
}

/// Note 5, if it is not switched on: the timer that colleagues see is not reset.
#[test]
fn note_5_without_the_habit_an_equal_status_is_not_reset() {
    let mut world = World::new();
    world.person(BUSY);
    world.agent(chosen("Case work"));
    world.pass(minutes(62));
    assert_eq!(world.writes, [], "it shows already, and the forced sync was an hour after the start");
    assert!(world.cloud.steady_for(world.now) > minutes(61));
}

/// Note 5: "similarly, when placing an agent into Available in ConnectPath, we will briefly place the agent Offline
/// first."
#[test]
fn note_5_we_will_briefly_place_the_agent_offline_first() {
    let mut world = in_meeting();
    world.rules(Rules { offline_first: OfflineFirst::Always, ..Rules::default() });
    world.forget_the_past();
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Available")]);
    let at: Vec<_> = world
        .rows
        .iter()
        .filter(|row| row.side == Side::Connect && row.done == Done::Written)
        .map(|row| row.at)
        .collect();
    assert!(at[1].duration_since(at[0]).unsigned_abs() <= seconds(1), "briefly");
}

/// Note 6: "we will [...] synchronize status for all users that have Teams licenses": each agent by their own app, so
/// what is polled does not grow with their number.
#[test]
fn note_6_the_status_of_an_agent_is_synchronized_by_their_own_engine() {
    let mut one = settled();
    let mut other = settled();
    one.picks("Lunch");
    one.pass(minutes(1));
    other.pass(minutes(1));
    assert_eq!(one.shows(), BE_RIGHT_BACK);
    assert_eq!(other.shows(), AVAILABLE);
    assert_eq!(other.written(), []);
}

/// Note 7: "Short lived statuses (under 15 seconds) will be ignored when it comes to synchronization of statuses
/// between the two systems." From Connect.
#[test]
fn note_7_short_lived_statuses_in_connect_will_be_ignored() {
    assert_eq!(DEFAULT_HOLD, seconds(15));
    for name in ["Lunch", "Case work", "Training", "Errand", "Hidden", "Offline"] {
        let mut world = World::settled(chosen("Available"));
        world.agent(chosen(name));
        world.pass(SHORT);
        world.agent(chosen("Available"));
        world.pass(minutes(2));
        assert_eq!(world.writes, [], "{name}");
        assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Hold))], "{name}");
    }
    let mut world = World::settled(chosen("Available"));
    world.agent(voice(Activity::Connected));
    world.pass(SHORT);
    world.agent(chosen("Available"));
    world.pass(minutes(2));
    assert_eq!(world.writes, []);
}

/// Note 7, from Teams.
#[test]
fn note_7_short_lived_statuses_in_teams_will_be_ignored() {
    for length in [2, 5, 9, 13] {
        let mut world = settled();
        world.client(IN_MEETING);
        world.pass(seconds(length));
        world.client(AVAILABLE);
        world.pass(minutes(2));
        assert_eq!(world.ordered(), [], "{length} s");
    }
}

/// Note 7: what is not short-lived is not ignored.
#[test]
fn note_7_a_status_of_15_seconds_counts() {
    let mut world = World::settled(chosen("Available"));
    world.agent(chosen("Lunch"));
    world.pass(seconds(15) + seconds(2));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    let mut world = settled();
    world.client(IN_MEETING);
    world.pass(seconds(15) + POLL + seconds(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
}

/// Note 8: "We attempt to detect potential status loops when bidirectional status synchronization is enabled."
#[test]
fn note_8_we_attempt_to_detect_potential_status_loops() {
    let mut world = looping();
    answered_for(&mut world, minutes(5));
    assert!(matches!(world.alarms.as_slice(), [Effect::Broken { .. }]), "{:?}", world.alarms);
}

/// Note 8: without the way back there is no loop to detect.
#[test]
fn note_8_one_way_synchronization_has_no_loops() {
    let mut world = looping();
    world.enable_teams(false);
    answered_for(&mut world, minutes(30));
    assert_eq!(world.alarms, []);
    assert_eq!(world.ordered(), []);
}

/// Note 9: "Microsoft Teams has some automatic statuses (like Away, Offline, etc.) that should be taken into
/// consideration when configuring status synchronization." As proposed, they change nothing.
#[test]
fn note_9_automatic_statuses_change_nothing_as_proposed() {
    for automatic in [AWAY, OFFLINE, INACTIVE] {
        let mut world = settled();
        world.client(automatic.clone());
        world.pass(minutes(5));
        assert_eq!(world.ordered(), [], "{automatic:?}");
        world.client(AVAILABLE);
        world.pass(minutes(5));
        assert_eq!(world.ordered(), [], "{automatic:?}");
    }
}

/// Note 9: an administrator may take them into consideration.
#[test]
fn note_9_automatic_statuses_can_be_mapped() {
    let mut rows = proposal().rows().to_vec();
    for row in &mut rows {
        if row.when.availability == AWAY.availability {
            row.target = ConnectTarget::Status(StatusArn::new("arn:Case work"));
            row.conditions.only_while = vec![presence::mapping::When::Kind(StatusKind::Routable)];
        }
    }
    let teams_to_connect = TeamsToConnect::new(true, DEFAULT_HOLD, rows);
    let mut world = World::both_ways(Tables { connect_to_teams: table(), teams_to_connect }, Pace::default());
    world.picks("Whatever");
    world.pass(minutes(1));
    world.picks("Available");
    world.pass(minutes(2));
    world.client(AWAY);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Case work")]);
    assert_ne!(world.shows(), BUSY, "and the status that it set asks nothing of Teams");
}
