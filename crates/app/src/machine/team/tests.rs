mod hold;
mod hourly;
mod lists;
mod presences;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use graph::{DirectoryPerson, Graph, GraphError, NextPage};
use people::Colleague;
use proptest::prelude::*;
use url::Url;

use presence::{aws::UserId, teams::Availability};

use super::{list::MOST_PAGES, *};
use crate::fixture::{Deadlines, at};

pub(super) fn id(n: usize) -> ObjectId {
    ObjectId::new(format!("{n:05}"))
}

pub(super) fn row(n: usize) -> PersonId {
    PersonId::Entra(id(n))
}

/// Nothing is hidden, and the drawer is open.
fn team() -> Team {
    let settings = Settings { drawer_limit: None, ..Settings::default() };
    let mut team = Team::new(&settings, StoredTeam::default(), 7);
    team.on(TeamIn::DrawerOpen(true), at(0));
    team
}

/// Reads presences as soon as they are due, and returns when that was.
fn reads(team: &mut Team) -> Timestamp {
    // In between people only age.
    for _ in 0..20 {
        let due = team.deadline().unwrap();
        if matches!(team.on(TeamIn::Due, due).as_slice(), [TeamOut::ReadPresences(_)]) {
            return due;
        }
    }
    panic!("nothing is read")
}

fn seconds(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64()
}

fn found(n: usize) -> DirectoryPerson {
    DirectoryPerson {
        id: id(n),
        name: format!("Person {n:05}"),
        given: None,
        surname: None,
        upn: format!("{n}@contoso.com"),
        mail: None,
        department: None,
        job_title: None,
        numbers: Vec::new(),
    }
}

/// One client for all: making one takes longer than most tests.
static GRAPH: LazyLock<Graph> = LazyLock::new(|| {
    // Installing the provider twice fails harmlessly.
    drop(rustls::crypto::ring::default_provider().install_default());
    let base = Url::parse("http://127.0.0.1/").unwrap();
    Graph::new(net::client(None).unwrap(), base, "app".to_owned())
});

fn next_page(name: &str) -> NextPage {
    GRAPH.next_page(&format!("http://127.0.0.1/users?page={name}")).unwrap()
}

fn page(people: std::ops::Range<usize>, next: Option<&str>) -> PeoplePage {
    let entries = people.len();
    let people = people.map(found).collect();
    PeoplePage { people, next: next.map(next_page), entries, ..PeoplePage::default() }
}

fn signed_in(changed: bool) -> TeamIn {
    TeamIn::SignedIn { who: ObjectId::new("me"), changed }
}

/// Somebody signed in at 0, and this many people are listed.
pub(super) fn listed(people: usize) -> Team {
    let mut team = team();
    assert_eq!(team.on(signed_in(true), at(0)), [TeamOut::ReadPage(None)]);
    assert_eq!(team.on(TeamIn::Page(page(0..people, None)), at(0)), []);
    team
}

fn everybody(team: &Team, availability: Availability) -> TeamIn {
    let ids = team.roster().entries().filter_map(|entry| Some(entry.person()?.id.clone())).take(IDS_A_CALL);
    TeamIn::Presences(ids.map(|id| (id, TeamsState::plain(availability))).collect())
}

fn server() -> GraphError {
    GraphError::Server { status: 503, retry_after: None }
}

fn asks_for_list(out: &[TeamOut]) -> bool {
    out.contains(&TeamOut::ReadPage(None))
}

#[test]
fn a_star_is_kept_and_a_drawer_that_closes_stops_the_ageing() {
    let mut team = listed(3);
    let out = team.on(TeamIn::Favourite { who: row(1), on: true }, at(1));
    assert_eq!(out, [TeamOut::KeepFavourites(vec![row(1)])]);
    team.on(TeamIn::DrawerOpen(true), at(1));
    team.on(TeamIn::Due, at(1));
    assert_eq!(team.deadline(), Some(at(16)));
    team.on(TeamIn::DrawerOpen(false), at(2));
    assert_eq!(team.deadline(), Some(at(3600)));
}

