//! The proxy for an address: which one it is, and what it answers to a direct request. The HTTP client reports only that there
//! was no answer; the reason is in the proxy's own answer.
//!
//! The proxy's user and password are sent to the proxy only.

use std::time::Duration;

use base64::{Engine, prelude::BASE64_STANDARD};
use hyper_util::client::proxy::matcher::Matcher;
use net::{Proxy, ProxyScheme};
use secrecy::{ExposeSecret, SecretString};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Mutex,
    time::timeout,
};
use url::{Position, Url};
use view::facts::NetworkFault;

/// How long a proxy may take to connect, and to answer.
const TIMEOUT: Duration = Duration::from_secs(5);

/// The longest head of an answer that is read, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// A proxy, and the login for it.
#[derive(Debug)]
pub(super) struct Hop {
    /// An IPv6 address includes its brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// True if it accepts plain HTTP requests.
    speaks_http: bool,
    login: ProxyLogin,
}

/// Where the login for the proxy comes from.
#[derive(Debug)]
enum ProxyLogin {
    /// The configured proxy, which knows its user and password.
    Configured(Proxy),
    /// The value of `Proxy-Authorization` from the system's settings.
    System(Option<SecretString>),
}

/// What a proxy answers to a request for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProxyAnswer {
    /// It forwards the request, or does not accept a direct request.
    Forwards,
    /// It requires a login of one of these kinds: "Basic", "NTLM".
    LoginRequired(Vec<String>),
    /// It refuses the address.
    Refused,
    /// It cannot reach the host.
    HostUnreached,
    /// It does not answer, or not as a proxy does.
    NoAnswer,
}

impl Hop {
    /// The proxy for an address: the configured one, else that of the system.
    pub(super) fn of(configured: Option<&Proxy>, system: &Matcher, url: &Url) -> Option<Self> {
        if let Some(proxy) = configured {
            let address = proxy.carries(url).then(|| proxy.address())?;
            let speaks_http = match address.scheme() {
                ProxyScheme::Http => true,
                ProxyScheme::Https | ProxyScheme::Socks5 => false,
            };
            let (host, port) = (address.host().to_owned(), address.port());
            return Some(Self { host, port, speaks_http, login: ProxyLogin::Configured(proxy.clone()) });
        }
        let proxy = system.intercept(&url.as_str().parse().ok()?)?;
        let uri = proxy.uri();
        let default_port = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        Some(Self {
            host: uri.host()?.to_owned(),
            port: uri.port_u16().unwrap_or(default_port),
            speaks_http: uri.scheme_str() == Some("http"),
            login: ProxyLogin::System(
                proxy.basic_auth().and_then(|login| login.to_str().ok()).map(SecretString::from),
            ),
        })
    }

    /// "proxy.example.com:8080"
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The host without the brackets of an IPv6 address, for a look-up.
    pub(super) fn bare_host(host: &str) -> &str {
        host.trim_matches(['[', ']'])
    }

    /// Why the proxy does not forward requests to this address. `turn` allows one request at a time, so that a wrong password
    /// is sent once.
    pub(super) async fn fault(&self, url: &Url, turn: &Mutex<()>) -> Option<NetworkFault> {
        let proxy = self.name();
        match self.ask(url, turn).await {
            ProxyAnswer::Forwards => None,
            ProxyAnswer::LoginRequired(kinds) if accepts_basic(&kinds) => {
                Some(if self.is_password_refused() {
                    NetworkFault::PasswordRefused { proxy }
                } else {
                    NetworkFault::PasswordMissing { proxy }
                })
            }
            ProxyAnswer::LoginRequired(kinds) => {
                Some(NetworkFault::OtherLogin { proxy, kinds: kinds.join(", ") })
            }
            ProxyAnswer::Refused => Some(NetworkFault::Refuses { proxy }),
            ProxyAnswer::HostUnreached => Some(NetworkFault::Unreached { proxy }),
            ProxyAnswer::NoAnswer => Some(NetworkFault::ProxyDown { proxy }),
        }
    }

    /// After the proxy required a login: whether it had received one, and refused it.
    fn is_password_refused(&self) -> bool {
        match &self.login {
            ProxyLogin::Configured(proxy) => proxy.is_refused(),
            ProxyLogin::System(login) => login.is_some(),
        }
    }

