//! The token endpoint: a code, a refresh token or the client's own secret in, tokens out.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use url::form_urlencoded;
use uuid::Uuid;

use super::error::EntraError;
use super::jwt::signed;
use super::metadata::issuer;
use crate::Site;
use crate::world::grants::{ACCESS_LIFE, Issued, Scope};
use crate::world::policy::{IdTokenOddity, Refusal};
use crate::world::secrets::SecretKind;
use crate::world::{CLIENT, FABRIKAM, TENANT};

// What may be in the body; the secret ones stay secret.
#[derive(Debug, Default)]
struct Posted {
    client_id: Option<String>,
    grant_type: Option<String>,
    redirect_uri: Option<String>,
    scope: Option<String>,
    has_claims: bool,
    client_secret: Option<SecretString>,
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
                "claims" => posted.has_claims = true,
                "client_secret" | "client_assertion" => posted.client_secret = Some(value.into()),
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
    let answer = decide(&site, &tenant, &body)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response())
}

fn decide(site: &Site, tenant: &str, body: &[u8]) -> Result<Value, EntraError> {
    let posted = Posted::read(body);
    identify(site, tenant, &posted)?;
    match posted.grant_type.as_deref() {
        Some("client_credentials") => application(site, &posted),
        Some(_) | None => {
            let issued = issue(site, posted)?;
            let id = match issued.scopes.contains(&Scope::OpenId) {
                true => Some(SecretString::from(id_token(site, &issued)?)),
                false => None,
            };
            site.world.with(|state, _| {
                state.secrets.keep(SecretKind::Access, issued.access_token.clone());
                for (kind, token) in [(SecretKind::Refresh, &issued.refresh_token), (SecretKind::Id, &id)] {
                    if let Some(token) = token {
                        state.secrets.keep(kind, token.clone());
                    }
                }
            });
            Ok(answer(&issued, id.as_ref()))
        }
    }
}

/// Whether the request comes from the registered application.
fn identify(site: &Site, tenant: &str, posted: &Posted) -> Result<(), EntraError> {
    if !tenant.eq_ignore_ascii_case(&TENANT.to_string()) {
        return Err(EntraError::unknown_tenant(tenant));
    }
    let client = posted.client_id.as_deref().ok_or_else(|| EntraError::missing("client_id"))?;
    if !client.eq_ignore_ascii_case(&CLIENT.to_string()) {
        return Err(EntraError::unknown_client(client));
    }
    let refused = |code, text| Err(EntraError::new("invalid_client", code, text));
    site.world.with(|state, now| match (&state.policy.secret, &posted.client_secret) {
        (None, None) => Ok(()),
        (None, Some(_)) => refused(
            700_025,
            "Client is public so neither 'client_assertion' nor 'client_secret' should be presented.",
        ),
        (Some(_), None) => refused(
            7_000_218,
            "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
        ),
        (Some(kept), Some(sent)) if !kept.is(sent) => refused(7_000_215, "Invalid client secret provided."),
        (Some(kept), Some(_)) if kept.expires.is_some_and(|expires| expires <= now) => {
            refused(7_000_222, "The provided client secret keys are expired.")
        }
        (Some(_), Some(_)) => Ok(()),
    })
}

/// A token of the application itself, with the roles of its secret.
fn application(site: &Site, posted: &Posted) -> Result<Value, EntraError> {
    if posted.scope.as_deref() != Some("https://graph.microsoft.com/.default") {
        let text = "The scope of a client credentials request must be a resource with '/.default'.";
        return Err(EntraError::new("invalid_scope", 1_002_012, text));
    }
    let roles = site.world.with(|state, _| state.policy.secret.as_ref().map(|secret| secret.roles.clone()));
    let roles = roles.ok_or_else(|| EntraError::new("invalid_client", 7_000_218, "A secret is needed."))?;
    let mut claims =
        json!({ "aud": "https://graph.microsoft.com", "tid": TENANT, "appid": CLIENT, "idtyp": "app" });
    if let (Some(claims), false) = (claims.as_object_mut(), roles.is_empty()) {
        claims.insert("roles".to_owned(), roles.into());
    }
    let lasts = ACCESS_LIFE.as_secs();
    let token = signed(&site.world, &claims)?;
    Ok(json!({ "token_type": "Bearer", "expires_in": lasts, "ext_expires_in": lasts, "access_token": token }))
}

