//! Why nobody is signed in, or why a login did not succeed: facts for the words, no words.

use signin::{Claims, Class, SignInError};

/// Who said no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Entra, or the way to it.
    Entra(SignInError),
    /// Graph does not take the token, and it cannot be renewed without the person.
    Graph,
}

/// A refusal, until a login or a refresh succeeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    reason: Reason,
    /// What the next login must pass on.
    claims: Option<Claims>,
}

impl Refusal {
    /// Entra said no. What an earlier refusal asked for is still asked for, if this one names nothing.
    pub(super) fn of_entra(error: SignInError, earlier: Option<Claims>) -> Self {
        let claims = error.claims().cloned().or(earlier);
        Self { reason: Reason::Entra(error), claims }
    }

    /// Graph said no.
    pub(super) fn of_graph(claims: Option<Claims>) -> Self {
        Self { reason: Reason::Graph, claims }
    }

    /// Who said no.
    pub(crate) fn reason(&self) -> &Reason {
        &self.reason
    }

    /// What must be done about it.
    pub(crate) fn class(&self) -> Class {
        match (&self.reason, &self.claims) {
            (Reason::Entra(error), _) => error.class(),
            (Reason::Graph, Some(_)) => Class::AnotherCheck,
            (Reason::Graph, None) => Class::SignInAgain,
        }
    }

    pub(super) fn claims(&self) -> Option<&Claims> {
        self.claims.as_ref()
    }
}
