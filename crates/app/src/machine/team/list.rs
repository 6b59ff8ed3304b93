//! The list of people, page by page: when it is read, in pages of which size, and when it is whole.
//!
//! Keeps the pages apart until the last one has come, so that a list that fails or is interrupted replaces nothing. It
//! does not know what is done with the people.

use std::{collections::HashSet, time::Duration};
use view::facts::{ListFailure, Skipped};

use graph::{GraphError, NextPage, PageSize};
use jiff::{SignedDuration, Timestamp};
use people::Person;
use presence::{identity::ObjectId, moment::later, redate::Redate};

use super::super::gate::NextRequest;

const FULL_LIST: Duration = Duration::from_secs(3600);
/// A list with more pages than this has no end: 200 pages of 999.
pub(super) const MOST_PAGES: usize = 200;
/// After this many whole lists in smaller pages the largest are tried again: at most one failed request a day.
const LISTS_IN_SMALLER_PAGES: u32 = 24;

/// What follows from a page.
#[derive(Debug)]
pub(super) enum ListStep {
    /// This page is read next; the first one if none is named.
    Read(Option<NextPage>),
    /// That was the last one: these are all people.
    Whole(Vec<Person>),
    /// The list is given up for now.
    Nothing,
}

/// A page that was read.
#[derive(Debug)]
pub(super) struct PeopleListPage {
    pub(super) people: Vec<Person>,
    pub(super) next: Option<NextPage>,
    pub(super) skipped: Skipped,
}

/// A list that is being read.
#[derive(Debug, Default)]
struct PartialList {
    people: Vec<Person>,
    /// The people on the pages read so far.
    known: HashSet<ObjectId>,
    skipped: Skipped,
    /// The pages that were asked for.
    pages: HashSet<NextPage>,
    /// The page that is asked for at the deadline, if none is on its way; the one on its way otherwise.
    wanted: Option<NextPage>,
    asking: bool,
    /// It is read with fewer rights than there are now, and restarts with its next page.
    outdated: bool,
    /// It has restarted already, because the directory did not know a page any more.
    again: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct PeopleList {
    listed: Option<Timestamp>,
    failed: Option<ListFailure>,
    next: Option<Timestamp>,
    reading: Option<PartialList>,
    /// It is to be read from the start as soon as somebody is signed in.
    interrupted: bool,
    size: PageSize,
    /// How many whole lists have come in pages of that size.
    in_size: u32,
    /// How much of the last whole list could not be read.
    skipped: Skipped,
}

impl PeopleList {
    /// When the last full list was complete.
    pub(super) fn listed(&self) -> Option<Timestamp> {
        self.listed
    }

    /// When the next full list is due.
    pub(super) fn next(&self) -> Option<Timestamp> {
        self.next.filter(|_| self.reading.is_none())
    }

    /// Why the last attempt failed.
    pub(super) fn failed(&self) -> Option<&ListFailure> {
        self.failed.as_ref()
    }

    /// How much of the last whole list could not be read.
    pub(super) fn skipped(&self) -> Skipped {
        self.skipped
    }

    /// How many people a page is to hold.
    pub(super) fn size(&self) -> PageSize {
        self.size
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.next.filter(|_| self.reading.as_ref().is_none_or(|partial| !partial.asking))
    }

    /// True if a login must be followed by a list.
    pub(super) fn is_wanted(&self) -> bool {
        self.interrupted || self.listed.is_none()
    }

    /// Begins with the first page, unless a list is being read.
    pub(super) fn begin(&mut self) -> ListStep {
        if self.reading.is_some() {
            return ListStep::Nothing;
        }
        (self.interrupted, self.next) = (false, None);
        self.reading = Some(PartialList { asking: true, ..PartialList::default() });
        ListStep::Read(None)
    }

    /// There are more rights: a list that is being read restarts.
    pub(super) fn begin_again(&mut self) -> ListStep {
        match &mut self.reading {
            Some(partial) => {
                partial.outdated = true;
                ListStep::Nothing
            }
            None => self.begin(),
        }
    }

    /// Nobody is signed in: what was asked for was not sent.
    pub(super) fn interrupt(&mut self) {
        self.interrupted |= self.reading.take().is_some();
    }

