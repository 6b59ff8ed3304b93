//! No row moves under a pointer or the focus, for a while.

use super::*;

/// The list of three, of whom the last one is the only one who is there, as is known since 1.
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

#[test]
fn rows_move_under_a_pointer_that_stays_for_too_long() {
    let mut team = misplaced();
    team.on(TeamIn::Hold(true), at(9));
    assert_eq!(team.deadline(), Some(at(11)), "to ask again is no longer hold");
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
