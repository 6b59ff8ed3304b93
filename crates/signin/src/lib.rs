//! Sign-in with Microsoft Entra: authorization code with PKCE, loopback redirect, refresh, classes of errors.
//!
//! [`SignIn`] is the client: [`SignIn::begin`] starts an [`Attempt`] for the browser, [`SignIn::refresh`] renews; both
//! end in a [`Grant`] or a [`SignInError`]. The caller opens the browser and stores tokens and secrets. No code, token
//! or verifier leaves this crate except in a [`Grant`].

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

pub use attempt::{Attempt, LoginOptions};
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

/// The result of a login or a refresh.
#[derive(Debug)]
pub struct Grant {
    /// The access token for Graph.
    pub access: SecretString,
    /// How long the access token lasts: usually 60 to 90 minutes. Never less than [`Grant::SHORTEST`], whatever the
    /// answer says, so that a caller that renews at half of it asks at most twice a minute, and never more than
    /// [`Grant::LONGEST`]. Graph refuses a token that ends earlier like any other expired one.
    pub expires_in: Duration,
    /// The granted scopes as Entra names them: in any letter case, with or without the address of their resource. If
    /// the answer names none, the requested ones.
    pub granted: Vec<String>,
    /// The newest refresh token. Each use returns a new one; keep the newest.
    pub refresh: Option<SecretString>,
    /// Who logged in, if Entra says so. Read from the ID token without verifying its signature: it came over TLS
    /// directly from the token endpoint.
    pub who: Option<Identity>,
    /// The ID token, as a proof of this login for other services. Every login and every refresh returns one (scope
    /// `openid`). Must be kept in memory only.
    pub id_token: Option<IdToken>,
}

impl Grant {
    /// The shortest lifetime that is accepted.
    pub const SHORTEST: Duration = Duration::from_mins(1);
    /// The lifetime if neither the answer nor the token says it.
    pub const ASSUMED: Duration = Duration::from_mins(10);
    /// The longest lifetime that is accepted: the longest that a tenant can set (Entra: configurable-token-lifetimes).
    pub const LONGEST: Duration = Duration::from_hours(24);
}

/// Signs people in with one app registration. Cheap to clone.
#[derive(Debug, Clone)]
pub struct SignIn {
    http: reqwest::Client,
    registration: Registration,
    secret: Option<Arc<Secret>>,
}

impl SignIn {
    /// Signs in with a public registration. `http` must not follow redirects: codes and tokens must reach one host
    /// only.
    #[must_use]
    pub fn new(http: reqwest::Client, registration: Registration) -> Self {
        Self { http, registration, secret: None }
    }

    /// The same, requesting only those of its scopes that a grant named. For a refresh: a provider may refuse the whole
    /// request because of one scope that was not granted. A login requests all of them.
    #[must_use]
    pub fn for_granted(&self, granted: &[String]) -> Self {
        let scopes = rights::for_refresh(&self.registration.scopes, granted);
        Self { registration: Registration { scopes, ..self.registration.clone() }, ..self.clone() }
    }

    /// Signs in with a confidential registration: the secret is sent to the token endpoint. Before the first request it
    /// is checked once whether the secret grants application permissions; if so, every login and refresh fails with
    /// [`SignInError::AppPermissions`]. Without a secret the registration is a public one.
    #[must_use]
    pub fn with_secret(self, secret: Option<SecretString>) -> Self {
        Self { secret: secret.map(Secret::new).map(Arc::new), ..self }
    }
}

#[cfg(test)]
mod tests;
