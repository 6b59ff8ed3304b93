//! Reads the settings file, keeps a copy of each good one, and falls back to that copy.
//!
//! The user's file is only ever read.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use thiserror::Error;

use crate::{Settings, atomic, reading};

/// The user's file in the data folder.
pub const FILE: &str = "settings.toml";

/// The copy of the last good text, beside [`FILE`].
pub const LAST_GOOD: &str = "settings.last-good.toml";

/// What a start begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The settings to use: the file's, else the last good ones, else the defaults.
    pub settings: Settings,
    /// Why the file's own settings are not used.
    pub problem: Option<Problem>,
    /// Why the good settings could not be kept for later.
    pub not_kept: Option<NotKept>,
}

/// A settings file that cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{}: {reason}.", .file.display(), .line.map(|line| format!(", line {line}")).unwrap_or_default())]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, where one line is to blame.
    pub line: Option<usize>,
    /// What is wrong, without a full stop.
    pub reason: String,
}

/// The copy of the good settings was not written. They are used all the same.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{} was not written: {reason}. The settings are used, but there is no copy to fall back to.", .file.display())]
pub struct NotKept {
    /// The copy.
    pub file: PathBuf,
    /// The system's words for it.
    pub reason: String,
}

/// Reads the settings of a data folder. Blocking; never fails: what is wrong is told in the answer. A missing
/// file means the defaults.
#[must_use]
pub fn load(dir: &Path) -> Loaded {
    let file = dir.join(FILE);
    let (text, mistake) = match read(&file) {
        Ok(None) => return Loaded::default(),
        Ok(Some(text)) => match reading::parse(&text) {
            Ok(settings) => return Loaded { settings, problem: None, not_kept: keep(dir, &text).err() },
            Err(mistake) => (text, mistake),
        },
        Err(problem) => return fall_back(dir, problem),
    };
    let line = mistake.at.map(|at| line(&text, at));
    fall_back(dir, Problem { file, line, reason: mistake.reason })
}

/// The last good settings. A copy that is missing or of no use gives the defaults: the person is told of
/// their own file, not of ours.
fn fall_back(dir: &Path, problem: Problem) -> Loaded {
    let settings = read(&dir.join(LAST_GOOD)).ok().flatten().and_then(|text| reading::parse(&text).ok());
    Loaded { settings: settings.unwrap_or_default(), problem: Some(problem), not_kept: None }
}

/// The file's text, none where there is no file. An empty file is a problem: it is what a full disk leaves.
pub(crate) fn read(file: &Path) -> Result<Option<String>, Problem> {
    let problem = |line, reason| Problem { file: file.to_path_buf(), line, reason };
    let bytes = match fs::read(file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) if file.is_dir() => {
            return Err(problem(None, "there is a folder in place of the file".to_owned()));
        }
        Err(error) => return Err(problem(None, format!("the file cannot be read: {}", error.kind()))),
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().iter().take(good).filter(|byte| **byte == b'\n').count();
        problem(Some(before + 1), "the text is not UTF-8".to_owned())
    })?;
    if text.trim().is_empty() {
        return Err(problem(None, "the file is empty".to_owned()));
    }
    Ok(Some(text))
}

fn keep(dir: &Path, text: &str) -> Result<(), NotKept> {
    let file = dir.join(LAST_GOOD);
    if fs::read(&file).is_ok_and(|kept| kept == text.as_bytes()) {
        return Ok(());
    }
    atomic::write(&file, text.as_bytes()).map_err(|error| NotKept { file, reason: error.kind().to_string() })
}

/// The line of a byte, counted from 1. What is missed at the end of the text is missed on its last line with
/// anything on it.
pub(crate) fn line(text: &str, at: usize) -> usize {
    let at = at.min(text.trim_end().len());
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}
