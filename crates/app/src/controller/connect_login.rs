//! Connect Login: what the login window brought, when the session will end, and when that is told. Never during a
//! contact: nobody logs in while talking to a customer.

use std::time::Duration;

use connect::Phase;
use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;

use super::Controller;
use crate::{
    clock::later,
    host::{Host, Notice, NoticeKind, TrayAction},
    words::{fill, say, time},
};

/// Amazon Connect ends a session that long after its login, on a contact too (administrator guide, "Log in to the
/// CCP"). An instance may be set to less; then the CCP tells the end.
const SESSION: Duration = Duration::from_secs(12 * 60 * 60);
/// The end is told that long before.
const AHEAD: Duration = Duration::from_secs(15 * 60);
/// A contact that was live when the session ended may go on unseen. After this it is asked all the same.
const UNSEEN_CONTACT: Duration = Duration::from_secs(10 * 60);

/// What there is to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    /// The session ends at this moment, and a login renews it.
    Ends(Timestamp),
    /// Nobody is logged in.
    Missing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    No,
    ToldAt(Timestamp),
    Told,
}

/// The login that lasts, as far as it was seen.
#[derive(Debug)]
pub(super) struct ConnectLogin {
    /// A login before the end begins a new session. The CCP's own address shows the old one as long as it lasts.
    renews: bool,
    ends: Option<Timestamp>,
    announced: bool,
    missing: Missing,
}

impl ConnectLogin {
    pub(super) fn new(renews: bool) -> Self {
        Self { renews, ends: None, announced: false, missing: Missing::No }
    }

    /// True once the coming end was told: a login is offered.
    pub(super) fn is_due(&self) -> bool {
        self.announced
    }

    /// Somebody reached the CCP in the login window. True where that may be a new session.
    fn reached(&mut self, live: bool, now: Timestamp) -> bool {
        let new = self.renews || !live;
        if new {
            *self = Self { ends: Some(later(now, SESSION)), ..Self::new(self.renews) };
        }
        new
    }

    /// The session is live. True where it had been told that it is not.
    fn is_live(&mut self) -> bool {
        std::mem::replace(&mut self.missing, Missing::No) == Missing::Told
    }

    /// Nobody is logged in any more.
    fn lost(&mut self, was_in_contact: bool, now: Timestamp) {
        self.ends = None;
        self.announced = false;
        if self.missing == Missing::No {
            let wait = if was_in_contact { UNSEEN_CONTACT } else { Duration::ZERO };
            self.missing = Missing::ToldAt(later(now, wait));
        }
    }

    fn deadline(&self, in_contact: bool) -> Option<Timestamp> {
        match self.missing {
            Missing::ToldAt(at) => Some(at),
            Missing::No | Missing::Told if in_contact || self.announced || !self.renews => None,
            Missing::No | Missing::Told => {
                self.ends.map(|ends| ends.checked_sub(AHEAD).unwrap_or(Timestamp::MIN))
            }
        }
    }

