//! What doctor looks at, what it found, and its page.

use serde::Serialize;
use ts_rs::TS;

use crate::words::say;

/// What is checked, in the order in which it is shown. The names are those of the JSON output and stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "DoctorTopic")]
pub enum Topic {
    /// The settings file and the policy.
    Settings,
    /// The tenant and the client ID.
    Registration,
    /// The browser's way back after a login.
    Redirect,
    /// The rights that the agent has granted.
    Scopes,
    /// The query for people with a Teams licence.
    LicenceFilter,
    /// The Connect instance.
    Instance,
    /// Whether our own page may frame the CCP.
    ApprovedOrigin,
    /// The queue that calls to colleagues go out on.
    CallQueue,
    /// Whether AWS gives credentials for the agent's login.
    ConnectTrust,
    /// Whether these credentials allow reading colleagues' Connect statuses.
    ConnectRole,
    /// Whether the quota of the AWS account suffices.
    ConnectQuota,
    /// The way to the sign-in service.
    NetworkLogin,
    /// The way to Microsoft Graph.
    NetworkGraph,
    /// The way to the Connect instance.
    NetworkInstance,
    /// The system's proxy.
    Proxy,
    /// The system's certificate store.
    Certificates,
    /// This machine's clock.
    Clock,
    /// The keyring.
    Keyring,
    /// System notifications.
    Notifications,
    /// The place of the tray icon.
    Tray,
    /// The data folder.
    Disk,
    /// What runs here.
    Versions,
}

impl Topic {
    /// All of them, in order.
    pub const ALL: [Self; 22] = [
        Self::Settings,
        Self::Registration,
        Self::Redirect,
        Self::Scopes,
        Self::LicenceFilter,
        Self::Instance,
        Self::ApprovedOrigin,
        Self::CallQueue,
        Self::ConnectTrust,
        Self::ConnectRole,
        Self::ConnectQuota,
        Self::NetworkLogin,
        Self::NetworkGraph,
        Self::NetworkInstance,
        Self::Proxy,
        Self::Certificates,
        Self::Clock,
        Self::Keyring,
        Self::Notifications,
        Self::Tray,
        Self::Disk,
        Self::Versions,
    ];

    /// Its name for people.
    #[must_use]
    pub fn title(self) -> String {
        say(match self {
            Self::Settings => "doctor.settings.title",
            Self::Registration => "doctor.registration.title",
            Self::Redirect => "doctor.redirect.title",
            Self::Scopes => "doctor.scopes.title",
            Self::LicenceFilter => "doctor.licence.title",
            Self::Instance => "doctor.instance.title",
            Self::ApprovedOrigin => "doctor.origin.title",
            Self::CallQueue => "doctor.queue.title",
            Self::ConnectTrust => "doctor.connectApi.trust.title",
            Self::ConnectRole => "doctor.connectApi.role.title",
            Self::ConnectQuota => "doctor.connectApi.quota.title",
            Self::NetworkLogin => "doctor.network.login",
            Self::NetworkGraph => "doctor.network.graph",
            Self::NetworkInstance => "doctor.network.instance",
            Self::Proxy => "doctor.proxy.title",
            Self::Certificates => "doctor.certificates.title",
            Self::Clock => "doctor.clock.title",
            Self::Keyring => "doctor.keyring.title",
            Self::Notifications => "doctor.notifications.title",
            Self::Tray => "doctor.tray.title",
            Self::Disk => "doctor.disk.title",
            Self::Versions => "doctor.versions.title",
        })
    }
}

/// The result of a check, from best to worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DoctorStatus")]
pub enum CheckStatus {
    /// It works.
    Good,
    /// It could not be checked.
    NotChecked,
    /// The application works without it, or it will be needed soon.
    Warning,
    /// Something does not work because of it.
    Failed,
}

/// One check. Its texts are ready sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "DoctorCheck")]
pub struct Check {
    /// What was checked.
    pub check: Topic,
    /// Its name for people.
    pub title: String,
    /// The result.
    pub status: CheckStatus,
    /// What was seen, or why nothing was checked.
    pub saw: String,
    /// What to do, if there is something to do.
    pub to_do: Option<String>,
}

/// The page. It grows while the checks run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DoctorPage {
    /// True while checks are missing.
    pub running: bool,
    /// How many there will be.
    pub total: u32,
    /// Those that are known, in their order; the others follow.
    pub checks: Vec<Check>,
    /// "2 failed, 1 warning, 12 good, 3 not checked."; empty before the first one.
    pub summary: String,
    /// The whole report as text, to be copied.
    pub report: String,
}