    /// Sends a request to the proxy, and remembers a refused password.
    async fn ask(&self, url: &Url, turn: &Mutex<()>) -> ProxyAnswer {
        let stream = TcpStream::connect((Self::bare_host(&self.host), self.port));
        let Ok(Ok(mut stream)) = timeout(TIMEOUT, stream).await else { return ProxyAnswer::NoAnswer };
        if !self.speaks_http {
            return ProxyAnswer::Forwards;
        }
        let turn = turn.lock().await;
        let password = match &self.login {
            ProxyLogin::Configured(proxy) => proxy.login().map(|(_, password)| password),
            ProxyLogin::System(_) => None,
        };
        let request = self.request(url);
        let answer = timeout(TIMEOUT, async {
            stream.write_all(request.expose_secret().as_bytes()).await.ok()?;
            read_head(&mut stream).await
        });
        let said = answer
            .await
            .ok()
            .flatten()
            .map_or(ProxyAnswer::NoAnswer, |head| read_answer(&head, url.scheme() == "https"));
        if let (ProxyLogin::Configured(proxy), Some(password), ProxyAnswer::LoginRequired(kinds)) =
            (&self.login, password, &said)
            && accepts_basic(kinds)
        {
            proxy.refuse(password);
        }
        drop(turn);
        said
    }

    /// The value of `Proxy-Authorization`.
    fn authorization(&self) -> Option<SecretString> {
        match &self.login {
            ProxyLogin::Configured(proxy) => proxy.login().map(|(user, password)| {
                let plain = SecretString::from(format!("{user}:{}", password.expose_secret()));
                SecretString::from(format!("Basic {}", BASE64_STANDARD.encode(plain.expose_secret())))
            }),
            ProxyLogin::System(login) => login.clone(),
        }
    }

    /// The request of a client to a proxy for this address (RFC 9110, 9.3.6; RFC 9112, 3.2.2).
    fn request(&self, url: &Url) -> SecretString {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or_default();
        let line = match url.scheme() {
            "https" => format!("CONNECT {host}:{port}"),
            _ => format!("GET {}", &url[..Position::AfterQuery]),
        };
        let login = self.authorization();
        let login = login.map(|login| format!("Proxy-Authorization: {}\r\n", login.expose_secret()));
        let login = login.unwrap_or_default();
        SecretString::from(format!(
            "{line} HTTP/1.1\r\nHost: {host}:{port}\r\n{login}Connection: close\r\n\r\n"
        ))
    }
}

/// Whether the proxy accepts a Basic login, which is assumed if it names no kind.
fn accepts_basic(kinds: &[String]) -> bool {
    kinds.is_empty() || kinds.iter().any(|kind| kind.eq_ignore_ascii_case("basic"))
}

/// Reads the head of an answer, with its last blank line; none if it is incomplete or too long.
async fn read_head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let (mut head, mut part) = (Vec::new(), [0; 1024]);
    loop {
        let read = stream.read(&mut part).await.ok()?;
        head.extend_from_slice(part.get(..read)?);
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            head.truncate(end + 4);
            return Some(head);
        }
        if read == 0 || head.len() > LONGEST_HEAD {
            return None;
        }
    }
}

/// Interprets the head of an answer. For a tunnel, everything but success comes from the proxy itself; without a tunnel, the
/// answer may come from the service.
pub(super) fn read_answer(head: &[u8], is_tunnel: bool) -> ProxyAnswer {
    let mut headers = [httparse::EMPTY_HEADER; 96];
    let mut answer = httparse::Response::new(&mut headers);
    let Ok(httparse::Status::Complete(_)) = answer.parse(head) else { return ProxyAnswer::NoAnswer };
    match answer.code {
        Some(407) => ProxyAnswer::LoginRequired(login_kinds(answer.headers)),
        Some(200..=299) => ProxyAnswer::Forwards,
        // It did not find the host, or could not connect to it (RFC 9110, 15.6.3 to 15.6.5).
        Some(500 | 502..=504) if is_tunnel => ProxyAnswer::HostUnreached,
        Some(_) if is_tunnel => ProxyAnswer::Refused,
        Some(_) => ProxyAnswer::Forwards,
        None => ProxyAnswer::NoAnswer,
    }
}

/// The kinds of login that a proxy accepts, in its order: the first word of each challenge (RFC 9110, 11.3). Challenges may
/// share a line, and a comma also separates the parameters of one challenge.
fn login_kinds(headers: &[httparse::Header<'_>]) -> Vec<String> {
    let lines = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("proxy-authenticate"));
    let mut kinds: Vec<String> = Vec::new();
    for line in lines {
        let Ok(line) = std::str::from_utf8(line.value) else { continue };
        for part in split_outside_quotes(line) {
            let part = part.trim();
            let word = part.split_whitespace().next().unwrap_or_default();
            let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            // "realm=x" is a parameter, "Basic realm=x" and "NTLM" are challenges.
            if is_word && word.len() <= 20 && !kinds.iter().any(|known| known.eq_ignore_ascii_case(word)) {
                kinds.push(word.to_owned());
            }
        }
    }
    kinds
}

