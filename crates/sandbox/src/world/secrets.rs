//! Every secret that went in or out, in plain text, so that a test can look for them where they must not be. It
//! exists in the process that runs Contoso and cannot be read at any address.

use std::collections::VecDeque;

use secrecy::{ExposeSecret, SecretString};

/// Of all kinds together; the oldest make room.
const MOST_KEPT: usize = 10_000;

/// What a secret is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SecretKind {
    /// An authorization code.
    Code,
    /// A PKCE verifier.
    Verifier,
    /// The `state` of a sign-in.
    State,
    /// The `nonce` of a sign-in.
    Nonce,
    /// An access token.
    Access,
    /// A refresh token.
    Refresh,
    /// An ID token.
    Id,
    /// The cookie of a Connect session.
    ConnectSession,
    /// The secret of temporary keys of AWS.
    AwsSecret,
    /// Their session token.
    AwsSession,
}

/// A secret that Contoso issued or received.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What it is for.
    pub kind: SecretKind,
    /// The secret itself.
    pub text: SecretString,
}

/// All of them, each once.
#[derive(Debug, Default)]
pub(crate) struct Secrets(VecDeque<Secret>);

impl Secrets {
    pub(crate) fn keep(&mut self, kind: SecretKind, text: impl Into<SecretString>) {
        let text = text.into();
        let known =
            |secret: &Secret| secret.kind == kind && secret.text.expose_secret() == text.expose_secret();
        if self.0.iter().any(known) {
            return;
        }
        if self.0.len() >= MOST_KEPT {
            self.0.pop_front();
        }
        self.0.push_back(Secret { kind, text });
    }

    pub(crate) fn all(&self) -> Vec<Secret> {
        self.0.iter().cloned().collect()
    }
}
