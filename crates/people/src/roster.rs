//! The people, their presences, and the list made of them.
//!
//! Takes in what is known and keeps the list up to date; what the list looks like is in [`lines`].
//!
//! Favourites come first, then everyone else; in both, people who are there, A to Z, then the others. A presence
//! that changes shows in its row at once; the row moves with the next reorder, so that nothing jumps under the
//! pointer.

mod lines;

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, redate::Redate, teams::TeamsState};

pub use self::lines::LineRef;
use crate::{Country, Person, entry::Entry, search::Query};

/// The least time between two reorders that nobody asked for.
const REORDER: SignedDuration = SignedDuration::from_secs(5);

/// The people of the directory and the list made of them.
#[derive(Debug)]
pub struct Roster {
    limit: Option<usize>,
    region: Option<Country>,
    own: Option<ObjectId>,
    entries: HashMap<ObjectId, Entry>,
    /// Everybody but the own person, A to Z.
    order: Vec<ObjectId>,
    /// Also of people who are not known, or not yet.
    favourites: BTreeSet<ObjectId>,
    query: Option<Query>,
    /// How many match the query.
    found: usize,
    lines: Vec<LineRef>,
    hides_offline: bool,
    /// Somebody's presence no longer fits their place.
    misplaced: bool,
    reordered: Option<Timestamp>,
    revision: u64,
}

impl Roster {
    /// Nobody yet. `limit` is the most people that are listed; none lists all. `region` is the country whose
    /// national spelling is meant where a number has no country code.
    #[must_use]
    pub fn new(limit: Option<usize>, region: Option<Country>) -> Self {
        Self {
            limit,
            region,
            own: None,
            entries: HashMap::new(),
            order: Vec::new(),
            favourites: BTreeSet::new(),
            query: None,
            found: 0,
            lines: Vec::new(),
            hides_offline: false,
            misplaced: false,
            reordered: None,
            revision: 0,
        }
    }

    /// Takes another limit and region, as in [`Self::new`].
    pub fn set_scope(&mut self, limit: Option<usize>, region: Option<Country>) {
        self.limit = limit;
        let other_region = self.region != region;
        if other_region {
            self.region = region;
            for entry in self.entries.values_mut() {
                entry.set_region(region);
            }
        }
        let moved = self.list();
        self.revise(moved || other_region);
    }

    /// Names the person at this computer, who is not among the others.
    pub fn set_own(&mut self, own: ObjectId) {
        if self.own.as_ref() == Some(&own) {
            return;
        }
        let known = self.known();
        self.order.retain(|id| *id != own);
        let other = self.own.replace(own).filter(|id| self.entries.contains_key(id));
        self.order.extend(other);
        self.sort();
        let moved = self.list();
        self.revise(moved || self.known() != known);
    }

    /// Adds a page of people while the first full list is being read.
    pub fn add(&mut self, people: Vec<Person>) {
        let known = self.known();
        let looks_different = self.take(people);
        self.sort();
        let moved = self.list();
        self.revise(moved || looks_different || self.known() != known);
    }

    /// Takes a full list: new people come in, vanished people go, presences of the others are kept. Rows move
    /// by their presence only if a reorder is due.
    pub fn replace_all(&mut self, people: Vec<Person>, now: Timestamp) {
        let known = self.known();
        let ids: HashSet<&ObjectId> = people.iter().map(|person| &person.id).collect();
        self.entries.retain(|id, _| ids.contains(id));
        self.order.retain(|id| ids.contains(id));
        let looks_different = self.take(people);
        self.sort();
        self.place(now, false);
        let moved = self.list();
        self.revise(moved || looks_different || self.known() != known);
    }

