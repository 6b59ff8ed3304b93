//! The service API of Amazon Connect: who the users are, which statuses there are, and what each user does now.
//!
//! Reads only. Each call is one request, so that whoever calls can keep the quota (2 a second for a whole account and
//! region, ConnectPath included). Parsing is pure and entry by entry: what cannot be read is left out and counted. Opens no
//! connection but to the given addresses, and keeps nothing.

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

/// Where the next page begins, as the service says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextPage(String);

impl NextPage {
    /// What the service said of the next page; none if there is no further one.
    #[must_use]
    pub fn of(token: Option<String>) -> Option<Self> {
        token.filter(|token| !token.is_empty()).map(Self)
    }
}

/// One instance at the service API.
#[derive(Debug, Clone)]
pub struct ConnectApi {
    http: reqwest::Client,
    endpoint: Url,
    region: Region,
    instance: InstanceArn,
}

impl ConnectApi {
    /// The instance at `endpoint`, signed for `region`.
    #[must_use]
    pub fn new(http: reqwest::Client, endpoint: Url, region: Region, instance: InstanceArn) -> Self {
        Self { http, endpoint, region, instance }
    }
}
