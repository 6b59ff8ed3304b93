//! The ID token: the proof of a login for other services, and when it expires.
//!
//! Must be kept in memory only and never be shown. It is not verified here: the receiving service does that.

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use crate::jwt::payload;

/// The ID token of a login or of a refresh.
#[derive(Debug, Clone)]
pub struct IdToken {
    /// The token as Entra wrote it.
    pub text: SecretString,
    /// When it expires (`exp`), by the clock of Entra: about an hour after it was issued, independent of the access
    /// token.
    pub expires: Timestamp,
}

impl IdToken {
    /// None if the token has no expiry: nobody accepts such a token.
    pub(crate) fn read(text: &SecretString) -> Option<Self> {
        #[derive(Deserialize)]
        struct Claims {
            exp: i64,
        }
        let Claims { exp } = payload(text)?;
        Some(Self { text: text.clone(), expires: Timestamp::from_second(exp).ok()? })
    }

    /// The issuer (`iss`), character by character: the receiving service must be configured with it.
    #[must_use]
    pub fn issuer(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Claims {
            iss: String,
        }
        payload(&self.text).map(|Claims { iss }| iss)
    }
}

impl PartialEq for IdToken {
    fn eq(&self, other: &Self) -> bool {
        let Self { text, expires } = self;
        text.expose_secret() == other.text.expose_secret() && *expires == other.expires
    }
}

impl Eq for IdToken {}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    fn token(claims: &str) -> SecretString {
        SecretString::from(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)))
    }

    #[test]
    fn it_has_its_expiry_and_is_not_shown() {
        let issuer = "https://login.microsoftonline.com/t/v2.0";
        let text = token(&format!(r#"{{"exp":1796025600,"oid":"a","iss":"{issuer}"}}"#));
        let read = IdToken::read(&text).unwrap();
        assert_eq!(read.expires.to_string(), "2026-11-30T08:00:00Z");
        assert_eq!(read.issuer().as_deref(), Some(issuer));
        assert_eq!(read.text.expose_secret(), text.expose_secret());
        assert!(!format!("{read:?}").contains(text.expose_secret()), "{read:?}");
    }

    #[test]
    fn one_without_an_expiry_is_none() {
        for claims in [r#"{"oid":"a"}"#, r#"{"exp":"soon"}"#, r#"{"exp":9223372036854775807}"#] {
            assert_eq!(IdToken::read(&token(claims)), None, "{claims}");
        }
        assert_eq!(IdToken::read(&SecretString::from("opaque")), None);
    }

    proptest! {
        #[test]
        fn no_id_token_causes_a_panic(claims in "\\PC{0,60}", exp in any::<i64>()) {
            drop(IdToken::read(&token(&claims)));
            drop(IdToken::read(&token(&format!("{{\"exp\":{exp}}}"))));
        }
    }
}
