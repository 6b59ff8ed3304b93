//! The people, their presences, and the list made of them.
//!
//! People who are there come first, A to Z, then the others. A presence that changes shows in its row at once;
//! the row moves with the next reorder, so that nothing jumps under the pointer.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, teams::TeamsState};

use crate::{Badge, Person, badge, collation::sort_key};

/// The least time between two reorders that nobody asked for.
const REORDER: SignedDuration = SignedDuration::from_secs(5);

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineRef {
    /// The head of the section with everyone.
    Everyone,
    /// A person.
    Person(ObjectId),
}

/// A person with what is known of their presence.
#[derive(Debug, Clone)]
pub struct Entry {
    person: Person,
    sort_key: String,
    seen: Option<Seen>,
    place: Place,
    listed: bool,
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
enum Place {
    There,
    Unknown,
    Offline,
}

/// The people of the directory and the list made of them.
#[derive(Debug)]
pub struct Roster {
    limit: Option<usize>,
    own: Option<ObjectId>,
    entries: HashMap<ObjectId, Entry>,
    /// Everybody but the own person, A to Z.
    order: Vec<ObjectId>,
    lines: Vec<LineRef>,
    hides_offline: bool,
    /// Somebody's presence no longer fits their place.
    misplaced: bool,
    reordered: Option<Timestamp>,
    revision: u64,
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

    fn new(person: Person) -> Self {
        let sort_key = sort_key(&person.name);
        Self { person, sort_key, seen: None, place: Place::Unknown, listed: false }
    }

    /// Takes over newer data of the same person. Tells whether a listed row may look different.
    fn update(&mut self, person: Person) -> bool {
        if self.person == person {
            return false;
        }
        if self.person.name != person.name {
            self.sort_key = sort_key(&person.name);
        }
        self.person = person;
        self.listed
    }

    fn present_place(&self) -> Place {
        match self.badge() {
            Badge::Unknown => Place::Unknown,
            Badge::Offline => Place::Offline,
            Badge::OutOfOffice | Badge::Away | Badge::Available | Badge::Busy | Badge::DoNotDisturb => {
                Place::There
            }
        }
    }

    /// Takes a presence. Tells whether the row looks different now.
    fn see(&mut self, state: TeamsState, now: Timestamp) -> bool {
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
}

impl Roster {
    /// Nobody yet. `limit` is the most people that are listed; none lists all.
    #[must_use]
    pub fn new(limit: Option<usize>) -> Self {
        Self {
            limit,
            own: None,
            entries: HashMap::new(),
            order: Vec::new(),
            lines: Vec::new(),
            hides_offline: false,
            misplaced: false,
            reordered: None,
            revision: 0,
        }
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

    /// Takes a presence that was read at `now`. Of somebody unknown it is dropped.
    pub fn set_teams(&mut self, id: &ObjectId, state: TeamsState, now: Timestamp) {
        let Some(entry) = self.entries.get_mut(id) else { return };
        let looks_different = entry.see(state, now);
        self.misplaced |= entry.present_place() != entry.place;
        let listed = entry.listed;
        self.revise(looks_different && listed);
    }

    /// No presence can be believed any longer: all become unknown, each last seen when it was last read, but
    /// never later than `now` (the clock may have been set back).
    pub fn teams_unknown(&mut self, now: Timestamp) {
        let mut looks_different = false;
        for entry in self.entries.values_mut() {
            let Some(seen) = entry.seen.as_mut().filter(|seen| !seen.aged) else { continue };
            seen.aged = true;
            seen.at = seen.at.min(now);
            looks_different |= entry.listed;
            self.misplaced |= entry.present_place() != entry.place;
        }
        self.revise(looks_different);
    }

    /// Hides people who are offline, or shows all again. People whose presence is not known are never hidden.
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
        self.lines.len().saturating_sub(1)
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
            self.entries.insert(person.id.clone(), Entry::new(person));
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

    /// Makes the lines anew. Tells whether they differ.
    fn list(&mut self) -> bool {
        let mut there = Vec::new();
        let mut others = Vec::new();
        for id in &self.order {
            match self.entries.get(id).map(|entry| entry.place) {
                Some(Place::There) => there.push(id),
                Some(Place::Offline) if self.hides_offline => {}
                Some(Place::Unknown | Place::Offline) => others.push(id),
                None => {}
            }
        }
        there.append(&mut others);
        there.truncate(self.limit.unwrap_or(usize::MAX));
        let same = there.iter().copied().eq(self.lines.iter().filter_map(LineRef::person));
        if same {
            return false;
        }
        let head = if there.is_empty() { None } else { Some(LineRef::Everyone) };
        let lines: Vec<LineRef> =
            head.into_iter().chain(there.into_iter().cloned().map(LineRef::Person)).collect();
        self.mark(false);
        self.lines = lines;
        self.mark(true);
        true
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

impl LineRef {
    fn person(&self) -> Option<&ObjectId> {
        match self {
            Self::Everyone => None,
            Self::Person(id) => Some(id),
        }
    }
}
