//! The proxy that is set for this application: its address, the hosts that are reached without it, and its login.
//!
//! One value for everything that opens connections, the web views included, so that they cannot disagree about who goes
//! through the proxy. Opens no connection, and reads nothing of the system.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, PoisonError, RwLock},
};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;
use url::Url;

use crate::Bypass;

/// The protocol of a proxy.
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

/// The address of a proxy: scheme, host and port. It never holds a name or a password.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProxyAddress {
    scheme: ProxyScheme,
    /// As it is in an address: an IPv6 address has its brackets.
    host: String,
    port: u16,
}

/// The name by which a person logs in to a proxy, as the proxy expects it: `priya.raman`, `CONTOSO\priya`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProxyUser(String);

/// Why a text is no address of a proxy. The texts follow the name of the setting and repeat nothing of the address,
/// which may hold a password.
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
    /// The name of a user, which has a setting of its own: the address may be the same for everybody.
    #[error("must not hold a user name; leave it out and write it as network.user")]
    User,
    /// Something behind the port.
    #[error("must end with the port of the proxy")]
    Path,
}

/// Why a text is no name of a user. The texts follow the name of the setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadProxyUser {
    /// Nothing.
    #[error("must not be empty; leave it out if the proxy asks for no login")]
    Empty,
    /// A colon, which ends the name in a login (RFC 7617, 2).
    #[error("must be the user name alone, without a colon; the password is entered in the settings window")]
    Colon,
    /// A character that no name has, such as a line end.
    #[error("must not hold a character that cannot be seen")]
    Unseen,
}

impl ProxyAddress {
    /// Its protocol.
    #[must_use]
    pub const fn scheme(&self) -> ProxyScheme {
        self.scheme
    }

    /// Whether a user can log in there. Web views cannot log in to a SOCKS proxy, so nothing does.
    #[must_use]
    pub const fn has_login(&self) -> bool {
        match self.scheme {
            ProxyScheme::Http | ProxyScheme::Https => true,
            ProxyScheme::Socks5 => false,
        }
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

    /// The address with the login. `socks5h`: the proxy looks names up, as with web views.
    fn for_client(&self, login: Option<(ProxyUser, SecretString)>) -> Option<Url> {
        let scheme = match self.scheme {
            ProxyScheme::Http | ProxyScheme::Https => self.scheme.name(),
            ProxyScheme::Socks5 => "socks5h",
        };
        let mut url = Url::parse(&format!("{scheme}://{}:{}", self.host, self.port)).ok()?;
        if let Some((ProxyUser(user), password)) = login {
            // The client decodes both, and `Url` leaves a percent sign as it is.
            let escaped = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
            url.set_username(&escaped(&user)).ok()?;
            url.set_password(Some(&escaped(password.expose_secret()))).ok()?;
        }
        Some(url)
    }
}

/// `http://proxy.example.com:8080`
impl fmt::Display for ProxyAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.scheme.name(), self.host, self.port)
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
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if let Some((user, _)) = authority.rsplit_once('@') {
            return Err(if user.contains(':') { BadProxy::Password } else { BadProxy::User });
        }
        // Only a scheme that requires a host checks it. `Url` drops the usual port of a scheme, so it is none of ours.
        let url = Url::parse(&format!("ftp://{rest}")).map_err(|_| BadProxy::Host)?;
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(BadProxy::Path);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BadProxy::Host)?;
        let port = match url.port() {
            // `Url` has dropped the usual port of the scheme that was used for the check.
            None if rest.trim_end_matches('/').ends_with(":21") => 21,
            port => port.unwrap_or(scheme.usual_port()),
        };
        if port == 0 {
            return Err(BadProxy::Host);
        }
        Ok(Self { scheme, host: host.to_owned(), port })
    }
}

impl fmt::Display for ProxyUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for ProxyUser {
    type Err = BadProxyUser;

    /// Removes blanks around the name.
    fn from_str(text: &str) -> Result<Self, BadProxyUser> {
        let name = text.trim();
        match name {
            "" => Err(BadProxyUser::Empty),
            _ if name.contains(':') => Err(BadProxyUser::Colon),
            _ if name.contains(char::is_control) => Err(BadProxyUser::Unseen),
            _ => Ok(Self(name.to_owned())),
        }
    }
}

