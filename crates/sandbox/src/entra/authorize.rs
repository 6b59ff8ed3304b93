//! The sign-in page and its two buttons. An error that must not be sent to the redirect URI is shown on a page of its own.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use secrecy::ExposeSecret;
use serde::Deserialize;
use url::Url;

use super::error::EntraError;
use crate::Site;
use crate::markup::escaped;
use crate::world::grants::{Consent, Scope};
use crate::world::policy::Refusal;
use crate::world::secrets::SecretKind;
use crate::world::{CLIENT, TENANT};

const PAGE: &str = include_str!("../pages/sign-in.html");
const ERROR_PAGE: &str = include_str!("../pages/sign-in-error.html");
/// The length of a base64url SHA-256, without padding.
const CHALLENGE_LENGTH: usize = 43;

/// The query of the page, as it came.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    response_mode: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    nonce: Option<String>,
    claims: Option<String>,
    prompt: Option<String>,
}

/// The button that was pressed.
#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    answer: Button,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Button {
    SignIn,
    Cancel,
}

// Where the answer goes; only a checked redirect URI gets into one.
#[derive(Debug)]
struct Answer {
    redirect: Url,
    state: Option<String>,
}

impl Answer {
    fn go(self, parameters: &[(&str, &str)]) -> Response {
        let mut to = self.redirect;
        to.query_pairs_mut().extend_pairs(parameters);
        if let Some(state) = self.state {
            to.query_pairs_mut().append_pair("state", &state);
        }
        (StatusCode::FOUND, [(header::LOCATION, String::from(to))]).into_response()
    }

    fn refuse(self, error: &EntraError) -> Response {
        self.go(&[("error", error.error), ("error_description", &error.sentence())])
    }
}

pub(super) async fn page(Path(tenant): Path<String>, Query(asked): Query<Asked>) -> Response {
    let silent = asked.prompt.as_deref() == Some("none");
    match check(&tenant, asked) {
        // Nobody stays signed in here.
        Ok((answer, _)) if silent => {
            let text = "A silent sign-in request was sent but no user is signed in.";
            answer.refuse(&EntraError::new("login_required", 50_058, text))
        }
        Ok(_) => Html(PAGE).into_response(),
        Err(refusal) => *refusal,
    }
}

pub(super) async fn answer(
    State(site): State<Arc<Site>>,
    Path(tenant): Path<String>,
    Query(asked): Query<Asked>,
    Form(pressed): Form<Pressed>,
) -> Response {
    site.world.with(|state, _| {
        let received = [(SecretKind::State, &asked.state), (SecretKind::Nonce, &asked.nonce)];
        for (kind, text) in received {
            if let Some(text) = text {
                state.secrets.keep(kind, text.clone());
            }
        }
    });
    let (answer, consent) = match check(&tenant, asked) {
        Ok(checked) => checked,
        Err(refusal) => return *refusal,
    };
    match pressed.answer {
        Button::SignIn => {
            let code = site.world.with(|state, now| {
                if let Some(refusal) = state.policy.refusal.filter(|refusal| refusal.meets_the_person()) {
                    return Err(EntraError::from(refusal));
                }
                let mut consent = consent;
                if state.policy.unapproved && state.policy.grants_less {
                    consent.scopes.retain(|scope| !scope.needs_administrator());
                }
                if state.policy.unapproved && consent.scopes.iter().any(|scope| scope.needs_administrator()) {
                    return Err(EntraError::from(Refusal::AdminConsent));
                }
                let code = state.grants.issue_code(consent, now);
                state.secrets.keep(SecretKind::Code, code.clone());
                Ok(code)
            });
            match code {
                Ok(code) => answer.go(&[("code", code.expose_secret())]),
                Err(error) => answer.refuse(&error),
            }
        }
        Button::Cancel => answer.go(&[
            ("error", "access_denied"),
            ("error_subcode", "cancel"),
            ("error_description", "AADSTS65004: User declined to consent to access the app."),
        ]),
    }
}

