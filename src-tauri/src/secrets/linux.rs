//! The Secret Service of the session bus: GNOME Keyring, KWallet, KeePassXC.

use std::sync::Arc;

use keyring_core::{Result, api::CredentialStore};
use signin::SecretsError;
use zbus::{
    blocking::{Connection, Proxy},
    zvariant::OwnedObjectPath,
};

use super::Seen;

/// Entries have no kinds here.
pub const MODIFIERS: &[(&str, &str)] = &[];

const SERVICE: &str = "org.freedesktop.secrets";
/// What an alias without a collection leads to (Secret Service API, `ReadAlias`).
const NOWHERE: &str = "/";

/// Opens the store.
pub fn open() -> Result<Arc<CredentialStore>> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

/// Whether there is a collection for our entries, and it is open. Nobody is asked to open it. KeePassXC without an open
/// database has no collection at all, and finds nothing in it without a word.
pub fn look() -> Option<Seen> {
    Some(seen())
}

fn seen() -> Seen {
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
