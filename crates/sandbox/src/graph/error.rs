//! Errors as Graph words them.

use axum::Json;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::entra::CLAIMS;

/// One error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct GraphError {
    status: StatusCode,
    code: &'static str,
    message: String,
    header: Option<(HeaderName, HeaderValue)>,
}

impl GraphError {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), header: None }
    }

    pub(super) fn bad_token(message: &str) -> Self {
        let challenge = HeaderValue::from_static("Bearer realm=\"\", error=\"invalid_token\"");
        Self {
            header: Some((header::WWW_AUTHENTICATE, challenge)),
            ..Self::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", message)
        }
    }

    /// Continuous access evaluation: only a token that was asked for with these claims is taken.
    pub(super) fn challenged() -> Self {
        let message = "Continuous access evaluation resulted in challenge.";
        Self {
            header: challenge().map(|challenge| (header::WWW_AUTHENTICATE, challenge)),
            ..Self::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", message)
        }
    }

    /// A failure of the service, whatever was asked for. A 401 of this kind names no reason and carries no challenge.
    pub(crate) fn of(status: StatusCode) -> Self {
        let (code, message) = match status {
            StatusCode::UNAUTHORIZED => ("Unauthorized", "Unauthorized"),
            StatusCode::FORBIDDEN => ("Forbidden", ""),
            StatusCode::NOT_FOUND => ("NotFound", ""),
            StatusCode::TOO_MANY_REQUESTS => ("TooManyRequests", "Please retry again later."),
            StatusCode::INTERNAL_SERVER_ERROR => ("generalException", "An internal server error occurred."),
            StatusCode::SERVICE_UNAVAILABLE => {
                ("serviceNotAvailable", "The service is not available. Try again after a delay.")
            }
            StatusCode::GATEWAY_TIMEOUT => {
                ("UnknownError", "The gateway did not receive a response in time.")
            }
            _ => ("UnknownError", ""),
        };
        Self::new(status, code, message)
    }

    pub(super) fn no_such_path() -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFound", "Resource not found for the segment.")
    }

    /// A presence scope is missing. The empty message is observed.
    pub(super) fn presence_forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "Forbidden", "")
    }

    pub(super) fn directory_forbidden() -> Self {
        let message = "Insufficient privileges to complete the operation.";
        Self::new(StatusCode::FORBIDDEN, "Authorization_RequestDenied", message)
    }

    /// The person has no photo, or does not exist.
    pub(super) fn no_photo() -> Self {
        Self::new(StatusCode::NOT_FOUND, "ImageNotFound", "The photo wasn't found.")
    }

    pub(super) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NotFound", "")
    }

    /// A delegated write to somebody else's presence: a 401 that no new token fixes.
    pub(super) fn not_yours() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", "Cannot set the presence of another user.")
    }

    pub(super) fn bad_argument(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidArgument", message)
    }

    pub(super) fn unsupported_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message)
    }

    pub(super) fn bad_query(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "Request_BadRequest", message)
    }
}

/// The header of continuous access evaluation's challenge.
pub(crate) fn challenge() -> Option<HeaderValue> {
    let claims = STANDARD.encode(CLAIMS);
    let challenge = format!(
        "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", \
         client_id=\"00000003-0000-0000-c000-000000000000\", error=\"insufficient_claims\", claims=\"{claims}\""
    );
    HeaderValue::from_str(&challenge).ok()
}

impl IntoResponse for GraphError {
    fn into_response(self) -> Response {
        let id = Uuid::new_v4();
        let date = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let body = json!({
            "error": {
                "code": self.code,
                "message": self.message,
                "innerError": { "date": date, "request-id": id, "client-request-id": id },
            }
        });
        let mut response = (self.status, Json(body)).into_response();
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
