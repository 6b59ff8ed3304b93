//! Whether a request was signed with the secret of a key that the account issued (IAM user guide: AWS Signature Version
//! 4 for API requests). The canonical request is built again from what came over the wire. It must not know what the
//! request asks for.

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::error::ApiError;
use crate::world::account::{Account, Caller, Credentials, REGION};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SERVICE: &str = "connect";
const TERMINATOR: &str = "aws4_request";
/// How far the client's clock may be off.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(15);
/// "20261130T050418Z".
const MOMENT: &str = "%Y%m%dT%H%M%SZ";
/// The characters that are encoded in a part of a path or of a query.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// What the header `Authorization` says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Claim<'a> {
    key: &'a str,
    /// Date, region, service and terminator.
    scope: [&'a str; 4],
    signed: Vec<&'a str>,
    signature: &'a str,
}

impl<'a> Claim<'a> {
    fn read(headers: &'a HeaderMap) -> Result<Self, ApiError> {
        let text = header(headers, "authorization").ok_or_else(ApiError::missing_token)?;
        let rest = text.strip_prefix(ALGORITHM).filter(|rest| rest.starts_with(' '));
        let rest = rest.ok_or_else(|| {
            ApiError::incomplete_signature(format!(
                "Unsupported AWS 'algorithm': '{}'.",
                text.split(' ').next().unwrap_or_default()
            ))
        })?;
        let part = |name: &str| {
            let mut pairs = rest.split(',').filter_map(|pair| pair.trim().split_once('='));
            let found = pairs.find(|(known, _)| *known == name).map(|(_, value)| value);
            found.filter(|value| !value.is_empty()).ok_or_else(|| {
                ApiError::incomplete_signature(format!("Authorization header requires '{name}' parameter."))
            })
        };
        let (credential, signed, signature) =
            (part("Credential")?, part("SignedHeaders")?, part("Signature")?);
        let malformed = || {
            let message = "Credential must have exactly 5 slash-delimited elements, e.g. \
                           keyid/date/region/service/term";
            ApiError::incomplete_signature(format!("{message}, got '{credential}'"))
        };
        let parts: Vec<&str> = credential.split('/').collect();
        let [key, scope @ ..] = parts.as_slice() else { return Err(malformed()) };
        let scope: [&str; 4] = scope.try_into().map_err(|_| malformed())?;
        Ok(Self { key, scope, signed: signed.split(';').collect(), signature })
    }
}

/// Who signed the request.
pub(super) fn caller(
    parts: &Parts,
    body: &Bytes,
    account: &Account,
    now: Timestamp,
) -> Result<Caller, ApiError> {
    let claim = Claim::read(&parts.headers)?;
    let moment = header(&parts.headers, "x-amz-date").ok_or_else(|| {
        ApiError::incomplete_signature(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
        )
    })?;
    let credentials = known(&claim, &parts.headers, account, now)?;
    right_scope(&claim, moment)?;
    in_time(moment, now)?;
    for name in ["host", "x-amz-date", "x-amz-security-token"] {
        if !claim.signed.contains(&name) {
            let message = format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.");
            return Err(ApiError::invalid_signature(message));
        }
    }
    let canonical = canonical_request(parts, body, &claim)?;
    let scope = claim.scope.join("/");
    let to_sign = format!("{ALGORITHM}\n{moment}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
    let seed = format!("AWS4{}", credentials.secret.expose_secret()).into_bytes();
    let key = claim.scope.iter().fold(seed, |key, part| mac(&key, part.as_bytes()));
    if hex(&mac(&key, to_sign.as_bytes())) != claim.signature {
        return Err(ApiError::invalid_signature(
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
             Access Key and signing method. Consult the service documentation for details.",
        ));
    }
    Ok(credentials.caller.clone())
}

fn known<'a>(
    claim: &Claim<'_>,
    headers: &HeaderMap,
    account: &'a Account,
    now: Timestamp,
) -> Result<&'a Credentials, ApiError> {
    let credentials = account.find(claim.key).ok_or_else(ApiError::unknown_client)?;
    if header(headers, "x-amz-security-token") != Some(credentials.token.expose_secret()) {
        return Err(ApiError::unknown_client());
    }
    if credentials.expires <= now {
        return Err(ApiError::expired_token());
    }
    Ok(credentials)
}

