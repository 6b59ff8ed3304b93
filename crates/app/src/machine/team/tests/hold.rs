//! No row moves under a pointer or the focus, for a while.

use super::*;

/// A list of three people, of whom only the last one is available; that became known while the list was held.
fn misplaced() -> Team {
    let mut team = listed(3);
    team.on(TeamIn::Due, at(0));
    team.on(TeamIn::Presences(vec![(id(0), TeamsState::plain(Availability::Away))]), at(0));
    team.on(TeamIn::Hold(true), at(1));
    let seen = vec![
        (id(0), TeamsState::plain(Availability::Offline)),
        (id(2), TeamsState::plain(Availability::Available)),
    ];
    team.on(TeamIn::Presences(seen), at(8));
    team
}

fn first(team: &Team) -> Option<PersonId> {
    team.roster().on_lines(0, 2).next().map(|entry| entry.id().clone())
}

#[test]
fn no_row_moves_while_the_pointer_is_in_the_list() {
    let mut team = misplaced();
    assert_eq!(first(&team), Some(row(0)));
    team.on(TeamIn::Hold(false), at(9));
    assert_eq!(first(&team), Some(row(2)), "it has left");
}

/// The answer to a reading: only this person is available.
fn only(there: usize, asked: std::ops::Range<usize>) -> TeamIn {
    let state =
        |n| TeamsState::plain(if n == there { Availability::Available } else { Availability::Offline });
    TeamIn::Presences(asked.map(|n| (id(n), state(n))).collect())
}

#[test]
fn the_first_order_does_not_wait_for_a_pointer() {
    let mut team = listed(3 * IDS_A_CALL);
    team.on(TeamIn::Hold(true), at(1));
    for (reading, seconds) in [(0, 2), (1, 3), (2, 4)] {
        let asked = reading * IDS_A_CALL..(reading + 1) * IDS_A_CALL;
        let there = asked.end - 1;
        team.on(only(there, asked), at(seconds));
        let listed = |n| team.roster().on_lines(0, 2 + n).any(|entry| *entry.id() == row(there));
        assert!(listed(reading), "reading {reading}");
    }
    team.on(only(1, 0..IDS_A_CALL), at(5));
    assert_ne!(first(&team), Some(row(1)), "it is no first order any more");
}

#[test]
fn rows_move_under_a_pointer_that_stays_for_too_long() {
    let mut team = misplaced();
    team.on(TeamIn::Hold(true), at(9));
    assert_eq!(team.deadline(), Some(at(11)), "asking again does not extend the hold");
    team.on(TeamIn::Due, at(10));
    assert_eq!(first(&team), Some(row(0)));
    team.on(TeamIn::Due, at(11));
    assert_eq!(first(&team), Some(row(2)));
    assert_ne!(team.deadline(), Some(at(11)));
}

#[test]
fn a_drawer_that_closes_holds_no_row() {
    let mut team = misplaced();
    team.on(TeamIn::DrawerOpen(false), at(9));
    team.on(TeamIn::DrawerOpen(true), at(10));
    assert_eq!(first(&team), Some(row(2)));
}
