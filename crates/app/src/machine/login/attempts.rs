//! The login in the browser: one attempt at a time, each with a number, the page that the browser is to open, and what is
//! known of the browser. Nobody says that it came but the login that ends.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use signin::Claims;
use url::Url;
use view::facts::{Browser, UnderWay};

use super::refreshes::Rights;

/// A browser that has not opened after this is taken for one that will not.
pub(crate) const BROWSER_LIMIT: Duration = Duration::from_secs(10);
/// Whoever has not logged in this long after the browser took the page may wait for one that never came.
pub(super) const COMES: Duration = Duration::from_secs(20);
/// The sign-in ends an attempt earlier; this ends one whose answer got lost.
const LIMIT: Duration = Duration::from_secs(12 * 60);

/// What an attempt asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) rights: Rights,
    pub(super) hint: Option<String>,
    pub(super) other_account: bool,
    pub(super) claims: Option<Claims>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// Asked for; no answer until then is one.
    Asked(Timestamp),
    /// A browser took it; nobody has logged in by then.
    Taken(Timestamp),
    Late,
    Failed,
}

#[derive(Debug)]
struct Attempt {
    number: u64,
    wish: Wish,
    until: Timestamp,
    /// None while it is not known.
    page: Option<(Url, Opening)>,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    last: u64,
    current: Option<Attempt>,
}

impl Attempts {
    /// Begins one and gives its number.
    pub(super) fn begin(&mut self, wish: Wish, now: Timestamp) -> u64 {
        self.last += 1;
        self.current = Some(Attempt { number: self.last, wish, until: later(now, LIMIT), page: None });
        self.last
    }

    /// True if the current one asks for just this.
    pub(super) fn asks_for(&self, wish: &Wish) -> bool {
        self.current.as_ref().is_some_and(|attempt| attempt.wish == *wish)
    }

    /// Ends the current one from our side.
    pub(super) fn abort(&mut self) -> Option<u64> {
        self.current.take().map(|attempt| attempt.number)
    }

    /// Somebody is signed in: ends the current one, unless it is to be somebody else.
    pub(super) fn abort_needless(&mut self) -> Option<u64> {
        self.current.take_if(|attempt| !attempt.wish.other_account).map(|attempt| attempt.number)
    }

    /// This attempt was answered; false if it is not the current one.
    pub(super) fn answered(&mut self, number: u64) -> bool {
        self.current.take_if(|attempt| attempt.number == number).is_some()
    }

    /// The page of this attempt is known; false if it is not the current one.
    pub(super) fn page(&mut self, number: u64, url: Url, now: Timestamp) -> bool {
        let Some(attempt) = self.of(number) else { return false };
        attempt.page = Some((url, Opening::Asked(later(now, BROWSER_LIMIT))));
        true
    }

    /// The page of the current one is asked for once more, if it is known.
    pub(super) fn open_again(&mut self, now: Timestamp) -> Option<(u64, Url)> {
        let attempt = self.current.as_mut()?;
        let (url, opening) = attempt.page.as_mut()?;
        *opening = Opening::Asked(later(now, BROWSER_LIMIT));
        Some((attempt.number, url.clone()))
    }

    /// The browser opened, or not.
    pub(super) fn opened(&mut self, number: u64, opened: bool, now: Timestamp) {
        let Some((_, opening)) = self.of(number).and_then(|attempt| attempt.page.as_mut()) else { return };
        match opening {
            Opening::Asked(_) | Opening::Failed if opened => *opening = Opening::Taken(later(now, COMES)),
            Opening::Asked(_) => *opening = Opening::Failed,
            Opening::Taken(_) | Opening::Late | Opening::Failed => {}
        }
    }

    fn of(&mut self, number: u64) -> Option<&mut Attempt> {
        self.current.as_mut().filter(|attempt| attempt.number == number)
    }

    /// What is under way gets its whole time from now on.
    pub(super) fn woke(&mut self, now: Timestamp) {
        let Some(attempt) = &mut self.current else { return };
        attempt.until = later(now, LIMIT);
        match attempt.page.as_mut().map(|(_, opening)| opening) {
            Some(Opening::Asked(until)) => *until = later(now, BROWSER_LIMIT),
            Some(Opening::Taken(until)) => *until = later(now, COMES),
            Some(Opening::Late | Opening::Failed) | None => {}
        }
    }

    /// Gives up a browser that did not answer in time, or waits no longer for the person without a word.
    pub(super) fn browser_due(&mut self, now: Timestamp) {
        let page = self.current.as_mut().and_then(|attempt| attempt.page.as_mut());
        let Some((_, opening)) = page else { return };
        match *opening {
            Opening::Asked(until) if until <= now => *opening = Opening::Failed,
            Opening::Taken(until) if until <= now => *opening = Opening::Late,
            Opening::Asked(_) | Opening::Taken(_) | Opening::Late | Opening::Failed => {}
        }
    }

    /// The attempt that should have been answered by now; it is over.
    pub(super) fn overdue(&mut self, now: Timestamp) -> Option<u64> {
        self.current.take_if(|attempt| attempt.until <= now).map(|attempt| attempt.number)
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let attempt = self.current.as_ref()?;
        Some(match &attempt.page {
            Some((_, Opening::Asked(until) | Opening::Taken(until))) => attempt.until.min(*until),
            Some((_, Opening::Late | Opening::Failed)) | None => attempt.until,
        })
    }

    /// The attempt that is under way.
    pub(super) fn under_way(&self) -> Option<UnderWay<'_>> {
        let attempt = self.current.as_ref()?;
        let Some((url, opening)) = &attempt.page else {
            return Some(UnderWay { page: None, browser: Browser::Asked });
        };
        let browser = match opening {
            Opening::Asked(_) | Opening::Taken(_) => Browser::Asked,
            Opening::Late => Browser::Late,
            Opening::Failed => Browser::Failed,
        };
        Some(UnderWay { page: Some(url), browser })
    }
}

impl Redate for Attempts {
    fn redate(&mut self, by: SignedDuration) {
        let Self { last: _, current } = self;
        let Some(Attempt { number: _, wish: _, until, page }) = current else { return };
        until.redate(by);
        match page {
            Some((_, Opening::Asked(until) | Opening::Taken(until))) => until.redate(by),
            Some((_, Opening::Late | Opening::Failed)) | None => {}
        }
    }
}