    /// Takes a presence that was read at `now` and is to be used until the given moment. One of somebody unknown is
    /// dropped.
    pub fn set_teams(&mut self, id: &ObjectId, state: TeamsState, now: Timestamp, until: Timestamp) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let looks_different = entry.see(state, now, until);
        self.misplaced |= entry.present_place() != entry.place;
        let listed = entry.listed;
        self.revise(looks_different && listed);
    }

    /// Takes the version of the photo of somebody; none if there is none. One of somebody unknown is dropped.
    pub fn set_photo(&mut self, id: &ObjectId, version: Option<String>) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let looks_different = entry.set_photo(version) && entry.listed;
        self.revise(looks_different);
    }

    /// Presences that are too old by now become unknown, each last seen when it was last read.
    pub fn age(&mut self, now: Timestamp) {
        let mut looks_different = false;
        for entry in self.entries.values_mut() {
            looks_different |= entry.age(now) && entry.listed;
            self.misplaced |= entry.present_place() != entry.place;
        }
        self.revise(looks_different);
    }

    /// Lists only who matches what is typed: a word or more of name, address, department or job title, or a number,
    /// without case and accents. Whose words begin with what is typed come first in their section. People who are
    /// offline are found even while they are hidden. Empty text lists all again.
    pub fn search(&mut self, typed: &str) {
        let (searched, found) = (self.query.is_some(), self.found);
        self.query = Query::new(typed);
        let moved = self.list();
        self.revise(moved || self.query.is_some() != searched || self.found != found);
    }

    /// How many people match the search, listed or not; none while nothing is searched.
    #[must_use]
    pub fn found(&self) -> Option<usize> {
        self.query.as_ref().map(|_| self.found)
    }

    /// Puts somebody among the favourites, or takes them out.
    pub fn set_favourite(&mut self, id: &ObjectId, on: bool) {
        if on {
            self.favourites.insert(id.clone());
        } else {
            self.favourites.remove(id);
        }
        if let Some(entry) = self.entries.get_mut(id) {
            entry.favourite = on;
        }
        let moved = self.list();
        self.revise(moved);
    }

    /// Takes exactly these as the favourites; people who are not known are remembered.
    pub fn set_favourites(&mut self, ids: Vec<ObjectId>) {
        self.favourites = ids.into_iter().collect();
        for (id, entry) in &mut self.entries {
            entry.favourite = self.favourites.contains(id);
        }
        let moved = self.list();
        self.revise(moved);
    }

    /// The favourites, also those who are not known, in the order of their ids.
    #[must_use]
    pub fn favourites(&self) -> Vec<ObjectId> {
        self.favourites.iter().cloned().collect()
    }

    /// Hides people who are offline, or shows all again. People whose presence is not known are never hidden, nor
    /// are favourites.
    pub fn toggle_offline(&mut self) {
        self.hides_offline = !self.hides_offline;
        self.refresh_places();
        self.list();
        self.revise(true);
    }

    /// True while people who are offline are hidden.
    #[must_use]
    pub fn hides_offline(&self) -> bool {
        self.hides_offline
    }

    /// Moves the rows to where their presences belong; without `force` at most every 5 s.
    pub fn reorder(&mut self, now: Timestamp, force: bool) {
        let moved = self.place(now, force) && self.list();
        self.revise(moved);
    }

    /// The list, top down. Empty while there is nobody to list.
    #[must_use]
    pub fn lines(&self) -> &[LineRef] {
        &self.lines
    }

    /// The people on `count` lines from line `start` on.
    #[must_use]
    pub fn ids_in(&self, start: usize, count: usize) -> Vec<ObjectId> {
        self.lines.iter().skip(start).take(count).filter_map(LineRef::person).cloned().collect()
    }

    /// Everybody but the own person, listed or not, A to Z.
    #[must_use]
    pub fn all_ids(&self) -> &[ObjectId] {
        &self.order
    }

    /// A person and their presence.
    #[must_use]
    pub fn get(&self, id: &ObjectId) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// How many people are known, the own person not counted.
    #[must_use]
    pub fn known(&self) -> usize {
        self.order.len()
    }

    /// How many people are listed.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.lines.iter().filter(|line| line.person().is_some()).count()
    }

    /// Grows with every change that can be seen in the list or its counts, and only then.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn revise(&mut self, looks_different: bool) {
        self.revision += u64::from(looks_different);
    }

    /// Takes people in, new ones at the end, or over. Tells whether a listed row may look different.
    fn take(&mut self, people: Vec<Person>) -> bool {
        self.entries.reserve(people.len().saturating_sub(self.entries.len()));
        let mut looks_different = false;
        for person in people {
            if let Some(entry) = self.entries.get_mut(&person.id) {
                looks_different |= entry.update(person);
                continue;
            }
            if self.own.as_ref() != Some(&person.id) {
                self.order.push(person.id.clone());
            }
            let favourite = self.favourites.contains(&person.id);
            self.entries.insert(person.id.clone(), Entry::new(person, self.region, favourite));
        }
        looks_different
    }

    /// Brings everybody into the order A to Z. Most are in it already, which a stable sort is quick with.
    fn sort(&mut self) {
        let named = |id: ObjectId| {
            let entry = self.entries.get(&id)?;
            Some((entry.sort_key.as_str(), entry.person.name.as_str(), id))
        };
        let mut people: Vec<_> = std::mem::take(&mut self.order).into_iter().filter_map(named).collect();
        people.sort();
        self.order = people.into_iter().map(|(_, _, id)| id).collect();
    }

    /// Takes over the present places, if there is anything to move and it is time. Tells whether it did.
    fn place(&mut self, now: Timestamp, force: bool) -> bool {
        let too_soon = self.reordered.is_some_and(|at| {
            let past = now.duration_since(at);
            !past.is_negative() && past < REORDER
        });
        if !self.misplaced || (too_soon && !force) {
            return false;
        }
        self.reordered = Some(now);
        self.refresh_places();
        true
    }

    fn refresh_places(&mut self) {
        for entry in self.entries.values_mut() {
            entry.place = entry.present_place();
        }
        self.misplaced = false;
    }
}

impl Redate for Roster {
    /// The rows say since when, so they are drawn again.
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            limit: _,
            region: _,
            own: _,
            entries,
            order: _,
            favourites: _,
            query: _,
            found: _,
            lines: _,
            hides_offline: _,
            misplaced: _,
            reordered,
            revision: _,
        } = self;
        entries.values_mut().for_each(|entry| entry.redate(by));
        reordered.redate(by);
        self.revise(true);
    }
}
