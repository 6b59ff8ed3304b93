//! Why a request to AWS failed: one variant for each case with its own text or its own next step.

use net::{Failure, Gateway, RetryAfter, tidy};
use reqwest::{StatusCode, header::HeaderMap};
use secrecy::SecretString;
use serde::Deserialize;
use thiserror::Error;

/// Why a call failed. The texts are sentences without the full stop; none contains a key, a token or a name of a
/// person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ApiError {
    /// Too many requests of the whole account in this region.
    #[error("Amazon Connect asks for fewer requests")]
    Throttled {
        /// How long it asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// The credentials have expired, or AWS no longer knows them.
    #[error("AWS does not accept the credentials any more")]
    Expired,
    /// The clock of this machine is too far from that of AWS.
    #[error("the clock of this machine is too far from that of AWS")]
    Clock,
    /// AWS does not give credentials for this login.
    #[error("AWS does not accept the login ({code}): {message}")]
    NotTrusted {
        /// The code of AWS, for example `InvalidIdentityToken`.
        code: String,
        /// Its message, shortened.
        message: String,
    },
    /// The role has no permission for this.
    #[error("AWS does not allow {}", action.as_deref().unwrap_or("this"))]
    NotAllowed {
        /// The action that is missing, as "connect:SearchUsers", if AWS names it.
        action: Option<String>,
    },
    /// There is no such instance or user in this region.
    #[error("Amazon Connect does not know this instance or user")]
    NotFound,
    /// Any other refusal.
    #[error("AWS refused the request with status {status} ({code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The code of AWS.
        code: String,
        /// Its message, shortened.
        message: String,
    },
    /// 5xx: AWS has a problem.
    #[error("AWS has a problem (status {status})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// How long it asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// No connection, or it was lost, or something on the way answered instead.
    #[error("AWS could not be reached: {0}")]
    Unreachable(String),
    /// Connected, but no complete answer in time.
    #[error("AWS did not answer in time")]
    TimedOut,
    /// An answer that AWS does not give.
    #[error("the answer of AWS could not be understood: {0}")]
    Malformed(&'static str),
}

/// What a failure means for the caller: one next step each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Send fewer requests; the limit belongs to the account.
    Throttled,
    /// Other credentials are needed.
    Credentials,
    /// An administrator must change something.
    NotAllowed,
    /// The service understood the request and refuses it.
    Refused,
    /// The service has a problem: the same request may succeed later.
    Failing,
    /// No answer: the network or a proxy.
    Unreachable,
}

impl ApiError {
    /// What it means for the caller.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Throttled { .. } => ErrorKind::Throttled,
            Self::Expired => ErrorKind::Credentials,
            Self::Clock | Self::NotTrusted { .. } | Self::NotAllowed { .. } => ErrorKind::NotAllowed,
            Self::NotFound | Self::Refused { .. } => ErrorKind::Refused,
            Self::Server { .. } | Self::Malformed(_) => ErrorKind::Failing,
            Self::Unreachable(_) | Self::TimedOut => ErrorKind::Unreachable,
        }
    }

    /// How long AWS asks to wait before the next request, if it does.
    #[must_use]
    pub const fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Throttled { retry_after } | Self::Server { retry_after, .. } => *retry_after,
            Self::Expired
            | Self::Clock
            | Self::NotTrusted { .. }
            | Self::NotAllowed { .. }
            | Self::NotFound
            | Self::Refused { .. }
            | Self::Unreachable(_)
            | Self::TimedOut
            | Self::Malformed(_) => None,
        }
    }

    /// From the code and message of a refusal. `sent` are the secrets of the request.
    pub(super) fn refused(
        status: StatusCode,
        retry_after: Option<RetryAfter>,
        (code, message): (&str, &str),
        sent: &[&SecretString],
    ) -> Self {
        let (short, said, message) = (tidy(code, sent), message, tidy(message, sent));
        match code {
            // Each service spells it in its own way (AWS SDKs: retry behaviour).
            "Throttling"
            | "ThrottlingException"
            | "ThrottledException"
            | "TooManyRequestsException"
            | "RequestLimitExceeded"
            | "RequestThrottled"
            | "RequestThrottledException"
            | "LimitExceededException" => Self::Throttled { retry_after },
            _ if status == StatusCode::TOO_MANY_REQUESTS => Self::Throttled { retry_after },
            "ExpiredToken"
            | "ExpiredTokenException"
            | "UnrecognizedClientException"
            | "InvalidClientTokenId" => Self::Expired,
            "RequestExpired" | "RequestTimeTooSkewed" => Self::Clock,
            // "Signature expired: … is now earlier than …", "Signature not yet current: …".
            "InvalidSignatureException" | "SignatureDoesNotMatch"
                if message.contains("expired") || message.contains("not yet current") =>
            {
                Self::Clock
            }
            "AccessDenied" | "AccessDeniedException" => Self::NotAllowed { action: action(said, sent) },
            "ResourceNotFoundException" => Self::NotFound,
            _ if status.is_server_error() => Self::Server { status: status.as_u16(), retry_after },
            _ => Self::Refused { status: status.as_u16(), code: short, message },
        }
    }
}

/// Extracts only the action, because the message names a person: "User: arn:…/ada@… is not authorized to perform:
/// connect:SearchUsers on resource: …".
fn action(message: &str, sent: &[&SecretString]) -> Option<String> {
    let (_, named) = message.split_once("perform:")?;
    let action = named.split_whitespace().next()?;
    action.chars().all(|c| c.is_ascii_alphanumeric() || c == ':').then(|| tidy(action, sent))
}

/// The code and the message of a refusal in JSON (AWS: restJson1, operation error serialization).
pub(super) fn of_json(headers: &HeaderMap, body: &[u8]) -> (String, String) {
    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Body {
        #[serde(rename = "__type")]
        kind: String,
        code: String,
        message: String,
        #[serde(rename = "Message")]
        capital: String,
    }
    let body: Body = serde_json::from_slice(body).unwrap_or_default();
    let header = headers.get("x-amzn-errortype").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let said = [header, body.code.as_str(), body.kind.as_str()].into_iter().find(|code| !code.is_empty());
    // "aws.protocoltests#FooError:http://internal…": only the middle counts.
    let code = said.unwrap_or_default().split(':').next().unwrap_or_default();
    let code = code.rsplit('#').next().unwrap_or_default().to_owned();
    (code, if body.message.is_empty() { body.capital } else { body.message })
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::TimedOut => Self::TimedOut,
            Failure::Unreachable(cause) => Self::Unreachable(cause),
            Failure::TooLong => Self::Malformed("it is longer than 8 MiB"),
        }
    }
}

impl From<Gateway> for ApiError {
    fn from(by: Gateway) -> Self {
        Self::Unreachable(by.to_string())
    }
}
