//! The lines of a list: sections, states with their age, and why somebody cannot be called.

use people::{CallingAgent, Colleague, ConnectSeen, Country, Dialable, Person, Reachability};
use presence::{
    aws::UserId,
    connect::{Activity, Channel, ConnectState, StatusKind},
    identity::ObjectId,
    teams::{Availability, TeamsState},
};
use proptest::{option, prelude::*, sample::select};

use super::{super::fixture::*, *};
use crate::{
    model::{Badge, ShownNumber, SideState},
    words::time,
};

fn person(id: &str, numbers: &[&str]) -> Person {
    somebody(id, id, numbers)
}

fn roster() -> Roster {
    let mut roster = Roster::new(None, None);
    roster.add(vec![
        person("anders", &["+44 1632 960001"]),
        person("berit", &["no number"]),
        person("carl", &[]),
    ]);
    let busy = TeamsState::plain(Availability::Busy);
    roster.set_teams(&ObjectId::new("anders"), busy, at(0), at(60));
    roster
}

fn all(facts: &Facts<'_>, roster: &Roster) -> Vec<Line> {
    lines(facts, roster, 0, 500, 1).lines
}

fn of(lines: &[Line], id: &str) -> PersonLine {
    let person = |line: &Line| match line {
        Line::Person(person) if person.id == id => Some((**person).clone()),
        Line::Person(_) | Line::Section { .. } | Line::Department { .. } => None,
    };
    lines.iter().find_map(person).unwrap()
}

#[test]
fn a_state_that_is_too_old_is_unknown_and_says_when_it_was_seen() {
    let mut roster = roster();
    let fresh = of(&all(&facts(), &roster), "anders");
    assert_eq!((fresh.badge, fresh.teams.unwrap().words), (Badge::Busy, say("states.teams.busy")));
    roster.expire_states(at(600));
    let old = of(&all(&facts(), &roster), "anders");
    let words = words::unknown(Some(at(0)));
    assert!(words.contains(&time(at(0))), "{words}");
    assert_eq!(old.teams, Some(SideState { words, badge: Badge::Unknown, since: None }));
    let never = of(&all(&facts(), &roster), "carl");
    assert_eq!(never.teams.unwrap().words, say("states.unknown"));
}

#[test]
fn each_number_says_why_it_cannot_be_dialled() {
    let shown = all(&facts(), &roster());
    let anders = of(&shown, "anders");
    assert_eq!((anders.call_refused, anders.numbers.len()), (None, 1));
    assert_eq!(anders.numbers[0].refused, None);
    assert_eq!(anders.numbers[0].dial.as_ref().map(|dial| dial.e164.as_str()), Some("+441632960001"));
    let berit = of(&shown, "berit");
    assert_eq!(berit.numbers[0].dial, None);
    assert_eq!((berit.call_refused.is_some(), &berit.call_refused), (true, &berit.numbers[0].refused));
    assert_eq!(of(&shown, "carl").call_refused, Some(say("call.refused.noNumber")));
}

#[test]
fn two_numbers_in_one_field_are_two_lines() {
    let mut roster = Roster::new(None, None);
    roster.add(vec![person("eva", &["+44 1632 960001 ext. 4000 / +44 1632 960002,,77"])]);
    let eva = of(&all(&facts(), &roster), "eva");
    let words: Vec<&str> = eva.numbers.iter().map(|number| number.words.as_str()).collect();
    assert_eq!(words, ["+44 1632 960001, ext 4000", "+44 1632 960002,,77"]);
    let dial = |number: &NumberLine| number.dial.clone().map(|dial| (dial.e164, dial.digits));
    let dials: Vec<_> = eva.numbers.iter().filter_map(dial).collect();
    assert_eq!(
        dials,
        [
            ("+441632960001".to_owned(), Some("4000".to_owned())),
            ("+441632960002".to_owned(), Some(",,77".to_owned())),
        ]
    );
}

fn keys(text: &str) -> String {
    text.chars().filter(|letter| letter.is_numeric() || matches!(letter, '*' | '#')).collect()
}

proptest! {
    #[test]
    fn the_dialled_digits_are_those_of_the_line_that_is_shown(
        text in prop_oneof![
            ".{0,40}",
            "[-+()0-9 ,;x#*=.a-z/|&\u{660}-\u{669}]{0,40}",
            "(\\+44 1632 9600[0-9]{2}|0049 30 [0-9]{5,8}|[0-9]{3}-[0-9]{3}-[0-9]{4})( ext |x|,,|, |;|/| / |\\||p|\\*)(\\+44|0|1)?[ 0-9]{0,12}#?",
        ],
        region in option::of(select(vec![Country::GB, Country::US, Country::DE, Country::IT, Country::AR])),
    ) {
        let mut roster = Roster::new(None, region);
        roster.add(vec![person("eva", &[&text])]);
        let eva = of(&all(&facts(), &roster), "eva");
        prop_assert!(!eva.numbers.is_empty());
        for line in eva.numbers {
            match line.dial {
                Some(ShownNumber { e164, digits }) => {
                    prop_assert_eq!(keys(&line.words), keys(&e164) + &keys(&digits.clone().unwrap_or_default()));
                    let again = Dialable::parse(&line.words, region).map(|again| (again.e164, again.digits));
                    prop_assert_eq!(again, Ok((e164, digits)), "read as it is shown");
                }
                None => prop_assert!(line.refused.is_some()),
            }
        }
    }
}

