//! Entra's sign-in: the page, the code, the tokens (Microsoft identity platform: v2-oauth2-auth-code-flow).
//! It must not decide how long anything lives: that is `world/grants.rs`.

mod authorize;
mod error;
mod jwt;
mod metadata;
mod token;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::Site;

pub(crate) use error::{CLAIMS, TokenRefusal};
pub(crate) use metadata::{issuer, published};

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/login/{tenant}/oauth2/v2.0/authorize", get(authorize::page).post(authorize::answer))
        .route("/login/{tenant}/oauth2/v2.0/token", post(token::token))
        .route("/login/{tenant}/v2.0/.well-known/openid-configuration", get(metadata::metadata))
        .route("/login/{tenant}/discovery/v2.0/keys", get(metadata::keys))
}
