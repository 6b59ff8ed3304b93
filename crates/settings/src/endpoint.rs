//! Which addresses may be reached: https to the built-in hosts of each service, http to this machine only.
//!
//! Tokens and sign-ins go to these addresses, so a settings file alone must not be able to send them
//! elsewhere. Other hosts by https can be named by the machine's policy, which only an administrator can write.

use presence::aws::Region;
use url::{Host, Url};

use crate::{Layer, list};

/// The services at configurable addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// Entra.
    Login,
    /// Microsoft Graph.
    Graph,
    /// An Amazon Connect instance.
    Connect,
    /// The service API of Amazon Connect.
    ConnectApi,
    /// The Security Token Service of AWS.
    Sts,
}

impl Service {
    /// The hosts that https may go to. `*` is one label, `REGION` for one of AWS: of other labels anybody may
    /// have a host, such as that of a bucket.
    const fn hosts(self) -> &'static [&'static str] {
        match self {
            Self::Login => {
                &["login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn"]
            }
            Self::Graph => &[
                "graph.microsoft.com",
                "graph.microsoft.us",
                "dod-graph.microsoft.us",
                "microsoftgraph.chinacloudapi.cn",
            ],
            Self::Connect => &["*.my.connect.aws", "*.awsapps.com"],
            Self::ConnectApi => &[
                "connect.REGION.amazonaws.com",
                "connect-fips.REGION.amazonaws.com",
                "connect.REGION.amazonaws.com.cn",
            ],
            Self::Sts => {
                &["sts.REGION.amazonaws.com", "sts-fips.REGION.amazonaws.com", "sts.REGION.amazonaws.com.cn"]
            }
        }
    }
}

/// Where people of the public cloud sign in.
pub(crate) fn default_login() -> Url {
    built_in("https://login.microsoftonline.com/")
}

/// Graph of the public cloud.
pub(crate) fn default_graph() -> Url {
    built_in("https://graph.microsoft.com/v1.0/")
}

#[expect(clippy::expect_used, reason = "the two addresses are constants, and a test parses them")]
fn built_in(address: &str) -> Url {
    Url::parse(address).expect("a built-in address is an address")
}

