//! The proxy that is set for this application: its address, the hosts that are reached without it, and its password.
//!
//! One value for everything that opens connections, the web views included, so that they cannot disagree about who goes
//! by the proxy. Opens no connection, and reads nothing of the system.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
};

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;

use crate::Bypass;

/// How a proxy is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProxyScheme {
    /// HTTP, and CONNECT for everything encrypted.
    Http,
    /// The same over TLS.
    Https,
    /// SOCKS 5, which looks names up itself.
    Socks5,
}

impl ProxyScheme {
    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
            Self::Socks5 => "socks5",
        }
    }

    const fn usual_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
            Self::Socks5 => 1080,
        }
    }
}

/// The address of a proxy: scheme, host and port, and the name of a user for one that asks. It never holds a password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProxyAddress {
    scheme: ProxyScheme,
    /// As it is in an address: an IPv6 address has its brackets.
    host: String,
    port: u16,
    /// As it is in an address, escaped.
    user: Option<String>,
}

/// Why a text is no address of a proxy. The texts follow the name of the setting and repeat nothing of the address, which
/// may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadProxy {
    /// Another scheme, or none.
    #[error(
        "must start with http://, https:// or socks5://, with the host and the port behind it: \
         http://proxy.example.com:8080"
    )]
    Scheme,
    /// No host that can be one.
    #[error("must name the host and the port of the proxy: http://proxy.example.com:8080")]
    Host,
    /// A password.
    #[error(
        "must not hold a password; leave it out and enter it in the settings window, which keeps it in the keyring"
    )]
    Password,
    /// A user for a SOCKS proxy, for which web views have no login.
    #[error("must not hold a user name if it starts with socks5://, because web views cannot log in there")]
    User,
    /// Something behind the port.
    #[error("must end with the port of the proxy")]
    Path,
}

impl ProxyAddress {
    /// How it is spoken to.
    #[must_use]
    pub const fn scheme(&self) -> ProxyScheme {
        self.scheme
    }

    /// The host; an IPv6 address has its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// "proxy.example.com:8080"
    #[must_use]
    pub fn host_and_port(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The name of the user, if it has one.
    #[must_use]
    pub fn user(&self) -> Option<String> {
        self.user.as_deref().map(|user| percent_decode_str(user).decode_utf8_lossy().into_owned())
    }

    /// "http://proxy.example.com:8080": what others are given who ask for the login by themselves.
    #[must_use]
    pub fn without_user(&self) -> String {
        format!("{}://{}:{}", self.scheme.name(), self.host, self.port)
    }

    /// The address with what the proxy asks for. `socks5h`: the proxy looks names up, as with web views.
    fn for_client(&self, password: Option<&SecretString>) -> Option<Url> {
        let scheme = match self.scheme {
            ProxyScheme::Http | ProxyScheme::Https => self.scheme.name(),
            ProxyScheme::Socks5 => "socks5h",
        };
        let mut url = Url::parse(&format!("{scheme}://{}:{}", self.host, self.port)).ok()?;
        if let (Some(user), Some(password)) = (self.user(), password) {
            // Whoever reads them decodes them, and `Url` leaves a percent sign as it is.
            let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
            url.set_username(&escaped(&user)).ok()?;
            url.set_password(Some(&escaped(password.expose_secret()))).ok()?;
        }
        Some(url)
    }
}

impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.user.as_deref().map(|user| format!("{user}@")).unwrap_or_default();
        write!(f, "{}://{user}{}:{}", self.scheme.name(), self.host, self.port)
    }
}

impl FromStr for ProxyAddress {
    type Err = BadProxy;

    fn from_str(text: &str) -> Result<Self, BadProxy> {
        let (scheme, rest) = text.split_once("://").ok_or(BadProxy::Scheme)?;
        let known = [ProxyScheme::Http, ProxyScheme::Https, ProxyScheme::Socks5];
        let scheme = known
            .into_iter()
            .find(|known| scheme.eq_ignore_ascii_case(known.name()))
            .ok_or(BadProxy::Scheme)?;
        let rest = &with_domain(rest);
        // Only a scheme that has a host by definition checks it; the port of another one would be lost as the usual one.
        let url = Url::parse(&format!("ftp://{rest}")).map_err(|_| BadProxy::Host)?;
        if url.password().is_some() {
            return Err(BadProxy::Password);
        }
        let user = Some(url.username()).filter(|user| !user.is_empty()).map(str::to_owned);
        if user.is_some() && scheme == ProxyScheme::Socks5 {
            return Err(BadProxy::User);
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(BadProxy::Path);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadProxy::Host)?;
        let port = match url.port() {
            // The usual port of the scheme that it was checked with is left out.
            None if rest.trim_end_matches('/').ends_with(":21") => 21,
            port => port.unwrap_or(scheme.usual_port()),
        };
        if port == 0 {
            return Err(BadProxy::Host);
        }
        Ok(Self { scheme, host: host.to_owned(), port, user })
    }
}

