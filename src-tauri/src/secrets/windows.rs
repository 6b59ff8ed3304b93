//! The Credential Manager.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};

use super::Seen;

/// Entries stay on this machine: what roams with a person's profile lies on servers too.
pub const MODIFIERS: &[(&str, &str)] = &[("persistence", "Local")];

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// It is open as long as the person is logged on to Windows.
pub fn look() -> Option<Seen> {
    Some(Ok(()))
}
