//! Sign-in against an OpenID provider that is not ours and knows nothing about us: `tests/oidc`, from the npm package
//! `oidc-provider`. `cargo xtask test` installs it.

#![expect(clippy::unwrap_used, reason = "a test may end here")]

mod browser;
mod provider;

use secrecy::{ExposeSecret, SecretString};
use signin::{Class, Grant, LoginOptions, SignIn, SignInError};

use browser::{Browser, Choice};
use provider::{Provider, TENANT};

const PRIYA: &str = "priya.raman@contoso.com";

async fn log_in(sign_in: &SignIn, choice: Choice) -> (Result<Grant, SignInError>, String) {
    let attempt =
        sign_in.begin(LoginOptions { login_hint: Some(PRIYA), ..LoginOptions::default() }).await.unwrap();
    let url = attempt.url().clone();
    let mut browser = Browser::default();
    tokio::join!(attempt.finish(), browser.go(url, PRIYA, choice))
}

#[tokio::test]
async fn a_login_with_pkce_brings_tokens_and_says_who_it_is() {
    let provider = Provider::start();
    let (grant, page) = log_in(&provider.sign_in(), Choice::Agree).await;
    let grant = grant.unwrap();
    assert!(page.contains("You are logged in."), "{page}");
    assert_eq!(grant.expires_in.as_secs(), 3600);
    assert!(!grant.access.expose_secret().is_empty());
    assert!(grant.refresh.is_some(), "offline_access was granted");
    let who = grant.who.unwrap();
    assert_eq!((who.upn.as_str(), who.tenant_id.as_str(), who.name.as_str()), (PRIYA, TENANT, "Priya Raman"));
}

#[tokio::test]
async fn refresh_tokens_rotate_and_a_used_one_ends_the_authorization() {
    let provider = Provider::start();
    let sign_in = provider.sign_in();
    let first = log_in(&sign_in, Choice::Agree).await.0.unwrap().refresh.unwrap();
    let second = refreshed(&sign_in, &first).await;
    let third = refreshed(&sign_in, &second).await;
    assert_ne!(first.expose_secret(), second.expose_secret());
    assert_ne!(second.expose_secret(), third.expose_secret());

    // Somebody else used one of our tokens: nothing of this login is valid any more.
    let reused = sign_in.refresh(&first, None).await.unwrap_err();
    // Without Entra's number nothing is erased: the refusal could come from something on the way.
    assert_eq!((reused.class(), reused.erases_refresh_token()), (Class::SignInAgain, false));
    assert_eq!(sign_in.refresh(&third, None).await.unwrap_err().class(), Class::SignInAgain);
    assert!(log_in(&sign_in, Choice::Agree).await.0.is_ok(), "a new login helps");
}

#[tokio::test]
async fn who_turns_away_is_not_logged_in() {
    let provider = Provider::start();
    let (result, page) = log_in(&provider.sign_in(), Choice::Abort).await;
    let error = result.unwrap_err();
    assert_eq!(error.details().unwrap().error, "access_denied");
    assert!(page.contains("You are not logged in."), "{page}");
}

async fn refreshed(sign_in: &SignIn, token: &SecretString) -> SecretString {
    let grant = sign_in.refresh(token, None).await.unwrap();
    assert_eq!(grant.who.unwrap().upn, PRIYA);
    grant.refresh.unwrap()
}
