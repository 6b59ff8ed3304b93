//! The machine's policy: where it is, and whether an administrator alone can have written it.
//!
//! A policy is trusted for its place. It is read from one fixed place of the machine, which neither an
//! environment variable nor an option can change, and only if nobody but administrators can write there.
//!
//! **A policy that is there but cannot be used** (broken, or writable by others) never loosens a lock: what it
//! would have locked is not known, so nothing is used at all, and the app says so and does not sync. There is
//! no copy of the last good policy beside the person's data: they could write that copy, so it would not be
//! certain that it was the administrator's. A program that runs already continues with the settings that it has in
//! memory, which are certain.

use std::path::{Path, PathBuf};

use crate::{
    Layer,
    document::Mistake,
    problem::{Problem, line},
};

#[cfg(any(windows, test))]
mod sddl;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::Trust;

/// The place of a machine's policy.
#[derive(Debug, Clone)]
pub struct Policy {
    place: Option<Place>,
}

#[derive(Debug, Clone)]
enum Place {
    #[cfg(unix)]
    File { path: PathBuf, trust: Trust },
    #[cfg(windows)]
    Machine,
}

/// The text of a policy that is trusted.
#[derive(Debug)]
pub(crate) struct Text {
    /// Where it is, for messages.
    pub(crate) file: PathBuf,
    pub(crate) text: String,
}

impl Text {
    /// Why it is not used, with the line of the mistake.
    pub(crate) fn problem(&self, mistake: &Mistake) -> Problem {
        let line = mistake.at.map(|at| line(&self.text, at));
        Problem { line, ..refused(&self.file, &mistake.reason) }
    }
}

impl Policy {
    /// No policy at all: for a demonstration on this machine, and for tests.
    #[must_use]
    pub fn none() -> Self {
        Self { place: None }
    }

    /// The policy of this machine: `/etc/connectpath-teams/policy.toml` on Linux,
    /// `/Library/Application Support/ConnectPath Teams/policy.toml` on macOS, and on Windows the value `policy`
    /// of `HKLM\Software\Policies\ConnectPath Teams`, else `ConnectPath Teams\policy.toml` in the known folder
    /// ProgramData.
    #[must_use]
    pub fn of_this_machine() -> Self {
        #[cfg(windows)]
        let place = Place::Machine;
        #[cfg(unix)]
        let place = Place::File {
            path: PathBuf::from(if cfg!(target_os = "macos") {
                "/Library/Application Support/ConnectPath Teams/policy.toml"
            } else {
                "/etc/connectpath-teams/policy.toml"
            }),
            trust: Trust::root(),
        };
        Self { place: Some(place) }
    }

    /// The policy in this file, if `trust` allows it. For tests, which cannot write where the machine's is.
    #[cfg(unix)]
    #[must_use]
    pub fn at(path: PathBuf, trust: Trust) -> Self {
        Self { place: Some(Place::File { path, trust }) }
    }

    /// The file, so that it can be watched; none if there is no policy or its folder is not known.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        match self.place.as_ref()? {
            #[cfg(unix)]
            Place::File { path, .. } => Some(path.clone()),
            #[cfg(windows)]
            Place::Machine => windows::file(),
        }
    }

    /// The text; none if there is no policy.
    ///
    /// # Errors
    /// When there is a policy that others can have written, or that cannot be read.
    pub(crate) fn read(&self) -> Result<Option<Text>, Problem> {
        match &self.place {
            None => Ok(None),
            #[cfg(unix)]
            Some(Place::File { path, trust }) => unix::read(path, trust),
            #[cfg(windows)]
            Some(Place::Machine) => windows::read(),
        }
    }
}

/// Why a policy is not used. `reason` follows the name of what is to blame.
fn refused(file: &Path, reason: &str) -> Problem {
    Problem { file: file.to_path_buf(), line: None, reason: reason.to_owned(), layer: Layer::Policy }
}
