//! Derives the app registration and the names of the keyring entries from the settings. Reads no entry, and opens no
//! connection.

use net::Proxy;
use settings::Configured;
use signin::Registration;

/// The name of the keyring entry of a registration's refresh token. There is one for each authority, tenant and registration,
/// so that a token is only ever sent to the authority that issued it.
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

/// The name of the keyring entry of the registration's secret. `login` is the name of the refresh token's entry.
pub fn secret_account(login: &str) -> String {
    format!("{login}/client-secret")
}

/// The name of the keyring entry of a proxy's password. There is one for each proxy and user, so that a password is only ever
/// sent to its own proxy. None without a user.
pub fn proxy_account(proxy: &Proxy) -> Option<String> {
    proxy.user().map(|user| format!("proxy/{}/{user}", proxy.address()))
}

/// The app registration of these settings.
pub fn registration(set: &Configured, admin_consent: bool) -> Registration {
    Registration {
        authority: set.login.clone(),
        tenant: set.tenant.to_string(),
        client_id: set.client_id.to_string(),
        scopes: signin::scopes(&set.graph, admin_consent),
    }
}

#[cfg(test)]
mod tests {
    use settings::Settings;
    use url::Url;

    use super::*;

    fn account_at(login: &str, tenant: &str) -> String {
        let settings = Settings {
            tenant: tenant.parse().ok(),
            client_id: "8c1d07b5-2e64-4f3a-b7a9-1d5ec0de0001".parse().ok(),
            instance: Url::parse("https://contoso.my.connect.aws/").ok(),
            login: Url::parse(login).unwrap(),
            ..Settings::default()
        };
        account(&settings.configured().unwrap())
    }

    #[test]
    fn a_token_is_kept_for_one_authority_with_its_scheme_and_port() {
        let authorities = [
            "https://login.microsoftonline.com/",
            "https://login.microsoftonline.us/",
            "https://login.microsoftonline.com:8443/",
            "http://127.0.0.1:4000/login/",
            "http://127.0.0.1:4001/login/",
            "https://127.0.0.1:4000/login/",
            "http://127.0.0.1/login/",
            "http://[::1]:4000/login/",
            "http://localhost:4000/login/",
        ];
        let mut names: Vec<String> = authorities.map(|login| account_at(login, "contoso.com")).into();
        names.push(account_at("https://login.microsoftonline.com/", "fabrikam.com"));
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count, "{names:#?}");
        let default_port = account_at("https://login.microsoftonline.com:443/", "contoso.com");
        assert!(names.contains(&default_port), "the default port is left out: {default_port}");
    }

    #[test]
    fn a_proxys_password_is_kept_for_one_proxy_and_one_user() {
        let account = |address: &str, user: &str| {
            proxy_account(&Proxy::new(address.parse().unwrap(), user.parse().ok(), net::Bypass::default()))
        };
        let priyas = account("http://proxy:8080", "priya");
        assert_eq!(priyas.as_deref(), Some("proxy/http://proxy:8080/priya"));
        for (address, user) in
            [("http://proxy:8080", "kenji"), ("http://proxy:8081", "priya"), ("https://proxy:8080", "priya")]
        {
            assert_ne!(account(address, user), priyas, "{address} {user}");
        }
        assert_eq!(account("http://proxy:8080", ""), None);
    }
}
