//! What is asked of the keyring, and what it answers. Whoever runs on a desktop has one; this room only names it.

use secrecy::SecretString;
use thiserror::Error;

/// Why the keyring did not do it. Each has its sentence in the catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretsError {
    /// No keyring service on this machine.
    #[error("no keyring was found")]
    Missing,
    /// There is one, but it is locked.
    #[error("the keyring is locked")]
    Locked,
    /// It answered with a failure.
    #[error("the keyring failed")]
    Failed,
}

/// What is asked of the keyring: for a refresh token, or for the secret of a registration.
#[derive(Debug)]
pub enum SecretsOrder {
    /// Read the secret of an account.
    Load,
    /// Keep it.
    Store(SecretString),
    /// Forget it.
    Delete,
    /// See whether the keyring is open, and ask nobody to open it.
    Look,
}

/// The keyring's answer.
pub type SecretsAnswer = Result<Option<SecretString>, SecretsError>;