/// What is known of a proxy's password.
#[derive(Default)]
struct Secret {
    password: Option<SecretString>,
    /// The last one that the proxy did not accept.
    refused: Option<SecretString>,
}

impl Secret {
    fn is_refused(&self) -> bool {
        let plain = |secret: &Option<SecretString>| secret.as_ref().map(|it| it.expose_secret().to_owned());
        self.password.is_some() && plain(&self.password) == plain(&self.refused)
    }
}

/// The proxy in use: its address, the hosts that bypass it, and the login at it. The password may become known later
/// and is then used at once by everything that holds a copy.
#[derive(Clone)]
pub struct Proxy {
    address: ProxyAddress,
    user: Option<ProxyUser>,
    bypass: Bypass,
    secret: Arc<RwLock<Secret>>,
}

impl Proxy {
    /// This proxy, without a password. Without a user it gets no login.
    #[must_use]
    pub fn new(address: ProxyAddress, user: Option<ProxyUser>, bypass: Bypass) -> Self {
        Self { address, user, bypass, secret: Arc::default() }
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> &ProxyAddress {
        &self.address
    }

    /// Who logs in to it, if anybody does.
    #[must_use]
    pub const fn user(&self) -> Option<&ProxyUser> {
        self.user.as_ref()
    }

    /// The hosts that bypass it.
    #[must_use]
    pub const fn bypass(&self) -> &Bypass {
        &self.bypass
    }

    /// Whether a request to this address goes through it.
    #[must_use]
    pub fn carries(&self, url: &Url) -> bool {
        !self.bypass.covers(url)
    }

    /// Uses this password from now on, or none. One that was refused stays so.
    pub fn use_password(&self, password: Option<SecretString>) {
        self.secret.write().unwrap_or_else(PoisonError::into_inner).password = password;
    }

    /// Uses what the person has just entered, even if it was refused before: their account may have been unlocked.
    pub fn use_entered(&self, password: Option<SecretString>) {
        *self.secret.write().unwrap_or_else(PoisonError::into_inner) = Secret { password, refused: None };
    }

    /// The proxy did not accept this password: it is not sent again, because a client that repeats a wrong one locks
    /// the account.
    pub fn refuse(&self, password: SecretString) {
        self.secret.write().unwrap_or_else(PoisonError::into_inner).refused = Some(password);
    }

    /// Whether the known password is one that the proxy did not accept.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.secret.read().unwrap_or_else(PoisonError::into_inner).is_refused()
    }

    /// Takes over the refused password of another value for the same proxy and user, so that it is not sent again.
    pub fn remember_refusal_of(&self, other: &Self) {
        if self.has_login_of(other) {
            let refused = other.secret.read().unwrap_or_else(PoisonError::into_inner).refused.clone();
            self.secret.write().unwrap_or_else(PoisonError::into_inner).refused = refused;
        }
    }

    /// Shares what is known of the password, now and later, with another value for the same proxy and user.
    #[must_use]
    pub fn sharing_password_of(self, other: &Self) -> Self {
        let secret = if self.has_login_of(other) { Arc::clone(&other.secret) } else { self.secret };
        Self { secret, ..self }
    }

    fn has_login_of(&self, other: &Self) -> bool {
        (&self.address, &self.user) == (&other.address, &other.user)
    }

    /// Its user and password, as far as both are known and not refused.
    #[must_use]
    pub fn login(&self) -> Option<(ProxyUser, SecretString)> {
        let secret = self.secret.read().unwrap_or_else(PoisonError::into_inner);
        let password = secret.password.clone().filter(|_| !secret.is_refused());
        self.user.clone().zip(password)
    }

    /// The proxy for an address, as the HTTP client wants it.
    pub(crate) fn for_client(&self, url: &Url) -> Option<Url> {
        self.carries(url).then(|| self.address.for_client(self.login())).flatten()
    }
}

/// Without the password.
impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, user, bypass, secret: _ } = self;
        f.debug_struct("Proxy")
            .field("address", address)
            .field("user", user)
            .field("bypass", bypass)
            .finish_non_exhaustive()
    }
}

/// The same proxy, whatever is known of its password.
impl PartialEq for Proxy {
    fn eq(&self, other: &Self) -> bool {
        self.has_login_of(other) && self.bypass == other.bypass
    }
}

impl Eq for Proxy {}

#[cfg(test)]
mod tests;
