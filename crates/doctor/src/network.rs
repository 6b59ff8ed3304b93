//! Connects to a service step by step: name look-up, TCP connection, HTTP answer, through the configured proxy or the
//! system's. Writes no findings; they are in [`findings`].

pub(super) mod findings;

use std::{
    error::Error,
    sync::Arc,
    time::{Duration, Instant},
};

use hyper_util::client::proxy::matcher::Matcher;
use net::{Gateway, Proxy};
use reqwest::{Client, Response, StatusCode};
use tokio::{
    net::{TcpStream, lookup_host},
    sync::Mutex,
    task::JoinHandle,
};
use url::Url;
use view::{facts::NetworkFault, words::say};

use super::hop::Hop;

/// The task that finds out whether the system has a script for its proxies.
pub(super) type ScriptQuery = JoinHandle<bool>;

/// The HTTP client and its proxies: the configured one, or those of the system.
#[derive(Debug, Clone)]
pub(super) struct Network {
    client: Client,
    configured: Option<Proxy>,
    system: Arc<Matcher>,
    /// See [`Hop::fault`].
    turn: Arc<Mutex<()>>,
}

/// Why requests to an address do or do not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NetworkDiagnosis {
    /// The address answers.
    Reached,
    /// The address does not answer, and no known fault explains it.
    Unexplained,
    /// A known fault keeps requests from arriving.
    Fault(NetworkFault),
    /// The diagnosis did not finish in time.
    NotKnown,
}

impl NetworkDiagnosis {
    /// Combines the diagnoses of two addresses of one service: a fault of one is a fault of the service.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Fault(fault), _) | (_, Self::Fault(fault)) => Self::Fault(fault),
            (Self::NotKnown, _) | (_, Self::NotKnown) => Self::NotKnown,
            (Self::Unexplained, _) | (_, Self::Unexplained) => Self::Unexplained,
            (Self::Reached, Self::Reached) => Self::Reached,
        }
    }
}

/// What an address answers with if nothing in between answers in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExpectedAnswer {
    /// The answer of a service for programs: no page, and no redirect to one.
    Service,
    /// A page for people, or an unknown answer.
    Page,
}

/// An answer, and the duration of each step.
#[derive(Debug)]
pub(super) struct TimedAnswer {
    pub(super) answer: Response,
    look_up: Duration,
    connect: Duration,
    response: Duration,
    proxy: Option<String>,
}

/// The step that failed.
#[derive(Debug)]
pub(super) enum ReachError {
    /// The host name has no address.
    Name { host: String },
    /// The port accepts no connections.
    Closed { host: String, port: u16, reason: String },
    /// The certificate is not trusted.
    Certificate { reason: String },
    /// A known fault between this computer and the address.
    Fault(NetworkFault),
    /// Something in between answers in its place: the login page of a network, or the page of a filter.
    InPlace { status: StatusCode },
    /// Anything else.
    Broken { reason: String },
}

impl Network {
    pub(super) fn new(client: Client, configured: Option<Proxy>) -> Self {
        Self { client, configured, system: Arc::new(Matcher::from_system()), turn: Arc::default() }
    }

    pub(super) fn client(&self) -> &Client {
        &self.client
    }

    /// Requests `url` step by step. With a proxy, the first two steps connect to the proxy.
    pub(super) async fn reach(&self, url: &Url, expected: ExpectedAnswer) -> Result<TimedAnswer, ReachError> {
        let proxy = self.hop(url);
        if let Some(proxy) = &proxy
            && let Some(fault) = proxy.fault(url, &self.turn).await
        {
            return Err(ReachError::Fault(fault));
        }
        let (host, port) = match &proxy {
            Some(proxy) => (proxy.host.clone(), proxy.port),
            None => (host(url), url.port_or_known_default().unwrap_or_default()),
        };
        let bare = Hop::bare_host(&host);
        let start = Instant::now();
        let addresses = lookup_host((bare, port)).await.map(Iterator::collect::<Vec<_>>);
        let Ok(addresses) = addresses else { return Err(ReachError::Name { host }) };
        let look_up = start.elapsed();
        if let Err(error) = TcpStream::connect(addresses.as_slice()).await {
            return Err(ReachError::Closed { host, port, reason: error.kind().to_string() });
        }
        let connect = start.elapsed() - look_up;
        let start = Instant::now();
        let answer = self.client.get(url.clone()).send().await.map_err(|error| classify(&error))?;
        let response = start.elapsed();
        if is_from_gateway(&answer, expected) {
            return Err(ReachError::InPlace { status: answer.status() });
        }
        let proxy = proxy.map(|proxy| proxy.name());
        Ok(TimedAnswer { answer, look_up, connect, response, proxy })
    }

    /// The proxy for an address, if there is one.
    fn hop(&self, url: &Url) -> Option<Hop> {
        Hop::of(self.configured.as_ref(), &self.system, url)
    }

    /// Requests `url`, and says why it does not answer. `has_script`: the system has a script for its proxies.
    pub(super) async fn diagnose(&self, url: &Url, has_script: bool) -> NetworkDiagnosis {
        self.explain(url, &self.reach(url, ExpectedAnswer::Page).await, has_script)
    }

    fn explain(
        &self,
        url: &Url,
        reached: &Result<TimedAnswer, ReachError>,
        has_script: bool,
    ) -> NetworkDiagnosis {
        let fault = match reached {
            Ok(_) => return NetworkDiagnosis::Reached,
            Err(ReachError::InPlace { .. }) => None,
            Err(ReachError::Fault(fault)) => Some(fault.clone()),
            Err(ReachError::Certificate { reason }) => {
                is_unknown_issuer(reason).then_some(NetworkFault::Inspected)
            }
            // The connection was direct. The script might have named a proxy.
            Err(ReachError::Name { .. } | ReachError::Closed { .. } | ReachError::Broken { .. }) => {
                (has_script && self.hop(url).is_none()).then_some(NetworkFault::Script)
            }
        };
        fault.map_or(NetworkDiagnosis::Unexplained, NetworkDiagnosis::Fault)
    }
}

/// Whether something in between has answered. If a page is expected, only the status can show that.
fn is_from_gateway(answer: &Response, expected: ExpectedAnswer) -> bool {
    match expected {
        ExpectedAnswer::Service => Gateway::by_head(answer).is_some(),
        ExpectedAnswer::Page => Gateway::by_status(answer.status()).is_some(),
    }
}

pub(super) fn host(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

fn is_unknown_issuer(reason: &str) -> bool {
    reason.contains("UnknownIssuer")
}

fn classify(error: &reqwest::Error) -> ReachError {
    let reason = innermost_cause(error);
    if reason.contains("invalid peer certificate") {
        let reason = reason.replace("invalid peer certificate: ", "");
        return ReachError::Certificate { reason };
    }
    ReachError::Broken { reason }
}

/// The innermost cause names the failure; the outer ones repeat the address.
fn innermost_cause(error: &reqwest::Error) -> String {
    let mut cause: Option<&dyn Error> = error.source();
    while let Some(inner) = cause.and_then(Error::source) {
        cause = Some(inner);
    }
    cause.map_or_else(
        || say("doctor.network.notSent"),
        |cause| cause.to_string().trim_end_matches('.').to_owned(),
    )
}
