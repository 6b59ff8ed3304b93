//! One login in the browser: the page that the browser is to open, what is known of the browser, and a limit. Only a
//! login that succeeds proves that the browser opened.
//!
//! `W` is what the login is for. Nothing is opened here.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use url::Url;
use view::facts::{Browser, BrowserLogin};

/// A browser that has not opened after this counts as failed.
const BROWSER_LIMIT: Duration = Duration::from_secs(10);
/// If nobody has logged in this long after the browser accepted the page, perhaps no browser opened.
const DOUBTFUL_AFTER: Duration = Duration::from_secs(20);
/// The sign-in itself ends an attempt earlier; this ends one whose answer got lost.
const LIMIT: Duration = Duration::from_secs(12 * 60);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Asked for; it counts as failed at this moment.
    Asked(Timestamp),
    /// A browser accepted it; at this moment the person is asked whether it opened.
    Taken(Timestamp),
    Late,
    Failed,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Attempt<W> {
    number: u64,
    wish: W,
    until: Timestamp,
    /// None while it is not known.
    page: Option<(Url, Opening)>,
}

impl<W> Attempt<W> {
    /// Begins now.
    pub(crate) fn new(number: u64, wish: W, now: Timestamp) -> Self {
        Self { number, wish, until: later(now, LIMIT), page: None }
    }

    /// What its answers carry.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// What it asks for.
    pub(crate) fn wish(&self) -> &W {
        &self.wish
    }

    /// The page is known, and the browser is asked for it.
    pub(crate) fn page(&mut self, url: Url, now: Timestamp) {
        self.page = Some((url, Opening::Asked(later(now, BROWSER_LIMIT))));
    }

    /// The page, which the browser is asked for once more; none while it is not known.
    pub(crate) fn open_again(&mut self, now: Timestamp) -> Option<Url> {
        let (url, opening) = self.page.as_mut()?;
        *opening = Opening::Asked(later(now, BROWSER_LIMIT));
        Some(url.clone())
    }

    /// The browser opened, or not.
    pub(crate) fn opened(&mut self, opened: bool, now: Timestamp) {
        let Some((_, opening)) = &mut self.page else { return };
        match opening {
            Opening::Asked(_) | Opening::Failed if opened => {
                *opening = Opening::Taken(later(now, DOUBTFUL_AFTER));
            }
            Opening::Asked(_) => *opening = Opening::Failed,
            Opening::Taken(_) | Opening::Late | Opening::Failed => {}
        }
    }

    /// It gets its whole time again.
    pub(super) fn woke(&mut self, now: Timestamp) {
        self.until = later(now, LIMIT);
        match self.page.as_mut().map(|(_, opening)| opening) {
            Some(Opening::Asked(until)) => *until = later(now, BROWSER_LIMIT),
            Some(Opening::Taken(until)) => *until = later(now, DOUBTFUL_AFTER),
            Some(Opening::Late | Opening::Failed) | None => {}
        }
    }

    /// Gives up a browser that did not answer in time, or begins to ask whether it opened. True if something has
    /// changed.
    pub(crate) fn browser_due(&mut self, now: Timestamp) -> bool {
        let Some((_, opening)) = &mut self.page else { return false };
        let next = match *opening {
            Opening::Asked(until) if until <= now => Opening::Failed,
            Opening::Taken(until) if until <= now => Opening::Late,
            Opening::Asked(_) | Opening::Taken(_) | Opening::Late | Opening::Failed => return false,
        };
        *opening = next;
        true
    }

    /// It should have been answered by now.
    pub(crate) fn is_overdue(&self, now: Timestamp) -> bool {
        self.until <= now
    }

    /// When something of it is due.
    pub(crate) fn deadline(&self) -> Timestamp {
        match &self.page {
            Some((_, Opening::Asked(until) | Opening::Taken(until))) => self.until.min(*until),
            Some((_, Opening::Late | Opening::Failed)) | None => self.until,
        }
    }

    /// What is shown of it.
    pub(crate) fn under_way(&self) -> BrowserLogin<'_> {
        let Some((url, opening)) = &self.page else {
            return BrowserLogin { page: None, browser: Browser::Asked };
        };
        let browser = match opening {
            Opening::Asked(_) | Opening::Taken(_) => Browser::Asked,
            Opening::Late => Browser::Late,
            Opening::Failed => Browser::Failed,
        };
        BrowserLogin { page: Some(url), browser }
    }
}

impl<W> Redate for Attempt<W> {
    fn redate(&mut self, by: SignedDuration) {
        let Self { number: _, wish: _, until, page } = self;
        until.redate(by);
        match page {
            Some((_, Opening::Asked(until) | Opening::Taken(until))) => until.redate(by),
            Some((_, Opening::Late | Opening::Failed)) | None => {}
        }
    }
}
