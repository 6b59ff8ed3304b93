//! One desk against an account of AWS, by value.

use std::time::Duration;

use connect::api::{ConnectUser, UserState, Users};
use presence::{
    aws::UserId,
    connect::{AgentSnapshot, AgentStatus, StatusArn, StatusKind},
    identity::ObjectId,
};
use proptest::prelude::*;

use super::*;

const START: Timestamp = Timestamp::UNIX_EPOCH;

fn user(name: &str) -> UserId {
    UserId::new(name).unwrap()
}

fn available() -> AgentStatus {
    AgentStatus { arn: StatusArn::new("arn:a"), name: "Available".to_owned(), kind: StatusKind::Routable }
}

fn state(name: &str) -> UserState {
    let snapshot =
        AgentSnapshot { chosen: available(), chosen_since: START, next: None, contacts: Vec::new() };
    UserState { user: user(name), snapshot }
}

fn connect_user(name: &str, username: &str) -> ConnectUser {
    ConnectUser { id: user(name), username: username.to_owned(), name: name.to_owned(), object_id: None }
}

fn credentials() -> Credentials {
    let secret = || "s".to_owned().into();
    Credentials { key: "ASIA".to_owned(), secret: secret(), token: secret(), expires: START }
}

fn users(users: Vec<ConnectUser>, next: Option<&str>) -> Found {
    Found::Users(Users { users, skipped: 0, next: NextPage::of(next.map(str::to_owned)) })
}

fn statuses() -> Found {
    Found::Statuses(Statuses { statuses: vec![available()], skipped: 0, next: None })
}

fn states(names: &[&str], skipped: usize) -> Found {
    let users = names.iter().map(|name| state(name)).collect();
    Found::States(CurrentUsers { users, skipped, next: None })
}

/// A desk whose drawer shows Ada and Ben, with a clock.
struct Desk {
    colleagues: Colleagues,
    now: Timestamp,
    first: Vec<UserId>,
    others: Vec<UserId>,
}

impl Desk {
    fn new(seats: u32) -> Self {
        let mut desk = Self {
            colleagues: Colleagues::new(true, seats, 7),
            now: START,
            first: vec![user("ada"), user("ben")],
            others: Vec::new(),
        };
        desk.sign_in();
        desk.on(ColleaguesIn::Needed(true));
        desk
    }

    /// A desk that has read everything once.
    fn reading(seats: u32) -> Self {
        let mut desk = Self::new(seats);
        desk.answer(Ok(Found::Credentials(credentials())));
        desk.answer(Ok(users(
            vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben@c.com")],
            None,
        )));
        desk.answer(Ok(statuses()));
        desk.answer(Ok(states(&["ada", "ben"], 0)));
        desk
    }

    fn sign_in(&mut self) {
        let ends = later(self.now, Duration::from_secs(3600));
        let person = ObjectId::new("priya");
        self.on(ColleaguesIn::Login(Some(IdTokenFacts { person, issued: self.now, ends })));
    }

    fn on(&mut self, input: ColleaguesIn) -> Vec<ColleaguesOut> {
        let facts = ColleaguesFacts { first: &self.first, others: &self.others, statuses: &[] };
        self.colleagues.on(input, &facts, self.now)
    }

    /// Goes on to the next request.
    fn next(&mut self) -> Option<ColleaguesOut> {
        for _ in 0..10 {
            self.now = self.now.max(self.colleagues.deadline()?);
            if let Some(out) = self.on(ColleaguesIn::Due).pop() {
                return Some(out);
            }
        }
        None
    }

    /// Goes on to the next request and answers it at once.
    fn answer(&mut self, result: Result<Found, ApiError>) -> Vec<ColleaguesOut> {
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = self.next().unwrap()
        else {
            panic!("no request")
        };
        self.on(ColleaguesIn::Answered { number, result })
    }

    fn kind(&mut self) -> &'static str {
        kind(self.next().as_ref())
    }

    /// What the next readings say of Ben, when only these come back.
    fn read(&mut self, names: &[&str], skipped: usize) -> Option<Doing> {
        let outs = self.answer(Ok(states(names, skipped)));
        let Some(ColleaguesOut::States { states, .. }) = outs.into_iter().next() else { panic!("no states") };
        states.into_iter().find(|(who, _)| *who == user("ben")).map(|(_, doing)| doing)
    }
}

