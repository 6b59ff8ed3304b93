//! The person at the browser: opens the sign-in page, presses "Sign in" and lets the browser follow to the
//! application's loopback listener. It must not take any way round the real pages.

use reqwest::{Client, Response, header};
use thiserror::Error;
use url::Url;

/// Redirects that a browser would follow here; the flow needs one.
const MOST_REDIRECTS: usize = 5;

/// Why the person could not sign in. No variant holds an address: it would hold the code.
#[derive(Debug, Error)]
pub enum SignInError {
    /// A server did not answer.
    #[error("The sign-in page or the application's listener did not answer: {0}.")]
    NoAnswer(#[source] reqwest::Error),
    /// The sign-in page shows an error instead of the button.
    #[error("The sign-in page refused the request: {0}.")]
    Refused(String),
    /// The application's listener did not take the answer.
    #[error("The application's listener answered {0}.")]
    Listener(u16),
}

/// Signs in as the agent, at the address that the application gave to the browser.
///
/// # Errors
/// The page refuses the request, or nobody listens for the answer.
pub async fn sign_in(http: &Client, authorize_url: &Url) -> Result<(), SignInError> {
    let page = http.get(authorize_url.clone()).send().await.map_err(no_answer)?;
    if !page.status().is_success() {
        return Err(SignInError::Refused(page.text().await.map_err(no_answer)?));
    }
    let press = http.post(authorize_url.clone()).form(&[("answer", "sign-in")]);
    let mut answer = press.send().await.map_err(no_answer)?;
    // The client may follow by itself, or leave it to us.
    for _ in 0..MOST_REDIRECTS {
        let Some(next) = redirect(&answer) else { break };
        answer = http.get(next).send().await.map_err(no_answer)?;
    }
    if answer.status().is_success() { Ok(()) } else { Err(SignInError::Listener(answer.status().as_u16())) }
}

fn redirect(answer: &Response) -> Option<Url> {
    if !answer.status().is_redirection() {
        return None;
    }
    let location = answer.headers().get(header::LOCATION)?.to_str().ok()?;
    answer.url().join(location).ok()
}

fn no_answer(error: reqwest::Error) -> SignInError {
    SignInError::NoAnswer(error.without_url())
}
