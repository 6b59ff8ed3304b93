//! How the colleagues are: as somebody put them, else as their day goes, else as they always are. It must not
//! know who asks.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::day::{Course, Day};
use super::directory::{Person, Seen};
use super::presence::Presence;

#[derive(Debug, Clone, Copy)]
struct Moved {
    /// None once the person follows their day again.
    to: Option<Presence>,
    version: i64,
}

/// What is not as usual with the colleagues.
#[derive(Debug, Default)]
pub(crate) struct Floor {
    moved: HashMap<Uuid, Moved>,
    day: Option<Day>,
    /// When the day began or ended, so that every version after it is a higher one.
    version: i64,
}

impl Floor {
    /// Sets what a colleague shows, or lets them follow their day again.
    pub(crate) fn move_to(&mut self, person: Uuid, to: Option<Presence>, now: Timestamp) {
        let before = self.moved.get(&person).map_or(0, |moved| moved.version);
        self.moved.insert(person, Moved { to, version: now.as_microsecond().max(before + 1) });
    }

    pub(crate) fn set_day(&mut self, day: Option<Day>, now: Timestamp) {
        self.day = day;
        self.version = now.as_microsecond().max(self.version + 1);
    }

    pub(crate) fn day(&self) -> Option<&Day> {
        self.day.as_ref()
    }

    pub(crate) fn is_moved(&self, person: Uuid) -> bool {
        self.moved.get(&person).is_some_and(|moved| moved.to.is_some())
    }

    /// What a colleague does, wherever somebody put them in Teams.
    pub(crate) fn course(&self, person: &Person, opened: Timestamp, now: Timestamp) -> Course {
        match self.day {
            Some(day) if person.works() => day.course(person.id.as_u64_pair().1, now),
            Some(_) | None => person.course(opened, now),
        }
    }

    pub(crate) fn seen(&self, person: &Person, now: Timestamp) -> Seen {
        let moved = self.moved.get(&person.id);
        if let Some(Moved { to: Some(presence), version }) = moved {
            return Seen { presence: *presence, out_of_office: None, version: *version };
        }
        let own = match self.day {
            Some(day) if person.works() => {
                let (presence, version) = day.presence(person.id.as_u64_pair().1, now);
                Seen { presence, out_of_office: None, version }
            }
            Some(_) | None => person.presence(now),
        };
        let least = moved.map_or(0, |moved| moved.version).max(self.version);
        Seen { version: own.version.max(least), ..own }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroU16;

    use super::*;
    use crate::world::directory::Directory;

    #[test]
    fn a_moved_colleague_stays_there_until_given_back() {
        let directory = Directory::new(40);
        let mut floor = Floor::default();
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        for person in directory.people().iter().skip(1) {
            let before = floor.seen(person, at(0));
            floor.move_to(person.id, Some(Presence::PRESENTING), at(1));
            let moved = floor.seen(person, at(90_000));
            assert_eq!(moved.presence, Presence::PRESENTING);
            assert!(moved.version > before.version && floor.is_moved(person.id));
            floor.move_to(person.id, None, at(90_001));
            let back = floor.seen(person, at(90_001));
            assert_eq!(back.presence, person.presence(at(90_001)).presence);
            assert!(back.version > moved.version && !floor.is_moved(person.id));
        }
    }

    #[test]
    fn a_day_takes_everybody_who_works_and_leaves_the_others() {
        let directory = Directory::new(40);
        let mut floor = Floor::default();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        floor.set_day(Some(Day::new(3, NonZeroU16::MIN, now)), now);
        for person in directory.people().iter().skip(1) {
            let seen = floor.seen(person, now);
            let wanted = if person.works() { Presence::OFFLINE } else { person.presence(now).presence };
            assert_eq!(seen.presence, wanted, "{}", person.display_name());
            assert!(seen.version >= now.as_microsecond());
        }
        let during = floor.seen(&directory.people()[1], now);
        floor.set_day(None, now);
        assert!(floor.seen(&directory.people()[1], now).version > during.version);
    }
}