    pub(super) fn due(&mut self, now: Timestamp) -> ListStep {
        let is_asking = self.reading.as_ref().is_some_and(|partial| partial.asking);
        if is_asking || self.next.take_if(|at| *at <= now).is_none() {
            return ListStep::Nothing;
        }
        match &mut self.reading {
            Some(partial) => {
                partial.asking = true;
                ListStep::Read(partial.wanted.clone())
            }
            None => self.begin(),
        }
    }

    /// Takes a page, with the link to the next one. One that comes after the list was given up belongs to no list.
    /// `is_anybody_known` says whether there is a list that a new one would replace.
    pub(super) fn page(&mut self, page: PeopleListPage, is_anybody_known: bool, now: Timestamp) -> ListStep {
        let PeopleListPage { people, next, skipped } = page;
        let Some(mut partial) = self.reading.take() else { return ListStep::Nothing };
        if partial.outdated {
            return self.begin();
        }
        let is_blank = people.is_empty();
        let before = partial.known.len();
        partial.known.extend(people.iter().map(|person| person.id.clone()));
        let brought_nobody = partial.known.len() == before;
        partial.people.extend(people);
        partial.skipped += skipped;
        let Some(next) = next else { return self.end(partial, is_anybody_known, now) };
        // A link to the same page may be spelled differently each time, but it brings nobody new.
        let is_circular = (brought_nobody && !is_blank) || !partial.pages.insert(next.clone());
        if is_circular || partial.pages.len() >= self.most_pages() {
            return self.give_up(ListFailure::Endless, later(now, FULL_LIST));
        }
        partial.wanted = Some(next.clone());
        self.reading = Some(partial);
        ListStep::Read(Some(next))
    }

    /// Ends the list after its last page. A list of which less than half could be read replaces none, and an empty one
    /// replaces no people.
    fn end(&mut self, partial: PartialList, is_anybody_known: bool, now: Timestamp) -> ListStep {
        let PartialList { people, skipped, .. } = partial;
        if skipped.entries.saturating_mul(2) > skipped.of || (people.is_empty() && is_anybody_known) {
            return self.give_up(ListFailure::Unreadable(skipped), later(now, FULL_LIST));
        }
        (self.listed, self.failed, self.skipped) = (Some(now), None, skipped);
        self.next = Some(later(now, FULL_LIST));
        self.in_size += 1;
        if self.size != PageSize::default() && self.in_size >= LISTS_IN_SMALLER_PAGES {
            (self.size, self.in_size) = (PageSize::default(), 0);
        }
        ListStep::Whole(people)
    }

    fn give_up(&mut self, why: ListFailure, next: Timestamp) -> ListStep {
        (self.reading, self.failed, self.next) = (None, Some(why), Some(next));
        ListStep::Nothing
    }

    /// Smaller pages are more pages for the same people.
    fn most_pages(&self) -> usize {
        MOST_PAGES * PageSize::default().people() / self.size.people()
    }

    pub(super) fn page_failed(&mut self, error: GraphError, next: &NextRequest, now: Timestamp) {
        if let NextRequest::OnceMore(at) = next {
            return self.page_again(*at);
        }
        let at = next.not_before(now);
        // Page tokens expire in slow lists. The list restarts once; a directory that forgets every page is in trouble.
        let forgotten = self.reading.take_if(|partial| {
            error.has_expired_page() && partial.wanted.is_some() && !partial.again && !partial.outdated
        });
        if forgotten.is_some() {
            self.reading = Some(PartialList { again: true, ..PartialList::default() });
            self.next = Some(at);
            return;
        }
        if error.may_succeed_with_less() {
            (self.size, self.in_size) = (self.size.smaller(), 0);
        }
        self.give_up(ListFailure::Graph(error), at);
    }

    /// The same page is asked for again at this moment.
    pub(super) fn page_again(&mut self, at: Timestamp) {
        if let Some(partial) = &mut self.reading {
            partial.asking = false;
            self.next = Some(at);
        }
    }
}

impl Redate for PeopleList {
    fn redate(&mut self, by: SignedDuration) {
        let Self { listed, failed: _, next, reading: _, interrupted: _, size: _, in_size: _, skipped: _ } =
            self;
        listed.redate(by);
        next.redate(by);
    }
}
