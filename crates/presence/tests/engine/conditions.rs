//! Rows with conditions: source, only while, at most every, and the order in which rows win.

use presence::{
    connect::{Activity, Channel, StatusArn, StatusKind},
    engine::Pace,
    mapping::{
        Conditions, ConnectRow, ConnectTarget, DEFAULT_HOLD, SourceCondition, Tables, Target, TeamsRow,
        TeamsToConnect, TeamsWhen, When,
    },
    teams::{Availability, Detail},
    timeline::{Done, Guard, Side},
};

use super::{
    answering::{next, set},
    cloud::{AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_CALL, IN_MEETING, PRESENTING},
    words::{chosen, contact, minutes, seconds, table, voice},
    world::World,
};

fn to(name: &str) -> ConnectTarget {
    ConnectTarget::Status(StatusArn::new(format!("arn:{name}")))
}

/// Only states of that source.
fn by(source: SourceCondition) -> Conditions<When> {
    Conditions { source: Some(source), ..Conditions::default() }
}

fn busy(target: ConnectTarget, conditions: Conditions<When>) -> TeamsRow {
    TeamsRow { when: TeamsWhen::badge(Availability::Busy), target, conditions }
}

/// Both ways with these rows back, the agent available on both sides for a minute.
fn world(rows: Vec<TeamsRow>) -> World {
    let teams_to_connect = TeamsToConnect::new(true, DEFAULT_HOLD, rows);
    let mut world = World::both_ways(Tables { connect_to_teams: table(), teams_to_connect }, Pace::default());
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    world.forget_the_past();
    world
}

#[test]
fn a_row_for_what_teams_makes_by_itself_spares_a_persons_choice() {
    let do_not_disturb = TeamsRow {
        when: TeamsWhen::badge(Availability::DoNotDisturb),
        target: to("Case work"),
        conditions: by(SourceCondition::Automatic),
    };
    let mut world = world(vec![do_not_disturb]);
    world.person(DO_NOT_DISTURB);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), []);
    world.person(AVAILABLE);
    world.pass(minutes(2));
    world.reset();
    world.client(PRESENTING);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Case work")]);
}

#[test]
fn what_cannot_be_distinguished_from_a_choice_counts_as_automatic() {
    let mut world = world(vec![
        busy(to("Case work"), by(SourceCondition::Person)),
        busy(to("Meeting"), by(SourceCondition::Automatic)),
    ]);
    world.client(BUSY);
    world.pass(minutes(2));
    assert_eq!(world.ordered(), [set("Meeting")]);
}

#[test]
fn a_row_that_does_not_apply_gives_way_to_the_next() {
    let only = |name: &str| Conditions {
        only_while: vec![When::Status(StatusArn::new(format!("arn:{name}")))],
        ..Conditions::default()
    };
    let rows = vec![busy(to("Case work"), only("Lunch")), busy(to("Meeting"), Conditions::default())];
    let mut there = world(rows.clone());
    there.client(IN_MEETING);
    there.pass(minutes(2));
    assert_eq!(there.ordered(), [set("Meeting")]);

    let mut at_lunch = world(rows);
    at_lunch.picks("Lunch");
    at_lunch.pass(minutes(2));
    at_lunch.person(AVAILABLE);
    at_lunch.pass(minutes(2));
    at_lunch.reset();
    at_lunch.client(IN_MEETING);
    at_lunch.pass(minutes(2));
    assert_eq!(at_lunch.ordered(), [set("Case work")]);
}

#[test]
fn only_while_looks_at_every_contact() {
    let during_voice = Conditions {
        only_while: vec![When::Activity { activity: Activity::Connected, channel: Some(Channel::Voice) }],
        ..Conditions::default()
    };
    let mut world = world(vec![TeamsRow {
        when: TeamsWhen::with(Availability::DoNotDisturb, Detail::Presenting),
        target: to("Presenting"),
        conditions: during_voice,
    }]);
    world.agent(contact(Activity::Connected, Channel::Chat));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), []);
    assert_eq!(world.reported_of(Side::Connect).last(), Some(&(Done::NotWritten, Some(Guard::OnlyWhile))));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    world.agent(voice(Activity::Connected));
    world.pass(minutes(1));
    world.client(PRESENTING);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [next("Presenting")]);
}

#[test]
fn a_row_that_wrote_lately_waits_and_loses_nothing() {
    let rarely = Conditions { at_most_every: Some(minutes(10)), ..Conditions::default() };
    let back = TeamsRow::new(TeamsWhen::badge(Availability::Available), ConnectTarget::Restore);
    let mut world = world(vec![busy(to("Meeting"), rarely), back]);
    world.client(IN_CALL);
    world.pass(minutes(1));
    world.client(AVAILABLE);
    world.pass(minutes(1));
    assert_eq!(world.ordered(), [set("Meeting"), set("Available")]);
    world.client(IN_CALL);
    world.pass(minutes(7));
    assert_eq!(world.ordered().len(), 2, "it wrote 9 minutes ago");
    world.pass(minutes(3));
    assert_eq!(world.ordered().last(), Some(&set("Meeting")));
}

#[test]
fn at_most_every_is_remembered_over_a_restart() {
    let mut rows = table().rows().to_vec();
    rows.push(ConnectRow {
        conditions: Conditions { at_most_every: Some(minutes(30)), ..Conditions::default() },
        ..ConnectRow::new(When::Status(StatusArn::new("arn:Meeting")), Target::Busy)
    });
    let mut world = World::with(table().with_rows(rows), Pace::default());
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
    world.agent(chosen("Offline"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    world.restart(true);
    world.agent(chosen("Meeting"));
    world.pass(minutes(20));
    assert_eq!(world.shows(), AVAILABLE);
    world.pass(minutes(10));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn the_hold_of_a_finer_row_counts_for_it_alone() {
    let at_once = Conditions { hold: Some(seconds(0)), ..Conditions::default() };
    let mut world = world(vec![
        TeamsRow {
            when: TeamsWhen::with(Availability::Busy, Detail::InMeeting),
            target: to("Meeting"),
            conditions: at_once,
        },
        busy(to("Case work"), Conditions::default()),
    ]);
    world.polls = false;
    world.pass(seconds(1));
    world.client(IN_MEETING);
    world.sync();
    world.pass(seconds(3));
    assert_eq!(world.ordered(), [set("Meeting")]);
    world.client(AWAY);
    world.sync();
    world.pass(seconds(10));
    world.client(IN_CALL);
    world.sync();
    world.pass(seconds(14));
    assert_eq!(world.ordered().len(), 1);
    world.pass(seconds(3));
    assert_eq!(world.ordered().last(), Some(&set("Case work")));
}

#[test]
fn a_row_for_a_kind_may_demand_that_a_contact_made_it_and_then_never_applies() {
    let mut rows = table().rows().to_vec();
    rows.push(ConnectRow {
        conditions: Conditions { source: Some(SourceCondition::Contact), ..Conditions::default() },
        ..ConnectRow::new(When::Kind(StatusKind::Custom), Target::DoNotDisturb)
    });
    let mut world = World::with(table().with_rows(rows), Pace::default());
    world.agent(chosen("Meeting"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}
