//! A refusal of Entra: read leniently, distinguished from an answer of a proxy, and shortened.
//!
//! `class.rs` decides what it means for the person.

use std::fmt;

use reqwest::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    Claims, Details, SignInError,
    class::{Words, classify},
    identity::is_address,
};

pub(crate) const LONGEST_WORD: usize = 64;

/// A refusal as Entra sends it, from the token endpoint and (with a subcode) on the redirect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Map<String, Value>")]
pub(crate) struct Refusal {
    pub(crate) error: String,
    #[serde(skip)]
    pub(crate) subcode: Option<String>,
    pub(crate) suberror: Option<String>,
    pub(crate) error_description: String,
    pub(crate) error_codes: Vec<u32>,
    pub(crate) correlation_id: Option<String>,
    pub(crate) claims: Option<String>,
}

/// A field of the wrong type counts as missing.
impl From<Map<String, Value>> for Refusal {
    fn from(mut fields: Map<String, Value>) -> Self {
        let mut text = |name: &str| match fields.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            Some(_) | None => None,
        };
        let (error, suberror) = (text("error").unwrap_or_default(), text("suberror"));
        let error_description = text("error_description").unwrap_or_default();
        let correlation_id = text("correlation_id").or_else(|| text("trace_id"));
        let claims = match fields.remove("claims") {
            Some(Value::String(claims)) => Some(claims),
            Some(object @ Value::Object(_)) => Some(object.to_string()),
            Some(_) | None => None,
        };
        let codes = match fields.remove("error_codes") {
            Some(Value::Array(codes)) => codes,
            Some(code) => vec![code],
            None => Vec::new(),
        };
        let code = |code: &Value| match code {
            Value::Number(number) => number.as_u64().and_then(|number| number.try_into().ok()),
            Value::String(text) => text.trim().trim_start_matches("AADSTS").parse().ok(),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        };
        let error_codes = codes.iter().filter_map(code).collect();
        Self { error, subcode: None, suberror, error_description, error_codes, correlation_id, claims }
    }
}

impl Refusal {
    /// True for a refusal of the token endpoint, false for one that a proxy may send. Entra gives every refusal a
    /// number and an id. Without them it is still a refusal if error and status are those of RFC 6749, 5.2, or of
    /// OpenID Connect.
    pub(crate) fn is_of_entra(&self, status: StatusCode) -> bool {
        const ERRORS: [&str; 9] = [
            "invalid_grant",
            "invalid_client",
            "invalid_scope",
            "unauthorized_client",
            "unsupported_grant_type",
            "interaction_required",
            "login_required",
            "consent_required",
            "temporarily_unavailable",
        ];
        let is_signed = !self.error_codes.is_empty()
            || self.correlation_id.is_some()
            || !numbers(&self.error_description).is_empty();
        let is_by_the_book = matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED)
            && ERRORS.contains(&self.error.as_str());
        !self.error.is_empty() && (is_signed || is_by_the_book)
    }
}

impl oauth2::ErrorResponse for Refusal {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.error)
    }
}

impl From<Refusal> for SignInError {
    fn from(refusal: Refusal) -> Self {
        let described = numbers(&refusal.error_description);
        let codes = if refusal.error_codes.is_empty() { described } else { refusal.error_codes };
        let class = classify(Words {
            error: &refusal.error,
            subcode: refusal.subcode.as_deref(),
            suberror: refusal.suberror.as_deref(),
            codes: &codes,
        });
        let correlation_id =
            refusal.correlation_id.or_else(|| after(&refusal.error_description, "Correlation ID:"));
        let correlation_id = correlation_id.as_deref().map(tidy);
        let claims = refusal.claims.as_deref().and_then(Claims::from_json);
        let suberror = refusal.suberror.as_deref().map(tidy);
        let account = account(&refusal.error_description);
        let error = tidy(&refusal.error);
        Self::Refused {
            class,
            details: Box::new(Details { error, codes, suberror, correlation_id, account }),
            claims,
        }
    }
}

/// The numbers behind every `AADSTS` in a description.
pub(crate) fn numbers(description: &str) -> Vec<u32> {
    let parts = description.split("AADSTS").skip(1);
    parts
        .filter_map(|part| {
            let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part.get(..end)?.parse().ok()
        })
        .collect()
}

fn after(description: &str, label: &str) -> Option<String> {
    description.split_once(label)?.1.split_whitespace().next().map(str::to_owned)
}

/// The account that a description names in quotes, as in "User account 'priya@contoso.com' from identity provider".
/// Often it is hidden.
fn account(description: &str) -> Option<String> {
    let quoted = description.split_once("account '")?.1.split_once('\'')?.0;
    is_address(quoted).then(|| quoted.to_owned())
}

/// What came from outside and is kept: short, and only what ids and OAuth errors consist of.
fn tidy(word: &str) -> String {
    word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(LONGEST_WORD).collect()
}
