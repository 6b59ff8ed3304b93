//! A claims challenge: what Conditional Access requires of the next token. It is passed on unchanged.
//!
//! Only checked to be a JSON object of limited size; the content is not interpreted.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use serde_json::{Map, Value};

/// In bytes. It is part of the address of the sign-in page, so it must be short.
const LONGEST: usize = 4096;
const ANY_PADDING: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);

/// The `claims` parameter of the next request. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims(String);

impl Claims {
    /// From the `claims` of a refusal of the token endpoint: a JSON object as text.
    #[must_use]
    pub fn from_json(text: &str) -> Option<Self> {
        let is_object = serde_json::from_str::<Map<String, Value>>(text).is_ok();
        (text.len() <= LONGEST && is_object).then(|| Self(text.to_owned()))
    }

    /// From the `claims` of a `WWW-Authenticate` header: the same in base64, of either alphabet, padded
    /// or not (Entra: claims-challenge).
    #[must_use]
    pub fn from_challenge(text: &str) -> Option<Self> {
        let standard = text.replace('-', "+").replace('_', "/");
        let bytes = GeneralPurpose::new(&alphabet::STANDARD, ANY_PADDING).decode(standard).ok()?;
        Self::from_json(std::str::from_utf8(&bytes).ok()?)
    }

    /// The JSON object, unchanged.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1?>"}}}"#;

    #[test]
    fn a_challenge_is_read_in_either_alphabet() {
        let expected = Claims::from_json(CLAIMS);
        assert!(expected.is_some());
        assert_eq!(Claims::from_challenge(&STANDARD.encode(CLAIMS)), expected);
        assert_eq!(Claims::from_challenge(&URL_SAFE_NO_PAD.encode(CLAIMS)), expected);
    }

    #[test]
    fn a_text_that_is_no_object_or_too_long_is_ignored() {
        let endless = format!("{{\"a\":\"{}\"}}", "x".repeat(LONGEST));
        for text in ["", "claims", "[]", "\"a\"", &endless] {
            assert_eq!(Claims::from_json(text), None, "{text:.20}");
            assert_eq!(Claims::from_challenge(&STANDARD.encode(text)), None, "{text:.20}");
        }
    }

    proptest! {
        #[test]
        fn no_challenge_causes_a_panic(text in "\\PC{0,80}") {
            drop(Claims::from_challenge(&text));
        }
    }
}
