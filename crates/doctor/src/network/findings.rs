//! The findings about the connection to each service: addresses, the proxy, certificates and this computer's clock.
//!
//! Judges what [`Network`] measures; opens no connection itself.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, fmt::rfc2822};
use reqwest::{Response, header::DATE};
use settings::Settings;
use url::Url;
use view::{
    facts::NetworkFault,
    from_facts,
    words::{fill, say},
};

use super::{
    ExpectedAnswer, Network, NetworkDiagnosis, ReachError, ScriptQuery, TimedAnswer, host, is_unknown_issuer,
};
use crate::finding::Finding;

/// A larger difference of the clocks is reported.
const TOLERATED: SignedDuration = SignedDuration::from_secs(60);
/// Above this difference, tokens and certificates stop working.
const TOLERATED_BY_TOKENS: SignedDuration = SignedDuration::from_mins(5);

/// The address to request from the sign-in service: the OpenID configuration of the tenant. Without a tenant it is the root,
/// which redirects to pages.
pub(crate) fn login_address(settings: &Settings) -> (Url, ExpectedAnswer) {
    let mut url = settings.login.clone();
    let Some(tenant) = &settings.tenant else { return (url, ExpectedAnswer::Page) };
    match url.path_segments_mut() {
        Ok(mut path) => {
            path.pop_if_empty().extend([&tenant.to_string(), "v2.0", ".well-known", "openid-configuration"]);
        }
        Err(()) => return (settings.login.clone(), ExpectedAnswer::Page),
    }
    (url, ExpectedAnswer::Service)
}

/// The findings about the sign-in service, and about this computer's clock by the date of its answer.
pub(crate) async fn login(
    network: Network,
    url: Url,
    expected: ExpectedAnswer,
    now: Timestamp,
) -> [Finding; 2] {
    let start = Instant::now();
    let reached = network.reach(&url, expected).await;
    let spent = SignedDuration::try_from(start.elapsed()).unwrap_or_default();
    let clock = match &reached {
        Ok(reached) => match date(&reached.answer) {
            Some(date) => clock_finding(now.saturating_add(spent).unwrap_or(now).duration_since(date)),
            None => Finding::not_checked(say("doctor.clock.unclear")),
        },
        Err(_) => Finding::not_checked(fill("doctor.unreached", &[("host", &host(&url))])),
    };
    [connection(&url, &reached), clock]
}

fn date(answer: &Response) -> Option<Timestamp> {
    let text = answer.headers().get(DATE)?.to_str().ok()?;
    rfc2822::DateTimeParser::new().parse_timestamp(text).ok()
}

