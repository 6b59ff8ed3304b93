//! A token that Entra signs (RFC 7519, RS256). It must not know what a token says.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::error::EntraError;
use crate::world::World;
use crate::world::policy::Refusal;

/// The claims, signed with the newest key.
pub(super) fn signed(world: &World, claims: &Value) -> Result<String, EntraError> {
    let keys = world.published_keys();
    let key = keys.first().ok_or(Refusal::Unavailable)?;
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": key.id() });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let said = format!("{}.{}", part(&header), part(claims));
    let signature = key.sign(&said).ok_or(Refusal::Unavailable)?;
    Ok(format!("{said}.{}", URL_SAFE_NO_PAD.encode(signature)))
}
