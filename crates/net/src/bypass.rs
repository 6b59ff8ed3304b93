//! The hosts that are reached without the proxy: by name, by address, or by a range of addresses.
//!
//! Every part that opens connections has its own syntax for such a list. Each entry here can be written in all of them,
//! and means the same there. Asks no name server: a name is never compared with an address.

use std::{fmt, net::IpAddr, str::FromStr};

use thiserror::Error;
use url::{Host, Url};

/// One entry of the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BypassEntry {
    /// A host, and every host whose name ends with it: "contoso.com" is "www.contoso.com" too.
    Name(String),
    /// The addresses whose first bits are those of this one.
    Addresses {
        /// The address.
        first: IpAddr,
        /// How many bits count.
        prefix: u8,
    },
}

/// Why a text cannot be in the list. The texts follow the name of the setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadBypass {
    /// It has a scheme, a port or a path.
    #[error("must hold hosts only, such as intranet.example.com: without http://, port or path")]
    Address,
    /// A star elsewhere than in front.
    #[error("must have a star in front of a dot only: *.example.com")]
    Star,
    /// A range with more bits than there are.
    #[error("must have 0 to 32 bits in a range of addresses, or 0 to 128 for IPv6: 10.0.0.0/8")]
    Bits,
    /// Nothing that can be a host.
    #[error("must hold host names, *.domain, addresses and ranges such as 10.0.0.0/8")]
    Host,
}

impl BypassEntry {
    fn covers(&self, host: &Host<&str>) -> bool {
        let address = match host {
            Host::Domain(host) => match self {
                Self::Name(name) => {
                    let before = host.trim_end_matches('.').strip_suffix(name.as_str());
                    return before.is_some_and(|before| before.is_empty() || before.ends_with('.'));
                }
                Self::Addresses { .. } => return false,
            },
            Host::Ipv4(address) => IpAddr::V4(*address),
            Host::Ipv6(address) => IpAddr::V6(*address),
        };
        match (self, address) {
            (Self::Addresses { first: IpAddr::V4(first), prefix }, IpAddr::V4(address)) => {
                let beside = u32::from(*first) ^ u32::from(address);
                beside.leading_zeros() >= u32::from(*prefix)
            }
            (Self::Addresses { first: IpAddr::V6(first), prefix }, IpAddr::V6(address)) => {
                let beside = u128::from(*first) ^ u128::from(address);
                beside.leading_zeros() >= u32::from(*prefix)
            }
            (Self::Addresses { .. } | Self::Name(_), IpAddr::V4(_) | IpAddr::V6(_)) => false,
        }
    }
}

const fn bits(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

impl FromStr for BypassEntry {
    type Err = BadBypass;

    fn from_str(text: &str) -> Result<Self, BadBypass> {
        if let Some((first, prefix)) = text.split_once('/')
            && let Ok(first) = first.parse()
        {
            let prefix: u8 = prefix.parse().map_err(|_| BadBypass::Bits)?;
            return if prefix <= bits(first) {
                Ok(Self::Addresses { first, prefix })
            } else {
                Err(BadBypass::Bits)
            };
        }
        if let Ok(first) = text.trim_start_matches('[').trim_end_matches(']').parse() {
            return Ok(Self::Addresses { first, prefix: bits(first) });
        }
        if text.contains(['/', ':', '@', '?', '#']) {
            return Err(BadBypass::Address);
        }
        let name = text.strip_prefix("*.").or_else(|| text.strip_prefix('.')).unwrap_or(text);
        if name.contains('*') {
            return Err(BadBypass::Star);
        }
        match Host::parse(name.trim_end_matches('.')) {
            // Others would read a name with a comma or a semicolon as two entries.
            Ok(Host::Domain(name)) if !name.is_empty() && !name.contains([',', ';']) => Ok(Self::Name(name)),
            Ok(Host::Ipv4(_) | Host::Ipv6(_) | Host::Domain(_)) | Err(_) => Err(BadBypass::Host),
        }
    }
}

impl fmt::Display for BypassEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Addresses { first, prefix } if *prefix == bits(*first) => write!(f, "{first}"),
            Self::Addresses { first, prefix } => write!(f, "{first}/{prefix}"),
        }
    }
}

/// The whole list. By default it holds this machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bypass(Vec<BypassEntry>);

