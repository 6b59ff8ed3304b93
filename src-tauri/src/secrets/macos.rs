//! The login keychain. Compiled by the workflow only, never run by us.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

use super::Seen;

/// Entries have no kinds here.
pub const MODIFIERS: &[(&str, &str)] = &[];

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(apple_native_keyring_store::keychain::Store::new()?)
}

/// Whether it is open cannot be seen without a window that asks for it.
pub fn look() -> Option<Seen> {
    None
}
