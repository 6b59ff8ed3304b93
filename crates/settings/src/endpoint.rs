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
    /// The hosts that https may go to. `*` is one label, `REGION` a region of AWS: anybody may have a host with
    /// another label there, such as that of a bucket.
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

/// The sign-in of the public cloud.
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

/// For a refused host, the address that may be meant, or the owner of the host.
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
/// by http. No token is sent there, so any host is allowed. The refusal follows the key's name
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
mod tests;
