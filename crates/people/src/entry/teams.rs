//! The side of a person in Teams: who the directory says it is, their numbers, and their presence.

use std::sync::OnceLock;

use jiff::{SignedDuration, Timestamp};
use presence::{redate::Redate, teams::TeamsState};

use super::{PersonNumber, read::Read};
use crate::{Country, Dialable, Person};

/// See the module.
#[derive(Debug, Clone)]
pub(super) struct TeamsSide {
    pub(super) person: Person,
    /// The version of the photo that is in the cache.
    pub(super) photo: Option<String>,
    pub(super) presence: Option<Read<Presence>>,
    /// Read when they are first asked for: the numbering plans are too slow for everybody's numbers at once.
    numbers: OnceLock<Vec<PersonNumber>>,
}

/// A presence, and since when it lasts.
#[derive(Debug, Clone)]
pub(super) struct Presence {
    pub(super) state: TeamsState,
    /// None if it was so already when it was first read.
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

    /// The numbers are read again when they are asked for.
    pub(super) fn forget_numbers(&mut self) {
        self.numbers = OnceLock::new();
    }

    /// Returns whether it looks different now.
    pub(super) fn see(&mut self, state: TeamsState, now: Timestamp, until: Timestamp) -> bool {
        let Some(read) = &mut self.presence else {
            self.presence = Some(Read::new(Presence { state, since: None }, now, until));
            return true;
        };
        let was_aged = read.again(now, until);
        let differs = read.what.state != state;
        if differs {
            read.what = Presence { state, since: Some(now) };
        }
        differs || was_aged
    }
}

impl Redate for Presence {
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
