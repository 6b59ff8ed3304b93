//! The agent's marks: favourites, people waited for, recent calls, and the own department. It orders no rows.
//!
//! A mark is kept under the id that was marked, even if no such person is known. A person with both sides has the marks of both.

use std::collections::{BTreeSet, VecDeque};

use presence::aws::UserId;

use super::Roster;
use crate::{Entry, PersonId, collation::sort_key, entry::Marks};

/// How many of the people called last are remembered.
const MOST_RECENT_CALLS: usize = 50;

/// All marks, by the id that was marked.
#[derive(Debug, Default)]
pub(super) struct MarksById {
    favourites: BTreeSet<PersonId>,
    waited_for: BTreeSet<PersonId>,
    /// The last call first.
    called: VecDeque<PersonId>,
    /// The sort key of the agent's own department; empty if it is not known.
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
            waited_for: is_one_of(&self.waited_for),
            called: self.called.iter().any(|id| id == own || Some(id) == other.as_ref()),
            near: !self.department.is_empty() && self.department == entry.department_key,
        }
    }
}

impl Roster {
    /// Adds somebody to the favourites, or removes them.
    pub fn set_favourite(&mut self, id: &PersonId, on: bool) {
        let ids = self.ids_of(id);
        if on {
            self.marks.favourites.insert(id.clone());
        } else {
            self.marks.favourites.retain(|marked| !ids.contains(marked));
        }
        let looks_different = self.update_marks(&ids);
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved || looks_different);
    }

    /// Replaces the favourites. Unknown people are remembered.
    pub fn set_favourites(&mut self, ids: Vec<PersonId>) {
        self.marks.favourites = ids.into_iter().collect();
        let looks_different = self.update_all_marks();
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved || looks_different);
    }

    /// The ids that were marked as favourites, including unknown ones, in order.
    #[must_use]
    pub fn favourites(&self) -> Vec<PersonId> {
        self.marks.favourites.iter().cloned().collect()
    }

    /// The users in Connect of the favourites, in the order of the favourites' ids.
    #[must_use]
    pub fn favourite_users(&self) -> Vec<UserId> {
        self.marks.favourites.iter().filter_map(|id| self.user_of(id)).cloned().collect()
    }

    /// Starts or stops waiting for somebody to be free.
    pub fn set_waited_for(&mut self, id: &PersonId, on: bool) {
        let ids = self.ids_of(id);
        if on {
            self.marks.waited_for.insert(id.clone());
        } else {
            self.marks.waited_for.retain(|waited| !ids.contains(waited));
        }
        let looks_different = self.update_marks(&ids);
        self.bump_revision_if(looks_different);
    }

    /// The ids of people waited for, as they were marked.
    #[must_use]
    pub fn waited_for(&self) -> &BTreeSet<PersonId> {
        &self.marks.waited_for
    }

    /// The ids of the rows of people waited for who are free.
    #[must_use]
    pub fn free_and_waited_for(&self) -> Vec<PersonId> {
        let waited_for = self.marks.waited_for.iter().filter_map(|id| self.row_of(id));
        let free: BTreeSet<&PersonId> = waited_for.filter(|entry| entry.is_free()).map(Entry::id).collect();
        free.into_iter().cloned().collect()
    }

    /// Records a call to somebody.
    pub fn record_call(&mut self, id: &PersonId) {
        let ids = self.ids_of(id);
        self.marks.called.retain(|called| !ids.contains(called));
        self.marks.called.push_front(id.clone());
        let mut touched = ids;
        if self.marks.called.len() > MOST_RECENT_CALLS {
            touched.extend(self.marks.called.pop_back());
        }
        self.update_marks(&touched);
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved);
    }

    /// Records calls before those that are remembered already, the last call first.
    pub fn record_earlier_calls(&mut self, people: Vec<PersonId>) {
        for id in people {
            if self.marks.called.len() >= MOST_RECENT_CALLS {
                break;
            }
            let ids = self.ids_of(&id);
            if !self.marks.called.iter().any(|called| ids.contains(called)) {
                self.marks.called.push_back(id);
            }
        }
        self.update_all_marks();
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved);
    }

    /// Sets the agent's own department, whose people are listed before others.
    pub fn set_own_department(&mut self, department: Option<String>) {
        let key = department.map(|name| sort_key(&presence::shown::visible(&name))).unwrap_or_default();
        if key == self.marks.department {
            return;
        }
        self.marks.department = key;
        self.update_all_marks();
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved);
    }

    /// All ids of the person with this id: the one of the directory and the one of Connect.
    fn ids_of(&self, id: &PersonId) -> Vec<PersonId> {
        match self.row_of(id) {
            Some(entry) => {
                let (own, other) = ids(entry);
                std::iter::once(own.clone()).chain(other).collect()
            }
            None => vec![id.clone()],
        }
    }

    /// Updates the marks of these people. Returns whether a listed row looks different.
    pub(super) fn update_marks(&mut self, ids: &[PersonId]) -> bool {
        let mut looks_different = false;
        for id in ids {
            let slot = self.slot_of(id);
            if let Some(entry) = slot.and_then(|slot| self.store.at_mut(slot)) {
                looks_different |= update_entry(&self.marks, entry);
            }
        }
        looks_different
    }

    fn update_all_marks(&mut self) -> bool {
        let mut looks_different = false;
        for entry in self.store.iter_mut() {
            looks_different |= update_entry(&self.marks, entry);
        }
        looks_different
    }
}

fn update_entry(all: &MarksById, entry: &mut Entry) -> bool {
    let marks = all.of(entry);
    let before = std::mem::replace(&mut entry.marks, marks);
    // The other marks are not visible in the row.
    entry.listed && (marks.favourite, marks.waited_for) != (before.favourite, before.waited_for)
}

/// The id of a row, and the id that its side of Connect would have alone.
fn ids(entry: &Entry) -> (&PersonId, Option<PersonId>) {
    let other = match entry.id() {
        PersonId::Entra(_) => entry.colleague().map(|colleague| PersonId::Connect(colleague.user.clone())),
        PersonId::Connect(_) => None,
    };
    (entry.id(), other)
}
