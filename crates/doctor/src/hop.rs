//! The proxy for an address: which one it is, and what it answers when it is asked directly. A client reports only that there was no
//! answer; the reason is in what the proxy sends back.
//!
//! Its user and password go to the proxy and nowhere else.

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

/// How long a proxy may take for its first word.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest head of an answer that is read, in bytes.
const LONGEST_HEAD: usize = 16 * 1024;

/// A proxy, and what it is given.
#[derive(Debug)]
pub(super) struct Hop {
    /// An IPv6 address has its brackets.
    pub(super) host: String,
    pub(super) port: u16,
    /// It can be asked as a proxy of HTTP, without TLS.
    speaks_http: bool,
    login: Login,
}

/// What the proxy is given when it asks who we are.
#[derive(Debug)]
enum Login {
    /// What the proxy of this application knows at that moment.
    Ours(Proxy),
    /// The value of `Proxy-Authorization` in the system's settings.
    System(Option<SecretString>),
}

/// What a proxy answers when it is asked for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// It lets us through, or it cannot be asked.
    Through,
    /// It wants a login of one of these kinds: "Basic", "NTLM".
    Login(Vec<String>),
    /// It refuses.
    No,
    /// It does not reach the host itself.
    Unreached,
    /// Nothing, or nothing that a proxy says.
    Nothing,
}

impl Hop {
    /// The proxy for an address: ours if one is set, else that of the system.
    pub(super) fn of(ours: Option<&Proxy>, system: &Matcher, url: &Url) -> Option<Self> {
        if let Some(proxy) = ours {
            let address = proxy.carries(url).then(|| proxy.address())?;
            let speaks_http = match address.scheme() {
                ProxyScheme::Http => true,
                ProxyScheme::Https | ProxyScheme::Socks5 => false,
            };
            let (host, port) = (address.host().to_owned(), address.port());
            return Some(Self { host, port, speaks_http, login: Login::Ours(proxy.clone()) });
        }
        let proxy = system.intercept(&url.as_str().parse().ok()?)?;
        let uri = proxy.uri();
        let usual = if uri.scheme_str() == Some("https") { 443 } else { 80 };
        Some(Self {
            host: uri.host()?.to_owned(),
            port: uri.port_u16().unwrap_or(usual),
            speaks_http: uri.scheme_str() == Some("http"),
            login: Login::System(
                proxy.basic_auth().and_then(|login| login.to_str().ok()).map(SecretString::from),
            ),
        })
    }

    /// "proxy.example.com:8080"
    pub(super) fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// The host without the brackets that an IPv6 address has in an address, but not in a look-up.
    pub(super) fn bare_host(host: &str) -> &str {
        host.trim_matches(['[', ']'])
    }

    /// What keeps the proxy from carrying anything to this address. `turn`: one asks at a time, so that a wrong password
    /// is sent once.
    pub(super) async fn fault(&self, url: &Url, turn: &Mutex<()>) -> Option<NetworkFault> {
        let proxy = self.name();
        match self.ask(url, turn).await {
            Said::Through => None,
            Said::Login(kinds) if takes_basic(&kinds) => Some(if self.is_refused() {
                NetworkFault::PasswordRefused { proxy }
            } else {
                NetworkFault::PasswordMissing { proxy }
            }),
            Said::Login(kinds) => Some(NetworkFault::OtherLogin { proxy, kinds: kinds.join(", ") }),
            Said::No => Some(NetworkFault::Refuses { proxy }),
            Said::Unreached => Some(NetworkFault::Unreached { proxy }),
            Said::Nothing => Some(NetworkFault::ProxyDown { proxy }),
        }
    }

    /// After the proxy asked for a login: whether there is one that it did not take.
    fn is_refused(&self) -> bool {
        match &self.login {
            Login::Ours(proxy) => proxy.is_refused(),
            Login::System(login) => login.is_some(),
        }
    }

    async fn ask(&self, url: &Url, turn: &Mutex<()>) -> Said {
        let stream = TcpStream::connect((Self::bare_host(&self.host), self.port));
        let Ok(Ok(mut stream)) = timeout(PATIENCE, stream).await else { return Said::Nothing };
        if !self.speaks_http {
            return Said::Through;
        }
        let turn = turn.lock().await;
        let password = match &self.login {
            Login::Ours(proxy) => proxy.login().map(|(_, password)| password),
            Login::System(_) => None,
        };
        let question = self.question(url);
        let answer = timeout(PATIENCE, async {
            stream.write_all(question.expose_secret().as_bytes()).await.ok()?;
            head(&mut stream).await
        });
        let said =
            answer.await.ok().flatten().map_or(Said::Nothing, |head| said(&head, url.scheme() == "https"));
        if let (Login::Ours(proxy), Some(password), Said::Login(kinds)) = (&self.login, password, &said)
            && takes_basic(kinds)
        {
            proxy.refuse(password);
        }
        drop(turn);
        said
    }

