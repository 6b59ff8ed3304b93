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
    /// From the last page to the first.
    ToAnEarlierOne,
    /// To one more page, without an end: everybody comes over and over.
    WithoutEnd,
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
}

impl Listing {
    /// The first entry of a page, out of `count`.
    pub(crate) fn first(self, start: usize, count: usize) -> usize {
        match self.pages {
            Pages::InOrder | Pages::ToItself | Pages::ToAnEarlierOne => start,
            Pages::WithoutEnd => start.checked_rem(count).unwrap_or(0),
        }
    }

    /// Where the page from `start` to `end`, out of `count`, says that the list goes on.
    pub(crate) fn next(self, start: usize, end: usize, count: usize) -> Option<usize> {
        let more = (end < count).then_some(end);
        match self.pages {
            Pages::InOrder => more,
            Pages::ToItself => Some(start),
            Pages::ToAnEarlierOne => more.or(Some(0)),
            Pages::WithoutEnd => Some(end.max(start + 1)),
        }
    }
}

impl World {
    /// The directory's list becomes odd, or as it should be again.
    pub fn set_listing(&self, listing: Listing) {
        self.with(|state, _| state.listing = listing);
    }
}
