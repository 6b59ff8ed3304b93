//! What was typed so far. It is kept in the data folder, so that the wizard continues after a restart; the client secret is
//! no part of it.
//!
//! A draft remembers what it began from. If the settings change underneath, everything that nobody touched in the
//! wizard follows them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use settings::{Key, Settings, Sources, json};
use view::setup::{MappingSide, SetupStep};

use super::typed::{FIELDS, Typed, is_locked};

/// What was typed so far, and what it began from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The step that is open.
    pub step: SetupStep,
    /// The last step that was open.
    pub reached: SetupStep,
    /// What was typed.
    pub now: Typed,
    /// What it began from.
    base: Typed,
    /// "Save with the loop anyway".
    pub loops_accepted: bool,
    /// The client secret is to be forgotten.
    pub forget_secret: bool,
    /// The row that was edited last, which is the first to be asked about when there is a loop.
    #[serde(default)]
    pub edited: Option<(MappingSide, String)>,
}

impl Draft {
    /// One that changes nothing yet. In an existing set-up every step counts as done.
    pub fn new(settings: &Settings, secret_expires: Option<Timestamp>) -> Self {
        let base = Typed::of(settings, secret_expires);
        let is_set_up = settings.configured().is_ok();
        Self {
            step: SetupStep::Registration,
            reached: if is_set_up { SetupStep::Save } else { SetupStep::Registration },
            now: base.clone(),
            base,
            loops_accepted: false,
            forget_secret: false,
            edited: None,
        }
    }

    /// Takes settings that changed underneath: what nobody touched follows them, and what the policy sets always does.
    pub fn follow(&mut self, settings: &Settings, sources: &Sources, secret_expires: Option<Timestamp>) {
        let newer = Typed::of(settings, secret_expires);
        for name in FIELDS {
            if is_locked(sources, name) || self.now.field(name) == self.base.field(name) {
                newer.field(name).clone_into(self.now.field_mut(name));
            }
        }
        self.now.connect.follow(
            &self.base.connect,
            &newer.connect,
            sources.is_locked(Key::ConnectToTeams),
            sources.is_locked(Key::Rows),
        );
        self.now.teams.follow(
            &self.base.teams,
            &newer.teams,
            sources.is_locked(Key::TeamsToConnect),
            sources.is_locked(Key::TeamsRows),
        );
        self.base = newer;
    }
}

impl Draft {
    /// Whether another expiry of the secret was entered than is known.
    pub(super) fn has_other_expiry(&self) -> bool {
        self.now.secret_expires != self.base.secret_expires
    }

    /// The hold of both tables, in seconds; the one that the draft began from while what was typed is not a hold.
    pub(super) fn hold(&self) -> u32 {
        self.now.read_hold().or_else(|_| self.base.read_hold()).unwrap_or_default()
    }

    /// Whether nobody has changed anything yet.
    pub fn is_untouched(&self) -> bool {
        self.now == self.base && !self.forget_secret
    }
}

fn path(data: &Path) -> PathBuf {
    data.join("setup-draft.json")
}

/// The draft that was kept, if there is one. Blocking.
pub fn load(data: &Path) -> Option<Draft> {
    json::read(&path(data))
}

/// Keeps it, or forgets it. Blocking.
///
/// # Errors
/// When the file cannot be written; the old one is then as it was.
pub fn keep(data: &Path, draft: Option<&Draft>) -> io::Result<()> {
    match draft {
        Some(draft) => json::write(&path(data), draft),
        None => match fs::remove_file(path(data)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) | Ok(()) => Ok(()),
        },
    }
}
