//! Temporary keys for an ID token, and every way in which STS refuses one.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sandbox::{Endpoint, Fault, Provider, Role, StatusCode, Unwilling};
use serde_json::{Value, json};

use super::{ROLE, ask_sts, assume, part, text};
use crate::app::{App, EVERYTHING, answer};

async fn id_token(app: &App) -> String {
    app.sign_in(EVERYTHING).await["id_token"].as_str().unwrap().to_owned()
}

fn code((status, xml): &(u16, String)) -> (u16, &str) {
    (*status, text(xml, "Code"))
}

#[tokio::test]
async fn an_id_token_yields_keys_for_as_long_as_was_asked_and_at_most_for_what_the_role_allows() {
    let app = App::start(0).await;
    let token = id_token(&app).await;
    let (status, xml) = assume(&app, &token).await;
    assert_eq!(status, 200, "{xml}");
    assert!(text(&xml, "AccessKeyId").starts_with("ASIA") && text(&xml, "AccessKeyId").len() == 20);
    assert_eq!(text(&xml, "SecretAccessKey").len(), 40);
    assert_eq!(
        text(&xml, "Arn"),
        "arn:aws:sts::123456789012:assumed-role/ConnectPathDesk/priya.raman@contoso.com"
    );
    assert_eq!(text(&xml, "Audience"), app.client_id);
    let expires: jiff::Timestamp = text(&xml, "Expiration").parse().unwrap();
    let lasts = expires.duration_since(app.sandbox.world().now()).as_secs();
    assert!((3590..=3600).contains(&lasts), "{lasts}");
    for (seconds, wanted) in [("900", 200), ("899", 400), ("3601", 400), ("soon", 400)] {
        let answer = ask_sts(&app, &[("WebIdentityToken", &token), ("DurationSeconds", seconds)]).await;
        assert_eq!(answer.0, wanted, "{seconds}: {}", answer.1);
    }
}

#[tokio::test]
async fn entra_signs_with_the_keys_that_it_publishes_and_continues_after_a_rotation() {
    let app = App::start(0).await;
    let token = id_token(&app).await;
    let (_, document) = answer(app.http.get(app.login("../../v2.0/.well-known/openid-configuration"))).await;
    let keys = async || answer(app.http.get(document["jwks_uri"].as_str().unwrap())).await.1["keys"].clone();
    let header = |token: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap()).unwrap()
    };
    let published = keys().await;
    assert_eq!((&header(&token)["alg"], &header(&token)["kid"]), (&json!("RS256"), &published[0]["kid"]));
    assert!(!published[0]["n"].as_str().unwrap().is_empty());

    app.must("entra/rotate", json!({})).await;
    let later = id_token(&app).await;
    assert_ne!(header(&later)["kid"], header(&token)["kid"]);
    assert_eq!(keys().await.as_array().unwrap().len(), 2);
    for token in [&token, &later] {
        assert_eq!(assume(&app, token).await.0, 200);
    }
    app.must("entra/rotate", json!({})).await;
    assert_eq!(code(&assume(&app, &token).await), (400, "InvalidIdentityToken"), "its key is gone");
    assert_eq!(assume(&app, &later).await.0, 200);
}

#[tokio::test]
async fn a_token_that_proves_nothing_is_refused_by_name() {
    let app = App::start(0).await;
    let token = id_token(&app).await;
    let parts: Vec<&str> = token.split('.').collect();
    let mut claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(parts[1]).unwrap()).unwrap();
    let unsigned = format!("{}.{}.", part(&json!({ "alg": "none", "typ": "JWT" })), parts[1]);
    claims["sub"] = json!("somebody else");
    let forged = format!("{}.{}.{}", parts[0], part(&claims), parts[2]);
    claims["iss"] = json!("https://login.microsoftonline.com/common/v2.0");
    let foreign = format!("{}.{}.{}", parts[0], part(&claims), parts[2]);
    for (token, says) in [
        ("not.a.token", "not a valid JWT"),
        ("opaque", "not a valid JWT"),
        (&unsigned, "none"),
        (&forged, "signature"),
        (&foreign, "No OpenIDConnect provider found in your account for https://login.microsoftonline.com"),
    ] {
        let answer = assume(&app, token).await;
        assert_eq!(code(&answer), (400, "InvalidIdentityToken"), "{}", answer.1);
        assert!(answer.1.contains(says), "{}", answer.1);
    }
    app.sandbox.world().set_stranger(true);
    let stranger = id_token(&app).await;
    assert_eq!(
        code(&assume(&app, &stranger).await),
        (400, "InvalidIdentityToken"),
        "another tenant's issuer"
    );
    app.sandbox.world().let_pass(Duration::from_secs(75 * 60));
    assert_eq!(code(&assume(&app, &token).await), (400, "ExpiredTokenException"));
}

