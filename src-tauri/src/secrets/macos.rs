//! The login keychain. Compiled by the workflow only, never run by us.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

/// Entries have no kinds here.
pub const MODIFIERS: &[(&str, &str)] = &[];

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
