//! The header in each state of the two sides: what is known, what is old, and what is not known.

use presence::{
    connect::{Activity, AgentSnapshot, Channel, Contact, ContactId},
    engine::Link,
    mapping::Target,
    teams::{Availability, TeamsState},
};

use super::{super::fixture::*, *};
use crate::facts::LoginPhase;

#[test]
fn both_sides_are_shown_with_their_age() {
    let header = header(&facts());
    assert_eq!((header.name.as_str(), header.upn.as_str()), ("Anna Berg", "anna@contoso.example"));
    assert_eq!(header.number, None);
    let connect = SideState { words: "Available".to_owned(), badge: Badge::Available, since: Some(at(-60)) };
    let teams = SideState { words: "Available".to_owned(), badge: Badge::Available, since: Some(at(-30)) };
    assert_eq!((header.connect, header.teams), (connect, teams));
    assert_eq!(header.why, Some(fill("timeline.answer.title", &[("state", "Available")])));
}

#[test]
fn the_own_number_is_under_the_name_if_the_directory_has_one() {
    let mut facts = facts();
    let table = [
        ("+12065550142;ext=4102", "+1 206-555-0142, ext 4102", "+1 206-555-0142 ext 4102"),
        ("01632 960001", "+44 1632 960001", "+44 1632 960001"),
        ("+44 1632 960001,,77#", "+44 1632 960001,,77#", "+44 1632 960001,,77#"),
        ("01632 960001; 01632 960002", "+44 1632 960001", "+44 1632 960001"),
        (" 4102 ", "4102", "4102"),
    ];
    facts.settings.region = Some(Country::GB);
    for (as_written, words, copy) in table {
        facts.teams.number = Some(as_written);
        let shown = header(&facts).number.unwrap();
        assert_eq!((shown.words.as_str(), shown.copy.as_str()), (words, copy), "{as_written}");
    }
}

#[test]
fn what_is_copied_is_read_as_the_same_number_again() {
    let mut facts = facts();
    facts.settings.region = Some(Country::US);
    for as_written in ["(206) 555-0142 x4102", "+1 206 555 0142", "+1 206 555 0142,,4102#"] {
        facts.teams.number = Some(as_written);
        let copied = header(&facts).number.unwrap().copy;
        assert_eq!(Dialable::parse(&copied, None), Dialable::parse(as_written, Some(Country::US)));
    }
}

#[test]
fn the_own_number_knows_whether_it_is_in_the_status_message_and_who_says_so() {
    let mut facts = facts();
    facts.teams.number = Some("+44 1632 960001");
    for (wish, is_in) in
        [(StatusMessage::Off, false), (StatusMessage::Number, true), (StatusMessage::Status, false)]
    {
        facts.settings.status_message = wish;
        assert_eq!(header(&facts).number.map(|number| number.in_status), Some(is_in), "{wish:?}");
    }
    facts.settings.status_message_is_locked = true;
    assert!(header(&facts).number.unwrap().status_locked);
}

#[test]
fn the_agents_name_is_used_until_somebody_is_signed_in() {
    let mut facts = facts();
    facts.login.who = None;
    let shown = header(&facts);
    assert_eq!((shown.name.as_str(), shown.upn.as_str()), ("Anna B.", ""));
    facts.connect.agent = None;
    assert_eq!(header(&facts).name, "");
}

#[test]
fn an_old_state_in_connect_is_shown_as_unknown_with_its_words_and_its_age() {
    let mut facts = facts();
    facts.connect.live = None;
    facts.connect.phase = Phase::Old;
    let old = SideState { words: "Available".to_owned(), badge: Badge::Unknown, since: Some(at(-2)) };
    assert_eq!(header(&facts).connect, old);
    for phase in
        [Phase::Lost, Phase::NoAnswer, Phase::LoginNeeded, Phase::Starting, Phase::NotYet, Phase::NotApproved]
    {
        facts.connect.phase = phase;
        let lost = SideState { words: say("states.unknown"), badge: Badge::Unknown, since: Some(at(-2)) };
        assert_eq!(header(&facts).connect, lost, "{phase:?}");
    }
    facts.connect.last = None;
    assert_eq!(header(&facts).connect.since, None);
}

#[test]
fn a_state_in_teams_that_is_not_known_has_the_time_of_the_last_reading() {
    let unknown = SideState { words: say("states.unknown"), badge: Badge::Unknown, since: Some(at(-5)) };
    let mut not_read = facts();
    not_read.teams.shown = None;
    assert_eq!(header(&not_read).teams, unknown);
    // A state that was read before the authorization ended is not the current one.
    let mut signed_out = facts();
    signed_out.login.phase = LoginPhase::SignedOut { since: None };
    assert_eq!(header(&signed_out).teams, unknown);
    for facts in [not_read, signed_out] {
        assert_eq!(header(&facts).why, Some(say("timeline.answer.whatHappened")));
    }
}

#[test]
fn there_is_no_why_while_the_sides_are_not_in_step() {
    let mut facts = facts();
    facts.sync.link = Link::NotInStep { since: at(-30) };
    assert_eq!(header(&facts).why, Some(say("timeline.answer.whatHappened")));
    let busy = TeamsState::plain(Availability::Busy);
    facts.sync.link = Link::HeldByYou;
    facts.teams.shown = Some((&busy, None));
    assert_eq!(header(&facts).why, Some(fill("timeline.answer.title", &[("state", "Busy")])));
}

#[test]
fn a_custom_status_has_the_badge_of_what_it_asks_for() {
    let mut facts = facts();
    facts.connect.live = Some(&LUNCH);
    for (target, badge) in [
        (Target::Available, Badge::Available),
        (Target::InACall, Badge::Busy),
        (Target::Busy, Badge::Busy),
        (Target::DoNotDisturb, Badge::DoNotDisturb),
        (Target::AppearOffline, Badge::Offline),
        (Target::BeRightBack, Badge::Away),
        (Target::AppearAway, Badge::Away),
        (Target::NoChange, Badge::Away),
        (Target::Clear, Badge::Away),
    ] {
        facts.connect.asks_for = Some(target);
        assert_eq!(header(&facts).connect.badge, badge, "{target:?}");
    }
}

#[test]
fn a_contact_is_busy_and_a_routable_status_available_whatever_the_table_asks_for() {
    let mut facts = facts();
    facts.connect.asks_for = Some(Target::AppearOffline);
    assert_eq!(header(&facts).connect.badge, Badge::Available);
    let contact = Contact {
        id: ContactId::new("1"),
        channel: Channel::Voice,
        activity: Activity::Connected,
        since: at(-20),
    };
    let on_a_call = AgentSnapshot { contacts: vec![contact], ..AVAILABLE.clone() };
    facts.connect.live = Some(&on_a_call);
    assert_eq!(header(&facts).connect.badge, Badge::Busy);
}
