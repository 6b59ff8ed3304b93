//! Reads the settings file and the policy over it, keeps a copy of each good file, and falls back to that copy.
//!
//! The user's file is only ever read. What happens when the policy cannot be used is said in [`crate::policy`].

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
};

use thiserror::Error;
use url::Url;

use crate::{
    Key, Layer, Policy, Settings, Source, Sources, atomic, bounded,
    conflict::{Conflict, conflict},
    connect_api,
    document::Mistake,
    policy::Text,
    problem::{LONGEST, Problem, line, text_of, unreadable},
    reading::{self, Read},
};

/// The user's file in the data folder.
pub const FILE: &str = "settings.toml";

/// The copy of the last good text, beside [`FILE`].
pub const LAST_GOOD: &str = "settings.last-good.toml";

/// What the application starts with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The settings to use: the policy's over the file's, else over the last good ones, over the defaults. With a
    /// policy that cannot be used, the defaults alone, which lead nowhere.
    pub settings: Settings,
    /// Where the value of each setting comes from, and which are locked.
    pub sources: Sources,
    /// Why a file's own settings are not used; the policy's problem before the user's.
    pub problem: Option<Problem>,
    /// The lines of the user's file that the policy overrules.
    pub notes: Vec<Note>,
    /// Why the good settings could not be kept for later.
    pub not_kept: Option<NotKept>,
    /// The user's file as it was read.
    pub(crate) text: Option<String>,
}

