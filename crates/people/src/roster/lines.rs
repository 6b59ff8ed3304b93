//! Builds the lines of the list: which people are shown, and in which order.
//!
//! It uses people's places, and changes none.

use std::collections::BTreeMap;

use presence::{aws::UserId, identity::ObjectId};

use super::{Roster, store::Slot};
use crate::{Entry, PersonId, entry::Place, search::Rank};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRef {
    /// The heading of the favourites.
    Favourites,
    /// The heading of everyone else.
    Everyone,
    /// The heading of a department; empty for people without one.
    Department(String),
    /// A person.
    Person(PersonId),
}

/// A line with the slot of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StoredLine {
    Favourites,
    Everyone,
    Department(String),
    Person(Slot),
}

/// The lines and counts of a rebuilt list.
struct NewLines {
    lines: Vec<StoredLine>,
    /// How many people match the search.
    found: usize,
    /// How many people are not listed because of the limit.
    left_out: usize,
}

/// The priority of people who are no favourites. If there is no room for all, the first ones are listed.
const CALLED: usize = 0;
const NEAR: usize = 1;
const USES_CONNECT: usize = 2;
const REST: usize = 3;
/// The number of priorities.
const PRIORITIES: usize = 4;

/// A person who may be listed.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    slot: Slot,
    entry: &'a Entry,
    rank: Rank,
    /// The priority for a list without room for all; 0 is the highest.
    priority: usize,
}

/// The people of a section in four parts: matches at the beginning of a word and matches inside one, each split into people who
/// are there and people who are not.
#[derive(Debug, Default)]
struct ListSection<'a> {
    name: &'a str,
    parts: [Vec<Slot>; 4],
}

impl<'a> Candidate<'a> {
    fn new(slot: Slot, entry: &'a Entry, rank: Rank) -> Self {
        let marks = &entry.marks;
        let begins = match rank {
            Rank::Begins => 0,
            Rank::Inside => 1,
        };
        let kind = if marks.called {
            CALLED
        } else if marks.near {
            NEAR
        } else if entry.colleague().is_some() {
            USES_CONNECT
        } else {
            REST
        };
        let priority = if marks.favourite { 0 } else { 1 + begins * PRIORITIES + kind };
        Self { slot, entry, rank, priority }
    }
}

impl ListSection<'_> {
    fn add(&mut self, candidate: &Candidate<'_>) {
        let [there, away, there_inside, away_inside] = &mut self.parts;
        let part = match (candidate.rank, candidate.entry.place) {
            (Rank::Begins, Place::There) => there,
            (Rank::Begins, Place::Unknown | Place::Offline) => away,
            (Rank::Inside, Place::There) => there_inside,
            (Rank::Inside, Place::Unknown | Place::Offline) => away_inside,
        };
        part.push(candidate.slot);
    }

    fn push_under_its_name(self, lines: &mut Vec<StoredLine>) {
        let head = StoredLine::Department(self.name.to_owned());
        self.push_under(head, lines);
    }

    fn push_under(self, head: StoredLine, lines: &mut Vec<StoredLine>) {
        if self.parts.iter().any(|part| !part.is_empty()) {
            lines.push(head);
            lines.extend(self.parts.into_iter().flatten().map(StoredLine::Person));
        }
    }
}

impl Roster {
    /// The number of lines, including headings.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// `count` lines from line `start` on.
    pub fn lines_in(&self, start: usize, count: usize) -> impl Iterator<Item = LineRef> {
        self.lines.iter().skip(start).take(count).filter_map(|row| {
            Some(match row {
                StoredLine::Favourites => LineRef::Favourites,
                StoredLine::Everyone => LineRef::Everyone,
                StoredLine::Department(name) => LineRef::Department(name.clone()),
                StoredLine::Person(slot) => LineRef::Person(self.store.at(*slot)?.id().clone()),
            })
        })
    }

    /// The people on `count` lines from line `start` on.
    pub fn on_lines(&self, start: usize, count: usize) -> impl Iterator<Item = &Entry> {
        self.lines.iter().skip(start).take(count).filter_map(|row| match row {
            StoredLine::Favourites | StoredLine::Everyone | StoredLine::Department(_) => None,
            StoredLine::Person(slot) => self.store.at(*slot),
        })
    }

    /// The ids of those people on these lines who are in the directory.
    #[must_use]
    pub fn teams_ids_in(&self, start: usize, count: usize) -> Vec<ObjectId> {
        self.on_lines(start, count).filter_map(|entry| Some(entry.person()?.id.clone())).collect()
    }

