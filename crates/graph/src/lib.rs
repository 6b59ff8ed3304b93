//! A client of Microsoft Graph: own presence, status message, colleagues' presence, people, photos, names of the
//! tenant.
//!
//! Each function sends one request (a few take several), with a token from the caller. It keeps no state, retries
//! nothing and decides nothing: the caller decides when to read, how long to wait, and what to write. [`Graph`] is the
//! client, [`GraphError`] says why a call failed.

mod colleagues;
mod error;
mod licence;
mod message;
mod organization;
mod own;
mod page;
mod people;
mod photo;
mod search;
mod transport;
mod wire;

use std::fmt;

use presence::identity::ObjectId;
use url::Url;

pub use error::{ErrorKind, GraphError};
pub use licence::{Directory, LicenceFilter, PlanId};
pub use message::{Ends, MessageWrite, StatusMessage};
pub use organization::Organization;
pub use own::OwnPresence;
pub use page::{DirectoryPerson, NextPage, PageSize, PeoplePage};
pub use people::LicensedCount;
pub use photo::{LARGEST_PHOTO, Photo};

/// The kind of a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// The business number; the directory has one.
    Business,
    /// The mobile number.
    Mobile,
}

/// A telephone number of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryNumber {
    /// The kind.
    pub kind: NumberKind,
    /// As an administrator typed it: free text.
    pub as_written: String,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Identity in the directory.
    pub id: ObjectId,
    /// The display name, ready to be shown; an address if the name has nothing visible.
    pub name: String,
    /// The user principal name; may be empty.
    pub upn: String,
    /// The mail address.
    pub mail: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// Telephone numbers, the business number first.
    pub numbers: Vec<DirectoryNumber>,
}

/// A client of Microsoft Graph v1.0. Cheap to clone.
#[derive(Clone)]
pub struct Graph {
    http: reqwest::Client,
    base: Url,
    application_id: String,
}

impl Graph {
    /// A client for the Graph at `base`, for example `https://graph.microsoft.com/v1.0/`.
    ///
    /// `http` must not follow redirects: the token must reach one host only. `application_id` is the client id of the
    /// app registration. It is also the id of the presence session (Graph: presence-setpresence), so all machines of
    /// one person share one session.
    #[must_use]
    pub fn new(http: reqwest::Client, base: Url, application_id: String) -> Self {
        Self { http, base, application_id }
    }
}

impl fmt::Debug for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Graph").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}
