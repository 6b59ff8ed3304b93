//! What the keyring has of a registration, and what becomes of it. Plain values; it is asked elsewhere.

use super::token::Token;

/// What the keyring has of a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyringEntry {
    /// The newest refresh token.
    RefreshToken,
    /// The secret of a confidential registration.
    ClientSecret,
}

/// What becomes of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyringChange {
    /// This is in it from now on.
    Store(Token),
    /// Nothing is in it any more.
    Forget,
}
