//! The person in front of the browser.

use reqwest::Client;
use sandbox::SignInError;
use url::Url;

/// Signs in at the page that the application opened, as the agent of Contoso.
///
/// # Errors
/// When the page or the application's listener refuses.
pub async fn sign_in(page: &Url) -> Result<(), SignInError> {
    // A process that has chosen its provider before keeps it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // Contoso is on this machine, whatever the machine's proxy.
    let browser = Client::builder().no_proxy().build().map_err(SignInError::NoAnswer)?;
    sandbox::sign_in(&browser, page).await
}
