//! A token answer, in every form that Entra and the gateways before it were seen to send.
//!
//! A field that cannot be read counts as missing, and a missing field gets a safe default. Only a usable access token
//! is required. Bodies contain tokens, so nothing here may be shown.

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
pub(crate) struct TokenAnswer {
    access: AccessToken,
    expires_in: Option<Duration>,
    refresh: Option<RefreshToken>,
    scopes: Option<Vec<Scope>>,
    id_token: Option<SecretString>,
}

impl TokenAnswer {
    pub(crate) fn id_token(&self) -> Option<&SecretString> {
        self.id_token.as_ref()
    }

    /// How long the access token lasts: as the answer says, else as the token says, else a short time.
    pub(crate) fn lifetime(&self, now: SystemTime) -> Duration {
        let said =
            self.expires_in.or_else(|| lifetime_of(&SecretString::from(self.access.secret().as_str()), now));
        said.unwrap_or(Grant::ASSUMED).clamp(Grant::SHORTEST, Grant::LONGEST)
    }
}

/// The fields before they are checked. Each may be text, a number, null or missing.
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

/// Why an answer has no usable token.
#[derive(Debug, Error)]
enum Unusable {
    #[error("it holds no access token")]
    NoToken,
    #[error("it holds a token of another type than Bearer")]
    OtherType,
}

impl TryFrom<Raw> for TokenAnswer {
    type Error = Unusable;

    fn try_from(raw: Raw) -> Result<Self, Unusable> {
        // Without a type it is Bearer, the only one that Entra issues to an application like this.
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

/// The text without blanks around it; none if it is blank.
fn text(value: Value) -> Option<String> {
    let Value::String(text) = value else { return None };
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    Some(if trimmed.len() == text.len() { text } else { trimmed.to_owned() })
}

/// Seconds as a number or as text, with or without a fraction; a negative number is zero.
fn seconds(value: &Value) -> Option<Duration> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        // The number parser also accepts words and exponents.
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

/// The scopes, as one text separated by blanks or as a list.
fn scopes(value: Value) -> Option<Vec<Scope>> {
    let texts: Vec<String> = match value {
        Value::String(text) => vec![text],
        Value::Array(values) => values.into_iter().filter_map(text).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    Some(words.map(|word| Scope::new(word.to_owned())).collect()).filter(|words: &Vec<_>| !words.is_empty())
}

/// How long a token lasts according to its claims. Issue and expiry come from the same clock; ours is used only if the
/// issue time is missing.
fn lifetime_of(token: &SecretString, now: SystemTime) -> Option<Duration> {
    #[derive(Deserialize)]
    struct Claims {
        exp: f64,
        iat: Option<f64>,
    }
    let Claims { exp, iat } = payload(token)?;
    let now = now.duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs_f64();
    Some(Duration::try_from_secs_f64(exp - iat.unwrap_or(now)).unwrap_or(Duration::ZERO))
}

impl TokenResponse for TokenAnswer {
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

/// Required by [`TokenResponse`]; never used.
impl Serialize for TokenAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { access: _, expires_in, refresh: _, scopes, id_token: _ } = self;
        f.debug_struct("TokenAnswer")
            .field("expires_in", expires_in)
            .field("scopes", scopes)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
