//! Teams follows Connect: the hold, the channels, comparing, giving back.

use presence::{
    connect::{Activity, AgentSnapshot, Channel, ConnectState},
    engine::{Effect, Event, Link, Pace},
    mapping::{ConnectRow, ConnectToTeams, Target, When},
    teams::{PreferredPresence, SessionPresence},
    timeline::{Done, Guard},
};

use super::{
    cloud::{AVAILABLE, AWAY, BE_RIGHT_BACK, BUSY, IN_CALL, IN_MEETING, OFFLINE},
    words::{Short, chosen, contact, edited, minutes, seconds, start, status, table, voice},
    world::{POLL, World},
};

#[test]
fn a_custom_status_becomes_preferred_presence_after_its_hold() {
    let mut world = World::settled(chosen("Available"));
    world.agent(chosen("Lunch"));
    world.pass(seconds(14));
    assert_eq!(world.link(), Link::TeamsFollows { at: start() + seconds(75) });
    assert_eq!(world.written(), []);
    world.pass(seconds(4));
    assert_eq!(
        world.written(),
        [Short::Session(SessionPresence::Available), Short::Preferred(PreferredPresence::BeRightBack)]
    );
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    assert_eq!(world.reported(), [(Done::Written, None), (Done::Confirmed, None)]);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn a_voice_contact_is_a_call_until_its_wrap_up_ends_and_is_then_given_back() {
    let mut world = World::settled(chosen("Whatever"));
    world.agent(voice(Activity::Connected));
    world.pass(seconds(20));
    assert_eq!(world.shows(), IN_CALL);
    for activity in [Activity::OnHold, Activity::Connected, Activity::AfterContactWork] {
        world.agent(voice(activity));
        world.pass(minutes(1));
    }
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    world.agent(chosen("Whatever"));
    world.pass(seconds(20));
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall), Short::NoSession]);
    assert_eq!(world.reported().last(), Some(&(Done::GivenBack, None)));
    assert_eq!(world.link(), Link::NoChange);
}

#[test]
fn a_state_shorter_than_its_hold_leaves_a_row_and_no_write() {
    let mut world = World::settled(chosen("Available"));
    world.agent(chosen("Lunch"));
    world.pass(seconds(10));
    world.agent(chosen("Available"));
    world.pass(minutes(2));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Hold))]);
}

#[test]
fn changes_inside_the_hold_coalesce_to_the_last() {
    let mut world = World::settled(chosen("Available"));
    for status in ["Lunch", "Training", "Errand"] {
        world.agent(chosen(status));
        world.pass(seconds(10));
    }
    assert_eq!(world.written(), []);
    world.pass(seconds(8));
    assert_eq!(world.shows(), AWAY);
    assert_eq!(
        world.reported(),
        [
            (Done::NotWritten, Some(Guard::Hold)),
            (Done::NotWritten, Some(Guard::Hold)),
            (Done::Written, None),
            (Done::Confirmed, None),
        ]
    );
}

#[test]
fn another_state_with_the_same_target_does_not_restart_the_hold() {
    let mut world = World::settled(chosen("Available"));
    world.agent(voice(Activity::Dialling));
    world.pass(seconds(10));
    world.agent(voice(Activity::Connected));
    world.pass(seconds(7));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn a_contact_with_the_same_target_as_the_status_before_does_not_restart_the_hold() {
    let mut world = World::settled(chosen("Available"));
    let mut rows = table().rows().to_vec();
    rows.push(ConnectRow::new(When::Status(status("Phone").arn), Target::InACall));
    world.set_table(table().with_rows(rows));
    world.agent(chosen("Phone"));
    world.pass(seconds(10));
    world.agent(voice(Activity::Dialling));
    world.pass(seconds(7));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn no_change_that_is_reported_again_after_a_contact_does_not_restart_the_hold() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(chosen("Whatever"));
    world.pass(seconds(10));
    world.agent(chosen("Whatever"));
    world.pass(seconds(7));
    assert_eq!(world.written(), [Short::NoSession]);
}

#[test]
fn a_row_may_have_a_hold_of_its_own() {
    let mut world = World::new();
    let mut table = edited(&table(), |row| row.conditions.hold = Some(seconds(40)));
    table.hold = seconds(40);
    world.set_table(table);
    world.agent(chosen("Lunch"));
    world.pass(seconds(39));
    assert_eq!(world.written(), []);
    world.pass(seconds(3));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
}

#[test]
fn without_history_the_first_state_waits_too() {
    let mut world = World::new();
    world.agent(voice(Activity::Connected));
    world.pass(seconds(14));
    assert_eq!(world.written(), []);
    world.pass(seconds(4));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
}

#[test]
fn what_teams_shows_by_itself_is_not_written() {
    let mut world = World::new();
    world.client(IN_CALL);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(3));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Compare))]);
    assert!(matches!(world.link(), Link::InStep { .. }));
}

