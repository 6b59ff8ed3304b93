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

/// What [`GraphError::Malformed`] says of an answer that is longer than any that is read.
pub(crate) const TOO_LONG: &str = "it is longer than 8 MiB";

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

    /// True where Graph does not carry out this form of a query, and another one may be taken: a filter that is too complex
    /// is refused as `Request_UnsupportedQuery`, `UnsupportedQuery` or `Request_BadRequest`, mostly with 400, and with 501
    /// by directories that do not know the operator (microsoft-graph-docs, issues 3641 and 21098).
    #[must_use]
    pub fn refuses_the_query(&self) -> bool {
        match self {
            Self::Refused { status: 400, .. } | Self::Server { status: 501, .. } => true,
            Self::Refused { code, .. } => {
                code.ends_with("UnsupportedQuery") || code.ends_with("Request_BadRequest")
            }
            Self::Server { .. }
            | Self::Throttled { .. }
            | Self::Unauthorized { .. }
            | Self::NotAllowed { .. }
            | Self::NotFound { .. }
            | Self::Unreachable(_)
            | Self::TimedOut
            | Self::Malformed(_)
            | Self::ForeignLink => false,
        }
    }

    /// True where Graph does not know a further page any more that it named: the list has to begin again (Graph: paging;
    /// `Directory_ExpiredPageToken`, `Directory_ResultSizeLimitExceeded`).
    #[must_use]
    pub const fn forgets_the_page(&self) -> bool {
        matches!(self, Self::Refused { status: 400 | 410, .. } | Self::NotFound { .. })
    }

    /// True where less at a time may succeed.
    #[must_use]
    pub fn wants_less(&self) -> bool {
        match self {
            Self::TimedOut | Self::Server { status: 503 | 504, .. } | Self::Refused { status: 413, .. } => {
                true
            }
            Self::Malformed(what) => *what == TOO_LONG,
            Self::Refused { .. }
            | Self::Server { .. }
            | Self::Throttled { .. }
            | Self::Unauthorized { .. }
            | Self::NotAllowed { .. }
            | Self::NotFound { .. }
            | Self::Unreachable(_)
            | Self::ForeignLink => false,
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
