//! A person of the list: who it is, what was last seen of them, and their numbers.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use presence::{redate::Redate, teams::TeamsState};

use crate::{
    Badge, Country, Dialable, NotDialable, NumberKind, Person, badge,
    collation::sort_key,
    search::{Folded, Query, Rank},
};

/// A person with what is known of their presence.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(crate) person: Person,
    pub(crate) sort_key: String,
    pub(crate) place: Place,
    pub(crate) listed: bool,
    pub(crate) favourite: bool,
    seen: Option<Seen>,
    region: Option<Country>,
    folded: Folded,
    /// Read when they are first asked for: the numbering plans are too slow for everybody's numbers at once.
    numbers: OnceLock<Vec<PersonNumber>>,
}

/// A phone number of a person, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonNumber {
    /// Which of the person's numbers.
    pub kind: NumberKind,
    /// The number as the directory spells it.
    pub as_written: String,
    /// What can be dialled, or why nothing can.
    pub dialable: Result<Dialable, NotDialable>,
}

/// The last presence that was read.
#[derive(Debug, Clone)]
struct Seen {
    state: TeamsState,
    since: Option<Timestamp>,
    at: Timestamp,
    /// Too long ago to be believed.
    aged: bool,
}

/// Where a person stands in the list, as of the last reorder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    There,
    Unknown,
    Offline,
}

impl Entry {
    /// The person.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// The last Teams presence that was read, if there ever was one. It holds unless [`Self::last_seen`] says
    /// that it is too old.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        self.seen.as_ref().map(|seen| &seen.state)
    }

    /// Since when that presence stands; none where it was there already when first read.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.seen.as_ref().filter(|seen| !seen.aged)?.since
    }

    /// When the presence was last read, if that is too long ago to be believed.
    #[must_use]
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.seen.as_ref().filter(|seen| seen.aged).map(|seen| seen.at)
    }

    /// The badge; unknown where the presence is too old.
    #[must_use]
    pub fn badge(&self) -> Badge {
        badge(self.seen.as_ref().filter(|seen| !seen.aged).map(|seen| &seen.state))
    }

    /// False for people who are offline or unknown.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.badge().is_there()
    }

    /// The person's numbers, in the directory's order.
    #[must_use]
    pub fn numbers(&self) -> &[PersonNumber] {
        self.numbers.get_or_init(|| {
            let numbers = self.person.numbers.iter();
            numbers
                .map(|number| PersonNumber {
                    kind: number.kind,
                    as_written: number.as_written.clone(),
                    dialable: Dialable::parse(&number.as_written, self.region),
                })
                .collect()
        })
    }

    /// True for a favourite.
    #[must_use]
    pub fn is_favourite(&self) -> bool {
        self.favourite
    }

    /// `region` is the country whose national spelling the numbers may have.
    pub(crate) fn new(person: Person, region: Option<Country>, favourite: bool) -> Self {
        Self {
            sort_key: sort_key(&person.name),
            folded: Folded::new(&person, region),
            place: Place::Unknown,
            listed: false,
            favourite,
            seen: None,
            region,
            numbers: OnceLock::new(),
            person,
        }
    }

    /// Takes the numbers as spelled in another country.
    pub(crate) fn set_region(&mut self, region: Option<Country>) {
        self.region = region;
        self.folded = Folded::new(&self.person, region);
        self.numbers = OnceLock::new();
    }

    pub(crate) fn rank(&self, query: &Query) -> Option<Rank> {
        self.folded.rank(query)
    }

    /// Takes over newer data of the same person. Tells whether a listed row may look different.
    pub(crate) fn update(&mut self, person: Person) -> bool {
        if self.person == person {
            return false;
        }
        if self.person.name != person.name {
            self.sort_key = sort_key(&person.name);
        }
        self.folded = Folded::new(&person, self.region);
        self.numbers = OnceLock::new();
        self.person = person;
        self.listed
    }

    pub(crate) fn present_place(&self) -> Place {
        match self.badge() {
            Badge::Unknown => Place::Unknown,
            Badge::Offline => Place::Offline,
            Badge::OutOfOffice | Badge::Away | Badge::Available | Badge::Busy | Badge::DoNotDisturb => {
                Place::There
            }
        }
    }

    /// Takes a presence. Tells whether the row looks different now.
    pub(crate) fn see(&mut self, state: TeamsState, now: Timestamp) -> bool {
        let Some(seen) = &mut self.seen else {
            self.seen = Some(Seen { state, since: None, at: now, aged: false });
            return true;
        };
        let differs = seen.state != state;
        let changed = differs || seen.aged;
        seen.at = now;
        seen.aged = false;
        if differs {
            seen.state = state;
            seen.since = Some(now);
        }
        changed
    }

    /// The presence cannot be believed any longer; it was last read when it was, but never later than `now`. Tells
    /// whether the row looks different now.
    pub(crate) fn age(&mut self, now: Timestamp) -> bool {
        let Some(seen) = self.seen.as_mut().filter(|seen| !seen.aged) else { return false };
        seen.aged = true;
        seen.at = seen.at.min(now);
        true
    }
}

impl Redate for Seen {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, since, at, aged: _ } = self;
        since.redate(by);
        at.redate(by);
    }
}

impl Redate for Entry {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            person: _,
            sort_key: _,
            place: _,
            listed: _,
            favourite: _,
            seen,
            region: _,
            folded: _,
            numbers: _,
        } = self;
        seen.redate(by);
    }
}
