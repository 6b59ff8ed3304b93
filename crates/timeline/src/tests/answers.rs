//! The answer to "Why Busy?": the reason, what is added, and what can be done about it.

use super::*;

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
            format!("Because you chose Busy in Teams yourself, at {}.", time(0)),
            "Connect shows Lunch. A status that you chose yourself is not overwritten.".to_owned(),
            Some(Action::Release),
        ),
        (
            &[lunch(0, Done::NotWritten, Some(Guard::Masked))],
            linked(Link::Masked),
            format!("Because your own choice in Teams hides Be right back, since {}.", time(0)),
            "Connect shows Lunch. The table sets Be right back for Lunch.".to_owned(),
            Some(Action::Release),
        ),
        // What was decided before says nothing about what holds now.
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

/// A person's choice is never said to come "by itself", and the answer never contradicts the rows below.
#[test]
fn what_was_set_in_teams_is_shown_with_its_author_and_what_followed() {
    let state = |availability, detail| TeamsState { detail, ..TeamsState::plain(availability) };
    let in_step = Link::InStep { since: NOON };
    let (choice, led) = (Some(Action::Release), None);
    for (shown, link, because, action) in [
        (
            state(Availability::DoNotDisturb, None),
            Link::HeldByYou,
            "you chose Do not disturb in Teams yourself, at",
            choice,
        ),
        (
            state(Availability::BeRightBack, None),
            in_step.clone(),
            "you chose Be right back in Teams yourself, since",
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
        let answer = answer(&explain(&rows, &current), Some(&shown), &StatusNames::new(&[]), NOON);
        assert_eq!(answer.because, format!("Because {because} {}.", catalog::time(NOON)));
        assert_eq!(answer.detail, "Connect followed to Training.");
        assert_eq!(answer.button.map(|button| button.action), action);
    }
    // From the record alone, by what was recorded.
    let choice = Decision {
        teams: Some(state(Availability::DoNotDisturb, None)),
        ..lunch(0, Done::NotWritten, Some(Guard::Compare))
    };
    let answer = answer(&explain([&choice], &Current::default()), None, &StatusNames::new(&[]), NOON);
    assert!(answer.because.starts_with("You chose Do not disturb"), "{}", answer.because);
}

#[test]
fn what_teams_made_by_itself_is_shown_to_hide_ours_and_cannot_be_released() {
    let meeting = TeamsState { detail: Some(Detail::InMeeting), ..TeamsState::plain(Availability::Busy) };
    let folded = |rows: &[Decision], current: &Current, shown: Option<&TeamsState>| {
        let answer = answer(&explain(rows.iter().rev(), current), shown, &StatusNames::new(&[]), NOON);
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
    let recorded = Decision { teams: Some(meeting.clone()), ..masked };
    assert_eq!(folded(&[recorded], &Current::default(), None), (hidden, None));
    let what = "Because In a meeting, set by Teams, hides what was set.".to_owned();
    assert_eq!(folded(&[], &linked(Link::Masked), Some(&meeting)), (what, None));
}

/// The answer has the button that ends them.
#[test]
fn a_pause_and_a_stop_are_ended_from_the_answer() {
    let stopped = |why| linked(Link::Stopped { until: Some(at(300)), why });
    for (current, because) in [
        (linked(Link::Paused { until: None }), "Because the sync is paused."),
        (linked(Link::Paused { until: Some(at(900)) }), "Because the sync is paused."),
        (
            stopped(provenance::StopReason::Loop { connect: Vec::new(), teams: Vec::new() }),
            "Because the sync stopped: Connect and Teams kept changing each other.",
        ),
        (
            stopped(provenance::StopReason::SecondWriter),
            "Because something else sets your Teams presence too.",
        ),
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
    let why = explain(rows.iter().rev(), &Current::default());
    assert_eq!(why.since, Some(at(60)));
}