/// `CONTOSO\priya@proxy` as an address can hold it, where a backslash would be a slash.
fn with_domain(rest: &str) -> String {
    match rest.rsplit_once('@') {
        Some((user, host)) if !user.contains(['/', '?', '#']) => {
            format!("{}@{host}", user.replace('\\', "%5C"))
        }
        Some(_) | None => rest.to_owned(),
    }
}

/// What is known of a proxy's password.
#[derive(Default)]
struct Secret {
    password: Option<SecretString>,
    /// The last one that the proxy did not take.
    refused: Option<SecretString>,
}

impl Secret {
    fn is_refused(&self) -> bool {
        let plain = |secret: &Option<SecretString>| secret.as_ref().map(|it| it.expose_secret().to_owned());
        self.password.is_some() && plain(&self.password) == plain(&self.refused)
    }
}

/// The proxy in use: its address, what goes past it, and its password, which may become known later and is then used at
/// once by everything that holds a copy.
#[derive(Clone)]
pub struct Proxy {
    address: ProxyAddress,
    bypass: Bypass,
    secret: Arc<RwLock<Secret>>,
}

impl Proxy {
    /// This proxy, without a password.
    #[must_use]
    pub fn new(address: ProxyAddress, bypass: Bypass) -> Self {
        Self { address, bypass, secret: Arc::default() }
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> &ProxyAddress {
        &self.address
    }

    /// What goes past it.
    #[must_use]
    pub const fn bypass(&self) -> &Bypass {
        &self.bypass
    }

    /// Whether a request to this address goes by it.
    #[must_use]
    pub fn carries(&self, url: &Url) -> bool {
        !self.bypass.covers(url)
    }

    /// Uses this password from now on, or none. One that was refused stays so.
    pub fn use_password(&self, password: Option<SecretString>) {
        self.secret.write().unwrap_or_else(PoisonError::into_inner).password = password;
    }

    /// Uses what the person has just entered, even if it is what was refused: their account may have been unlocked.
    pub fn use_entered(&self, password: Option<SecretString>) {
        *self.secret.write().unwrap_or_else(PoisonError::into_inner) = Secret { password, refused: None };
    }

    /// The proxy did not take this password: nobody is given it any more, because whoever sends a wrong one again and
    /// again locks the account.
    pub fn refuse(&self, password: SecretString) {
        self.secret.write().unwrap_or_else(PoisonError::into_inner).refused = Some(password);
    }

    /// Whether the password that is known is one that the proxy did not take.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.secret.read().unwrap_or_else(PoisonError::into_inner).is_refused()
    }

    /// What another value for the same proxy knows to be refused is not sent by this one either.
    pub fn remember_refusal_of(&self, other: &Self) {
        if self.address == other.address {
            let refused = other.secret.read().unwrap_or_else(PoisonError::into_inner).refused.clone();
            self.secret.write().unwrap_or_else(PoisonError::into_inner).refused = refused;
        }
    }

    /// Shares what is known of the password, now and later, with another value for the same proxy.
    #[must_use]
    pub fn sharing_password_of(self, other: &Self) -> Self {
        let secret = if self.address == other.address { Arc::clone(&other.secret) } else { self.secret };
        Self { secret, ..self }
    }

    /// Its user and password, as far as both are known and not refused.
    #[must_use]
    pub fn login(&self) -> Option<(String, SecretString)> {
        self.address.user().zip(self.password())
    }

    fn password(&self) -> Option<SecretString> {
        let secret = self.secret.read().unwrap_or_else(PoisonError::into_inner);
        secret.password.clone().filter(|_| !secret.is_refused())
    }

    /// The proxy for an address, as the HTTP client wants it.
    pub(crate) fn for_client(&self, url: &Url) -> Option<Url> {
        self.carries(url).then(|| self.address.for_client(self.password().as_ref())).flatten()
    }
}

/// Without the password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, bypass, secret: _ } = self;
        f.debug_struct("Proxy").field("address", address).field("bypass", bypass).finish_non_exhaustive()
    }
}

/// The same proxy, whatever is known of its password.
impl PartialEq for Proxy {
    fn eq(&self, other: &Self) -> bool {
        (&self.address, &self.bypass) == (&other.address, &other.bypass)
    }
}

