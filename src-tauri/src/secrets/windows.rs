//! Opens the Credential Manager.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

use super::KeyringState;

/// Entries stay on this machine: entries that roam with a person's profile are also on servers.
pub const MODIFIERS: &[(&str, &str)] = &[("persistence", "Local")];

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// Always open while the person is logged on to Windows.
pub fn check_state() -> Option<KeyringState> {
    Some(Ok(()))
}
