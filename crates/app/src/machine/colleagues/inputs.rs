//! What comes in, what is asked for, and what others know: plain data.

use std::sync::Arc;

use connect::api::{ApiError, Credentials, CurrentUsers, NextPage, Statuses, UserAddresses, Users};
use jiff::Timestamp;
use people::Colleague;
use presence::{
    aws::UserId,
    connect::{AgentSnapshot, AgentStatus},
    identity::ObjectId,
};

/// What comes in.
#[derive(Debug)]
pub(crate) enum ColleaguesIn {
    /// Somebody is signed in to Teams, or their tokens were renewed; or nobody is.
    Login(Option<IdTokenFacts>),
    /// Somebody looks at colleagues or waits for one; or nobody does any more.
    Needed(bool),
    /// Other people are on screen.
    Scrolled,
    /// The person wants everything to be read now.
    Refresh,
    /// This many agents of the company share the quota.
    Seats(u32),
    /// The network is connected again.
    NetworkReturned,
    /// The request with this number was answered.
    Answered { number: u64, result: Result<ColleaguesAnswer, ApiError> },
    /// The deadline has come.
    Due,
}

/// What is known of the ID token of Teams Login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct IdTokenFacts {
    /// Whose it is.
    pub(crate) person: ObjectId,
    /// When it was issued; no other token has the same moment.
    pub(crate) issued: Timestamp,
    /// When it ends.
    pub(crate) ends: Timestamp,
}

/// What it asks for. The number comes back with the answer.
#[derive(Debug)]
pub(crate) enum ColleaguesOut {
    /// Trade the ID token for credentials.
    Assume { number: u64 },
    /// Send this request.
    Read { number: u64, ask: ColleaguesRequest, credentials: Credentials },
    /// The ID token that was issued then has ended, although its session continues: a refresh brings another one.
    IdTokenEnded { issued: Timestamp },
    /// These are the users of the instance.
    Known(Vec<Colleague>),
    /// The states of some of them, to be used until this moment.
    States { states: Vec<(UserId, UserPresence)>, until: Timestamp },
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ColleaguesRequest {
    /// A page of the users; the first one if none is named.
    Users(Option<NextPage>),
    /// A page of the statuses.
    Statuses(Option<NextPage>),
    /// A page of the states of these users.
    States { users: Arc<[UserId]>, statuses: Arc<[AgentStatus]>, page: Option<NextPage> },
    /// The addresses of a user.
    Addresses(UserId),
}

/// What was found.
#[derive(Debug)]
pub(crate) enum ColleaguesAnswer {
    Credentials(Credentials),
    Users(Users),
    Statuses(Statuses),
    States(CurrentUsers),
    Addresses(UserAddresses),
}

/// Whose states matter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ColleaguesContext<'a> {
    /// Those who are waited for, then those on screen.
    pub(crate) first: &'a [UserId],
    /// Everybody else.
    pub(crate) others: &'a [UserId],
    /// The statuses that the agent's own session knows, for as long as the service names none.
    pub(crate) statuses: &'a [AgentStatus],
}

/// What a user does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum UserPresence {
    /// Logged in.
    LoggedIn(AgentSnapshot),
    /// Logged out; since this moment, if that was seen.
    LoggedOut(Option<Timestamp>),
}
