//! Refreshes: rotation, the ends of an authorization, and answers that cannot be used.

use std::time::Duration;

use net::RetryAfter;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use signin::{Class, Gateway, SignInError};

use crate::server::{CLIENT, Entra, granted, refused};

async fn refresh(entra: &Entra) -> Result<signin::Grant, SignInError> {
    entra.sign_in().refresh(&SecretString::from("old-refresh-token"), None).await
}

#[tokio::test]
async fn a_rotated_refresh_token_replaces_the_old_one() {
    let entra = Entra::start().await;
    entra.then(200, &granted("new-refresh-token"));
    let grant = refresh(&entra).await.unwrap();
    assert_eq!(grant.refresh.unwrap().expose_secret(), "new-refresh-token");
    assert!(grant.id_token.is_some(), "each refresh returns a new one");
    assert_eq!(grant.who.unwrap().name, "Priya Raman");
    let asked = &entra.tokens_asked()[0];
    assert_eq!((asked["grant_type"].as_str(), asked["client_id"].as_str()), ("refresh_token", CLIENT));
    assert_eq!(asked["refresh_token"], "old-refresh-token");
    assert!(asked["scope"].contains("https://graph.microsoft.com/Presence.ReadWrite"));
    assert!(!asked.contains_key("client_secret"));
}

#[tokio::test]
async fn an_answer_without_a_new_refresh_token_or_an_identity_is_enough() {
    let entra = Entra::start().await;
    entra.then(200, &json!({ "token_type": "Bearer", "expires_in": 3600, "access_token": "a" }));
    let grant = refresh(&entra).await.unwrap();
    assert!(grant.refresh.is_none() && grant.who.is_none());
}

#[tokio::test]
async fn a_grant_lasts_a_minute_at_least() {
    let entra = Entra::start().await;
    for (said, life) in [(0, 60), (1, 60), (59, 60), (60, 60), (61, 61), (4500, 4500)] {
        entra.then(200, &json!({ "token_type": "Bearer", "expires_in": said, "access_token": "a" }));
        assert_eq!(refresh(&entra).await.unwrap().expires_in, Duration::from_secs(life), "{said}");
    }
}

#[tokio::test]
async fn a_service_in_trouble_may_ask_for_a_wait() {
    let asked = |seconds| Some(RetryAfter::new(Duration::from_secs(seconds)));
    let entra = Entra::start().await;
    for status in [429, 500, 503, 599] {
        for (header, retry_after) in
            [("17", asked(17)), ("0", asked(1)), ("86400", asked(86_400)), ("3.0", asked(3)), ("soon", None)]
        {
            entra.then_with(status, &[("retry-after", header)], "<html>try later</html>");
            let error = refresh(&entra).await.unwrap_err();
            assert_eq!(error, SignInError::Server { status, retry_after }, "{header}");
            assert_eq!((error.retry_after(), error.class()), (retry_after, Class::Transient));
        }
    }
    entra.then(400, &refused("invalid_grant", None, 50_173));
    assert_eq!(refresh(&entra).await.unwrap_err().retry_after(), None);
}

#[tokio::test]
async fn the_end_of_an_authorization_is_distinguished_from_a_temporary_failure() {
    let table: [(u16, Value, Class, bool); 8] = [
        (400, refused("invalid_grant", Some("token_expired"), 700_082), Class::SignInAgain, true),
        (400, refused("invalid_grant", None, 50_173), Class::SignInAgain, true),
        (400, refused("invalid_grant", Some("consent_required"), 65_001), Class::Unapproved, false),
        (400, refused("invalid_grant", None, 50_057), Class::Blocked, false),
        (400, refused("interaction_required", None, 50_076), Class::AnotherCheck, false),
        (400, refused("invalid_grant", None, 50_196), Class::TooOften, false),
        (401, refused("invalid_client", None, 7_000_222), Class::SecretExpired, false),
        (500, json!("oops"), Class::Transient, false),
    ];
    let entra = Entra::start().await;
    for (status, body, class, erases) in table {
        entra.then(status, &body);
        let error = refresh(&entra).await.unwrap_err();
        assert_eq!((error.class(), error.erases_refresh_token()), (class, erases), "{body}");
    }
}

