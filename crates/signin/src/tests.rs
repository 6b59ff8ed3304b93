//! No type of this crate shows a secret when it is printed.

use std::fmt::Debug;

use oauth2::PkceCodeVerifier;
use secrecy::SecretString;
use url::Url;

use crate::{
    Claims, Grant, LoginOptions, Registration, Secret, SignIn, SignInError,
    redirect::{BrowserRequest, ExpectedLogin},
    refusal::Refusal,
};

const SECRET: &str = "s3cr3t-of-somebody";

fn secret() -> SecretString {
    SecretString::from(SECRET)
}

fn sign_in() -> SignIn {
    // Installing the provider twice fails harmlessly.
    drop(rustls::crypto::ring::default_provider().install_default());
    let registration = Registration {
        authority: Url::parse("http://127.0.0.1:1/").unwrap(),
        tenant: "contoso.com".to_owned(),
        client_id: "22553876-f5ab-4529-bffb-cfe50aa89f87".to_owned(),
        scopes: vec!["openid".to_owned()],
    };
    SignIn::new(reqwest::Client::new(), registration).with_secret(Some(secret()))
}

#[tokio::test]
async fn no_type_shows_a_secret() {
    let grant = Grant {
        access: secret(),
        expires_in: std::time::Duration::from_secs(1),
        refresh: Some(secret()),
        who: None,
        id_token: Some(crate::IdToken { text: secret(), expires: jiff::Timestamp::MAX }),
        granted: Vec::new(),
    };
    let refusal = Refusal {
        error: "invalid_grant".to_owned(),
        error_description: format!("AADSTS70008: the code {SECRET} has expired"),
        ..Refusal::default()
    };
    let error = SignInError::from(refusal);
    let begun = sign_in().begin(LoginOptions::default()).await.unwrap();
    let state = begun.url().query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let shown: [(&str, &dyn Debug); 9] = [
        ("Grant", &grant),
        ("SignIn", &sign_in()),
        ("Secret", &Secret::new(secret())),
        ("SignInError", &error),
        ("ExpectedLogin", &ExpectedLogin { state: secret(), port: 1 }),
        ("BrowserRequest", &BrowserRequest::Answer(Ok(secret()))),
        ("PkceCodeVerifier", &PkceCodeVerifier::new(SECRET.to_owned())),
        ("Claims", &Claims::from_json("{}")),
        ("Attempt", &begun),
    ];
    for (name, value) in shown {
        let (short, long) = (format!("{value:?}"), format!("{value:#?}"));
        assert!(!short.contains(SECRET) && !long.contains(SECRET), "{name}: {short}");
        assert!(!short.contains(&state), "{name}: {short}");
    }
    assert!(!error.to_string().contains(SECRET));
}
