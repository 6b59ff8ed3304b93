//! "Teams Login runs out": how long an authorization lasts, and the reminders before its end, while it still works.
//!
//! How long it lasts is known by `signin`; nothing here logs in.

use jiff::{SignedDuration, Timestamp};
use presence::identity::ObjectId;
use serde::{Deserialize, Serialize};
use signin::{Period, Reminder};

/// What is known of an authorization beside its tokens; outlives the process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Authorization {
    /// How long it lasts.
    #[serde(default)]
    pub(crate) period: Period,
    /// When the client secret of the registration ends, if it has one.
    #[serde(default)]
    pub(crate) secret_expires: Option<Timestamp>,
    /// What was granted with the refresh token, as Entra names it; none if that is not known. No refresh asks for more.
    #[serde(default)]
    pub(crate) granted: Option<Vec<String>>,
    /// Whose refresh token the keyring has; none if that is not known. The token does not say it.
    #[serde(default)]
    pub(crate) of: Option<ObjectId>,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Reminders {
    authorization: Authorization,
    shown: Option<Reminder>,
}

impl Reminders {
    pub(super) fn new(authorization: Authorization) -> Self {
        Self { authorization, shown: None }
    }

    pub(super) fn authorization(&self) -> &Authorization {
        &self.authorization
    }

    /// The clock was set. When the secret ends was read from a page, not from our clock.
    pub(super) fn set_clock(&mut self, by: SignedDuration, now: Timestamp) {
        self.authorization.period.set_clock(by, now);
    }

    pub(super) fn replace(&mut self, authorization: Authorization) {
        self.authorization = authorization;
    }

    pub(super) fn secret_expires(&mut self, at: Option<Timestamp>) {
        self.authorization.secret_expires = at;
    }

    /// Whose the newest refresh token is, and what it was granted with.
    pub(super) fn granted(&mut self, of: &ObjectId, rights: &[String]) {
        self.authorization.of = Some(of.clone());
        self.authorization.granted = Some(rights.to_vec()).filter(|rights| !rights.is_empty());
    }

    pub(super) fn logged_in(&mut self, now: Timestamp) {
        self.authorization.period.logged_in(now);
        self.shown = None;
    }

    pub(super) fn worked(&mut self, now: Timestamp) {
        self.authorization.period.worked(now);
    }

    /// The authorization ended. If it was too old, the next one will not last longer: true if that was learned.
    pub(super) fn ended(&mut self, by_age: bool, now: Timestamp) -> bool {
        self.shown = None;
        if by_age {
            self.authorization.period.ended_by_age(now);
        }
        by_age
    }

    pub(super) fn put_away(&mut self) {
        self.shown = None;
    }

    pub(super) fn next(&self) -> Option<Timestamp> {
        self.authorization.period.next()
    }

    /// Shows what is due, and gives the day of the end.
    pub(super) fn due(&mut self, now: Timestamp) -> Option<Timestamp> {
        let period = &mut self.authorization.period;
        let (reminder, by) = period.due(now).zip(period.renew_by())?;
        period.remind(reminder);
        self.shown = Some(reminder);
        Some(by)
    }

    /// The end that is reminded of at the moment.
    pub(super) fn shown(&self) -> Option<Timestamp> {
        self.shown.and_then(|_| self.authorization.period.renew_by())
    }
}