fn kind(out: Option<&ColleaguesOut>) -> &'static str {
    match out {
        None => "nothing",
        Some(ColleaguesOut::Assume { .. }) => "credentials",
        Some(ColleaguesOut::Read { ask, .. }) => match ask {
            Ask::Users(_) => "users",
            Ask::Statuses(_) => "statuses",
            Ask::States { .. } => "states",
            Ask::Addresses(_) => "addresses",
        },
        Some(ColleaguesOut::IdTokenEnded { .. }) => "ended",
        Some(ColleaguesOut::Known(_) | ColleaguesOut::States { .. }) => "found",
    }
}

/// The found things that a request of this kind is answered with.
fn found(out: &ColleaguesOut) -> Found {
    match out {
        ColleaguesOut::Assume { .. } => Found::Credentials(credentials()),
        ColleaguesOut::Read { ask, .. } => match ask {
            Ask::Users(_) => {
                users(vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben@c.com")], None)
            }
            Ask::Statuses(_) => statuses(),
            Ask::States { .. } => states(&["ada", "ben"], 0),
            Ask::Addresses(_) => Found::Addresses(UserAddresses::default()),
        },
        ColleaguesOut::IdTokenEnded { .. } | ColleaguesOut::Known(_) | ColleaguesOut::States { .. } => {
            panic!("no request")
        }
    }
}

#[test]
fn nothing_is_asked_while_nobody_looks_or_nothing_is_set_up_or_nobody_is_signed_in() {
    let mut desk = Desk::new(5);
    desk.on(ColleaguesIn::Needed(false));
    assert_eq!(desk.colleagues.deadline(), None);
    desk.on(ColleaguesIn::Needed(true));
    assert!(desk.colleagues.deadline().is_some());
    desk.on(ColleaguesIn::Login(None));
    assert_eq!(desk.colleagues.deadline(), None);
    let mut without = Desk { colleagues: Colleagues::new(false, 5, 7), ..Desk::new(5) };
    without.sign_in();
    without.on(ColleaguesIn::Needed(true));
    assert_eq!(without.colleagues.deadline(), None);
}

#[test]
fn credentials_come_first_then_users_statuses_and_states_one_at_a_time() {
    let mut desk = Desk::new(5);
    let mut order = Vec::new();
    for _ in 0..4 {
        let out = desk.next().unwrap();
        order.push(kind(Some(&out)));
        assert_eq!(desk.colleagues.deadline(), None, "one at a time");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = out else { panic!() };
        let result = Ok(match *order.last().unwrap() {
            "credentials" => Found::Credentials(credentials()),
            "users" => users(vec![connect_user("ada", "ada@c.com")], None),
            "statuses" => statuses(),
            _ => states(&["ada"], 0),
        });
        desk.on(ColleaguesIn::Answered { number, result });
    }
    assert_eq!(order, ["credentials", "users", "statuses", "states"]);
    assert!(desk.now.duration_since(START) <= SignedDuration::from_secs(3), "{}", desk.now);
}

#[test]
fn pages_are_followed_and_a_list_that_leads_back_to_a_page_replaces_nothing() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(Found::Credentials(credentials())));
    assert!(desk.answer(Ok(users(vec![connect_user("ada", "ada@c.com")], Some("2")))).is_empty());
    let outs = desk.answer(Ok(users(vec![connect_user("ben", "ben@c.com")], None)));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 2);
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));

    desk.on(ColleaguesIn::Refresh);
    for _ in 0..2 {
        let outs = desk.answer(Ok(users(vec![connect_user("cleo", "cleo@c.com")], Some("2"))));
        assert!(outs.is_empty(), "{outs:?}");
    }
    assert_eq!((desk.kind(), desk.colleagues.known()), ("statuses", Some(2)));
}

#[test]
fn however_often_a_person_refreshes_the_lists_are_read_once_a_minute() {
    let mut desk = Desk::reading(5);
    let (from, mut lists) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(300)) {
        desk.on(ColleaguesIn::Refresh);
        let Some(out) = desk.next() else { break };
        lists += u32::from(kind(Some(&out)) == "users");
        let number = desk.colleagues.number;
        desk.on(ColleaguesIn::Answered { number, result: Ok(found(&out)) });
    }
    assert!((4..=6).contains(&lists), "{lists}");
}

