//! The token endpoint: exchanges codes and refresh tokens for grants.
//!
//! `oauth2` builds and reads the messages; this sends them with our own HTTP client, limited in time and size. Bodies
//! contain tokens, so no error of a parser is passed on.

use std::time::{Duration, SystemTime};

use net::{Failure, RetryAfter};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope,
    StandardRevocableToken, TokenResponse, TokenUrl,
    basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse},
};
use reqwest::{StatusCode, header::CONTENT_TYPE};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use thiserror::Error;
use uuid::fmt::Hyphenated;

use crate::{
    Claims, Gateway, Grant, IdToken, Identity, SignIn, SignInError, answer::TokenAnswer, gateway,
    jwt::payload, refusal::Refusal,
};

const TIME: Duration = Duration::from_secs(30);
const LARGEST: usize = 1024 * 1024;

type Client = oauth2::Client<
    Refusal,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

#[derive(Debug, Error)]
pub(crate) enum TransportError {
    #[error("{0}")]
    Unreachable(String),
    #[error("status {status}")]
    Server { status: u16, retry_after: Option<RetryAfter> },
    #[error("{by:?} answered")]
    Gateway { by: Gateway, retry_after: Option<RetryAfter> },
    #[error("no answer of a sign-in service")]
    Malformed,
}

impl From<TransportError> for SignInError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable(cause) => Self::Unreachable(cause),
            TransportError::Server { status, retry_after } => Self::Server { status, retry_after },
            TransportError::Gateway { by, retry_after } => Self::Gateway { by, retry_after },
            TransportError::Malformed => Self::Malformed,
        }
    }
}

impl From<Failure> for TransportError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::TimedOut => Self::Unreachable("it did not answer in time".to_owned()),
            Failure::Unreachable(cause) => Self::Unreachable(cause),
            Failure::TooLong => Self::Malformed,
        }
    }
}

impl SignIn {
    pub(crate) fn client(&self) -> Result<Client, SignInError> {
        let client = oauth2::Client::new(ClientId::new(self.registration.client_id.clone()))
            .set_auth_uri(AuthUrl::from_url(self.endpoint(&["oauth2", "v2.0", "authorize"])?))
            .set_token_uri(TokenUrl::from_url(self.endpoint(&["oauth2", "v2.0", "token"])?))
            .set_auth_type(AuthType::RequestBody);
        Ok(match &self.secret {
            Some(secret) => {
                client.set_client_secret(ClientSecret::new(secret.text().expose_secret().to_owned()))
            }
            None => client,
        })
    }