fn issue(site: &Site, posted: Posted) -> Result<Issued, EntraError> {
    let scopes = match posted.scope {
        Some(text) => Some(Scope::parse_all(&text).ok_or_else(EntraError::unknown_scope)?),
        None => None,
    };
    match posted.grant_type.as_deref() {
        Some("authorization_code") => {
            let code = posted.code.ok_or_else(|| EntraError::missing("code"))?;
            let verifier = posted.verifier.ok_or_else(|| EntraError::missing("code_verifier"))?;
            let redirect_uri = posted.redirect_uri.ok_or_else(|| EntraError::missing("redirect_uri"))?;
            site.world.with(|state, now| {
                state.secrets.keep(SecretKind::Verifier, verifier.clone());
                let (code, verifier) = (code.expose_secret(), verifier.expose_secret());
                if let Some(refusal) = state.policy.refusal.filter(|refusal| refusal.meets_a_code()) {
                    return Err(refusal.into());
                }
                let issued = state.grants.redeem(code, &redirect_uri, verifier, now)?;
                // A sign-in by hand had its second factor.
                state.policy.refusal =
                    state.policy.refusal.filter(|refusal| *refusal != Refusal::SecondFactor);
                Ok(issued)
            })
        }
        Some("refresh_token") => {
            let token = posted.refresh_token.ok_or_else(|| EntraError::missing("refresh_token"))?;
            let token = token.expose_secret();
            site.world.with(|state, now| {
                if let Some(refusal) = state.policy.refusal.filter(|refusal| refusal.meets_a_refresh()) {
                    return Err(refusal.into());
                }
                // Only a person can meet a challenge.
                if posted.has_claims && state.policy.challenge {
                    return Err(EntraError::second_factor());
                }
                let approved = Scope::approved(state.policy.unapproved);
                Ok(state.grants.refresh(token, scopes, &approved, now)?)
            })
        }
        Some(other) => {
            let text = format!("The app requested an unsupported grant type '{other}'.");
            Err(EntraError::new("unsupported_grant_type", 70_003, text))
        }
        None => Err(EntraError::missing("grant_type")),
    }
}

fn answer(issued: &Issued, id: Option<&SecretString>) -> Value {
    let shown = issued.scopes.iter().filter(|scope| **scope != Scope::OfflineAccess);
    let scope = shown.map(Scope::to_string).collect::<Vec<_>>().join(" ");
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

fn id_token(site: &Site, issued: &Issued) -> Result<String, EntraError> {
    let agent = site.world.directory().agent();
    let now = site.world.now().as_second();
    let (stranger, oddity) = site.world.with(|state, _| (state.policy.stranger, state.policy.id_token));
    let (tenant, upn) = match stranger {
        true => (FABRIKAM, agent.upn.replace("contoso", "fabrikam")),
        false => (TENANT, agent.upn.clone()),
    };
    let mut claims = json!({
        "ver": "2.0",
        "iss": issuer(site, tenant),
        "aud": CLIENT,
        "sub": format!("sub-{}", agent.id),
        "iat": now,
        "nbf": now,
        "exp": now + ACCESS_LIFE.as_secs(),
        "oid": agent.id,
        "tid": tenant,
    });
    if let Some(claims) = claims.as_object_mut() {
        if issued.scopes.contains(&Scope::Profile) {
            claims.insert("preferred_username".to_owned(), upn.clone().into());
            claims.insert("name".to_owned(), agent.display_name().into());
        }
        if issued.scopes.contains(&Scope::Email) {
            claims.insert("email".to_owned(), upn.into());
        }
        if let Some(oddity) = oddity {
            odd(claims, oddity);
        }
        if let Some(nonce) = &issued.nonce {
            claims.insert("nonce".to_owned(), nonce.clone().into());
        }
    }
    signed(&site.world, &claims)
}

fn odd(claims: &mut Map<String, Value>, oddity: IdTokenOddity) {
    let name = claims.remove("preferred_username").and_then(|name| name.as_str().map(str::to_owned));
    let name = name.unwrap_or_default();
    claims.remove("email");
    let mut put = |field: &str, value: String| claims.insert(field.to_owned(), value.into());
    match oddity {
        IdTokenOddity::EmailOnly => put("email", name),
        IdTokenOddity::UniqueNameOnly => put("unique_name", format!("live.com#{name}")),
        IdTokenOddity::Guest => {
            let home = name.replace('@', "_");
            put("preferred_username", format!("{home}#EXT#@contoso.onmicrosoft.com"))
        }
        IdTokenOddity::Nameless => None,
        IdTokenOddity::OtherPerson => {
            put("preferred_username", "somebody.else@contoso.com".to_owned());
            put("oid", Uuid::from_u128(1).to_string())
        }
        IdTokenOddity::Nobody => {
            put("preferred_username", name);
            claims.remove("oid")
        }
    };
}
