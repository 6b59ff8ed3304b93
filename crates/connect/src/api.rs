//! The service API of Amazon Connect: the users, the statuses, and the current state of each user.
//!
//! Only reads. Each function sends one request, so that the caller can respect the quota (2 a second for a whole
//! account and region, ConnectPath included). Lists are read entry by entry: an unreadable entry is skipped and
//! counted. Connects only to the given addresses, and keeps no state.

mod credentials;
mod entries;
mod error;
mod request;
mod statuses;
mod sts;
mod userdata;
mod users;

use presence::aws::{InstanceArn, Region};
use url::Url;

pub use self::{
    credentials::Credentials,
    error::{ApiError, ErrorKind},
    statuses::Statuses,
    sts::Sts,
    userdata::{AGENTS_A_CALL, CurrentUsers, UserState},
    users::{ConnectUser, UserAddresses, Users},
};

/// The token of the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage(String);

impl NextPage {
    /// From the token in an answer; none if there is no further page.
    #[must_use]
    pub fn of(token: Option<String>) -> Option<Self> {
        token.filter(|token| !token.is_empty()).map(Self)
    }
}

/// The service API for one instance.
#[derive(Debug, Clone)]
pub struct ConnectApi {
    http: reqwest::Client,
    endpoint: Url,
    region: Region,
    instance: InstanceArn,
}

impl ConnectApi {
    /// A client for the API at `endpoint`, with signatures for `region`.
    #[must_use]
    pub fn new(http: reqwest::Client, endpoint: Url, region: Region, instance: InstanceArn) -> Self {
        Self { http, endpoint, region, instance }
    }
}
