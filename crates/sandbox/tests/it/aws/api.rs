//! Who may ask the service API: signatures, policies, quotas, and malformed requests.

use std::time::Duration;

use aws_credential_types::Credentials;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use sandbox::{Body, Endpoint, Fault, Operation, Role, StatusCode};
use serde_json::{Value, json};

use super::{Desk, INSTANCE, PRIYA, RIGHT, Signing};

const STATUSES: &str = "agent-status/5f0c8b1e-9a41-4d0e-8f6c-2b7d1c3a9e44";
const FOREIGN: &str = "11111111-2222-4333-8444-555555555555";

async fn statuses(desk: &Desk) -> (u16, String) {
    let answer = desk.get(STATUSES).await;
    let (status, error) = answer.refusal();
    (status, error.to_owned())
}

fn refused(status: u16, error: &str) -> (u16, String) {
    (status, error.to_owned())
}

#[tokio::test]
async fn a_correctly_signed_request_is_answered() {
    let desk = Desk::start(0).await;
    assert_eq!(statuses(&desk).await, refused(200, ""));
    // An ARN in place of the id, encoded in the path, and a query in no order.
    let arn = format!("arn%3Aaws%3Aconnect%3Aeu-west-2%3A123456789012%3Ainstance%2F{INSTANCE}");
    let path = format!("agent-status/{arn}?maxResults=9&AgentStatusTypes=ROUTABLE&AgentStatusTypes=OFFLINE");
    let answer = desk.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let names: Vec<_> = answer.body["AgentStatusSummaryList"]
        .as_array()
        .unwrap()
        .iter()
        .map(|status| &status["Name"])
        .collect();
    assert_eq!(names, ["Available", "Offline"]);
}

#[tokio::test]
async fn a_wrong_secret_key_token_or_scope_is_refused_by_name() {
    let mut desk = Desk::start(0).await;
    let good = desk.keys.clone();
    let (key, secret, token) =
        (good.access_key_id(), good.secret_access_key(), good.session_token().map(str::to_owned));
    let with =
        |key: &str, secret: &str, token: Option<String>| Credentials::new(key, secret, token, None, "a test");
    for (keys, error) in [
        (with(key, "wrong", token.clone()), "InvalidSignatureException"),
        (with("ASIAXXXXXXXXXXXXXXXX", secret, token.clone()), "UnrecognizedClientException"),
        (with(key, secret, Some("another".to_owned())), "UnrecognizedClientException"),
        (with(key, secret, None), "UnrecognizedClientException"),
    ] {
        desk.keys = keys;
        assert_eq!(statuses(&desk).await, refused(403, error));
    }
    desk.keys = good;
    for how in [
        Signing { region: "us-east-1", ..RIGHT },
        Signing { service: "sts", ..RIGHT },
        Signing { ahead: 16 * 60, ..RIGHT },
        Signing { ahead: -16 * 60, ..RIGHT },
    ] {
        let answer = desk.signed(&how, Method::GET, STATUSES, None).await;
        assert_eq!(answer.refusal(), (403, "InvalidSignatureException"));
        assert_eq!(answer.message().contains("Signature"), how.ahead != 0, "{}", answer.message());
    }
    for ahead in [14 * 60, -14 * 60] {
        let answer = desk.signed(&Signing { ahead, ..RIGHT }, Method::GET, STATUSES, None).await;
        assert_eq!(answer.status, 200);
    }
}

#[tokio::test]
async fn every_answer_says_what_time_it_is() {
    let desk = Desk::start(0).await;
    let date = async || {
        let answer = desk.app.http.get(desk.app.sandbox.aws().join(STATUSES).unwrap()).send().await.unwrap();
        let date = answer.headers()["date"].to_str().unwrap().to_owned();
        jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(&date).unwrap()
    };
    let before = date().await;
    desk.world().let_pass(Duration::from_secs(3600));
    let passed = date().await.duration_since(before).as_secs();
    assert!((3600..3660).contains(&passed), "{passed}");
}