#[test]
fn a_screen_with_more_users_than_a_call_takes_is_read_at_the_usual_pace_and_who_is_waited_for_with_it() {
    let mut desk = Desk::reading(5);
    desk.first.extend((0..150).map(|number| user(&format!("s{number}"))));
    let (from, mut readings) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(300)) {
        desk.on(ColleaguesIn::Scrolled);
        let Some(ColleaguesOut::Read { number, ask: Ask::States { users, .. }, .. }) = desk.next() else {
            break;
        };
        assert!(users.len() == 100 && users.contains(&user("ada")));
        readings += 1;
        let all = users.iter().map(UserId::as_str).collect::<Vec<_>>();
        desk.on(ColleaguesIn::Answered { number, result: Ok(states(&all, 0)) });
    }
    assert!((17..=27).contains(&readings), "{readings}");
}

#[test]
fn who_was_seen_long_ago_is_not_said_to_have_left_just_now() {
    let mut desk = Desk::reading(5);
    desk.on(ColleaguesIn::Needed(false));
    desk.now = later(desk.now, Duration::from_secs(1800));
    desk.on(ColleaguesIn::Needed(true));
    assert_eq!(desk.read(&["ada"], 0), None);
    assert_eq!(desk.read(&["ada"], 0), Some(Doing::LoggedOut(None)));
}

#[test]
fn users_who_may_not_be_looked_up_are_handed_on_as_they_are() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(Found::Credentials(credentials())));
    desk.answer(Ok(users(vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben")], None)));
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));
    let outs = desk.answer(Err(ApiError::NotAllowed { action: None }));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 2);
}

#[test]
fn a_login_without_an_id_token_that_works_is_a_trouble() {
    let mut desk = Desk::new(5);
    desk.now = later(START, Duration::from_secs(3600));
    assert_eq!((desk.kind(), desk.colleagues.trouble().is_some()), ("ended", true));
    desk.sign_in();
    desk.answer(Ok(Found::Credentials(credentials())));
    assert_eq!(desk.colleagues.trouble(), None);
}

#[test]
fn who_is_missing_from_two_complete_readings_is_logged_out_and_from_one_is_not() {
    let mut desk = Desk::reading(5);
    assert_eq!(desk.read(&["ada"], 0), None);
    let missed = desk.now;
    assert_eq!(desk.read(&["ada"], 0), Some(Doing::LoggedOut(Some(missed))));
    assert!(desk.now.duration_since(missed) < SignedDuration::from_secs(15), "the second one is soon");
    assert_eq!(desk.read(&["ada"], 0), Some(Doing::LoggedOut(Some(missed))));
    assert_eq!(desk.read(&["ada", "ben"], 0), Some(Doing::LoggedIn(state("ben").snapshot)));
    assert_eq!(desk.read(&["ada"], 0), None);
    assert_eq!(desk.read(&["ada", "ben"], 0), Some(Doing::LoggedIn(state("ben").snapshot)));
}

#[test]
fn a_reading_with_an_entry_that_cannot_be_read_makes_nobody_logged_out() {
    let mut desk = Desk::reading(5);
    for _ in 0..4 {
        assert_eq!(desk.read(&["ada"], 1), None);
    }
    assert_eq!(desk.read(&["ada"], 0), None);
    let throttled = ApiError::Throttled { retry_after: None };
    desk.answer(Err(throttled));
    // How long ago he was seen says nothing of when he left.
    assert_eq!(desk.read(&["ada"], 0), Some(Doing::LoggedOut(None)));
}

#[test]
fn who_was_never_there_is_logged_out_since_nobody_knows() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(Found::Credentials(credentials())));
    desk.answer(Ok(users(vec![connect_user("ben", "ben@c.com")], None)));
    desk.answer(Ok(statuses()));
    assert_eq!(desk.read(&[], 0), None);
    assert_eq!(desk.read(&[], 0), Some(Doing::LoggedOut(None)));
}

#[test]
fn credentials_are_renewed_before_they_end_and_asked_for_again_when_aws_forgets_them() {
    let mut desk = Desk::reading(5);
    let mut asked = 0;
    while desk.now < later(START, Duration::from_secs(2 * 3600)) {
        if desk.now > later(START, Duration::from_secs(3000 * (asked + 1))) {
            desk.sign_in();
        }
        let out = desk.next().unwrap();
        asked += u64::from(kind(Some(&out)) == "credentials");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
        let (number, result) = (*number, Ok(found(&out)));
        desk.on(ColleaguesIn::Answered { number, result });
    }
    assert_eq!(asked, 2);
    let mut desk = Desk::reading(5);
    desk.answer(Err(ApiError::Expired));
    assert_eq!(desk.kind(), "credentials");
}

