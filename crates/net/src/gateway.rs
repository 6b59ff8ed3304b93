//! Decides whether an answer is from the service that was asked, or from something between: a proxy that blocks, a
//! network that wants a login, a firewall with its own page.
//!
//! Reads status, headers and the beginning of a body. Does not know what an answer of the service means.

use std::fmt;

use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};

/// What answered in place of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gateway {
    /// A network that shows its own login page to everybody who has not been there (RFC 8952, RFC 6585).
    NetworkLogin,
    /// A proxy that did not let the request through.
    Proxy,
}

impl Gateway {
    /// By one of the two statuses that a service never sends itself.
    #[must_use]
    pub fn by_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::PROXY_AUTHENTICATION_REQUIRED => Some(Self::Proxy),
            StatusCode::NETWORK_AUTHENTICATION_REQUIRED => Some(Self::NetworkLogin),
            _ => None,
        }
    }

    /// By the status, for an API that never redirects.
    #[must_use]
    pub fn by_status_of_api(status: StatusCode) -> Option<Self> {
        if status.is_redirection() { Some(Self::NetworkLogin) } else { Self::by_status(status) }
    }

    /// By status and headers, for an API that never redirects and never sends a page for people. Statuses 429 and 5xx
    /// are an exception: the front end of the service itself may send a page with them.
    #[must_use]
    pub fn by_head(answer: &Response) -> Option<Self> {
        Self::of_head(answer.status(), answer.headers())
    }

    fn of_head(status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        Self::by_status_of_api(status).or_else(|| Self::of_page(status).filter(|_| is_page(kind, b"")))
    }

    /// By a missing header: the service puts one of `marks` on every answer, and a proxy that blocks in JSON does not.
    /// Only for 403 and 404, which would be taken for a missing permission or a missing entry.
    #[must_use]
    pub fn by_missing_mark(status: StatusCode, headers: &HeaderMap, marks: &[&str]) -> Option<Self> {
        let is_marked = marks.iter().any(|mark| headers.contains_key(*mark));
        let is_decision = matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND);
        (is_decision && !is_marked).then_some(Self::Proxy)
    }

    /// By the body, for a service that does not answer in XML: a page may come with another content type.
    #[must_use]
    pub fn by_body(status: StatusCode, body: &[u8]) -> Option<Self> {
        Self::of_page(status).filter(|_| is_page(None, body))
    }

    /// Who sent a page with this status; none if it may be the service itself.
    fn of_page(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::TOO_MANY_REQUESTS => None,
            _ if status.is_server_error() => None,
            _ if status.is_success() => Some(Self::NetworkLogin),
            _ => Some(Self::Proxy),
        }
    }
}

impl fmt::Display for Gateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NetworkLogin => "a network's login page answered in its place",
            Self::Proxy => "a proxy answered in its place",
        })
    }
}

/// True for a page for people, by its content type or by how it begins.
#[must_use]
pub fn is_page(kind: Option<&str>, body: &[u8]) -> bool {
    let named = kind.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    let mark = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    named || mark.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    #[test]
    fn a_page_or_a_redirect_is_no_answer_of_a_service_but_a_service_in_trouble_may_show_one() {
        use Gateway::{NetworkLogin, Proxy};
        for (status, kind, by) in [
            (200, "text/html; charset=utf-8", Some(NetworkLogin)),
            (302, "application/json", Some(NetworkLogin)),
            (511, "application/json", Some(NetworkLogin)),
            (407, "application/json", Some(Proxy)),
            (400, "TEXT/HTML", Some(Proxy)),
            (401, "text/html", Some(Proxy)),
            (403, "application/xhtml+xml", Some(Proxy)),
            (404, "text/html", Some(Proxy)),
            (403, "application/json", None),
            (200, "text/xml", None),
            (429, "text/html", None),
            (502, "text/html", None),
            (503, "text/html", None),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(Gateway::of_head(status, &headers), by, "{status} {kind}");
        }
    }

    #[test]
    fn a_refusal_without_the_mark_of_the_service_is_that_of_a_proxy() {
        let marks = ["request-id", "client-request-id"];
        let marked = HeaderMap::from_iter([(
            reqwest::header::HeaderName::from_static("client-request-id"),
            HeaderValue::from_static("7"),
        )]);
        for (status, without) in
            [(403, Some(Gateway::Proxy)), (404, Some(Gateway::Proxy)), (400, None), (401, None), (200, None)]
        {
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(Gateway::by_missing_mark(status, &HeaderMap::new(), &marks), without, "{status}");
            assert_eq!(Gateway::by_missing_mark(status, &marked, &marks), None, "{status}");
        }
    }

    #[test]
    fn a_page_by_another_name_is_known_by_how_it_begins() {
        for (status, body, by) in [
            (403, "\u{feff}\n <!DOCTYPE html>", Some(Gateway::Proxy)),
            (200, "<script>location='/login'</script>", Some(Gateway::NetworkLogin)),
            (503, "<html>", None),
            (403, "{\"error\":{}}", None),
            (403, "", None),
        ] {
            assert_eq!(
                Gateway::by_body(StatusCode::from_u16(status).unwrap(), body.as_bytes()),
                by,
                "{body}"
            );
        }
    }
}
