//! Stores the entries, each in a slot that does not change while the entry exists. A free slot is reused.
//!
//! It does not know the list.

use std::collections::HashMap;

use crate::{Entry, PersonId};

/// The number of a slot.
pub(super) type Slot = usize;

/// The entries by slot and by id.
#[derive(Debug, Default)]
pub(super) struct Store {
    slots: Vec<Option<Entry>>,
    free: Vec<Slot>,
    by_id: HashMap<PersonId, Slot>,
}

impl Store {
    pub(super) fn reserve(&mut self, people: usize) {
        self.slots.reserve(people);
        self.by_id.reserve(people);
    }

    /// Adds an entry. An entry with the same id is replaced in its slot.
    pub(super) fn insert(&mut self, entry: Entry) -> Slot {
        let id = entry.id().clone();
        if let Some(slot) = self.slot(&id) {
            if let Some(stored) = self.slots.get_mut(slot) {
                *stored = Some(entry);
            }
            return slot;
        }
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => {
                self.slots.push(None);
                self.slots.len() - 1
            }
        };
        if let Some(stored) = self.slots.get_mut(slot) {
            *stored = Some(entry);
        }
        self.by_id.insert(id, slot);
        slot
    }

    pub(super) fn remove(&mut self, id: &PersonId) -> Option<(Slot, Entry)> {
        let slot = self.by_id.remove(id)?;
        let entry = self.slots.get_mut(slot)?.take()?;
        self.free.push(slot);
        Some((slot, entry))
    }

    pub(super) fn slot(&self, id: &PersonId) -> Option<Slot> {
        self.by_id.get(id).copied()
    }

    pub(super) fn at(&self, slot: Slot) -> Option<&Entry> {
        self.slots.get(slot)?.as_ref()
    }

    pub(super) fn at_mut(&mut self, slot: Slot) -> Option<&mut Entry> {
        self.slots.get_mut(slot)?.as_mut()
    }

    pub(super) fn get(&self, id: &PersonId) -> Option<&Entry> {
        self.at(self.slot(id)?)
    }

    pub(super) fn get_mut(&mut self, id: &PersonId) -> Option<&mut Entry> {
        self.at_mut(self.slot(id)?)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.slots.iter().flatten()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Entry> {
        self.slots.iter_mut().flatten()
    }
}
