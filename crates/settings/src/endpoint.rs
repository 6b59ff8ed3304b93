//! Which addresses may be reached: https to the built-in hosts of each service, http to this machine only.
//!
//! Tokens and sign-ins go to these addresses, so a settings file alone must not be able to send them
//! elsewhere. Other hosts by https can be named by the machine's policy, which only an administrator can write.

use presence::aws::Region;
use url::{Host, Url};

use crate::{
    Layer,
    instance::{self, Instance},
    list, odd,
};

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
            Self::Connect => &instance::HOSTS,
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

/// Reads an address and adds the closing slash, so that paths can be joined to it. The address of any page of an instance
/// becomes that of the instance. The refusal follows the key's name and never repeats the address, which may hold a
/// password.
pub(crate) fn parse(service: Service, layer: Layer, text: &str) -> Result<Url, String> {
    let text = odd::trimmed(text);
    let not_an_address =
        || odd::inside(text).unwrap_or_else(|| "must be a web address that starts with https://".to_owned());
    let mut url = match service {
        Service::Connect => pasted(text).ok_or_else(not_an_address)?,
        Service::Login | Service::Graph | Service::ConnectApi | Service::Sts => {
            Url::parse(text).map_err(|_| not_an_address())?
        }
    };
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
        let hint = match service {
            Service::Connect => hint(&host.to_string()),
            Service::Login | Service::Graph | Service::ConnectApi | Service::Sts => String::new(),
        };
        return Err(format!(
            "names {host} by {scheme}; allowed are https to {hosts}, and http to this machine{hint}"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!("must not hold a user name or password for {host}"));
    }
    if service == Service::Connect {
        if instance::is_another_service(&url) {
            return Err(format!(
                "names another service of AWS on {host}; an instance of that host is https://{host}/connect, and others look like https://ALIAS.my.connect.aws"
            ));
        }
        return Instance::at(&url).map(|instance| instance.address().clone()).ok_or_else(not_an_address);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!("must end with the path on {host}, without ? and #"));
    }
    if !url.path().ends_with('/') {
        url.set_path(&format!("{}/", url.path()));
    }
    Ok(url)
}

/// The address of an instance as people paste it: without its scheme, with http, with a full stop behind the host.
fn pasted(text: &str) -> Option<Url> {
    let begins =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let has_scheme = begins("http:") || begins("https:") || text.contains("://");
    let mut url = if has_scheme {
        Url::parse(text).ok()?
    } else {
        Url::parse(&format!("https://{}", text.trim_start_matches('/'))).ok()?
    };
    if let Some(host) = url.domain().and_then(|host| host.strip_suffix('.')).map(str::to_owned) {
        url.set_host(Some(&host)).ok()?;
    }
    let scheme = match (has_scheme, net::is_loopback(&url)) {
        (false, true) => "http",
        (true, true) => return Some(url),
        (_, false) if url.scheme() == "http" && is_built_in(Service::Connect, &url.host()?) => "https",
        (_, false) => return Some(url),
    };
    url.set_scheme(scheme).ok()?;
    Some(url)
}

/// Which address may be meant by one that is refused, or whose it is.
fn hint(host: &str) -> String {
    match (instance::meant(host), instance::owner(host)) {
        (Some(address), _) => format!("; {address} may be meant"),
        (None, Some(owner)) => format!("; {host} is {owner}"),
        (None, None) => String::new(),
    }
}

/// Reads the address of an instance as the person's own file may hold it (`connect.instance`): that of any of its pages.
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
    let text = odd::trimmed(text);
    let refused = || {
        odd::inside(text).unwrap_or_else(|| {
            "must be a web address that starts with https://, or http:// on this machine".to_owned()
        })
    };
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
            assert_eq!(parse(service, Layer::User, url.as_str()), Ok(url), "it stays as it is");
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
            "https://",
            "mailto:hunter2@example.com",
            "https://priya:hunter2@contoso.my.connect.aws/",
            "https://example.com/?token=hunter2",
        ] {
            let reason = parse(Service::Connect, Layer::User, bad).unwrap_err();
            assert!(!reason.contains("hunter2"), "{reason}");
        }
        let dropped = "https://contoso.my.connect.aws/ccp-v2?token=hunter2#hunter2";
        assert_eq!(
            parse(Service::Connect, Layer::User, dropped).unwrap().as_str(),
            "https://contoso.my.connect.aws/"
        );
        assert!(
            parse(Service::Graph, Layer::User, "https://graph.microsoft.com/v1.0?token=hunter2").is_err()
        );
    }

    #[test]
    fn an_instance_is_understood_as_it_is_pasted() {
        let new = "https://contoso.my.connect.aws/";
        let old = "https://contoso.awsapps.com/connect/";
        for (pasted, address) in [
            ("https://contoso.govcloud.connect.aws/", "https://contoso.govcloud.connect.aws/"),
            ("https://contoso.my.connect.aws/ccp-v2#/", new),
            ("https://contoso.my.connect.aws/connect/login?landat=%2Fconnect%2Fccp-v2", new),
            ("https://contoso.my.connect.aws/agent-app-v2/", new),
            ("contoso.my.connect.aws", new),
            ("contoso.my.connect.aws/ccp-v2/", new),
            ("//contoso.my.connect.aws", new),
            ("contoso.my.connect.aws:443/ccp-v2", new),
            ("http://contoso.my.connect.aws/", new),
            ("HTTPS://CONTOSO.MY.CONNECT.AWS/CCP-V2/", new),
            ("\t \u{a0}https://contoso.my.connect.aws/\u{200b}\r\n", new),
            ("https://contoso.my.connect.aws.", new),
            ("https://contoso.awsapps.com/connect/ccp-v2#", old),
            ("https://contoso.awsapps.com/connect/", old),
            ("contoso.awsapps.com", old),
            ("http://contoso.awsapps.com/Connect/Login", old),
            ("localhost:4001/ccp-v2/", "http://localhost:4001/"),
            ("http://127.0.0.1:4001/connect/ccp-v2/", "http://127.0.0.1:4001/connect/"),
        ] {
            let read = parse(Service::Connect, Layer::User, pasted);
            assert_eq!(read.as_ref().map(Url::as_str), Ok(address), "{pasted:?}");
            assert_eq!(parse(Service::Connect, Layer::User, address).unwrap().as_str(), address);
        }
    }

    #[test]
    fn where_an_address_is_refused_the_one_that_may_be_meant_is_named() {
        for (pasted, end) in [
            ("contoso", "https://contoso.my.connect.aws may be meant"),
            ("https://www.contoso.my.connect.aws/", "https://contoso.my.connect.aws may be meant"),
            ("http://contoso.connect.aws", "https://contoso.my.connect.aws may be meant"),
            (
                "https://eu-west-2.console.aws.amazon.com/connect/federate/0a1b",
                "is the console of AWS; it shows the access URL of the instance",
            ),
            ("https://teams.microsoft.com/v2/", "is Microsoft's, not Amazon Connect"),
            ("https://connect.eu-west-2.amazonaws.com", "is a service of AWS, not an instance"),
            ("https://d-0123456789.awsapps.com/start", "others look like https://ALIAS.my.connect.aws"),
            ("https://contoso.my.connect.aws example", "has a blank in it, at character 31"),
        ] {
            let reason = parse(Service::Connect, Layer::User, pasted).unwrap_err();
            assert!(reason.ends_with(end), "{pasted}: {reason}");
        }
    }
}
