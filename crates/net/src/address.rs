//! Which addresses are on this machine. Asks no name server.

use url::{Host, Url};

/// Whether an address leads to this machine: a loopback address, or the name `localhost` (RFC 6761, 6.3).
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_loopback() {
        for (address, expected) in [
            ("http://localhost:4000/login/", true),
            ("http://LOCALHOST/", true),
            ("http://127.0.0.1:1/", true),
            ("http://127.9.8.7/", true),
            ("http://2130706433/", true),
            ("http://[::1]:9/", true),
            ("http://localhost.example.com/", false),
            ("http://127.0.0.1.example.com/", false),
            ("http://128.0.0.1/", false),
            ("http://0.0.0.0/", false),
            ("http://[::2]/", false),
            ("http://localhost@example.com/", false),
            ("file:///localhost", false),
            ("data:text/plain,localhost", false),
        ] {
            assert_eq!(is_loopback(&Url::parse(address).unwrap()), expected, "{address}");
        }
    }
}
