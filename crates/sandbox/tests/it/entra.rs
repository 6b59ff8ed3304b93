//! Sign-in through the real pages, and the errors of the token endpoint.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::app::{App, EVERYTHING};

#[tokio::test]
async fn a_sign_in_through_the_page_yields_tokens_that_name_the_person() {
    let app = App::start(3).await;
    let tokens = app.sign_in(EVERYTHING).await;
    assert_eq!(tokens["expires_in"], 4500);
    assert!(tokens["scope"].as_str().unwrap().contains("https://graph.microsoft.com/User.Read.All"));
    let claims = tokens["id_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["preferred_username"], "priya.raman@contoso.com");
    assert_eq!((&claims["aud"], &claims["tid"]), (&json!(app.client_id), &json!(app.tenant)));
    assert_eq!(claims["nonce"], "the nonce");
    assert_eq!(app.sandbox.world().overview().sign_ins, 1);
}

#[tokio::test]
async fn a_code_that_is_used_twice_or_with_another_verifier_is_an_invalid_grant() {
    let app = App::start(0).await;
    let (redirect, code) = app.code(EVERYTHING).await;
    let (status, error) = app.redeem(&redirect, &code, "not-the-verifier").await;
    assert_eq!(
        (status, &error["error"], &error["error_codes"][0]),
        (400, &json!("invalid_grant"), &json!(501_481))
    );
    let (_, error) = app.redeem(&redirect, &code, "not-the-verifier").await;
    assert_eq!(error["error_codes"][0], 54_005);
    assert!(error["error_description"].as_str().unwrap().starts_with("AADSTS54005: "));
    assert!(error["trace_id"].is_string() && error["correlation_id"].is_string());
}

#[tokio::test]
async fn refresh_tokens_rotate_until_they_are_revoked() {
    let app = App::start(0).await;
    let first = app.sign_in(EVERYTHING).await["refresh_token"].as_str().unwrap().to_owned();
    let (status, second) = app.refresh(&first).await;
    assert_eq!(status, 200);
    assert_ne!(second["refresh_token"], json!(first));
    let access = second["access_token"].as_str().unwrap();
    assert_eq!(app.get(access, "me").send().await.unwrap().status(), 200);

    app.must("entra/expire", json!({})).await;
    assert_eq!(app.get(access, "me").send().await.unwrap().status(), 401);
    assert_eq!(app.refresh(&first).await.0, 200);

    app.must("entra/revoke", json!({})).await;
    let (status, error) = app.refresh(&first).await;
    assert_eq!((status, &error["error_codes"][0]), (400, &json!(50_173)));
    assert_eq!(app.sandbox.world().overview().refreshes, 2);
}

#[tokio::test]
async fn a_public_client_that_sends_a_secret_is_refused() {
    let app = App::start(0).await;
    let form = [
        ("client_id", app.client_id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", "x"),
        ("client_secret", "s"),
    ];
    let (status, error) = app.token(&form).await;
    assert_eq!(
        (status, &error["error"], &error["error_codes"][0]),
        (401, &json!("invalid_client"), &json!(700_025))
    );
}

#[tokio::test]
async fn cancel_comes_back_as_access_denied() {
    let app = App::start(0).await;
    let authorize = app.authorize("http://localhost:4321/", EVERYTHING);
    let press = app.http.post(authorize).form(&[("answer", "cancel")]).send().await.unwrap();
    assert_eq!(press.status(), 302);
    let location = press.headers()["location"].to_str().unwrap();
    assert!(
        location.starts_with("http://localhost:4321/?error=access_denied&error_subcode=cancel&"),
        "{location}"
    );
    assert!(location.ends_with("&state=the+state"), "{location}");
}

#[tokio::test]
async fn a_foreign_redirect_is_reported_on_a_page_and_never_followed() {
    let app = App::start(0).await;
    let authorize = app.authorize("https://example.com/<script>", EVERYTHING);
    let page = app.http.get(authorize.clone()).send().await.unwrap();
    assert_eq!(page.status(), 400);
    let text = page.text().await.unwrap();
    assert!(text.contains("AADSTS50011") && text.contains("&lt;script&gt;") && !text.contains("<script>"));
    let refused = sandbox::sign_in(&app.http, &authorize).await.unwrap_err();
    assert!(
        refused.to_string().starts_with("The sign-in page refused the request: AADSTS50011: "),
        "{refused}"
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_trusted_request_goes_back_to_the_application() {
    let app = App::start(0).await;
    for (with, error) in [("Mail.Read", "invalid_scope"), ("", "invalid_scope")] {
        let page = app.http.get(app.authorize("http://localhost:4321/", with)).send().await.unwrap();
        let location = page.headers()["location"].to_str().unwrap().to_owned();
        assert!(location.contains(&format!("error={error}")), "{location}");
    }
}

#[tokio::test]
async fn a_person_who_is_sent_back_with_an_error_has_not_signed_in() {
    let app = App::start(0).await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let redirect = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
    let authorize = app.authorize(&redirect, "Mail.Read");
    let heard = async {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 4096];
        let read = stream.read(&mut request).await.unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await.unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    };
    let (signed_in, request) = tokio::join!(sandbox::sign_in(&app.http, &authorize), heard);
    assert!(request.starts_with("GET /?error=invalid_scope&"), "{request}");
    assert!(matches!(signed_in, Err(sandbox::SignInError::Refused(_))));
}

#[tokio::test]
async fn entra_refuses_in_the_words_of_its_documentation() {
    let app = App::start(0).await;
    let token = app.sign_in(EVERYTHING).await["refresh_token"].as_str().unwrap().to_owned();
    for (refusal, status, error, code) in [
        ("secondFactor", 400, "interaction_required", 50_076),
        ("notAssigned", 400, "access_denied", 50_105),
        ("disabled", 400, "invalid_grant", 50_057),
        ("blocked", 400, "access_denied", 53_003),
        ("unknownApplication", 400, "unauthorized_client", 700_016),
        ("otherCloud", 400, "invalid_request", 900_432),
        ("elsewhere", 400, "interaction_required", 90_072),
        ("guestDisabled", 400, "invalid_grant", 500_571),
        ("noConsent", 400, "invalid_grant", 65_001),
        ("noResource", 400, "invalid_grant", 500_011),
        ("tooLong", 400, "invalid_request", 90_015),
        ("loop", 400, "invalid_grant", 50_196),
        ("unavailable", 503, "temporarily_unavailable", 90_033),
    ] {
        app.must("entra/refuse", json!(refusal)).await;
        let (answered, body) = app.refresh(&token).await;
        assert_eq!(
            (answered, &body["error"], &body["error_codes"][0]),
            (status, &json!(error), &json!(code)),
            "{refusal}"
        );
        assert_eq!(body["claims"].is_string(), refusal == "secondFactor");
    }
    app.must("entra/refuse", json!(null)).await;
    assert_eq!(app.refresh(&token).await.0, 200);
}

#[tokio::test]
async fn a_refusal_on_the_sign_in_page_goes_back_to_the_application() {
    let app = App::start(0).await;
    let authorize = app.authorize("http://localhost:4321/", EVERYTHING);
    for (refusal, error) in [
        ("adminConsent", "consent_required&error_description=AADSTS90094"),
        ("guest", "access_denied&error_description=AADSTS50020"),
        ("elsewhere", "interaction_required&error_description=AADSTS90072"),
        ("notRequired", "invalid_client&error_description=AADSTS650057"),
    ] {
        app.must("entra/refuse", json!(refusal)).await;
        let press = app.http.post(authorize.clone()).form(&[("answer", "sign-in")]).send().await.unwrap();
        let location = press.headers()["location"].to_str().unwrap();
        assert!(location.contains(&format!("?error={error}")), "{location}");
    }
}

#[tokio::test]
async fn an_id_token_may_be_odd() {
    let app = App::start(0).await;
    let claims = |tokens: &Value| {
        let token = tokens["id_token"].as_str().unwrap();
        let part = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        serde_json::from_slice::<Value>(&part).unwrap()
    };
    let usual = claims(&app.sign_in(EVERYTHING).await);
    for (oddity, field, expected) in [
        ("emailOnly", "email", Some("priya.raman@contoso.com")),
        ("emailOnly", "preferred_username", None),
        ("uniqueNameOnly", "unique_name", Some("live.com#priya.raman@contoso.com")),
        ("guest", "preferred_username", Some("priya.raman_contoso.com#EXT#@contoso.onmicrosoft.com")),
        ("nameless", "preferred_username", None),
        ("nobody", "oid", None),
    ] {
        app.must("entra/id-token", json!(oddity)).await;
        let odd = claims(&app.sign_in(EVERYTHING).await);
        assert_eq!(odd.get(field).and_then(Value::as_str), expected, "{oddity}");
    }
    app.must("entra/id-token", json!("otherPerson")).await;
    assert_ne!(claims(&app.sign_in(EVERYTHING).await)["oid"], usual["oid"]);
}

#[tokio::test]
async fn what_was_not_approved_of_may_be_left_out_of_a_grant() {
    let app = App::start(0).await;
    app.must("entra/approve", json!({ "on": false })).await;
    app.must("entra/less", json!({ "on": true })).await;
    let tokens = app.sign_in(EVERYTHING).await;
    assert!(!tokens["scope"].as_str().unwrap().contains("User.Read.All"), "{}", tokens["scope"]);
    assert_eq!(app.refresh(tokens["refresh_token"].as_str().unwrap()).await.0, 200);
}

#[tokio::test]
async fn what_only_an_administrator_grants_comes_after_the_approval() {
    let app = App::start(0).await;
    app.must("entra/approve", json!({ "on": false })).await;
    let authorize = app.authorize("http://localhost:4321/", EVERYTHING);
    let press = app.http.post(authorize).form(&[("answer", "sign-in")]).send().await.unwrap();
    assert!(press.headers()["location"].to_str().unwrap().contains("AADSTS90094"));

    let token = app.sign_in("openid profile offline_access User.Read").await["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let wider = [
        ("client_id", app.client_id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str()),
        ("scope", "openid profile offline_access User.Read User.Read.All"),
    ];
    let (status, error) = app.token(&wider).await;
    assert_eq!((status, &error["error_codes"][0]), (400, &json!(65_001)));
    app.must("entra/approve", json!({ "on": true })).await;
    let (status, tokens) = app.token(&wider).await;
    assert_eq!(status, 200);
    assert!(tokens["scope"].as_str().unwrap().contains("User.Read.All"));
}

#[tokio::test]
async fn a_confidential_registration_wants_its_secret() {
    let app = App::start(0).await;
    app.must("entra/secret", json!({ "secret": "right", "roles": ["Presence.ReadWrite.All"] })).await;
    let form = |secret: &'static str| {
        [
            ("client_id", app.client_id.clone()),
            ("grant_type", "client_credentials".to_owned()),
            ("scope", "https://graph.microsoft.com/.default".to_owned()),
            ("client_secret", secret.to_owned()),
        ]
    };
    let ask = async |secret| {
        let form = form(secret);
        let form: Vec<(&str, &str)> = form.iter().map(|(key, value)| (*key, value.as_str())).collect();
        app.token(&form).await
    };
    assert_eq!(ask("wrong").await.1["error_codes"][0], 7_000_215);
    let (status, tokens) = ask("right").await;
    assert_eq!((status, tokens.get("refresh_token")), (200, None));
    let claims = tokens["access_token"].as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).unwrap()).unwrap();
    assert_eq!(claims["roles"], json!(["Presence.ReadWrite.All"]));
    assert_eq!(app.refresh("any").await.1["error_codes"][0], 7_000_218);
    app.must("entra/secret", json!({ "secret": "right", "expires": "2020-01-01T00:00:00Z" })).await;
    assert_eq!(ask("right").await.1["error_codes"][0], 7_000_222);
}

#[tokio::test]
async fn a_challenge_of_graph_is_met_by_a_sign_in_with_its_claims() {
    let app = App::start(0).await;
    let tokens = app.sign_in(EVERYTHING).await;
    let (access, refresh) =
        (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    app.must("entra/challenge", json!({ "on": true })).await;
    let refused = app.get(access, "me").send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let challenge = refused.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.contains("error=\"insufficient_claims\", claims=\""), "{challenge}");
    let form = [
        ("client_id", app.client_id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("claims", "{}"),
    ];
    assert_eq!(app.token(&form).await.1["error"], "interaction_required");
}
