//! What is known of the settings that a person may change in the settings window.

use std::collections::BTreeMap;

use settings::{Key, NeedsRestart, NotSaved, Problem, Settings, Sources};
use signin::SecretsError;

/// What is known of these settings.
#[derive(Debug, Clone)]
pub struct ControlsFacts<'a> {
    /// What is in force, with the changes over it that are being saved.
    pub settings: &'a Settings,
    /// Which of them are locked.
    pub sources: &'a Sources,
    /// Why a settings file cannot be used, so that nothing can be saved.
    pub problem: Option<&'a Problem>,
    /// What is used after a restart only.
    pub needs_restart: Option<NeedsRestart>,
    /// The changes that were not made.
    pub refused: &'a BTreeMap<Key, SettingRefusal>,
    /// What is known of the proxy's password.
    pub proxy_password: ProxyPasswordFacts,
    /// How many calls are kept if calls are to be kept again.
    pub recent_calls_on: u32,
    /// This copy is one that can start with the system.
    pub can_start_with_system: bool,
}

/// What is known of the password of the proxy that the settings name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProxyPasswordFacts {
    /// There is one.
    pub is_known: bool,
    /// Why the keyring does not keep it, if so.
    pub keyring: Option<SecretsError>,
}

/// Why a setting was not changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingRefusal {
    /// A settings file is broken: nothing is known to be safe to write.
    FileBroken,
    /// Only an administrator can change it.
    Locked,
    /// A copy with a data folder of its own does not start with the system.
    OwnFolder,
    /// There is no such country.
    NoSuchCountry,
    /// The settings file is not read or written in time: it may be on a network that is away.
    NoAnswer,
    /// The file was not written.
    NotSaved(NotSaved),
}
