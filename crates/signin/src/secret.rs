//! The client secret of a confidential registration, and the check that it grants no application permissions.

use secrecy::SecretString;
use tokio::sync::OnceCell;

use crate::{SignIn, SignInError};

/// The secret, and whether it has been checked.
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
    /// Checks once that the client secret grants no application permissions. With one, anybody who finds the secret on
    /// this machine could write everybody's presence.
    pub(crate) async fn check_secret(&self) -> Result<(), SignInError> {
        let (Some(secret), Some(resource)) = (&self.secret, self.resource()) else { return Ok(()) };
        let check = async || {
            let roles = self.application_roles(&resource).await?;
            if roles.is_empty() { Ok(()) } else { Err(SignInError::AppPermissions) }
        };
        secret.harmless.get_or_try_init(check).await.copied()
    }
}
