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
fn lunch(seconds: i64, done: Done, guard: Option<Guard>) -> Row {
    Row {
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

fn answered(rows: &[Row], current: &Current) -> WhyAnswer {
    let shown = TeamsState::plain(Availability::Busy);
    answer(&why(rows.iter().rev(), current), Some(&shown), &Names::new(&[]), NOON)
}

fn linked(link: Link) -> Current {
    Current { link: Some(link), ..Current::default() }
}

#[test]
fn a_write_with_its_sight_is_one_line_and_a_renewal_is_none() {
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
fn sights_of_both_sides_do_not_mix() {
    let order = |seconds, done| Row {
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
    let names = Names::new(&statuses);
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
    let order = Row {
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
        ("Not written to Teams", "You picked Busy in Teams yourself")
    );
    assert!(!held.is_written);
    let ours = Row { rule: None, target: Some(Target::Clear), ..lunch(0, Done::GivenBack, None) };
    assert_eq!(ours.source(), Some(Source::Ours));
    let ours = line(&folded(ours), &names, NOON);
    assert_eq!((ours.note.as_str(), ours.why.as_str()), ("set by this app", "Connect followed Teams here"));
}

/// What the columns Done and Why say of a decision.
fn columns(row: Row) -> (String, String) {
    let line = line(&FoldedRow { row, confirmed: None }, &Names::new(&[status("Busy")]), NOON);
    (line.done, line.why)
}

#[test]
fn a_table_that_lets_teams_decide_says_so_in_the_words_of_the_wizard() {
    let clear = |done, guard| Row { target: Some(Target::Clear), ..lunch(0, done, guard) };
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
    let both = Row { connect: Some(busy), target: Some(Target::Busy), ..lunch(0, Done::Written, None) };
    assert_eq!(columns(both.clone()).1, "The table has Busy on both sides");
    let order = Row { side: Side::Connect, target: None, status: Some(StatusArn::new("arn:Busy")), ..both };
    assert_eq!(columns(order).1, "The table has Busy on both sides");
}

#[test]
fn what_hides_ours_is_named_as_in_the_drawer() {
    let masked = lunch(0, Done::NotWritten, Some(Guard::Masked));
    assert_eq!(columns(masked.clone()).1, "Your own choice in Teams hides Be right back");
    let call = TeamsState { detail: Some(Detail::InCall), ..TeamsState::plain(Availability::Busy) };
    let by_teams = Row { teams: Some(call), ..masked.clone() };
    assert_eq!(columns(by_teams).1, "In a call, set by Teams, hides Be right back");
    let cleared = Row { target: Some(Target::Clear), ..masked };
    assert_eq!(columns(cleared).1, "Your own choice in Teams hides what was set");
}

#[test]
fn every_guard_has_words_on_both_sides() {
    use Guard::{
        Answered, Breaker, Compare, Contact, DryRun, Every, Hold, Idle, Masked, NoChange, Off, OnlyWhile,
        Pause, PersonFirst, SecondWriter, Source, Tie, Unknown,
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
        Source,
    ] {
        let row = lunch(0, Done::NotWritten, Some(guard));
        for row in [Row { side: Side::Connect, ..row.clone() }, row.clone()] {
            let line = line(&FoldedRow { row, confirmed: None }, &Names::new(&[]), NOON);
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
fn the_answer_says_what_holds() {
    let time = |seconds| catalog::time(at(seconds));
    let written = [lunch(0, Done::Written, None), lunch(60, Done::Confirmed, None)];
    let step = linked(Link::InStep { since: NOON });
    for (rows, current, because, detail, action) in [
        (
            &written[..],
            step.clone(),
            format!("Because the table sets Be right back for Lunch, since {}.", time(0)),
            format!("Teams showed it at {}.", words::seconds(at(60))),
            None,
        ),
        (
            &written[..1],
            step,
            format!("Because the table sets Be right back for Lunch, since {}.", time(0)),
            "Teams has not shown it yet.".to_owned(),
            None,
        ),
        (
            &[lunch(0, Done::NotWritten, Some(Guard::PersonFirst))],
            linked(Link::HeldByYou),
            format!("Because you picked Busy in Teams yourself, at {}.", time(0)),
            "Connect shows Lunch. A status that you picked yourself is not overwritten.".to_owned(),
            Some(Action::Release),
        ),
        (
            &[lunch(0, Done::NotWritten, Some(Guard::Masked))],
            linked(Link::Masked),
            format!("Because your own choice in Teams hides Be right back, since {}.", time(0)),
            "Connect shows Lunch. The table sets Be right back for Lunch.".to_owned(),
            Some(Action::Release),
        ),
        // What was decided before says nothing of what holds now.
        (
            &written[..],
            linked(Link::NotInStep { since: at(120) }),
            format!("Because Connect or Teams is unknown, since {}.", time(120)),
            "Nothing is written until both are known.".to_owned(),
            None,
        ),
        (
            &written[..],
            Current { teams_login: true, ..linked(Link::NotInStep { since: at(120) }) },
            "Because Teams needs a login.".to_owned(),
            String::new(),
            Some(Action::TeamsLogin),
        ),
        (
            &written[..],
            Current { connect_login: true, ..linked(Link::NotInStep { since: at(120) }) },
            "Because ConnectPath needs a login.".to_owned(),
            String::new(),
            Some(Action::ConnectLogin),
        ),
        (&[], Current::default(), "Because nothing has been decided yet.".to_owned(), String::new(), None),
    ] {
        let answer = answered(rows, &current);
        assert_eq!(answer.title, "Why Busy?");
        assert_eq!((answer.because, answer.detail), (because, detail));
        assert_eq!(answer.button.map(|button| button.action), action);
    }
}

/// "By itself" is never said of what a person picked, and never the contrary of the rows below.
#[test]
fn what_was_set_in_teams_is_said_with_whoever_set_it_and_what_followed() {
    let state = |availability, detail| TeamsState { detail, ..TeamsState::plain(availability) };
    let in_step = Link::InStep { since: NOON };
    let (choice, led) = (Some(Action::Release), None);
    for (shown, link, because, action) in [
        (
            state(Availability::DoNotDisturb, None),
            Link::HeldByYou,
            "you picked Do not disturb in Teams yourself, at",
            choice,
        ),
        (
            state(Availability::BeRightBack, None),
            in_step.clone(),
            "you picked Be right back in Teams yourself, since",
            led.clone(),
        ),
        (
            state(Availability::Busy, Some(Detail::InMeeting)),
            in_step,
            "Teams shows In a meeting by itself, since",
            led.clone(),
        ),
        (
            state(Availability::Busy, None),
            Link::TeamsDecides,
            "Busy was set in Teams, by you or by Teams itself, since",
            led,
        ),
    ] {
        let current = Current { teams_since: Some(NOON), followed: Some(status("Training")), ..linked(link) };
        // The last decision for Teams was that there is nothing to write.
        let rows = [lunch(0, Done::NotWritten, Some(Guard::Compare))];
        let answer = answer(&why(&rows, &current), Some(&shown), &Names::new(&[]), NOON);
        assert_eq!(answer.because, format!("Because {because} {}.", catalog::time(NOON)));
        assert_eq!(answer.detail, "Connect followed to Training.");
        assert_eq!(answer.button.map(|button| button.action), action);
    }
    // From the record alone, by what was recorded.
    let choice = Row {
        teams: Some(state(Availability::DoNotDisturb, None)),
        ..lunch(0, Done::NotWritten, Some(Guard::Compare))
    };
    let answer = answer(&why([&choice], &Current::default()), None, &Names::new(&[]), NOON);
    assert!(answer.because.starts_with("You picked Do not disturb"), "{}", answer.because);
}

#[test]
fn what_teams_made_by_itself_is_said_to_hide_ours_and_cannot_be_released() {
    let meeting = TeamsState { detail: Some(Detail::InMeeting), ..TeamsState::plain(Availability::Busy) };
    let folded = |rows: &[Row], current: &Current, shown: Option<&TeamsState>| {
        let answer = answer(&why(rows.iter().rev(), current), shown, &Names::new(&[]), NOON);
        (answer.because, answer.button)
    };
    let masked = lunch(0, Done::NotWritten, Some(Guard::Masked));
    let since = catalog::time(at(0));
    let hidden = format!("In a meeting, set by Teams, hides Be right back, since {since}.");
    assert_eq!(
        folded(std::slice::from_ref(&masked), &linked(Link::Masked), Some(&meeting)),
        (format!("Because {hidden}"), None)
    );
    // From the record alone, by what was recorded.
    let recorded = Row { teams: Some(meeting.clone()), ..masked };
    assert_eq!(folded(&[recorded], &Current::default(), None), (hidden, None));
    let what = "Because In a meeting, set by Teams, hides what was set.".to_owned();
    assert_eq!(folded(&[], &linked(Link::Masked), Some(&meeting)), (what, None));
}

/// What waits until somebody ends it, with the button for that.
#[test]
fn a_pause_and_a_stop_are_ended_from_the_answer() {
    let stopped = |why| linked(Link::Stopped { until: Some(at(300)), why });
    for (current, because) in [
        (linked(Link::Paused { until: None }), "Because the sync is paused."),
        (linked(Link::Paused { until: Some(at(900)) }), "Because the sync is paused."),
        (
            stopped(provenance::Why::Loop { connect: Vec::new(), teams: Vec::new() }),
            "Because the sync stopped: Connect and Teams kept changing each other.",
        ),
        (stopped(provenance::Why::SecondWriter), "Because something else sets your Teams presence too."),
    ] {
        let answer = answered(&[lunch(0, Done::Written, None)], &current);
        assert_eq!(answer.because, because);
        assert_eq!(answer.button, Some(Button::primary("Resume".to_owned(), Action::Resume)));
    }
}

#[test]
fn a_decision_that_was_reported_twice_holds_since_the_first_time() {
    let held = |seconds| lunch(seconds, Done::NotWritten, Some(Guard::PersonFirst));
    let rows = [lunch(0, Done::Written, None), held(60), held(120), held(180)];
    let why = why(rows.iter().rev(), &Current::default());
    assert_eq!(why.since, Some(at(60)));
}

/// A data folder with the statuses and the decisions of a lunch.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    statuses::save(folder.path(), &[status("Lunch"), status("Meeting")]).unwrap();
    let store = Store::new(folder.path());
    let shows = Input::Teams {
        state: TeamsState::plain(Availability::BeRightBack),
        sequence: None,
        is_ours: true,
        ends_ours: false,
        read: at(1),
    };
    for entry in [
        Entry::Decision(lunch(-7200, Done::NotWritten, Some(Guard::Hold))),
        Entry::Decision(lunch(0, Done::Written, None)),
        Entry::Seen(Seen { at: at(1), seen: shows }),
        Entry::Decision(lunch(1, Done::Confirmed, None)),
    ] {
        store.append(&entry).unwrap();
    }
    folder
}

#[test]
fn the_command_line_prints_a_table_newest_first() {
    let folder = folder();
    let text = report(folder.path(), Form::Table, None, at(60));
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Time "));
    assert!(lines[1].contains("Teams set to Be right back") && lines[1].contains(". Confirmed "));
    assert!(lines[2].contains("It did not last long enough"));
    let column = |line: &str, word: &str| line.find(word).map(|at| line[..at].chars().count());
    assert_eq!(column(lines[1], "Lunch"), column(lines[0], "Seen"));
    let since = report(folder.path(), Form::Table, Some(at(-60)), at(60));
    assert_eq!(since.lines().count(), 2);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(report(empty.path(), Form::Table, None, NOON), "Nothing is recorded.\n");
}

#[test]
fn the_command_line_answers_why_as_of_the_last_entry() {
    let folder = folder();
    let text = report(folder.path(), Form::Why, None, at(60));
    assert_eq!(
        text,
        format!(
            "At {time}, according to the record:\nWhy Be right back?\n\
             Because the table sets Be right back for Lunch, since {time}.\nTeams showed it at {seconds}.\n",
            time = catalog::time(NOON),
            seconds = words::seconds(at(1))
        )
    );
}

#[test]
fn an_export_is_everything_that_the_command_line_prints_as_csv() {
    let data = folder();
    let text = export(&Store::new(data.path()), &[], at(60));
    assert_eq!(text.lines().count(), 4);
    assert_eq!(text, report(data.path(), Form::Csv, None, at(60)));
}

#[test]
fn nothing_to_write_is_explained_by_what_was_asked_and_what_was_seen() {
    let asked = |target: Option<Target>, teams: Option<TeamsState>| {
        let row = Row { target, teams, ..lunch(0, Done::NotWritten, Some(Guard::Compare)) };
        words::why(&row, &Names::new(&[]))
    };
    let busy = || Some(TeamsState::plain(Availability::Busy));
    assert_eq!(asked(Some(Target::Busy), busy()), "Teams shows Busy already");
    assert_eq!(asked(Some(Target::Busy), None), "Busy was set before");
    for nothing in [None, Some(Target::Clear), Some(Target::NoChange)] {
        assert_eq!(asked(nothing, busy()), "Teams decides by itself here");
    }
    let row = Row { side: Side::Connect, connect: None, ..lunch(0, Done::NotWritten, Some(Guard::Compare)) };
    assert_eq!(words::why(&row, &Names::new(&[])), "Connect or Teams is unknown");
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
            Guard::Source,
        ] {
            let row = Row { side, connect: None, teams: None, ..lunch(0, Done::NotWritten, Some(guard)) };
            let said = words::why(&row, &Names::new(&[]));
            let is_sentence = said == "Connect or Teams is unknown" || !said.contains("is unknown");
            assert!(is_sentence, "{guard:?}: {said}");
        }
    }
}
