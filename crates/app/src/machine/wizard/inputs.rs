//! What goes into the wizard and what comes out of it. Plain values; nothing is decided here.

use presence::connect::{AgentStatus, Hosting};
use settings::{Configured, Loaded, NotSaved, Settings};
use signin::{Identity, SecretsError};
use url::Url;
use view::setup::SetupEdit;
use wizard::{
    Draft,
    checks::{InstanceLights, LoginLights, RegistrationLights},
};

use super::super::login::{Authorization, KeyringChange, Token};
use crate::host::CcpPlan;

/// Where the secret of a check comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// It was entered, or there is to be none.
    Given(Option<Token>),
    /// It is the one that the keyring has for the registration, if any.
    Keyring,
}

/// What a login brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Granted {
    /// The newest refresh token.
    pub(crate) refresh: Option<Token>,
    /// Whose it is.
    pub(crate) who: Identity,
    /// The rights that it was granted with.
    pub(crate) rights: Vec<String>,
}

/// Why the draft was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DraftNotSaved {
    /// The settings file was not written.
    Refused(NotSaved),
    /// The file was not written in time.
    Late,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WizardIn {
    /// The page is asked for. The first request opens the draft.
    Shown,
    /// A field, a button or a row.
    Edit(SetupEdit),
    /// A client secret was entered; none if it is empty, and what the keyring has stays.
    Secret(Option<Token>),
    /// The settings window was closed.
    Closed,
    /// The settings were read again, or could not be; true if the files are good.
    SettingsRead {
        /// See above.
        good: bool,
    },
    /// The statuses of the instance have other names.
    StatusesChanged,
    /// The answer to [`WizardOut::CheckRegistration`].
    Registration {
        /// The number of the check.
        check: u64,
        /// What was found.
        found: RegistrationLights,
        /// The secret that it was checked with.
        used: Option<Token>,
    },
    /// The answer to [`WizardOut::CheckInstance`].
    Instance {
        /// The number of the check.
        check: u64,
        /// What was found.
        found: InstanceLights,
    },
    /// The page for the browser is known.
    Page {
        /// The number of the login.
        attempt: u64,
        /// Its address.
        url: Url,
    },
    /// The browser opened it, or not.
    Opened {
        /// The number of the login.
        attempt: u64,
        /// True if it did.
        opened: bool,
    },
    /// The login ended.
    LoggedIn {
        /// The number of the login.
        attempt: u64,
        /// What was found.
        found: LoginLights,
        /// What it brought.
        granted: Option<Granted>,
    },
    /// The settings were written, with what was known of the authorization for them; or not, with the reason.
    Saved {
        /// The number of the saving.
        saving: u64,
        /// See above.
        result: Result<Box<Authorization>, NotSaved>,
    },
    /// The keyring stored what was entered, or did not.
    Kept {
        /// The number of the saving.
        saving: u64,
        /// See above.
        result: Result<(), SecretsError>,
    },
    /// The program ends, or restarts with other settings.
    End,
    /// The deadline has come.
    Due,
}

/// What it needs to know of others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WizardContext<'a> {
    /// The settings as they were read last.
    pub(crate) loaded: &'a Loaded,
    /// The settings that the program began with.
    pub(crate) begun: &'a Settings,
    /// What of them is in use; none before the application is set up.
    pub(crate) in_use: Option<&'a Configured>,
    /// The statuses of the instance that were known last.
    pub(crate) statuses: &'a [AgentStatus],
    /// What is known of the authorization in use.
    pub(crate) authorization: &'a Authorization,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WizardOut {
    /// Check this registration; answer with [`WizardIn::Registration`].
    CheckRegistration {
        /// The number of the check.
        check: u64,
        /// The registration.
        set: Box<Configured>,
        /// The secret for it.
        secret: SecretSource,
    },
    /// Check this instance; answer with [`WizardIn::Instance`].
    CheckInstance {
        /// The number of the check.
        check: u64,
        /// Its CCP.
        ccp: Url,
        /// Whose page is to carry it.
        mode: Hosting,
    },
    /// Begin a login in the browser; answer with [`WizardIn::Page`] and [`WizardIn::LoggedIn`].
    BeginLogin {
        /// The number of the login.
        attempt: u64,
        /// The registration.
        set: Box<Configured>,
        /// Its secret.
        secret: Option<Token>,
    },
    /// End it, whatever it waits for.
    AbortLogin {
        /// The number of the login.
        attempt: u64,
    },
    /// Open the browser; answer with [`WizardIn::Opened`].
    OpenBrowser {
        /// The number of the login.
        attempt: u64,
        /// The page.
        url: Url,
    },
    /// Try this instance, before anything is saved.
    TryInstance(Box<CcpPlan>),
    /// Open the login to Connect.
    ConnectLogin,
    /// Write these settings over those that were loaded, and read what is known of the authorization for them; answer
    /// with [`WizardIn::Saved`].
    Save {
        /// The number of the saving.
        saving: u64,
        /// The settings.
        wanted: Box<Settings>,
        /// The same as a complete configuration.
        set: Box<Configured>,
    },
    /// Keep this on disk for this registration.
    KeepAuthorization {
        /// The registration.
        set: Box<Configured>,
        /// What is known.
        authorization: Box<Authorization>,
    },
    /// Use this secret for the registration in use from now on, or none.
    UseSecret(Option<Token>),
    /// Teams Login is to continue with this.
    UseAuthorization {
        /// What is known.
        authorization: Box<Authorization>,
        /// The newest refresh token, and whose it is.
        refresh: Option<(Token, Identity)>,
    },
    /// Put these into the keyring entries of this registration; answer with [`WizardIn::Kept`].
    Keyring {
        /// The number of the saving.
        saving: u64,
        /// The registration.
        set: Box<Configured>,
        /// The change of the entry of its secret, if any.
        secret: Option<KeyringChange>,
        /// The newest refresh token, if there is one.
        refresh: Option<Token>,
    },
    /// Keep the draft on disk, or forget it.
    KeepDraft(Option<Box<Draft>>),
    /// Read the settings again.
    ReadSettings,
    /// Restart with the settings that were saved.
    Restart,
    /// What is shown of the wizard has changed.
    Touch,
}
