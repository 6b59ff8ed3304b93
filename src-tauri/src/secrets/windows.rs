//! The Credential Manager. Compiled by the workflow only, never run by us.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}
