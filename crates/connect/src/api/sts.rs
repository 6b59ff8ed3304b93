//! Gets credentials of a role for the person who is logged in to Entra (STS `AssumeRoleWithWebIdentity`).
//!
//! The request is not signed: the ID token in its body is the proof. It is only sent to the given address.

use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use net::{Failure, Gateway, RetryAfter};
use presence::aws::RoleArn;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use super::{ApiError, Credentials, request::LARGEST};

const LIMIT: Duration = Duration::from_secs(15);
const VERSION: &str = "2011-06-15";
/// The duration of a session, which every role allows.
const LASTS: Duration = Duration::from_secs(3600);

/// A client of STS for one role.
#[derive(Debug, Clone)]
pub struct Sts {
    http: reqwest::Client,
    endpoint: Url,
    role: RoleArn,
}

impl Sts {
    /// The service at `endpoint`, which should be that of the instance's region.
    #[must_use]
    pub fn new(http: reqwest::Client, endpoint: Url, role: RoleArn) -> Self {
        Self { http, endpoint, role }
    }

    /// Gets credentials of the role for an hour. `session` is the name of the session in the logs of AWS.
    ///
    /// # Errors
    /// See [`ApiError`].
    pub async fn assume(&self, id_token: &SecretString, session: &str) -> Result<Credentials, ApiError> {
        let lasts = LASTS.as_secs().to_string();
        let role = self.role.to_string();
        let form = [
            ("Action", "AssumeRoleWithWebIdentity"),
            ("Version", VERSION),
            ("RoleArn", role.as_str()),
            ("RoleSessionName", &session_name(session)),
            ("WebIdentityToken", id_token.expose_secret()),
            ("DurationSeconds", lasts.as_str()),
        ];
        let request = self.http.post(self.endpoint.clone()).form(&form).timeout(LIMIT);
        let mut answer = request.send().await.map_err(Failure::from)?;
        // The answers of STS are XML, which only the content type distinguishes from a page.
        if let Some(by) = Gateway::by_head(&answer) {
            return Err(by.into());
        }
        let status = answer.status();
        let retry_after = RetryAfter::from_headers(answer.headers(), SystemTime::now());
        let body = net::body(&mut answer, LARGEST).await;
        if status.is_success() {
            return credentials(&body?);
        }
        let (code, message) = refusal(&body.unwrap_or_default());
        let sent = &[id_token];
        Err(match code.as_str() {
            // AWS does not accept the token: the trust of the role, the audience, or the issuer.
            "InvalidIdentityToken" | "IDPRejectedClaim" | "IDPCommunicationError" | "AccessDenied" => {
                ApiError::NotTrusted { code: net::tidy(&code, sent), message: net::tidy(&message, sent) }
            }
            _ => ApiError::refused(status, retry_after, (&code, &message), sent),
        })
    }
}

/// A name that AWS accepts for a session: 2 to 64 letters, digits and `=,.@-_`.
fn session_name(session: &str) -> String {
    let is_accepted = |c: &char| c.is_ascii_alphanumeric() || "=,.@-_".contains(*c);
    let name: String = session.chars().filter(is_accepted).take(64).collect();
    if name.len() < 2 { "connectpath-teams".to_owned() } else { name }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    assume_role_with_web_identity_result: Outcome,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Outcome {
    credentials: Wire,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wire {
    access_key_id: String,
    secret_access_key: SecretString,
    session_token: SecretString,
    expiration: Timestamp,
}

fn credentials(body: &[u8]) -> Result<Credentials, ApiError> {
    let answer: Answer =
        quick_xml::de::from_reader(body).map_err(|_| ApiError::Malformed("it holds no credentials"))?;
    let Wire { access_key_id: key, secret_access_key: secret, session_token: token, expiration: expires } =
        answer.assume_role_with_web_identity_result.credentials;
    Ok(Credentials { key, secret, token, expires })
}

/// The code and the message of a refusal.
fn refusal(body: &[u8]) -> (String, String) {
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct Refusal {
        error: Fields,
    }
    #[derive(Default, Deserialize)]
    #[serde(rename_all = "PascalCase", default)]
    struct Fields {
        code: String,
        message: String,
    }
    let Refusal { error } = quick_xml::de::from_reader(body).unwrap_or_default();
    (error.code, error.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_read_from_the_answer() {
        let body = br#"<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleWithWebIdentityResult>
            <SubjectFromWebIdentityToken>abc</SubjectFromWebIdentityToken>
            <Audience>client</Audience>
            <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/a/b</Arn><AssumedRoleId>AROA:b</AssumedRoleId></AssumedRoleUser>
            <Credentials>
              <SessionToken>t</SessionToken><SecretAccessKey>s</SecretAccessKey>
              <Expiration>2026-11-30T09:00:00Z</Expiration><AccessKeyId>ASIA1</AccessKeyId>
            </Credentials>
            <Provider>login.microsoftonline.com/t/v2.0</Provider>
          </AssumeRoleWithWebIdentityResult>
          <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
        </AssumeRoleWithWebIdentityResponse>"#;
        let read = credentials(body).unwrap();
        assert_eq!(
            (read.key.as_str(), read.secret.expose_secret(), read.token.expose_secret()),
            ("ASIA1", "s", "t")
        );
        assert_eq!(read.expires.to_string(), "2026-11-30T09:00:00Z");
        assert_eq!(
            credentials(b"<html>captive</html>").unwrap_err(),
            ApiError::Malformed("it holds no credentials")
        );
    }

    #[test]
    fn a_refusal_has_a_code_and_a_message() {
        let body = br#"<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>Incorrect token audience</Message></Error>
          <RequestId>r</RequestId></ErrorResponse>"#;
        assert_eq!(refusal(body), ("InvalidIdentityToken".to_owned(), "Incorrect token audience".to_owned()));
        assert_eq!(refusal(b"nothing"), (String::new(), String::new()));
    }

    #[test]
    fn the_name_of_a_session_is_one_that_aws_accepts() {
        assert_eq!(session_name("priya.raman@contoso.example"), "priya.raman@contoso.example");
        assert_eq!(session_name("Zoë O'Neill/1"), "ZoONeill1");
        assert_eq!(session_name("é"), "connectpath-teams");
        assert_eq!(session_name(&"a".repeat(100)).len(), 64);
    }
}
