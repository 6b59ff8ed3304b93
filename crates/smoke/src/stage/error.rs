//! What can be wrong with a private desktop, one sentence each.

use std::time::Duration;

use thiserror::Error;

/// Why the stage failed.
#[derive(Debug, Error)]
pub enum StageError {
    /// A program is not installed.
    #[error("{tool} is missing. Install the package {package}.")]
    Missing {
        /// The program.
        tool: String,
        /// The Debian package that has it.
        package: &'static str,
    },
    /// A program could not be started, or ended at once.
    #[error("{tool} did not start: {reason}")]
    DidNotStart {
        /// The program.
        tool: String,
        /// Why.
        reason: String,
    },
    /// The private folder could not be made or read.
    #[error("the private folder failed: {0}")]
    Folder(#[from] std::io::Error),
    /// The session bus, or a program on it, refused.
    #[error("the session bus answered: {0}")]
    Bus(#[from] zbus::Error),
    /// The X display refused.
    #[error("the display answered: {0}")]
    Display(String),
    /// The page, or its driver, refused.
    #[error("the page's driver answered: {0}")]
    Page(String),
    /// The browser was given something that is no address.
    #[error("the browser was given \"{0}\", which is no address")]
    Address(String),
    /// The thing to click is not there.
    #[error("there is no \"{wanted}\" to click, only {there}")]
    NothingToClick {
        /// What was looked for.
        wanted: String,
        /// What is there.
        there: String,
    },
    /// Something did not happen in time.
    #[error("{what} was expected within {} s; seen: {seen}", limit.as_secs_f32())]
    Late {
        /// What was waited for.
        what: String,
        /// How long.
        limit: Duration,
        /// What was there instead.
        seen: String,
    },
}

impl From<zbus::fdo::Error> for StageError {
    fn from(error: zbus::fdo::Error) -> Self {
        Self::Bus(error.into())
    }
}

/// What a look at the stage saw, for [`super::until`].
impl From<StageError> for String {
    fn from(error: StageError) -> Self {
        if let StageError::Late { what, .. } = error {
            return format!("not yet {what}");
        }
        error.to_string()
    }
}