/// Splits a line at its commas, except those in quotation marks.
fn split_outside_quotes(line: &str) -> Vec<&str> {
    let mut is_quoted = false;
    line.split(|c| {
        is_quoted ^= c == '"';
        c == ',' && !is_quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn login(kinds: &[&str]) -> ProxyAnswer {
        ProxyAnswer::LoginRequired(kinds.iter().map(|kind| (*kind).to_owned()).collect())
    }

    #[test]
    fn the_kinds_of_login_are_read_from_every_form_of_the_header() {
        for (headers, kinds) in [
            ("Proxy-Authenticate: Basic realm=\"Squid, proxy\"\r\n", &["Basic"][..]),
            ("proxy-authenticate: NTLM\r\nProxy-Authenticate: Negotiate\r\n", &["NTLM", "Negotiate"]),
            (
                "Proxy-Authenticate: Negotiate, NTLM, Basic realm=\"x\", charset=\"UTF-8\"\r\n",
                &["Negotiate", "NTLM", "Basic"],
            ),
            ("Proxy-Authenticate: Digest realm=\"a, b\", nonce=\"c\", qop=auth\r\n", &["Digest"]),
            ("Proxy-Authenticate: NTLM TlRMTVNTUAAC=\r\n", &["NTLM"]),
            ("", &[]),
        ] {
            let head = format!("HTTP/1.1 407 Proxy Authentication Required\r\n{headers}\r\n");
            assert_eq!(read_answer(head.as_bytes(), true), login(kinds), "{headers}");
        }
    }

    #[test]
    fn an_answer_without_a_tunnel_may_come_from_the_service() {
        for (status, tunnel, plain) in [
            ("200 OK", ProxyAnswer::Forwards, ProxyAnswer::Forwards),
            ("403 Forbidden", ProxyAnswer::Refused, ProxyAnswer::Forwards),
            ("500 Internal Server Error", ProxyAnswer::HostUnreached, ProxyAnswer::Forwards),
            ("502 Bad Gateway", ProxyAnswer::HostUnreached, ProxyAnswer::Forwards),
            ("503 Service Unavailable", ProxyAnswer::HostUnreached, ProxyAnswer::Forwards),
            ("504 Gateway Timeout", ProxyAnswer::HostUnreached, ProxyAnswer::Forwards),
            ("511 Network Authentication Required", ProxyAnswer::Refused, ProxyAnswer::Forwards),
            ("407 ProxyLogin", login(&[]), login(&[])),
        ] {
            let head = format!("HTTP/1.1 {status}\r\n\r\n");
            assert_eq!(
                (read_answer(head.as_bytes(), true), read_answer(head.as_bytes(), false)),
                (tunnel, plain),
                "{status}"
            );
        }
        assert_eq!(read_answer(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", true), ProxyAnswer::NoAnswer);
    }

    #[test]
    fn the_password_is_in_the_request_and_not_in_debug_output() {
        let proxy =
            Proxy::new("http://[::1]:8080".parse().unwrap(), "priya".parse().ok(), net::Bypass::default());
        proxy.use_password(Some("hunter2".into()));
        let graph = Url::parse("https://graph.microsoft.com/v1.0/").unwrap();
        let hop = Hop::of(Some(&proxy), &Matcher::builder().build(), &graph).unwrap();
        assert!(!format!("{hop:?}").contains("cHJpeWE6aHVudGVyMg"), "{hop:?}");
        assert_eq!(hop.name(), "[::1]:8080");
        let request = hop.request(&graph);
        let request = request.expose_secret();
        assert!(request.starts_with("CONNECT graph.microsoft.com:443 HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("Proxy-Authorization: Basic cHJpeWE6aHVudGVyMg==\r\n"), "{request}");
        let here = Url::parse("http://127.0.0.1:4000/").unwrap();
        assert!(Hop::of(Some(&proxy), &Matcher::builder().build(), &here).is_none());
    }

    proptest! {
        #[test]
        fn any_answer_is_read_without_a_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            line in "[ -~]{0,60}",
            tunnel in any::<bool>(),
        ) {
            read_answer(&bytes, tunnel);
            read_answer(format!("HTTP/1.1 407 X\r\nProxy-Authenticate: {line}\r\n\r\n").as_bytes(), tunnel);
        }
    }
}
