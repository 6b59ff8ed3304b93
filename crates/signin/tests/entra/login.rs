//! Logins in the browser: successful ones, and those that the person, Entra or strangers disturb.

use std::time::Duration;

use presence::identity::ObjectId;
use secrecy::ExposeSecret;
use serde_json::json;
use signin::{Attempt, Class, LoginOptions, SignInError};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use url::Url;

use crate::{
    browser::{open, query, way_back},
    server::{CLIENT, CODE, Entra, TENANT, granted, refused, sign_in},
};

async fn begin(entra: &Entra) -> Attempt {
    let options = LoginOptions { login_hint: Some("priya.raman@contoso.com"), ..LoginOptions::default() };
    entra.sign_in().begin(options).await.unwrap()
}

#[tokio::test]
async fn a_login_brings_tokens_and_says_who_it_is() {
    let entra = Entra::start().await;
    entra.then(200, &granted("first-refresh-token"));
    let attempt = begin(&entra).await;
    let url = attempt.url().clone();
    let (grant, shown) = tokio::join!(attempt.finish(), open(url));

    let grant = grant.unwrap();
    assert_eq!(grant.access.expose_secret(), "the-access-token");
    assert_eq!(grant.expires_in, Duration::from_secs(4500));
    assert_eq!(grant.refresh.as_ref().unwrap().expose_secret(), "first-refresh-token");
    let who = grant.who.as_ref().unwrap();
    let ends = grant.id_token.as_ref().map(|token| token.expires.to_string());
    assert_eq!(ends.as_deref(), Some("2026-11-30T08:00:00Z"));
    assert_eq!(who.object_id, ObjectId::new("fa8bf3dc-eca7-46b7-bad1-db199b62afc3"));
    assert_eq!((who.tenant_id.as_str(), who.upn.as_str()), (TENANT, "priya.raman@contoso.com"));
    assert_eq!(who.name, "Priya Raman");
    let debug = format!("{grant:?}");
    assert!(!debug.contains("the-access-token") && !debug.contains("first-refresh-token"), "{debug}");

    assert_eq!(shown.status, 200);
    assert!(shown.page.contains("You are logged in.") && shown.page.contains("Return to ConnectPath Teams."));
    assert!(shown.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
    assert_eq!(shown.headers["cache-control"], "no-store");
}

#[tokio::test]
async fn the_requests_are_those_of_a_public_client_with_pkce() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = begin(&entra).await;
    let url = attempt.url().clone();
    let (grant, _) = tokio::join!(attempt.finish(), open(url));
    grant.unwrap();

    let asked = entra.authorize_asked();
    assert_eq!(asked["client_id"], CLIENT);
    assert_eq!(asked["response_type"], "code");
    assert_eq!(asked["response_mode"], "query");
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["login_hint"], "priya.raman@contoso.com");
    assert!(asked["scope"].starts_with("openid profile offline_access https://graph.microsoft.com/"));
    let back = Url::parse(&asked["redirect_uri"]).unwrap();
    assert_eq!((back.host_str(), back.path()), (Some("localhost"), "/"));

    let token = &entra.tokens_asked()[0];
    assert_eq!(token["code"], CODE);
    assert_eq!(token["client_id"], CLIENT);
    assert_eq!(token["scope"], asked["scope"]);
    assert!(!token.contains_key("client_secret"));
}

#[tokio::test]
async fn every_login_has_its_own_state_challenge_and_port() {
    let entra = Entra::start().await;
    let one = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let two = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    for key in ["state", "code_challenge", "redirect_uri"] {
        assert_ne!(query(one.url(), key), query(two.url(), key), "{key}");
    }
    assert!(one.url().query_pairs().all(|(name, _)| name != "login_hint"));
}

#[tokio::test]
async fn a_stranger_changes_nothing_and_learns_nothing() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let back = way_back(&url);
    let person = async {
        let forged = |query: &str| back.join(&format!("/?{query}")).unwrap();
        let wrong = open(forged("code=stolen&state=guessed")).await;
        assert_eq!(wrong.status, 400);
        assert!(wrong.page.contains("not the login that ConnectPath Teams is waiting for"));
        assert_eq!(open(forged("code=stolen&state=")).await.status, 400);
        assert_eq!(open(forged("error=access_denied&state=guessed")).await.status, 400);
        assert_eq!(open(forged("code=stolen")).await.status, 400);
        assert_eq!(open(back.join("/favicon.ico").unwrap()).await.status, 404);
        assert_eq!(open(back.clone()).await.status, 404);
        let mut silent = Vec::new();
        for _ in 0..20 {
            silent.push(TcpStream::connect(("127.0.0.1", back.port().unwrap())).await.unwrap());
        }
        let mut noise = TcpStream::connect(("127.0.0.1", back.port().unwrap())).await.unwrap();
        noise.write_all(b"\x16\x03\x01 no request\r\n\r\n").await.unwrap();
        let mut response = String::new();
        noise.read_to_string(&mut response).await.unwrap();
        assert!(response.starts_with("HTTP/1.1 400"));
        assert!(entra.tokens_asked().is_empty(), "no code of a stranger is exchanged");
        (open(url).await, silent)
    };
    let (grant, (shown, _silent)) = tokio::join!(attempt.finish(), person);
    assert!(grant.is_ok());
    assert_eq!(shown.status, 200);
    assert_eq!(entra.tokens_asked().len(), 1);
}

