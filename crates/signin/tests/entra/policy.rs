//! What Conditional Access and the tenant want beyond a login: claims, another account, only this tenant.

use secrecy::SecretString;
use serde_json::{Value, json};
use signin::{Claims, Class, LoginOptions, SignInError};

use crate::{
    browser::{open, query},
    server::{Entra, granted_to, refused},
};

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
const FABRIKAM: &str = "0d1e2f3a-2f5b-4b1e-9a51-0f3a6a1c2d3e";

#[tokio::test]
async fn a_claims_challenge_is_passed_on_to_the_next_login() {
    let entra = Entra::start().await;
    let mut refusal = refused("interaction_required", Some("basic_action"), 50_076);
    refusal["claims"] = Value::from(CLAIMS);
    entra.then(400, &refusal);
    let error = entra.sign_in().refresh(&SecretString::from("r"), None).await.unwrap_err();
    assert_eq!((error.class(), error.erases_refresh_token()), (Class::AnotherCheck, false));
    let claims = error.claims().unwrap();
    let attempt = entra
        .sign_in()
        .begin(LoginOptions { claims: Some(claims), ..LoginOptions::default() })
        .await
        .unwrap();
    assert_eq!(query(attempt.url(), "claims"), CLAIMS);
}

#[tokio::test]
async fn a_challenge_of_graph_is_passed_on_to_the_next_refresh() {
    let entra = Entra::start().await;
    entra.then(400, &json!({ "error": "interaction_required" }));
    let claims = Claims::from_json(CLAIMS).unwrap();
    let refused = entra.sign_in().refresh(&SecretString::from("r"), Some(&claims)).await;
    assert!(refused.is_err());
    assert_eq!(entra.tokens_asked()[0]["claims"], CLAIMS);
}

#[tokio::test]
async fn invalid_claims_are_ignored() {
    let entra = Entra::start().await;
    let mut refusal = refused("interaction_required", None, 50_076);
    refusal["claims"] = Value::from("no claims");
    entra.then(400, &refusal);
    let error = entra.sign_in().refresh(&SecretString::from("r"), None).await.unwrap_err();
    assert_eq!(error.claims(), None);
}

#[tokio::test]
async fn another_account_may_be_picked() {
    let entra = Entra::start().await;
    let wish = LoginOptions { other_account: true, ..LoginOptions::default() };
    let attempt = entra.sign_in().begin(wish).await.unwrap();
    assert_eq!(query(attempt.url(), "prompt"), "select_account");
}

#[tokio::test]
async fn somebody_of_another_tenant_is_refused_and_named_and_no_token_is_kept() {
    let entra = Entra::start().await;
    entra.then(200, &granted_to(FABRIKAM, "r"));
    let attempt = entra.sign_in().begin(LoginOptions::default()).await.unwrap();
    let url = attempt.url().clone();
    let (result, shown) = tokio::join!(attempt.finish(), open(url));
    let error = result.unwrap_err();
    assert_eq!(error, SignInError::OtherTenant { upn: "priya.raman@contoso.com".to_owned() });
    assert_eq!(error.class(), Class::OtherAccount);
    assert!(!error.to_string().contains("priya"), "{error}");
    assert!(shown.page.contains("does not belong to your organisation"));
    entra.then(200, &granted_to(FABRIKAM, "r"));
    let refreshed = entra.sign_in().refresh(&SecretString::from("r"), None).await;
    assert_eq!(refreshed.unwrap_err().class(), Class::OtherAccount);
}

#[tokio::test]
async fn a_tenant_that_is_configured_by_its_domain_may_have_any_id() {
    let entra = Entra::start().await;
    entra.then(200, &granted_to(FABRIKAM, "r"));
    let sign_in = entra.sign_in_to("fabrikam.example");
    let grant = sign_in.refresh(&SecretString::from("r"), None).await.unwrap();
    assert_eq!(grant.who.unwrap().tenant_id, FABRIKAM);
}
