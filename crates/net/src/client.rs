//! The one HTTP client: with the system's proxy and certificates, and without following redirects.

use thiserror::Error;

/// No client could be made: the machine has no usable certificates or a broken proxy setting.
#[derive(Debug, Error)]
#[error("no secure connection can be made on this machine: {0}")]
pub struct NoClient(#[from] reqwest::Error);

/// Makes it. A token belongs to one host, so no redirect is followed.
///
/// # Errors
/// [`NoClient`].
pub fn client() -> Result<reqwest::Client, NoClient> {
    Ok(reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?)
}
