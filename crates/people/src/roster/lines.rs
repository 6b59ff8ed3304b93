//! The lines of the list: whom of the people to show, and in which order.
//!
//! Goes by the places that people have; moves nobody to another one.

use std::collections::BTreeMap;

use presence::{aws::UserId, identity::ObjectId};

use super::{Roster, store::Slot};
use crate::{Entry, PersonId, entry::Place, search::Rank};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRef {
    /// The head of the section with the favourites.
    Favourites,
    /// The head of the section with everyone else.
    Everyone,
    /// The head of the section with the people of this department, if the list is grouped; empty for those who have
    /// none.
    Department(String),
    /// A person.
    Person(PersonId),
}

/// A line, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    Favourites,
    Everyone,
    Department(String),
    Person(Slot),
}

/// The lines, and what there is to count beside them.
struct Rows {
    lines: Vec<Row>,
    /// How many match what is searched.
    found: usize,
    /// For how many there was no room.
    left_out: usize,
}

/// How much somebody matters who is no favourite: if there is no room for all, the first are listed.
const CALLED: usize = 0;
const NEAR: usize = 1;
const USES_CONNECT: usize = 2;
const REST: usize = 3;
const KINDS: usize = 4;

/// Somebody who could be listed.
#[derive(Debug, Clone, Copy)]
struct Candidate<'a> {
    slot: Slot,
    entry: &'a Entry,
    rank: Rank,
    /// Where they are in the queue for a list that has not room for all.
    turn: usize,
}

/// The people of a section in four parts: who begins with what is typed and who has it inside; of both, who is there and
/// who is not.
#[derive(Debug, Default)]
struct Section<'a> {
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
        let turn = if marks.favourite { 0 } else { 1 + begins * KINDS + kind };
        Self { slot, entry, rank, turn }
    }
}

impl Section<'_> {
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

    fn under_its_name(self, lines: &mut Vec<Row>) {
        let head = Row::Department(self.name.to_owned());
        self.under(head, lines);
    }

    fn under(self, head: Row, lines: &mut Vec<Row>) {
        if self.parts.iter().any(|part| !part.is_empty()) {
            lines.push(head);
            lines.extend(self.parts.into_iter().flatten().map(Row::Person));
        }
    }
}

impl Roster {
    /// How many lines the list has, the heads included. None while there is nobody to list.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// `count` lines from line `start` on, top down.
    pub fn lines_in(&self, start: usize, count: usize) -> impl Iterator<Item = LineRef> {
        self.lines.iter().skip(start).take(count).filter_map(|row| {
            Some(match row {
                Row::Favourites => LineRef::Favourites,
                Row::Everyone => LineRef::Everyone,
                Row::Department(name) => LineRef::Department(name.clone()),
                Row::Person(slot) => LineRef::Person(self.store.at(*slot)?.id().clone()),
            })
        })
    }

    /// The people on `count` lines from line `start` on, top down.
    pub fn on_lines(&self, start: usize, count: usize) -> impl Iterator<Item = &Entry> {
        self.lines.iter().skip(start).take(count).filter_map(|row| match row {
            Row::Favourites | Row::Everyone | Row::Department(_) => None,
            Row::Person(slot) => self.store.at(*slot),
        })
    }

    /// Those of them who are in the directory.
    #[must_use]
    pub fn teams_ids_in(&self, start: usize, count: usize) -> Vec<ObjectId> {
        self.on_lines(start, count).filter_map(|entry| Some(entry.person()?.id.clone())).collect()
    }

    /// Those of them who use Connect.
    #[must_use]
    pub fn connect_ids_in(&self, start: usize, count: usize) -> Vec<UserId> {
        self.on_lines(start, count).filter_map(|entry| Some(entry.colleague()?.user.clone())).collect()
    }

    /// Makes the lines again. Returns whether they, or the number of people found or left out, differ.
    pub(super) fn list(&mut self) -> bool {
        let Rows { lines, found, left_out } = self.rows();
        let before =
            (std::mem::replace(&mut self.found, found), std::mem::replace(&mut self.left_out, left_out));
        let counted = before == (found, left_out);
        if lines == self.lines {
            return !counted;
        }
        self.mark(false);
        self.lines = lines;
        self.mark(true);
        true
    }

    fn rows(&self) -> Rows {
        let mut candidates = self.candidates();
        let found = if self.search.is_some() { candidates.len() } else { 0 };
        let left_out = self.limit.map_or(0, |limit| candidates.len().saturating_sub(limit));
        if let Some(limit) = self.limit.filter(|_| left_out > 0) {
            keep_first(&mut candidates, limit);
        }
        // Who looks through a part of everybody looks for the people of their own department first.
        let near_first = left_out > 0 && self.search.is_none();
        let mut favourites = Section::default();
        let mut near: Option<Section<'_>> = None;
        let mut everyone = Section::default();
        // Who has no department comes last.
        let mut departments: BTreeMap<(bool, &str), Section<'_>> = BTreeMap::new();
        for candidate in &candidates {
            let entry = candidate.entry;
            if entry.marks.favourite {
                favourites.add(candidate);
            } else if self.grouped {
                let key = entry.department_key.as_str();
                let name = entry.department().unwrap_or_default();
                let section = departments
                    .entry((key.is_empty(), key))
                    .or_insert_with(|| Section { name, ..Section::default() });
                // One department may be spelled in several ways.
                section.name = section.name.min(name);
                section.add(candidate);
            } else if near_first && entry.marks.near {
                let name = entry.department().unwrap_or_default();
                let section = near.get_or_insert_with(|| Section { name, ..Section::default() });
                section.name = section.name.min(name);
                section.add(candidate);
            } else {
                everyone.add(candidate);
            }
        }
        let mut lines = Vec::with_capacity(candidates.len() + 3 + departments.len());
        favourites.under(Row::Favourites, &mut lines);
        if let Some(section) = near {
            section.under_its_name(&mut lines);
        }
        everyone.under(Row::Everyone, &mut lines);
        for section in departments.into_values() {
            section.under_its_name(&mut lines);
        }
        Rows { lines, found, left_out }
    }

    /// Everybody who may be listed, A to Z.
    fn candidates(&self) -> Vec<Candidate<'_>> {
        let mut candidates = Vec::new();
        if let Some(search) = &self.search {
            for (slot, rank) in self.order.iter().copied().zip(&search.ranks) {
                // Nobody is visited who does not match.
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
    fn mark(&mut self, listed: bool) {
        for row in &self.lines {
            if let Row::Person(slot) = row
                && let Some(entry) = self.store.at_mut(*slot)
            {
                entry.listed = listed;
            }
        }
    }
}

/// Keeps those who matter most, as many as there is room for; of those who matter the same, the first.
fn keep_first(candidates: &mut Vec<Candidate<'_>>, limit: usize) {
    let mut room = [0; 1 + 2 * KINDS];
    for candidate in candidates.iter() {
        if let Some(count) = room.get_mut(candidate.turn) {
            *count += 1;
        }
    }
    let mut left = limit;
    for count in &mut room {
        *count = left.min(*count);
        left -= *count;
    }
    candidates.retain(|candidate| match room.get_mut(candidate.turn) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        Some(_) | None => false,
    });
}
