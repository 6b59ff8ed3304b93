//! Cases that once kept the engine from coming to rest.

use presence::{
    check::loops,
    mapping::{Conditions, ConnectRow, ConnectTarget, Target, TeamsWhen},
    teams::{Availability, SessionPresence, TeamsState},
};

use super::{
    simulation::{Start, rests},
    words::{back, forth, set, statuses, tables},
};

/// The same start, if nobody was there before our session was set.
fn begun_over_offline(seen: &Start) -> Start {
    Start {
        alone: TeamsState::plain(Availability::Offline),
        session: Some(SessionPresence::Available),
        ..seen.clone()
    }
}

/// Our Available counted as what Teams shows by itself, so the row ended by what it had written itself.
#[test]
fn a_row_that_asks_for_available_only_while_away_does_not_end_itself() {
    let while_away =
        Conditions { only_while: vec![TeamsWhen::badge(Availability::Away)], ..Conditions::default() };
    let tables = tables(
        vec![
            ConnectRow { conditions: while_away, ..forth("Lunch", Target::Available) },
            forth("Lunch", Target::Clear),
        ],
        Vec::new(),
    );
    let all = statuses(&["Lunch"]);
    assert!(rests(&tables, &all, &Start::fresh(&all[0], TeamsState::plain(Availability::Away))));
}

/// Somebody came while ours was set. Busy may be a choice that our session uncovers, so still nobody counts as there.
#[test]
fn what_was_seen_before_ours_was_set_can_keep_a_loop_going() {
    let while_offline =
        Conditions { only_while: vec![TeamsWhen::badge(Availability::Offline)], ..Conditions::default() };
    let tables = tables(
        vec![
            ConnectRow { conditions: while_offline, ..forth("Available", Target::BeRightBack) },
            forth("Lunch", Target::Available),
        ],
        vec![back(Availability::BeRightBack, set("Lunch")), back(Availability::Busy, ConnectTarget::Restore)],
    );
    let all = statuses(&["Available", "Lunch"]);
    let seen = Start::fresh(&all[0], TeamsState::plain(Availability::Busy));
    let hidden = begun_over_offline(&seen);
    assert!(rests(&tables, &all, &seen));
    assert!(!rests(&tables, &all, &hidden));
    assert_eq!(loops(&tables, &all).len(), 1);
}

/// The same if no row speaks of the state seen before: it prevents the row for Busy from ever applying.
#[test]
fn what_was_seen_before_ours_was_set_counts_if_no_row_names_it() {
    let while_busy =
        Conditions { only_while: vec![TeamsWhen::badge(Availability::Busy)], ..Conditions::default() };
    let tables = tables(
        vec![
            ConnectRow { conditions: while_busy, ..forth("Lunch", Target::DoNotDisturb) },
            forth("Lunch", Target::Available),
            forth("Training", Target::AppearAway),
        ],
        vec![back(Availability::Away, set("Lunch")), back(Availability::Busy, ConnectTarget::Restore)],
    );
    let all = statuses(&["Lunch", "Training"]);
    let seen = Start::fresh(&all[1], TeamsState::plain(Availability::Busy));
    let hidden = begun_over_offline(&seen);
    assert!(rests(&tables, &all, &seen));
    assert!(!rests(&tables, &all, &hidden));
    assert_eq!(loops(&tables, &all).len(), 1);
}
