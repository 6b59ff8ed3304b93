//! The person at the browser: opens the sign-in page, presses "Sign in" and lets the browser follow to the
//! application's loopback listener. It must not take any way round the real pages.

use reqwest::{Client, RequestBuilder, Response, header};
use thiserror::Error;
use url::Url;

/// Redirects that a browser would follow here; the flow needs one.
const MOST_REDIRECTS: usize = 5;
const SENT_BACK: &str = "it sent the browser back with an error";

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
    let page = follow(http, http.get(authorize_url.clone())).await?;
    let sent_back = page.url() != authorize_url;
    if sent_back || !page.status().is_success() {
        let text = page.text().await.map_err(no_answer)?;
        return Err(SignInError::Refused(if sent_back { SENT_BACK.to_owned() } else { reason(&text) }));
    }
    let press = http.post(authorize_url.clone()).form(&[("answer", "sign-in")]);
    let answer = follow(http, press).await?;
    if answer.status().is_success() { Ok(()) } else { Err(SignInError::Listener(answer.status().as_u16())) }
}

// The client may follow redirects by itself, or leave them to us.
async fn follow(http: &Client, request: RequestBuilder) -> Result<Response, SignInError> {
    let mut answer = request.send().await.map_err(no_answer)?;
    for _ in 0..MOST_REDIRECTS {
        let Some(next) = redirect(&answer) else { break };
        answer = http.get(next).send().await.map_err(no_answer)?;
    }
    Ok(answer)
}

// The page's sentence, as somebody would read it out.
fn reason(page: &str) -> String {
    let sentence = page.find("AADSTS").and_then(|start| page.get(start..)).unwrap_or("it gives no reason");
    sentence.split('<').next().unwrap_or_default().trim_end_matches('.').to_owned()
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
