//! Entra sign-in: PKCE, loopback redirect, refresh, error classes.
//!
//! A public client: no secret is known or sent. Opens no browser and keeps no token; that is for the caller.
//! No code, token or verifier leaves this crate but in a [`Grant`].

mod attempt;
mod class;
mod error;
mod listener;
mod page;
mod probe;
mod redirect;
mod token;

use std::time::Duration;

use presence::identity::ObjectId;
use secrecy::SecretString;
use url::Url;

pub use attempt::Attempt;
pub use class::Class;
pub use error::{Details, SignInError};
pub use probe::Registered;

/// What a person may grant alone. Presence.ReadWrite does not include reading.
const PERSONAL: [&str; 4] = ["Presence.Read.All", "Presence.ReadWrite", "User.Read", "User.ReadBasic.All"];
/// What only an administrator can grant: numbers and licences.
const ADMIN: &str = "User.Read.All";
/// The resource that tokens are for where Graph itself is at a loopback address.
const GLOBAL_GRAPH: &str = "https://graph.microsoft.com";

/// The app registration in Entra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Where the tenant is, for example `https://login.microsoftonline.com/`; ends in `/`.
    pub authority: Url,
    /// The directory id, or a verified domain of the tenant.
    pub tenant: String,
    /// The application id.
    pub client_id: String,
    /// What to ask for; see [`scopes`].
    pub scopes: Vec<String>,
}

/// What a login or a refresh brings.
#[derive(Debug)]
pub struct Grant {
    /// The access token for Graph.
    pub access: SecretString,
    /// How long it lasts: 60 to 90 minutes, as Entra likes.
    pub expires_in: Duration,
    /// The rights that it carries, as Entra names them: with or without the address of their resource.
    pub granted: Vec<String>,
    /// The newest refresh token. Each use of one yields another; the newest is the one to keep.
    pub refresh: Option<SecretString>,
    /// Who logged in, if Entra said it. Read from the ID token and not verified: it came over TLS from the
    /// token endpoint itself, so a signature would prove nothing more.
    pub who: Option<Identity>,
}

/// Who logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The person (`oid`).
    pub object_id: ObjectId,
    /// The directory (`tid`).
    pub tenant_id: String,
    /// The user principal name (`preferred_username`).
    pub upn: String,
    /// The display name (`name`); the user principal name where there is none.
    pub name: String,
}

/// Signs people in with one registration. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SignIn {
    http: reqwest::Client,
    registration: Registration,
}

impl SignIn {
    /// `http` must not follow redirects: codes and tokens are meant for one host.
    #[must_use]
    pub fn new(http: reqwest::Client, registration: Registration) -> Self {
        Self { http, registration }
    }

    /// The address of an endpoint of the tenant, `authorize` or `token`.
    fn endpoint(&self, name: &str) -> Result<Url, SignInError> {
        let mut url = self.registration.authority.clone();
        url.path_segments_mut().map_err(|()| SignInError::Address)?.pop_if_empty().extend([
            &self.registration.tenant,
            "oauth2",
            "v2.0",
            name,
        ]);
        Ok(url)
    }
}

/// The scopes to ask for. Rights are named by the cloud's own Graph, of which `graph` is any address.
#[must_use]
pub fn scopes(graph: &Url, admin_consent: bool) -> Vec<String> {
    let resource =
        if is_loopback(graph) { GLOBAL_GRAPH.to_owned() } else { graph.origin().ascii_serialization() };
    let rights = PERSONAL.into_iter().chain(admin_consent.then_some(ADMIN));
    let rights = rights.map(|right| format!("{resource}/{right}"));
    ["openid", "profile", "offline_access"].into_iter().map(str::to_owned).chain(rights).collect()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_name_the_graph_of_the_cloud() {
        let government = Url::parse("https://graph.microsoft.us/v1.0/").unwrap();
        let asked = scopes(&government, false);
        assert_eq!(
            asked,
            [
                "openid",
                "profile",
                "offline_access",
                "https://graph.microsoft.us/Presence.Read.All",
                "https://graph.microsoft.us/Presence.ReadWrite",
                "https://graph.microsoft.us/User.Read",
                "https://graph.microsoft.us/User.ReadBasic.All",
            ]
        );
        assert_eq!(scopes(&government, true).last().unwrap(), "https://graph.microsoft.us/User.Read.All");
    }

    #[test]
    fn a_graph_on_loopback_is_asked_for_as_the_global_one() {
        for address in ["http://127.0.0.1:4000/graph/v1.0/", "http://[::1]:4000/", "http://localhost:1/"] {
            let asked = scopes(&Url::parse(address).unwrap(), false);
            assert_eq!(asked[3], "https://graph.microsoft.com/Presence.Read.All");
        }
    }
}
