//! One login, from the address for the browser to the grant.

use std::time::Duration;

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::SecretString;
use tokio::time::timeout;
use url::Url;

use crate::{
    Grant, SignIn, SignInError,
    listener::{Answer, Port},
    page::Page,
};

/// How long the person may take in the browser.
const LIMIT: Duration = Duration::from_secs(600);
/// How long the browser may take to fetch its page once the login is decided.
const PAGE: Duration = Duration::from_secs(2);

/// A login that waits for the browser. Dropping it closes its port.
pub struct Attempt {
    sign_in: SignIn,
    url: Url,
    redirect: RedirectUrl,
    port: Port,
    state: SecretString,
    verifier: PkceCodeVerifier,
}

impl SignIn {
    /// Begins a login: opens a port on loopback and makes the address for the browser. `login_hint` is the
    /// user principal name that the sign-in page should offer.
    ///
    /// # Errors
    /// [`SignInError::NoPort`] and [`SignInError::Address`].
    pub async fn begin(&self, login_hint: Option<&str>) -> Result<Attempt, SignInError> {
        let port = Port::open().await.map_err(|error| SignInError::NoPort(error.kind().to_string()))?;
        // Entra ignores the port of `localhost` and of nothing else (Entra: reply-url).
        let redirect = RedirectUrl::new(format!("http://localhost:{}/", port.number));
        let redirect = redirect.map_err(|_| SignInError::Address)?;
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let client = self.client()?.set_redirect_uri(redirect.clone());
        let mut request = client
            .authorize_url(CsrfToken::new_random)
            .add_scopes(self.registration.scopes.iter().cloned().map(Scope::new))
            .add_extra_param("response_mode", "query")
            .set_pkce_challenge(challenge);
        if let Some(hint) = login_hint {
            request = request.add_extra_param("login_hint", hint);
        }
        let (url, state) = request.url();
        let state = SecretString::from(state.into_secret());
        Ok(Attempt { sign_in: self.clone(), url, redirect, port, state, verifier })
    }
}

impl Attempt {
    /// The address to open in the system browser.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Where the browser is sent back to.
    #[must_use]
    pub fn redirect(&self) -> &Url {
        self.redirect.url()
    }

    /// True when the port is open for IPv6 too; `localhost` may mean either.
    #[must_use]
    pub fn listens_on_ipv6(&self) -> bool {
        self.port.has_ipv6()
    }

    /// Waits up to 10 minutes for the browser to come back, and exchanges the code. The browser is told how
    /// it went.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn finish(self) -> Result<Grant, SignInError> {
        let Self { sign_in, redirect, port, state, verifier, .. } = self;
        let (_serving, mut answers) = port.serve(state);
        let Ok(Some(Answer { answer, page, shown })) = timeout(LIMIT, answers.recv()).await else {
            return Err(SignInError::NoAnswer);
        };
        let result = match answer {
            Ok(code) => sign_in.exchange(&code, verifier, redirect).await,
            Err(refusal) => Err(refusal.into()),
        };
        let decided = result.as_ref().map_or_else(|error| Page::Failed(error.class()), |_| Page::LoggedIn);
        if page.send(decided).is_ok() {
            drop(timeout(PAGE, shown).await);
        }
        result
    }
}
