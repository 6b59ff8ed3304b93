//! The client secret of a confidential registration, and what it must not open.

use secrecy::SecretString;
use tokio::sync::OnceCell;

use crate::{SignIn, SignInError};

/// The secret, and whether it was looked at already.
#[derive(Debug)]
pub(crate) struct Secret {
    text: SecretString,
    harmless: OnceCell<()>,
}

impl Secret {
    pub(crate) fn new(text: SecretString) -> Self {
        Self { text, harmless: OnceCell::new() }
    }

    pub(crate) fn text(&self) -> &SecretString {
        &self.text
    }
}

impl SignIn {
    /// Makes sure, once, that the client secret opens no right of the application itself: with one, whoever finds
    /// the secret on this desk could write everybody's presence.
    pub(crate) async fn check_secret(&self) -> Result<(), SignInError> {
        let (Some(secret), Some(resource)) = (&self.secret, self.resource()) else { return Ok(()) };
        let look = async || {
            let roles = self.application_roles(&resource).await?;
            if roles.is_empty() { Ok(()) } else { Err(SignInError::AppPermissions) }
        };
        secret.harmless.get_or_try_init(look).await.copied()
    }
}
