//! The lines of the list: whom of the people to show, and in which order.
//!
//! Goes by the places that people have; moves nobody to another one.

use presence::identity::ObjectId;

use super::Roster;
use crate::{entry::Place, search::Rank};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRef {
    /// The head of the section with the favourites.
    Favourites,
    /// The head of the section with everyone else.
    Everyone,
    /// A person.
    Person(ObjectId),
}

impl LineRef {
    pub(super) fn person(&self) -> Option<&ObjectId> {
        match self {
            Self::Favourites | Self::Everyone => None,
            Self::Person(id) => Some(id),
        }
    }
}

impl Roster {
    /// Makes the lines anew. Tells whether they, or the number of people found, differ.
    pub(super) fn list(&mut self) -> bool {
        let (favourites, others, found) = self.sections();
        let mut room = self.limit.unwrap_or(usize::MAX);
        let mut lines = Vec::new();
        for (head, people) in [(LineRef::Favourites, favourites), (LineRef::Everyone, others)] {
            let people = people.into_iter().take(room).cloned().map(LineRef::Person);
            let before = lines.len();
            lines.push(head);
            lines.extend(people);
            let listed = lines.len() - before - 1;
            if listed == 0 {
                lines.pop();
            }
            room -= listed;
        }
        let counted = std::mem::replace(&mut self.found, found) == found;
        if lines == self.lines {
            return !counted;
        }
        self.mark(false);
        self.lines = lines;
        self.mark(true);
        true
    }

    /// Whom to list, top down: the favourites, the others, and how many match the search.
    fn sections(&self) -> (Vec<&ObjectId>, Vec<&ObjectId>, usize) {
        // Four parts each: who begins with what is typed and who has it inside; of both, who is there and who is not.
        let mut favourites: [Vec<&ObjectId>; 4] = Default::default();
        let mut others: [Vec<&ObjectId>; 4] = Default::default();
        let mut found = 0;
        for id in &self.order {
            let Some(entry) = self.entries.get(id) else { continue };
            let rank = match &self.query {
                None if entry.place == Place::Offline && self.hides_offline && !entry.favourite => continue,
                None => Rank::Begins,
                Some(query) => match entry.rank(query) {
                    Some(rank) => rank,
                    None => continue,
                },
            };
            found += usize::from(self.query.is_some());
            let section = if entry.favourite { &mut favourites } else { &mut others };
            let [there, away, there_inside, away_inside] = section;
            match (rank, entry.place) {
                (Rank::Begins, Place::There) => there.push(id),
                (Rank::Begins, Place::Unknown | Place::Offline) => away.push(id),
                (Rank::Inside, Place::There) => there_inside.push(id),
                (Rank::Inside, Place::Unknown | Place::Offline) => away_inside.push(id),
            }
        }
        (favourites.concat(), others.concat(), found)
    }

    /// Marks everybody on the lines as listed or not.
    fn mark(&mut self, listed: bool) {
        for id in self.lines.iter().filter_map(LineRef::person) {
            if let Some(entry) = self.entries.get_mut(id) {
                entry.listed = listed;
            }
        }
    }
}