#[test]
fn joins_and_grouping_that_the_agent_chooses_are_kept() {
    let mut team = listed(3);
    let user = UserId::new("u1").unwrap();
    let said = |out: &[TeamOut]| match out {
        [TeamOut::KeepJoins(joins)] => joins.clone(),
        other => panic!("{other:?}"),
    };
    let out = team.on(TeamIn::SamePerson { user: user.clone(), person: id(1) }, at(1));
    assert_eq!(said(&out), BTreeMap::from([(user, id(1))]));
    assert_eq!(team.on(TeamIn::NotSamePerson { who: row(2) }, at(1)), [], "nobody is joined with them");
    assert_eq!(team.on(TeamIn::ToggleDepartments, at(2)), [TeamOut::KeepGrouped(true)]);
    assert!(team.roster().is_grouped());
    assert_eq!(team.on(TeamIn::ToggleDepartments, at(2)), [TeamOut::KeepGrouped(false)]);
    assert_eq!(team.on(TeamIn::Wait { who: row(1), on: true }, at(3)), []);
    assert_eq!(team.roster().waited_for().iter().collect::<Vec<_>>(), [&row(1)]);
}

#[test]
fn a_join_that_the_agent_undoes_is_not_kept_any_more() {
    let user = UserId::new("u1").unwrap();
    let joins = BTreeMap::from([(user.clone(), id(1))]);
    let settings = Settings { drawer_limit: None, ..Settings::default() };
    let mut team = Team::new(&settings, StoredTeam { joins, ..StoredTeam::default() }, 7);
    team.on(signed_in(true), at(0));
    team.on(TeamIn::Page(page(0..3, None)), at(0));
    let colleague = Colleague {
        user,
        username: "agent4711".to_owned(),
        name: String::new(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    };
    team.roster.set_colleagues(vec![colleague]);
    assert_eq!(team.roster().known(), 3);
    let out = team.on(TeamIn::NotSamePerson { who: row(1) }, at(1));
    assert_eq!((out.as_slice(), team.roster().known()), (&[TeamOut::KeepJoins(BTreeMap::new())][..], 4));
}

#[test]
fn closing_the_drawer_ends_the_search() {
    let mut team = listed(3);
    team.on(TeamIn::Search("00001".to_owned()), at(1));
    assert_eq!(team.roster().found(), Some(1));
    team.on(TeamIn::DrawerOpen(false), at(2));
    assert_eq!(team.roster().found(), None, "the next one begins with an empty field");
}

fn kept(people: std::ops::Range<usize>) -> TeamIn {
    TeamIn::Kept(people.map(|n| person(found(n))).collect())
}

#[test]
fn people_known_before_are_listed_at_once_without_a_state_until_the_new_list_replaces_them() {
    let mut team = team();
    team.on(kept(0..2), at(0));
    team.on(kept(2..5), at(0));
    assert_eq!((team.roster().known(), team.is_loading(), team.listed()), (5, false, None));
    assert!(team.roster().get(&row(0)).unwrap().teams().is_none());
    team.on(signed_in(true), at(1));
    team.on(TeamIn::Page(page(3..6, Some("2"))), at(2));
    assert_eq!(team.roster().known(), 5, "an unfinished list changes nothing");
    team.on(TeamIn::Page(page(6..8, None)), at(3));
    assert_eq!((team.roster().known(), team.people().len()), (5, 5));
    assert!(team.roster().get(&row(0)).is_none() && team.roster().get(&row(7)).is_some());
    team.on(kept(0..3), at(4));
    assert_eq!(team.roster().known(), 5, "too late");

    let mut team = self::team();
    team.on(kept(0..2), at(0));
    team.on(TeamIn::Forget, at(1));
    team.on(kept(2..5), at(2));
    assert_eq!(
        (team.roster().known(), team.is_loading()),
        (0, true),
        "the rest of a list that is not wanted"
    );
}

#[test]
fn a_person_who_is_found_in_the_directory_is_listed_and_read_soon() {
    let mut team = listed(3);
    team.on(everybody(&team, Availability::Available), at(1));
    team.on(TeamIn::Search("Person 00009".to_owned()), at(2));
    assert_eq!(team.roster().found(), Some(0));
    team.on(TeamIn::Found(vec![found(9)]), at(3));
    assert_eq!((team.roster().found(), reads(&mut team)), (Some(1), at(3)));
    team.on(TeamIn::Photo { who: id(9), version: Some("v".to_owned()) }, at(4));
    assert_eq!(team.roster().get(&row(9)).unwrap().photo(), Some("v"));
    team.on(TeamIn::Forget, at(5));
    assert_eq!(team.roster().known(), 0);
}

fn inputs() -> impl Strategy<Value = Vec<(u8, i64)>> {
    prop::collection::vec((0_u8..12, 0_i64..400), 1..80)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever comes in between: at most one request of each kind is on its way, a list that was whole never shrinks
    /// by a failure, and once somebody is signed in and Graph answers, the list is read within an hour.
    #[test]
    fn one_request_at_a_time_and_a_fresh_list_within_an_hour(inputs in inputs()) {
        let mut team = listed(4);
        let (mut now, mut pages, mut presences) = (at(0), 0_u32, 0_u32);
        let count = |out: &[TeamOut], pages: &mut u32, presences: &mut u32| {
            for out in out {
                match out {
                    TeamOut::ReadPage(_) => *pages += 1,
                    TeamOut::ReadPresences(_) => *presences += 1,
                    TeamOut::KeepFavourites(_)
                    | TeamOut::KeepJoins(_)
                    | TeamOut::KeepGrouped(_)
                    | TeamOut::Free(_) => {}
                }
            }
        };
        for (kind, wait) in inputs {
            now += SignedDuration::from_secs(wait);
            let later = now + SignedDuration::from_secs(30);
            let input = match kind {
                0 => TeamIn::Refresh,
                1 => TeamIn::ReadSoon,
                2 => TeamIn::DrawerOpen(wait % 2 == 0),
                3 => { (pages, presences) = (0, 0); TeamIn::SignedOut }
                4 => signed_in(false),
                5 if pages > 0 => { pages -= 1; TeamIn::Page(page(0..4, (wait % 3 == 0).then_some("n"))) }
                6 if pages > 0 => { pages -= 1; TeamIn::PageFailed(server(), NextRequest::Wait(later)) }
                7 if pages > 0 => { pages -= 1; TeamIn::PageHeld(later) }
                8 if presences > 0 => { presences -= 1; TeamIn::Presences(Vec::new()) }
                9 if presences > 0 => { presences -= 1; TeamIn::PresencesFailed(NextRequest::Wait(later)) }
                _ => TeamIn::Due,
            };
            let out = team.on(input, now);
            count(&out, &mut pages, &mut presences);
            prop_assert!(pages <= 1 && presences <= 1, "{pages} {presences}");
            prop_assert_eq!(team.roster().known(), 4);
        }
        let out = team.on(signed_in(false), now);
        count(&out, &mut pages, &mut presences);
        let (begun, before) = (now, team.listed());
        let mut deadlines = Deadlines::new();
        while team.listed() == before {
            let out = if pages > 0 {
                pages = 0;
                team.on(TeamIn::Page(page(0..4, None)), now)
            } else if presences > 0 {
                presences = 0;
                team.on(TeamIn::Presences(Vec::new()), now)
            } else {
                now = now.max(deadlines.next(team.deadline(), Timestamp::MAX).unwrap());
                team.on(TeamIn::Due, now)
            };
            count(&out, &mut pages, &mut presences);
            prop_assert!(now <= begun + SignedDuration::from_secs(3600), "no list");
        }
    }
}
