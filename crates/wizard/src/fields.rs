//! What was typed, as settings: the same checks and sentences as those of the settings file.

use std::time::Duration;

use settings::{Configured, Key, Loaded, Settings};
use view::{setup::SetupName, words::say};

use super::{draft::Draft, typed::is_locked};

impl Draft {
    /// What is wrong with a field, as far as that is known without the network.
    pub fn mistake(&self, loaded: &Loaded, name: SetupName) -> Option<String> {
        // An administrator may name what a person may not.
        if is_locked(&loaded.sources, name) {
            return None;
        }
        match name {
            SetupName::Tenant => self.now.read_tenant().err(),
            SetupName::ClientId => self.now.read_client_id().err(),
            SetupName::SecretExpires => self.now.read_secret_expires().err(),
            SetupName::Instance => self.now.read_instance().err(),
            SetupName::Start => self.now.read_start().err(),
            SetupName::Hold => self.now.read_hold().err(),
            SetupName::AdminConsent | SetupName::Mode => None,
        }
    }

    /// The settings as they will be saved. A field that cannot be used counts as empty; [`Self::mistake`] says so.
    pub fn wanted(&self, loaded: &Loaded) -> Settings {
        let (now, before) = (&self.now, &loaded.settings);
        let is_free = |key| !loaded.sources.is_locked(key);
        let mut wanted = before.clone();
        if is_free(Key::Tenant) {
            wanted.tenant = now.read_tenant().ok().flatten();
        }
        if is_free(Key::ClientId) {
            wanted.client_id = now.read_client_id().ok().flatten();
        }
        if is_free(Key::AdminConsent) {
            wanted.admin_consent = now.read_admin_consent();
        }
        if is_free(Key::Instance) {
            wanted.instance = now.read_instance().ok().flatten();
        }
        if is_free(Key::ConnectStart) {
            wanted.connect_start = now.read_start().ok().flatten();
        }
        if is_free(Key::ConnectMode) {
            wanted.connect_mode = now.read_mode();
        }
        // Another instance has another CCP.
        if wanted.instance != before.instance && before.instance.is_some() && is_free(Key::Ccp) {
            wanted.ccp = None;
        }
        let hold = |before: Duration| {
            if is_free(Key::Hold) { self.hold() } else { u32::try_from(before.as_secs()).unwrap_or(u32::MAX) }
        };
        let mut forth = now.connect.table(hold(before.connect_to_teams.hold));
        let mut back = now.teams.table(hold(before.teams_to_connect.hold));
        if !is_free(Key::Rows) {
            forth = forth.with_rows(before.connect_to_teams.rows().to_vec());
        }
        if !is_free(Key::TeamsRows) {
            back = back.with_rows(before.teams_to_connect.rows().to_vec());
        }
        if !is_free(Key::ConnectToTeams) {
            forth.enabled = before.connect_to_teams.enabled;
        }
        if !is_free(Key::TeamsToConnect) {
            back.enabled = before.teams_to_connect.enabled;
        }
        Settings { connect_to_teams: forth, teams_to_connect: back, ..wanted }
    }
}

/// The registration of these settings, as soon as it can be asked for. It does not depend on the CCP: while there is
/// none, the sign-in's address is used in its place, and is never opened.
pub fn registration_of(settings: &Settings) -> Option<Configured> {
    let instance = settings.ccp.as_ref().or(settings.instance.as_ref()).unwrap_or(&settings.login);
    Settings { instance: Some(instance.clone()), ..settings.clone() }.configured().ok()
}

/// A field, as the pages name it.
pub(super) fn name_words(name: SetupName) -> String {
    say(match name {
        SetupName::Tenant => "setupName.tenant",
        SetupName::ClientId => "setupName.clientId",
        SetupName::SecretExpires => "setupName.secretExpires",
        SetupName::AdminConsent => "setupName.adminConsent",
        SetupName::Instance => "setupName.instance",
        SetupName::Start => "setupName.start",
        SetupName::Mode => "setupName.mode",
        SetupName::Hold => "mappingPage.hold",
    })
}
