//! What was typed into the wizard, field by field, and the value of each field.
//!
//! A field is read with the checks and sentences of the settings file. Nothing is kept here.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use presence::{
    connect::Hosting,
    mapping::{ConnectRow, TeamsRow},
};
use serde::{Deserialize, Serialize};
use settings::{ClientId, HOLD, Key, Settings, Sources, Tenant, instance_address, start_address};
use url::Url;
use view::{
    setup::SetupName,
    words::{count, fill, say, sentence},
};

use super::rows::Rows;

/// The result of reading a field: its value, nothing while it is empty, or what is wrong with it.
type Read<T> = Result<Option<T>, String>;

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
    pub hold: String,
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
            hold: settings.connect_to_teams.hold.as_secs().to_string(),
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
            SetupName::Hold => &self.hold,
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
            SetupName::Hold => &mut self.hold,
        }
    }
}

/// Every field.
pub(super) const FIELDS: [SetupName; 8] = [
    SetupName::Tenant,
    SetupName::ClientId,
    SetupName::SecretExpires,
    SetupName::AdminConsent,
    SetupName::Instance,
    SetupName::Start,
    SetupName::Mode,
    SetupName::Hold,
];

/// The setting behind a field; none for the date when a secret ends, which is no setting.
pub(crate) fn key(name: SetupName) -> Option<Key> {
    match name {
        SetupName::Tenant => Some(Key::Tenant),
        SetupName::ClientId => Some(Key::ClientId),
        SetupName::SecretExpires => None,
        SetupName::AdminConsent => Some(Key::AdminConsent),
        SetupName::Instance => Some(Key::Instance),
        SetupName::Start => Some(Key::ConnectStart),
        SetupName::Mode => Some(Key::ConnectMode),
        SetupName::Hold => Some(Key::Hold),
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

/// "2027-01-30".
fn day(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).date().to_string()
}

impl Typed {
    pub fn read_tenant(&self) -> Read<Tenant> {
        read(&self.tenant, |text| text.parse::<Tenant>().map_err(|error| sentence(&error)))
    }

    pub fn read_client_id(&self) -> Read<ClientId> {
        read(&self.client_id, |text| text.parse::<ClientId>().map_err(|error| sentence(&error)))
    }

    /// The beginning of the day.
    pub fn read_secret_expires(&self) -> Read<Timestamp> {
        read(&self.secret_expires, |text| {
            let day =
                text.parse::<Date>().ok().and_then(|day| TimeZone::system().to_timestamp(day.into()).ok());
            day.ok_or_else(|| say("setup.field.notADay"))
        })
    }

    pub fn read_instance(&self) -> Read<Url> {
        read(&self.instance, |text| instance_address(text).map_err(|error| sentence(&error)))
    }

    pub fn read_start(&self) -> Read<Url> {
        read(&self.start, |text| start_address(text).map_err(|error| sentence(&error)))
    }

    pub fn read_admin_consent(&self) -> bool {
        self.admin_consent == "true"
    }

    /// Seconds. There is no table without.
    pub fn read_hold(&self) -> Result<u32, String> {
        let seconds = self.hold.trim().parse().ok().filter(|seconds| HOLD.contains(seconds));
        seconds.ok_or_else(|| {
            let [least, most] = [HOLD.start(), HOLD.end()].map(|limit| count(*limit as usize));
            fill("controlsPage.range", &[("least", &least), ("most", &most)])
        })
    }

    pub fn read_mode(&self) -> Hosting {
        match self.mode.as_str() {
            "same_origin" => Hosting::SameOrigin,
            "approved_origin" => Hosting::ApprovedOrigin,
            _ => Hosting::USUAL,
        }
    }
}

fn read<T>(text: &str, take: impl FnOnce(&str) -> Result<T, String>) -> Read<T> {
    match text.trim() {
        "" => Ok(None),
        text => take(text).map(Some),
    }
}