    pub(crate) async fn exchange(
        &self,
        code: &SecretString,
        verifier: PkceCodeVerifier,
        redirect: RedirectUrl,
    ) -> Result<Grant, SignInError> {
        let client = self.client()?.set_redirect_uri(redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.expose_secret().to_owned()))
            .set_pkce_verifier(verifier)
            .add_extra_param("scope", self.registration.scopes.join(" "))
            .request_async(&|request| request_token(self.http.clone(), request))
            .await;
        self.grant(answer)
    }

    /// Exchanges a refresh token for new tokens. The caller must send one request at a time: Entra reports a loop
    /// otherwise. After a failure the refresh token is still valid, unless [`SignInError::erases_refresh_token`].
    /// `claims` is what Conditional Access requires of the new tokens.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn refresh(&self, token: &SecretString, claims: Option<&Claims>) -> Result<Grant, SignInError> {
        self.check_secret().await?;
        let (client, token) = (self.client()?, RefreshToken::new(token.expose_secret().to_owned()));
        let mut request = client
            .exchange_refresh_token(&token)
            .add_scopes(self.registration.scopes.iter().cloned().map(Scope::new));
        if let Some(claims) = claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let answer = request.request_async(&|request| request_token(self.http.clone(), request)).await;
        self.grant(answer)
    }

    /// The application permissions that the client secret grants: the roles of an app-only token for `resource`. The
    /// token is dropped.
    pub(crate) async fn application_roles(&self, resource: &str) -> Result<Vec<String>, SignInError> {
        let client = self.client()?;
        let request =
            client.exchange_client_credentials().add_scope(Scope::new(format!("{resource}/.default")));
        let answer = request.request_async(&|request| request_token(self.http.clone(), request)).await;
        let answer = answer.map_err(failure)?;
        roles(&SecretString::from(answer.access_token().secret().as_str())).ok_or(SignInError::Malformed)
    }

    fn grant(
        &self,
        answer: Result<TokenAnswer, RequestTokenError<TransportError, Refusal>>,
    ) -> Result<Grant, SignInError> {
        let answer = answer.map_err(failure)?;
        let who = answer.id_token().and_then(Identity::read);
        // If the tenant is configured as a domain, it cannot be compared with the id.
        let tenant = &self.registration.tenant;
        if let Some(who) = &who
            && tenant.parse::<Hyphenated>().is_ok()
            && !who.tenant_id.eq_ignore_ascii_case(tenant)
        {
            return Err(SignInError::OtherTenant { upn: who.upn.clone() });
        }
        let granted = match answer.scopes() {
            Some(scopes) => scopes.iter().map(|scope| scope.to_string()).collect(),
            // Present only if it differs from the requested scopes (RFC 6749, 5.1).
            None => self.registration.scopes.clone(),
        };
        Ok(Grant {
            access: SecretString::from(answer.access_token().secret().as_str()),
            expires_in: answer.lifetime(SystemTime::now()),
            granted,
            refresh: answer.refresh_token().map(|token| SecretString::from(token.secret().as_str())),
            who,
            id_token: answer.id_token().and_then(IdToken::read),
        })
    }
}

fn failure(error: RequestTokenError<TransportError, Refusal>) -> SignInError {
    match error {
        RequestTokenError::ServerResponse(refusal) => refusal.into(),
        RequestTokenError::Request(error) => error.into(),
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => SignInError::Malformed,
    }
}

/// Sends a request to the token endpoint. An answer that is not from the endpoint is an error.
async fn request_token(http: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, TransportError> {
    let mut answer = send(http, request).await?;
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if let Some(by) = gateway::at_tokens(answer.status(), kind, answer.body()) {
        let retry_after = RetryAfter::from_headers(answer.headers(), SystemTime::now());
        return Err(TransportError::Gateway { by, retry_after });
    }
    // A gateway may have changed the type. The body has been checked.
    answer.headers_mut().remove(CONTENT_TYPE);
    Ok(answer)
}

/// Sends one message with our HTTP client.
pub(crate) async fn send(
    http: reqwest::Client,
    request: HttpRequest,
) -> Result<HttpResponse, TransportError> {
    let mut request = reqwest::Request::try_from(request).map_err(Failure::from)?;
    *request.timeout_mut() = Some(TIME);
    let mut answer = http.execute(request).await.map_err(Failure::from)?;
    let status = answer.status();
    let retry_after = RetryAfter::from_headers(answer.headers(), SystemTime::now());
    if let Some(by) = Gateway::by_status(status) {
        return Err(TransportError::Gateway { by, retry_after });
    }
    // Such an answer decides nothing about the token, whatever the body says.
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(TransportError::Server { status: status.as_u16(), retry_after });
    }
    let mut response = http::Response::new(net::body(&mut answer, LARGEST).await?);
    *response.status_mut() = status;
    *response.headers_mut() = std::mem::take(answer.headers_mut());
    Ok(response)
}

fn roles(token: &SecretString) -> Option<Vec<String>> {
    #[derive(Deserialize)]
    struct Application {
        #[serde(default)]
        roles: Vec<String>,
    }
    payload(token).map(|Application { roles }| roles)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn token(claims: &str) -> SecretString {
        SecretString::from(format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(claims)))
    }

    #[test]
    fn roles_are_read_and_an_opaque_token_says_nothing() {
        assert_eq!(roles(&token(r#"{"roles":["Presence.ReadWrite.All"]}"#)).unwrap().len(), 1);
        assert_eq!(roles(&token(r#"{"appid":"a"}"#)), Some(Vec::new()));
        assert_eq!(roles(&SecretString::from("opaque")), None);
    }
}
