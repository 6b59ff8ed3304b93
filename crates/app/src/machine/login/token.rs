//! A secret inside a plain value: can be compared, and never shows itself.

use secrecy::{ExposeSecret, SecretString};

/// A token or a client secret.
#[derive(Debug, Clone)]
pub(crate) struct Token(SecretString);

impl Token {
    /// The secret itself.
    pub(crate) fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl From<SecretString> for Token {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl Eq for Token {}
