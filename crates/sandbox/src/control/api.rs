//! The control interface as JSON: what a test or a person at the sandbox does to Contoso. Each path is one method of
//! [`World`]; nothing is decided here.

mod amazon;
mod calls;
mod trouble;

use std::future::{Ready, ready};
use std::num::NonZeroU16;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;
use uuid::Uuid;

use crate::Site;
use crate::world::agent::Refused;
use crate::world::instance::InstanceShape;
use crate::world::policy::{ClientSecret, IdTokenOddity, Refusal};
use crate::world::presence::{NoSuchChoice, Presence};
use crate::world::{Colleague, NoSuchPerson, NobodyToHire, Overview, World};

/// People in one answer; everybody else is found by a search.
const MOST_PEOPLE: usize = 100;
/// Hours on a clock.
const HOURS: u8 = 24;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/world", get(overview))
        .route("/people", get(people))
        .route("/people/move", post(attempt(|world, Move { id, to }: Move| world.move_colleague(id, to))))
        .route(
            "/people/message",
            post(attempt(|world, MessageOf { id, text }: MessageOf| {
                world.write_status_message_of(id, text.as_deref())
            })),
        )
        .route("/people/hire", post(attempt(|world, Nothing {}| world.hire().map(drop))))
        .route("/people/day", post(attempt(day)))
        .route("/statuses", get(statuses))
        .route("/agent/status", post(attempt(|world, Status { name }: Status| world.choose_status(&name))))
        .route(
            "/agent/session",
            post(apply(|world, session: Session| world.set_logged_in(session.logged_in))),
        )
        .route(
            "/connect/origins",
            post(apply(|world, origins: Vec<String>| world.set_approved_origins(origins))),
        )
        .route(
            "/connect/instance",
            post(apply(|world, shape: InstanceShape| world.set_instance_shape(shape))),
        )
        .merge(calls::routes())
        .route("/teams/set", post(apply(|world, presence: Presence| world.set_teams(presence))))
        .route(
            "/teams/choose",
            post(attempt(|world, choice: Option<Presence>| world.choose_presence(choice))),
        )
        .route(
            "/teams/message",
            post(apply(|world, Message { text }: Message| {
                world.write_status_message(text.as_deref());
            })),
        )
        .route("/teams/meeting", post(apply(|world, Switch { on }: Switch| world.set_meeting(on))))
        .route("/teams/idle", post(apply(|world, Switch { on }: Switch| world.set_idle(on))))
        .route("/graph/throttle", post(apply(throttle)))
        .route("/graph/down", post(apply(|world, Switch { on }: Switch| world.set_graph_down(on))))
        .route("/entra/revoke", post(apply(|world, Nothing {}| world.revoke())))
        .route("/entra/lapse", post(apply(|world, Nothing {}| world.lapse())))
        .route("/entra/refuse", post(apply(|world, refusal: Option<Refusal>| world.refuse_sign_in(refusal))))
        .route(
            "/entra/secret",
            post(apply(|world, secret: Option<ClientSecret>| world.set_client_secret(secret))),
        )
        .route("/entra/challenge", post(apply(|world, Switch { on }: Switch| world.set_challenge(on))))
        .route("/entra/stranger", post(apply(|world, Switch { on }: Switch| world.set_stranger(on))))
        .route(
            "/entra/id-token",
            post(apply(|world, oddity: Option<IdTokenOddity>| world.set_id_token(oddity))),
        )
        .route("/entra/less", post(apply(|world, Switch { on }: Switch| world.set_grants_less(on))))
        .route("/entra/approve", post(apply(|world, Switch { on }: Switch| world.set_approved(on))))
        .route(
            "/entra/frequency",
            post(apply(|world, every: Option<Days>| {
                world.set_sign_in_frequency(every.map(|Days { days }| days));
            })),
        )
        .route(
            "/entra/slow",
            post(apply(|world, Delay { seconds }: Delay| {
                world.slow_entra_down(Duration::from_secs(seconds));
            })),
        )
        .route("/entra/expire", post(apply(|world, Nothing {}| world.expire_access_tokens())))
        .route("/entra/rotate", post(apply(|world, Nothing {}| world.rotate_keys())))
        .nest("/amazon", amazon::routes())
        .nest("/trouble", trouble::routes())
        .fallback(async || Problem(StatusCode::NOT_FOUND, "There is no such operation.".to_owned()))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Status {
    name: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Session {
    logged_in: bool,
}

/// A status message written by hand in Teams; None or an empty text takes it away.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MessageOf {
    id: Uuid,
    text: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    on: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Throttle {
    /// How long it continues.
    seconds: u64,
    /// What each answer says to wait, in seconds.
    retry_after: u32,
}

fn throttle(world: &World, Throttle { seconds, retry_after }: Throttle) {
    world.throttle(Duration::from_secs(seconds), retry_after);
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Delay {
    seconds: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Days {
    days: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    id: Uuid,
    /// None lets them follow their own course again.
    to: Option<Presence>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunningDay {
    /// The hour at which it begins.
    hour: u8,
    /// How many times as fast as a real one.
    pace: NonZeroU16,
}

/// There is no such hour.
struct NoSuchHour;

// None ends the day.
fn day(world: &World, day: Option<RunningDay>) -> Result<(), NoSuchHour> {
    if day.as_ref().is_some_and(|day| day.hour >= HOURS) {
        return Err(NoSuchHour);
    }
    world.set_day(day.map(|RunningDay { hour, pace }| (hour, pace)));
    Ok(())
}

#[derive(Debug, Deserialize)]
struct Search {
    #[serde(default)]
    search: String,
}

/// A sentence and the status that goes with it.
#[derive(Debug)]
struct Problem(StatusCode, String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

impl From<JsonRejection> for Problem {
    fn from(rejection: JsonRejection) -> Self {
        Self(StatusCode::BAD_REQUEST, format!("The body is not what this operation takes: {rejection}"))
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        Self(StatusCode::BAD_REQUEST, refused.to_string())
    }
}

impl From<NoSuchChoice> for Problem {
    fn from(refused: NoSuchChoice) -> Self {
        Self(StatusCode::BAD_REQUEST, refused.to_string())
    }
}

impl From<NoSuchPerson> for Problem {
    fn from(refused: NoSuchPerson) -> Self {
        Self(StatusCode::NOT_FOUND, refused.to_string())
    }
}

impl From<NobodyToHire> for Problem {
    fn from(refused: NobodyToHire) -> Self {
        Self(StatusCode::BAD_REQUEST, refused.to_string())
    }
}

impl From<NoSuchHour> for Problem {
    fn from(NoSuchHour: NoSuchHour) -> Self {
        Self(StatusCode::BAD_REQUEST, "A day begins at an hour from 0 to 23.".to_owned())
    }
}

/// A JSON body. If it cannot be read, the answer is a sentence in JSON.
struct Payload<T>(T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Payload<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Json(payload) = Json::from_request(request, state).await?;
        Ok(Self(payload))
    }
}

async fn overview(State(site): State<Arc<Site>>) -> Json<Overview> {
    Json(site.world.overview())
}

/// The statuses that can be chosen.
async fn statuses(State(site): State<Arc<Site>>) -> Json<Vec<&'static str>> {
    let all = site.world.overview().statuses;
    Json(all.into_iter().filter(|status| status.enabled).map(|status| status.name).collect())
}

async fn people(State(site): State<Arc<Site>>, Query(query): Query<Search>) -> Json<Vec<Colleague>> {
    Json(site.world.colleagues(&query.search, MOST_PEOPLE))
}

type Outcome = Ready<Result<Json<Overview>, Problem>>;

// An operation that the world can refuse. The answer is the overview after it.
fn attempt<T: 'static, E: 'static>(
    step: fn(&World, T) -> Result<(), E>,
) -> impl Fn(State<Arc<Site>>, Payload<T>) -> Outcome + Clone + Send + Sync + 'static
where
    Problem: From<E>,
{
    move |State(site), Payload(payload)| {
        let done = step(&site.world, payload).map_err(Problem::from);
        ready(done.map(|()| Json(site.world.overview())))
    }
}

// An operation that always works. The answer is the overview after it.
fn apply<T: 'static>(
    step: fn(&World, T),
) -> impl Fn(State<Arc<Site>>, Payload<T>) -> Outcome + Clone + Send + Sync + 'static {
    move |State(site), Payload(payload)| {
        step(&site.world, payload);
        ready(Ok(Json(site.world.overview())))
    }
}