#[test]
fn an_id_token_that_has_ended_is_asked_for_once_and_the_next_one_is_used() {
    let mut desk = Desk::new(5);
    desk.now = later(START, Duration::from_secs(3590));
    assert_eq!(desk.kind(), "ended");
    assert_eq!(desk.colleagues.deadline(), None);
    desk.sign_in();
    assert_eq!(desk.kind(), "credentials");
    // By the clock of AWS it may have ended already.
    let number = desk.colleagues.number;
    let outs = desk.on(ColleaguesIn::Answered { number, result: Err(ApiError::Expired) });
    assert!(matches!(outs[..], [ColleaguesOut::IdTokenEnded { .. }]), "{outs:?}");
    assert_eq!(desk.colleagues.deadline(), None);
}

#[test]
fn a_missing_right_stops_its_own_requests_only_and_a_throttled_account_all() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(Found::Credentials(credentials())));
    desk.answer(Ok(users(vec![connect_user("ada", "ada@c.com")], None)));
    desk.answer(Err(ApiError::NotAllowed { action: None }));
    assert!(desk.colleagues.trouble().is_some());
    assert!(desk.now < later(START, Duration::from_secs(10)));
    desk.answer(Ok(states(&["ada"], 0)));
    let before = desk.now;
    desk.answer(Err(ApiError::Throttled { retry_after: None }));
    let mut waits = Vec::new();
    for _ in 0..6 {
        let from = desk.now;
        desk.answer(Err(ApiError::Throttled { retry_after: None }));
        waits.push(desk.now.duration_since(from).as_secs());
    }
    assert!(waits.is_sorted() && waits[0] >= 12 && *waits.last().unwrap() >= 240, "{waits:?} from {before}");
    // A person may try at once what an administrator has mended.
    desk.on(ColleaguesIn::Refresh);
    for _ in 0..3 {
        let out = desk.next().unwrap();
        let number = desk.colleagues.number;
        desk.on(ColleaguesIn::Answered { number, result: Ok(found(&out)) });
    }
    assert_eq!(desk.colleagues.trouble(), None);
}

#[test]
fn only_users_without_an_address_are_looked_up_and_once_a_day() {
    let mut desk = Desk::new(5);
    desk.answer(Ok(Found::Credentials(credentials())));
    let page =
        || vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben"), connect_user("cleo", "cleo")];
    let outs = desk.answer(Ok(users(page(), None)));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.len(), 1, "the others may be people of the directory");
    desk.answer(Ok(statuses()));
    desk.answer(Ok(states(&["ada", "ben"], 0)));
    let mails = |mail: &str| UserAddresses { mails: vec![mail.to_owned()], mobile: None };
    assert!(desk.answer(Ok(Found::Addresses(mails("ben@c.com")))).is_empty());
    // Somebody who is gone by now holds nobody up.
    let outs = desk.answer(Err(ApiError::NotFound));
    let [ColleaguesOut::Known(known)] = &outs[..] else { panic!("{outs:?}") };
    assert_eq!(known.iter().map(|one| one.mails.len()).collect::<Vec<_>>(), [0, 1, 0]);
    let mut lookups = 0;
    while desk.now < later(START, Duration::from_secs(23 * 3600)) {
        desk.sign_in();
        let out = desk.next().unwrap();
        lookups += u32::from(kind(Some(&out)) == "addresses");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
        let result = match &out {
            ColleaguesOut::Read { ask: Ask::Users(_), .. } => users(page(), None),
            ColleaguesOut::Assume { .. }
            | ColleaguesOut::Read { .. }
            | ColleaguesOut::IdTokenEnded { .. }
            | ColleaguesOut::Known(_)
            | ColleaguesOut::States { .. } => found(&out),
        };
        desk.on(ColleaguesIn::Answered { number: *number, result: Ok(result) });
    }
    assert_eq!(lookups, 0);
    // They are looked up again the next day, and stay in the list meanwhile.
    desk.on(ColleaguesIn::Refresh);
    desk.now = later(START, Duration::from_secs(25 * 3600));
    desk.sign_in();
    let mut known = Vec::new();
    while lookups < 2 {
        let out = desk.next().unwrap();
        lookups += u32::from(kind(Some(&out)) == "addresses");
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
        let is_list = kind(Some(&out)) == "users";
        let (number, result) = (*number, if is_list { users(page(), None) } else { found(&out) });
        for out in desk.on(ColleaguesIn::Answered { number, result: Ok(result) }) {
            if let ColleaguesOut::Known(users) = out {
                known.push(users.len());
            }
        }
    }
    assert_eq!(known, [3, 3]);
}