#[test]
fn an_agent_who_cannot_call_is_refused_everywhere() {
    for (caller, key) in [
        (CallingAgent { connect_live: false, ..facts().caller }, "call.refused.notLoggedIn"),
        (CallingAgent { outbound_permission: false, ..facts().caller }, "call.refused.noPermission"),
        (CallingAgent { line: people::VoiceLine::InUse, ..facts().caller }, "call.refused.onACall"),
    ] {
        let anders = of(&all(&Facts { caller, ..facts() }, &roster()), "anders");
        assert_eq!((anders.call_refused, &anders.numbers[0].refused), (Some(say(key)), &Some(say(key))));
    }
}

#[test]
fn a_window_of_the_list_names_where_it_is() {
    let mut roster = roster();
    roster.set_favourite(&PersonId::Entra(ObjectId::new("carl")), true);
    let whole = lines(&facts(), &roster, 0, 500, 7);
    assert_eq!((whole.revision, whole.start, whole.total as usize), (7, 0, whole.lines.len()));
    assert_eq!(whole.lines[0], Line::Section { section: Section::Favourites });
    let part = lines(&facts(), &roster, 1, 2, 7);
    assert_eq!((part.start, part.total, part.lines.as_slice()), (1, whole.total, &whole.lines[1..3]));
    assert_eq!(lines(&facts(), &roster, 99, 2, 7).lines, []);
}

