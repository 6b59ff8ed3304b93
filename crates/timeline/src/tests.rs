//! Decisions as lines: how they are folded, and the words of their columns.

mod answers;
mod reports;

use jiff::SignedDuration;
use presence::{
    connect::{ConnectState, StatusArn, StatusKind},
    engine::Link,
    mapping::Target,
    provenance,
    source::Source,
    teams::{Availability, Detail, TeamsState},
    timeline::{Done, Guard, Side},
};
use view::{
    Action, Button,
    timeline::{DoneSign, SeenGlyph, WhyAnswer},
};

use super::{fold::FoldedRow, *};

const NOON: Timestamp = Timestamp::constant(1_800_014_400, 0);

fn at(seconds: i64) -> Timestamp {
    NOON + SignedDuration::from_secs(seconds)
}

fn status(name: &str) -> AgentStatus {
    AgentStatus { arn: StatusArn::new(format!("arn:{name}")), name: name.into(), kind: StatusKind::Custom }
}

/// A decision about Lunch, for which the table has Be right back.
fn lunch(seconds: i64, done: Done, guard: Option<Guard>) -> Decision {
    Decision {
        at: at(seconds),
        side: Side::Teams,
        connect: Some(ConnectState::Chosen(status("Lunch"))),
        teams: Some(TeamsState::plain(Availability::Busy)),
        rule: Some(3),
        target: Some(Target::BeRightBack),
        status: None,
        done,
        guard,
    }
}

fn answered(rows: &[Decision], current: &Current) -> WhyAnswer {
    let shown = TeamsState::plain(Availability::Busy);
    answer(&explain(rows.iter().rev(), current), Some(&shown), &StatusNames::new(&[]), NOON)
}

fn linked(link: Link) -> Current {
    Current { link: Some(link), ..Current::default() }
}

#[test]
fn a_write_and_its_confirmation_are_one_line_and_a_renewal_has_none() {
    let rows = [
        lunch(0, Done::Written, None),
        lunch(1, Done::Confirmed, None),
        lunch(240, Done::Renewed, None),
        lunch(300, Done::NotWritten, Some(Guard::Masked)),
        lunch(310, Done::Confirmed, None),
    ];
    let folded: Vec<_> =
        fold(rows.iter().rev().cloned()).map(|folded| (folded.row.at, folded.confirmed)).collect();
    assert_eq!(folded, [(at(310), None), (at(300), None), (at(0), Some(at(1)))]);
}

#[test]
fn confirmations_of_both_sides_do_not_mix() {
    let order = |seconds, done| Decision {
        side: Side::Connect,
        target: None,
        status: Some(StatusArn::new("arn:Meeting")),
        ..lunch(seconds, done, None)
    };
    let rows = [
        lunch(0, Done::Written, None),
        order(1, Done::Written),
        lunch(2, Done::Confirmed, None),
        order(3, Done::Confirmed),
    ];
    let folded: Vec<_> =
        fold(rows.iter().rev().cloned()).map(|folded| (folded.row.at, folded.confirmed)).collect();
    assert_eq!(folded, [(at(1), Some(at(3))), (at(0), Some(at(2)))]);
}

#[test]
fn a_line_names_the_row_or_the_guard() {
    let statuses = [status("Meeting")];
    let names = StatusNames::new(&statuses);
    let folded = |row| FoldedRow { row, confirmed: None };
    let written = line(&folded(lunch(0, Done::Written, None)), &names, NOON);
    assert_eq!(
        (written.done.as_str(), written.why.as_str()),
        ("Teams set to Be right back", "The table sets Be right back for Lunch")
    );
    assert_eq!(
        (written.sign, written.glyph, written.is_written),
        (DoneSign::Written, SeenGlyph::Connect, true)
    );
    let order = Decision {
        side: Side::Connect,
        target: None,
        status: Some(StatusArn::new("arn:Meeting")),
        ..lunch(0, Done::Written, None)
    };
    let order = line(&folded(order), &names, NOON);
    assert_eq!(
        (order.done.as_str(), order.why.as_str()),
        ("Connect set to Meeting", "The table sets Meeting for Busy")
    );
    let held = line(&folded(lunch(0, Done::NotWritten, Some(Guard::PersonFirst))), &names, NOON);
    assert_eq!(
        (held.done.as_str(), held.why.as_str()),
        ("Not written to Teams", "You chose Busy in Teams yourself")
    );
    assert!(!held.is_written);
    let ours = Decision { rule: None, target: Some(Target::Clear), ..lunch(0, Done::GivenBack, None) };
    assert_eq!(ours.source(), Some(Source::Ours));
    let ours = line(&folded(ours), &names, NOON);
    assert_eq!((ours.note.as_str(), ours.why.as_str()), ("set by this app", "Connect followed Teams here"));
}

/// What the columns Done and Why say about a decision.
fn columns(row: Decision) -> (String, String) {
    let line = line(&FoldedRow { row, confirmed: None }, &StatusNames::new(&[status("Busy")]), NOON);
    (line.done, line.why)
}

