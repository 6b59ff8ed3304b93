//! Opens the Secret Service of the session bus: GNOME Keyring, KWallet, KeePassXC.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};
use signin::SecretsError;
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::OwnedObjectPath,
};

use super::KeyringState;

/// Entries have no options here.
pub const MODIFIERS: &[(&str, &str)] = &[];

const SERVICE: &str = "org.freedesktop.secrets";
/// The path of an alias without a collection (Secret Service API, `ReadAlias`).
const NOWHERE: &str = "/";

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Whether the collection for our entries exists and is unlocked. The person is not asked to unlock it. KeePassXC without
/// an open database has no collection and finds no entries, without an error.
pub fn check_state() -> Option<KeyringState> {
    Some(read_state())
}

fn read_state() -> KeyringState {
    let bus = Connection::session().map_err(|_| SecretsError::Missing)?;
    let service = Proxy::new(&bus, SERVICE, "/org/freedesktop/secrets", "org.freedesktop.Secret.Service");
    let alias = service.and_then(|service| service.call("ReadAlias", &"default"));
    let default: OwnedObjectPath = alias.map_err(|_| SecretsError::Missing)?;
    if default.as_str() == NOWHERE {
        return Err(SecretsError::Locked);
    }
    let collection = Proxy::new(&bus, SERVICE, default, "org.freedesktop.Secret.Collection");
    match collection.and_then(|collection| collection.get_property("Locked")) {
        Ok(false) => Ok(()),
        Ok(true) => Err(SecretsError::Locked),
        Err(_) => Err(SecretsError::Missing),
    }
}
