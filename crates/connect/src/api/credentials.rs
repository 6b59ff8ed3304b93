//! Temporary credentials for signing requests. Valid for at most an hour, and kept in memory only.

use jiff::Timestamp;
use secrecy::SecretString;

/// Temporary credentials of a role.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The id of the key, which is not secret.
    pub key: String,
    /// The secret key.
    pub secret: SecretString,
    /// The session token.
    pub token: SecretString,
    /// When they expire, by the clock of AWS.
    pub expires: Timestamp,
}
