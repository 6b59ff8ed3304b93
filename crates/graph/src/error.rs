//! Why Graph did not do it: a variant for each thing that has its own sentence or its own next step.

use net::RetryAfter;
use thiserror::Error;

/// Why a call did not succeed. The texts are sentences without the full stop; none holds a token, a query or
/// a name of a person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GraphError {
    /// 429: too many requests of this registration in this tenant.
    #[error("Microsoft Graph asks for fewer requests")]
    Throttled {
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
    },
    /// 401: the access token is expired, revoked or not for this Graph.
    #[error("Microsoft Graph does not accept the access token")]
    Unauthorized {
        /// What it wants to see in the next one, as it came: the `claims` of a challenge, in base64.
        challenge: Option<String>,
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
    },
    /// 403, or the 401 that no new token mends: a right is missing.
    #[error("Microsoft Graph does not allow this: {missing} is missing")]
    NotAllowed {
        /// What is missing.
        missing: &'static str,
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
    },
    /// 404.
    #[error("Microsoft Graph does not know this person")]
    NotFound {
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
    },
    /// Any other answer that says no.
    #[error("Microsoft Graph refused the request with status {status} ({code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Graph's code, for example `InvalidArgument`.
        code: String,
        /// Graph's message, shortened.
        message: String,
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
    },
    /// 5xx: Graph has a problem of its own.
    #[error("Microsoft Graph has a problem (status {status})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// How long Graph asks to wait, if it said it.
        retry_after: Option<RetryAfter>,
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

/// What a failure means for who called: one next step each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Fewer requests, of every service: the limit is that of the registration in the tenant.
    Throttled,
    /// Another access token is needed, or the same once more.
    Token,
    /// An administrator must allow it; the same request will not succeed soon.
    NotAllowed,
    /// Graph understood this request and does not carry it out.
    Refused,
    /// The service has trouble of its own: the same request may succeed later.
    Failing,
    /// No answer: the network, a proxy, or all of Graph.
    Unreachable,
}

impl GraphError {
    /// What it means for who called.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        match self {
            Self::Throttled { .. } => ErrorKind::Throttled,
            Self::Unauthorized { .. } => ErrorKind::Token,
            Self::NotAllowed { .. } => ErrorKind::NotAllowed,
            Self::NotFound { .. } | Self::Refused { .. } => ErrorKind::Refused,
            Self::Server { .. } | Self::Malformed(_) | Self::ForeignLink => ErrorKind::Failing,
            Self::Unreachable(_) | Self::TimedOut => ErrorKind::Unreachable,
        }
    }

    /// How long Graph asks to wait before the next request, if it said it; it may with any refusal.
    #[must_use]
    pub const fn retry_after(&self) -> Option<RetryAfter> {
        match self {
            Self::Throttled { retry_after }
            | Self::Unauthorized { retry_after, .. }
            | Self::NotAllowed { retry_after, .. }
            | Self::NotFound { retry_after }
            | Self::Refused { retry_after, .. }
            | Self::Server { retry_after, .. } => *retry_after,
            Self::Unreachable(_) | Self::TimedOut | Self::Malformed(_) | Self::ForeignLink => None,
        }
    }
}
