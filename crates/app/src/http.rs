//! The one HTTP client: with the system's proxy and certificates, and without following redirects.

use crate::StartError;

/// Makes it. A token belongs to one host, so no redirect is followed.
pub(crate) fn client() -> Result<reqwest::Client, StartError> {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .map_err(|error| StartError::Http(error.to_string()))
}
