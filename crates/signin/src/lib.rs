//! Entra sign-in: PKCE, loopback redirect, refresh, error classes.
//!
//! Opens no browser and keeps no token and no secret; that is for the caller. No code, token or verifier leaves this
//! crate but in a [`Grant`].

mod answer;
mod attempt;
mod claims;
mod class;
mod error;
mod gateway;
mod id_token;
mod identity;
mod jwt;
mod keyring;
mod listener;
mod page;
mod period;
mod probe;
mod redirect;
mod refusal;
mod registration;
mod rights;
mod secret;
mod token;

use std::{sync::Arc, time::Duration};

use secrecy::SecretString;

pub use attempt::{Attempt, Wish};
pub use claims::Claims;
pub use class::Class;
pub use error::{Details, SignInError};
pub use id_token::IdToken;
pub use identity::Identity;
pub use keyring::{SecretsAnswer, SecretsError, SecretsOrder};
pub use net::Gateway;
pub use period::{Period, Reminder};
pub use probe::Registered;
pub use registration::{Registration, scopes};
pub use rights::reads_everybody;

use secret::Secret;

/// What a login or a refresh brings.
#[derive(Debug)]
pub struct Grant {
    /// The access token for Graph.
    pub access: SecretString,
    /// How long it lasts: 60 to 90 minutes, as Entra likes. Never less than [`Grant::SHORTEST`], whatever the answer
    /// says, so that whoever renews it at its half asks at most twice a minute, nor more than [`Grant::LONGEST`]. A token
    /// that ends earlier than that is refused by Graph like any other that has ended.
    pub expires_in: Duration,
    /// The rights that it carries, as Entra names them: in any case, with or without the address of their resource. Those
    /// that were asked for where the answer names none.
    pub granted: Vec<String>,
    /// The newest refresh token. Each use of one yields another; the newest is the one to keep.
    pub refresh: Option<SecretString>,
    /// Who logged in, if Entra said it. Read from the ID token and not verified: it came over TLS from the
    /// token endpoint itself, so a signature would prove nothing more.
    pub who: Option<Identity>,
    /// The proof of this login for others than Entra. Every login and every refresh brings one (scope `openid`). Kept in
    /// memory only.
    pub id_token: Option<IdToken>,
}

impl Grant {
    /// The shortest life that is believed.
    pub const SHORTEST: Duration = Duration::from_mins(1);
    /// What is assumed where neither the answer nor the token says it.
    pub const ASSUMED: Duration = Duration::from_mins(10);
    /// The longest life that is believed: the longest that a tenant can set (Entra: configurable-token-lifetimes).
    pub const LONGEST: Duration = Duration::from_hours(24);
}

/// Signs people in with one registration. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SignIn {
    http: reqwest::Client,
    registration: Registration,
    secret: Option<Arc<Secret>>,
}

impl SignIn {
    /// Signs in with a public registration. `http` must not follow redirects: codes and tokens are meant for one
    /// host.
    #[must_use]
    pub fn new(http: reqwest::Client, registration: Registration) -> Self {
        Self { http, registration, secret: None }
    }

    /// The same, asking for no more of its rights than these, which a grant named. For a refresh: a provider may refuse
    /// the whole request for a right that was not granted. A login asks for everything.
    #[must_use]
    pub fn for_granted(&self, granted: &[String]) -> Self {
        let scopes = rights::asked_again(&self.registration.scopes, granted);
        Self { registration: Registration { scopes, ..self.registration.clone() }, ..self.clone() }
    }

    /// Signs in with a confidential registration: the secret is sent to the token endpoint. The first request asks
    /// once what it opens; if that is any right of the application itself, every login and refresh ends with
    /// [`SignInError::AppPermissions`]. Without a secret the registration is a public one again.
    #[must_use]
    pub fn with_secret(self, secret: Option<SecretString>) -> Self {
        Self { secret: secret.map(Secret::new).map(Arc::new), ..self }
    }
}

#[cfg(test)]
mod tests;
