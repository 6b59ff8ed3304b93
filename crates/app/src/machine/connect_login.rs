//! Connect Login: what the login window brought, when the session will end, and when the person is notified of that.
//! Never during a contact: nobody logs in while talking to a customer.
//!
//! Opens no window and makes no words; [`super::ccp::Ccp`] owns it.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};

/// Amazon Connect ends a session this long after its login, on a contact too (administrator guide, "Log in to the
/// CCP"). An instance may be set to less; then the CCP reports the end.
const SESSION: Duration = Duration::from_secs(12 * 60 * 60);
/// The person is notified of the end this long before it.
const AHEAD: Duration = Duration::from_secs(15 * 60);
/// A contact that was live when it was last seen may continue unseen. After this the person is asked nevertheless.
const UNSEEN_CONTACT: Duration = Duration::from_secs(10 * 60);

/// What the person is notified of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ConnectLoginNotice {
    /// The session ends at this moment, and a login renews it.
    Ends(Timestamp),
    /// Nobody is logged in.
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum MissingLogin {
    No,
    NotifyAt(Timestamp),
    Notified,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LoginWindow {
    Closed,
    Open,
    /// Opened for another instance than the one that is used now.
    OfAnother,
}

/// The current login, as far as it was seen.
#[derive(Debug)]
pub(crate) struct ConnectLogin {
    /// A login before the end begins a new session. The CCP's own address shows the old one as long as it lasts.
    renews: bool,
    ends: Option<Timestamp>,
    announced: bool,
    missing: MissingLogin,
    window: LoginWindow,
}

impl ConnectLogin {
    /// Nothing is known yet. A login window of an earlier run of the controller may be open.
    pub(crate) fn new(renews: bool) -> Self {
        Self { renews, ends: None, announced: false, missing: MissingLogin::No, window: LoginWindow::Open }
    }

    /// The login of another instance. A window that is open shows the former one.
    pub(crate) fn of_another(&self, renews: bool) -> Self {
        let window = match self.window {
            LoginWindow::Closed => LoginWindow::Closed,
            LoginWindow::Open | LoginWindow::OfAnother => LoginWindow::OfAnother,
        };
        Self { window, ..Self::new(renews) }
    }

    /// The window is being opened. One that is open stays, whatever it shows.
    pub(crate) fn window_opened(&mut self) {
        if self.window == LoginWindow::Closed {
            self.window = LoginWindow::Open;
        }
    }

    /// The window is gone. None if that was reported before, else whether somebody logged in to this instance.
    pub(crate) fn window_gone(&mut self, reached: bool) -> Option<bool> {
        match std::mem::replace(&mut self.window, LoginWindow::Closed) {
            LoginWindow::Closed => None,
            LoginWindow::Open => Some(reached),
            LoginWindow::OfAnother => Some(false),
        }
    }

    /// True once the person was notified of the coming end: a login is offered.
    pub(crate) fn is_due(&self) -> bool {
        self.announced
    }

    /// Somebody reached the CCP in the login window. True if that may be a new session.
    pub(crate) fn reached(&mut self, live: bool, now: Timestamp) -> bool {
        let new = self.renews || !live;
        if new {
            *self = Self { ends: Some(later(now, SESSION)), window: self.window, ..Self::new(self.renews) };
        }
        new
    }

    /// Notes that the session is live. True if the person had been notified that it was not.
    pub(crate) fn mark_live(&mut self) -> bool {
        std::mem::replace(&mut self.missing, MissingLogin::No) == MissingLogin::Notified
    }

    /// Nobody is logged in any more. A contact has been out of sight since `unseen`, if there was one.
    pub(crate) fn lost(&mut self, unseen: Option<Timestamp>, now: Timestamp) {
        self.ends = None;
        self.announced = false;
        if self.missing == MissingLogin::No {
            self.missing =
                MissingLogin::NotifyAt(unseen.map_or(now, |unseen| later(unseen, UNSEEN_CONTACT).max(now)));
        }
    }

    pub(crate) fn deadline(&self, in_contact: bool) -> Option<Timestamp> {
        match self.missing {
            MissingLogin::NotifyAt(at) => Some(at),
            MissingLogin::No | MissingLogin::Notified if in_contact || self.announced || !self.renews => None,
            MissingLogin::No | MissingLogin::Notified => {
                self.ends.map(|ends| ends.checked_sub(AHEAD).unwrap_or(Timestamp::MIN))
            }
        }
    }

    pub(crate) fn due(&mut self, in_contact: bool, now: Timestamp) -> Option<ConnectLoginNotice> {
        if self.deadline(in_contact).is_none_or(|at| now < at) {
            return None;
        }
        if let MissingLogin::NotifyAt(_) = self.missing {
            self.missing = MissingLogin::Notified;
            return Some(ConnectLoginNotice::Missing);
        }
        // A session that outlived its end, on a contact or while the machine slept, has no end that we know.
        self.ends = self.ends.filter(|ends| *ends > now);
        self.announced = self.ends.is_some();
        self.ends.map(ConnectLoginNotice::Ends)
    }
}

impl Redate for ConnectLogin {
    fn redate(&mut self, by: SignedDuration) {
        let Self { renews: _, ends, announced: _, missing, window: _ } = self;
        ends.redate(by);
        match missing {
            MissingLogin::NotifyAt(at) => at.redate(by),
            MissingLogin::No | MissingLogin::Notified => {}
        }
    }
}

#[cfg(test)]
mod tests;
