//! "Teams Login expires": how long an authorization lasts, and the reminders before its end, while it still works.
//!
//! How long it lasts is known by `signin`; nothing here logs in.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use signin::{Identity, Period, Reminder};

/// What is known of an authorization beside its tokens; outlives the process.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Authorization {
    /// How long it lasts.
    #[serde(default)]
    pub(crate) period: Period,
    /// When the client secret of the registration ends, if it has one.
    #[serde(default)]
    pub(crate) secret_expires: Option<Timestamp>,
    /// What was granted with the refresh token, as Entra names it; none if that is not known. Most refreshes ask for no
    /// more.
    #[serde(default)]
    pub(crate) granted: Option<Vec<String>>,
    /// Whose refresh token the keyring has; none if that is not known. The token does not say it, and nor does every
    /// answer.
    #[serde(default)]
    pub(crate) who: Option<Identity>,
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

    /// Whose the newest refresh token is, and what this answer named of what it was granted with. An answer to a
    /// refresh names what was asked for, so one that names less takes nothing away from what this person granted.
    pub(super) fn granted(&mut self, who: &Identity, rights: &[String]) {
        let former = self.authorization.who.replace(who.clone());
        let is_another = former.is_some_and(|former| former.object_id != who.object_id);
        let mut granted = self.authorization.granted.take().filter(|_| !is_another).unwrap_or_default();
        for right in rights {
            if !granted.iter().any(|known| known.eq_ignore_ascii_case(right)) {
                granted.push(right.clone());
            }
        }
        self.authorization.granted = Some(granted).filter(|granted| !granted.is_empty());
    }

    /// The keyring has the token of this person; none if it may have another's. True if that has changed.
    pub(super) fn keyring_has(&mut self, who: Option<Identity>) -> bool {
        let former = std::mem::replace(&mut self.authorization.who, who);
        former != self.authorization.who
    }

    /// A login names everything that it brought.
    pub(super) fn logged_in(&mut self, now: Timestamp) {
        self.authorization.granted = None;
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

    /// Shows what is due, and returns the day of the end.
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
