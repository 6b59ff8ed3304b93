//! Calls as JSON: who reaches the agent and how, what becomes of a contact, what happens to the next dial, and what an
//! application did. Each path is one method of [`World`]. If there are several contacts, `contact` names one; without
//! it the oldest one that fits is meant.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::{Nothing, Problem, Switch, apply, attempt};
use crate::Site;
use crate::world::agent::{
    AgentError, Anonymous, Channel, Initiation, NextDial, Queue, Refused, Ring, Step, Unanswered,
};
use crate::world::{CannotRing, Done, Fallback, Flow, World};

const USUAL_CALLER: &str = "+441632960550";

pub(super) fn routes() -> Router<Arc<Site>> {
    let step = |step: fn(&World, Of) -> Result<(), Refused>| post(attempt(step));
    Router::new()
        .route("/agent/outbound", post(apply(|world, Switch { on }: Switch| world.set_may_dial(on))))
        .route("/agent/error", post(apply(|world, error: Option<AgentError>| world.set_agent_error(error))))
        .route("/contact/ring", post(attempt(ring)))
        .route("/contact/connect", step(|world, Of { contact }| world.step(Step::Connect, contact)))
        .route("/contact/hold", step(|world, Of { contact }| world.step(Step::Hold, contact)))
        .route("/contact/resume", step(|world, Of { contact }| world.step(Step::Resume, contact)))
        .route("/contact/end", step(|world, Of { contact }| world.step(Step::End, contact)))
        .route("/contact/clear", step(|world, Of { contact }| world.step(Step::Clear, contact)))
        .route("/contact/miss", step(|world, Of { contact }| world.step(Step::Miss, contact)))
        .route("/contact/reject", step(|world, Of { contact }| world.step(Step::Reject, contact)))
        .route("/contact/give-up", step(|world, Of { contact }| world.step(Step::GiveUp, contact)))
        .route(
            "/contact/transfer-away",
            step(|world, Of { contact }| world.step(Step::TransferAway, contact)),
        )
        .route(
            "/contact/fail",
            post(attempt(|world, Fails { contact, error }: Fails| world.step(Step::Fail(error), contact))),
        )
        .route("/call/dial", post(attempt(|world, Dial { number }: Dial| world.dial(&number))))
        .route("/call/next", post(apply(|world, next: Option<NextDial>| world.set_next_dial(next))))
        .route("/call/done", get(done))
        .route("/call/answer", step(|world, Of { contact }| world.step(Step::Answer, contact)))
        .route("/call/no-answer", step(|world, of| leave(world, of, Unanswered::NoAnswer)))
        .route("/call/busy", step(|world, of| leave(world, of, Unanswered::Busy)))
        .route("/call/no-sound", post(attempt(|world, Nothing {}| world.fail_call())))
}

/// Which contact.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Of {
    #[serde(default)]
    contact: Option<Uuid>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fails {
    error: AgentError,
    #[serde(default)]
    contact: Option<Uuid>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Dial {
    number: String,
}

/// Who reaches the agent. Everything may be left out: then the usual customer calls over the usual queue.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rings {
    #[serde(default = "voice")]
    channel: Channel,
    /// The number that calls; left out, that of the person, or of the usual customer.
    #[serde(default)]
    number: Option<String>,
    /// Somebody of the directory.
    #[serde(default)]
    person: Option<Uuid>,
    /// The number is withheld, in this way.
    #[serde(default)]
    anonymous: Option<Anonymous>,
    /// What the flow attaches; it comes before what `flow` says.
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    /// True if the caller dialled the agent directly.
    #[serde(default)]
    direct: bool,
    #[serde(default)]
    queue: Option<Queue>,
    /// The number that was dialled.
    #[serde(default)]
    dialled: Option<String>,
    #[serde(default)]
    initiation: Initiation,
    /// True to ring beside what the agent already has.
    #[serde(default)]
    beside: bool,
    /// True attaches what the flow of docs/direct-dial does.
    #[serde(default)]
    flow: bool,
    /// Why the call did not reach the person it was meant for; only with `flow`.
    #[serde(default)]
    fallback: Option<Fallback>,
}

fn voice() -> Channel {
    Channel::Voice
}

fn ring(world: &World, rings: Rings) -> Result<(), CannotRing> {
    let Rings { channel, person, attributes, direct, queue, dialled, initiation, beside, fallback, .. } =
        rings;
    let number = match (rings.number, rings.anonymous, person) {
        (Some(number), _, _) => number,
        (None, Some(anonymous), _) => anonymous.number().to_owned(),
        // The directory's own.
        (None, None, Some(_)) => String::new(),
        (None, None, None) => USUAL_CALLER.to_owned(),
    };
    let ring = Ring { channel, number, attributes, direct, queue, dialled, initiation, beside };
    // A caller who withholds the number is nobody of the directory.
    let person = person.filter(|_| rings.anonymous.is_none());
    world.ring_as(person, ring, rings.flow.then_some(Flow { fallback }))
}

fn leave(world: &World, Of { contact }: Of, why: Unanswered) -> Result<(), Refused> {
    world.step(Step::Leave(why), contact)
}

impl From<CannotRing> for Problem {
    fn from(refused: CannotRing) -> Self {
        let status = match refused {
            CannotRing::NoSuchPerson(_) => StatusCode::NOT_FOUND,
            CannotRing::NoNumber(_) | CannotRing::Refused(_) => StatusCode::BAD_REQUEST,
        };
        Self(status, refused.to_string())
    }
}

/// What applications did with calls so far.
async fn done(State(site): State<Arc<Site>>) -> Json<Done> {
    Json(site.world.done())
}
