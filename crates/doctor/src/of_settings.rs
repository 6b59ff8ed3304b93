//! The registration that people log in with, and the names of its entries in the keyring.
//!
//! Derived from the settings; it asks nobody.

use net::ProxyAddress;
use settings::Configured;
use signin::Registration;

/// The name of the keyring entry of a registration's refresh token: one for each authority, tenant and registration, so
/// that a token is never sent to another authority than the one that issued it.
pub fn account(set: &Configured) -> String {
    let authority = &set.login;
    let host = authority.host_str().unwrap_or_default();
    let authority = match (authority.scheme(), authority.port()) {
        ("https", None) => host.to_owned(),
        (scheme, None) => format!("{scheme}://{host}"),
        (scheme, Some(port)) => format!("{scheme}://{host}:{port}"),
    };
    format!("{authority}/{}/{}", set.tenant, set.client_id)
}

/// The name of the keyring entry of the registration's secret, beside that of the refresh token.
pub fn secret_account(login: &str) -> String {
    format!("{login}/client-secret")
}

/// The name of the keyring entry of a proxy's password: one for each proxy and user, so that a password is never sent to
/// another one. None if the address names no user.
pub fn proxy_account(address: &ProxyAddress) -> Option<String> {
    address.user().map(|_| format!("proxy/{address}"))
}

/// The registration of these settings.
pub fn registration(set: &Configured, admin_consent: bool) -> Registration {
    Registration {
        authority: set.login.clone(),
        tenant: set.tenant.to_string(),
        client_id: set.client_id.to_string(),
        scopes: signin::scopes(&set.graph, admin_consent),
    }
}
