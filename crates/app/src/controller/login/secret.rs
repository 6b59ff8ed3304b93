//! The secret of a confidential registration: in the keyring under a name of its own, and in the sign-in.
//!
//! It is never exported and never read from a file; only the date on which it ends is kept beside the settings.

use std::time::Duration;

use jiff::Timestamp;
use secrecy::SecretString;
use signin::SignIn;

use super::{super::Controller, Login};
use crate::{
    host::{Host, SecretsOrder},
    words::{date, fill},
};

/// An administrator needs some weeks for a new one.
const WARNED_AHEAD: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The keyring entry of the secret, beside that of the refresh token.
pub(crate) fn account(login: &str) -> String {
    format!("{login}/client-secret")
}

impl Login {
    pub(in super::super) fn use_secret(&mut self, secret: Option<&SecretString>) {
        let with = |sign_in: SignIn| sign_in.with_secret(secret.cloned());
        self.sign_in = self.sign_in.take().map(with);
        self.wider = self.wider.take().map(with);
    }
}

impl<H: Host> Controller<H> {
    /// Keeps the secret of the registration and when it ends, as the administrator read it in the portal; or forgets
    /// it, for a public registration.
    pub(in super::super) fn keep_client_secret(
        &mut self,
        secret: Option<SecretString>,
        expires: Option<Timestamp>,
    ) {
        if self.setup.is_err() {
            return;
        }
        self.login.use_secret(secret.as_ref());
        self.login.authorization.secret_expires = expires.filter(|_| secret.is_some());
        self.keep_authorization();
        let order = secret.map_or(SecretsOrder::Delete, SecretsOrder::Store);
        self.keep(account(&self.login.account), order);
    }

    /// "The client secret expires on Fri 18 Dec.", in time for a new one.
    pub(in super::super) fn secret_warning(&self) -> Option<String> {
        let expires = self.login.authorization.secret_expires?;
        let soon = crate::clock::later(self.clock.now(), WARNED_AHEAD) >= expires;
        soon.then(|| fill("checks.login.secretExpires", &[("date", &date(expires))]))
    }
}