#[tokio::test]
async fn a_request_that_is_changed_on_the_way_does_not_fit_its_signature() {
    let desk = Desk::start(0).await;
    let url = desk.app.sandbox.aws().join(&format!("metrics/userdata/{INSTANCE}")).unwrap();
    let body = json!({ "Filters": { "Agents": [PRIYA] } }).to_string();
    let headers = desk.headers(&RIGHT, &Method::POST, &url, &body);
    let send = async |url: &reqwest::Url, headers: HeaderMap, body: &str| {
        let answer = desk.send(Method::POST, url.clone(), headers, body.to_owned()).await;
        let (status, error) = answer.refusal();
        (status, error.to_owned())
    };
    assert_eq!(send(&url, headers.clone(), &body).await.0, 200);
    let wrong = refused(403, "InvalidSignatureException");
    assert_eq!(send(&url, headers.clone(), &body.replace("Agents", "Queues")).await, wrong);
    let mut query = url.clone();
    query.set_query(Some("a=b"));
    assert_eq!(send(&query, headers.clone(), &body).await, wrong);
    let mut other = headers.clone();
    other.insert("content-type", HeaderValue::from_static("application/x-amz-json-1.1"));
    assert_eq!(send(&url, other, &body).await, wrong);

    let authorization = headers[AUTHORIZATION].to_str().unwrap().to_owned();
    for (text, error) in [
        ("Bearer token".to_owned(), "IncompleteSignatureException"),
        (authorization.replace("Signature=", "Sig="), "IncompleteSignatureException"),
        (authorization.replace("/aws4_request", ""), "IncompleteSignatureException"),
        (authorization.replace(";host", ""), "InvalidSignatureException"),
    ] {
        let mut changed = headers.clone();
        changed.insert(AUTHORIZATION, text.parse().unwrap());
        assert_eq!(send(&url, changed, &body).await, refused(403, error), "{text}");
    }
    assert_eq!(
        send(&url, HeaderMap::new(), &body).await,
        refused(403, "MissingAuthenticationTokenException")
    );
}

#[tokio::test]
async fn keys_end_after_their_hour_or_when_aws_forgets_them() {
    let desk = Desk::start(0).await;
    desk.world().let_pass(Duration::from_secs(3590));
    assert_eq!(statuses(&desk).await.0, 200);
    desk.world().let_pass(Duration::from_secs(10));
    assert_eq!(statuses(&desk).await, refused(403, "ExpiredTokenException"));
    desk.world().forget_sessions();
    assert_eq!(statuses(&desk).await, refused(403, "UnrecognizedClientException"));
}

#[tokio::test]
async fn a_policy_without_the_action_names_user_action_and_resource() {
    let desk = Desk::start(0).await;
    let put = async || {
        let status = json!({ "AgentStatusId": "0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a03" });
        desk.call(Method::PUT, &format!("users/{INSTANCE}/{PRIYA}/status"), Some(status)).await
    };
    let denied = put().await;
    assert_eq!(denied.refusal(), (403, "AccessDeniedException"));
    let arn = format!("arn:aws:connect:eu-west-2:123456789012:instance/{INSTANCE}/agent/{PRIYA}");
    for part in ["assumed-role/ConnectPathDesk/priya.raman@contoso.com", "connect:PutUserStatus", &arn] {
        assert!(denied.message().contains(part), "{}", denied.message());
    }
    desk.world().set_role(Role { actions: vec!["connect:*".to_owned()], ..Role::default() });
    assert_eq!(put().await.status, 200);
    assert_eq!(desk.world().overview().agent.chosen, "Lunch", "one state in the panel and in the API");
}

#[tokio::test]
async fn another_instance_is_denied_or_not_found_as_the_policy_says() {
    let desk = Desk::start(0).await;
    let ask = async |instance: &str| {
        let answer = desk.post("search-users", json!({ "InstanceId": instance })).await;
        let (status, error) = answer.refusal();
        (status, error.to_owned())
    };
    assert_eq!(ask(FOREIGN).await, refused(403, "AccessDeniedException"));
    desk.world().set_role(Role { every_instance: true, ..Role::default() });
    assert_eq!(ask(FOREIGN).await, refused(404, "ResourceNotFoundException"));
    assert_eq!(ask(INSTANCE).await.0, 200);
    assert_eq!(ask(&"x".repeat(101)).await, refused(400, "InvalidParameterException"));
}

