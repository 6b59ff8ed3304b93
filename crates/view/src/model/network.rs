//! Why the network does not carry what it should, as a code.

use serde::Serialize;
use ts_rs::TS;

/// A code beside the sentence of a card, which may change or be in another language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NetworkCause {
    /// The proxy does not answer.
    ProxyDown,
    /// The proxy asks for a password, and none is known.
    PasswordMissing,
    /// The proxy does not accept the password.
    PasswordRefused,
    /// The proxy asks for a login that our own requests cannot give.
    OtherLogin,
    /// The proxy does not let us through.
    Refuses,
    /// The proxy does not reach the service.
    Unreached,
    /// A script says which proxy to take, and only web views can follow it.
    Script,
    /// Certificates are replaced on the way by an authority that this machine does not trust.
    Inspected,
}
