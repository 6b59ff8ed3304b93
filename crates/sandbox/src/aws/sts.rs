//! The Security Token Service, as much of it as an agent's desk uses: temporary keys for an ID token
//! (`AssumeRoleWithWebIdentity`). A request is a form, an answer is XML. Nothing is signed: the token is the proof.

mod error;
mod token;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use url::form_urlencoded;
use uuid::Uuid;

use super::error::numbered;
use crate::Site;
use crate::entra;
use crate::markup::escaped;
use crate::world::TENANT;
use crate::world::account::{Credentials, Role, Unwilling};
pub(super) use error::{NAMESPACE, StsError};
use token::Proof;

const VERSION: &str = "2011-06-15";
/// Seconds that a session lasts at least.
const SHORTEST: u32 = 900;
/// Seconds that a session lasts by default.
const USUAL: u32 = 3600;
const SESSION_NAME: std::ops::RangeInclusive<usize> = 2..=64;
const ROLE_ARN: std::ops::RangeInclusive<usize> = 20..=2048;

#[derive(Debug, Default)]
struct Posted {
    action: Option<String>,
    version: Option<String>,
    role: Option<String>,
    session: Option<String>,
    token: Option<SecretString>,
    duration: Option<String>,
}

impl Posted {
    fn read(body: &[u8]) -> Self {
        let mut posted = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.into_owned();
            match &*name {
                "Action" => posted.action = Some(value),
                "Version" => posted.version = Some(value),
                "RoleArn" => posted.role = Some(value),
                "RoleSessionName" => posted.session = Some(value),
                "WebIdentityToken" => posted.token = Some(value.into()),
                "DurationSeconds" => posted.duration = Some(value),
                _ => {}
            }
        }
        posted
    }
}

pub(super) async fn answer(State(site): State<Arc<Site>>, body: Bytes) -> Response {
    numbered(match decide(&site, Posted::read(&body)) {
        Ok(xml) => ([(header::CONTENT_TYPE, "text/xml")], xml).into_response(),
        Err(error) => error.into_response(),
    })
}

fn decide(site: &Site, posted: Posted) -> Result<String, StsError> {
    match (posted.action.as_deref(), posted.version.as_deref()) {
        (None, _) => return Err(StsError::missing_action()),
        (Some("AssumeRoleWithWebIdentity"), Some(VERSION)) => {}
        // Every other action of the service wants a signature.
        (Some("AssumeRole" | "GetCallerIdentity" | "GetSessionToken"), Some(VERSION)) => {
            return Err(StsError::missing_token());
        }
        (Some(action), version) => {
            return Err(StsError::invalid_action(action, version.unwrap_or_default()));
        }
    }
    let (role, provider) =
        site.world.with(|state, _| (state.account.role().clone(), state.account.provider().clone()));
    let session = posted.session.ok_or_else(|| StsError::null("roleSessionName"))?;
    let wanted = posted.role.ok_or_else(|| StsError::null("roleArn"))?;
    let token = posted.token.ok_or_else(|| StsError::null("webIdentityToken"))?;
    let session = session_name(session)?;
    let lasts = duration(posted.duration.as_deref(), &role)?;
    if !ROLE_ARN.contains(&wanted.len()) || !wanted.starts_with("arn:") {
        return Err(StsError::validation("Request ARN is invalid"));
    }
    match provider.unwilling {
        Some(Unwilling::RegionDisabled) => return Err(StsError::region_disabled()),
        Some(Unwilling::IdpRejects) => return Err(StsError::rejected()),
        Some(Unwilling::IdpAway) | None => {}
    }
    let issuer = entra::issuer(site, TENANT);
    let trusted = provider.url.as_deref().unwrap_or(&issuer);
    // Keys are fetched from the provider, and only Entra is there.
    let keys = if provider.unwilling == Some(Unwilling::IdpAway) {
        Err(StsError::idp_away())
    } else {
        Ok(if trusted == issuer { entra::published(site) } else { serde_json::Value::Null })
    };
    let proof = token::checked(token.expose_secret(), trusted, &provider.audiences, keys, site.world.now())?;
    // STS does not say whether there is such a role.
    if wanted != role.arn() {
        return Err(StsError::not_authorized());
    }
    let credentials = site.world.assume_role(&session, lasts);
    Ok(written(&credentials, &proof))
}

fn session_name(name: String) -> Result<String, StsError> {
    let taken = |letter: char| letter.is_ascii_alphanumeric() || "_+=,.@-".contains(letter);
    if !SESSION_NAME.contains(&name.len()) || !name.chars().all(taken) {
        return Err(StsError::constraint(
            "roleSessionName",
            &name,
            "Member must satisfy regular expression pattern: [\\w+=,.@-]{2,64}",
        ));
    }
    Ok(name)
}

fn duration(text: Option<&str>, role: &Role) -> Result<SignedDuration, StsError> {
    let seconds = match text {
        None => USUAL.min(role.longest),
        Some(text) => {
            text.parse::<u32>().map_err(|_| StsError::malformed("DurationSeconds must be an integer"))?
        }
    };
    if seconds < SHORTEST {
        let limit = format!("Member must have value greater than or equal to {SHORTEST}");
        return Err(StsError::constraint("durationSeconds", &seconds.to_string(), &limit));
    }
    if seconds > role.longest {
        return Err(StsError::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    Ok(SignedDuration::from_secs(i64::from(seconds)))
}

fn written(credentials: &Credentials, proof: &Proof) -> String {
    let Credentials { key, secret, token, expires, caller } = credentials;
    let (arn, session) = (escaped(&caller.arn()), escaped(caller.session()));
    format!(
        "<AssumeRoleWithWebIdentityResponse xmlns=\"{NAMESPACE}\">\n  <AssumeRoleWithWebIdentityResult>\n    \
         <Audience>{}</Audience>\n    <AssumedRoleUser>\n      \
         <AssumedRoleId>AROA3XFRBF535PLBIFPI4:{session}</AssumedRoleId>\n      <Arn>{arn}</Arn>\n    \
         </AssumedRoleUser>\n    <Provider>{}</Provider>\n    <Credentials>\n      \
         <AccessKeyId>{key}</AccessKeyId>\n      <SecretAccessKey>{}</SecretAccessKey>\n      \
         <SessionToken>{}</SessionToken>\n      <Expiration>{}</Expiration>\n    </Credentials>\n    \
         <SubjectFromWebIdentityToken>{}</SubjectFromWebIdentityToken>\n  </AssumeRoleWithWebIdentityResult>\n  \
         <ResponseMetadata>\n    <RequestId>{}</RequestId>\n  </ResponseMetadata>\n\
         </AssumeRoleWithWebIdentityResponse>\n",
        escaped(&proof.audience),
        escaped(&proof.issuer),
        secret.expose_secret(),
        token.expose_secret(),
        expires.strftime("%Y-%m-%dT%H:%M:%SZ"),
        escaped(&proof.subject),
        Uuid::new_v4(),
    )
}
