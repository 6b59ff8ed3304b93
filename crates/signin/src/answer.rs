//! A token answer, in every form that Entra, and what lies on the way to it, was seen to give.
//!
//! What is not understood counts as missing, and what is missing has a careful value. Only the access token must be
//! there, and it must be one that can be sent as it is. Bodies hold tokens, so nothing here is shown.

use std::{
    fmt,
    time::{Duration, SystemTime},
};

use oauth2::{AccessToken, RefreshToken, Scope, TokenResponse, basic::BasicTokenType};
use secrecy::SecretString;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use thiserror::Error;

use crate::{Grant, jwt::payload};

/// A successful answer of the token endpoint (RFC 6749, 5.1).
#[derive(Deserialize)]
#[serde(try_from = "Raw")]
pub(crate) struct Answer {
    access: AccessToken,
    expires_in: Option<Duration>,
    refresh: Option<RefreshToken>,
    scopes: Option<Vec<Scope>>,
    id_token: Option<SecretString>,
}

impl Answer {
    pub(crate) fn id_token(&self) -> Option<&SecretString> {
        self.id_token.as_ref()
    }

    /// How long the access token lasts: what the answer says, else what the token itself says, else not long.
    pub(crate) fn life(&self, now: SystemTime) -> Duration {
        let said =
            self.expires_in.or_else(|| life_of(&SecretString::from(self.access.secret().as_str()), now));
        said.unwrap_or(Grant::ASSUMED).clamp(Grant::SHORTEST, Grant::LONGEST)
    }
}

/// The fields as they come. Each may be text, a number, null or missing.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    access_token: Value,
    #[serde(default)]
    token_type: Value,
    #[serde(default)]
    expires_in: Value,
    #[serde(default)]
    refresh_token: Value,
    #[serde(default)]
    scope: Value,
    #[serde(default)]
    id_token: Value,
}

/// Why an answer brings no token that can be used.
#[derive(Debug, Error)]
enum Unusable {
    #[error("it holds no access token")]
    NoToken,
    #[error("it holds a token of another type than Bearer")]
    OtherType,
}

impl TryFrom<Raw> for Answer {
    type Error = Unusable;

    fn try_from(raw: Raw) -> Result<Self, Unusable> {
        // Without a type it is the only one that Entra issues to an application like this.
        if text(raw.token_type).is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
            return Err(Unusable::OtherType);
        }
        Ok(Self {
            access: AccessToken::new(text(raw.access_token).ok_or(Unusable::NoToken)?),
            expires_in: seconds(&raw.expires_in),
            refresh: text(raw.refresh_token).map(RefreshToken::new),
            scopes: scopes(raw.scope),
            id_token: text(raw.id_token).map(SecretString::from),
        })
    }
}

/// A text that says something.
fn text(value: Value) -> Option<String> {
    let Value::String(text) = value else { return None };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    Some(if trimmed.len() == text.len() { text } else { trimmed.to_owned() })
}

/// Seconds as a number or as text, whole or with a fraction; those before now are none at all.
fn seconds(value: &Value) -> Option<Duration> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        // The parser of numbers also knows words and exponents.
        Value::String(text) => {
            let text = text.trim();
            let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.".contains(&byte));
            text.parse::<f64>().ok().filter(|_| is_plain)?
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
    };
    if number <= 0.0 {
        return Some(Duration::ZERO);
    }
    Some(Duration::try_from_secs_f64(number.trunc()).unwrap_or(Duration::MAX))
}

/// The rights, in one text with blanks or as a list.
fn scopes(value: Value) -> Option<Vec<Scope>> {
    let texts: Vec<String> = match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().filter_map(text).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    Some(words.map(|word| Scope::new(word.to_owned())).collect()).filter(|words: &Vec<_>| !words.is_empty())
}

/// How long a token lasts by its own words. Its two ends were written by one clock; ours is asked only if the first is
/// missing.
fn life_of(token: &SecretString, now: SystemTime) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Claims {
        exp: f64,
        iat: Option<f64>,
    }
    let Claims { exp, iat } = payload(token)?;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs_f64();
    Some(Duration::try_from_secs_f64(exp - iat.unwrap_or(now)).unwrap_or(Duration::ZERO))
}

impl TokenResponse for Answer {
    type TokenType = BasicTokenType;

    fn access_token(&self) -> &AccessToken {
        &self.access
    }

    fn token_type(&self) -> &BasicTokenType {
        &BasicTokenType::Bearer
    }

    fn expires_in(&self) -> Option<Duration> {
        self.expires_in
    }

    fn refresh_token(&self) -> Option<&RefreshToken> {
        self.refresh.as_ref()
    }

    fn scopes(&self) -> Option<&Vec<Scope>> {
        self.scopes.as_ref()
    }
}

/// Asked for by [`TokenResponse`]; nobody writes an answer.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { access: _, expires_in, refresh: _, scopes, id_token: _ } = self;
        f.debug_struct("Answer")
            .field("expires_in", expires_in)
            .field("scopes", scopes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