#[tokio::test]
async fn numbers_for_support_stay_out_of_the_sentence() {
    let entra = Entra::start().await;
    entra.then(400, &refused("invalid_grant", None, 700_082));
    let error = refresh(&entra).await.unwrap_err();
    assert_eq!(error.to_string(), "the login was not completed: a new login is needed");
    let details = error.details().unwrap();
    assert_eq!(details.codes, [700_082]);
    assert_eq!(details.correlation_id.as_deref(), Some("94fb3b52-452a-4535-a601-69e0a90e3aa2"));
}

#[tokio::test]
async fn an_answer_that_cannot_be_used_is_malformed() {
    let json_type = "application/json";
    let endless = "x".repeat(1024 * 1024 + 1);
    let table = [
        (200, json_type, "{\"access_token\":\"leaked\""),
        (200, json_type, "{\"access_token\":\"leaked\",\"token_type\":\"pop\"}"),
        (200, json_type, "{\"access_token\":\"\",\"token_type\":\"Bearer\"}"),
        (200, json_type, ""),
        (200, json_type, &endless),
    ];
    let entra = Entra::start().await;
    for (status, kind, body) in table {
        entra.then_raw(status, kind, body);
        let error = refresh(&entra).await.unwrap_err();
        assert_eq!(error, SignInError::Malformed, "{status} {kind}");
        assert!(!format!("{error:?} {error}").contains("leaked"));
    }
}

#[tokio::test]
async fn an_answer_of_something_on_the_way_is_named_is_temporary_and_may_ask_for_a_wait() {
    let html = "text/html";
    let json_type = "application/json";
    let table = [
        (200, html, "<html>Log in to the hotel</html>", Gateway::NetworkLogin),
        (302, html, "", Gateway::NetworkLogin),
        (511, html, "<html>Log in to the hotel</html>", Gateway::NetworkLogin),
        (403, html, "<html>blocked by the proxy</html>", Gateway::Proxy),
        (407, html, "", Gateway::Proxy),
        (400, json_type, "[]", Gateway::Proxy),
        (403, json_type, "{\"error\":\"access_denied\",\"message\":\"blocked\"}", Gateway::Proxy),
        (200, json_type, "{\"error\":\"invalid_grant\"}", Gateway::Proxy),
    ];
    let entra = Entra::start().await;
    for (status, kind, body, by) in table {
        entra.then_with(status, &[("content-type", kind), ("retry-after", "17")], body);
        let error = refresh(&entra).await.unwrap_err();
        let retry_after = Some(RetryAfter::new(Duration::from_secs(17)));
        assert_eq!(error, SignInError::Gateway { by, retry_after }, "{status} {body}");
        assert_eq!(error.retry_after(), retry_after);
        assert!(error.class().is_temporary() && !error.erases_refresh_token());
    }
}

