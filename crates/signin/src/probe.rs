//! Checks a tenant and an app registration without a login.
//!
//! Sends the requests that a browser would send, and reads the answers. Shows nothing to anybody.

use oauth2::HttpRequest;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use serde::Deserialize;
use url::Url;

use crate::{
    Attempt, SignIn, SignInError, gateway,
    refusal::{Refusal, numbers},
    token::send,
};

/// Whether Entra accepts the client ID and the redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registered {
    /// It accepts both: it would send the browser back.
    Yes,
    /// The tenant has no such client ID.
    UnknownClient,
    /// The registration has another redirect.
    OtherRedirect,
    /// It shows a page that does not tell.
    Unclear,
}

impl SignIn {
    /// Reads the metadata of the tenant: the address of its token endpoint (Microsoft identity platform:
    /// v2-protocols-oidc). If its host is not that of the authority, the tenant belongs to another cloud.
    ///
    /// # Errors
    /// [`SignInError::Refused`] if there is no such tenant; else see [`SignInError`].
    pub async fn tenant(&self) -> Result<Url, SignInError> {
        #[derive(Deserialize)]
        struct Tenant {
            token_endpoint: Url,
        }
        let answer = send(self.http.clone(), get(&self.metadata()?)?).await?;
        let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if let Some(by) = gateway::at_metadata(answer.status(), kind, answer.body()) {
            return Err(SignInError::Gateway { by, retry_after: None });
        }
        if answer.status().is_success() {
            let tenant: Result<Tenant, _> = serde_json::from_slice(answer.body());
            return tenant.map(|tenant| tenant.token_endpoint).map_err(|_| SignInError::Malformed);
        }
        let refusal: Result<Refusal, _> = serde_json::from_slice(answer.body());
        Err(refusal.map_or(SignInError::Malformed, SignInError::from))
    }

    /// Requests a login without user interaction. Entra refuses it: with a redirect back if it accepts client ID and
    /// redirect URI, else with a page that names the mistake (Microsoft identity platform: v2-oauth2-auth-code-flow,
    /// `prompt=none`).
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn registered(&self, attempt: &Attempt) -> Result<Registered, SignInError> {
        let mut url = attempt.url().clone();
        url.query_pairs_mut().append_pair("prompt", "none");
        let answer = send(self.http.clone(), get(&url)?).await?;
        let back = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        if answer.status().is_redirection() {
            let is_back = back.is_some_and(|to| to.starts_with(attempt.redirect().as_str()));
            return Ok(if is_back { Registered::Yes } else { Registered::Unclear });
        }
        Ok(named(&String::from_utf8_lossy(answer.body())))
    }

    fn metadata(&self) -> Result<Url, SignInError> {
        let mut url = self.registration.authority.clone();
        let mut path = url.path_segments_mut().map_err(|()| SignInError::Address)?;
        path.pop_if_empty().extend([
            &self.registration.tenant,
            "v2.0",
            ".well-known",
            "openid-configuration",
        ]);
        drop(path);
        Ok(url)
    }
}

fn get(url: &Url) -> Result<HttpRequest, SignInError> {
    http::Request::get(url.as_str()).body(Vec::new()).map_err(|_| SignInError::Address)
}

/// The mistake that a page names (Entra: reference-error-codes).
fn named(page: &str) -> Registered {
    let known = |number: u32| match number {
        700_016 | 70_001 => Some(Registered::UnknownClient),
        50_011 => Some(Registered::OtherRedirect),
        _ => None,
    };
    numbers(page).into_iter().find_map(known).unwrap_or(Registered::Unclear)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_counts_only_if_it_names_a_mistake_of_the_registration() {
        assert_eq!(named("<p>AADSTS700016: Application with identifier</p>"), Registered::UnknownClient);
        assert_eq!(named("AADSTS50011: The redirect URI"), Registered::OtherRedirect);
        assert_eq!(named("<html>Sign in</html>"), Registered::Unclear);
        assert_eq!(named("AADSTS165000: Invalid Request"), Registered::Unclear);
    }
}
