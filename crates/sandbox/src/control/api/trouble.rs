//! Trouble as JSON: faults of Microsoft's services, an odd directory, a broken agent panel, and words that nobody
//! knows. Each path is one method of [`World`].

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};
use thiserror::Error;

use super::{Nothing, Problem, apply, attempt};
use crate::Site;
use crate::world::World;
use crate::world::faults::{Body, Endpoint, Fault, Meets};
use crate::world::listing::Listing;
use crate::world::panel::PanelTrouble;
use crate::world::words::Words;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/fault", post(attempt(set)))
        .route("/listing", post(apply(|world, listing: Listing| world.set_listing(listing))))
        .route("/panel", post(apply(|world, panel: Option<PanelTrouble>| world.set_panel_trouble(panel))))
        .route("/words", post(apply(|world, words: Words| world.set_words(words))))
        .route("/clear", post(apply(|world, Nothing {}| world.clear_trouble())))
        .route("/requests", get(requests))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    endpoint: Endpoint,
    /// None ends the fault that is set.
    fault: Option<NewFault>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct NewFault {
    #[serde(default)]
    status: Option<u16>,
    #[serde(default)]
    challenge: bool,
    /// Names and texts.
    #[serde(default)]
    headers: Vec<(String, String)>,
    #[serde(default = "whole")]
    body: Body,
    /// In milliseconds.
    #[serde(default)]
    delay: u64,
    #[serde(default = "all")]
    meets: Meets,
    /// How long it continues.
    #[serde(default)]
    seconds: Option<u64>,
}

fn whole() -> Body {
    Body::Whole
}

fn all() -> Meets {
    Meets::All
}

#[derive(Debug, Error)]
enum NoSuchFault {
    #[error("An answer has a status from 200 to 599, not {0}.")]
    Status(u16),
    #[error("{0:?} is no name of a header.")]
    Header(String),
}

impl From<NoSuchFault> for Problem {
    fn from(refused: NoSuchFault) -> Self {
        Self(StatusCode::BAD_REQUEST, refused.to_string())
    }
}

fn set(world: &World, Set { endpoint, fault }: Set) -> Result<(), NoSuchFault> {
    match fault {
        Some(fault) => world.set_fault(endpoint, fault.try_into()?),
        None => world.end_fault(endpoint),
    }
    Ok(())
}

impl TryFrom<NewFault> for Fault {
    type Error = NoSuchFault;

    fn try_from(new: NewFault) -> Result<Self, NoSuchFault> {
        let status = |number| {
            let status = StatusCode::from_u16(number).ok().filter(|_| (200..600).contains(&number));
            status.ok_or(NoSuchFault::Status(number))
        };
        let fault = Self {
            status: new.status.map(status).transpose()?,
            headers: Vec::new(),
            challenge: new.challenge,
            body: new.body,
            delay: Duration::from_millis(new.delay),
            meets: new.meets,
            lasts: new.seconds.map(Duration::from_secs),
        };
        new.headers.into_iter().try_fold(fault, |fault, (name, text)| {
            let name = name.parse::<HeaderName>().map_err(|_| NoSuchFault::Header(name))?;
            Ok(fault.with_header(name, &text))
        })
    }
}

#[derive(Debug, Deserialize)]
struct Window {
    endpoint: Endpoint,
    seconds: u64,
}

/// The moments of the latest requests, and the most of them within any window of that length.
async fn requests(State(site): State<Arc<Site>>, Query(window): Query<Window>) -> Json<Value> {
    let Window { endpoint, seconds } = window;
    let most = site.world.most_requests_within(endpoint, Duration::from_secs(seconds));
    Json(json!({ "most": most, "at": site.world.requests(endpoint) }))
}
