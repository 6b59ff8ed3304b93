//! The faults of the services, applied to every request: one layer around Graph and Entra, and one around AWS. Which
//! request meets which fault is decided in `world/faults.rs`; bodies are changed in `fault/body.rs`.

mod body;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::fmt::rfc2822::DateTimePrinter;
use uuid::Uuid;

use crate::Site;
use crate::aws;
use crate::entra::TokenRefusal;
use crate::graph::{self, GraphError};
use crate::world::faults::{Endpoint, Fault};

/// Lets a request to Microsoft through, or answers as the fault that it meets.
pub(crate) async fn microsoft(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let agent = site.world.directory().agent().id;
    match endpoint(request.method(), request.uri().path(), agent) {
        Some(endpoint) => meet(&site, endpoint, request, next).await,
        None => next.run(request).await,
    }
}

/// Lets a request to AWS through, or answers as the fault that it meets.
pub(crate) async fn amazon(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let endpoint = if request.uri().path() == "/" { Endpoint::Sts } else { Endpoint::ConnectApi };
    let mut response = meet(&site, endpoint, request, next).await;
    // A client whose clock is wrong learns from it which time to sign with.
    let date = DateTimePrinter::new().timestamp_to_rfc9110_string(&site.world.now());
    if let Some(date) = date.ok().and_then(|date| HeaderValue::from_str(&date).ok()) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

async fn meet(site: &Site, endpoint: Endpoint, request: Request, next: Next) -> Response {
    let fault = site.world.with(|state, now| state.faults.request(endpoint, now));
    let delay = fault.as_ref().map_or(Duration::ZERO, |fault| fault.delay);
    let response = match fault {
        None => next.run(request).await,
        Some(fault) => {
            let answer = match fault.status {
                None => next.run(request).await,
                Some(status) => refusal(endpoint, status),
            };
            spoil(fault, answer, site).await
        }
    };
    if endpoint == Endpoint::OwnPresence {
        let answered = response.status().is_success();
        site.world.with(|state, now| state.record_read(answered, now));
    }
    let mut stop = site.stop.clone();
    tokio::select! {
        () = tokio::time::sleep(delay) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
    response
}

/// The endpoint of a request; None if no fault concerns it, as for the sign-in page of a person.
fn endpoint(method: &Method, path: &str, agent: Uuid) -> Option<Endpoint> {
    if let Some(login) = path.strip_prefix("/login/") {
        return login.ends_with("/oauth2/v2.0/token").then_some(Endpoint::Token);
    }
    let path: Vec<&str> = path.strip_prefix("/graph/v1.0/")?.split('/').collect();
    let is_agent = |id: &str| Uuid::parse_str(id).is_ok_and(|id| id == agent);
    Some(match (method, path.as_slice()) {
        (_, ["me"]) => Endpoint::Me,
        (_, ["users"]) => Endpoint::Directory,
        (_, ["users", _, "photos", ..]) => Endpoint::Photos,
        (_, ["me", "presence"]) => Endpoint::OwnPresence,
        (_, ["users", id, "presence"]) if is_agent(id) => Endpoint::OwnPresence,
        (_, ["users", _, "presence"] | ["communications", "getPresencesByUserId"]) => Endpoint::Colleagues,
        (&Method::POST, ["me", "presence", _] | ["users", _, "presence", _]) => Endpoint::Writes,
        _ => Endpoint::Graph,
    })
}

// The service's own words for the status.
fn refusal(endpoint: Endpoint, status: StatusCode) -> Response {
    match endpoint {
        Endpoint::Token => TokenRefusal(status).into_response(),
        Endpoint::ConnectApi | Endpoint::Sts => aws::refusal(endpoint, status),
        Endpoint::OwnPresence
        | Endpoint::Writes
        | Endpoint::Colleagues
        | Endpoint::Directory
        | Endpoint::Photos
        | Endpoint::Me
        | Endpoint::Graph
        | Endpoint::Everything => graph::numbered(GraphError::of(status).into_response()),
    }
}

async fn spoil(fault: Fault, answer: Response, site: &Site) -> Response {
    let mut response = body::spoiled(fault.body, answer, site.stop.clone()).await;
    for (name, value) in fault.headers {
        response.headers_mut().append(name, value);
    }
    if let Some(challenge) = fault.challenge.then(graph::challenge).flatten() {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
    }
    response
}
