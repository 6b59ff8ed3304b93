//! Why nobody is signed in, or why a login did not succeed, as values: the words are found by `view`.

use signin::{Claims, Class, Identity, SignInError};

/// Who refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RefusedBy {
    /// Entra, or the way to it.
    Entra(SignInError),
    /// Graph does not accept the token, and it cannot be renewed without the person.
    Graph,
}

/// A refusal, until a login or a refresh succeeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoginRefusal {
    reason: RefusedBy,
    /// The claims that the next login must pass on.
    claims: Option<Claims>,
    /// Whose refresh token was refused, if it was one.
    about: Option<String>,
}

impl LoginRefusal {
    /// Entra refused. What an earlier refusal asked for is still asked for, if this one names nothing.
    pub(super) fn of_entra(error: SignInError, earlier: Option<Claims>) -> Self {
        // The claims may have made the request too long.
        let earlier = earlier.filter(|_| error.class() != Class::TooLong);
        let claims = error.claims().cloned().or(earlier);
        Self { reason: RefusedBy::Entra(error), claims, about: None }
    }

    /// The same, about the refresh token of this person.
    pub(super) fn about(self, who: Option<&Identity>) -> Self {
        Self { about: who.map(|who| who.upn.clone()), ..self }
    }

    /// Graph refused.
    pub(super) fn of_graph(claims: Option<Claims>) -> Self {
        Self { reason: RefusedBy::Graph, claims, about: None }
    }

    /// Who refused.
    pub(crate) fn reason(&self) -> &RefusedBy {
        &self.reason
    }

    /// What must be done about it.
    pub(crate) fn class(&self) -> Class {
        match (&self.reason, &self.claims) {
            (RefusedBy::Entra(error), _) => error.class(),
            (RefusedBy::Graph, Some(_)) => Class::AnotherCheck,
            (RefusedBy::Graph, None) => Class::SignInAgain,
        }
    }

    /// The name of the person whose refresh token was refused, if one was.
    pub(crate) fn account(&self) -> Option<&str> {
        self.about.as_deref()
    }

    pub(super) fn claims(&self) -> Option<&Claims> {
        self.claims.as_ref()
    }
}
