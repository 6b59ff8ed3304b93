//! The logins in the browser: one attempt at a time, each with a number.

use jiff::{SignedDuration, Timestamp};
use presence::redate::Redate;
use signin::Claims;
use url::Url;
use view::facts::BrowserLogin;

use super::{attempt::Attempt, refreshes::Rights};

/// What an attempt asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LoginWish {
    pub(super) rights: Rights,
    pub(super) hint: Option<String>,
    pub(super) other_account: bool,
    pub(super) claims: Option<Claims>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    last: u64,
    current: Option<Attempt<LoginWish>>,
}

impl Attempts {
    /// Begins an attempt and returns its number.
    pub(super) fn begin(&mut self, wish: LoginWish, now: Timestamp) -> u64 {
        self.last += 1;
        self.current = Some(Attempt::new(self.last, wish, now));
        self.last
    }

    /// True if the current one asks for just this.
    pub(super) fn asks_for(&self, wish: &LoginWish) -> bool {
        self.current.as_ref().is_some_and(|attempt| attempt.wish() == wish)
    }

    /// Ends the current one from our side.
    pub(super) fn abort(&mut self) -> Option<u64> {
        self.current.take().map(|attempt| attempt.number())
    }

    /// Somebody is signed in: ends the current one, unless it is for another account.
    pub(super) fn abort_needless(&mut self) -> Option<u64> {
        self.current.take_if(|attempt| !attempt.wish().other_account).map(|attempt| attempt.number())
    }

    /// This attempt was answered; false if it is not the current one.
    pub(super) fn answered(&mut self, number: u64) -> bool {
        self.current.take_if(|attempt| attempt.number() == number).is_some()
    }

    /// The page of this attempt is known; false if it is not the current one.
    pub(super) fn page(&mut self, number: u64, url: Url, now: Timestamp) -> bool {
        let Some(attempt) = self.of(number) else { return false };
        attempt.page(url, now);
        true
    }

    /// The page of the current one is asked for once more, if it is known.
    pub(super) fn open_again(&mut self, now: Timestamp) -> Option<(u64, Url)> {
        let attempt = self.current.as_mut()?;
        attempt.open_again(now).map(|url| (attempt.number(), url))
    }

    /// The browser opened, or not.
    pub(super) fn opened(&mut self, number: u64, opened: bool, now: Timestamp) {
        if let Some(attempt) = self.of(number) {
            attempt.opened(opened, now);
        }
    }

    fn of(&mut self, number: u64) -> Option<&mut Attempt<LoginWish>> {
        self.current.as_mut().filter(|attempt| attempt.number() == number)
    }

    /// What is under way gets its whole time from now on.
    pub(super) fn woke(&mut self, now: Timestamp) {
        if let Some(attempt) = &mut self.current {
            attempt.woke(now);
        }
    }

    /// See [`Attempt::browser_due`].
    pub(super) fn browser_due(&mut self, now: Timestamp) {
        if let Some(attempt) = &mut self.current {
            attempt.browser_due(now);
        }
    }

    /// The attempt that should have been answered by now; it is over.
    pub(super) fn overdue(&mut self, now: Timestamp) -> Option<u64> {
        self.current.take_if(|attempt| attempt.is_overdue(now)).map(|attempt| attempt.number())
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.current.as_ref().map(Attempt::deadline)
    }

    /// The attempt that is under way.
    pub(super) fn under_way(&self) -> Option<BrowserLogin<'_>> {
        self.current.as_ref().map(Attempt::under_way)
    }
}

impl Redate for Attempts {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, current } = self;
        current.redate(by);
    }
}