impl Bypass {
    /// These entries and no others: not even this machine is bypassed without an entry.
    #[must_use]
    pub const fn new(entries: Vec<BypassEntry>) -> Self {
        Self(entries)
    }

    /// Its entries, in their order.
    #[must_use]
    pub fn entries(&self) -> &[BypassEntry] {
        &self.0
    }

    /// Whether the host of this address is reached without the proxy.
    #[must_use]
    pub fn covers(&self, url: &Url) -> bool {
        url.host().is_some_and(|host| self.0.iter().any(|entry| entry.covers(&host)))
    }
}

impl Default for Bypass {
    fn default() -> Self {
        let addresses = |first: IpAddr, prefix| BypassEntry::Addresses { first, prefix };
        Self(vec![
            BypassEntry::Name("localhost".to_owned()),
            addresses(IpAddr::from([127, 0, 0, 0]), 8),
            addresses(IpAddr::from(std::net::Ipv6Addr::LOCALHOST), 128),
        ])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::is_loopback;

    fn list(entries: &[&str]) -> Bypass {
        Bypass::new(entries.iter().map(|entry| entry.parse().unwrap()).collect())
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_name_covers_itself_and_its_subdomains_and_a_range_its_addresses() {
        let bypass = list(&[
            "*.contoso.com",
            "intranet",
            ".Fabrikam.example",
            "10.0.0.0/8",
            "192.168.1.7",
            "fd00::/8",
        ]);
        for covered in [
            "https://contoso.com/",
            "https://www.CONTOSO.com:8443/x",
            "http://intranet/",
            "http://a.b.fabrikam.example/",
            "http://fabrikam.example./",
            "http://10.255.0.1/",
            "http://192.168.1.7:81/",
            "http://[fd12::1]/",
        ] {
            assert!(bypass.covers(&url(covered)), "{covered}");
        }
        for other in [
            "https://notcontoso.com/",
            "https://contoso.com.example/",
            "http://11.0.0.1/",
            "http://192.168.1.8/",
            "http://[fe00::1]/",
            "http://127.0.0.1/",
            "http://localhost/",
            "data:text/plain,intranet",
        ] {
            assert!(!bypass.covers(&url(other)), "{other}");
        }
    }

    #[test]
    fn by_default_the_list_covers_this_machine_and_an_empty_one_covers_nothing() {
        for (address, usual) in [
            ("http://localhost:4000/", true),
            ("http://127.9.8.7/", true),
            ("http://[::1]/", true),
            ("https://graph.microsoft.com/", false),
        ] {
            assert_eq!(Bypass::default().covers(&url(address)), usual, "{address}");
            assert_eq!(is_loopback(&url(address)), usual, "{address}");
            assert!(!list(&[]).covers(&url(address)), "{address}");
        }
    }

    #[test]
    fn what_others_would_understand_differently_is_refused() {
        for (text, why) in [
            ("", BadBypass::Host),
            ("*", BadBypass::Star),
            ("*contoso.com", BadBypass::Star),
            ("www.*.com", BadBypass::Star),
            ("<local>", BadBypass::Host),
            ("http://contoso.com", BadBypass::Address),
            ("contoso.com:8080", BadBypass::Address),
            ("contoso.com/path", BadBypass::Address),
            ("a,b", BadBypass::Host),
            ("a b", BadBypass::Host),
            ("10.0.0.0/33", BadBypass::Bits),
            ("10.0.0.0/", BadBypass::Bits),
            ("::1/129", BadBypass::Bits),
        ] {
            assert_eq!(text.parse::<BypassEntry>(), Err(why), "{text}");
        }
    }

    #[test]
    fn an_entry_is_written_as_others_read_it() {
        for (text, written) in [
            ("*.Contoso.com", "contoso.com"),
            ("[::1]", "::1"),
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("127.0.0.1/32", "127.0.0.1"),
        ] {
            assert_eq!(text.parse::<BypassEntry>().unwrap().to_string(), written);
        }
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_is_accepted_comes_back(text in "\\PC{0,40}|[0-9a-f.:/*]{0,20}") {
            if let Ok(entry) = text.parse::<BypassEntry>() {
                prop_assert_eq!(entry.to_string().parse(), Ok(entry));
            }
        }
    }
}