#[test]
fn what_teams_showed_by_itself_is_written_when_it_ends() {
    let mut world = World::new();
    world.client(IN_CALL);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(3));
    world.client(AVAILABLE);
    world.pass(POLL + seconds(2));
    assert_eq!(world.written(), [Short::Session(SessionPresence::InCall)]);
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn what_teams_showed_by_itself_is_not_written_for_a_state_that_is_over() {
    let mut world = World::settled(chosen("Available"));
    world.agent(voice(Activity::Connected));
    world.pass(seconds(1));
    world.client(AWAY);
    world.pass(seconds(13));
    assert_eq!(world.written(), []);
}

#[test]
fn our_preferred_presence_is_taken_back_before_a_session_target() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(voice(Activity::Connected));
    world.pass(seconds(20));
    assert_eq!(world.written(), [Short::NoPreferred, Short::Session(SessionPresence::InCall)]);
    world.forget_the_past();
    world.agent(chosen("Lunch"));
    world.pass(seconds(20));
    assert_eq!(
        world.written(),
        [Short::Preferred(PreferredPresence::BeRightBack), Short::Session(SessionPresence::Available)],
        "the session changes from the call to Available while the preferred presence hides it"
    );
    world.forget_the_past();
    world.agent(chosen("Available"));
    world.pass(seconds(20));
    assert_eq!(world.written(), [Short::NoPreferred], "the session shows Available already");
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.reported(), [(Done::Written, None), (Done::Confirmed, None)]);
}

#[test]
fn one_preferred_presence_replaces_another_in_one_write() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(chosen("Training"));
    world.pass(seconds(20));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::DoNotDisturb)]);
}

#[test]
fn every_target_shows_what_it_says() {
    for (status, shows) in [
        ("Available", SessionPresence::Available.shows()),
        ("Case work", PreferredPresence::Busy.shows()),
        ("Training", PreferredPresence::DoNotDisturb.shows()),
        ("Lunch", PreferredPresence::BeRightBack.shows()),
        ("Errand", PreferredPresence::AppearAway.shows()),
        ("Hidden", PreferredPresence::AppearOffline.shows()),
    ] {
        let mut world = World::new();
        world.client(OFFLINE);
        world.agent(chosen(status));
        world.pass(seconds(20));
        assert_eq!(world.shows(), shows, "{status}");
        assert!(matches!(world.link(), Link::InStep { .. }), "{status}");
    }
}

#[test]
fn clear_takes_back_what_is_ours() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(chosen("Offline"));
    world.pass(seconds(20));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
    assert_eq!(world.disk, presence::provenance::Provenance::default());
}

#[test]
fn clear_with_nothing_of_ours_writes_nothing() {
    let mut world = World::new();
    world.agent(chosen("Offline"));
    world.pass(minutes(2));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Compare))]);
}

#[test]
fn no_change_keeps_what_is_set_and_is_reported_once() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(voice(Activity::Incoming));
    assert_eq!(world.link(), Link::NoChange);
    world.pass(minutes(10));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported().iter().filter(|(_, guard)| *guard == Some(Guard::NoChange)).count(), 1);
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    assert_eq!(world.renewed().len(), 2, "our session is renewed");
}

#[test]
fn what_was_written_for_a_contact_stays_while_any_contact_is_there() {
    let mut world = World::settled(voice(Activity::Connected));
    world.agent(contact(Activity::Connected, Channel::Chat));
    world.pass(minutes(1));
    assert_eq!(world.shows(), IN_CALL);
    world.agent(chosen("Whatever"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
    assert_eq!(world.written(), [Short::NoSession]);
}

/// Teams shows Away, and our Available lies over it.
fn available_over_away() -> World {
    let mut world = World::new();
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(seconds(20));
    assert_eq!(world.shows(), AVAILABLE);
    world.forget_the_past();
    world
}

#[test]
fn a_meeting_hides_available_and_nothing_is_written_again() {
    let mut world = available_over_away();
    world.client(IN_MEETING);
    world.pass(minutes(3));
    assert_eq!(world.link(), Link::Masked);
    world.client(AVAILABLE);
    world.pass(seconds(20));
    assert!(matches!(world.link(), Link::InStep { .. }));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Masked)), (Done::Confirmed, None)]);
}

#[test]
fn a_table_that_is_switched_off_takes_back_and_writes_nothing_more() {
    let mut world = World::settled(chosen("Lunch"));
    world.enable(false);
    world.pass(seconds(5));
    assert_eq!(world.written(), [Short::NoPreferred, Short::NoSession]);
    assert_eq!(world.link(), Link::Off);
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
    world.agent(voice(Activity::Connected));
    world.pass(minutes(10));
    assert_eq!(world.writes.len(), 2);
    world.enable(true);
    world.pass(seconds(14));
    assert_eq!(world.writes.len(), 2);
    world.pass(seconds(4));
    assert_eq!(world.shows(), IN_CALL);
}

