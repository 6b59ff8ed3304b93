//! Days in the world, recorded and played again; tables tried on pairs of states.

use presence::{
    connect::{Activity, Channel, ConnectState, StatusArn},
    engine::{Pace, Rules},
    mapping::{ConnectRow, ConnectToTeams, Tables, Target, When},
    replay::{Pair, Replay, differences, replay, try_pair},
    teams::{Availability, TeamsState},
    timeline::{Decision, Done, Guard, Input, Side, TimedInput, TimelineEntry},
};
use proptest::{collection::vec, prelude::*};

use super::{
    answering::proposal,
    both::{Both, calls, clients, machines, picks},
    cloud::{AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    histories::{Act, any_act, snapshots},
    words::{chosen, minutes, seconds, start, status, table, tables, voice},
    world::World,
};

fn both() -> Tables {
    Tables { connect_to_teams: table(), teams_to_connect: proposal() }
}

/// The same table, with another target for one status.
fn with(table: &ConnectToTeams, name: &str, target: Target) -> ConnectToTeams {
    let when = When::Status(StatusArn::new(format!("arn:{name}")));
    let edit = |row: &ConnectRow| match row.when == when {
        true => ConnectRow { target, ..row.clone() },
        false => row.clone(),
    };
    table.with_rows(table.rows().iter().map(edit).collect())
}

/// The world counts the repairs of a forced sync separately; without it every write counts.
fn without_forced_sync() -> Pace {
    Pace { forced: minutes(100_000), ..Pace::default() }
}

fn played(world: &World, tables: &Tables) -> Replay {
    replay(&world.entries, tables, Rules::default(), world.pace)
}

/// A morning with calls, a lunch, a meeting, a person's own choice and a lost session.
fn morning() -> World {
    let mut world = World::with(table(), without_forced_sync());
    world.agent(chosen("Available"));
    world.pass(minutes(20));
    for length in [200, 90, 20] {
        world.agent(voice(Activity::Incoming));
        world.pass(seconds(6));
        world.agent(voice(Activity::Connected));
        world.pass(seconds(length));
        world.agent(voice(Activity::AfterContactWork));
        world.pass(seconds(11));
        world.agent(chosen("Available"));
        world.pass(minutes(4));
    }
    world.agent(chosen("Lunch"));
    world.pass(minutes(40));
    world.client(AWAY);
    world.pass(minutes(10));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.agent(chosen("Available"));
    world.pass(minutes(5));
    world.client(IN_MEETING);
    world.pass(minutes(30));
    world.client(AVAILABLE);
    world.pass(minutes(5));
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(9));
    world.agent(chosen("Training"));
    world.pass(minutes(9));
    world.agent(chosen("Case work"));
    world.pass(minutes(9));
    world.release();
    world.pass(minutes(2));
    world.lose_connect();
    world.pass(minutes(3));
    world.agent(chosen("Available"));
    world.pass(minutes(20));
    world.quit();
    world.pass(minutes(1));
    world
}

/// An hour in which Teams leads.
fn hour_of_meetings() -> World {
    let mut world = World::both_ways(both(), Pace::default());
    world.picks("Available");
    world.pass(minutes(5));
    for state in [IN_MEETING, PRESENTING, AVAILABLE, IN_MEETING, AVAILABLE] {
        world.client(state);
        world.pass(minutes(6));
    }
    world.picks("Lunch");
    world.pass(minutes(10));
    world.picks("Available");
    world.pass(minutes(5));
    world.call(Some(Activity::Connected));
    world.pass(minutes(2));
    world.client(PRESENTING);
    world.pass(minutes(2));
    world.call(None);
    world.pass(minutes(2));
    world.client(AVAILABLE);
    world.pass(minutes(5));
    world
}

#[test]
fn a_day_played_again_with_its_own_tables_writes_the_same() {
    let world = morning();
    let written = world.rows.iter().filter(|row| row.done == Done::Written).count();
    assert!(written > 8, "{written} writes");
    let Replay { recorded, replayed } = played(&world, &tables(table()));
    assert_eq!(recorded, world.rows);
    assert_eq!(differences(&recorded, &replayed), []);
}

#[test]
fn a_day_with_both_directions_played_again_writes_the_same() {
    let world = hour_of_meetings();
    let orders = world.rows.iter().filter(|row| row.side == Side::Connect && row.done == Done::Written);
    assert!(orders.count() > 5, "{:#?}", world.rows);
    let Replay { recorded, replayed } = played(&world, &both());
    assert_eq!(differences(&recorded, &replayed), []);
}