impl Eq for Proxy {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &str) -> Result<ProxyAddress, BadProxy> {
        text.parse()
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn an_address_has_scheme_host_and_port_and_perhaps_a_user() {
        for (text, written) in [
            ("http://proxy.example.com:8080", "http://proxy.example.com:8080"),
            ("HTTP://Proxy.Example.COM:8080/", "http://proxy.example.com:8080"),
            ("http://proxy", "http://proxy:80"),
            ("http://proxy:80", "http://proxy:80"),
            ("http://proxy:21", "http://proxy:21"),
            ("https://proxy.example.com", "https://proxy.example.com:443"),
            ("socks5://10.0.0.1", "socks5://10.0.0.1:1080"),
            ("http://[::1]:3128", "http://[::1]:3128"),
            ("http://priya@proxy:3128", "http://priya@proxy:3128"),
            ("http://CONTOSO%5Cpriya@proxy:3128", "http://CONTOSO%5Cpriya@proxy:3128"),
            ("http://CONTOSO\\priya@proxy:3128", "http://CONTOSO%5Cpriya@proxy:3128"),
        ] {
            let address = parse(text).unwrap();
            assert_eq!(address.to_string(), written, "{text}");
            assert_eq!(parse(written), Ok(address), "{text}");
        }
        let domain = parse("http://CONTOSO%5Cpriya@proxy:3128").unwrap();
        assert_eq!(domain.user().as_deref(), Some("CONTOSO\\priya"));
    }

    #[test]
    fn what_is_no_address_is_refused_and_never_repeated() {
        for (text, why) in [
            ("proxy.example.com:8080", BadProxy::Scheme),
            ("ftp://proxy:8080", BadProxy::Scheme),
            ("", BadProxy::Scheme),
            ("http://", BadProxy::Host),
            ("http://proxy:0", BadProxy::Host),
            ("http://proxy:hunter2", BadProxy::Host),
            ("http://priya:hunter2@proxy:8080", BadProxy::Password),
            ("http://:hunter2@proxy:8080", BadProxy::Password),
            ("socks5://priya@proxy", BadProxy::User),
            ("http://proxy:8080/proxy.pac", BadProxy::Path),
            ("http://proxy:8080/?hunter2", BadProxy::Path),
        ] {
            assert_eq!(parse(text), Err(why), "{text}");
            assert!(why.to_string().starts_with("must "), "{why}");
        }
    }

    #[test]
    fn the_password_is_used_as_soon_as_it_is_known_and_shown_nowhere() {
        let proxy = Proxy::new(parse("http://priya@proxy:8080").unwrap(), Bypass::default());
        let copy = proxy.clone();
        let graph = url("https://graph.microsoft.com/");
        assert_eq!(copy.for_client(&graph), Some(url("http://proxy:8080/")), "no name without a password");
        proxy.use_password(Some("p@ss:w/rd".into()));
        let asked = copy.for_client(&graph).unwrap();
        assert_eq!((asked.username(), asked.password()), ("priya", Some("p%40ss%3Aw%2Frd")));
        assert_eq!(copy.login().map(|(user, _)| user).as_deref(), Some("priya"));
        assert!(!format!("{copy:?}").contains("p@ss"), "{copy:?}");
        proxy.use_password(None);
        assert!(copy.login().is_none());
    }

    #[test]
    fn a_refused_password_is_given_to_nobody_until_the_person_enters_one() {
        let proxy = Proxy::new(parse("http://priya@proxy:8080").unwrap(), Bypass::default());
        let graph = url("https://graph.microsoft.com/");
        proxy.use_password(Some("old".into()));
        proxy.refuse("older".into());
        assert!(!proxy.is_refused(), "it is not the one that was refused");
        proxy.refuse("old".into());
        assert!(proxy.is_refused() && proxy.login().is_none());
        assert_eq!(proxy.for_client(&graph), Some(url("http://proxy:8080/")));
        proxy.use_password(Some("old".into()));
        assert!(proxy.login().is_none(), "the keyring has only the same one");
        let next = Proxy::new(parse("http://priya@proxy:8080").unwrap(), Bypass::default());
        assert!(next.sharing_password_of(&proxy).is_refused());
        let after_restart = Proxy::new(parse("http://priya@proxy:8080").unwrap(), Bypass::default());
        after_restart.remember_refusal_of(&proxy);
        after_restart.use_password(Some("old".into()));
        assert!(after_restart.is_refused());
        let other = Proxy::new(parse("http://priya@proxy:8081").unwrap(), Bypass::default());
        assert!(!other.sharing_password_of(&proxy).is_refused());
        proxy.use_entered(Some("old".into()));
        assert!(proxy.login().is_some(), "the account was unlocked");
    }

    #[test]
    fn what_is_bypassed_has_no_proxy() {
        let proxy = Proxy::new(parse("socks5://proxy").unwrap(), Bypass::default());
        assert_eq!(proxy.for_client(&url("http://127.0.0.1:4000/")), None);
        assert_eq!(
            proxy.for_client(&url("https://contoso.my.connect.aws/")),
            Some(url("socks5h://proxy:1080"))
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_fail_hard_and_what_is_taken_comes_back(text in "\\PC{0,40}") {
            for text in [text.clone(), format!("http://{text}"), format!("socks5://{text}")] {
                if let Ok(address) = parse(&text) {
                    prop_assert_eq!(parse(&address.to_string()), Ok(address.clone()));
                    let proxy = Proxy::new(address, Bypass::new(Vec::new()));
                    prop_assert!(proxy.for_client(&url("https://graph.microsoft.com/")).is_some());
                }
            }
        }
    }
}