/// Reads an address and adds the closing slash, so that paths can be joined to it. The refusal follows the
/// key's name and never repeats the address, which may hold a password.
pub(crate) fn parse(service: Service, layer: Layer, text: &str) -> Result<Url, String> {
    let not_an_address = || "must be a web address that starts with https://".to_owned();
    let mut url = Url::parse(text).map_err(|_| not_an_address())?;
    let host = url.host().ok_or_else(not_an_address)?;
    let allowed = match url.scheme() {
        "https" => match layer {
            Layer::Policy => true,
            Layer::User => is_built_in(service, &host),
        },
        "http" => net::is_loopback(&url),
        _ => false,
    };
    if !allowed {
        let hosts = match layer {
            Layer::Policy => "any host".to_owned(),
            Layer::User => list(service.hosts(), "or"),
        };
        let scheme = url.scheme();
        return Err(format!(
            "names {host} by {scheme}; allowed are https to {hosts}, and http to this machine"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("must not hold a user name or password for {host}"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("must end with the path on {host}, without ? and #"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// Reads the address of an instance as the person's own file may hold it (`connect.instance`).
///
/// # Errors
/// What is wrong, without a full stop; it follows the name of the setting.
pub fn instance_address(text: &str) -> Result<Url, String> {
    parse(Service::Connect, Layer::User, text)
}

/// Reads the address where a Connect Login begins (`connect.start`).
///
/// # Errors
/// What is wrong, without a full stop; it follows the name of the setting.
pub fn start_address(text: &str) -> Result<Url, String> {
    parse_page(text)
}

/// Reads the address of a page that a person opens in a window without rights: any host by https, this machine
/// by http. No token is sent there, so the host is the company's own affair. The refusal follows the key's name
/// and never repeats the address.
pub(crate) fn parse_page(text: &str) -> Result<Url, String> {
    let refused = || "must be a web address that starts with https://, or http:// on this machine".to_owned();
    let url = Url::parse(text).map_err(|_| refused())?;
    let host = url.host().ok_or_else(refused)?;
    let allowed = match url.scheme() {
        "https" => true,
        "http" => net::is_loopback(&url),
        _ => false,
    };
    if !allowed {
        return Err(refused());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("must not hold a user name or password for {host}"));
    }
    Ok(url)
}

fn is_built_in(service: Service, host: &Host<&str>) -> bool {
    let Host::Domain(name) = host else { return false };
    let between = |before, after| name.strip_prefix(before)?.strip_suffix(after);
    service.hosts().iter().any(|known| match (known.strip_prefix('*'), known.split_once("REGION")) {
        (Some(after), _) => {
            between("", after).is_some_and(|label: &str| !label.is_empty() && !label.contains('.'))
        }
        (None, Some((before, after))) => {
            between(before, after).is_some_and(|label| label.parse::<Region>().is_ok())
        }
        (None, None) => name == known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_addresses_obey_their_own_rule() {
        assert_eq!(parse(Service::Login, Layer::User, default_login().as_str()), Ok(default_login()));
        assert_eq!(parse(Service::Graph, Layer::User, default_graph().as_str()), Ok(default_graph()));
    }

    #[test]
    fn built_in_hosts_are_reached_by_https_and_this_machine_by_http() {
        for (service, good) in [
            (Service::Login, "https://login.microsoftonline.us"),
            (Service::Login, "http://127.0.0.1:4000/login"),
            (Service::Graph, "https://dod-graph.microsoft.us/v1.0"),
            (Service::Graph, "http://[::1]:4000/graph/v1.0/"),
            (Service::Connect, "https://contoso.my.connect.aws"),
            (Service::Connect, "https://contoso.awsapps.com/connect"),
            (Service::Connect, "http://localhost:4001"),
            (Service::Connect, "http://127.9.8.7"),
            (Service::ConnectApi, "https://connect.eu-west-2.amazonaws.com"),
            (Service::ConnectApi, "https://connect-fips.us-west-2.amazonaws.com/"),
            (Service::ConnectApi, "http://127.0.0.1:4002"),
            (Service::Sts, "https://sts.us-gov-west-1.amazonaws.com"),
            (Service::Sts, "https://sts.cn-north-1.amazonaws.com.cn"),
        ] {
            let url = parse(service, Layer::User, good).unwrap();
            assert!(url.as_str().starts_with(good) && url.path().ends_with('/'), "{url}");
        }
    }

    #[test]
    fn every_other_host_is_refused_by_name() {
        for (service, bad, host) in [
            (Service::Login, "https://login.example.com/", "login.example.com"),
            (Service::Login, "https://graph.microsoft.com/", "graph.microsoft.com"),
            (Service::Login, "http://login.microsoftonline.com/", "login.microsoftonline.com"),
            (
                Service::Login,
                "https://login.microsoftonline.com.example.com/",
                "login.microsoftonline.com.example.com",
            ),
            (Service::Login, "https://login.microsoftonline.com@example.com/", "example.com"),
            (Service::Graph, "https://127.0.0.1/", "127.0.0.1"),
            (Service::Graph, "http://192.168.0.1/", "192.168.0.1"),
            (Service::Graph, "http://localhost.example.com/", "localhost.example.com"),
            (Service::Graph, "ftp://localhost/", "localhost"),
            (Service::Connect, "https://my.connect.aws/", "my.connect.aws"),
            (Service::Connect, "https://evilmy.connect.aws/", "evilmy.connect.aws"),
            (Service::Connect, "https://a.b.my.connect.aws/", "a.b.my.connect.aws"),
            (Service::Connect, "https://contoso.awsapps.com./", "contoso.awsapps.com."),
            // The service API and the token service each have their own hosts.
            (Service::ConnectApi, "https://sts.eu-west-2.amazonaws.com/", "sts.eu-west-2.amazonaws.com"),
            (Service::Sts, "https://connect.eu-west-2.amazonaws.com/", "connect.eu-west-2.amazonaws.com"),
            // Anybody can have a host of these.
            (Service::Sts, "https://sts.s3.eu-west-2.amazonaws.com/", "sts.s3.eu-west-2.amazonaws.com"),
            (Service::Sts, "https://sts.s3.amazonaws.com/", "sts.s3.amazonaws.com"),
            (Service::Sts, "https://sts-mine.s3.amazonaws.com/", "sts-mine.s3.amazonaws.com"),
            (Service::Sts, "https://sts..amazonaws.com/", "sts..amazonaws.com"),
        ] {
            let reason = parse(service, Layer::User, bad).unwrap_err();
            assert!(reason.starts_with(&format!("names {host} by ")), "{bad}: {reason}");
        }
    }

    #[test]
    fn a_policy_may_name_any_host_by_https_and_none_but_this_machine_by_http() {
        let parse = |text| parse(Service::Graph, Layer::Policy, text);
        assert!(parse("https://graph.example.com/v1.0").is_ok() && parse("http://127.0.0.1:4000/").is_ok());
        assert_eq!(
            parse("http://graph.example.com/").unwrap_err(),
            "names graph.example.com by http; allowed are https to any host, and http to this machine"
        );
        assert!(parse("https://priya:hunter2@graph.example.com/").is_err());
    }

    #[test]
    fn a_page_may_stand_anywhere_but_encrypted() {
        for good in [
            "https://idp.example.com/saml?SPID=1#top",
            "https://sso.contoso.com",
            "http://127.0.0.1:4000/connect/saml",
            "http://[::1]/saml",
        ] {
            assert_eq!(parse_page(good), Ok(Url::parse(good).unwrap()));
        }
        for bad in [
            "http://idp.example.com/hunter2",
            "idp.example.com/hunter2",
            "file:///hunter2",
            "javascript:hunter2",
            "https://priya:hunter2@idp.example.com/",
        ] {
            let reason = parse_page(bad).unwrap_err();
            assert!(reason.starts_with("must ") && !reason.contains("hunter2"), "{bad}: {reason}");
        }
    }

    #[test]
    fn an_address_carries_nothing_but_its_path_and_is_not_repeated() {
        for bad in [
            "contoso.my.connect.aws",
            "https://",
            "mailto:hunter2@example.com",
            "https://priya:hunter2@contoso.my.connect.aws/",
            "https://contoso.my.connect.aws/?token=hunter2",
            "https://contoso.my.connect.aws/#hunter2",
        ] {
            let reason = parse(Service::Connect, Layer::User, bad).unwrap_err();
            assert!(!reason.contains("hunter2"), "{reason}");
        }
    }
}
