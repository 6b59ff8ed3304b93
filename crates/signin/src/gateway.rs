//! Decides whether an answer is from Entra, or from something between: a proxy that blocks, a network that wants a
//! login, a firewall with its own page. None of those must decide anything about a login.
//!
//! Reads status, content type and body. Does not know what an answer of Entra means.

use net::{Gateway, is_page};
use reqwest::StatusCode;
use serde_json::Value;

use crate::refusal::Refusal;

/// What answered in place of the token endpoint; none if the endpoint itself did.
pub(crate) fn at_tokens(status: StatusCode, kind: Option<&str>, body: &[u8]) -> Option<Gateway> {
    not_of_entra(status, kind, body, "access_token")
}

/// What answered in place of the tenant's metadata (OpenID Connect Discovery, 4.2); none if the endpoint itself did.
pub(crate) fn at_metadata(status: StatusCode, kind: Option<&str>, body: &[u8]) -> Option<Gateway> {
    not_of_entra(status, kind, body, "token_endpoint")
}

/// `field` is a field that every success of the endpoint has.
fn not_of_entra(status: StatusCode, kind: Option<&str>, body: &[u8], field: &str) -> Option<Gateway> {
    // Neither endpoint redirects.
    if let Some(by) = Gateway::by_status_of_api(status) {
        return Some(by);
    }
    let page = is_page(kind, body);
    let is_ours = match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(fields)) if status.is_success() => fields.contains_key(field),
        Ok(Value::Object(fields)) => Refusal::from(fields).is_of_entra(status),
        Ok(_) => false,
        // Perhaps truncated. A page is not from Entra, and neither is a refusal without JSON.
        Err(_) => !page && (status.is_success() || body.trim_ascii_start().starts_with(b"{")),
    };
    match is_ours {
        true => None,
        false if status.is_success() && page => Some(Gateway::NetworkLogin),
        false => Some(Gateway::Proxy),
    }
}

#[cfg(test)]
mod tests;
