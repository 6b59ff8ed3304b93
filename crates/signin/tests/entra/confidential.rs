//! A registration with a client secret: the secret is sent, and checked once before.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;
use serde_json::{Value, json};
use signin::{Class, LoginOptions, SignIn, SignInError};

use crate::{
    browser::open,
    server::{Entra, granted, refused},
};

const SECRET: &str = "the~client~secret";

fn confidential(entra: &Entra) -> SignIn {
    entra.sign_in().with_secret(Some(SecretString::from(SECRET)))
}

/// The app-only token of a registration with these application permissions.
fn app_only(roles: &Value) -> Value {
    let claims = json!({ "aud": "https://graph.microsoft.com", "idtyp": "app", "roles": roles });
    let token = format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims.to_string()));
    json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": token })
}

#[tokio::test]
async fn the_secret_is_sent_and_its_permissions_are_checked_once() {
    let entra = Entra::start().await;
    entra.then(200, &app_only(&json!([])));
    entra.then(200, &granted("r"));
    entra.then(200, &granted("r"));
    let sign_in = confidential(&entra);
    let attempt = sign_in.begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    assert!(!url.as_str().contains("secret"), "{url}");
    let (grant, _) = tokio::join!(attempt.finish(), open(url));
    sign_in.refresh(&grant.unwrap().refresh.unwrap(), None).await.unwrap();
    let asked = entra.tokens_asked();
    let kinds: Vec<_> = asked.iter().map(|asked| asked["grant_type"].as_str()).collect();
    assert_eq!(kinds, ["client_credentials", "authorization_code", "refresh_token"]);
    assert!(asked.iter().all(|asked| asked["client_secret"] == SECRET));
    assert_eq!(asked[0]["scope"], "https://graph.microsoft.com/.default");
}

#[tokio::test]
async fn a_secret_with_application_permissions_stops_login_and_refresh() {
    let entra = Entra::start().await;
    let sign_in = confidential(&entra);
    entra.then(200, &app_only(&json!(["Presence.ReadWrite.All"])));
    let error = sign_in.begin(LoginOptions::default()).await.unwrap_err();
    assert_eq!((&error, error.class()), (&SignInError::AppPermissions, Class::AppPermissions));
    // Checked again: the administrator may have removed the permissions since.
    entra.then(200, &app_only(&json!(["Presence.ReadWrite.All"])));
    let refreshed = sign_in.refresh(&SecretString::from("r"), None).await;
    assert_eq!(refreshed.unwrap_err(), SignInError::AppPermissions);
    assert_eq!(entra.tokens_asked().len(), 2, "no refresh token was sent");
}

#[tokio::test]
async fn a_secret_that_is_wrong_or_expired_is_reported_before_the_browser_opens() {
    let entra = Entra::start().await;
    for (code, class) in [(7_000_215, Class::SecretWrong), (7_000_222, Class::SecretExpired)] {
        entra.then(401, &refused("invalid_client", None, code));
        let error = confidential(&entra).begin(LoginOptions::default()).await.unwrap_err();
        assert_eq!(error.class(), class);
        assert!(!format!("{error:?} {error}").contains(SECRET));
    }
}

#[tokio::test]
async fn an_app_only_token_that_says_nothing_is_not_trusted() {
    let entra = Entra::start().await;
    entra.then(200, &json!({ "token_type": "Bearer", "expires_in": 3599, "access_token": "opaque" }));
    assert_eq!(
        confidential(&entra).begin(LoginOptions::default()).await.unwrap_err(),
        SignInError::Malformed
    );
}
