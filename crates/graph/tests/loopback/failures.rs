//! Failures, and the errors that they become.

use std::time::Duration;

use graph::{Directory, ErrorKind, GraphError, LicenceFilter, PageSize};
use jiff::Timestamp;
use net::RetryAfter;
use presence::{engine::Write, identity::ObjectId};
use serde_json::json;
use tokio::net::TcpListener;
use url::Url;

use crate::server::{OWN, Server, client, token};

async fn read(server: &Server) -> GraphError {
    server.graph().own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap_err()
}

fn asked(seconds: u64) -> Option<RetryAfter> {
    Some(RetryAfter::new(Duration::from_secs(seconds)))
}

#[tokio::test]
async fn throttling_carries_the_wait_that_graph_asks_for() {
    let throttled = json!({ "error": { "code": "TooManyRequests", "message": "Please retry again later." } });
    let cases: [(&[(&str, &str)], _); 10] = [
        (&[("retry-after", "17")], asked(17)),
        (&[("retry-after", " 0 ")], asked(1)),
        (&[("retry-after", "-1")], asked(1)),
        (&[("retry-after", "17.0")], asked(17)),
        (&[("retry-after", "86400")], asked(86_400)),
        (&[("retry-after", "18446744073709551615")], asked(86_400)),
        (&[("x-ms-retry-after-ms", "17000")], asked(17)),
        (
            &[("date", "Wed, 21 Oct 2026 07:27:43 GMT"), ("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")],
            asked(17),
        ),
        (&[("retry-after", "soon")], None),
        (&[], None),
    ];
    for (headers, retry_after) in cases {
        let server = Server::start().await;
        server.then(429, headers, &throttled);
        let error = read(&server).await;
        assert_eq!(error, GraphError::Throttled { retry_after }, "{headers:?}");
        assert_eq!(error.retry_after(), retry_after);
    }
}

#[tokio::test]
async fn a_date_counts_from_now_if_the_answer_has_none() {
    let server = Server::start().await;
    let long_ago = ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT");
    // The server of these tests sends a date of its own unless another is set.
    server.then(429, &[("date", "unknown"), long_ago], "");
    assert_eq!(read(&server).await.retry_after(), asked(0));
    server.then(429, &[("date", "unknown"), ("retry-after", "Fri, 31 Dec 9999 23:59:59 GMT")], "");
    assert!(read(&server).await.retry_after().unwrap().is_capped());
}

#[tokio::test]
async fn a_problem_of_graph_is_not_a_refusal() {
    for status in [500, 503, 504, 509] {
        let server = Server::start().await;
        server.then(status, &[("retry-after", "3")], "<html>Service Unavailable</html>");
        let retry_after = asked(3);
        assert_eq!(read(&server).await, GraphError::Server { status, retry_after });
    }
}

#[tokio::test]
async fn an_answer_of_something_on_the_way_is_not_taken_for_one_of_graph() {
    let server = Server::start().await;
    let page = "<!doctype html><html><body>Blocked by policy</body></html>";
    let html = ("content-type", "text/html; charset=utf-8");
    let json = ("content-type", "application/json");
    let portal = ("location", "http://portal.example/login");
    for (status, header, body) in [
        (200, html, page),
        (200, json, page),
        (302, portal, ""),
        (307, html, page),
        (400, html, page),
        (401, html, page),
        (401, json, page),
        (403, html, page),
        (403, json, page),
        (404, html, page),
        (407, json, "{}"),
        (407, html, page),
        (511, html, page),
    ] {
        server.then(status, &[header], body);
        let error = read(&server).await;
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{status} {header:?} {error}");
        assert!(error.to_string().ends_with("answered in its place"), "{error}");
        // Nor does a write count as done, or a photo as missing.
        server.then(status, &[html], body);
        let written = server.graph().write(&token(), &ObjectId::new(OWN), &Write::ClearPreferred).await;
        assert_eq!(written.unwrap_err().kind(), ErrorKind::Unreachable, "{status}");
        server.then(status, &[html], page);
        let photo = server.graph().photo(&token(), &ObjectId::new(OWN)).await;
        assert_eq!(photo.unwrap_err().kind(), ErrorKind::Unreachable, "{status}");
    }
}

#[tokio::test]
async fn a_refusal_in_json_without_a_request_id_is_that_of_a_proxy() {
    let blocked = json!({ "error": "blocked", "category": "web mail" });
    let json = [("content-type", "application/json")];
    let server = Server::start().await;
    for status in [403, 404, 407] {
        server.then_unmarked(status, &json, &blocked);
        assert_eq!(read(&server).await.kind(), ErrorKind::Unreachable, "{status}");
        server.then_unmarked(status, &json, &blocked);
        let photo = server.graph().photo(&token(), &ObjectId::new(OWN)).await;
        assert_eq!(photo.unwrap_err().kind(), ErrorKind::Unreachable, "{status}");
    }
    server.then_unmarked(403, &[("client-request-id", "7a1b")], &blocked);
    assert_eq!(read(&server).await.kind(), ErrorKind::NotAllowed);
}

#[tokio::test]
async fn every_refusal_may_ask_for_a_wait() {
    let another =
        json!({ "error": { "code": "Unauthorized", "message": "Cannot set the presence of another user." } });
    let table = [
        (400, json!({ "error": { "code": "BadRequest", "message": "" } }), ErrorKind::Refused),
        (401, json!({}), ErrorKind::Token),
        (401, another, ErrorKind::NotAllowed),
        (403, json!({}), ErrorKind::NotAllowed),
        (404, json!({}), ErrorKind::Refused),
        (423, json!({}), ErrorKind::Refused),
        (429, json!({}), ErrorKind::Throttled),
        (500, json!({}), ErrorKind::Failing),
        (503, json!([null]), ErrorKind::Failing),
    ];
    let server = Server::start().await;
    for (status, body, kind) in table {
        for (header, wait) in [("30", asked(30)), ("0", asked(1)), ("ever", None)] {
            server.then(status, &[("retry-after", header)], &body);
            let error = read(&server).await;
            assert_eq!((error.retry_after(), error.kind()), (wait, kind), "{status} {header}");
        }
    }
    server.then(404, &[("retry-after", "30")], "");
    let error = server.graph().people(&token(), &Directory::Basic, None, PageSize::Full).await.unwrap_err();
    assert_eq!(error, GraphError::NotFound { retry_after: asked(30) });
}