    /// The value of `Proxy-Authorization`.
    fn authorization(&self) -> Option<SecretString> {
        match &self.login {
            Login::Ours(proxy) => proxy.login().map(|(user, password)| {
                let plain = SecretString::from(format!("{user}:{}", password.expose_secret()));
                SecretString::from(format!("Basic {}", BASE64_STANDARD.encode(plain.expose_secret())))
            }),
            Login::System(login) => login.clone(),
        }
    }

    /// What a client asks a proxy for this address (RFC 9110, 9.3.6; RFC 9112, 3.2.2).
    fn question(&self, url: &Url) -> SecretString {
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

/// One that does not say how it wants to be asked can be asked in one way only.
fn takes_basic(kinds: &[String]) -> bool {
    kinds.is_empty() || kinds.iter().any(|kind| kind.eq_ignore_ascii_case("basic"))
}

/// The head of an answer, with its last blank line; none if there is no whole one.
async fn head(stream: &mut TcpStream) -> Option<Vec<u8>> {
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

/// What the head of an answer says; of a tunnel anything but success is a refusal of the proxy itself, while an answer
/// without a tunnel may be that of the service.
pub(super) fn said(head: &[u8], is_tunnel: bool) -> Said {
    let mut headers = [httparse::EMPTY_HEADER; 96];
    let mut answer = httparse::Response::new(&mut headers);
    let Ok(httparse::Status::Complete(_)) = answer.parse(head) else { return Said::Nothing };
    match answer.code {
        Some(407) => Said::Login(kinds(answer.headers)),
        Some(200..=299) => Said::Through,
        // It did not find the host (RFC 9110, 15.6.3 to 15.6.5), or failed at it.
        Some(500 | 502..=504) if is_tunnel => Said::Unreached,
        Some(_) if is_tunnel => Said::No,
        Some(_) => Said::Through,
        None => Said::Nothing,
    }
}

/// The kinds of login that a proxy takes, in its order: the first word of each challenge (RFC 9110, 11.3). Challenges may
/// share a line, and a comma also separates the parameters of one challenge.
fn kinds(headers: &[httparse::Header<'_>]) -> Vec<String> {
    let lines = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("proxy-authenticate"));
    let mut kinds: Vec<String> = Vec::new();
    for line in lines {
        let Ok(line) = std::str::from_utf8(line.value) else { continue };
        for part in outside_quotes(line) {
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

/// The parts of a line between its commas, those in quotation marks aside.
fn outside_quotes(line: &str) -> Vec<&str> {
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

    fn login(kinds: &[&str]) -> Said {
        Said::Login(kinds.iter().map(|kind| (*kind).to_owned()).collect())
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
            assert_eq!(said(head.as_bytes(), true), login(kinds), "{headers}");
        }
    }

    #[test]
    fn an_answer_without_a_tunnel_is_that_of_the_service() {
        for (status, tunnel, plain) in [
            ("200 OK", Said::Through, Said::Through),
            ("403 Forbidden", Said::No, Said::Through),
            ("500 Internal Server Error", Said::Unreached, Said::Through),
            ("502 Bad Gateway", Said::Unreached, Said::Through),
            ("503 Service Unavailable", Said::Unreached, Said::Through),
            ("504 Gateway Timeout", Said::Unreached, Said::Through),
            ("511 Network Authentication Required", Said::No, Said::Through),
            ("407 Login", login(&[]), login(&[])),
        ] {
            let head = format!("HTTP/1.1 {status}\r\n\r\n");
            assert_eq!(
                (said(head.as_bytes(), true), said(head.as_bytes(), false)),
                (tunnel, plain),
                "{status}"
            );
        }
        assert_eq!(said(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", true), Said::Nothing);
    }

    #[test]
    fn the_password_is_in_the_question_and_in_nothing_that_is_shown() {
        let proxy =
            Proxy::new("http://[::1]:8080".parse().unwrap(), "priya".parse().ok(), net::Bypass::default());
        proxy.use_password(Some("hunter2".into()));
        let graph = Url::parse("https://graph.microsoft.com/v1.0/").unwrap();
        let hop = Hop::of(Some(&proxy), &Matcher::builder().build(), &graph).unwrap();
        assert!(!format!("{hop:?}").contains("cHJpeWE6aHVudGVyMg"), "{hop:?}");
        assert_eq!(hop.name(), "[::1]:8080");
        let question = hop.question(&graph);
        let question = question.expose_secret();
        assert!(question.starts_with("CONNECT graph.microsoft.com:443 HTTP/1.1\r\n"), "{question}");
        assert!(question.contains("Proxy-Authorization: Basic cHJpeWE6aHVudGVyMg==\r\n"), "{question}");
        let here = Url::parse("http://127.0.0.1:4000/").unwrap();
        assert!(Hop::of(Some(&proxy), &Matcher::builder().build(), &here).is_none());
    }

    proptest! {
        #[test]
        fn no_answer_makes_it_fail_hard(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            line in "[ -~]{0,60}",
            tunnel in any::<bool>(),
        ) {
            said(&bytes, tunnel);
            said(format!("HTTP/1.1 407 X\r\nProxy-Authenticate: {line}\r\n\r\n").as_bytes(), tunnel);
        }
    }
}