#[test]
fn a_table_that_lets_teams_decide_says_so_in_the_words_of_the_wizard() {
    let clear = |done, guard| Decision { target: Some(Target::Clear), ..lunch(0, done, guard) };
    let why = "The table lets Teams decide by itself for Lunch".to_owned();
    let ours = |done: &str| (done.to_owned(), why.clone());
    assert_eq!(columns(clear(Done::GivenBack, None)), ours("Our status removed from Teams"));
    assert_eq!(columns(clear(Done::Written, None)), ours("Our status removed from Teams"));
    let (done, _) = columns(clear(Done::DryRun, Some(Guard::DryRun)));
    assert_eq!(done, "Our status would have been removed from Teams");
    assert_eq!(words::target(Target::Clear), "Teams decides by itself");
}

#[test]
fn a_table_that_has_the_same_on_both_sides_says_it_once() {
    let busy = ConnectState::Chosen(status("Busy"));
    let both = Decision { connect: Some(busy), target: Some(Target::Busy), ..lunch(0, Done::Written, None) };
    assert_eq!(columns(both.clone()).1, "The table has Busy on both sides");
    let order =
        Decision { side: Side::Connect, target: None, status: Some(StatusArn::new("arn:Busy")), ..both };
    assert_eq!(columns(order).1, "The table has Busy on both sides");
}

#[test]
fn what_hides_ours_is_named_as_in_the_drawer() {
    let masked = lunch(0, Done::NotWritten, Some(Guard::Masked));
    assert_eq!(columns(masked.clone()).1, "Your own choice in Teams hides Be right back");
    let call = TeamsState { detail: Some(Detail::InCall), ..TeamsState::plain(Availability::Busy) };
    let by_teams = Decision { teams: Some(call), ..masked.clone() };
    assert_eq!(columns(by_teams).1, "In a call, set by Teams, hides Be right back");
    let cleared = Decision { target: Some(Target::Clear), ..masked };
    assert_eq!(columns(cleared).1, "Your own choice in Teams hides what was set");
}

#[test]
fn every_guard_has_words_on_both_sides() {
    use Guard::{
        Answered, Breaker, Compare, Contact, DryRun, Every, Hold, Idle, Masked, NoChange, Off, OnlyWhile,
        Pause, PersonFirst, SecondWriter, Tie, Unknown,
    };
    for guard in [
        Hold,
        Compare,
        NoChange,
        PersonFirst,
        Masked,
        Unknown,
        Off,
        Contact,
        Idle,
        Tie,
        Answered,
        OnlyWhile,
        Pause,
        DryRun,
        Breaker,
        SecondWriter,
        Every,
    ] {
        let row = lunch(0, Done::NotWritten, Some(guard));
        for row in [Decision { side: Side::Connect, ..row.clone() }, row.clone()] {
            let line = line(&FoldedRow { row, confirmed: None }, &StatusNames::new(&[]), NOON);
            assert!(!line.why.is_empty() && !line.done.is_empty());
        }
        for current in [Current::default(), linked(Link::Off)] {
            assert!(
                answered(std::slice::from_ref(&row), &current).because.starts_with("Because "),
                "{guard:?}"
            );
        }
    }
}

#[test]
fn nothing_to_write_is_explained_by_what_was_asked_and_what_was_seen() {
    let asked = |target: Option<Target>, teams: Option<TeamsState>| {
        let row = Decision { target, teams, ..lunch(0, Done::NotWritten, Some(Guard::Compare)) };
        words::why(&row, &StatusNames::new(&[]))
    };
    let busy = || Some(TeamsState::plain(Availability::Busy));
    assert_eq!(asked(Some(Target::Busy), busy()), "Teams shows Busy already");
    assert_eq!(asked(Some(Target::Busy), None), "Busy was set before");
    for nothing in [None, Some(Target::Clear), Some(Target::NoChange)] {
        assert_eq!(asked(nothing, busy()), "Teams decides by itself here");
    }
    let row =
        Decision { side: Side::Connect, connect: None, ..lunch(0, Done::NotWritten, Some(Guard::Compare)) };
    assert_eq!(words::why(&row, &StatusNames::new(&[])), "Connect or Teams is unknown");
}

#[test]
fn no_text_quotes_an_unknown_state_as_if_it_were_shown() {
    for side in [Side::Teams, Side::Connect] {
        for guard in [
            Guard::Hold,
            Guard::Compare,
            Guard::NoChange,
            Guard::PersonFirst,
            Guard::Masked,
            Guard::Answered,
            Guard::OnlyWhile,
            Guard::Every,
        ] {
            let row =
                Decision { side, connect: None, teams: None, ..lunch(0, Done::NotWritten, Some(guard)) };
            let said = words::why(&row, &StatusNames::new(&[]));
            let is_sentence = said == "Connect or Teams is unknown" || !said.contains("is unknown");
            assert!(is_sentence, "{guard:?}: {said}");
        }
    }
}
