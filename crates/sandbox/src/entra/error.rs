//! Errors as Entra words them, and which number each of them has.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::world::grants::Denied;
use crate::world::policy::Refusal;

/// What Conditional Access wants to see in the next token.
pub(crate) const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

/// One error: its OAuth word, its AADSTS number and its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EntraError {
    pub(super) error: &'static str,
    code: u32,
    text: String,
    suberror: Option<&'static str>,
    claims: Option<&'static str>,
}

impl EntraError {
    pub(super) fn new(error: &'static str, code: u32, text: impl Into<String>) -> Self {
        Self { error, code, text: text.into(), suberror: None, claims: None }
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

    pub(super) fn second_factor() -> Self {
        let text = "Due to a configuration change made by your administrator, or because you moved to a new location, \
                    you must use multi-factor authentication to access the resource.";
        let suberror = Some("basic_action");
        Self { suberror, claims: Some(CLAIMS), ..Self::new("interaction_required", 50_076, text) }
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
        Self { suberror, ..Self::new("invalid_grant", code, denied.to_string()) }
    }
}

impl From<Refusal> for EntraError {
    fn from(refusal: Refusal) -> Self {
        let (error, code, text) = match refusal {
            Refusal::SecondFactor => return Self::second_factor(),
            Refusal::NoConsent => return Denied::NoConsent.into(),
            Refusal::AdminConsent => ("consent_required", 90_094, "The grant requires admin permission."),
            Refusal::NotAssigned => {
                ("access_denied", 50_105, "The signed in user is not assigned to a role for the application.")
            }
            Refusal::Disabled => ("invalid_grant", 50_057, "The user account is disabled."),
            Refusal::Blocked => (
                "access_denied",
                53_003,
                "Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.",
            ),
            Refusal::Guest => (
                "access_denied",
                50_020,
                "User account 'priya.raman@mail.example' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application.",
            ),
            Refusal::Elsewhere => (
                "interaction_required",
                90_072,
                "User account '{EmailHidden}' from identity provider 'live.com' does not exist in tenant 'Contoso' and cannot access the application in that tenant.",
            ),
            Refusal::GuestDisabled => ("invalid_grant", 500_571, "The guest user account is disabled."),
            Refusal::NoResource => (
                "invalid_grant",
                500_011,
                "The resource principal named https://graph.microsoft.com was not found in the tenant named Contoso.",
            ),
            Refusal::TooLong => ("invalid_request", 90_015, "Requested query string is too long."),
            Refusal::UnknownApplication => (
                "unauthorized_client",
                700_016,
                "Application with this identifier was not found in the directory 'Contoso'.",
            ),
            Refusal::Redirect => (
                "invalid_request",
                50_011,
                "The redirect URI does not match the redirect URIs configured for the application.",
            ),
            Refusal::OtherCloud => {
                ("invalid_request", 900_432, "Confidential Client is not supported in Cross Cloud request.")
            }
            Refusal::NotRequired => (
                "invalid_client",
                650_057,
                "Invalid resource. The client has requested access to a resource which is not listed.",
            ),
            Refusal::Loop => (
                "invalid_grant",
                50_196,
                "The server terminated an operation because it encountered a client request loop.",
            ),
            Refusal::Unavailable => {
                ("temporarily_unavailable", 90_033, "A transient error has occurred. Try again.")
            }
        };
        Self::new(error, code, text)
    }
}

/// A failure of the token endpoint, whatever was asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TokenRefusal(pub(crate) StatusCode);

impl IntoResponse for TokenRefusal {
    fn into_response(self) -> Response {
        let error = match self.0.as_u16() {
            429 | 500.. => EntraError::from(Refusal::Unavailable),
            _ => EntraError::new("invalid_request", 90_015, "Requested query string is too long."),
        };
        let mut response = error.into_response();
        *response.status_mut() = self.0;
        response
    }
}

impl IntoResponse for EntraError {
    fn into_response(self) -> Response {
        let status = match self.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            "temporarily_unavailable" => StatusCode::SERVICE_UNAVAILABLE,
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
        if let Some(body) = body.as_object_mut() {
            let more = [("suberror", self.suberror), ("claims", self.claims)];
            body.extend(more.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))));
        }
        (status, Json(body)).into_response()
    }
}
