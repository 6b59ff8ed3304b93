//! Directories that behave unusually: filters that are refused, lists that repeat themselves, pages that expire, entries
//! that cannot be read, and invisible names. In every case the last complete list is kept.

#![expect(clippy::unwrap_used, reason = "a stage that cannot be set up is a failed test")]

#[expect(dead_code, reason = "the stage serves other tests too")]
mod stage;

use std::time::Duration;

use app::Request;
use presence::shown;
use sandbox::{Body, Endpoint, Fault, Filters, Listing, Pages, StatusCode};
use stage::{Stage, wait};
use view::{
    Action, DirectorySearch, Level, Line, View,
    doctor::{CheckStatus, Topic},
};

/// A stage with such a directory, before the login.
async fn before_login(listing: Listing) -> Stage {
    let stage = Stage::with_settings(Ok(()), |text| format!("{text}\n[drawer]\nlimit = 0\n")).await;
    stage.world.set_listing(listing);
    stage
}

/// The list is complete, and the drawer is open.
async fn listed(listing: Listing) -> Stage {
    let stage = before_login(listing).await;
    stage.sign_in().await;
    stage.until("the team", |view| view.counts.known == 40 && !view.counts.loading).await;
    stage.requests.send(Request::DrawerOpen(true));
    stage
}

fn requests(stage: &Stage) -> u64 {
    stage.world.overview().requests[&Endpoint::Directory]
}

fn card(view: &View) -> (Level, &str) {
    let card = view.health.cards.iter().find(|card| card.title == "Directory").unwrap();
    (card.level, &card.text)
}

fn names(lines: &[Line]) -> Vec<String> {
    let name = |line: &Line| match line {
        Line::Person(person) => Some(person.name.clone()),
        Line::Section { .. } | Line::Department { .. } => None,
    };
    lines.iter().filter_map(name).collect()
}