#[tokio::test]
async fn an_error_body_of_another_form_is_read_as_far_as_it_goes() {
    let server = Server::start().await;
    let another = "Cannot set the presence of another user.";
    server.then(401, &[], &json!({ "error": { "code": null, "message": another } }));
    assert_eq!(read(&server).await.kind(), ErrorKind::NotAllowed);
    server.then(409, &[], &json!({ "error": { "code": "Conflict", "message": 7 } }));
    let GraphError::Refused { code, message, .. } = read(&server).await else { panic!("a refusal") };
    assert_eq!((code.as_str(), message.as_str()), ("Conflict", ""));
}

#[tokio::test]
async fn a_claims_challenge_is_passed_on_unchanged() {
    for (header, challenge) in [
        ("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"", Some("eyJhIjoxfQ==")),
        ("Bearer error=\"insufficient_claims\", claims=\"\"", None),
        ("Bearer error=\"invalid_token\"", None),
        ("Bearer claims=\"no end", None),
    ] {
        let server = Server::start().await;
        server.then(401, &[("www-authenticate", "Negotiate"), ("www-authenticate", header)], "");
        let challenge = challenge.map(str::to_owned);
        assert_eq!(
            read(&server).await,
            GraphError::Unauthorized { challenge, retry_after: None },
            "{header}"
        );
    }
}

#[tokio::test]
async fn a_refused_token_and_a_missing_right_are_two_things() {
    let own = ObjectId::new(OWN);
    let expired =
        json!({ "error": { "code": "InvalidAuthenticationToken", "message": "Access token has expired." } });
    let refused = GraphError::Unauthorized { challenge: None, retry_after: None };
    assert_eq!(read(&Server::answering(401, &expired).await).await, refused);
    assert_eq!(read(&Server::answering(401, "").await).await, refused);

    let another =
        json!({ "error": { "code": "Unauthorized", "message": "Cannot set the presence of another user." } });
    let server = Server::answering(401, &another).await;
    let error = server.graph().write(&token(), &own, &Write::ClearPreferred).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Microsoft Graph does not allow this: the right to set the presence of somebody else is missing"
    );

    let forbidden = json!({ "error": { "code": "Forbidden", "message": "" } });
    let server = Server::answering(403, &forbidden).await;
    let error = server.graph().write(&token(), &own, &Write::ClearPreferred).await.unwrap_err();
    assert_eq!(error, GraphError::NotAllowed { missing: "the right Presence.ReadWrite", retry_after: None });
    let server = Server::answering(403, &forbidden).await;
    let missing = "the right Presence.Read.All";
    assert_eq!(read(&server).await, GraphError::NotAllowed { missing, retry_after: None });
}

#[tokio::test]
async fn a_refusal_keeps_the_words_of_graph_short_and_in_one_line() {
    let body =
        json!({ "error": { "code": "InvalidArgument", "message": format!("a\nb {}", "x".repeat(5000)) } });
    let server = Server::answering(400, &body).await;
    let GraphError::Refused { status, code, message, .. } = read(&server).await else { panic!("a refusal") };
    assert_eq!((status, code.as_str()), (400, "InvalidArgument"));
    assert!(message.starts_with("a b x") && message.len() == 200);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start().await;
    let server = Server::start().await;
    server.then(302, &[("location", elsewhere.origin.as_str())], "");
    assert_eq!(read(&server).await.kind(), ErrorKind::Unreachable);
    assert!(elsewhere.received().is_empty());
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let server = Server::answering(200, &"x".repeat(8 * 1024 * 1024 + 1)).await;
    let error = read(&server).await;
    assert_eq!(error, GraphError::Malformed("it is longer than 8 MiB"));
    assert_eq!(error.kind(), ErrorKind::Failing);
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable_and_the_error_contains_no_query() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/v1.0/", listener.local_addr().unwrap())).unwrap();
    drop(listener);
    let error = client(base)
        .people(&token(), &Directory::licensed(LicenceFilter::default()), None, PageSize::Full)
        .await
        .unwrap_err();
    assert!(matches!(error, GraphError::Unreachable(_)), "{error:?}");
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::Unreachable, None));
    let shown = error.to_string();
    assert!(shown.starts_with("Microsoft Graph could not be reached: "));
    assert!(!shown.contains("assignedPlans") && !shown.contains("token"), "{shown}");
}

#[tokio::test(start_paused = true)]
async fn silence_is_distinguished_from_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
    let silent = tokio::spawn(async move {
        let connection = listener.accept().await;
        std::future::pending::<()>().await;
        drop(connection);
    });
    let error = client(base).own_presence(&token(), Timestamp::UNIX_EPOCH).await.unwrap_err();
    assert_eq!(error, GraphError::TimedOut);
    assert_eq!(error.kind(), ErrorKind::Unreachable);
    silent.abort();
}

#[tokio::test]
async fn the_debug_form_of_the_client_contains_no_application_id() {
    let server = Server::start().await;
    let shown = format!("{:?}", server.graph());
    assert!(shown.contains("/graph/v1.0/") && !shown.contains("22553876"), "{shown}");
}
