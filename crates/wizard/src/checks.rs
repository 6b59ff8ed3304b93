//! The live checks: the registration while nobody logs in, what a login shows, the instance.
//!
//! They ask the network and answer in words; [`crate::page`] and the caller decide what follows from them.

mod instance;
mod login;
mod registration;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;
use url::Url;
use view::{
    doctor::{Check, CheckStatus},
    setup::SetupSign,
    words::{fill, say},
};

pub use self::{
    instance::{InstanceLights, instance},
    login::{LoginLights, TenantName, login},
    registration::{RegistrationLights, SecretAsked, registration},
};

/// How long one round may take.
const LIMIT: Duration = Duration::from_secs(12);

/// How a light relates to what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Not at all: no field shows it.
    Elsewhere,
    /// A value is wrong: in a few words, for under its field.
    Field(String),
    /// Nothing was reached, so nothing is known of any value.
    Network,
}

/// A sign and its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Light {
    /// How it is.
    pub sign: SetupSign,
    /// The words about it; may be empty.
    pub says: String,
    /// How it relates to what was typed.
    pub cause: Cause,
}

impl Light {
    /// A sign with this sentence.
    pub fn new(sign: SetupSign, says: String) -> Self {
        Self { sign, says, cause: Cause::Elsewhere }
    }

    /// Something else comes first: the text at `key` says what.
    pub fn waiting(key: &str) -> Self {
        Self::new(SetupSign::Waiting, say(key))
    }

    /// It is being checked.
    pub fn checking() -> Self {
        Self::new(SetupSign::Checking, String::new())
    }

    fn good(says: String) -> Self {
        Self::new(SetupSign::Good, says)
    }

    fn failed(says: String) -> Self {
        Self::new(SetupSign::Failed, says)
    }

    /// A value is wrong: the text at `field` says how, in a few words.
    fn wrong(says: String, field: &str) -> Self {
        Self { cause: Cause::Field(say(field)), ..Self::failed(says) }
    }

    /// Nothing was reached; this says what, and what to do.
    fn unreached(says: String) -> Self {
        Self { cause: Cause::Network, ..Self::failed(says) }
    }

    /// This host did not answer within [`LIMIT`].
    fn late(address: &Url) -> Self {
        let seconds = LIMIT.as_secs().to_string();
        Self::unreached(fill("setup.network.late", &[("host", &host(address)), ("seconds", &seconds)]))
    }

    /// Something is wrong.
    pub fn is_failed(&self) -> bool {
        self.sign == SetupSign::Failed
    }

    /// Nothing was reached.
    pub fn is_unreached(&self) -> bool {
        self.cause == Cause::Network
    }

    /// What doctor found, with what to do.
    fn of(check: Check, unknown: SetupSign) -> Self {
        let sign = match check.status {
            CheckStatus::Good => SetupSign::Good,
            CheckStatus::NotChecked => unknown,
            CheckStatus::Warning => SetupSign::Warning,
            CheckStatus::Failed => SetupSign::Failed,
        };
        Self::new(sign, and(check.saw, &check.to_do.unwrap_or_default()))
    }
}

fn and(one: String, other: &str) -> String {
    if other.is_empty() { one } else { format!("{one} {other}") }
}

/// The name of a host as people know it.
fn host(address: &Url) -> String {
    address.host_str().unwrap_or_default().to_owned()
}

/// How far a round of checks is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress<T> {
    /// There is nothing to check yet.
    Waiting,
    /// Under way, or about to be.
    Checking,
    /// This was found.
    Done {
        /// When.
        at: Timestamp,
        /// What.
        found: T,
    },
}

impl<T> Progress<T> {
    /// What was found, once it is known.
    pub fn found(&self) -> Option<&T> {
        match self {
            Self::Done { found, .. } => Some(found),
            Self::Waiting | Self::Checking => None,
        }
    }
}

impl<T> Redate for Progress<T> {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Done { at, found: _ } => at.redate(by),
            Self::Waiting | Self::Checking => {}
        }
    }
}
