//! What signs a request: given for at most an hour, and kept in memory only.

use jiff::Timestamp;
use secrecy::SecretString;

/// Temporary credentials of a role.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The id of the key. It names the key and opens nothing.
    pub key: String,
    /// The key.
    pub secret: SecretString,
    /// What proves that the key is a temporary one.
    pub token: SecretString,
    /// When it ends, by the clock of AWS.
    pub expires: Timestamp,
}
