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
async fn a_foreign_redirect_is_told_on_a_page_and_never_followed() {
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