fn check(tenant: &str, asked: Asked) -> Result<(Answer, Consent), Box<Response>> {
    let (redirect_uri, redirect) =
        trusted(tenant, &asked).map_err(|error| Box::new(error_page(&error.sentence())))?;
    let answer = Answer { redirect, state: asked.state.clone() };
    match asked_for(asked, redirect_uri) {
        Ok(consent) => Ok((answer, consent)),
        Err(error) => Err(Box::new(answer.refuse(&error))),
    }
}

// The redirect URI stays as it was written: the token request must repeat it.
fn trusted(tenant: &str, asked: &Asked) -> Result<(String, Url), EntraError> {
    if !tenant.eq_ignore_ascii_case(&TENANT.to_string()) {
        return Err(EntraError::unknown_tenant(tenant));
    }
    let client = asked.client_id.as_deref().ok_or_else(|| EntraError::missing("client_id"))?;
    if !client.eq_ignore_ascii_case(&CLIENT.to_string()) {
        return Err(EntraError::unknown_client(client));
    }
    let written = asked.redirect_uri.clone().ok_or_else(|| EntraError::missing("redirect_uri"))?;
    match Url::parse(&written) {
        Ok(url) if is_registered(&url) => Ok((written, url)),
        Ok(_) | Err(_) => Err(EntraError::new(
            "invalid_request",
            50_011,
            format!("The redirect URI '{written}' does not match the redirect URIs of the application."),
        )),
    }
}

// Registered is `http://localhost`: any port of this computer, and no path.
fn is_registered(url: &Url) -> bool {
    let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    url.scheme() == "http" && net::is_loopback(url) && url.path() == "/" && bare
}

fn asked_for(asked: Asked, redirect_uri: String) -> Result<Consent, EntraError> {
    let invalid = |code, text| Err(EntraError::new("invalid_request", code, text));
    match asked.response_type.as_deref() {
        Some("code") => {}
        Some(_) => {
            let text = "The application does not support this response_type.";
            return Err(EntraError::new("unsupported_response_type", 700_054, text));
        }
        None => return Err(EntraError::missing("response_type")),
    }
    if asked.response_mode.is_some_and(|mode| mode != "query") {
        return invalid(70_007, "The response_mode is not supported for this response_type.");
    }
    if asked.state.is_none_or(|state| state.is_empty()) {
        return Err(EntraError::missing("state"));
    }
    let challenge = asked.code_challenge.ok_or_else(|| EntraError::missing("code_challenge"))?;
    if asked.code_challenge_method.as_deref() != Some("S256") || challenge.len() != CHALLENGE_LENGTH {
        return invalid(501_491, "Invalid size of Code_Challenge parameter, or a method other than S256.");
    }
    let scope = asked.scope.ok_or_else(|| EntraError::missing("scope"))?;
    let scopes = Scope::parse_all(&scope).filter(|scopes| !scopes.is_empty());
    let scopes = scopes.ok_or_else(EntraError::unknown_scope)?;
    let challenged = asked.claims.is_some();
    Ok(Consent { redirect_uri, challenge, scopes, nonce: asked.nonce, challenged })
}

fn error_page(sentence: &str) -> Response {
    let page = ERROR_PAGE.replace("{{sentence}}", &escaped(sentence));
    (StatusCode::BAD_REQUEST, Html(page)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_root_of_this_computer_is_a_redirect() {
        let registered = |text| is_registered(&Url::parse(text).unwrap());
        for good in ["http://localhost", "http://localhost:5123/", "http://127.0.0.1:80", "http://[::1]:9/"] {
            assert!(registered(good), "{good}");
        }
        for bad in [
            "https://localhost/",
            "http://localhost/callback",
            "http://localhost.example.com/",
            "http://user@localhost/",
            "http://localhost/?next=1",
            "http://10.0.0.1/",
        ] {
            assert!(!registered(bad), "{bad}");
        }
    }
}