#[test]
fn an_answer_that_belongs_to_somebody_else_changes_nothing() {
    let mut desk = Desk::reading(5);
    let Some(ColleaguesOut::Read { number, .. }) = desk.next() else { panic!() };
    let ends = later(desk.now, Duration::from_secs(3600));
    let login = IdTokenFacts { person: ObjectId::new("grace"), issued: desk.now, ends };
    desk.on(ColleaguesIn::Login(Some(login)));
    assert!(desk.on(ColleaguesIn::Answered { number, result: Ok(states(&["ben"], 0)) }).is_empty());
    assert_eq!(desk.kind(), "credentials");
}

#[test]
fn who_comes_on_screen_is_read_soon_and_who_was_asked_for_already_is_not() {
    let mut desk = Desk::reading(20);
    let before = desk.colleagues.deadline().unwrap();
    desk.on(ColleaguesIn::Scrolled);
    assert_eq!(desk.colleagues.deadline(), Some(before));
    desk.first = vec![user("cleo")];
    desk.on(ColleaguesIn::Scrolled);
    let soon = desk.colleagues.deadline().unwrap();
    assert!(soon < before && soon >= later(desk.now, Duration::from_secs(10)), "{soon} {before}");
}

#[test]
fn a_drawer_that_is_opened_again_and_again_asks_no_more_often_than_one_that_is_scrolled() {
    let mut desk = Desk::reading(20);
    let (from, mut asked) = (desk.now, 0);
    while desk.now < later(from, Duration::from_secs(60)) {
        desk.on(ColleaguesIn::Needed(false));
        desk.now = later(desk.now, Duration::from_secs(1));
        desk.on(ColleaguesIn::Needed(true));
        if let Some(ColleaguesOut::Read { number, .. }) = desk.on(ColleaguesIn::Due).pop() {
            asked += 1;
            desk.on(ColleaguesIn::Answered { number, result: Ok(states(&["ada", "ben"], 0)) });
        }
    }
    assert!((4..=6).contains(&asked), "{asked}");
}

#[test]
fn at_most_a_hundred_are_asked_for_those_on_screen_always_and_the_favourites_in_turn() {
    let mut desk = Desk::reading(5);
    desk.others = (0..150).map(|number| user(&format!("f{number}"))).collect();
    let mut favourites = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let Some(ColleaguesOut::Read { number, ask: Ask::States { users, .. }, .. }) = desk.next() else {
            panic!()
        };
        assert_eq!(users.len(), 100);
        assert!(users.contains(&user("ada")) && users.contains(&user("ben")));
        favourites.extend(users.iter().cloned());
        desk.on(ColleaguesIn::Answered { number, result: Ok(states(&["ada", "ben"], 1)) });
    }
    assert_eq!(favourites.len(), 152);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is answered, the desks of a company that all look for an hour stay within half of the quota, and a second
    /// reading for somebody who is missing within all of it.
    #[test]
    fn the_desks_of_a_company_stay_within_the_quota(
        seats in 1..=300_u32,
        answers in prop::collection::vec((0..6_u8, any::<bool>()), 1..40),
    ) {
        let mut desk = Desk::new(seats);
        let (mut usual, mut all) = (0_u32, Vec::new());
        let mut turn = answers.iter().cycle();
        while desk.now < later(START, Duration::from_secs(3600)) {
            let Some(out) = desk.next() else {
                desk.sign_in();
                desk.now = later(desk.now, Duration::from_secs(60));
                continue;
            };
            let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = &out else { continue };
            let (failure, missing) = turn.next().unwrap();
            let is_states = matches!(&out, ColleaguesOut::Read { ask: Ask::States { .. }, .. });
            all.push(desk.now);
            usual += u32::from(is_states);
            let result = match failure {
                0 => Err(ApiError::Throttled { retry_after: None }),
                1 => Err(ApiError::TimedOut),
                2 if is_states => Err(ApiError::Expired),
                _ if is_states && *missing => Ok(states(&["ada"], 0)),
                _ => Ok(found(&out)),
            };
            let number = *number;
            desk.on(ColleaguesIn::Answered { number, result });
        }
        // A second between any two, but for the first one after new credentials.
        let close = all.windows(2).filter(|pair| pair[1].duration_since(pair[0]) < SignedDuration::from_secs(1));
        prop_assert!(close.count() <= all.len() / 2 + 1);
        let most = 3600.0 * 2.0 / f64::from(seats.max(10)) + 1.0;
        prop_assert!(f64::from(usual) <= most, "{usual} of {most} for {seats}");
    }
}
