//! The list of people, page by page: when it is read, and when it is whole.
//!
//! Keeps the pages apart until the last one has come, so that a list that fails or is interrupted replaces nothing. It does
//! not know what is done with the people.

use std::{collections::HashSet, time::Duration};
use view::facts::ListFailure;

use graph::{GraphError, NextPage};
use jiff::{SignedDuration, Timestamp};
use people::Person;
use presence::{moment::later, redate::Redate};

use super::super::gate::Next;

const FULL_LIST: Duration = Duration::from_secs(3600);
/// A directory that goes on longer than this is not one: 200 pages of 999.
pub(super) const MOST_PAGES: usize = 200;

/// What follows from a page.
#[derive(Debug)]
pub(super) enum Step {
    /// This page is read next; the first one if none is named.
    Read(Option<NextPage>),
    /// That was the last one: these are all people.
    Whole(Vec<Person>),
    /// The list is given up for now.
    Nothing,
}

/// A list that is being read.
#[derive(Debug, Default)]
struct Partial {
    people: Vec<Person>,
    /// The pages that were asked for.
    pages: HashSet<NextPage>,
    /// The page that is asked for at the deadline, if none is on its way.
    wanted: Option<NextPage>,
    asking: bool,
    /// It is read with fewer rights than there are now, and begins again with its next page.
    outdated: bool,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct List {
    listed: Option<Timestamp>,
    failed: Option<ListFailure>,
    next: Option<Timestamp>,
    reading: Option<Partial>,
    /// It is to be read from the start as soon as somebody is signed in.
    interrupted: bool,
}

impl List {
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

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.next.filter(|_| self.reading.as_ref().is_none_or(|partial| !partial.asking))
    }

    /// True if a login must be followed by a list.
    pub(super) fn is_wanted(&self) -> bool {
        self.interrupted || self.listed.is_none()
    }

    /// From the first page on, unless a list is being read.
    pub(super) fn begin(&mut self) -> Step {
        if self.reading.is_some() {
            return Step::Nothing;
        }
        (self.interrupted, self.next) = (false, None);
        self.reading = Some(Partial { asking: true, ..Partial::default() });
        Step::Read(None)
    }

    /// There are more rights: a list that is being read begins again.
    pub(super) fn begin_again(&mut self) -> Step {
        match &mut self.reading {
            Some(partial) => {
                partial.outdated = true;
                Step::Nothing
            }
            None => self.begin(),
        }
    }

    /// Nobody is signed in: what was asked for was not sent.
    pub(super) fn interrupt(&mut self) {
        self.interrupted |= self.reading.take().is_some();
    }

    pub(super) fn due(&mut self, now: Timestamp) -> Step {
        let is_asking = self.reading.as_ref().is_some_and(|partial| partial.asking);
        if is_asking || self.next.take_if(|at| *at <= now).is_none() {
            return Step::Nothing;
        }
        match &mut self.reading {
            Some(partial) => {
                partial.asking = true;
                Step::Read(partial.wanted.clone())
            }
            None => self.begin(),
        }
    }

    /// Takes a page, with the link to the next one. One that comes after the list was given up belongs to no list.
    pub(super) fn page(&mut self, people: Vec<Person>, next: Option<NextPage>, now: Timestamp) -> Step {
        let Some(mut partial) = self.reading.take() else { return Step::Nothing };
        if partial.outdated {
            return self.begin();
        }
        partial.people.extend(people);
        let Some(next) = next else {
            (self.listed, self.failed) = (Some(now), None);
            self.next = Some(later(now, FULL_LIST));
            return Step::Whole(partial.people);
        };
        if partial.pages.len() + 1 >= MOST_PAGES || !partial.pages.insert(next.clone()) {
            self.failed = Some(ListFailure::Endless);
            self.next = Some(later(now, FULL_LIST));
            return Step::Nothing;
        }
        partial.wanted = Some(next.clone());
        self.reading = Some(partial);
        Step::Read(Some(next))
    }

    pub(super) fn page_failed(&mut self, error: GraphError, next: &Next, now: Timestamp) {
        match next {
            Next::OnceMore(at) => self.page_again(*at),
            Next::AsUsual | Next::Wait(_) | Next::Renew { .. } => {
                self.reading = None;
                self.failed = Some(ListFailure::Graph(error));
                self.next = Some(next.not_before(now));
            }
        }
    }

    /// The same page is asked for at this moment.
    pub(super) fn page_again(&mut self, at: Timestamp) {
        if let Some(partial) = &mut self.reading {
            partial.asking = false;
            self.next = Some(at);
        }
    }
}

impl Redate for List {
    fn redate(&mut self, by: SignedDuration) {
        let Self { listed, failed: _, next, reading: _, interrupted: _ } = self;
        listed.redate(by);
        next.redate(by);
    }
}
