//! The statuses of the instance: page by page once an hour.
//!
//! Keeps the pages apart until the last one has come. It does not know who is in which status.

use std::sync::Arc;

use connect::api::{NextPage, Statuses};
use jiff::{SignedDuration, Timestamp};
use presence::{connect::AgentStatus, redate::Redate};

/// A list with more statuses than this has no end: an instance has 50 at most (Connect: quotas).
const MOST_STATUSES: usize = 1000;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct StatusList {
    statuses: Arc<[AgentStatus]>,
    /// None before the first whole list.
    next: Option<Timestamp>,
    /// The page that is read next, with the statuses before it.
    reading: Option<(NextPage, Vec<AgentStatus>)>,
}

impl StatusList {
    /// When the next page is due.
    pub(super) fn at(&self) -> Timestamp {
        self.next.unwrap_or(Timestamp::MIN)
    }

    /// The next page; none if it is the first one.
    pub(super) fn page(&self) -> Option<NextPage> {
        self.reading.as_ref().map(|(page, _)| page.clone())
    }

    /// The last whole list.
    pub(super) fn all(&self) -> &Arc<[AgentStatus]> {
        &self.statuses
    }

    /// Drops a list that is being read.
    pub(super) fn interrupt(&mut self) {
        self.reading = None;
    }

    /// The next list is due at this moment at the latest.
    pub(super) fn read_again(&mut self, at: Timestamp) {
        self.next = self.next.map(|next| next.min(at));
    }

    /// Takes a page. After the last one the next list is due at `next`. An empty page, or more statuses than an
    /// instance can have, end the list.
    pub(super) fn take(&mut self, page: Statuses, next: Timestamp) {
        let mut all = self.reading.take().map(|(_, before)| before).unwrap_or_default();
        let is_new = !page.statuses.is_empty();
        all.extend(page.statuses);
        match page.next.filter(|_| is_new && all.len() < MOST_STATUSES) {
            Some(more) => self.reading = Some((more, all)),
            None => {
                self.statuses = all.into();
                self.next = Some(next);
            }
        }
    }
}

impl Redate for StatusList {
    fn redate(&mut self, by: SignedDuration) {
        let Self { statuses: _, next, reading: _ } = self;
        next.redate(by);
    }
}