#[test]
fn an_edited_row_is_the_only_difference() {
    let world = morning();
    let edited = with(&table(), "Lunch", Target::DoNotDisturb);
    let Replay { recorded, replayed } = played(&world, &tables(edited));
    let found = differences(&recorded, &replayed);
    let target = |row: &Option<Decision>| row.as_ref().and_then(|row| row.target);
    let reported: Vec<_> = found.iter().map(|one| (target(&one.recorded), target(&one.replayed))).collect();
    assert_eq!(reported, [(Some(Target::BeRightBack), Some(Target::DoNotDisturb))]);
    assert_eq!(
        found[0].row().and_then(|row| row.connect.clone()),
        Some(ConnectState::Chosen(status("Lunch")))
    );
}

#[test]
fn with_a_direction_switched_off_nothing_would_have_been_written_there() {
    let world = hour_of_meetings();
    let mut off = both();
    off.teams_to_connect.enabled = false;
    let Replay { recorded, replayed } = played(&world, &off);
    assert!(replayed.iter().all(|row| row.side == Side::Teams));
    let lost = differences(&recorded, &replayed);
    let orders = recorded.iter().filter(|row| row.side == Side::Connect && row.done == Done::Written).count();
    let gone = lost.iter().filter(|one| one.recorded.as_ref().is_some_and(|row| row.side == Side::Connect));
    assert!(gone.count() >= orders);
}

#[test]
fn a_restart_in_the_middle_of_the_day_changes_nothing() {
    let mut world = World::new();
    world.agent(chosen("Lunch"));
    world.pass(minutes(30));
    world.restart(true);
    world.pass(minutes(30));
    world.agent(chosen("Available"));
    world.pass(minutes(5));
    let Replay { recorded, replayed } = played(&world, &tables(table()));
    assert_eq!(differences(&recorded, &replayed), []);
}

#[test]
fn only_what_changed_is_kept() {
    let mut world = World::new();
    world.agent(chosen("Available"));
    world.pass(minutes(30));
    let seen = |world: &World| world.entries.iter().filter(|entry| entry.decision().is_none()).count();
    let before = seen(&world);
    world.pass(minutes(60));
    assert_eq!(seen(&world), before, "{:#?}", world.entries);
}

#[test]
fn no_id_of_a_contact_is_kept() {
    let mut world = World::new();
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    let text = serde_json::to_string(&world.entries).unwrap();
    assert!(text.contains("connected") && !text.contains("c-1"), "{text}");
}

#[test]
fn every_day_of_the_record_begins_with_the_last_known_values() {
    let mut world = World::new();
    world.agent(chosen("Lunch"));
    world.pass(minutes(25 * 60));
    let of = |wanted: fn(&Input) -> bool| {
        let seen = world.entries.iter().filter(|entry| match entry {
            TimelineEntry::Input(TimedInput { seen, .. }) => wanted(seen),
            TimelineEntry::Decision(_) => false,
        });
        seen.count()
    };
    assert_eq!(of(|input| matches!(input, Input::Agent { .. })), 2);
    assert_eq!(of(|input| matches!(input, Input::Statuses(_))), 2);
}

#[test]
fn entries_are_read_as_they_were_kept_and_older_rows_too() {
    for entry in hour_of_meetings().entries {
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(serde_json::from_str::<TimelineEntry>(&text).unwrap(), entry, "{text}");
    }
    let old = r#"{"at":"2026-11-20T09:00:00Z","connect":null,"teams":null,"rule":null,"target":null,
        "done":"notWritten","guard":"hold"}"#;
    let TimelineEntry::Decision(row) = serde_json::from_str(old).unwrap() else { panic!("a decision") };
    assert_eq!((row.side, row.guard, row.status), (Side::Teams, Some(Guard::Hold), None));
}

fn names() -> Vec<presence::connect::AgentStatus> {
    ["Available", "Offline", "Meeting", "Presenting", "Case work", "Lunch"].map(status).to_vec()
}

/// What a direction decides on a pair: done and guard, and the seconds until it was written.
type Short = Option<(Done, Option<Guard>, Option<u64>)>;

fn tried(connect: ConnectState, teams: TeamsState, ours: (bool, bool)) -> (Short, Short) {
    let pair = Pair { connect, connect_is_ours: ours.0, teams, teams_is_ours: ours.1 };
    let tried = try_pair(&both(), Rules::default(), &names(), &pair, start());
    let short = |outcome: presence::replay::Outcome| {
        let after = outcome.decision.is_written().then_some(outcome.after.as_secs());
        (outcome.decision.done, outcome.decision.guard, after)
    };
    (tried.teams.map(short), tried.connect.map(short))
}

