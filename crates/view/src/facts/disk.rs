//! A file that was not written, as a value that says why: the view finds the words for it.

use std::{fmt, io, path::PathBuf};

/// A file that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiskFailure {
    /// The file.
    pub file: PathBuf,
    /// Why.
    pub kind: io::ErrorKind,
}

/// For the log.
impl fmt::Display for DiskFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cannot be written: {}", self.file.display(), self.kind)
    }
}

impl std::error::Error for DiskFailure {}