/// `off` is positive if this computer's clock is ahead.
fn clock_finding(off: SignedDuration) -> Finding {
    let size = off.abs();
    if size <= TOLERATED {
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
    if size <= TOLERATED_BY_TOKENS { Finding::warning(saw, to_do) } else { Finding::failed(saw, to_do) }
}

/// The findings about Microsoft Graph, and about its certificate.
pub(crate) async fn graph(network: Network, url: Url) -> [Finding; 2] {
    let reached = network.reach(&url, ExpectedAnswer::Service).await;
    let name = host(&url);
    let values = [("host", name.as_str())];
    let certificates = match &reached {
        _ if url.scheme() != "https" => Finding::not_checked(fill("doctor.certificates.plain", &values)),
        Ok(_) => Finding::good(fill("doctor.certificates.good", &values)),
        Err(ReachError::Certificate { reason }) => bad_certificate(&name, reason),
        Err(
            ReachError::Name { .. }
            | ReachError::Closed { .. }
            | ReachError::Broken { .. }
            | ReachError::InPlace { .. }
            | ReachError::Fault(_),
        ) => Finding::not_checked(fill("doctor.unreached", &values)),
    };
    [connection(&url, &reached), certificates]
}

/// The finding about the connection to a service.
pub(crate) fn connection(url: &Url, reached: &Result<TimedAnswer, ReachError>) -> Finding {
    let name = host(url);
    match reached {
        Ok(reached) => {
            let ms = |time: Duration| time.as_millis().to_string();
            let (found, connected, answered) =
                (ms(reached.look_up), ms(reached.connect), ms(reached.response));
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
        Err(ReachError::Name { host }) => {
            let saw = fill("doctor.network.name", &[("host", host)]);
            Finding::failed(saw, say("doctor.network.nameToDo"))
        }
        Err(ReachError::Closed { host, port, reason }) => {
            let port = port.to_string();
            let values = [("host", host.as_str()), ("port", &port), ("reason", reason)];
            Finding::failed(fill("doctor.network.closed", &values), say("doctor.network.closedToDo"))
        }
        Err(ReachError::Certificate { reason }) => bad_certificate(&name, reason),
        Err(ReachError::Fault(fault)) => known_fault(fault),
        Err(ReachError::InPlace { status }) => {
            let values = [("host", name.as_str()), ("status", status.as_str())];
            Finding::failed(fill("doctor.network.inPlace", &values), say("doctor.network.inPlaceToDo"))
        }
        Err(ReachError::Broken { reason }) => {
            let saw = fill("doctor.network.broken", &[("host", &name), ("reason", reason)]);
            Finding::failed(saw, say("doctor.network.brokenToDo"))
        }
    }
}

fn bad_certificate(host: &str, reason: &str) -> Finding {
    let values = [("host", host), ("reason", reason)];
    // A company that inspects TLS signs with an issuer that is unknown here; other reasons are faults of the certificate.
    if is_unknown_issuer(reason) {
        known_fault(&NetworkFault::Inspected)
    } else {
        let saw = fill("doctor.certificates.refused", &values);
        Finding::failed(saw, say("doctor.certificates.refusedToDo"))
    }
}

/// The finding about a known fault, with the sentences of the cards.
fn known_fault(fault: &NetworkFault) -> Finding {
    Finding::failed(from_facts::network::saw(fault), from_facts::network::to_do(fault))
}

/// The finding about the proxies for these addresses, and whether they forward requests. `script`: see [`ScriptQuery`].
pub(crate) async fn proxy(
    network: Network,
    graph: Url,
    ccp: Option<Url>,
    script: ScriptQuery,
) -> [Finding; 1] {
    let has_script = script.await.unwrap_or(false);
    let urls: Vec<Url> = [Some(graph.clone()), ccp].into_iter().flatten().collect();
    let mut forwarded = Vec::new();
    for url in &urls {
        let expected = if *url == graph { ExpectedAnswer::Service } else { ExpectedAnswer::Page };
        let reached = network.reach(url, expected).await;
        if let NetworkDiagnosis::Fault(fault) = network.explain(url, &reached, has_script) {
            return [known_fault(&fault)];
        }
        let Some(proxy) = network.hop(url) else { continue };
        let (name, proxy) = (host(url), proxy.name());
        match &reached {
            Ok(_) => {}
            Err(ReachError::InPlace { .. }) => return [connection(url, &reached)],
            Err(
                ReachError::Name { .. }
                | ReachError::Closed { .. }
                | ReachError::Certificate { .. }
                | ReachError::Broken { .. }
                | ReachError::Fault(_),
            ) => return [Finding::not_checked(fill("doctor.unreached", &[("host", &name)]))],
        }
        let values = [("host", name.as_str()), ("proxy", proxy.as_str())];
        forwarded.push(fill("doctor.proxy.through", &values));
    }
    let mut hosts: Vec<String> = urls.iter().map(host).collect();
    hosts.dedup();
    [Finding::good(match forwarded.as_slice() {
        [] if network.configured.is_some() => fill("doctor.proxy.bypassed", &[("hosts", &hosts.join(", "))]),
        [] if has_script => fill("doctor.proxy.script", &[("hosts", &hosts.join(", "))]),
        [] => fill("doctor.proxy.none", &[("hosts", &hosts.join(", "))]),
        forwarded => forwarded.join(" "),
    })]
}

#[cfg(test)]
mod tests {
    use view::doctor::{CheckStatus, Topic};

    use super::*;

    fn found(seconds: i64) -> (CheckStatus, String) {
        let check = clock_finding(SignedDuration::from_secs(seconds)).of(Topic::Clock);
        (check.status, check.saw)
    }

    #[test]
    fn a_clock_may_be_one_minute_off_and_fails_above_five() {
        assert_eq!(found(-60).0, CheckStatus::Good);
        assert_eq!(
            found(61),
            (CheckStatus::Warning, "This computer's clock is 61 seconds ahead.".to_owned())
        );
        assert_eq!(
            found(-300),
            (CheckStatus::Warning, "This computer's clock is 5 minutes behind.".to_owned())
        );
        assert_eq!(found(301).0, CheckStatus::Failed);
        assert_eq!(found(400 * 86_400).1, "This computer's clock is 400 days ahead.");
        assert_eq!(found(-4 * 3600).1, "This computer's clock is 4 hours behind.");
    }

    #[test]
    fn an_unknown_issuer_is_distinguished_from_a_bad_certificate() {
        let inspected = bad_certificate("graph.microsoft.com", "UnknownIssuer").of(Topic::Certificates);
        let expired = bad_certificate("graph.microsoft.com", "Expired").of(Topic::Certificates);
        assert_eq!(inspected.saw, from_facts::network::saw(&NetworkFault::Inspected));
        assert!(expired.saw.contains("graph.microsoft.com"), "{}", expired.saw);
        assert_eq!((inspected.status, expired.status), (CheckStatus::Failed, CheckStatus::Failed));
    }
}
