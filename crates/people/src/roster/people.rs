//! Adds, changes and removes people of the directory, and leaves out the agent.
//!
//! It does not know their states.

use std::collections::HashSet;

use jiff::Timestamp;
use presence::identity::ObjectId;

use super::{Roster, lines::StoredLine, store::Slot};
use crate::{Person, PersonId, entry::Entry};

impl Roster {
    /// Sets the agent's own person, who is not listed.
    pub fn set_own(&mut self, own: ObjectId) {
        if self.own.as_ref() == Some(&own) {
            return;
        }
        let known = self.known();
        self.own = Some(own);
        let looks_different = self.rejoin_all();
        self.rebuild_order();
        self.refresh_list(looks_different, known);
    }

    /// Adds a page of people while the first full list is being read.
    pub fn add(&mut self, people: Vec<Person>) {
        let known = self.known();
        let looks_different = self.add_or_update(people);
        self.refresh_list(looks_different, known);
    }

    /// Replaces the people by a full list, and keeps the presences of those who stay. Rows move by their presence only if a
    /// reorder is due.
    pub fn replace_all(&mut self, people: Vec<Person>, now: Timestamp) {
        let known = self.known();
        let ids: HashSet<&ObjectId> = people.iter().map(|person| &person.id).collect();
        let listed_people = self.store.iter().filter_map(|entry| Some(&entry.person()?.id));
        let gone: Vec<ObjectId> = listed_people.filter(|id| !ids.contains(id)).cloned().collect();
        let mut looks_different = self.remove_from_directory(&gone);
        looks_different |= self.add_or_update(people);
        self.update_places_if_due(now, false);
        self.refresh_list(looks_different, known);
    }

    /// Adds or updates people, and updates the joins. Returns whether a listed row may look different.
    fn add_or_update(&mut self, people: Vec<Person>) -> bool {
        self.store.reserve(people.len().saturating_sub(self.order.len()));
        let mut looks_different = false;
        for person in people {
            let object_id = person.id.clone();
            let id = PersonId::Entra(object_id.clone());
            match self.store.get_mut(&id) {
                Some(entry) => {
                    if !entry.update(person) {
                        continue;
                    }
                    looks_different |= entry.listed;
                    self.sorted = 0;
                }
                None => {
                    let slot = self.store.insert(Entry::of_person(person, self.region));
                    if self.own.as_ref() != Some(&object_id) {
                        self.order.push(slot);
                    }
                }
            }
            self.update_marks(&[id]);
            self.recheck_join_of(&object_id);
        }
        self.rejoin_touched() | looks_different
    }

    /// Removes people who are no longer in the directory. Users of Connect keep a row of their own. Returns whether a listed row
    /// looks different.
    fn remove_from_directory(&mut self, gone: &[ObjectId]) -> bool {
        let mut removed = Vec::new();
        for person in gone {
            let id = PersonId::Entra(person.clone());
            let side = self.store.get_mut(&id).and_then(Entry::detach_connect);
            if let Some(side) = side {
                self.insert_alone(side);
            }
            removed.push(id);
        }
        let looks_different = self.remove(&removed);
        for person in gone {
            self.recheck_join_of(person);
        }
        looks_different
    }

    /// Removes rows. Returns whether one was listed.
    pub(super) fn remove(&mut self, ids: &[PersonId]) -> bool {
        let removed: Vec<(Slot, Entry)> = ids.iter().filter_map(|id| self.store.remove(id)).collect();
        if removed.is_empty() {
            return false;
        }
        let slots: HashSet<Slot> = removed.iter().map(|(slot, _)| *slot).collect();
        let sorted = self.order.iter().take(self.sorted);
        self.sorted = sorted.filter(|slot| !slots.contains(slot)).count();
        self.order.retain(|slot| !slots.contains(slot));
        let was_listed = removed.iter().any(|(_, entry)| entry.listed);
        if was_listed {
            // The slot may be reused: the lines must not show somebody else in it.
            self.lines.retain(|row| !matches!(row, StoredLine::Person(slot) if slots.contains(slot)));
        }
        was_listed
    }

    /// Puts everybody except the agent into `order`, unsorted.
    pub(super) fn rebuild_order(&mut self) {
        let is_own = |id: &PersonId| match id {
            PersonId::Entra(person) => self.own.as_ref() == Some(person),
            PersonId::Connect(user) => self.own_user.as_ref() == Some(user),
        };
        let others = self.store.iter().filter(|entry| !is_own(entry.id()));
        self.order = others.filter_map(|entry| self.store.slot(entry.id())).collect();
        self.sorted = 0;
    }

    /// Sorts everybody from A to Z by inserting the new people between the sorted ones.
    pub(super) fn sort(&mut self) {
        let store = &self.store;
        let name =
            |slot: &Slot| store.at(*slot).map(|entry| (entry.sort_key.as_str(), entry.name(), entry.id()));
        let mut new = self.order.split_off(self.sorted.min(self.order.len()));
        new.sort_by(|one, other| name(one).cmp(&name(other)));
        let mut all = Vec::with_capacity(self.order.len() + new.len());
        let mut rest = self.order.as_slice();
        for slot in new {
            let (before, after) = rest.split_at(rest.partition_point(|other| name(other) < name(&slot)));
            all.extend_from_slice(before);
            all.push(slot);
            rest = after;
        }
        all.extend_from_slice(rest);
        self.sorted = all.len();
        self.order = all;
    }
}
