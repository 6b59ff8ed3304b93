//! What is odd about the directory's list of people: links that lead nowhere new, and entries that no schema allows.
//! Values only; how a page is made is in `graph/users.rs`.

use serde::{Deserialize, Serialize};

use super::World;

/// Where the `nextLink` of a page leads.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Pages {
    /// To the next page; the last one has none.
    #[default]
    InOrder,
    /// To the page itself.
    ToItself,
    /// To the page itself, by a link that is spelled in another way each time.
    ToItselfRespelled,
    /// From the last page to the first.
    ToAnEarlierOne,
    /// To one more page, without an end: everybody comes over and over.
    WithoutEnd,
}

/// Which licence filters the directory refuses.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Filters {
    /// None.
    #[default]
    Taken,
    /// One that asks for the account state and the licence together: 400, `Request_UnsupportedQuery`.
    TooComplex,
    /// Every one: 400, `Request_UnsupportedQuery`.
    Unsupported,
    /// Every one: 501.
    NotImplemented,
}

/// What is odd about the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Listing {
    /// Where pages lead.
    #[serde(default)]
    pub pages: Pages,
    /// True puts a `null` among everybody's `businessPhones`.
    #[serde(default)]
    pub null_phones: bool,
    /// Which licence filters it refuses.
    #[serde(default)]
    pub filters: Filters,
    /// How many of the next requests for a further page are answered as if its token had expired.
    #[serde(default)]
    pub expired: u32,
    /// True gives the first colleagues names that turn, hide, break or cannot be seen.
    #[serde(default)]
    pub odd_names: bool,
}

/// Names that directories really hold, each with whether its owner has addresses.
const ODD_NAMES: [(&str, bool); 12] = [
    ("\u{200b}", true),
    ("\u{2800}\u{2800}", true),
    ("\u{202e}dnomiaR .P", true),
    ("<b>Ana</b> &amp; {name} %s", true),
    ("👨\u{200d}👩\u{200d}👧 Lee", true),
    ("Dr. {person} [x](http://example.com)", true),
    ("line\nbreak", true),
    ("", true),
    ("No UPN", false),
    ("\u{3164}", true),
    ("אבי כהן", true),
    ("\u{301}\u{2066}\u{1b}", true),
];

impl Listing {
    /// The first entry of a page, out of `count`.
    pub(crate) fn first(self, start: usize, count: usize) -> usize {
        match self.pages {
            Pages::InOrder | Pages::ToItself | Pages::ToItselfRespelled | Pages::ToAnEarlierOne => start,
            Pages::WithoutEnd => start.checked_rem(count).unwrap_or(0),
        }
    }

    /// What the colleague at this place is called, and whether they have addresses; none if that is as usual.
    pub(crate) fn name(self, place: usize) -> Option<(&'static str, bool)> {
        // The first one is the agent.
        place.checked_sub(1).filter(|_| self.odd_names).and_then(|place| ODD_NAMES.get(place).copied())
    }

    /// A request for a further page comes: whether its token has expired.
    pub(crate) fn expires(&mut self) -> bool {
        let expires = self.expired > 0;
        self.expired = self.expired.saturating_sub(1);
        expires
    }

    /// Where the page from `start` to `end`, out of `count`, says that the list continues.
    pub(crate) fn next(self, start: usize, end: usize, count: usize) -> Option<usize> {
        let more = (end < count).then_some(end);
        match self.pages {
            Pages::InOrder => more,
            Pages::ToItself | Pages::ToItselfRespelled => Some(start),
            Pages::ToAnEarlierOne => more.or(Some(0)),
            Pages::WithoutEnd => Some(end.max(start + 1)),
        }
    }
}

impl World {
    /// Makes the directory's list odd, or normal again.
    pub fn set_listing(&self, listing: Listing) {
        self.with(|state, _| state.listing = listing);
    }
}
