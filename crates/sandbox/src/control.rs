//! The control interface: a page for a person, and the same as JSON for tests. The page uses nothing but that JSON.

mod api;

use std::sync::Arc;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::Site;

const PAGE: &str = include_str!("pages/control.html");
const STYLE: &str = include_str!("pages/control.css");
const SCRIPT: &str = include_str!("pages/control.js");
const AMAZON: &str = include_str!("pages/amazon.js");
const CALLS: &str = include_str!("pages/calls.js");
const TROUBLE: &str = include_str!("pages/trouble.js");

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/", get(async || Redirect::to("/control")))
        .route("/control", get(async || part("text/html; charset=utf-8", PAGE)))
        .route("/control/page.css", get(async || part("text/css; charset=utf-8", STYLE)))
        .route("/control/page.js", get(async || part("text/javascript; charset=utf-8", SCRIPT)))
        .route("/control/amazon.js", get(async || part("text/javascript; charset=utf-8", AMAZON)))
        .route("/control/calls.js", get(async || part("text/javascript; charset=utf-8", CALLS)))
        .route("/control/trouble.js", get(async || part("text/javascript; charset=utf-8", TROUBLE)))
        .nest("/control/api", api::routes())
}

// Nothing is loaded from elsewhere, and no other site may frame the buttons.
fn part(kind: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'self'; img-src data:; frame-ancestors 'none'; base-uri 'none'",
        ),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, text).into_response()
}
