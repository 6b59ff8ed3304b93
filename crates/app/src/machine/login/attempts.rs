//! The login in the browser: one attempt at a time, each with a number, and the page that the browser is to open.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use url::Url;

/// A browser that has not opened after this is taken for one that will not.
pub(crate) const BROWSER_LIMIT: Duration = Duration::from_secs(10);
/// The sign-in ends an attempt earlier; this ends one whose answer got lost.
const LIMIT: Duration = Duration::from_secs(12 * 60);

#[derive(Debug, PartialEq, Eq)]
enum Page {
    /// Not known yet.
    Waiting,
    Opening {
        url: Url,
        until: Timestamp,
    },
    /// No browser took it.
    Unopened(Url),
    Open,
}

#[derive(Debug)]
struct Attempt {
    number: u64,
    until: Timestamp,
    page: Page,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    last: u64,
    current: Option<Attempt>,
}

impl Attempts {
    /// Begins one and gives its number.
    pub(super) fn begin(&mut self, now: Timestamp) -> u64 {
        self.last += 1;
        let until = later(now, LIMIT);
        self.current = Some(Attempt { number: self.last, until, page: Page::Waiting });
        self.last
    }

    /// Ends the current one from our side.
    pub(super) fn abort(&mut self) -> Option<u64> {
        self.current.take().map(|attempt| attempt.number)
    }

    /// This attempt was answered; false if it is not the current one.
    pub(super) fn answered(&mut self, number: u64) -> bool {
        self.current.take_if(|attempt| attempt.number == number).is_some()
    }

    /// The page of this attempt is known; false if it is not the current one.
    pub(super) fn page(&mut self, number: u64, url: Url, now: Timestamp) -> bool {
        let Some(attempt) = self.of(number) else { return false };
        attempt.page = Page::Opening { url, until: later(now, BROWSER_LIMIT) };
        true
    }

    /// The browser opened, or not. True if there is a page now that only the person can open.
    pub(super) fn opened(&mut self, number: u64, opened: bool) -> bool {
        let Some(attempt) = self.of(number) else { return false };
        let (page, is_new) = match std::mem::replace(&mut attempt.page, Page::Waiting) {
            Page::Opening { url, .. } if !opened => (Page::Unopened(url), true),
            Page::Unopened(url) if !opened => (Page::Unopened(url), false),
            Page::Opening { .. } | Page::Unopened(_) | Page::Open => (Page::Open, false),
            Page::Waiting => (Page::Waiting, false),
        };
        attempt.page = page;
        is_new
    }

    fn of(&mut self, number: u64) -> Option<&mut Attempt> {
        self.current.as_mut().filter(|attempt| attempt.number == number)
    }

    /// What is under way gets its whole time from now on.
    pub(super) fn woke(&mut self, now: Timestamp) {
        let Some(attempt) = &mut self.current else { return };
        attempt.until = later(now, LIMIT);
        if let Page::Opening { until, .. } = &mut attempt.page {
            *until = later(now, BROWSER_LIMIT);
        }
    }

    /// Gives up a browser that did not open in time: true if so.
    pub(super) fn browser_due(&mut self, now: Timestamp) -> bool {
        let Some(Attempt { number, page: Page::Opening { until, .. }, .. }) = &self.current else {
            return false;
        };
        let (number, over) = (*number, *until <= now);
        over && self.opened(number, false)
    }

    /// The attempt that should have been answered by now; it is over.
    pub(super) fn overdue(&mut self, now: Timestamp) -> Option<u64> {
        self.current.take_if(|attempt| attempt.until <= now).map(|attempt| attempt.number)
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let attempt = self.current.as_ref()?;
        Some(match &attempt.page {
            Page::Opening { until, .. } => attempt.until.min(*until),
            Page::Waiting | Page::Unopened(_) | Page::Open => attempt.until,
        })
    }

    /// The page that no browser opened.
    pub(super) fn unopened(&self) -> Option<&Url> {
        match &self.current.as_ref()?.page {
            Page::Unopened(url) => Some(url),
            Page::Waiting | Page::Opening { .. } | Page::Open => None,
        }
    }
}

impl Redate for Attempts {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, current } = self;
        let Some(Attempt { number: _, until, page }) = current else { return };
        until.redate(by);
        match page {
            Page::Opening { url: _, until } => until.redate(by),
            Page::Waiting | Page::Unopened(_) | Page::Open => {}
        }
    }
}
