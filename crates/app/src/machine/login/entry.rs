//! The entries of the keyring for a registration, and changes of them. Plain values; the keyring is asked elsewhere.

use super::token::Token;

/// An entry of the keyring for a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyringEntry {
    /// The newest refresh token.
    RefreshToken,
    /// The secret of a confidential registration.
    ClientSecret,
}

/// A change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyringChange {
    /// Store this.
    Store(Token),
    /// Remove it.
    Forget,
}