#[tokio::test]
async fn two_requests_a_second_are_let_through_for_the_whole_account() {
    let desk = Desk::start(0).await;
    let world = desk.world();
    let search = async || desk.post("search-users", json!({ "InstanceId": INSTANCE })).await;
    let others = async |by_others: f64| {
        desk.app.must("amazon/quota", json!({ "operation": "searchUsers", "byOthers": by_others })).await;
    };
    // Others take what fills, so that only the burst is there, however slow this machine is.
    others(2.0).await;
    for _ in 0..5 {
        assert_eq!(search().await.status, 200);
    }
    assert_eq!(search().await.refusal(), (429, "ThrottlingException"));
    world.let_pass(Duration::from_secs(600));
    assert_eq!(search().await.status, 429, "others still take everything");
    assert_eq!(statuses(&desk).await.0, 200, "another operation has another bucket");
    others(0.0).await;
    world.let_pass(Duration::from_secs(1));
    for _ in 0..2 {
        assert_eq!(search().await.status, 200);
    }
    let quota = world.overview().quota[&Operation::SearchUsers];
    assert_eq!((quota.passed, quota.throttled), (7, 2));
}

#[tokio::test]
async fn malformed_requests_are_refused_by_name() {
    let desk = Desk::start(30).await;
    let path = format!("metrics/userdata/{INSTANCE}");
    let invalid = "InvalidParameterException";
    let many: Vec<_> = (0..101).map(|_| PRIYA).collect();
    for (body, status, error) in [
        (json!({}), 400, invalid),
        (json!({ "Filters": {} }), 400, invalid),
        (json!({ "Filters": { "Agents": [] } }), 400, invalid),
        (json!({ "Filters": { "Agents": many } }), 400, invalid),
        (json!({ "Filters": { "Agents": [PRIYA], "Queues": ["q"] } }), 400, invalid),
        (json!({ "Filters": { "Agents": [PRIYA] }, "MaxResults": 101 }), 400, invalid),
        (json!({ "Filters": { "Agents": [PRIYA] }, "NextToken": "x" }), 400, invalid),
        (json!({ "Filters": { "Agents": PRIYA } }), 400, "SerializationException"),
        (json!({ "Filters": { "Agents": [FOREIGN] } }), 404, "ResourceNotFoundException"),
    ] {
        let answer = desk.post(&path, body.clone()).await;
        assert_eq!(answer.refusal(), (status, error), "{body}");
        // The quota is another test's.
        desk.world().let_pass(Duration::from_secs(1));
    }
    let search = json!({ "InstanceId": INSTANCE, "MaxResults": 501 });
    assert_eq!(desk.post("search-users", search).await.refusal(), (400, invalid));
    assert_eq!(desk.post("search-users", json!({})).await.refusal(), (400, "InvalidRequestException"));
    for path in [format!("users/{INSTANCE}/{FOREIGN}"), format!("users/{INSTANCE}/nobody")] {
        assert_eq!(desk.get(&path).await.refusal(), (404, "ResourceNotFoundException"));
    }
    assert_eq!(desk.get("instance").await.refusal(), (404, "UnknownOperationException"));
    let bad = format!("{STATUSES}?AgentStatusTypes=LUNCH");
    assert_eq!(desk.get(&bad).await.refusal(), (400, invalid));
}

#[tokio::test]
async fn the_service_api_has_faults_of_its_own() {
    let desk = Desk::start(0).await;
    let world = desk.world();
    for (status, error) in [
        (StatusCode::TOO_MANY_REQUESTS, "ThrottlingException"),
        (StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceException"),
        (StatusCode::FORBIDDEN, "AccessDeniedException"),
    ] {
        world.set_fault(Endpoint::ConnectApi, Fault::refusal(status));
        assert_eq!(statuses(&desk).await, refused(status.as_u16(), error));
    }
    world.set_fault(Endpoint::ConnectApi, Fault::changed(Body::NullEntry));
    let odd = desk.get(STATUSES).await;
    assert_eq!(odd.body["AgentStatusSummaryList"][0], Value::Null);
    world.end_fault(Endpoint::ConnectApi);
    assert_eq!(statuses(&desk).await.0, 200);
    let requests = world.overview().requests;
    assert_eq!((requests[&Endpoint::ConnectApi], requests[&Endpoint::Sts]), (5, 1));
    assert_eq!(world.requests(Endpoint::ConnectApi).len(), 5);
}
