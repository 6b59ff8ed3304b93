//! The login keychain. Compiled by the workflow only, never run by us.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}
