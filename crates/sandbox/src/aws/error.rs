//! Errors of the Connect service API, as its protocol writes them (rest-json): the name in a header, the sentence in
//! the body.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use uuid::Uuid;

const TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
/// What the front end of a service adds to the name of an error of its own.
const NAMESPACE: &str = ":http://internal.amazon.com/coral/com.amazon.coral.service/";

/// The part of the service that refuses: the two write errors differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The front end, which checks signatures before the operation.
    FrontEnd,
    /// The operation, by its model.
    Operation,
}

/// One error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ApiError {
    status: StatusCode,
    kind: &'static str,
    message: String,
    source: Source,
}

impl ApiError {
    fn front_end(kind: &'static str, message: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, kind, message: message.into(), source: Source::FrontEnd }
    }

    fn operation(status: StatusCode, kind: &'static str, message: impl Into<String>) -> Self {
        Self { status, kind, message: message.into(), source: Source::Operation }
    }

    pub(super) fn missing_token() -> Self {
        Self::front_end("MissingAuthenticationTokenException", "Missing Authentication Token")
    }

    pub(super) fn incomplete_signature(message: impl Into<String>) -> Self {
        Self::front_end("IncompleteSignatureException", message)
    }

    pub(super) fn invalid_signature(message: impl Into<String>) -> Self {
        Self::front_end("InvalidSignatureException", message)
    }

    /// No such key, or not the session token that belongs to it.
    pub(super) fn unknown_client() -> Self {
        let message = "The security token included in the request is invalid.";
        Self::front_end("UnrecognizedClientException", message)
    }

    pub(super) fn expired_token() -> Self {
        Self::front_end("ExpiredTokenException", "The security token included in the request is expired")
    }

    pub(super) fn unknown_operation() -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::front_end("UnknownOperationException", "") }
    }

    /// A body that is no JSON, or in which something is of another type.
    pub(super) fn serialization(message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, ..Self::front_end("SerializationException", message) }
    }

    pub(super) fn throttled() -> Self {
        Self::operation(StatusCode::TOO_MANY_REQUESTS, "ThrottlingException", "Rate exceeded")
    }

    pub(super) fn access_denied(caller: &str, action: &str, resource: &str) -> Self {
        let message = format!(
            "User: {caller} is not authorized to perform: {action} on resource: {resource} because no \
             identity-based policy allows the {action} action"
        );
        Self::operation(StatusCode::FORBIDDEN, "AccessDeniedException", message)
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::operation(StatusCode::NOT_FOUND, "ResourceNotFoundException", message)
    }

    pub(super) fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::operation(StatusCode::BAD_REQUEST, "InvalidParameterException", message)
    }

    pub(super) fn invalid_request(message: impl Into<String>) -> Self {
        Self::operation(StatusCode::BAD_REQUEST, "InvalidRequestException", message)
    }

    /// A failure of the service, whatever was asked for.
    pub(super) fn of(status: StatusCode) -> Self {
        let (kind, message) = match status {
            StatusCode::BAD_REQUEST => ("InvalidRequestException", "The request is not valid."),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ("AccessDeniedException", "Access denied"),
            StatusCode::NOT_FOUND => ("ResourceNotFoundException", "The resource was not found."),
            StatusCode::TOO_MANY_REQUESTS => return Self::throttled(),
            StatusCode::SERVICE_UNAVAILABLE => ("ServiceUnavailableException", "Service is unavailable."),
            _ => ("InternalServiceException", "An internal error occurred."),
        };
        Self::operation(status, kind, message)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (kind, body) = match self.source {
            Source::FrontEnd => (format!("{}{NAMESPACE}", self.kind), json!({ "message": self.message })),
            Source::Operation => (self.kind.to_owned(), json!({ "Message": self.message })),
        };
        let mut response = numbered((self.status, Json(body)).into_response());
        if let Ok(kind) = HeaderValue::from_str(&kind) {
            response.headers_mut().insert(TYPE, kind);
        }
        response
    }
}

/// Every answer has an id that support can ask for.
pub(super) fn numbered(mut response: Response) -> Response {
    if let Ok(id) = HeaderValue::from_str(&Uuid::new_v4().to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
