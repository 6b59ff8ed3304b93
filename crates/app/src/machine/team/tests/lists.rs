//! Lists that run in a circle, forget their pages, are too much at once, or cannot be read: none replaces one that was
//! whole.

use super::*;

#[test]
fn pages_that_lead_in_a_circle_end_the_list_as_failed() {
    for circle in [&["a", "a"][..], &["a", "b", "a"], &["a", "b", "c", "b"], &["a", "%61"]] {
        let mut team = listed(5);
        team.on(TeamIn::DrawerOpen(false), at(0));
        team.on(TeamIn::Refresh, at(100));
        let mut asked = 1;
        for (number, next) in circle.iter().enumerate() {
            asked += team.on(TeamIn::Page(page(number..number + 2, Some(next))), at(101)).len();
        }
        assert_eq!(asked, circle.len(), "each page is read once");
        assert_eq!(team.failed(), Some(&ListFailure::Endless));
        assert_eq!((team.roster().known(), team.deadline()), (5, Some(at(3701))));
    }
}

#[test]
fn a_page_of_people_who_were_all_listed_is_a_circle_however_its_link_is_spelled() {
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    assert_eq!(team.on(TeamIn::Page(page(0..2, Some("a"))), at(101)).len(), 1);
    assert_eq!(team.on(TeamIn::Page(page(0..0, Some("b"))), at(101)).len(), 1, "an empty page says nothing");
    assert_eq!(
        team.on(TeamIn::Page(page(1..3, Some("c"))), at(101)).len(),
        1,
        "people may move between pages"
    );
    assert_eq!(team.on(TeamIn::Page(page(0..2, Some("d"))), at(101)), []);
    assert_eq!((team.failed(), team.roster().known()), (Some(&ListFailure::Endless), 5));
}

fn expired() -> GraphError {
    GraphError::Refused { status: 400, code: String::new(), message: String::new(), retry_after: None }
}

#[test]
fn a_page_that_the_directory_forgot_begins_the_list_again_once() {
    let mut team = listed(5);
    team.on(TeamIn::DrawerOpen(false), at(0));
    for _ in 0..2 {
        let began = team.deadline().map_or(at(100), |next| next);
        team.on(TeamIn::Refresh, began);
        team.on(TeamIn::Page(page(0..2, Some("a"))), began);
        team.on(
            TeamIn::PageFailed(expired(), NextRequest::Wait(later(began, Duration::from_secs(60)))),
            began,
        );
        assert_eq!(team.failed(), None, "it is read again");
        let again = later(began, Duration::from_secs(60));
        assert_eq!(team.on(TeamIn::Due, again), [TeamOut::ReadPage(None)]);
        team.on(TeamIn::Page(page(0..2, Some("b"))), again);
        let later_on = later(again, Duration::from_secs(120));
        team.on(TeamIn::PageFailed(expired(), NextRequest::Wait(later_on)), again);
        assert_eq!((team.failed(), team.deadline()), (Some(&ListFailure::Graph(expired())), Some(later_on)));
        assert_eq!(team.roster().known(), 5);
        // The next list may restart once, too.
        team.on(TeamIn::Due, later_on);
        team.on(TeamIn::Page(page(0..5, None)), later_on);
        assert_eq!(team.failed(), None);
    }
}

#[test]
fn a_first_page_that_is_refused_is_a_failure_at_once() {
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    team.on(TeamIn::PageFailed(expired(), NextRequest::Wait(at(160))), at(100));
    assert_eq!(team.failed(), Some(&ListFailure::Graph(expired())));
}

#[test]
fn pages_become_smaller_with_trouble_and_large_again_after_a_day_without() {
    let mut team = listed(5);
    let trouble = [
        GraphError::TimedOut,
        server(),
        GraphError::Refused { status: 413, code: String::new(), message: String::new(), retry_after: None },
    ];
    let mut sizes = vec![team.page_size().people()];
    for (number, error) in (1..).zip(trouble) {
        team.on(TeamIn::Refresh, at(100 * number));
        team.on(TeamIn::PageFailed(error, NextRequest::Wait(at(100 * number + 60))), at(100 * number));
        sizes.push(team.page_size().people());
    }
    assert_eq!(sizes, [999, 500, 100, 100]);
    for hour in 1..=24 {
        assert_eq!(team.page_size().people(), 100, "{hour}");
        team.on(TeamIn::Refresh, at(hour * 3600));
        team.on(TeamIn::Page(page(0..5, None)), at(hour * 3600));
    }
    assert_eq!(team.page_size().people(), 999);
    let refused = GraphError::NotAllowed { missing: "a right", retry_after: None };
    team.on(TeamIn::Refresh, at(100_000));
    team.on(TeamIn::PageFailed(refused, NextRequest::Wait(at(100_060))), at(100_000));
    assert_eq!(team.page_size().people(), 999, "that is no question of size");
}

#[test]
fn smaller_pages_may_be_more() {
    let mut team = listed(5);
    for _ in 0..2 {
        team.on(TeamIn::Refresh, at(100));
        team.on(TeamIn::PageFailed(GraphError::TimedOut, NextRequest::Wait(at(100))), at(100));
    }
    team.on(TeamIn::Refresh, at(200));
    let asked: usize =
        (0..3000).map(|n| team.on(TeamIn::Page(page(n..n + 1, Some(&n.to_string()))), at(201)).len()).sum();
    assert_eq!(asked, MOST_PAGES * 999 / 100 - 1);
}

#[test]
fn a_mostly_unreadable_list_and_an_empty_one_replace_none() {
    for (people, skipped) in [(0, 0), (0, 5), (2, 3)] {
        let mut team = listed(5);
        team.on(TeamIn::Refresh, at(100));
        let read = PeoplePage { skipped, entries: people + skipped, ..page(0..people, None) };
        assert_eq!(team.on(TeamIn::Page(read), at(101)), []);
        let skipped = Skipped { entries: skipped, of: people + skipped };
        assert_eq!(team.failed(), Some(&ListFailure::Unreadable(skipped)));
        assert_eq!((team.roster().known(), team.listed()), (5, Some(at(0))));
    }
    // Most entries are of people without a licence, which the directory did not leave out: those were read.
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    let read = PeoplePage { skipped: 3, entries: 200, ..page(0..2, None) };
    team.on(TeamIn::Page(read), at(101));
    assert_eq!((team.roster().known(), team.listed(), team.failed()), (2, Some(at(101)), None));
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    for next in [Some("a"), None] {
        let first = usize::from(next.is_none()) * 3;
        let read = PeoplePage { skipped: 1, entries: 4, ..page(first..first + 3, next) };
        team.on(TeamIn::Page(read), at(101));
    }
    assert_eq!((team.roster().known(), team.listed()), (6, Some(at(101))));
    assert_eq!((team.skipped(), team.failed()), (Skipped { entries: 2, of: 8 }, None));
}

#[test]
fn a_list_without_an_end_is_given_up_and_reported() {
    let mut team = listed(5);
    team.on(TeamIn::Refresh, at(100));
    let asked: usize =
        (0..500).map(|n| team.on(TeamIn::Page(page(n..n + 1, Some(&n.to_string()))), at(101)).len()).sum();
    assert_eq!(asked, MOST_PAGES - 1);
    assert_eq!(team.failed(), Some(&ListFailure::Endless));
}
