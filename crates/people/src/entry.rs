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
    photo: Option<String>,
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
    /// From this moment on it is too old to be used.
    until: Timestamp,
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

    /// The Teams presence; none if it was never read or is too old to be used.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        self.current().map(|seen| &seen.state)
    }

    /// Since when that presence stands; none where it was there already when first read.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.current()?.since
    }

    /// When the presence was last read, if that is too long ago to be used.
    #[must_use]
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.seen.as_ref().filter(|seen| seen.aged).map(|seen| seen.at)
    }

    /// The badge; unknown where the presence is too old.
    #[must_use]
    pub fn badge(&self) -> Badge {
        badge(self.teams())
    }

    fn current(&self) -> Option<&Seen> {
        self.seen.as_ref().filter(|seen| !seen.aged)
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

    /// The version of the photo, if there is one to show.
    #[must_use]
    pub fn photo(&self) -> Option<&str> {
        self.photo.as_deref()
    }

    /// Tells whether it is another one than before.
    pub(crate) fn set_photo(&mut self, version: Option<String>) -> bool {
        let differs = self.photo != version;
        self.photo = version;
        differs
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
            photo: None,
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

    /// Takes a presence, to be used until the given moment. Returns whether the row looks different now.
    pub(crate) fn see(&mut self, state: TeamsState, now: Timestamp, until: Timestamp) -> bool {
        let Some(seen) = &mut self.seen else {
            self.seen = Some(Seen { state, since: None, at: now, until, aged: false });
            return true;
        };
        let differs = seen.state != state;
        let changed = differs || seen.aged;
        seen.at = now;
        seen.until = until;
        seen.aged = false;
        if differs {
            seen.state = state;
            seen.since = Some(now);
        }
        changed
    }

    /// Returns whether the row looks different now, because its presence has become too old.
    pub(crate) fn age(&mut self, now: Timestamp) -> bool {
        match &mut self.seen {
            Some(seen) if !seen.aged && seen.until <= now => {
                seen.aged = true;
                true
            }
            Some(_) | None => false,
        }
    }
}

impl Redate for Seen {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, since, at, until, aged: _ } = self;
        since.redate(by);
        at.redate(by);
        until.redate(by);
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
            photo: _,
            region: _,
            folded: _,
            numbers: _,
        } = self;
        seen.redate(by);
    }
}
