//! What a tenant tells of itself to everybody (Microsoft identity platform: v2-protocols-oidc).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde_json::{Value, json};

use super::error::EntraError;
use crate::Site;
use crate::world::TENANT;

pub(super) async fn metadata(
    State(site): State<Arc<Site>>,
    Path(tenant): Path<String>,
) -> Result<Json<Value>, EntraError> {
    if !tenant.eq_ignore_ascii_case(&TENANT.to_string()) {
        return Err(EntraError::unknown_tenant(&tenant));
    }
    let base = format!("{}login/{TENANT}", site.microsoft);
    Ok(Json(json!({
        "issuer": format!("{base}/v2.0"),
        "authorization_endpoint": format!("{base}/oauth2/v2.0/authorize"),
        "token_endpoint": format!("{base}/oauth2/v2.0/token"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256"],
    })))
}
