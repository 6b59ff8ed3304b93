//! Offline first: a routable status that goes by Offline, as one transaction.

use presence::{
    connect::{Activity, AgentSnapshot, StatusArn, StatusKind},
    engine::{Link, Machine, OfflineFirst, Pace, Rules},
    mapping::{ConnectTarget, Tables, TeamsRow, TeamsWhen, When},
    provenance::OwnStatus,
    teams::{Availability, TeamsState},
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{in_meeting, proposal, set},
    centre::{Lost, Ordered},
    cloud::{AVAILABLE, AWAY, IN_MEETING, PRESENTING},
    words::{chosen, edited, minutes, seconds, status, table},
    world::{Happening, World},
};

/// In a meeting; every routable status goes by Offline.
fn always() -> World {
    let mut world = in_meeting();
    world.rules(Rules { offline_first: OfflineFirst::Always, ..Rules::default() });
    world.forget_the_past();
    world
}

/// The meeting is over, and Connect shows the step to Offline.
pub fn at_the_step() -> World {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass_until(|world| world.chosen() == "Offline");
    world
}

/// The step is ordered, and the next orders are lost.
pub fn stuck(lost: usize) -> World {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass_until(|world| !world.ordered().is_empty());
    world.centre.fates = vec![Lost::Refused; lost];
    world
}

fn by_offline() -> [Ordered; 2] {
    [set("Offline"), set("Available")]
}

#[test]
fn always_goes_by_offline() {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), by_offline());
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.disk.passage, None);
    assert_eq!(world.disk.status, None, "nothing of ours is left");
    let done: Vec<_> = world.reported_of(Side::Connect).iter().map(|(done, _)| *done).collect();
    assert_eq!(done, [Done::Written, Done::Confirmed, Done::Written, Done::Confirmed]);
    let restores = world.centre.table.rows().iter().position(|row| row.target == ConnectTarget::Restore);
    assert!(world.rows.iter().filter(|row| row.side == Side::Connect).all(|row| row.rule == restores));
}

/// Away sets *Available*, and the agent is in that status.
fn away_is_available(from: &str, edit: fn(&mut TeamsRow)) -> World {
    let away = TeamsWhen::badge(Availability::Away);
    let back = edited(&proposal(), |row| {
        if row.when == away {
            row.target = ConnectTarget::Status(StatusArn::new("arn:Available"));
            edit(row);
        }
    });
    let mut world =
        World::both_ways(Tables { connect_to_teams: table(), teams_to_connect: back }, Pace::default());
    world.picks(from);
    world.pass(minutes(1));
    world.forget_the_past();
    world
}

#[test]
fn what_a_row_names_is_ours_once_it_has_come_by_offline() {
    let mut world = away_is_available("Whatever", |_| {});
    world.rules(Rules { offline_first: OfflineFirst::Always, ..Rules::default() });
    world.client(AWAY);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), by_offline());
    let own = OwnStatus { status: StatusArn::new("arn:Available"), earlier: StatusArn::new("arn:Whatever") };
    assert_eq!(world.disk.status, Some(own));
}

#[test]
fn the_status_that_is_put_back_stays_the_agents() {
    let mut world = away_is_available("Whatever", |_| {});
    world.rules(Rules { offline_first: OfflineFirst::Always, ..Rules::default() });
    world.client(AWAY);
    world.pass_until(|world| !world.ordered().is_empty());
    world.centre.fates = vec![Lost::Refused];
    world.pass(seconds(1));
    assert_eq!(world.chosen(), "Offline");
    world.pause(None);
    world.pass(seconds(10));
    assert_eq!(world.chosen(), "Whatever");
    assert_eq!(world.disk.status, None);
}

/// *Available* is ordered, and does not show.
fn does_not_show(mut world: World, state: TeamsState) -> World {
    world.forget_the_past();
    world.centre.fates = vec![Lost::Ignored];
    world.client(state);
    world.pass_until(|world| !world.ordered().is_empty());
    world.pass(seconds(1));
    world
}

#[test]
fn a_contact_that_keeps_a_status_from_showing_is_waited_for() {
    let mut world = does_not_show(in_meeting(), AVAILABLE);
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Available")]);
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Available"), set("Available")]);
}

#[test]
fn what_teams_enters_before_the_detour_keeps_its_hold() {
    let mut world = does_not_show(in_meeting(), AVAILABLE);
    world.polls = false;
    world.client(PRESENTING);
    world.read_as_of(world.now);
    world.pass(seconds(20));
    assert_eq!(world.ordered(), [set("Available"), set("Offline"), set("Available"), set("Presenting")]);
}

#[test]
fn a_status_that_does_not_show_goes_by_offline_only_if_connect_has_not_changed() {
    let happens: [Happening; 3] = [
        |world| world.call(Some(Activity::Connected)),
        |world| world.picks("Lunch"),
        |world| world.agent(AgentSnapshot { next: Some(status("Lunch")), ..chosen("Meeting") }),
    ];
    for happens in happens {
        let mut world = does_not_show(in_meeting(), AVAILABLE);
        happens(&mut world);
        world.pass(seconds(10));
        assert!(!world.ordered().contains(&set("Offline")), "{:?}", world.ordered());
    }
    let from_offline = away_is_available("Offline", |row| {
        row.conditions.only_while = vec![When::Kind(StatusKind::Offline)];
    });
    let mut world = does_not_show(from_offline, AWAY);
    world.pass(seconds(10));
    assert_eq!(world.ordered(), [set("Available")]);
}

