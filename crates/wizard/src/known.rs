//! What the pages of the wizard are derived from, besides the draft.

use jiff::{SignedDuration, Timestamp};
use presence::{connect::AgentStatus, redate::Redate};
use settings::{Loaded, NotSaved};
use signin::SecretsError;
use url::Url;
use view::facts::BrowserLogin;

use super::{
    checks::{InstanceLights, LoginLights, Progress, RegistrationLights},
    lint::Lint,
};

/// Where the client secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretIs {
    /// There is none.
    Absent,
    /// The keyring has one.
    Kept,
    /// It was entered.
    Entered,
}

/// What the live checks and logins have shown.
#[derive(Debug)]
pub struct Lights {
    /// The registration, without a login.
    pub registration: Progress<RegistrationLights>,
    /// What a login showed.
    pub login: Progress<LoginLights>,
    /// The instance.
    pub instance: Progress<InstanceLights>,
}

impl Default for Lights {
    fn default() -> Self {
        Self { registration: Progress::Waiting, login: Progress::Waiting, instance: Progress::Waiting }
    }
}

impl Redate for Lights {
    fn redate(&mut self, by: SignedDuration) {
        let Self { registration, login, instance } = self;
        registration.redate(by);
        login.redate(by);
        instance.redate(by);
    }
}

/// What the steps of a draft are checked against.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// The settings in force, and where each comes from.
    pub loaded: &'a Loaded,
    /// The findings about the tables.
    pub lint: &'a Lint,
    /// What the checks showed.
    pub lights: &'a Lights,
}

/// How the login to the instance of the draft is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConnectLogin {
    /// Somebody is logged in to it.
    LoggedIn,
    /// There is no address yet, or no instance at it.
    WaitsForAddress,
    /// The application still uses another instance.
    WaitsForSave,
    /// Nobody is logged in; somebody can be.
    Possible,
}

/// Why the last save did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveProblem<'a> {
    /// The settings are saved, and the keyring did not take the client secret.
    Keyring(SecretsError),
    /// The file was not written, for this reason.
    Refused(&'a NotSaved),
    /// The disk did not answer.
    Late,
}

/// How far the application is with what was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AfterSaving {
    /// Teams and Connect are live with it.
    Works,
    /// They are, and nothing is written: the settings want a dry run.
    DryRun,
    /// Somebody must log in to Teams.
    TeamsLogin,
    /// Somebody must log in to Connect.
    ConnectLogin,
    /// It is on its way.
    Begins,
}

/// What a page is derived from, besides its draft.
pub struct Known<'a> {
    /// What the steps are checked against.
    pub basis: Basis<'a>,
    /// The statuses of the instance.
    pub statuses: &'a [AgentStatus],
    /// Where the client secret is.
    pub secret: SecretIs,
    /// The page on which an administrator approves of the registration.
    pub consent: Option<Url>,
    /// The login that is tried in the browser at the moment.
    pub under_way: Option<BrowserLogin<'a>>,
    /// How the login to Connect is.
    pub connect: ConnectLogin,
    /// Why the last save did not succeed; none if it did.
    pub problem: Option<SaveProblem<'a>>,
    /// How far the application is with the saved draft; none if it is not saved.
    pub saved: Option<AfterSaving>,
    /// The current time.
    pub now: Timestamp,
}
