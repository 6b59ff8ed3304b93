//! When the list is read, and what becomes of one that is interrupted or fails.

use super::*;

#[test]
fn the_hourly_list_continues_after_a_gap_in_the_login() {
    let mut team = listed(3);
    team.on(TeamIn::Due, at(0));
    // The token is refused when the presences are due; it is renewed a minute later, for the same person.
    team.on(TeamIn::SignedOut, at(15));
    assert_eq!(team.on(signed_in(false), at(75)), []);
    for hour in 1..5 {
        assert!(asks_for_list(&team.on(TeamIn::Due, at(3600 * hour))), "after {hour} h");
        team.on(TeamIn::Page(page(0..3, None)), at(3600 * hour));
    }
}

#[test]
fn a_list_that_was_due_while_nobody_was_signed_in_is_read_after_the_login() {
    let mut team = listed(3);
    assert!(asks_for_list(&team.on(TeamIn::Due, at(3600))));
    team.on(TeamIn::SignedOut, at(3600));
    assert!(asks_for_list(&team.on(signed_in(false), at(4000))));
}

#[test]
fn a_list_that_was_interrupted_is_read_from_the_start_and_the_old_one_stays() {
    let mut team = listed(5);
    assert!(asks_for_list(&team.on(TeamIn::Refresh, at(100))));
    assert_eq!(team.on(TeamIn::Page(page(0..2, Some("2"))), at(101)).len(), 1);
    team.on(TeamIn::SignedOut, at(102));
    assert_eq!(team.roster().known(), 5);
    assert!(asks_for_list(&team.on(signed_in(false), at(200))));
    assert_eq!(team.on(TeamIn::Page(page(0..6, None)), at(201)), []);
    assert_eq!((team.roster().known(), team.listed()), (6, Some(at(201))));
}

#[test]
fn a_list_that_is_read_with_fewer_rights_begins_again_when_there_are_more() {
    let mut team = team();
    team.on(signed_in(true), at(0));
    assert_eq!(team.on(TeamIn::MoreRights, at(0)), []);
    assert!(asks_for_list(&team.on(TeamIn::Page(page(0..2, None)), at(1))));
    assert_eq!((team.roster().known(), team.listed()), (2, None), "people who are known already are shown");
    team.on(TeamIn::Page(page(0..3, None)), at(2));
    assert_eq!(team.listed(), Some(at(2)));
    assert!(asks_for_list(&team.on(TeamIn::MoreRights, at(3))));
}

#[test]
fn a_page_that_comes_after_the_login_ended_belongs_to_no_list() {
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    team.on(TeamIn::SignedOut, at(101));
    assert_eq!(team.on(TeamIn::Page(page(0..1, None)), at(102)), []);
    assert_eq!((team.roster().known(), team.listed()), (5, Some(at(0))));
}

#[test]
fn a_page_whose_token_is_tried_once_more_is_asked_for_again_and_no_page_is_lost() {
    let mut team = listed(0);
    team.on(TeamIn::Refresh, at(100));
    let out = team.on(TeamIn::Page(page(0..2, Some("2"))), at(101));
    let error = GraphError::Unauthorized { challenge: None, retry_after: None };
    team.on(TeamIn::PageFailed(error, NextRequest::OnceMore(at(102))), at(101));
    assert_eq!(team.failed(), None);
    let again: Vec<TeamOut> =
        team.on(TeamIn::Due, at(102)).into_iter().filter(|out| matches!(out, TeamOut::ReadPage(_))).collect();
    assert_eq!(again, out);
    team.on(TeamIn::Page(page(2..4, None)), at(103));
    assert_eq!(team.roster().known(), 4);
}

#[test]
fn a_list_that_failed_is_tried_again_when_the_gate_says() {
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    team.on(TeamIn::PageFailed(server(), NextRequest::Wait(at(170))), at(110));
    assert_eq!(team.failed(), Some(&ListFailure::Graph(server())));
    assert!(!asks_for_list(&team.on(TeamIn::Due, at(169))));
    assert!(asks_for_list(&team.on(TeamIn::Due, at(170))));
    team.on(TeamIn::PageHeld(at(900)), at(170));
    assert!(asks_for_list(&team.on(TeamIn::Due, at(900))));
    team.on(TeamIn::Page(page(0..1, None)), at(901));
    assert_eq!(team.failed(), None);
}
