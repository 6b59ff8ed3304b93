//! Requests to the keyring and its answers, as types. The shell implements them; this crate only defines them.

use secrecy::SecretString;
use thiserror::Error;

/// Why the keyring failed. Each variant has its own text in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SecretsError {
    /// There is no keyring service on this machine.
    #[error("no keyring was found")]
    Missing,
    /// The keyring is locked.
    #[error("the keyring is locked")]
    Locked,
    /// The keyring reported an error.
    #[error("the keyring failed")]
    Failed,
}

/// A request to the keyring, for a refresh token or for the secret of a registration.
#[derive(Debug)]
pub enum SecretsOrder {
    /// Read the secret of an account.
    Load,
    /// Store it.
    Store(SecretString),
    /// Delete it.
    Delete,
    /// Check whether the keyring is unlocked, without asking the person to unlock it.
    Look,
}

/// The keyring's answer.
pub type SecretsAnswer = Result<Option<SecretString>, SecretsError>;
