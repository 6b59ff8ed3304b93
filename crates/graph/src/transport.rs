//! Sends one request to Graph and reads its answer.
//!
//! Limits the time and the size of every answer. The token is put into one header and nowhere else.

use std::time::{Duration, SystemTime};

use net::{Failure, Gateway, RetryAfter, tidy};
use reqwest::{
    Method, RequestBuilder, Response, StatusCode,
    header::{HeaderMap, WWW_AUTHENTICATE},
};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use url::Url;

use crate::{Graph, GraphError, error::TOO_LONG, wire};

/// The time limit for a short answer.
pub(crate) const SHORT: Duration = Duration::from_secs(15);
/// The time limit for a page of the directory.
pub(crate) const LONG: Duration = Duration::from_secs(60);
/// The largest answer, in bytes. A page of 999 people has less than 1 MiB.
const LARGEST: usize = 8 * 1024 * 1024;
const LONGEST_CHALLENGE: usize = 8192;
/// Graph sends one of these with every answer (Graph: errors, best practices).
const MARKS: [&str; 2] = ["request-id", "client-request-id"];

/// The permissions that calls need, as they are named in a sentence.
pub(crate) mod right {
    pub(crate) const USER_READ: &str = "the right User.Read";
    pub(crate) const READ_ALL: &str = "the right User.Read.All";
    pub(crate) const READ_BASIC: &str = "the right User.ReadBasic.All";
    pub(crate) const PHOTO: &str = "the right to read photos";
    pub(crate) const PRESENCE_READ: &str = "the right Presence.Read.All";
    pub(crate) const PRESENCE_WRITE: &str = "the right Presence.ReadWrite";
    pub(crate) const OTHERS: &str = "the right to set the presence of somebody else";
}

impl Graph {
    pub(crate) fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.http.request(method, self.address(path))
    }

    /// The address of a resource. Segments are encoded, so an id cannot change the path.
    pub(crate) fn address(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // A base that cannot have a path cannot be reached either, so the request will fail.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }

    pub(crate) fn base(&self) -> &Url {
        &self.base
    }

    pub(crate) fn page(&self, url: Url) -> RequestBuilder {
        self.http.get(url)
    }
}

/// Sends a request and reads its answer as JSON.
pub(crate) async fn read<T: DeserializeOwned>(
    request: RequestBuilder,
    token: &SecretString,
    limit: Duration,
    right: &'static str,
    what: &'static str,
) -> Result<T, GraphError> {
    let mut answer = send(request, token, limit, right).await?;
    let body = net::body(&mut answer, LARGEST).await?;
    if let Some(by) = Gateway::by_body(answer.status(), &body) {
        return Err(by.into());
    }
    // The error of serde may repeat the answer, so it is not passed on.
    serde_json::from_slice(&body).map_err(|_| GraphError::Malformed(what))
}

/// Sends a request. Any 2xx is a success, because the documentation differs on 200 and 204. An answer that is not from
/// Graph is an error: it must not count as a missing permission or as a successful write.
pub(crate) async fn send(
    request: RequestBuilder,
    token: &SecretString,
    limit: Duration,
    right: &'static str,
) -> Result<Response, GraphError> {
    let request = request.bearer_auth(token.expose_secret()).timeout(limit);
    let answer = request.send().await.map_err(Failure::from)?;
    if let Some(by) = Gateway::by_head(&answer) {
        return Err(by.into());
    }
    if answer.status().is_success() { Ok(answer) } else { Err(refusal(answer, token, right).await) }
}

async fn refusal(mut answer: Response, token: &SecretString, right: &'static str) -> GraphError {
    let status = answer.status();
    let retry_after = RetryAfter::from_headers(answer.headers(), SystemTime::now());
    if status == StatusCode::TOO_MANY_REQUESTS {
        return GraphError::Throttled { retry_after };
    }
    if status.is_server_error() {
        return GraphError::Server { status: status.as_u16(), retry_after };
    }
    if let Some(by) = Gateway::by_missing_mark(status, answer.headers(), &MARKS) {
        return by.into();
    }
    let challenge = challenge(answer.headers());
    let body = net::body(&mut answer, LARGEST).await.unwrap_or_default();
    if let Some(by) = Gateway::by_body(status, &body) {
        return by.into();
    }
    match status {
        StatusCode::FORBIDDEN => GraphError::NotAllowed { missing: right, retry_after },
        StatusCode::NOT_FOUND => GraphError::NotFound { retry_after },
        _ => {
            let wire::Error { code, message } = wire::error(&body);
            // This 401 is about the permissions of the person, not about the token.
            let another = message.to_ascii_lowercase().contains("another user");
            if status == StatusCode::UNAUTHORIZED {
                return if another {
                    GraphError::NotAllowed { missing: right::OTHERS, retry_after }
                } else {
                    GraphError::Unauthorized { challenge, retry_after }
                };
            }
            let (code, message) = (tidy(&code, &[token]), tidy(&message, &[token]));
            GraphError::Refused { status: status.as_u16(), code, message, retry_after }
        }
    }
}

/// The claims of a claims challenge (Entra: claims-challenge); there may be other challenges too.
fn challenge(headers: &HeaderMap) -> Option<String> {
    headers.get_all(WWW_AUTHENTICATE).iter().find_map(|challenge| {
        let (_, claims) = challenge.to_str().ok()?.split_once("claims=\"")?;
        let (claims, _) = claims.split_once('"')?;
        (!claims.is_empty() && claims.len() <= LONGEST_CHALLENGE).then(|| claims.to_owned())
    })
}

impl From<Failure> for GraphError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::TimedOut => Self::TimedOut,
            Failure::Unreachable(cause) => Self::Unreachable(cause),
            Failure::TooLong => Self::Malformed(TOO_LONG),
        }
    }
}

impl From<Gateway> for GraphError {
    fn from(by: Gateway) -> Self {
        Self::Unreachable(by.to_string())
    }
}
