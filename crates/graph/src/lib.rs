//! Microsoft Graph: own presence, colleagues' presence, people, photos, the tenant's names.
//!
//! One call a function, with the token given by the caller. Keeps no state, repeats nothing and decides
//! nothing: when to read, when to wait and what to write is the business of those above.

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

/// What kind of number it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// The one business number that the directory keeps.
    Business,
    /// The mobile number.
    Mobile,
}

/// A telephone number of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryNumber {
    /// What kind it is.
    pub kind: NumberKind,
    /// As an administrator typed it: free text.
    pub as_written: String,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Identity in the directory.
    pub id: ObjectId,
    /// The display name as it is shown; an address where nothing of it can be seen.
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
    /// `http` must not follow redirects: a token belongs to one host. `application_id` is the client id of the
    /// registration; Graph wants it as the id of the presence session (Graph: presence-setpresence), so all
    /// machines of one person share one session.
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
