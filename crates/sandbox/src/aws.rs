//! AWS at one address: the Security Token Service, and the service API of Amazon Connect. What the account allows is
//! kept in `world/account.rs`, what the users of Connect do in `world/centre.rs`.

mod api;
mod error;
mod sigv4;
mod sts;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;

use crate::Site;
use crate::world::faults::Endpoint;
use error::ApiError;
use sts::StsError;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/", post(sts::answer).fallback(api::answer)).fallback(api::answer)
}

/// The service's own words for a status.
pub(crate) fn refusal(endpoint: Endpoint, status: StatusCode) -> Response {
    if endpoint == Endpoint::Sts {
        StsError::of(status).into_response()
    } else {
        ApiError::of(status).into_response()
    }
}
