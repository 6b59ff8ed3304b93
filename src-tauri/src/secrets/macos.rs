//! Opens the login keychain. Compiled by the workflow only, never run by us.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

use super::KeyringState;

/// Entries have no options here.
pub const MODIFIERS: &[(&str, &str)] = &[];

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// Unknown: macOS has no answer without asking the person.
pub fn check_state() -> Option<KeyringState> {
    None
}
