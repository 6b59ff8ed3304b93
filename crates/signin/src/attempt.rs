//! One login, from the address for the browser to the grant.

use std::{fmt, time::Duration};

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope};
use secrecy::SecretString;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::{
    Claims, Grant, SignIn, SignInError,
    listener::{BrowserAnswer, Port},
    page::Page,
};

/// How long the person may take in the browser.
const LIMIT: Duration = Duration::from_secs(600);
/// How long the browser may take to fetch its page once the login is decided.
const PAGE: Duration = Duration::from_secs(2);

/// How long a second tab gets the page that says that the login is used already.
const AFTERWARDS: Duration = Duration::from_secs(60);

/// Options of a login.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LoginOptions<'a> {
    /// The user principal name that the sign-in page offers.
    pub login_hint: Option<&'a str>,
    /// The sign-in page lets the person pick another account than the one that the browser knows.
    pub other_account: bool,
    /// What Conditional Access requires.
    pub claims: Option<&'a Claims>,
}

/// A login in progress that waits for the browser. Dropping it closes its port.
pub struct Attempt {
    sign_in: SignIn,
    url: Url,
    redirect: RedirectUrl,
    port: Port,
    state: SecretString,
    verifier: PkceCodeVerifier,
}

impl SignIn {
    /// Starts a login: opens a port on loopback and builds the address for the browser. A client secret is checked
    /// first, see [`SignIn::with_secret`].
    ///
    /// # Errors
    /// [`SignInError::NoPort`] and [`SignInError::Address`]; with a client secret, see [`SignInError`].
    pub async fn begin(&self, options: LoginOptions<'_>) -> Result<Attempt, SignInError> {
        self.check_secret().await?;
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
        if let Some(hint) = options.login_hint {
            request = request.add_extra_param("login_hint", hint);
        }
        if options.other_account {
            request = request.add_extra_param("prompt", "select_account");
        }
        if let Some(claims) = options.claims {
            request = request.add_extra_param("claims", claims.as_str());
        }
        let (url, state) = request.url();
        let state = SecretString::from(state.into_secret());
        Ok(Attempt { sign_in: self.clone(), url, redirect, port, state, verifier })
    }
}

impl fmt::Debug for Attempt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address holds the state.
        f.debug_struct("Attempt").field("port", &self.port.number).finish_non_exhaustive()
    }
}

impl Attempt {
    /// The address to open in the system browser.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The address to which the browser is sent back.
    #[must_use]
    pub fn redirect(&self) -> &Url {
        self.redirect.url()
    }

    /// True if the port is open for IPv6 too; `localhost` may mean either.
    #[must_use]
    pub fn listens_on_ipv6(&self) -> bool {
        self.port.has_ipv6()
    }

    /// Waits up to 10 minutes for the browser to come back, exchanges the code, and shows the result in the browser.
    ///
    /// # Errors
    /// See [`SignInError`].
    pub async fn finish(self) -> Result<Grant, SignInError> {
        let Self { sign_in, redirect, port, state, verifier, .. } = self;
        let (serving, mut answers) = port.serve(state);
        let Ok(Some(BrowserAnswer { answer, page, shown })) = timeout(LIMIT, answers.recv()).await else {
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
        drop(answers);
        tokio::spawn(async move {
            sleep(AFTERWARDS).await;
            drop(serving);
        });
        result
    }
}