/// A line of the user's file that has no effect, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}, line {line}: {key} is set by your administrator, so this line is not used.", .file.display())]
pub struct Note {
    /// The user's file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// The setting.
    pub key: Key,
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

/// Reads the settings of a data folder under a policy. Blocking; never fails: the answer says what is
/// wrong. A missing file means the defaults.
#[must_use]
pub fn load(dir: &Path, policy: &Policy) -> Loaded {
    let policy = match policy.read() {
        Ok(policy) => policy,
        Err(problem) => return refuse(problem),
    };
    let file = dir.join(FILE);
    let text = match read(&file) {
        Ok(text) => text,
        Err(problem) => return fall_back(dir, policy.as_ref(), problem),
    };
    match layered(text.as_deref(), policy.as_ref()) {
        Ok(Layered { settings, sources, overruled }) => Loaded {
            settings,
            sources,
            problem: None,
            notes: notes(&file, text.as_deref().unwrap_or_default(), &overruled),
            not_kept: text.as_deref().and_then(|text| keep(dir, text).err()),
            text,
        },
        Err(Wrong::User(mistake)) => {
            let line = mistake.at.map(|at| line(text.as_deref().unwrap_or_default(), at));
            let problem = Problem { file, line, reason: mistake.reason, layer: Layer::User };
            fall_back(dir, policy.as_ref(), problem)
        }
        Err(Wrong::Policy(problem)) => refuse(problem),
    }
}

/// Uses neither file: what the policy would have locked is not known.
fn refuse(problem: Problem) -> Loaded {
    Loaded { problem: Some(problem), ..Loaded::default() }
}

/// The last good settings. A copy that is missing or of no use gives the defaults: the person is informed about
/// their own file, not about our copy.
fn fall_back(dir: &Path, policy: Option<&Text>, problem: Problem) -> Loaded {
    let kept = read(&dir.join(LAST_GOOD)).ok().flatten();
    let found = match layered(kept.as_deref(), policy) {
        Err(Wrong::User(_)) => layered(None, policy),
        found => found,
    };
    match found {
        Ok(Layered { settings, sources, .. }) => {
            Loaded { settings, sources, problem: Some(problem), ..Loaded::default() }
        }
        Err(Wrong::Policy(problem)) => refuse(problem),
        // Without a text there is no mistake in it.
        Err(Wrong::User(_)) => Loaded { problem: Some(problem), ..Loaded::default() },
    }
}

/// The layers put together.
#[derive(Debug)]
pub(crate) struct Layered {
    pub(crate) settings: Settings,
    pub(crate) sources: Sources,
    /// The settings of the user's text that the policy overrules, each with its place in bytes.
    overruled: Vec<(Key, usize)>,
}

/// Which layer cannot be used.
#[derive(Debug)]
pub(crate) enum Wrong {
    User(Mistake),
    Policy(Problem),
}

/// Puts the policy over the user's text over the defaults.
pub(crate) fn layered(user: Option<&str>, policy: Option<&Text>) -> Result<Layered, Wrong> {
    let base = Settings::default();
    let user = match user {
        Some(text) => reading::parse(text, Layer::User, base).map_err(Wrong::User)?,
        None => Read::nothing(base),
    };
    let over = match policy {
        Some(policy) => reading::parse(&policy.text, Layer::Policy, user.settings)
            .map_err(|mistake| Wrong::Policy(policy.problem(&mistake)))?,
        None => Read::nothing(user.settings),
    };
    let mut sources =
        Sources { user: user.given.keys().copied().collect(), policy: over.given.keys().copied().collect() };
    let mut settings = over.settings;
    // Another CCP would be another instance.
    if sources.is_locked(Key::Instance) && !sources.is_locked(Key::Ccp) {
        sources.policy.insert(Key::Ccp);
        settings.ccp = None;
    }
    if sources.is_locked(Key::InstanceArn) {
        lock_connect_api(&mut sources, &mut settings);
    }
    // A name that a person wrote for another proxy is no mistake in their file.
    let is_without_login = settings.proxy.as_ref().is_some_and(|proxy| !proxy.has_login());
    if sources.is_locked(Key::Proxy) && is_without_login && !sources.is_locked(Key::ProxyUser) {
        sources.policy.insert(Key::ProxyUser);
        settings.proxy_user = None;
    }
    if let Some(mistake) = leak(&settings, &sources, &user.given) {
        return Err(Wrong::User(mistake));
    }
    if let Some(Conflict { keys, reason }) = conflict(&settings) {
        let place = |given: &BTreeMap<Key, usize>| keys.iter().find_map(|key| given.get(key).copied());
        let is_users = keys.iter().any(|key| sources.of(*key) == Source::User);
        return Err(match policy.filter(|_| !is_users) {
            Some(policy) => Wrong::Policy(policy.problem(&Mistake { at: place(&over.given), reason })),
            None => Wrong::User(Mistake { at: place(&user.given), reason }),
        });
    }
    let overruled = user.given.into_iter().filter(|(key, _)| sources.is_locked(*key)).collect();
    Ok(Layered { settings, sources, overruled })
}

/// A policy that names the instance also decides by which role and at which addresses it is read.
fn lock_connect_api(sources: &mut Sources, settings: &mut Settings) {
    let is_open = |key: Key| !sources.is_locked(key);
    settings.connect_region = settings.connect_region.take().filter(|_| !is_open(Key::ConnectRegion));
    settings.role_arn = settings.role_arn.take().filter(|_| !is_open(Key::RoleArn));
    settings.connect_api = settings.connect_api.take().filter(|_| !is_open(Key::ConnectApi));
    settings.sts = settings.sts.take().filter(|_| !is_open(Key::Sts));
    sources.policy.extend(connect_api::KEYS);
}

/// An address in the person's own file that would send tokens of a remote sign-in to this machine.
fn leak(settings: &Settings, sources: &Sources, given: &BTreeMap<Key, usize>) -> Option<Mistake> {
    if net::is_loopback(&settings.login) {
        return None;
    }
    let addresses = [
        (Key::Graph, Some(&settings.graph), "tokens"),
        (Key::ConnectApi, settings.connect_api.as_ref(), "credentials for a login"),
        (Key::Sts, settings.sts.as_ref(), "tokens"),
    ];
    let is_leak =
        |key, address: Option<&Url>| sources.of(key) == Source::User && address.is_some_and(net::is_loopback);
    let (key, _, what) = addresses.into_iter().find(|(key, address, _)| is_leak(*key, *address))?;
    let host = settings.login.host_str().unwrap_or_default();
    let reason = format!("{key} is this machine, but {what} of {host} must not be sent here");
    Some(Mistake { at: given.get(&key).copied(), reason })
}

fn notes(file: &Path, text: &str, overruled: &[(Key, usize)]) -> Vec<Note> {
    let note = |&(key, at): &(Key, usize)| Note { file: file.to_path_buf(), line: line(text, at), key };
    let mut notes: Vec<Note> = overruled.iter().map(note).collect();
    notes.sort_by_key(|note| note.line);
    notes
}

/// The file's text, none if there is no file. An empty file is a problem: it is what a full disk leaves.
pub(crate) fn read(file: &Path) -> Result<Option<String>, Problem> {
    let problem = |line, reason| Problem { file: file.to_path_buf(), line, reason, layer: Layer::User };
    let bytes = match bounded::read(file, LONGEST) {
        Ok(bytes) => bytes,
        // Windows reports this as "not found" too.
        Err(_) if file.ancestors().skip(1).any(Path::is_file) => {
            return Err(problem(None, "there is a file in place of its folder".to_owned()));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(_) if file.is_dir() => {
            return Err(problem(None, "there is a folder in place of the file".to_owned()));
        }
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
            return Err(problem(None, "there is something else in place of the file".to_owned()));
        }
        Err(error) => return Err(problem(None, unreadable(&error))),
    };
    text_of(bytes).map(Some).map_err(|(line, reason)| problem(line, reason))
}

fn keep(dir: &Path, text: &str) -> Result<(), NotKept> {
    let file = dir.join(LAST_GOOD);
    if bounded::read(&file, LONGEST).is_ok_and(|kept| kept == text.as_bytes()) {
        return Ok(());
    }
    atomic::write(&file, text.as_bytes()).map_err(|error| NotKept { file, reason: error.kind().to_string() })
}