#[test]
fn a_table_that_is_off_from_the_start_is_reported_once() {
    let mut world =
        World::with(ConnectToTeams::new(false, seconds(15), table().rows().to_vec()), Default::default());
    world.agent(chosen("Lunch"));
    world.pass(minutes(5));
    assert_eq!(world.writes, []);
    assert_eq!(world.reported(), [(Done::NotWritten, Some(Guard::Off))]);
}

#[test]
fn an_edited_row_applies_after_a_hold() {
    let mut world = World::settled(chosen("Lunch"));
    world.set_table(edited(&table(), |row| {
        if row.target == Target::BeRightBack {
            row.target = Target::Busy;
        }
    }));
    world.pass(seconds(14));
    assert_eq!(world.written(), []);
    world.pass(seconds(4));
    assert_eq!(world.written(), [Short::Preferred(PreferredPresence::Busy)]);
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn an_edit_that_does_not_concern_the_current_state_writes_nothing() {
    let mut world = World::settled(chosen("Lunch"));
    let rows = table().rows().iter().filter(|row| row.target != Target::DoNotDisturb).cloned().collect();
    world.set_table(table().with_rows(rows));
    world.pass(minutes(2));
    assert_eq!(world.written(), []);
    assert_eq!(world.reported(), []);
}

#[test]
fn a_stale_reading_is_ignored() {
    let mut world = World::settled(chosen("Lunch"));
    let mut old = world.cloud.read(world.now);
    old.state = AVAILABLE;
    old.sequence = Some("00000000".into());
    let effects = world.engine.handle(Event::Teams(old), world.now);
    assert_eq!(effects, []);
    assert_eq!(world.engine.teams(), Some(&BE_RIGHT_BACK));
}

#[test]
fn a_stale_answer_is_waited_out_and_not_asked_for_again_at_once() {
    let mut world = World::settled(chosen("Lunch"));
    let later = world.now + seconds(1);
    assert_eq!(world.engine.handle(Event::Sync, later), [Effect::Read]);
    let mut stale = world.cloud.read(later);
    stale.sequence = Some("00000000".into());
    assert_eq!(world.engine.handle(Event::Teams(stale), later), []);
    assert_eq!(world.engine.handle(Event::Deadline, later), []);
}

fn unknown_contact() -> AgentSnapshot {
    contact(Activity::Connected, Channel::Other)
}

#[test]
fn available_of_ours_is_taken_back_for_a_contact_that_is_not_known() {
    let mut world = available_over_away();
    world.agent(unknown_contact());
    assert!(matches!(world.link(), Link::TeamsFollows { .. }));
    world.pass(minutes(30));
    assert_eq!(world.written(), [Short::NoSession]);
    assert_eq!(world.renewed(), []);
    assert_eq!(world.reported(), [(Done::GivenBack, None)]);
    world.agent(chosen("Available"));
    world.pass(minutes(1));
    assert_eq!(world.shows(), AVAILABLE);
}

#[test]
fn what_is_less_than_available_stays_for_a_contact_that_is_not_known() {
    let mut world = World::settled(chosen("Lunch"));
    world.agent(unknown_contact());
    world.pass(minutes(1));
    assert_eq!(world.shows(), BE_RIGHT_BACK);
    assert_eq!(world.written(), []);
}

#[test]
fn without_any_row_available_of_ours_is_taken_back_too() {
    let kinds = |row: &ConnectRow| matches!(row.when, When::Kind(_));
    let rows = ConnectToTeams::default().rows().iter().filter(|row| kinds(row)).cloned().collect();
    let mut world = World::with(ConnectToTeams::default().with_rows(rows), Pace::default());
    world.client(AWAY);
    world.agent(chosen("Available"));
    world.pass(seconds(20));
    world.forget_the_past();
    world.agent(unknown_contact());
    world.pass(minutes(1));
    assert_eq!(world.written(), [Short::NoSession]);
}

#[test]
fn a_row_without_a_channel_matches_a_contact_that_is_not_known() {
    let connected = When::Activity { activity: Activity::Connected, channel: None };
    let busy = edited(&table(), |row| {
        if row.when == connected {
            row.target = Target::Busy;
        }
    });
    let mut world = World::with(busy, Pace::default());
    world.agent(unknown_contact());
    world.pass(minutes(1));
    assert_eq!(world.shows(), BUSY);
}

#[test]
fn a_call_leads_a_contact_that_is_not_known_and_that_leads_a_chat() {
    let with = |channels: [Channel; 2]| {
        let contacts = channels.map(|channel| contact(Activity::Connected, channel).contacts).concat();
        AgentSnapshot { contacts, ..chosen("Available") }.state()
    };
    let led = |channel| ConnectState::Contact { activity: Activity::Connected, channel };
    assert_eq!(with([Channel::Other, Channel::Voice]), led(Channel::Voice));
    assert_eq!(with([Channel::Chat, Channel::Other]), led(Channel::Other));
}
