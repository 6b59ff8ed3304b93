//! Answers of the token endpoint to a refresh. The first byte chooses the status.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use signin::{Grant, Registration, SignIn};
use url::Url;

use crate::{assert_sentence, service};

const REFRESH: &str = "a-refresh-token-that-nobody-may-see";

/// No grant lasts longer, whatever the answer says: a renewal is never more than a day away.
const LONGEST: Duration = Duration::from_hours(24);

pub(crate) fn run(bytes: &[u8]) {
    let answer = service::ask(bytes, |http| async move {
        let registration = Registration {
            authority: Url::parse(service::BASE).expect("an address"),
            tenant: "6f1c2a9e-0000-4000-8000-0123456789ab".to_owned(),
            client_id: "0a1b2c3d-0000-4000-8000-0123456789ab".to_owned(),
            scopes: vec!["openid".to_owned(), "offline_access".to_owned()],
        };
        SignIn::new(http, registration).refresh(&SecretString::from(REFRESH), None).await
    });
    match answer {
        None => {}
        Some(Ok(grant)) => check(&grant),
        Some(Err(error)) => {
            let sentence = error.to_string();
            assert_sentence(&sentence);
            assert!(!sentence.contains(REFRESH) && !format!("{error:?}").contains(REFRESH), "{sentence}");
        }
    }
}

fn check(grant: &Grant) {
    assert!(!grant.access.expose_secret().is_empty(), "a token without text");
    assert!(
        grant.refresh.as_ref().is_none_or(|refresh| !refresh.expose_secret().is_empty()),
        "an empty refresh token"
    );
    assert!((Grant::SHORTEST..=LONGEST).contains(&grant.expires_in), "{:?}", grant.expires_in);
    assert!(grant.granted.iter().all(|right| !right.trim().is_empty()), "a right without a name");
    if let Some(who) = &grant.who {
        assert!(!who.object_id.as_str().trim().is_empty() && !who.name.trim().is_empty(), "{who:?}");
    }
}
