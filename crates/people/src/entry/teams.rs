//! The side of a person in Teams: their entry in the directory, their numbers, and their presence. It knows nothing about
//! Connect.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use presence::{redate::Redate, teams::TeamsState};

use super::{PersonNumber, expiring::Expiring};
use crate::{Country, Dialable, Person};

/// A person of the directory, and their presence.
#[derive(Debug, Clone)]
pub(super) struct TeamsSide {
    pub(super) person: Person,
    /// The version of the photo that is in the cache.
    pub(super) photo: Option<String>,
    pub(super) presence: Option<Expiring<TeamsPresence>>,
    /// Parsed when they are first needed: the numbering plans are too slow to parse everybody's numbers at once.
    numbers: OnceLock<Vec<PersonNumber>>,
}

/// A presence, and since when they have it.
#[derive(Debug, Clone)]
pub(super) struct TeamsPresence {
    pub(super) state: TeamsState,
    /// None if it has not changed since it was first read.
    pub(super) since: Option<Timestamp>,
}

impl TeamsSide {
    pub(super) fn new(person: Person) -> Self {
        Self { person, photo: None, presence: None, numbers: OnceLock::new() }
    }

    pub(super) fn numbers(&self, region: Option<Country>) -> &[PersonNumber] {
        self.numbers.get_or_init(|| {
            let numbers = self.person.numbers.iter();
            numbers
                .flat_map(|number| {
                    Dialable::all_in(&number.as_written, region).into_iter().map(|(text, dialable)| {
                        PersonNumber { kind: number.kind, as_written: text.to_owned(), dialable }
                    })
                })
                .collect()
        })
    }

    /// Lets the numbers be parsed again when they are needed.
    pub(super) fn discard_numbers(&mut self) {
        self.numbers = OnceLock::new();
    }

    /// Sets the presence. Returns whether the row looks different.
    pub(super) fn set_presence(&mut self, state: TeamsState, now: Timestamp, until: Timestamp) -> bool {
        let Some(read) = &mut self.presence else {
            self.presence = Some(Expiring::new(TeamsPresence { state, since: None }, now, until));
            return true;
        };
        let was_expired = read.renew(now, until);
        let differs = read.value.state != state;
        if differs {
            read.value = TeamsPresence { state, since: Some(now) };
        }
        differs || was_expired
    }
}

impl Redate for TeamsPresence {
    fn redate(&mut self, by: SignedDuration) {
        let Self { state: _, since } = self;
        since.redate(by);
    }
}

impl Redate for TeamsSide {
    fn redate(&mut self, by: SignedDuration) {
        let Self { person: _, photo: _, presence, numbers: _ } = self;
        presence.redate(by);
    }
}