    fn due(&mut self, in_contact: bool, now: Timestamp) -> Option<Due> {
        if self.deadline(in_contact).is_none_or(|at| now < at) {
            return None;
        }
        if let Missing::ToldAt(_) = self.missing {
            self.missing = Missing::Told;
            return Some(Due::Missing);
        }
        self.announced = true;
        self.ends.map(Due::Ends)
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn open_connect_login(&self) {
        if let Some(plan) = self.centre.plan() {
            self.host.open_connect_login(plan);
        }
    }

    /// The login window is gone. Where the CCP was not seen in it, somebody may be logged in all the same, on a page
    /// that we do not know: the CCP is tried, and until it answers everything stays as it was said before.
    pub(super) fn connect_login_done(&mut self, reached: bool) {
        tracing::info!(reached, "the Connect login window is gone");
        let live = self.centre.session.phase() == &Phase::Live;
        if !reached {
            if !live {
                self.open_ccp();
            }
            return;
        }
        self.centre.session.login_reached();
        if self.centre.login.reached(live, self.clock.now()) {
            self.host.withdraw(NoticeKind::ConnectLogin);
            self.open_ccp();
        }
    }

    pub(super) fn connect_is_live(&mut self) {
        if self.centre.login.is_live() {
            self.host.withdraw(NoticeKind::ConnectLogin);
        }
    }

    pub(super) fn connect_login_needed(&mut self, was_in_contact: bool) {
        let now = self.clock.now();
        self.centre.login.lost(was_in_contact, now);
        self.connect_login_due(now);
    }

    pub(super) fn connect_login_deadline(&self) -> Option<Timestamp> {
        self.centre.login.deadline(self.centre.in_contact())
    }

    pub(super) fn connect_login_due(&mut self, now: Timestamp) {
        let in_contact = self.centre.in_contact();
        let (title, body) = match self.centre.login.due(in_contact, now) {
            Some(Due::Missing) => (say("notice.connectLogin.title"), say("notice.connectLogin.body")),
            Some(Due::Ends(at)) => (
                fill("notice.connectLogin.ends", &[("time", &time(at))]),
                say("notice.connectLogin.endsBody"),
            ),
            None => return,
        };
        let action = Some((say("notice.connectLogin.button"), TrayAction::ConnectLogin));
        self.host.notify(Notice { kind: NoticeKind::ConnectLogin, title, body, action });
    }
}

impl Redate for ConnectLogin {
    fn redate(&mut self, by: SignedDuration) {
        let Self { renews: _, ends, announced: _, missing } = self;
        ends.redate(by);
        match missing {
            Missing::ToldAt(at) => at.redate(by),
            Missing::No | Missing::Told => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes)
    }

    const TWELVE_HOURS: i64 = 12 * 60;

    #[test]
    fn the_end_of_a_session_is_told_once_ahead_of_it() {
        let mut login = ConnectLogin::new(true);
        assert!(login.reached(false, at(0)));
        assert_eq!(login.due(false, at(TWELVE_HOURS - 16)), None);
        assert_eq!(login.deadline(false), Some(at(TWELVE_HOURS - 15)));
        assert_eq!(login.due(false, at(TWELVE_HOURS - 15)), Some(Due::Ends(at(TWELVE_HOURS))));
        assert!(login.is_due());
        assert_eq!(login.due(false, at(TWELVE_HOURS - 1)), None);
        assert!(login.reached(true, at(TWELVE_HOURS - 1)), "a login before the end is a new session");
        assert!(!login.is_due());
        assert_eq!(login.deadline(false), Some(at(2 * TWELVE_HOURS - 16)));
    }

    #[test]
    fn the_end_is_not_told_during_a_contact() {
        let mut login = ConnectLogin::new(true);
        login.reached(false, at(0));
        assert_eq!(login.deadline(true), None);
        assert_eq!(login.due(true, at(TWELVE_HOURS - 5)), None);
        assert_eq!(login.due(false, at(TWELVE_HOURS - 4)), Some(Due::Ends(at(TWELVE_HOURS))));
    }

    #[test]
    fn where_a_login_cannot_renew_only_the_end_itself_is_told() {
        let mut login = ConnectLogin::new(false);
        login.reached(false, at(0));
        assert_eq!(login.deadline(false), None);
        assert!(!login.reached(true, at(60)), "the CCP showed the session that there is");
        login.lost(false, at(TWELVE_HOURS));
        assert_eq!(login.due(false, at(TWELVE_HOURS)), Some(Due::Missing));
    }

    #[test]
    fn a_missing_login_is_told_once_until_the_session_was_live_again() {
        let mut login = ConnectLogin::new(false);
        login.lost(false, at(0));
        assert_eq!(login.due(false, at(0)), Some(Due::Missing));
        login.lost(false, at(1));
        assert_eq!(login.due(false, at(1)), None);
        assert!(login.is_live() && !login.is_live());
        login.lost(false, at(2));
        assert_eq!(login.due(false, at(2)), Some(Due::Missing));
    }

    #[test]
    fn a_session_that_ends_on_a_contact_waits_before_it_asks() {
        let mut login = ConnectLogin::new(false);
        login.lost(true, at(0));
        assert_eq!(login.due(false, at(9)), None);
        assert_eq!(login.due(false, at(10)), Some(Due::Missing));
        login.is_live();
        login.lost(true, at(20));
        assert!(!login.is_live(), "it came back before anything was told");
        assert_eq!(login.deadline(false), None);
    }
}
