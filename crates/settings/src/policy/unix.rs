//! A policy file on Linux and macOS: it and every folder above it belong to the administrator alone.
//!
//! Access lists of Linux need no check of their own: if one lets others write, the group's bits show it (POSIX
//! 1003.1e, the mask entry). Those of macOS do not show and are not checked; only an administrator can give them.
//! Links are refused altogether, so that the folders that were checked are those that are read.

use std::{
    fs::{self, File, Metadata},
    io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
};

use super::{Text, refused};
use crate::{
    bounded,
    problem::{self, LONGEST, Problem, text_of},
};

const WRITABLE_BY_OTHERS: u32 = 0o022;

/// Whose files are trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust {
    owner: u32,
    below: PathBuf,
}

impl Trust {
    /// Root's files, with every folder above them.
    #[must_use]
    pub fn root() -> Self {
        Self::of(0, Path::new("/"))
    }

    /// The files of the person `owner` in the folder `below`, which is checked too; what is above it is not.
    #[must_use]
    pub fn of(owner: u32, below: &Path) -> Self {
        Self { owner, below: below.to_path_buf() }
    }

    fn check(&self, path: &Path, found: &Metadata, what: &str) -> Result<(), Problem> {
        if found.is_symlink() {
            return Err(refused(path, "this is a link, so it is not used"));
        }
        if found.uid() != self.owner {
            return Err(refused(
                path,
                &format!("this {what} does not belong to an administrator, so it is not used"),
            ));
        }
        if found.mode() & WRITABLE_BY_OTHERS != 0 {
            return Err(refused(path, &format!("other users can write this {what}, so it is not used")));
        }
        Ok(())
    }
}

/// The text of `path`; none if nothing is there.
pub(super) fn read(path: &Path, trust: &Trust) -> Result<Option<Text>, Problem> {
    let found = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(path, &error)),
        Ok(found) => found,
    };
    trust.check(path, &found, "file")?;
    if !found.is_file() {
        return Err(refused(path, "there is something else in place of the file"));
    }
    let mut above: Vec<&Path> = path.ancestors().skip(1).collect();
    above.reverse();
    for folder in above.into_iter().filter(|folder| folder.starts_with(&trust.below)) {
        let found = fs::symlink_metadata(folder).map_err(|error| unreadable(folder, &error))?;
        trust.check(folder, &found, "folder")?;
    }
    // From here on nobody else can put another file in its place.
    let mut file = File::open(path).map_err(|error| unreadable(path, &error))?;
    let found = file.metadata().map_err(|error| unreadable(path, &error))?;
    trust.check(path, &found, "file")?;
    let bytes = bounded::read_open(&mut file, LONGEST).map_err(|error| unreadable(path, &error))?;
    let text = text_of(bytes).map_err(|(line, reason)| Problem { line, ..refused(path, &reason) })?;
    Ok(Some(Text { file: path.to_path_buf(), text }))
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    refused(path, &problem::unreadable(error))
}
