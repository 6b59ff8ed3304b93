//! The one HTTP client: with a proxy, the system's certificates, and without following redirects.

use thiserror::Error;

use crate::Proxy;

/// No client could be made: the machine has no usable certificates or a broken proxy setting.
#[derive(Debug, Error)]
#[error("no secure connection can be made on this machine: {0}")]
pub struct NoClient(#[from] reqwest::Error);

/// Makes the client. Its requests go through this proxy, or else through the one of the system. A token belongs to one
/// host, so no redirect is followed.
///
/// # Errors
/// [`NoClient`].
pub fn client(proxy: Option<&Proxy>) -> Result<reqwest::Client, NoClient> {
    let builder = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let builder = match proxy.cloned() {
        // Asked for each connection, so that a password counts as soon as it is known.
        Some(proxy) => builder.proxy(reqwest::Proxy::custom(move |url| proxy.for_client(url))),
        None => builder,
    };
    Ok(builder.build()?)
}

#[cfg(test)]
mod tests;
