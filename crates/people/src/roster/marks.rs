//! What the agent marked, and whom the agent called: favourites, waits, calls, and the department.
//!
//! A mark is kept by the id that it was given with, also of people who are not known. Somebody who has two sides has
//! the marks of both.

use std::collections::{BTreeSet, VecDeque};

use presence::aws::UserId;

use super::Roster;
use crate::{Entry, PersonId, collation::sort_key, entry::Marks};

/// So many of the people who were called last are remembered.
const RECENT: usize = 50;

/// The marks of everybody.
#[derive(Debug, Default)]
pub(super) struct MarksById {
    favourites: BTreeSet<PersonId>,
    waiting: BTreeSet<PersonId>,
    /// The last one first.
    called: VecDeque<PersonId>,
    /// What the agent's own department is sorted by; empty if it is not known.
    department: String,
}

impl MarksById {
    fn of(&self, entry: &Entry) -> Marks {
        let (own, other) = ids(entry);
        let is_one_of = |set: &BTreeSet<PersonId>| {
            !set.is_empty() && (set.contains(own) || other.as_ref().is_some_and(|id| set.contains(id)))
        };
        Marks {
            favourite: is_one_of(&self.favourites),
            waiting: is_one_of(&self.waiting),
            called: self.called.iter().any(|id| id == own || Some(id) == other.as_ref()),
            near: !self.department.is_empty() && self.department == entry.department_key,
        }
    }
}

impl Roster {
    /// Puts somebody among the favourites, or takes them out.
    pub fn set_favourite(&mut self, id: &PersonId, on: bool) {
        let ids = self.ids_of(id);
        if on {
            self.marks.favourites.insert(id.clone());
        } else {
            self.marks.favourites.retain(|marked| !ids.contains(marked));
        }
        let looks_different = self.mark_again(&ids);
        let moved = self.list();
        self.revise(moved || looks_different);
    }

    /// Takes exactly these as the favourites; people who are not known are remembered.
    pub fn set_favourites(&mut self, ids: Vec<PersonId>) {
        self.marks.favourites = ids.into_iter().collect();
        let looks_different = self.mark_everybody();
        let moved = self.list();
        self.revise(moved || looks_different);
    }

    /// The favourites as they were marked, also those who are not known, in the order of their ids.
    #[must_use]
    pub fn favourites(&self) -> Vec<PersonId> {
        self.marks.favourites.iter().cloned().collect()
    }

    /// Those of the favourites who use Connect, in the order of their ids.
    #[must_use]
    pub fn favourite_users(&self) -> Vec<UserId> {
        self.marks.favourites.iter().filter_map(|id| self.user_of(id)).cloned().collect()
    }

    /// Waits for somebody to be free, or no more.
    pub fn set_waiting(&mut self, id: &PersonId, on: bool) {
        let ids = self.ids_of(id);
        if on {
            self.marks.waiting.insert(id.clone());
        } else {
            self.marks.waiting.retain(|waited| !ids.contains(waited));
        }
        let looks_different = self.mark_again(&ids);
        self.revise(looks_different);
    }

    /// Who is waited for, as it was asked for.
    #[must_use]
    pub fn waiting(&self) -> &BTreeSet<PersonId> {
        &self.marks.waiting
    }

    /// Those of them who are free, by states that are fresh enough to be used, by the ids of their rows.
    #[must_use]
    pub fn freed(&self) -> Vec<PersonId> {
        let waited_for = self.marks.waiting.iter().filter_map(|id| self.row_of(id));
        let free: BTreeSet<&PersonId> = waited_for.filter(|entry| entry.is_free()).map(Entry::id).collect();
        free.into_iter().cloned().collect()
    }

    /// Somebody was called.
    pub fn called(&mut self, id: &PersonId) {
        let ids = self.ids_of(id);
        self.marks.called.retain(|called| !ids.contains(called));
        self.marks.called.push_front(id.clone());
        let mut touched = ids;
        if self.marks.called.len() > RECENT {
            touched.extend(self.marks.called.pop_back());
        }
        self.mark_again(&touched);
        let moved = self.list();
        self.revise(moved);
    }

    /// These people were called before those who are remembered already, the last one first.
    pub fn called_before(&mut self, people: Vec<PersonId>) {
        for id in people {
            if self.marks.called.len() >= RECENT {
                break;
            }
            let ids = self.ids_of(&id);
            if !self.marks.called.iter().any(|called| ids.contains(called)) {
                self.marks.called.push_back(id);
            }
        }
        self.mark_everybody();
        let moved = self.list();
        self.revise(moved);
    }

    /// Names the department of the agent, whose people matter more than others.
    pub fn set_own_department(&mut self, department: Option<String>) {
        let key = department.map(|name| sort_key(&presence::shown::visible(&name))).unwrap_or_default();
        if key == self.marks.department {
            return;
        }
        self.marks.department = key;
        self.mark_everybody();
        let moved = self.list();
        self.revise(moved);
    }

    /// Every id of the person whom this one names: theirs in the directory, theirs in Connect.
    fn ids_of(&self, id: &PersonId) -> Vec<PersonId> {
        match self.row_of(id) {
            Some(entry) => {
                let (own, other) = ids(entry);
                std::iter::once(own.clone()).chain(other).collect()
            }
            None => vec![id.clone()],
        }
    }

    /// Marks these people as it is known now. Returns whether a listed row looks different.
    pub(super) fn mark_again(&mut self, ids: &[PersonId]) -> bool {
        let mut looks_different = false;
        for id in ids {
            let slot = self.slot_of(id);
            if let Some(entry) = slot.and_then(|slot| self.store.at_mut(slot)) {
                looks_different |= mark(&self.marks, entry);
            }
        }
        looks_different
    }

    fn mark_everybody(&mut self) -> bool {
        let mut looks_different = false;
        for entry in self.store.iter_mut() {
            looks_different |= mark(&self.marks, entry);
        }
        looks_different
    }
}

fn mark(all: &MarksById, entry: &mut Entry) -> bool {
    let marks = all.of(entry);
    let before = std::mem::replace(&mut entry.marks, marks);
    // The others are seen by nobody.
    entry.listed && (marks.favourite, marks.waiting) != (before.favourite, before.waiting)
}

/// The id of a row, and the one that its side of Connect would have alone.
fn ids(entry: &Entry) -> (&PersonId, Option<PersonId>) {
    let other = match entry.id() {
        PersonId::Entra(_) => entry.colleague().map(|colleague| PersonId::Connect(colleague.user.clone())),
        PersonId::Connect(_) => None,
    };
    (entry.id(), other)
}
