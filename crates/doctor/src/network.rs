//! The way to each service: name, connection, answer; with the proxy that is set or the system's, and its certificates.

use std::{
    error::Error,
    io,
    sync::Arc,
    time::{Duration, Instant},
};

use hyper_util::client::proxy::matcher::Matcher;
use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use net::{Gateway, Proxy};
use reqwest::{Client, Response, StatusCode, header::DATE};
use settings::Settings;
use tokio::{
    net::{TcpStream, lookup_host},
    sync::Mutex,
    task::JoinHandle,
};
use url::Url;
use view::{
    facts::NetworkFault,
    from_facts,
    words::{fill, say},
};

use super::{finding::Finding, hop::Hop};

/// Whether the system has a script for its proxies, which takes a while to be known.
pub(super) type Script = JoinHandle<bool>;

/// A clock that is off by this much is reported; above the second, tokens and certificates stop working.
const OFF: SignedDuration = SignedDuration::from_secs(60);
const FAR_OFF: SignedDuration = SignedDuration::from_mins(5);

/// The HTTP client, and the proxies that it takes: the one that is set, or those of the system.
#[derive(Debug, Clone)]
pub(super) struct Network {
    client: Client,
    ours: Option<Proxy>,
    system: Arc<Matcher>,
    /// See [`Hop::fault`].
    turn: Arc<Mutex<()>>,
}

/// What a look at the way to an address finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Looked {
    /// An answer came from there.
    Reached,
    /// None came, and nothing that is known is in the way.
    Unexplained,
    /// What is in the way.
    Fault(NetworkFault),
    /// The look did not end.
    NotKnown,
}

impl Looked {
    /// Of two addresses of one service: whatever is known to be in the way of one is in the way of the service.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fault(fault), _) | (_, Self::Fault(fault)) => Self::Fault(fault),
            (Self::NotKnown, _) | (_, Self::NotKnown) => Self::NotKnown,
            (Self::Unexplained, _) | (_, Self::Unexplained) => Self::Unexplained,
            (Self::Reached, Self::Reached) => Self::Reached,
        }
    }
}

/// What is at an address when nothing on the way answers in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum There {
    /// A service for programs: no page, and no redirect to one.
    Service,
    /// A page for people, or what nobody knows the answer of.
    Page,
}

/// An answer, and how long each step took.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) answer: Response,
    found: Duration,
    connected: Duration,
    answered: Duration,
    proxy: Option<String>,
}

/// Where it stopped.
#[derive(Debug)]
pub(super) enum Unreached {
    /// The name of a host leads to no address.
    Name { host: String },
    /// Nobody takes connections there.
    Closed { host: String, port: u16, reason: String },
    /// The certificate is not trusted.
    Certificate { reason: String },
    /// Something between here and there, which is known.
    Fault(NetworkFault),
    /// Something between here and there answers in its place: a network that wants a login, a page of whoever blocks.
    InPlace { status: StatusCode },
    /// Anything else.
    Broken { reason: String },
}