/// Fields of an answer that have another value or are missing.
type Changes<'a> = &'a [(&'a str, Option<Value>)];

/// Answers that were seen, each with what it means.
#[tokio::test]
async fn odd_answers_are_taken_as_they_are_meant() {
    let entra = Entra::start().await;
    let usual = json!({
        "token_type": "Bearer", "scope": "openid profile offline_access https://graph.microsoft.com/User.Read",
        "expires_in": 3599, "ext_expires_in": 3599, "access_token": "example-access",
        "refresh_token": "example-refresh",
    });
    let table: [(Changes<'_>, u64, bool, bool); 9] = [
        (&[("expires_in", Some(json!("3599")))], 3599, true, true),
        (&[("expires_in", Some(json!(3599.0)))], 3599, true, true),
        (&[("expires_in", None)], 600, true, true),
        (&[("expires_in", Some(json!(-5)))], 60, true, true),
        (&[("expires_in", Some(json!(u64::MAX)))], 86_400, true, true),
        (&[("token_type", None)], 3599, true, true),
        (&[("ext_expires_in", Some(json!("3599"))), ("not_before", Some(json!("1")))], 3599, true, true),
        (
            &[
                ("scope", Some(Value::Null)),
                ("refresh_token", Some(Value::Null)),
                ("id_token", Some(Value::Null)),
            ],
            3599,
            false,
            false,
        ),
        (&[("scope", Some(json!(""))), ("refresh_token", Some(json!("")))], 3599, false, false),
    ];
    for (changes, life, has_refresh, has_scope) in table {
        let mut body = usual.clone();
        for (name, value) in changes {
            match value {
                Some(value) => body[*name] = value.clone(),
                None => drop(body.as_object_mut().unwrap().remove(*name)),
            }
        }
        entra.then(200, &body);
        let grant = refresh(&entra).await.unwrap();
        assert_eq!(grant.access.expose_secret(), "example-access");
        assert_eq!((grant.expires_in.as_secs(), grant.refresh.is_some()), (life, has_refresh), "{changes:?}");
        // If the answer names no scopes, the requested ones count.
        assert_eq!(grant.granted.len(), if has_scope { 4 } else { 7 }, "{changes:?}");
    }
}

#[tokio::test]
async fn a_refresh_asks_for_what_was_granted_and_for_everything_if_that_is_not_known() {
    let entra = Entra::start().await;
    let token = SecretString::from("old-refresh-token");
    let granted = ["openid", "profile", "user.read", "Presence.Read.All"].map(str::to_owned);
    let asked = async |granted: Option<&[String]>| {
        entra.then(200, &json!({ "access_token": "a" }));
        let sign_in = granted.map_or_else(|| entra.sign_in(), |granted| entra.sign_in().for_granted(granted));
        let grant = sign_in.refresh(&token, None).await.unwrap();
        (entra.tokens_asked().last().unwrap()["scope"].clone(), grant.granted.join(" "))
    };
    let narrow = "openid profile offline_access https://graph.microsoft.com/Presence.Read.All \
                  https://graph.microsoft.com/User.Read";
    assert_eq!(asked(Some(&granted)).await, (narrow.to_owned(), narrow.to_owned()));
    assert!(asked(None).await.0.contains("Presence.ReadWrite"));
}

#[tokio::test]
async fn a_network_that_is_down_keeps_the_refresh_token() {
    let entra = Entra::start().await;
    let sign_in = entra.sign_in();
    drop(entra);
    let mut error = sign_in.refresh(&SecretString::from("old-refresh-token"), None).await.unwrap_err();
    // The server may still be closing.
    for _ in 0..1000 {
        if error.class() == Class::Unreachable {
            break;
        }
        tokio::task::yield_now().await;
        error = sign_in.refresh(&SecretString::from("old-refresh-token"), None).await.unwrap_err();
    }
    assert_eq!(error.class(), Class::Unreachable);
    assert!(!error.erases_refresh_token());
    assert!(!error.to_string().contains("old-refresh-token"));
}

#[tokio::test]
async fn only_entra_says_that_there_is_no_such_tenant() {
    let entra = Entra::start().await;
    let json = "application/json; charset=utf-8";
    let page = "<html>Blocked</html>";
    for (status, kind, body, by) in [
        (200, json, r#"{"status":"blocked"}"#, Gateway::Proxy),
        (200, json, r#"{"error":"blocked"}"#, Gateway::Proxy),
        (200, json, r#"{"error":"invalid_tenant","error_codes":[90002]}"#, Gateway::Proxy),
        (403, json, r#"{"error":"access_denied","message":"Category: web mail"}"#, Gateway::Proxy),
        (400, json, "{}", Gateway::Proxy),
        (403, "text/html", page, Gateway::Proxy),
        (200, "text/html", page, Gateway::NetworkLogin),
        (302, "text/html", "", Gateway::NetworkLogin),
    ] {
        entra.then_raw(status, kind, body);
        let error = entra.sign_in().tenant().await.unwrap_err();
        assert_eq!(error, SignInError::Gateway { by, retry_after: None }, "{status} {body}");
    }
    entra.then_raw(400, json, r#"{"error":"invalid_tenant","error_codes":[90002]}"#);
    assert!(matches!(entra.sign_in().tenant().await, Err(SignInError::Refused { .. })));
    let known = r#"{"token_endpoint":"https://login.example/t/oauth2/v2.0/token"}"#;
    entra.then_raw(200, json, known);
    assert_eq!(entra.sign_in().tenant().await.unwrap().host_str(), Some("login.example"));
}
