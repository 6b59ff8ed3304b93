//! Why Graph did not do it: a variant for each thing that has its own sentence or its own next step.

use std::time::Duration;

use thiserror::Error;

/// Why a call did not succeed. The texts are sentences without the full stop; none holds a token, a query or
/// a name of a person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GraphError {
    /// 429: too many requests of this registration in this tenant.
    #[error("Microsoft Graph asks for fewer requests")]
    Throttled {
        /// `Retry-After`, if Graph said it.
        retry_after: Option<Duration>,
    },
    /// 401: the access token is expired, revoked or not for this Graph.
    #[error("Microsoft Graph does not accept the access token")]
    Unauthorized {
        /// What it wants to see in the next one, as it came: the `claims` of a challenge, in base64.
        challenge: Option<String>,
    },
    /// 403, or the 401 that no new token mends: a right is missing.
    #[error("Microsoft Graph does not allow this: {missing} is missing")]
    NotAllowed {
        /// What is missing.
        missing: &'static str,
    },
    /// 404.
    #[error("Microsoft Graph does not know this person")]
    NotFound,
    /// Any other answer that says no.
    #[error("Microsoft Graph refused the request with status {status} ({code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Graph's code, for example `InvalidArgument`.
        code: String,
        /// Graph's message, shortened.
        message: String,
    },
    /// 5xx: Graph has a problem of its own.
    #[error("Microsoft Graph has a problem (status {status})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// `Retry-After`, if Graph said it.
        retry_after: Option<Duration>,
    },
    /// No connection, or it broke.
    #[error("Microsoft Graph could not be reached: {0}")]
    Unreachable(String),
    /// Connected, but no whole answer in time.
    #[error("Microsoft Graph did not answer in time")]
    TimedOut,
    /// An answer that is none of Graph's.
    #[error("Microsoft Graph's answer could not be understood: {0}")]
    Malformed(&'static str),
    /// The next page is said to be at another host; no token is sent there.
    #[error("Microsoft Graph named another host for the next page of the directory")]
    ForeignLink,
}
