//! The app registration in Entra: its endpoints, the scopes to request, and the page on which an administrator approves
//! it.

use url::Url;

use crate::{SignIn, SignInError};

/// The rights that a person may grant alone. Presence.ReadWrite does not include reading.
const PERSONAL: [&str; 4] = ["Presence.Read.All", "Presence.ReadWrite", "User.Read", "User.ReadBasic.All"];
/// The right that only an administrator can grant: to read numbers and licences.
pub(crate) const ADMIN: &str = "User.Read.All";
/// The resource of the tokens if Graph itself is at a loopback address.
const GLOBAL_GRAPH: &str = "https://graph.microsoft.com";
/// The redirect that every registration of this app has; the administrator's browser ends there.
const REGISTERED: &str = "http://localhost";

/// The app registration in Entra.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// The address of the sign-in service, for example `https://login.microsoftonline.com/`; ends in `/`.
    pub authority: Url,
    /// The directory id, or a verified domain of the tenant.
    pub tenant: String,
    /// The application id.
    pub client_id: String,
    /// The scopes to request; see [`scopes`].
    pub scopes: Vec<String>,
}

impl SignIn {
    /// An address of the tenant.
    pub(crate) fn endpoint(&self, path: &[&str]) -> Result<Url, SignInError> {
        let mut url = self.registration.authority.clone();
        let mut segments = url.path_segments_mut().map_err(|()| SignInError::Address)?;
        segments.pop_if_empty().push(&self.registration.tenant).extend(path);
        drop(segments);
        Ok(url)
    }

    /// The page on which an administrator approves the app for everybody, with all of `scopes` that are rights of a
    /// resource (Entra: v2-admin-consent).
    ///
    /// # Errors
    /// [`SignInError::Address`].
    pub fn admin_consent(&self, scopes: &[String]) -> Result<Url, SignInError> {
        let rights: Vec<&str> =
            scopes.iter().map(String::as_str).filter(|scope| scope.contains("://")).collect();
        let mut url = self.endpoint(&["v2.0", "adminconsent"])?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.registration.client_id)
            .append_pair("scope", &rights.join(" "))
            .append_pair("redirect_uri", REGISTERED);
        Ok(url)
    }

    /// The resource that the scopes are rights of.
    pub(crate) fn resource(&self) -> Option<String> {
        let rights = self.registration.scopes.iter().filter(|scope| scope.contains("://"));
        rights
            .filter_map(|right| Url::parse(right).ok())
            .map(|right| right.origin().ascii_serialization())
            .next()
    }
}

/// The scopes to request. Rights are named after the cloud's own Graph; `graph` is any address of it.
#[must_use]
pub fn scopes(graph: &Url, admin_consent: bool) -> Vec<String> {
    let resource =
        if net::is_loopback(graph) { GLOBAL_GRAPH.to_owned() } else { graph.origin().ascii_serialization() };
    let rights = PERSONAL.into_iter().chain(admin_consent.then_some(ADMIN));
    let rights = rights.map(|right| format!("{resource}/{right}"));
    ["openid", "profile", "offline_access"].into_iter().map(str::to_owned).chain(rights).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Login and Graph of each cloud (Graph: deployments).
    const CLOUDS: [(&str, &str); 4] = [
        ("https://login.microsoftonline.com/", "https://graph.microsoft.com"),
        ("https://login.microsoftonline.us/", "https://graph.microsoft.us"),
        ("https://login.microsoftonline.us/", "https://dod-graph.microsoft.us"),
        ("https://login.partner.microsoftonline.cn/", "https://microsoftgraph.chinacloudapi.cn"),
    ];

    fn sign_in(authority: &str, graph: &str) -> SignIn {
        // Installing the provider twice fails harmlessly.
        drop(rustls::crypto::ring::default_provider().install_default());
        let graph = Url::parse(graph).unwrap().join("v1.0/").unwrap();
        let registration = Registration {
            authority: Url::parse(authority).unwrap(),
            tenant: "contoso.com".to_owned(),
            client_id: "22553876-f5ab-4529-bffb-cfe50aa89f87".to_owned(),
            scopes: scopes(&graph, false),
        };
        SignIn::new(reqwest::Client::new(), registration)
    }

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

    #[test]
    fn every_cloud_has_its_own_endpoints_and_resource() {
        for (authority, graph) in CLOUDS {
            let sign_in = sign_in(authority, graph);
            let token = sign_in.endpoint(&["oauth2", "v2.0", "token"]).unwrap();
            assert_eq!(token.as_str(), format!("{authority}contoso.com/oauth2/v2.0/token"));
            assert_eq!(sign_in.resource().as_deref(), Some(graph));
        }
    }

    #[test]
    fn the_consent_page_names_the_rights_and_the_registered_redirect() {
        for (authority, graph) in CLOUDS {
            let all = scopes(&Url::parse(graph).unwrap(), true);
            let page = sign_in(authority, graph).admin_consent(&all).unwrap();
            assert!(
                page.as_str()
                    .starts_with(&format!("{authority}contoso.com/v2.0/adminconsent?client_id=22553876"))
            );
            let query = |key: &str| page.query_pairs().find(|(name, _)| name == key).unwrap().1.into_owned();
            assert!(query("scope").ends_with(&format!(" {graph}/User.Read.All")), "{page}");
            assert!(!query("scope").contains("offline_access"));
            assert_eq!(query("redirect_uri"), "http://localhost");
        }
    }
}
