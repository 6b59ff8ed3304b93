//! Microsoft Graph, as much of it as presence and the directory need. Who may ask is decided here, before any
//! answer is made; how presence is computed is decided in `world/presence.rs`.

mod error;
mod filter;
mod organization;
mod photo;
mod presence;
mod search;
mod status_message;
mod users;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use uuid::Uuid;

use crate::Site;
use crate::world::grants::Scope;
pub(crate) use error::{GraphError, challenge};

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/me", get(users::me))
        .route("/users", get(users::list))
        .route("/organization", get(organization::list))
        .route("/me/presence", get(presence::own))
        .route("/me/presence/{action}", post(presence::write_own))
        .route("/users/{id}/photos/{size}/$value", get(photo::of))
        .route("/users/{id}/presence", get(presence::of))
        .route("/users/{id}/presence/{action}", post(presence::write_of))
        .route("/communications/getPresencesByUserId", post(presence::many))
        .fallback(async || GraphError::no_such_path())
        .layer(middleware::map_response(async |response: Response| numbered(response)))
}

/// Every answer has an id that support can ask for.
pub(crate) fn numbered(mut response: Response) -> Response {
    if let Ok(id) = HeaderValue::from_str(&Uuid::new_v4().to_string()) {
        response.headers_mut().entry("request-id").or_insert(id);
    }
    response
}

/// Somebody with a valid token.
#[derive(Debug)]
pub(crate) struct Caller {
    scopes: BTreeSet<Scope>,
}

impl Caller {
    fn may(&self, scope: Scope) -> bool {
        self.scopes.contains(&scope)
    }
}

impl FromRequestParts<Arc<Site>> for Caller {
    type Rejection = GraphError;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, GraphError> {
        let token = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| value.split_once(' '));
        let token = token.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, token)| token);
        site.world.with(|state, now| {
            let token = token.ok_or_else(|| GraphError::bad_token("Access token is empty."))?;
            let scopes = state.grants.allowed(token, now);
            let scopes = scopes
                .ok_or_else(|| GraphError::bad_token("Access token has expired or is not yet valid."))?;
            if state.policy.challenge && !state.grants.was_challenged(token) {
                return Err(GraphError::challenged());
            }
            Ok(Self { scopes })
        })
    }
}