    /// The users among the people on these lines.
    #[must_use]
    pub fn connect_ids_in(&self, start: usize, count: usize) -> Vec<UserId> {
        self.on_lines(start, count).filter_map(|entry| Some(entry.colleague()?.user.clone())).collect()
    }

    /// Builds the lines again. Returns whether they, or the number of people found or left out, differ.
    pub(super) fn rebuild_lines(&mut self) -> bool {
        let NewLines { lines, found, left_out } = self.new_lines();
        let counts_before =
            (std::mem::replace(&mut self.found, found), std::mem::replace(&mut self.left_out, left_out));
        if lines == self.lines {
            return counts_before != (found, left_out);
        }
        self.set_listed(false);
        self.lines = lines;
        self.set_listed(true);
        true
    }

    fn new_lines(&self) -> NewLines {
        let mut candidates = self.candidates();
        let found = if self.search.is_some() { candidates.len() } else { 0 };
        let left_out = self.limit.map_or(0, |limit| candidates.len().saturating_sub(limit));
        if let Some(limit) = self.limit.filter(|_| left_out > 0) {
            keep_first(&mut candidates, limit);
        }
        // Without room for everybody, the agent's own department has a section of its own.
        let has_near_section = left_out > 0 && self.search.is_none();
        let mut favourites = ListSection::default();
        let mut near: Option<ListSection<'_>> = None;
        let mut everyone = ListSection::default();
        // People without a department come last.
        let mut departments: BTreeMap<(bool, &str), ListSection<'_>> = BTreeMap::new();
        for candidate in &candidates {
            let entry = candidate.entry;
            if entry.marks.favourite {
                favourites.add(candidate);
            } else if self.is_grouped {
                let key = entry.department_key.as_str();
                let name = entry.department().unwrap_or_default();
                let section = departments
                    .entry((key.is_empty(), key))
                    .or_insert_with(|| ListSection { name, ..ListSection::default() });
                // A department may be spelled in several ways.
                section.name = section.name.min(name);
                section.add(candidate);
            } else if has_near_section && entry.marks.near {
                let name = entry.department().unwrap_or_default();
                let section = near.get_or_insert_with(|| ListSection { name, ..ListSection::default() });
                section.name = section.name.min(name);
                section.add(candidate);
            } else {
                everyone.add(candidate);
            }
        }
        let mut lines = Vec::with_capacity(candidates.len() + 3 + departments.len());
        favourites.push_under(StoredLine::Favourites, &mut lines);
        if let Some(section) = near {
            section.push_under_its_name(&mut lines);
        }
        everyone.push_under(StoredLine::Everyone, &mut lines);
        for section in departments.into_values() {
            section.push_under_its_name(&mut lines);
        }
        NewLines { lines, found, left_out }
    }

    /// The people who may be listed, A to Z.
    fn candidates(&self) -> Vec<Candidate<'_>> {
        let mut candidates = Vec::new();
        if let Some(search) = &self.search {
            for (slot, rank) in self.order.iter().copied().zip(&search.ranks) {
                let candidate = rank.and_then(|rank| Some(Candidate::new(slot, self.store.at(slot)?, rank)));
                candidates.extend(candidate);
            }
            return candidates;
        }
        for slot in self.order.iter().copied() {
            let Some(entry) = self.store.at(slot) else { continue };
            if !self.hides_offline || entry.place != Place::Offline || entry.marks.favourite {
                candidates.push(Candidate::new(slot, entry, Rank::Begins));
            }
        }
        candidates
    }

    /// Marks everybody on the lines as listed or not.
    fn set_listed(&mut self, is_listed: bool) {
        for row in &self.lines {
            if let StoredLine::Person(slot) = row
                && let Some(entry) = self.store.at_mut(*slot)
            {
                entry.listed = is_listed;
            }
        }
    }
}

/// Keeps the `limit` people with the highest priority; among equal priorities, the first ones.
fn keep_first(candidates: &mut Vec<Candidate<'_>>, limit: usize) {
    let mut room = [0; 1 + 2 * PRIORITIES];
    for candidate in candidates.iter() {
        if let Some(count) = room.get_mut(candidate.priority) {
            *count += 1;
        }
    }
    let mut left = limit;
    for count in &mut room {
        *count = left.min(*count);
        left -= *count;
    }
    candidates.retain(|candidate| match room.get_mut(candidate.priority) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        Some(_) | None => false,
    });
}
