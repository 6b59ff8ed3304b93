//! Errors as Entra words them, and which number each of them has.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::world::grants::Denied;

/// One error: its OAuth word, its AADSTS number and its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntraError {
    pub(super) error: &'static str,
    code: u32,
    text: String,
    suberror: Option<&'static str>,
}

impl EntraError {
    pub(super) fn new(error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self { error, code, text: text.into(), suberror: None }
    }

    pub(super) fn missing(parameter: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{parameter}'.");
        Self::new("invalid_request", 900_144, text)
    }

    pub(super) fn unknown_tenant(tenant: &str) -> Self {
        Self::new("invalid_request", 90_002, format!("Tenant '{tenant}' not found."))
    }

    pub(super) fn unknown_client(client: &str) -> Self {
        let text =
            format!("Application with identifier '{client}' was not found in the directory 'Contoso'.");
        Self::new("unauthorized_client", 700_016, text)
    }

    pub(super) fn unknown_scope() -> Self {
        Self::new("invalid_scope", 70_011, "The provided value for the input parameter 'scope' is not valid.")
    }

    pub(super) fn sentence(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.text)
    }
}

impl From<Denied> for EntraError {
    fn from(denied: Denied) -> Self {
        let (code, suberror) = match denied {
            Denied::Unknown => (9_002_313, None),
            Denied::CodeExpired => (70_008, None),
            Denied::CodeRedeemed => (54_005, None),
            Denied::OtherRedirect => (500_112, None),
            Denied::WrongVerifier => (501_481, None),
            Denied::Revoked => (50_173, Some("bad_token")),
            Denied::Inactive => (700_082, None),
            Denied::TooOld => (70_043, None),
            Denied::NoConsent => (65_001, Some("consent_required")),
        };
        Self { error: "invalid_grant", code, text: denied.to_string(), suberror }
    }
}

impl IntoResponse for EntraError {
    fn into_response(self) -> Response {
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let (trace, correlation) = (Uuid::new_v4(), Uuid::new_v4());
        let timestamp = Timestamp::now().strftime("%Y-%m-%d %H:%M:%SZ").to_string();
        let sentence = self.sentence();
        let mut body = json!({
            "error": self.error,
            "error_description": format!(
                "{sentence} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {timestamp}"
            ),
            "error_codes": [self.code],
            "timestamp": timestamp,
            "trace_id": trace,
            "correlation_id": correlation,
        });
        if let (Some(suberror), Some(body)) = (self.suberror, body.as_object_mut()) {
            body.insert("suberror".to_owned(), suberror.into());
        }
        (status, Json(body)).into_response()
    }
}
