//! Amazon's side as JSON: the users of Connect, its statuses, the account and its quotas. Each path is one method of
//! [`World`].

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use uuid::Uuid;

use super::{MOST_PEOPLE, Nothing, Problem, Search, apply, attempt};
use crate::Site;
use crate::world::account::{Provider, Role};
use crate::world::centre::{CannotMove, ConnectUser, Reading, SeatMove};
use crate::world::quota::Operation;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/people", get(people))
        .route("/move", post(attempt(|world, Move { id, how }: Move| world.move_in_connect(id, &how))))
        .route("/leave", post(attempt(|world, Leave { id, left }: Leave| world.set_left(id, left))))
        .route("/rename", post(attempt(|world, Rename { name, to }: Rename| world.rename_status(&name, &to))))
        .route(
            "/enable",
            post(attempt(|world, Enable { name, on }: Enable| world.set_status_enabled(&name, on))),
        )
        .route("/reading", post(apply(|world, reading: Reading| world.set_reading(reading))))
        .route("/role", post(apply(|world, role: Role| world.set_role(role))))
        .route("/provider", post(apply(|world, provider: Provider| world.set_provider(provider))))
        .route("/forget", post(apply(|world, Nothing {}| world.forget_sessions())))
        .route(
            "/quota",
            post(apply(|world, Quota { operation, by_others }: Quota| {
                world.set_taken_by_others(operation, by_others);
            })),
        )
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    id: Uuid,
    how: SeatMove,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Leave {
    id: Uuid,
    left: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rename {
    name: String,
    to: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Enable {
    name: String,
    on: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Quota {
    operation: Operation,
    /// Requests a second.
    by_others: f64,
}

impl From<CannotMove> for Problem {
    fn from(refused: CannotMove) -> Self {
        let status = match refused {
            CannotMove::NoSuchPerson(_) => StatusCode::NOT_FOUND,
            CannotMove::Refused(_) => StatusCode::BAD_REQUEST,
        };
        Self(status, refused.to_string())
    }
}

async fn people(State(site): State<Arc<Site>>, Query(query): Query<Search>) -> Json<Vec<ConnectUser>> {
    Json(site.world.connect_users(&query.search, MOST_PEOPLE))
}
