//! What was typed so far. It is kept in the data folder, so that the wizard goes on after a restart; the client secret is
//! no part of it.
//!
//! A draft remembers what it began from. Where the settings change underneath, everything that nobody touched in the
//! wizard follows them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use presence::{
    connect::Hosting,
    mapping::{ConnectRow, TeamsRow},
};
use serde::{Deserialize, Serialize};
use settings::{Key, Settings, Sources, json};
use view::setup::{SetupName, SetupStep};

use super::{fields::day, rows::Rows};

/// Everything that the wizard changes, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub tenant: String,
    pub client_id: String,
    pub secret_expires: String,
    pub admin_consent: String,
    pub instance: String,
    pub start: String,
    pub mode: String,
    /// Seconds, for both tables.
    pub hold: u32,
    pub connect: Rows<ConnectRow>,
    pub teams: Rows<TeamsRow>,
}

impl Typed {
    /// What one would type to get these settings.
    pub fn of(settings: &Settings, secret_expires: Option<Timestamp>) -> Self {
        let text = |value: Option<String>| value.unwrap_or_default();
        Self {
            tenant: text(settings.tenant.as_ref().map(ToString::to_string)),
            client_id: text(settings.client_id.as_ref().map(ToString::to_string)),
            secret_expires: secret_expires.map(day).unwrap_or_default(),
            admin_consent: settings.admin_consent.to_string(),
            instance: text(settings.instance.as_ref().map(ToString::to_string)),
            start: text(settings.connect_start.as_ref().map(ToString::to_string)),
            mode: mode_word(settings.connect_mode).to_owned(),
            hold: u32::try_from(settings.connect_to_teams.hold.as_secs()).unwrap_or(u32::MAX),
            connect: Rows::of(&settings.connect_to_teams),
            teams: Rows::of(&settings.teams_to_connect),
        }
    }

    pub fn field(&self, name: SetupName) -> &str {
        match name {
            SetupName::Tenant => &self.tenant,
            SetupName::ClientId => &self.client_id,
            SetupName::SecretExpires => &self.secret_expires,
            SetupName::AdminConsent => &self.admin_consent,
            SetupName::Instance => &self.instance,
            SetupName::Start => &self.start,
            SetupName::Mode => &self.mode,
        }
    }

    pub fn field_mut(&mut self, name: SetupName) -> &mut String {
        match name {
            SetupName::Tenant => &mut self.tenant,
            SetupName::ClientId => &mut self.client_id,
            SetupName::SecretExpires => &mut self.secret_expires,
            SetupName::AdminConsent => &mut self.admin_consent,
            SetupName::Instance => &mut self.instance,
            SetupName::Start => &mut self.start,
            SetupName::Mode => &mut self.mode,
        }
    }
}

/// Every field.
const FIELDS: [SetupName; 7] = [
    SetupName::Tenant,
    SetupName::ClientId,
    SetupName::SecretExpires,
    SetupName::AdminConsent,
    SetupName::Instance,
    SetupName::Start,
    SetupName::Mode,
];

/// The setting behind a field; the end of a secret is none.
pub(crate) fn key(name: SetupName) -> Option<Key> {
    match name {
        SetupName::Tenant => Some(Key::Tenant),
        SetupName::ClientId => Some(Key::ClientId),
        SetupName::SecretExpires => None,
        SetupName::AdminConsent => Some(Key::AdminConsent),
        SetupName::Instance => Some(Key::Instance),
        SetupName::Start => Some(Key::ConnectStart),
        SetupName::Mode => Some(Key::ConnectMode),
    }
}

/// Whether the policy sets a field.
pub fn is_locked(sources: &Sources, name: SetupName) -> bool {
    key(name).is_some_and(|key| sources.is_locked(key))
}

/// As the settings file spells it.
pub(crate) fn mode_word(mode: Hosting) -> &'static str {
    match mode {
        Hosting::SameOrigin => "same_origin",
        Hosting::ApprovedOrigin => "approved_origin",
    }
}

/// See the module.
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
}

impl Draft {
    /// One that changes nothing yet. In a set-up that is there every step counts as done.
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
        if sources.is_locked(Key::Hold) || self.now.hold == self.base.hold {
            self.now.hold = newer.hold;
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
    /// Another end of the secret was entered than is known.
    pub(super) fn ends_otherwise(&self) -> bool {
        self.now.secret_expires != self.base.secret_expires
    }

    /// Nobody changed anything yet.
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
pub fn keep(data: &Path, draft: Option<&Draft>) -> io::Result<()> {
    match draft {
        Some(draft) => json::write(&path(data), draft),
        None => match fs::remove_file(path(data)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) | Ok(()) => Ok(()),
        },
    }
}
