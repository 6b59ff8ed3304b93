//! Whose answer it is: Entra's, or that of something on the way to it. A proxy that blocks, a network that wants a login
//! and a firewall with a page of its own all answer in Entra's name, and none of them decides anything about a login.
//!
//! Reads status, type and body and nothing else. What is Entra's is not understood here.

use net::{Gateway, is_page};
use reqwest::StatusCode;
use serde_json::Value;

use crate::refusal::Refusal;

/// What answered, if it was not the token endpoint.
pub(crate) fn at_tokens(status: StatusCode, kind: Option<&str>, body: &[u8]) -> Option<Gateway> {
    answered_for(status, kind, body, "access_token")
}

/// What answered, if it was not the tenant's description of itself (OpenID Connect Discovery, 4.2).
pub(crate) fn at_metadata(status: StatusCode, kind: Option<&str>, body: &[u8]) -> Option<Gateway> {
    answered_for(status, kind, body, "token_endpoint")
}

/// What answered, if it was not Entra, whose success has this field.
fn answered_for(status: StatusCode, kind: Option<&str>, body: &[u8], field: &str) -> Option<Gateway> {
    if let Some(known) = Gateway::by_status(status) {
        return Some(known);
    }
    // Neither endpoint sends anybody anywhere.
    if status.is_redirection() {
        return Some(Gateway::NetworkLogin);
    }
    let page = is_page(kind, body);
    let is_ours = match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(fields)) if status.is_success() => fields.contains_key(field),
        Ok(Value::Object(fields)) => Refusal::from(fields).is_of_entra(status),
        Ok(_) => false,
        // Cut short, perhaps. A page is none of Entra's, nor is a refusal without a word.
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
