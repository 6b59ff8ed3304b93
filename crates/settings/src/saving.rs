//! Changes single settings in the user's file, and nothing else in it.
//!
//! Remarks, order, line ends and spelling of everything that does not change stay. A file that is broken, or that somebody
//! else changed in the meantime, is not touched: nothing that a person wrote is ever lost.

use std::{fs, io, path::Path};

use thiserror::Error;
use toml_edit::DocumentMut;

use crate::{
    FILE, Key, Loaded, Policy, Problem, Settings, atomic,
    lines::Lines,
    loading::{Layered, Wrong, layered, read},
    version::VERSION,
    writing::put,
};

/// Why the user's file was not written. It is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSaved {
    /// The file, or the policy, cannot be used, so nothing is known to be safe to write.
    #[error("{0} Nothing was saved.")]
    Broken(Problem),
    /// Only an administrator can change this setting.
    #[error("{0} is set by your administrator. Nothing was saved.")]
    Locked(Key),
    /// The file is not as it was when the settings were read.
    #[error("The settings file was changed in the meantime. Nothing was saved.")]
    Changed,
    /// What was wanted cannot be a setting.
    #[error("{0}. Nothing was saved.")]
    Wrong(String),
    /// The file cannot be written.
    #[error("The settings file cannot be written: {0}. Nothing was saved.")]
    Disk(io::ErrorKind),
}

/// Writes what differs between the settings that were `loaded` from `dir` under `policy`, and those that are
/// `wanted`. Without a difference nothing is written. Blocking. The new settings are in force when they are
/// loaded again.
///
/// A key that is taken out of the file takes the remark above it along.
///
/// # Errors
/// When a file is broken, a changed setting is locked, the file has changed since it was loaded, what is wanted
/// cannot be a setting, or the file cannot be written.
pub fn save(dir: &Path, policy: &Policy, loaded: &Loaded, wanted: &Settings) -> Result<(), NotSaved> {
    if let Some(problem) = &loaded.problem {
        return Err(NotSaved::Broken(problem.clone()));
    }
    let changed: Vec<Key> = Key::all().filter(|key| !key.is_same(&loaded.settings, wanted)).collect();
    if let Some(locked) = changed.iter().find(|key| loaded.sources.is_locked(**key)) {
        return Err(NotSaved::Locked(*locked));
    }
    let file = dir.join(FILE);
    if read(&file).map_err(NotSaved::Broken)? != loaded.text {
        return Err(NotSaved::Changed);
    }
    let text = edited(loaded.text.as_deref(), &changed, wanted)?;
    let policy = policy.read().map_err(NotSaved::Broken)?;
    match layered(Some(&text), policy.as_ref()) {
        Ok(Layered { settings, .. }) if settings == *wanted => {}
        Ok(_) => {
            return Err(NotSaved::Wrong("this change cannot be written to the settings file".to_owned()));
        }
        Err(Wrong::User(mistake)) => return Err(NotSaved::Wrong(mistake.reason)),
        Err(Wrong::Policy(problem)) => return Err(NotSaved::Broken(problem)),
    }
    if changed.is_empty() {
        return Ok(());
    }
    // A link to a file elsewhere stays a link.
    let file = fs::canonicalize(&file).unwrap_or(file);
    atomic::write(&file, text.as_bytes()).map_err(|error| NotSaved::Disk(error.kind()))
}

fn edited(text: Option<&str>, changed: &[Key], wanted: &Settings) -> Result<String, NotSaved> {
    let new = format!("version = {VERSION}\n");
    let lines = Lines::of(text.unwrap_or(&new));
    let mut document: DocumentMut = lines
        .text()
        .parse()
        .map_err(|error: toml_edit::TomlError| NotSaved::Wrong(error.message().to_owned()))?;
    for key in changed {
        put(&mut document, wanted, *key);
    }
    Ok(lines.put_back(&document.to_string()))
}