/// Hires somebody, and waits until the list was read again with `known` people.
async fn read_again(stage: &Stage, known: u32) {
    stage.world.hire().unwrap();
    stage.act(Action::RefreshPeople);
    wait("the new list", async || {
        stage.pass(Duration::from_secs(30));
        let view = stage.view().await;
        let is_there = view.counts.known == known && card(&view).0 == Level::Ok;
        if is_there { Ok(()) } else { Err(view.counts.known) }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_without_a_licence_filter_lists_the_same_people_and_the_filter_is_tried_once() {
    for (filters, refused) in
        [(Filters::TooComplex, 1), (Filters::Unsupported, 2), (Filters::NotImplemented, 2)]
    {
        let stage = listed(Listing { filters, ..Listing::default() }).await;
        let first = requests(&stage);
        // The first page is a short one.
        assert_eq!(first, refused + 2, "{filters:?}");
        read_again(&stage, 41).await;
        assert_eq!(requests(&stage), first + 2, "{filters:?}: the form of the request is remembered");
        // A licence that was taken away, an account that is off, and no licence at all.
        for name in ["Yusuf Dąbrowski", "Giulia Singh", "Þóra MacLeod"] {
            stage.act(Action::Search { text: name.to_owned() });
            stage.until(name, |view| view.counts.asked == DirectorySearch::Nobody).await;
        }
        assert_eq!(
            requests(&stage),
            first + 2 + 3 + refused,
            "{filters:?}: searches find their form by themselves"
        );
        let page = stage.run_doctor().await;
        let licence = page.checks.iter().find(|one| one.check == Topic::LicenceFilter).unwrap();
        assert_eq!(licence.status, CheckStatus::Good, "{}", licence.saw);
        // The directory also counts accounts that are disabled.
        let licensed = if filters == Filters::TooComplex { "43 people" } else { "42 people" };
        assert!(licence.saw.contains(licensed), "{filters:?}: {}", licence.saw);
        assert_eq!(
            licence.saw.contains("does not support a licence filter"),
            refused == 2,
            "{}",
            licence.saw
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_search_does_not_change_the_licence_filter_of_the_list() {
    let stage = listed(Listing::default()).await;
    let before = requests(&stage);
    stage.world.set_fault(Endpoint::Directory, Fault::refusal(StatusCode::BAD_REQUEST));
    stage.act(Action::Search { text: "Yusuf Dąbrowski".to_owned() });
    wait("each form", async || if requests(&stage) >= before + 3 { Ok(()) } else { Err(requests(&stage)) })
        .await;
    stage.view().await;
    stage.act(Action::Search { text: String::new() });
    stage.world.end_fault(Endpoint::Directory);
    read_again(&stage, 41).await;
    assert_eq!(requests(&stage), before + 3 + 2, "the list is asked for in its first form");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_repeats_itself_is_given_up_soon_and_the_former_list_is_kept() {
    for pages in [Pages::ToItself, Pages::ToItselfRespelled, Pages::ToAnEarlierOne, Pages::WithoutEnd] {
        let stage = listed(Listing::default()).await;
        stage.until_kept("people.json", |text| text.contains("Holloway")).await;
        let kept = std::fs::read_to_string(stage.file("people.json")).unwrap();
        stage.world.set_listing(Listing { pages, ..Listing::default() });
        stage.world.hire().unwrap();
        let before = requests(&stage);
        stage.act(Action::RefreshPeople);
        let view = stage.until("given up", |view| card(view).0 == Level::Warning).await;
        assert!(card(&view).1.contains("repeats people who were listed already"), "{}", card(&view).1);
        assert!(requests(&stage) - before <= 5, "{pages:?}: {} pages", requests(&stage) - before);
        assert_eq!(view.counts.known, 40, "{pages:?}");
        assert_eq!(std::fs::read_to_string(stage.file("people.json")).unwrap(), kept);
        stage.world.clear_trouble();
        read_again(&stage, 42).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_page_restarts_the_list_once_and_then_fails_with_the_former_list_shown() {
    let stage = listed(Listing { ..Listing::default() }).await;
    stage.world.set_listing(Listing { expired: 1, ..Listing::default() });
    read_again(&stage, 41).await;
    stage.world.set_listing(Listing { expired: 2, ..Listing::default() });
    stage.world.hire().unwrap();
    stage.act(Action::RefreshPeople);
    wait("failed", async || {
        stage.pass(Duration::from_secs(30));
        let view = stage.view().await;
        if card(&view).0 == Level::Warning { Ok(()) } else { Err(card(&view).1.to_owned()) }
    })
    .await;
    assert_eq!(stage.view().await.counts.known, 41);
    read_again(&stage, 43).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_has_trouble_with_large_pages_is_read_in_smaller_ones() {
    let stage = listed(Listing::default()).await;
    for status in [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::GATEWAY_TIMEOUT] {
        stage.world.set_fault(
            Endpoint::Directory,
            Fault { meets: sandbox::Meets::Next(1), ..Fault::refusal(status) },
        );
        let known = stage.view().await.counts.known;
        read_again(&stage, known + 1).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_that_cannot_be_read_are_counted_and_the_others_are_listed() {
    let stage = listed(Listing { null_phones: true, ..Listing::default() }).await;
    let lines = stage.lines().await.lines;
    assert!(
        !card(&stage.view().await).1.contains("could not be read"),
        "an unreadable number does not count as an entry"
    );
    assert!(lines.iter().any(|line| matches!(line, Line::Person(person) if !person.numbers.is_empty())));
    stage.world.set_fault(Endpoint::Directory, Fault::changed(Body::NullEntry));
    stage.act(Action::RefreshPeople);
    // Both pages have one.
    let view = stage.until("counted", |view| card(view).1.contains("2 of 43 entries")).await;
    assert_eq!((card(&view).0, view.counts.known), (Level::Ok, 40));
    let page = stage.run_doctor().await;
    let licence = page.checks.iter().find(|one| one.check == Topic::LicenceFilter).unwrap();
    assert!(licence.saw.ends_with("1 of 26 entries of the directory could not be read."), "{}", licence.saw);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_makes_a_row_blank_reversed_or_broken() {
    let stage = listed(Listing { odd_names: true, ..Listing::default() }).await;
    let everybody = |lines: &[Line]| Some(names(lines)).filter(|names| names.len() == 40);
    let names = stage.find("everybody", everybody).await;
    for name in &names {
        assert_eq!(shown::line(name).as_ref(), Some(name), "{name:?}");
    }
    for name in ["dnomiaR .P", "No UPN", "line break", "אבי כהן", "<b>Ana</b> &amp; {name} %s"] {
        assert!(names.iter().any(|known| known == name), "{name}: {names:#?}");
    }
    assert!(names.iter().filter(|name| name.contains("@contoso.com")).count() == 5, "{names:#?}");
    stage.act(Action::Search { text: "line break".to_owned() });
    stage.until("found by what is shown", |view| view.counts.found == Some(1)).await;
    stage.until_kept("people.json", |text| text.contains("No UPN")).await;
    let stage = stage.restarted();
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let names = sorted(names);
    stage.find("the same after a restart", |lines| (sorted(self::names(lines)) == names).then_some(())).await;
}