fn right_scope(claim: &Claim<'_>, moment: &str) -> Result<(), ApiError> {
    let [date, region, service, terminator] = claim.scope;
    let day = moment.split('T').next().unwrap_or_default();
    let message = if date != day {
        format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: \
             '{date}' != '{day}', from '{moment}'."
        )
    } else if region != REGION {
        format!("Credential should be scoped to a valid region, not '{region}'. ")
    } else if service != SERVICE {
        format!("Credential should be scoped to correct service: '{SERVICE}'. ")
    } else if terminator != TERMINATOR {
        format!("Credential should be scoped with a valid terminator: '{TERMINATOR}', not '{terminator}'. ")
    } else {
        return Ok(());
    };
    Err(ApiError::invalid_signature(message))
}

fn in_time(text: &str, now: Timestamp) -> Result<(), ApiError> {
    let moment = DateTime::strptime(MOMENT, text).and_then(|moment| TimeZone::UTC.to_timestamp(moment));
    let moment = moment.map_err(|_| {
        ApiError::incomplete_signature(format!("Date must be in ISO-8601 'basic format'. Got '{text}'."))
    })?;
    let say = |moment: Timestamp| moment.strftime(MOMENT).to_string();
    let earliest = now.saturating_sub(TOLERANCE).unwrap_or(Timestamp::MIN);
    let latest = now.saturating_add(TOLERANCE).unwrap_or(Timestamp::MAX);
    let (now, minutes) = (say(now), TOLERANCE.as_mins());
    if moment < earliest {
        let earliest = say(earliest);
        return Err(ApiError::invalid_signature(format!(
            "Signature expired: {text} is now earlier than {earliest} ({now} - {minutes} min.)"
        )));
    }
    if moment > latest {
        let latest = say(latest);
        return Err(ApiError::invalid_signature(format!(
            "Signature not yet current: {text} is still later than {latest} ({now} + {minutes} min.)"
        )));
    }
    Ok(())
}

fn canonical_request(parts: &Parts, body: &Bytes, claim: &Claim<'_>) -> Result<String, ApiError> {
    let mut headers = String::new();
    // A client that does not sort them has signed something else.
    let mut signed = claim.signed.clone();
    signed.sort_unstable();
    for name in &signed {
        let values: Vec<String> = parts
            .headers
            .get_all(*name)
            .iter()
            .map(|value| folded(&String::from_utf8_lossy(value.as_bytes())))
            .collect();
        if values.is_empty() {
            let message = format!("The signed header '{name}' is not in the request.");
            return Err(ApiError::invalid_signature(message));
        }
        headers.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    Ok(format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        parts.method,
        canonical_path(parts.uri.path()),
        canonical_query(parts.uri.query().unwrap_or_default()),
        signed.join(";"),
        hex(&Sha256::digest(body)),
    ))
}

// Each part of the path is encoded once more than it came, which is so for every service but S3.
fn canonical_path(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                kept.pop();
            }
            part => kept.push(part),
        }
    }
    let encoded: Vec<String> = kept.into_iter().map(encoded).collect();
    let end = if path.len() > 1 && path.ends_with('/') { "/" } else { "" };
    format!("/{}{end}", encoded.join("/"))
}

fn canonical_query(query: &str) -> String {
    let again = |text: &str| encoded(&percent_decode_str(text).decode_utf8_lossy());
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let mut pairs: Vec<(String, String)> = pairs
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (again(name), again(value)))
        .collect();
    pairs.sort();
    let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn encoded(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

fn folded(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn mac(key: &[u8], text: &[u8]) -> Vec<u8> {
    // HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_encoded_once_more_and_a_query_is_sorted() {
        assert_eq!(canonical_path("/users/a%3Ab/c~d/status"), "/users/a%253Ab/c~d/status");
        assert_eq!(canonical_path("//a/./b/../c/"), "/a/c/");
        assert_eq!(canonical_path("/"), "/");
        assert_eq!(canonical_query("b=2&a=x%20y&a=%3A&c"), "a=%3A&a=x%20y&b=2&c=");
    }

    #[test]
    fn the_key_is_derived_as_in_the_documentation() {
        // IAM user guide, "Create a signed AWS API request": the example of the derived signing key.
        let scope = ["20150830", "us-east-1", "iam", "aws4_request"];
        let seed = b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_vec();
        let key = scope.iter().fold(seed, |key, part| mac(&key, part.as_bytes()));
        assert_eq!(hex(&key), "c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
    }

    #[test]
    fn a_quarter_of_an_hour_is_the_most_that_a_clock_may_be_off() {
        let now = "2026-11-30T05:00:00Z".parse().unwrap();
        for right in ["20261130T044500Z", "20261130T050000Z", "20261130T051500Z"] {
            assert!(in_time(right, now).is_ok(), "{right}");
        }
        for wrong in ["20261130T044459Z", "20261130T051501Z", "2026-11-30", ""] {
            assert!(in_time(wrong, now).is_err(), "{wrong}");
        }
    }
}