#[tokio::test]
async fn what_the_account_does_not_trust_gets_no_keys() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let token = id_token(&app).await;
    let provider = |provider: Provider| world.set_provider(provider);
    provider(Provider { audiences: vec!["another".to_owned()], ..Provider::default() });
    let refused = assume(&app, &token).await;
    assert_eq!(
        (code(&refused), text(&refused.1, "Message")),
        ((400, "InvalidIdentityToken"), "Incorrect token audience")
    );
    // A slash at the end is another provider.
    let url = format!("{}login/{}/v2.0/", app.sandbox.microsoft(), app.tenant);
    provider(Provider { url: Some(url), ..Provider::default() });
    assert_eq!(code(&assume(&app, &token).await), (400, "InvalidIdentityToken"));
    for (unwilling, status, name) in [
        (Unwilling::IdpAway, 400, "IDPCommunicationError"),
        (Unwilling::IdpRejects, 403, "IDPRejectedClaim"),
        (Unwilling::RegionDisabled, 403, "RegionDisabledException"),
    ] {
        provider(Provider { unwilling: Some(unwilling), ..Provider::default() });
        assert_eq!(code(&assume(&app, &token).await), (status, name));
    }
    provider(Provider::default());
    world.set_role(Role { name: "AnotherDesk".to_owned(), ..Role::default() });
    assert_eq!(code(&assume(&app, &token).await), (403, "AccessDenied"));
    let other = ROLE.replace("ConnectPathDesk", "AnotherDesk");
    assert_eq!(ask_sts(&app, &[("WebIdentityToken", &token), ("RoleArn", &other)]).await.0, 200);
    assert_eq!(world.overview().account.sessions, 1);
}

#[tokio::test]
async fn a_malformed_form_is_a_validation_error() {
    let app = App::start(0).await;
    let token = id_token(&app).await;
    let token = ("WebIdentityToken", token.as_str());
    for (with, status, name) in [
        (("RoleSessionName", "a b"), 400, "ValidationError"),
        (("RoleSessionName", ""), 400, "ValidationError"),
        (("RoleArn", "ConnectPathDesk"), 400, "ValidationError"),
        (("Action", ""), 400, "MissingAction"),
        (("Action", "AssumeRole"), 403, "MissingAuthenticationToken"),
        (("Action", "Dance"), 400, "InvalidAction"),
        (("Version", "2017-08-08"), 400, "InvalidAction"),
    ] {
        assert_eq!(code(&ask_sts(&app, &[token, with]).await), (status, name), "{with:?}");
    }
    assert_eq!(code(&ask_sts(&app, &[]).await), (400, "ValidationError"), "no token at all");
}

#[tokio::test]
async fn sts_has_faults_of_its_own() {
    let app = App::start(0).await;
    let world = app.sandbox.world();
    let token = id_token(&app).await;
    world.set_fault(Endpoint::Everything, Fault::refusal(StatusCode::BAD_GATEWAY));
    assert_eq!(assume(&app, &token).await.0, 200, "everything of Microsoft is not AWS");
    for (status, name) in [
        (StatusCode::TOO_MANY_REQUESTS, "Throttling"),
        (StatusCode::INTERNAL_SERVER_ERROR, "InternalFailure"),
        (StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable"),
    ] {
        world.set_fault(Endpoint::Sts, Fault::refusal(status));
        assert_eq!(code(&assume(&app, &token).await), (status.as_u16(), name));
    }
    let requests = world.overview().requests;
    assert_eq!((requests[&Endpoint::Sts], requests[&Endpoint::ConnectApi]), (4, 0));
}
