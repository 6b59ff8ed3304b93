//! The token endpoint: a code or a refresh token in, tokens out. A public client sends no secret.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::error::EntraError;
use crate::Site;
use crate::world::grants::{ACCESS_LIFE, Issued, Scope};
use crate::world::secrets::SecretKind;
use crate::world::{CLIENT, TENANT};

// What may be in the body; the secret ones stay secret.
#[derive(Debug, Default)]
struct Posted {
    client_id: Option<String>,
    grant_type: Option<String>,
    redirect_uri: Option<String>,
    scope: Option<String>,
    has_client_secret: bool,
    code: Option<SecretString>,
    verifier: Option<SecretString>,
    refresh_token: Option<SecretString>,
}

impl Posted {
    fn read(body: &[u8]) -> Self {
        let mut posted = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            let value = value.into_owned();
            match &*name {
                "client_id" => posted.client_id = Some(value),
                "grant_type" => posted.grant_type = Some(value),
                "redirect_uri" => posted.redirect_uri = Some(value),
                "scope" => posted.scope = Some(value),
                "client_secret" | "client_assertion" => posted.has_client_secret = true,
                "code" => posted.code = Some(value.into()),
                "code_verifier" => posted.verifier = Some(value.into()),
                "refresh_token" => posted.refresh_token = Some(value.into()),
                _ => {}
            }
        }
        posted
    }
}

pub(super) async fn token(
    State(site): State<Arc<Site>>,
    Path(tenant): Path<String>,
    body: Bytes,
) -> Result<Response, EntraError> {
    let issued = issue(&site, &tenant, Posted::read(&body))?;
    let id = issued.scopes.contains(&Scope::OpenId).then(|| SecretString::from(id_token(&site, &issued)));
    site.world.with(|state, _| {
        state.secrets.keep(SecretKind::Access, issued.access_token.clone());
        for (kind, token) in [(SecretKind::Refresh, &issued.refresh_token), (SecretKind::Id, &id)] {
            if let Some(token) = token {
                state.secrets.keep(kind, token.clone());
            }
        }
    });
    let answer = Json(answer(&issued, id.as_ref()));
    Ok(([(header::CACHE_CONTROL, "no-store")], answer).into_response())
}

fn issue(site: &Site, tenant: &str, posted: Posted) -> Result<Issued, EntraError> {
    if !tenant.eq_ignore_ascii_case(&TENANT.to_string()) {
        return Err(EntraError::unknown_tenant(tenant));
    }
    let client = posted.client_id.ok_or_else(|| EntraError::missing("client_id"))?;
    if !client.eq_ignore_ascii_case(&CLIENT.to_string()) {
        return Err(EntraError::unknown_client(&client));
    }
    if posted.has_client_secret {
        let text = "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.";
        return Err(EntraError::new("invalid_client", 700_025, text));
    }
    let scopes = match posted.scope {
        Some(text) => Some(Scope::parse_all(&text).ok_or_else(EntraError::unknown_scope)?),
        None => None,
    };
    match posted.grant_type.as_deref() {
        Some("authorization_code") => {
            let code = posted.code.ok_or_else(|| EntraError::missing("code"))?;
            let verifier = posted.verifier.ok_or_else(|| EntraError::missing("code_verifier"))?;
            let redirect_uri = posted.redirect_uri.ok_or_else(|| EntraError::missing("redirect_uri"))?;
            Ok(site.world.with(|state, now| {
                state.secrets.keep(SecretKind::Verifier, verifier.clone());
                let (code, verifier) = (code.expose_secret(), verifier.expose_secret());
                state.grants.redeem(code, &redirect_uri, verifier, now)
            })?)
        }
        Some("refresh_token") => {
            let token = posted.refresh_token.ok_or_else(|| EntraError::missing("refresh_token"))?;
            let token = token.expose_secret();
            Ok(site.world.with(|state, now| state.grants.refresh(token, scopes, now))?)
        }
        Some(other) => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            Err(EntraError::new("unsupported_grant_type", 70_003, text))
        }
        None => Err(EntraError::missing("grant_type")),
    }
}

fn answer(issued: &Issued, id: Option<&SecretString>) -> Value {
    let told = issued.scopes.iter().filter(|scope| **scope != Scope::OfflineAccess);
    let scope = told.map(Scope::to_string).collect::<Vec<_>>().join(" ");
    let lasts = ACCESS_LIFE.as_secs();
    let mut answer = json!({
        "token_type": "Bearer",
        "scope": scope,
        "expires_in": lasts,
        "ext_expires_in": lasts,
        "access_token": issued.access_token.expose_secret(),
    });
    if let Some(answer) = answer.as_object_mut() {
        if let Some(token) = &issued.refresh_token {
            answer.insert("refresh_token".to_owned(), token.expose_secret().into());
        }
        if let Some(token) = id {
            answer.insert("id_token".to_owned(), token.expose_secret().into());
        }
    }
    answer
}

// A client that got it straight from the endpoint need not check the signature, so there is none worth checking.
fn id_token(site: &Site, issued: &Issued) -> String {
    let agent = site.world.directory().agent();
    let now = Timestamp::now().as_second();
    let mut claims = json!({
        "ver": "2.0",
        "iss": format!("{}login/{TENANT}/v2.0", site.microsoft),
        "aud": CLIENT,
        "sub": format!("sub-{}", agent.id),
        "iat": now,
        "nbf": now,
        "exp": now + ACCESS_LIFE.as_secs(),
        "oid": agent.id,
        "tid": TENANT,
    });
    if let Some(claims) = claims.as_object_mut() {
        if issued.scopes.contains(&Scope::Profile) {
            claims.insert("preferred_username".to_owned(), agent.upn.clone().into());
            claims.insert("name".to_owned(), agent.display_name().into());
        }
        if issued.scopes.contains(&Scope::Email) {
            claims.insert("email".to_owned(), agent.upn.clone().into());
        }
        if let Some(nonce) = &issued.nonce {
            claims.insert("nonce".to_owned(), nonce.clone().into());
        }
    }
    let header = json!({ "typ": "JWT", "alg": "RS256", "kid": "contoso" });
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.{}", part(&header), part(&claims), URL_SAFE_NO_PAD.encode("not signed"))
}