#[tokio::test]
async fn an_answer_is_taken_once() {
    let entra = Entra::start().await;
    entra.then(200, &granted("r"));
    entra.hold_tokens();
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (mut again, state) = (way_back(&url), query(&url, "state"));
    again.query_pairs_mut().append_pair("code", CODE).append_pair("state", &state);
    let second_visit = async {
        while entra.tokens_asked().is_empty() {
            tokio::task::yield_now().await;
        }
        let second = open(again).await;
        entra.release_tokens();
        second
    };
    let (grant, first, second) = tokio::join!(attempt.finish(), open(url), second_visit);
    assert!(grant.is_ok());
    assert_eq!((first.status, second.status), (200, 410));
    assert!(second.page.contains("already used"));
    assert_eq!(entra.tokens_asked().len(), 1);
}

#[tokio::test]
async fn a_cancelled_login_is_reported_to_both_sides() {
    let entra = Entra::start().await;
    entra.refuses("error=access_denied&error_subcode=cancel");
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (result, shown) = tokio::join!(attempt.finish(), open(url));
    let error = result.unwrap_err();
    assert_eq!(error.class(), Class::Cancelled);
    assert!(!error.erases_refresh_token());
    assert!(shown.page.contains("You are not logged in.") && shown.page.contains("cancelled"));
    assert!(entra.tokens_asked().is_empty());
}

#[tokio::test]
async fn what_entra_says_on_the_redirect_is_kept_as_details_only() {
    let entra = Entra::start().await;
    entra.refuses(
        "error=consent_required&error_description=AADSTS90094%3a+The+grant+requires+admin+permission.+Correlation+ID%3a\
         +94fb3b52-452a+Timestamp&admin_consent=True",
    );
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (result, shown) = tokio::join!(attempt.finish(), open(url));
    let error = result.unwrap_err();
    assert_eq!(error.class(), Class::Consent);
    let details = error.details().unwrap();
    assert_eq!((details.error.as_str(), details.codes.as_slice()), ("consent_required", &[90_094][..]));
    assert_eq!(details.correlation_id.as_deref(), Some("94fb3b52-452a"));
    assert!(!error.to_string().contains("90094") && !shown.page.contains("90094"));
}

#[tokio::test]
async fn a_refused_code_has_its_class_and_its_page() {
    let table = [
        (400, refused("invalid_grant", None, 54_005), Class::SignInAgain, "check again that it is you"),
        (
            400,
            refused("invalid_grant", Some("basic_action"), 50_076),
            Class::AnotherCheck,
            "check again that it is you",
        ),
        (400, refused("invalid_grant", None, 53_003), Class::Blocked, "Ask your administrator"),
        (401, refused("invalid_client", None, 7_000_218), Class::SecretMissing, "Tell your administrator"),
        (400, refused("unauthorized_client", None, 700_016), Class::UnknownApp, "Tell your administrator"),
        (503, json!({ "error": "temporarily_unavailable" }), Class::Transient, "in a few minutes"),
        (429, json!({}), Class::Transient, "in a few minutes"),
    ];
    let entra = Entra::start().await;
    for (status, body, class, words) in table {
        entra.then(status, &body);
        let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
        let url = attempt.url().clone();
        let (result, shown) = tokio::join!(attempt.finish(), open(url));
        assert_eq!(result.unwrap_err().class(), class, "{body}");
        assert!(shown.page.contains(words), "{class:?}");
    }
}

#[tokio::test]
async fn a_sign_in_service_that_is_away_is_unreachable() {
    let away = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap()
    };
    let attempt = sign_in(away).begin(LoginOptions::default()).await.unwrap();
    let (mut back, state) = (way_back(attempt.url()), query(attempt.url(), "state"));
    back.query_pairs_mut().append_pair("code", "c-o-d-e").append_pair("state", &state);
    let (result, shown) = tokio::join!(attempt.finish(), open(back));
    let error = result.unwrap_err();
    assert_eq!(error.class(), Class::Unreachable);
    assert!(!error.to_string().contains("c-o-d-e"));
    assert!(shown.page.contains("could not reach Microsoft"));
}

#[tokio::test(start_paused = true)]
async fn a_browser_that_never_comes_back_ends_the_login() {
    let entra = Entra::start().await;
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let began = tokio::time::Instant::now();
    assert_eq!(attempt.finish().await.unwrap_err(), SignInError::NoAnswer);
    assert_eq!(began.elapsed().as_secs(), 600);
}

#[tokio::test]
async fn a_dropped_login_closes_its_port() {
    let entra = Entra::start().await;
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let port = way_back(attempt.url()).port().unwrap();
    assert!(TcpStream::connect(("127.0.0.1", port)).await.is_ok());
    let waiting = tokio::spawn(attempt.finish());
    tokio::task::yield_now().await;
    waiting.abort();
    assert!(waiting.await.unwrap_err().is_cancelled());
    for _ in 0..1000 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return;
        }
        tokio::task::yield_now().await;
    }
    panic!("the port is still open");
}