#[test]
fn a_routable_status_that_shows_needs_no_detour() {
    let mut world = in_meeting();
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
}

#[test]
fn a_routable_status_that_does_not_show_within_three_seconds_goes_by_offline() {
    let mut world = in_meeting();
    world.forget_the_past();
    world.centre.fates = vec![Lost::Ignored];
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Available"), set("Offline"), set("Available")]);
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.disk.status, None);
}

#[test]
fn the_step_asks_nothing_of_teams_and_is_nobodys_choice() {
    let mut world = stuck(3);
    let written = world.written();
    world.pass(seconds(4));
    assert_eq!(world.chosen(), "Offline");
    assert_eq!(world.written(), written);
    assert!(!matches!(world.link(), Link::TeamsFollows { .. }));
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    world.client(IN_MEETING);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Meeting", "the way back was not taken for a choice of the agent");
}

#[test]
fn a_crash_at_the_step_is_finished_after_the_start() {
    let mut world = at_the_step();
    world.restart(false);
    world.pass(seconds(10));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.disk.passage, None);
}

#[test]
fn a_crash_before_the_step_is_finished_after_the_start() {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass_until(|world| !world.ordered().is_empty());
    world.restart(false);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Offline"), set("Offline"), set("Available")]);
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn after_a_crash_with_nobody_there_the_agent_is_asked() {
    let mut world = at_the_step();
    world.centre.machine = Machine::Locked;
    world.restart(false);
    world.pass(minutes(10));
    assert_eq!(world.chosen(), "Offline");
    assert_eq!(world.centre.question.as_ref().map(|status| status.name.as_str()), Some("Available"));
    let idle = (Done::NotWritten, Some(Guard::Idle));
    assert_eq!(world.reported_of(Side::Connect).into_iter().filter(|reported| *reported == idle).count(), 1);
    world.back(true);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn an_agent_who_is_not_back_is_put_back_to_the_status_before() {
    let mut world = at_the_step();
    world.centre.machine = Machine::Idle;
    world.restart(false);
    world.pass(minutes(1));
    world.back(false);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.disk.passage, None);
    world.pass(minutes(10));
    assert_eq!(world.centre.question, None);
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_question_at_the_step_ends_with_its_reason() {
    let mut world = at_the_step();
    world.centre.machine = Machine::Idle;
    world.restart(false);
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.centre.question, None);
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_contact_before_the_step_undoes_it_and_the_state_is_answered_after_it() {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass_until(|world| !world.ordered().is_empty());
    world.call(Some(Activity::Connected));
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.ordered(), [set("Offline")], "it was refused as stale");
    world.call(None);
    world.pass(minutes(1));
    assert_eq!(world.chosen(), "Available");
    assert_eq!(world.ordered(), [set("Offline"), set("Offline"), set("Available")]);
}

#[test]
fn a_contact_at_the_step_is_waited_for() {
    let mut world = at_the_step();
    world.call(Some(Activity::Connected));
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Offline");
    world.call(None);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Available");
}

#[test]
fn consent_given_before_a_contact_at_the_step_is_asked_for_again() {
    let mut world = always();
    world.machine(Machine::Idle);
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.back(true);
    world.pass_until(|world| world.chosen() == "Offline");
    world.call(Some(Activity::Connected));
    world.pass(minutes(1));
    world.call(None);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Offline");
    assert!(world.centre.question.is_some());
}

#[test]
fn another_choice_ends_the_passage() {
    let mut world = at_the_step();
    world.picks("Lunch");
    world.pass(minutes(2));
    assert_eq!(world.chosen(), "Lunch");
    assert_eq!(world.disk.passage, None);
    assert_eq!(world.ordered(), [set("Offline"), set("Available")]);
}

#[test]
fn a_pause_at_the_step_puts_the_agent_back_to_the_status_before() {
    let mut world = at_the_step();
    world.pause(None);
    world.pass(seconds(2));
    let ends = world.chosen().to_owned();
    assert!(["Meeting", "Available"].contains(&ends.as_str()), "{ends}");
    assert_eq!(world.disk.passage, None);

    let mut world = at_the_step();
    world.centre.machine = Machine::Idle;
    world.restart(false);
    world.pass(minutes(1));
    world.pause(None);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.centre.question, None);
}

#[test]
fn switching_the_way_to_connect_off_puts_the_agent_back() {
    let mut world = at_the_step();
    world.centre.machine = Machine::Idle;
    world.restart(false);
    world.pass(minutes(1));
    world.enable_teams(false);
    world.pass(seconds(5));
    assert_eq!(world.chosen(), "Meeting");
}

#[test]
fn a_status_that_never_shows_leads_back_to_the_one_before() {
    let mut world = stuck(4);
    world.pass(minutes(3));
    assert_eq!(world.chosen(), "Meeting");
    let tries = vec![set("Available"); 4];
    assert_eq!(world.ordered(), [vec![set("Offline")], tries, vec![set("Meeting")]].concat());
}

#[test]
fn a_step_that_never_shows_is_given_up() {
    let mut world = always();
    world.centre.fates = vec![Lost::Ignored; 50];
    world.client(AVAILABLE);
    world.pass(minutes(30));
    assert_eq!(world.chosen(), "Meeting");
    assert_eq!(world.disk.passage, None);
    assert_eq!(world.ordered(), vec![set("Offline"); 4], "the first order and three more tries");
}

#[test]
fn a_detour_counts_as_one_answer() {
    let mut world = always();
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.client(AWAY);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), by_offline());
    assert_eq!(world.alarms, []);
}