fn user(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

/// Anders has both sides, Dora has Connect alone and may be Berit by her name.
fn with_connect() -> Roster {
    let colleague = |id: &str, username: &str, name: &str| Colleague {
        user: user(id),
        username: username.to_owned(),
        name: name.to_owned(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    };
    let mut roster = roster();
    roster.set_colleagues(vec![
        colleague("u1", "anders@contoso.example", "Anders"),
        colleague("u2", "dora", "Berit"),
        colleague("u3", "erik", ""),
    ]);
    roster
}

fn seen(state: Option<ConnectState>, contacts: usize, reachability: Reachability) -> ConnectSeen {
    ConnectSeen { state, since: Some(at(-90)), contacts, reachability }
}

fn on(activity: Activity, channel: Channel) -> Option<ConnectState> {
    Some(ConnectState::Contact { activity, channel })
}

#[test]
fn a_row_has_the_sides_that_the_person_has() {
    let shown = all(&facts(), &with_connect());
    let sides = |id: &str| {
        let line = of(&shown, id);
        (line.name, line.connect.is_some(), line.teams.is_some())
    };
    assert_eq!(sides("anders"), ("anders".to_owned(), true, true));
    assert_eq!(sides("carl"), ("carl".to_owned(), false, true));
    assert_eq!(sides("connect:u2"), ("Berit".to_owned(), true, false));
    assert_eq!(sides("connect:u3"), ("erik".to_owned(), true, false));
    let dora = of(&shown, "connect:u2");
    assert_eq!((dora.numbers, dora.call_refused), (Vec::new(), Some(say("call.refused.noNumber"))));
}

#[test]
fn what_a_colleague_does_in_connect_has_the_words_of_the_own_card() {
    let mut roster = with_connect();
    let lunch = Some(ConnectState::Chosen(status("Team lunch", StatusKind::Custom)));
    for (state, contacts, words) in [
        (lunch, 0, "Team lunch"),
        (None, 0, "Offline"),
        (on(Activity::Connected, Channel::Voice), 1, "On a call"),
        (on(Activity::Connected, Channel::Chat), 2, "On a chat (2)"),
        (on(Activity::Connected, Channel::Other), 12, "On a contact (12)"),
        (on(Activity::OnHold, Channel::Voice), 1, "On hold"),
        (on(Activity::AfterContactWork, Channel::Voice), 1, "After contact work"),
    ] {
        roster.set_connect(&user("u1"), seen(state, contacts, Reachability::Busy), at(0), at(60));
        let connect = of(&all(&facts(), &roster), "anders").connect.unwrap();
        let expected = SideState { words: words.to_owned(), badge: Badge::Busy, since: Some(at(-90)) };
        assert_eq!(connect, expected);
    }
}

#[test]
fn somebody_who_speaks_or_dials_in_connect_is_on_a_contact() {
    let mut roster = with_connect();
    let lunch = Some(ConnectState::Chosen(status("Team lunch", StatusKind::Custom)));
    for (state, is_on_contact) in [
        (on(Activity::Connected, Channel::Voice), true),
        (on(Activity::Connected, Channel::Chat), true),
        (on(Activity::OnHold, Channel::Voice), true),
        (on(Activity::Dialling, Channel::Voice), true),
        (on(Activity::Incoming, Channel::Voice), false),
        (on(Activity::AfterContactWork, Channel::Voice), false),
        (lunch, false),
        (None, false),
    ] {
        roster.set_connect(&user("u1"), seen(state.clone(), 1, Reachability::Busy), at(0), at(60));
        assert_eq!(of(&all(&facts(), &roster), "anders").on_contact, is_on_contact, "{state:?}");
    }
    roster.set_connect(
        &user("u1"),
        seen(on(Activity::Connected, Channel::Voice), 1, Reachability::Busy),
        at(0),
        at(30),
    );
    roster.expire_states(at(600));
    assert!(!of(&all(&facts(), &roster), "anders").on_contact, "what is too old is not said");
}

#[test]
fn the_badge_is_that_of_the_side_that_matters() {
    let mut roster = with_connect();
    roster.set_connect(&user("u1"), seen(None, 0, Reachability::Offline), at(0), at(60));
    assert_eq!(of(&all(&facts(), &roster), "anders").badge, Badge::Busy);
    roster.set_connect(&user("u1"), seen(None, 0, Reachability::DoNotDisturb), at(0), at(60));
    assert_eq!(of(&all(&facts(), &roster), "anders").badge, Badge::DoNotDisturb);
}

#[test]
fn a_side_that_is_not_known_says_less_beside_one_that_is() {
    let mut roster = with_connect();
    let sides = |roster: &Roster| {
        let line = of(&all(&facts(), roster), "anders");
        (line.connect.unwrap(), line.teams.unwrap())
    };
    let never = SideState { words: say("states.unknown"), badge: Badge::Unknown, since: None };
    assert_eq!(sides(&roster).0, never, "nothing was read of it yet");
    roster.set_connect(&user("u1"), seen(None, 0, Reachability::Offline), at(0), at(30));
    roster.expire_states(at(40));
    assert_eq!(sides(&roster).0, SideState { since: Some(at(0)), ..never });
    roster.expire_states(at(600));
    let last = at(0);
    let old = SideState { words: words::unknown(Some(last)), badge: Badge::Unknown, since: None };
    assert_eq!(sides(&roster), (old.clone(), old), "the words of one are those of both");
}

#[test]
fn somebody_who_is_free_is_not_waited_for() {
    let mut roster = with_connect();
    let anders = PersonId::Entra(ObjectId::new("anders"));
    let waits = |roster: &Roster| of(&all(&facts(), roster), "anders").waits;
    assert_eq!(waits(&roster), Waits::No);
    roster.set_waited_for(&anders, true);
    assert_eq!(waits(&roster), Waits::Waiting);
    let available = TeamsState::plain(Availability::Available);
    roster.set_teams(&ObjectId::new("anders"), available, at(1), at(60));
    assert_eq!(waits(&roster), Waits::Waiting, "nobody knows what he does in Connect");
    roster.set_connect(&user("u1"), seen(None, 0, Reachability::Offline), at(1), at(60));
    assert_eq!(waits(&roster), Waits::Free);
}

#[test]
fn a_possible_join_is_offered_and_a_made_one_can_be_taken_back() {
    let mut roster = with_connect();
    let offer = |roster: &Roster, id: &str| of(&all(&facts(), roster), id).join;
    let proposed = JoinOffer::Propose {
        person: "berit".to_owned(),
        name: "berit".to_owned(),
        detail: "berit@contoso.example".to_owned(),
    };
    assert_eq!(offer(&roster, "connect:u2"), Some(proposed));
    assert_eq!(offer(&roster, "anders"), None, "this is known without the agent");
    roster.confirm_pairing(user("u2"), ObjectId::new("berit"));
    assert_eq!(offer(&roster, "berit"), Some(JoinOffer::Confirmed));
}

#[test]
fn departments_have_their_heads_and_photos_their_version() {
    let mut roster = roster();
    roster.set_photo(&ObjectId::new("carl"), Some("v7".to_owned()));
    roster.set_grouped(true);
    let shown = all(&facts(), &roster);
    assert_eq!(shown[0], Line::Department { name: String::new() });
    assert_eq!(of(&shown, "carl").photo.as_deref(), Some("v7"));
}
