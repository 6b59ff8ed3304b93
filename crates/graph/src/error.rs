//! Why a request to Graph failed: one variant for each case with its own text or its own next step.

use net::RetryAfter;
use thiserror::Error;

/// Why a call failed. The texts are sentences without the full stop; none contains a token, a query or the name of a
/// person.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GraphError {
    /// 429: too many requests of this registration in this tenant.
    #[error("Microsoft Graph asks for fewer requests")]
    Throttled {
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// 401: the access token is expired, revoked or not for this Graph.
    #[error("Microsoft Graph does not accept the access token")]
    Unauthorized {
        /// The `claims` of the challenge in base64, unchanged: what Graph requires of the next token.
        challenge: Option<String>,
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// 403, or the 401 that a new token does not solve: a permission is missing.
    #[error("Microsoft Graph does not allow this: {missing} is missing")]
    NotAllowed {
        /// What is missing.
        missing: &'static str,
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// 404.
    #[error("Microsoft Graph does not know this person")]
    NotFound {
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// Any other refusal.
    #[error("Microsoft Graph refused the request with status {status} ({code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Graph's code, for example `InvalidArgument`.
        code: String,
        /// Graph's message, shortened.
        message: String,
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// 5xx: Graph itself has a problem.
    #[error("Microsoft Graph has a problem (status {status})")]
    Server {
        /// The HTTP status.
        status: u16,
        /// How long Graph asks to wait, if it does.
        retry_after: Option<RetryAfter>,
    },
    /// No connection, or it was lost, or something on the way answered instead.
    #[error("Microsoft Graph could not be reached: {0}")]
    Unreachable(String),
    /// Connected, but no complete answer in time.
    #[error("Microsoft Graph did not answer in time")]
    TimedOut,
    /// An answer that Graph does not give.
    #[error("Microsoft Graph's answer could not be understood: {0}")]
    Malformed(&'static str),
    /// The link to the next page leads to another host; no token is sent there.
    #[error("Microsoft Graph named another host for the next page of the directory")]
    ForeignLink,
}

/// The text of [`GraphError::Malformed`] for an answer that is longer than the limit.
pub(crate) const TOO_LONG: &str = "it is longer than 8 MiB";

/// What a failure means for the caller: one next step each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// Send fewer requests, to every service: the limit belongs to the registration in the tenant.
    Throttled,
    /// Use another access token, or try the same one once more.
    Token,
    /// An administrator must allow it; the same request will not succeed soon.
    NotAllowed,
    /// Graph understood the request and refuses it.
    Refused,
    /// Graph has a problem: the same request may succeed later.
    Failing,
    /// No answer: the network, a proxy, or all of Graph.
    Unreachable,
}

impl GraphError {
    /// What it means for the caller.
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

    /// True if Graph refuses this form of a query and may accept a simpler one: a filter that is too complex
    /// is refused as `Request_UnsupportedQuery`, `UnsupportedQuery` or `Request_BadRequest`, mostly with 400, and with
    /// 501 by directories that do not know the operator (microsoft-graph-docs, issues 3641 and 21098).
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

    /// True if Graph no longer knows the page that its link named: the list must be read from the start (Graph: paging;
    /// `Directory_ExpiredPageToken`, `Directory_ResultSizeLimitExceeded`).
    #[must_use]
    pub const fn has_expired_page(&self) -> bool {
        matches!(self, Self::Refused { status: 400 | 410, .. } | Self::NotFound { .. })
    }

    /// True if a request for fewer entries may succeed.
    #[must_use]
    pub fn may_succeed_with_less(&self) -> bool {
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

    /// How long Graph asks to wait before the next request, if it does. Any refusal may contain it.
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
