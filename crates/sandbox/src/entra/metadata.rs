//! What a tenant publishes about itself (Microsoft identity platform: v2-protocols-oidc).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use uuid::Uuid;

use super::error::EntraError;
use crate::Site;
use crate::world::TENANT;

pub(super) async fn metadata(
    State(site): State<Arc<Site>>,
    Path(tenant): Path<String>,
) -> Result<Json<Value>, EntraError> {
    known(&tenant)?;
    let base = format!("{}login/{TENANT}", site.microsoft);
    Ok(Json(json!({
        "issuer": issuer(&site, TENANT),
        "jwks_uri": format!("{base}/discovery/v2.0/keys"),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })))
}

pub(super) async fn keys(
    State(site): State<Arc<Site>>,
    Path(tenant): Path<String>,
) -> Result<Json<Value>, EntraError> {
    known(&tenant)?;
    Ok(Json(published(&site)))
}

fn known(tenant: &str) -> Result<(), EntraError> {
    let here = tenant.eq_ignore_ascii_case(&TENANT.to_string());
    if here { Ok(()) } else { Err(EntraError::unknown_tenant(tenant)) }
}

/// The issuer of that tenant's ID tokens.
pub(crate) fn issuer(site: &Site, tenant: Uuid) -> String {
    format!("{}login/{tenant}/v2.0", site.microsoft)
}

/// The keys by which anybody checks what Entra signed (RFC 7517). Entra's own list names no `alg` either.
pub(crate) fn published(site: &Site) -> Value {
    let keys = site.world.published_keys();
    let keys = keys.iter().map(|key| {
        let (modulus, exponent) = key.public();
        json!({
            "kty": "RSA",
            "use": "sig",
            "kid": key.id(),
            "n": URL_SAFE_NO_PAD.encode(modulus),
            "e": URL_SAFE_NO_PAD.encode(exponent),
            "issuer": issuer(site, TENANT),
        })
    });
    json!({ "keys": keys.collect::<Vec<_>>() })
}
