//! Tests of one desk against an account of AWS.

mod lists;
mod readings;

use std::time::Duration;

use connect::api::{ConnectUser, NextPage, Statuses, UserState, Users};
use presence::{
    aws::UserId,
    connect::{AgentSnapshot, AgentStatus, StatusArn, StatusKind},
    identity::ObjectId,
};
use proptest::prelude::*;

use super::*;
use crate::fixture::Deadlines;

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

fn users(users: Vec<ConnectUser>, next: Option<&str>) -> ColleaguesAnswer {
    ColleaguesAnswer::Users(Users { users, skipped: 0, next: NextPage::of(next.map(str::to_owned)) })
}

fn statuses() -> ColleaguesAnswer {
    ColleaguesAnswer::Statuses(Statuses { statuses: vec![available()], skipped: 0, next: None })
}

fn states(names: &[&str], skipped: usize) -> ColleaguesAnswer {
    let users = names.iter().map(|name| state(name)).collect();
    ColleaguesAnswer::States(CurrentUsers { users, skipped, next: None })
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
        desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
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
        let context = ColleaguesContext { first: &self.first, others: &self.others, statuses: &[] };
        self.colleagues.on(input, &context, self.now)
    }

    /// Continues to the next request.
    fn next(&mut self) -> Option<ColleaguesOut> {
        for _ in 0..10 {
            self.now = self.now.max(self.colleagues.deadline()?);
            if let Some(out) = self.on(ColleaguesIn::Due).pop() {
                return Some(out);
            }
        }
        None
    }

    /// Continues to the next request and answers it at once.
    fn answer(&mut self, result: Result<ColleaguesAnswer, ApiError>) -> Vec<ColleaguesOut> {
        let (ColleaguesOut::Assume { number } | ColleaguesOut::Read { number, .. }) = self.next().unwrap()
        else {
            panic!("no request")
        };
        self.on(ColleaguesIn::Answered { number, result })
    }

    fn kind(&mut self) -> &'static str {
        kind(self.next().as_ref())
    }

    /// What the next reading says of Ben, if only these users come back.
    fn read(&mut self, names: &[&str], skipped: usize) -> Option<UserPresence> {
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
            ColleaguesRequest::Users(_) => "users",
            ColleaguesRequest::Statuses(_) => "statuses",
            ColleaguesRequest::States { .. } => "states",
            ColleaguesRequest::Addresses(_) => "addresses",
        },
        Some(ColleaguesOut::IdTokenEnded { .. }) => "ended",
        Some(ColleaguesOut::Known(_) | ColleaguesOut::States { .. }) => "found",
    }
}

/// The answer to a request of this kind.
fn found(out: &ColleaguesOut) -> ColleaguesAnswer {
    match out {
        ColleaguesOut::Assume { .. } => ColleaguesAnswer::Credentials(credentials()),
        ColleaguesOut::Read { ask, .. } => match ask {
            ColleaguesRequest::Users(_) => {
                users(vec![connect_user("ada", "ada@c.com"), connect_user("ben", "ben@c.com")], None)
            }
            ColleaguesRequest::Statuses(_) => statuses(),
            ColleaguesRequest::States { .. } => states(&["ada", "ben"], 0),
            ColleaguesRequest::Addresses(_) => ColleaguesAnswer::Addresses(UserAddresses::default()),
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
            "credentials" => ColleaguesAnswer::Credentials(credentials()),
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
fn a_login_without_a_valid_id_token_is_reported_as_trouble() {
    let mut desk = Desk::new(5);
    desk.now = later(START, Duration::from_secs(3600));
    assert_eq!((desk.kind(), desk.colleagues.trouble().is_some()), ("ended", true));
    desk.sign_in();
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
    assert_eq!(desk.colleagues.trouble(), None);
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
    desk.answer(Ok(ColleaguesAnswer::Credentials(credentials())));
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
    // A person may try at once what an administrator has fixed.
    desk.on(ColleaguesIn::Refresh);
    for _ in 0..3 {
        let out = desk.next().unwrap();
        let number = desk.colleagues.number;
        desk.on(ColleaguesIn::Answered { number, result: Ok(found(&out)) });
    }
    assert_eq!(desk.colleagues.trouble(), None);
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
