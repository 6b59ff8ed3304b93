//! Errors of the Security Token Service, as it words them: XML, with the name of the error in it.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

use crate::markup::escaped;

pub(in crate::aws) const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// One error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::aws) struct StsError {
    status: StatusCode,
    pub(super) code: &'static str,
    message: String,
}

impl StsError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }

    pub(super) fn missing_action() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "MissingAction", "Missing action parameter.")
    }

    pub(super) fn invalid_action(action: &str, version: &str) -> Self {
        let message = format!("Could not find operation {action} for version {version}");
        Self::new(StatusCode::BAD_REQUEST, "InvalidAction", message)
    }

    pub(super) fn missing_token() -> Self {
        let message = "Request is missing Authentication Token";
        Self::new(StatusCode::FORBIDDEN, "MissingAuthenticationToken", message)
    }

    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "ValidationError", message)
    }

    pub(super) fn malformed(message: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "MalformedInput", message)
    }

    pub(super) fn null(member: &str) -> Self {
        let limit = "Member must not be null";
        Self::validation(format!(
            "1 validation error detected: Value null at '{member}' failed to satisfy constraint: {limit}"
        ))
    }

    pub(super) fn constraint(member: &str, value: &str, limit: &str) -> Self {
        Self::validation(format!(
            "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: {limit}"
        ))
    }

    pub(super) fn invalid_token(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidIdentityToken", message)
    }

    pub(super) fn expired(now: i64, expires: i64) -> Self {
        let message = format!(
            "Token expired: current date/time {now} must be before the expiration date/time {expires}"
        );
        Self::new(StatusCode::BAD_REQUEST, "ExpiredTokenException", message)
    }

    pub(super) fn not_authorized() -> Self {
        let message = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
        Self::new(StatusCode::FORBIDDEN, "AccessDenied", message)
    }

    pub(super) fn rejected() -> Self {
        let message = "The identity provider reported that authentication failed.";
        Self::new(StatusCode::FORBIDDEN, "IDPRejectedClaim", message)
    }

    pub(super) fn idp_away() -> Self {
        let message = "The request could not be fulfilled because the identity provider that was asked to verify the \
                       incoming identity token could not be reached.";
        Self::new(StatusCode::BAD_REQUEST, "IDPCommunicationError", message)
    }

    pub(super) fn region_disabled() -> Self {
        let message = "STS is not activated in this region for account:123456789012. Your account administrator can \
                       activate STS in this region using the IAM Console.";
        Self::new(StatusCode::FORBIDDEN, "RegionDisabledException", message)
    }

    /// A failure of the service, whatever was asked for.
    pub(in crate::aws) fn of(status: StatusCode) -> Self {
        let (code, message) = match status.as_u16() {
            401 | 403 => ("AccessDenied", "Access denied"),
            429 => ("Throttling", "Rate exceeded"),
            503 => ("ServiceUnavailable", "The service is unavailable."),
            500.. => ("InternalFailure", "An internal error occurred."),
            _ => ("ValidationError", "The request is not valid."),
        };
        Self::new(status, code, message)
    }
}

impl IntoResponse for StsError {
    fn into_response(self) -> Response {
        let fault = if self.status.is_server_error() { "Receiver" } else { "Sender" };
        let xml = format!(
            "<ErrorResponse xmlns=\"{NAMESPACE}\">\n  <Error>\n    <Type>{fault}</Type>\n    <Code>{}</Code>\n    \
             <Message>{}</Message>\n  </Error>\n  <RequestId>{}</RequestId>\n</ErrorResponse>\n",
            self.code,
            escaped(&self.message),
            Uuid::new_v4(),
        );
        (self.status, [(header::CONTENT_TYPE, "text/xml")], xml).into_response()
    }
}