impl Network {
    pub(super) fn new(client: Client, ours: Option<Proxy>) -> Self {
        Self { client, ours, system: Arc::new(Matcher::from_system()), turn: Arc::default() }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Goes there step by step. With a proxy the first two steps lead to it.
    pub(super) async fn reach(&self, url: &Url, there: There) -> Result<Reached, Unreached> {
        let proxy = self.hop(url);
        if let Some(proxy) = &proxy
            && let Some(fault) = proxy.fault(url, &self.turn).await
        {
            return Err(Unreached::Fault(fault));
        }
        let (host, port) = match &proxy {
            Some(proxy) => (proxy.host.clone(), proxy.port),
            None => (host(url), url.port_or_known_default().unwrap_or_default()),
        };
        let bare = Hop::bare_host(&host);
        let start = Instant::now();
        let addresses = lookup_host((bare, port)).await.map(Iterator::collect::<Vec<_>>);
        let Ok(addresses) = addresses else { return Err(Unreached::Name { host }) };
        let found = start.elapsed();
        if let Err(error) = TcpStream::connect(addresses.as_slice()).await {
            return Err(Unreached::Closed { host, port, reason: words(&error) });
        }
        let connected = start.elapsed() - found;
        let start = Instant::now();
        let answer = self.client.get(url.clone()).send().await.map_err(|error| broken(&error))?;
        let answered = start.elapsed();
        if is_in_place(&answer, there) {
            return Err(Unreached::InPlace { status: answer.status() });
        }
        let proxy = proxy.map(|proxy| proxy.name());
        Ok(Reached { answer, found, connected, answered, proxy })
    }

    fn hop(&self, url: &Url) -> Option<Hop> {
        Hop::of(self.ours.as_ref(), &self.system, url)
    }

    /// What is known to keep requests from this address. `script`: the system has a script for its proxies.
    pub(super) async fn look(&self, url: &Url, script: bool) -> Looked {
        self.looked(url, &self.reach(url, There::Page).await, script)
    }

    fn looked(&self, url: &Url, reached: &Result<Reached, Unreached>, script: bool) -> Looked {
        let known = match reached {
            Ok(_) => return Looked::Reached,
            Err(Unreached::InPlace { .. }) => None,
            Err(Unreached::Fault(fault)) => Some(fault.clone()),
            Err(Unreached::Certificate { reason }) => {
                is_unknown_issuer(reason).then_some(NetworkFault::Inspected)
            }
            // We connect directly; the script would perhaps have named a proxy.
            Err(Unreached::Name { .. } | Unreached::Closed { .. } | Unreached::Broken { .. }) => {
                (script && self.hop(url).is_none()).then_some(NetworkFault::Script)
            }
        };
        known.map_or(Looked::Unexplained, Looked::Fault)
    }
}

/// Whether it is the answer of something on the way. What a page says in place of another page, only its status shows.
fn is_in_place(answer: &Response, there: There) -> bool {
    match there {
        There::Service => Gateway::by_head(answer).is_some(),
        There::Page => Gateway::by_status(answer.status()).is_some(),
    }
}

pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// What the sign-in service is asked for: its description of the tenant, which is for programs. Without a tenant there is only
/// its root, which leads to pages.
pub(super) fn at_login(settings: &Settings) -> (Url, There) {
    let mut url = settings.login.clone();
    let Some(tenant) = &settings.tenant else { return (url, There::Page) };
    match url.path_segments_mut() {
        Ok(mut path) => {
            path.pop_if_empty().extend([&tenant.to_string(), "v2.0", ".well-known", "openid-configuration"]);
        }
        Err(()) => return (settings.login.clone(), There::Page),
    }
    (url, There::Service)
}

/// The sign-in service, and what its answer says about our clock.
pub(super) async fn login(network: Network, url: Url, there: There, now: Timestamp) -> [Finding; 2] {
    let start = Instant::now();
    let reached = network.reach(&url, there).await;
    let spent = SignedDuration::try_from(start.elapsed()).unwrap_or_default();
    let clock = match &reached {
        Ok(reached) => match date(&reached.answer) {
            Some(date) => clock(now.saturating_add(spent).unwrap_or(now).duration_since(date)),
            None => Finding::not_checked(say("doctor.clock.unclear")),
        },
        Err(_) => Finding::not_checked(fill("doctor.unreached", &[("host", &host(&url))])),
    };
    [way(&url, &reached), clock]
}

fn date(answer: &Response) -> Option<Timestamp> {
    let text = answer.headers().get(DATE)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// `off` is positive when this machine is ahead.
fn clock(off: SignedDuration) -> Finding {
    // The header has whole seconds, and the answer was on its way.
    let size = off.abs();
    if size <= OFF {
        return Finding::good(say("doctor.clock.good"));
    }
    let (key, count) = match (size.as_mins(), size.as_hours()) {
        (0..=2, _) => ("doctor.clock.seconds", size.as_secs()),
        (minutes, 0..=2) => ("doctor.clock.minutes", minutes),
        (_, hours @ 0..=71) => ("doctor.clock.hours", hours),
        (_, hours) => ("doctor.clock.days", hours / 24),
    };
    let words = fill(key, &[("count", &count.to_string())]);
    let key = if off.is_positive() { "doctor.clock.ahead" } else { "doctor.clock.behind" };
    let (saw, to_do) = (fill(key, &[("time", &words)]), say("doctor.clock.toDo"));
    if size <= FAR_OFF { Finding::warning(saw, to_do) } else { Finding::failed(saw, to_do) }
}

/// Microsoft Graph, and whether the system's store trusts its certificate.
pub(super) async fn graph(network: Network, url: Url) -> [Finding; 2] {
    let reached = network.reach(&url, There::Service).await;
    let name = host(&url);
    let values = [("host", name.as_str())];
    let certificates = match &reached {
        _ if url.scheme() != "https" => Finding::not_checked(fill("doctor.certificates.plain", &values)),
        Ok(_) => Finding::good(fill("doctor.certificates.good", &values)),
        Err(Unreached::Certificate { reason }) => certificate(&name, reason),
        Err(
            Unreached::Name { .. }
            | Unreached::Closed { .. }
            | Unreached::Broken { .. }
            | Unreached::InPlace { .. }
            | Unreached::Fault(_),
        ) => Finding::not_checked(fill("doctor.unreached", &values)),
    };
    [way(&url, &reached), certificates]
}

/// What the way to a service is like.
pub(super) fn way(url: &Url, reached: &Result<Reached, Unreached>) -> Finding {
    let name = host(url);
    match reached {
        Ok(reached) => {
            let ms = |time: Duration| time.as_millis().to_string();
            let (found, connected, answered) =
                (ms(reached.found), ms(reached.connected), ms(reached.answered));
            let mut values = vec![
                ("host", name.as_str()),
                ("found", &found),
                ("connected", &connected),
                ("answered", &answered),
            ];
            match &reached.proxy {
                Some(proxy) => {
                    values.push(("proxy", proxy));
                    Finding::good(fill("doctor.network.byProxy", &values))
                }
                None => Finding::good(fill("doctor.network.good", &values)),
            }
        }
        Err(Unreached::Name { host }) => {
            let saw = fill("doctor.network.name", &[("host", host)]);
            Finding::failed(saw, say("doctor.network.nameToDo"))
        }
        Err(Unreached::Closed { host, port, reason }) => {
            let port = port.to_string();
            let values = [("host", host.as_str()), ("port", &port), ("reason", reason)];
            Finding::failed(fill("doctor.network.closed", &values), say("doctor.network.closedToDo"))
        }
        Err(Unreached::Certificate { reason }) => certificate(&name, reason),
        Err(Unreached::Fault(fault)) => of_fault(fault),
        Err(Unreached::InPlace { status }) => {
            let values = [("host", name.as_str()), ("status", status.as_str())];
            Finding::failed(fill("doctor.network.inPlace", &values), say("doctor.network.inPlaceToDo"))
        }
        Err(Unreached::Broken { reason }) => {
            let saw = fill("doctor.network.broken", &[("host", &name), ("reason", reason)]);
            Finding::failed(saw, say("doctor.network.brokenToDo"))
        }
    }
}

fn certificate(host: &str, reason: &str) -> Finding {
    let values = [("host", host), ("reason", reason)];
    // An unknown issuer is what a company's inspection looks like; the other reasons are faults of the certificate.
    if is_unknown_issuer(reason) {
        of_fault(&NetworkFault::Inspected)
    } else {
        let saw = fill("doctor.certificates.refused", &values);
        Finding::failed(saw, say("doctor.certificates.refusedToDo"))
    }
}

fn is_unknown_issuer(reason: &str) -> bool {
    reason.contains("UnknownIssuer")
}

/// The same words as on the cards.
fn of_fault(fault: &NetworkFault) -> Finding {
    Finding::failed(from_facts::network::saw(fault), from_facts::network::to_do(fault))
}

/// The proxies for these addresses, and whether they let us through; `script` says whether the system has one for that.
pub(super) async fn proxy(network: Network, graph: Url, ccp: Option<Url>, script: Script) -> [Finding; 1] {
    let script = script.await.unwrap_or(false);
    let urls: Vec<Url> = [Some(graph.clone()), ccp].into_iter().flatten().collect();
    let mut through = Vec::new();
    for url in &urls {
        let there = if *url == graph { There::Service } else { There::Page };
        let reached = network.reach(url, there).await;
        if let Looked::Fault(fault) = network.looked(url, &reached, script) {
            return [of_fault(&fault)];
        }
        let Some(proxy) = network.hop(url) else { continue };
        let (name, proxy) = (host(url), proxy.name());
        match &reached {
            Ok(_) => {}
            Err(Unreached::InPlace { .. }) => return [way(url, &reached)],
            Err(
                Unreached::Name { .. }
                | Unreached::Closed { .. }
                | Unreached::Certificate { .. }
                | Unreached::Broken { .. }
                | Unreached::Fault(_),
            ) => return [Finding::not_checked(fill("doctor.unreached", &[("host", &name)]))],
        }
        let values = [("host", name.as_str()), ("proxy", proxy.as_str())];
        through.push(fill("doctor.proxy.through", &values));
    }
    let mut hosts: Vec<String> = urls.iter().map(host).collect();
    hosts.dedup();
    [Finding::good(match through.as_slice() {
        [] if network.ours.is_some() => fill("doctor.proxy.bypassed", &[("hosts", &hosts.join(", "))]),
        [] if script => fill("doctor.proxy.script", &[("hosts", &hosts.join(", "))]),
        [] => fill("doctor.proxy.none", &[("hosts", &hosts.join(", "))]),
        through => through.join(" "),
    })]
}

fn broken(error: &reqwest::Error) -> Unreached {
    let reason = innermost(error);
    if reason.contains("invalid peer certificate") {
        let reason = reason.replace("invalid peer certificate: ", "");
        return Unreached::Certificate { reason };
    }
    Unreached::Broken { reason }
}

/// The innermost cause says what happened; the outer ones repeat the address.
fn innermost(error: &reqwest::Error) -> String {
    let mut cause: Option<&dyn Error> = error.source();
    while let Some(inner) = cause.and_then(Error::source) {
        cause = Some(inner);
    }
    cause.map_or_else(
        || say("doctor.network.notSent"),
        |cause| cause.to_string().trim_end_matches('.').to_owned(),
    )
}

fn words(error: &io::Error) -> String {
    error.kind().to_string()
}

#[cfg(test)]
mod tests {
    use view::doctor::{Status, Topic};

    use super::*;

    fn judged(seconds: i64) -> (Status, String) {
        let check = clock(SignedDuration::from_secs(seconds)).of(Topic::Clock);
        (check.status, check.saw)
    }

    #[test]
    fn a_clock_may_be_a_minute_off_and_fails_from_five() {
        assert_eq!(judged(-60).0, Status::Good);
        assert_eq!(judged(61), (Status::Warning, "This computer's clock is 61 seconds ahead.".to_owned()));
        assert_eq!(judged(-300), (Status::Warning, "This computer's clock is 5 minutes behind.".to_owned()));
        assert_eq!(judged(301).0, Status::Failed);
        assert_eq!(judged(400 * 86_400).1, "This computer's clock is 400 days ahead.");
        assert_eq!(judged(-4 * 3600).1, "This computer's clock is 4 hours behind.");
    }

    #[test]
    fn an_unknown_issuer_is_distinguished_from_a_bad_certificate() {
        let inspected = certificate("graph.microsoft.com", "UnknownIssuer").of(Topic::Certificates);
        let expired = certificate("graph.microsoft.com", "Expired").of(Topic::Certificates);
        assert_eq!(inspected.saw, from_facts::network::saw(&NetworkFault::Inspected));
        assert!(expired.saw.contains("graph.microsoft.com"), "{}", expired.saw);
        assert_eq!((inspected.status, expired.status), (Status::Failed, Status::Failed));
    }
}