#[test]
fn a_pair_of_states_can_be_tried() {
    let is = |name| ConnectState::Chosen(status(name));
    let left = |guard| Some((Done::NotWritten, Some(guard), None));
    let set = Some((Done::Written, None, Some(15)));
    let call = ConnectState::Contact { activity: Activity::Connected, channel: Channel::Voice };
    let plain = TeamsState::plain(Availability::Away);
    for (connect, teams, ours, towards_teams, towards_connect) in [
        (is("Lunch"), AVAILABLE, (false, false), set, left(Guard::PersonFirst)),
        (is("Lunch"), DO_NOT_DISTURB, (false, false), left(Guard::PersonFirst), left(Guard::NoChange)),
        (is("Available"), AVAILABLE, (false, false), left(Guard::Compare), left(Guard::PersonFirst)),
        (is("Available"), IN_MEETING, (false, false), left(Guard::Masked), set),
        (is("Meeting"), AVAILABLE, (true, false), left(Guard::Compare), set),
        (call, IN_MEETING, (false, false), left(Guard::Masked), set),
        (is("Case work"), BUSY, (false, true), left(Guard::Compare), None),
        (is("Available"), plain, (false, false), set, left(Guard::NoChange)),
    ] {
        let found = tried(connect.clone(), teams.clone(), ours);
        assert_eq!(found, (towards_teams, towards_connect), "{connect:?} {teams:?} {ours:?}");
    }
}

#[test]
fn trying_a_pair_with_nothing_switched_on_decides_nothing_new() {
    let mut off = both();
    off.connect_to_teams.enabled = false;
    off.teams_to_connect.enabled = false;
    let pair = Pair {
        connect: ConnectState::Chosen(status("Lunch")),
        connect_is_ours: false,
        teams: IN_MEETING,
        teams_is_ours: false,
    };
    let tried = try_pair(&off, Rules::default(), &names(), &pair, start());
    assert_eq!(tried.teams.and_then(|outcome| outcome.decision.guard), Some(Guard::Off));
    assert_eq!(tried.connect, None);
}

/// What the agent, the contacts and Teams do, each after the last has settled. No record contains what a person chooses
/// under our own presence, or with nobody there.
fn slow() -> impl Strategy<Value = Act> {
    let client = vec![AVAILABLE, BUSY, IN_MEETING, PRESENTING];
    prop_oneof![2 => snapshots().prop_map(Act::Agent), 1 => prop::sample::select(client).prop_map(Act::Client)]
}

/// The same with both directions on.
fn slow_both() -> impl Strategy<Value = Both> {
    prop_oneof![4 => picks(), 4 => calls(), 4 => clients(), 1 => machines(), 1 => any::<bool>().prop_map(Both::Back)]
}

proptest! {
    #[test]
    fn a_day_played_again_with_its_own_tables_writes_the_same_whatever_happens(acts in vec(slow(), 1..30)) {
        let mut world = World::with(table(), without_forced_sync());
        for act in &acts {
            act.happens(&mut world);
            world.pass(seconds(61));
        }
        let Replay { recorded, replayed } = played(&world, &tables(table()));
        prop_assert_eq!(differences(&recorded, &replayed), []);
    }

    #[test]
    fn a_day_with_both_directions_played_again_writes_the_same_whatever_happens(acts in vec(slow_both(), 1..30)) {
        let mut world = World::both_ways(both(), without_forced_sync());
        world.picks("Available");
        for act in &acts {
            // No record shows that the agent took back a next status of ours, or whose call Teams shows.
            let in_contact = !world.centre.snapshot.contacts.is_empty();
            let is_call = matches!(act, Both::Before(Act::Client(state)) if *state == IN_CALL);
            if is_call || (in_contact && matches!(act, Both::Picks(_))) {
                continue;
            }
            act.happens(&mut world);
            world.pass(seconds(61));
        }
        let Replay { recorded, replayed } = played(&world, &both());
        prop_assert_eq!(differences(&recorded, &replayed), []);
    }

    #[test]
    fn playing_again_is_deterministic_and_never_fails(acts in vec(any_act(), 1..40)) {
        let mut world = World::both_ways(both(), without_forced_sync());
        for act in &acts {
            act.happens(&mut world);
        }
        let edited = Tables { connect_to_teams: with(&table(), "Lunch", Target::Busy), ..both() };
        let once = played(&world, &edited);
        prop_assert_eq!(&once, &played(&world, &edited));
        let mut last = None;
        for row in &once.replayed {
            prop_assert!(last <= Some(row.at));
            last = Some(row.at);
        }
    }
}
