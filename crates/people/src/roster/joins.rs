//! Joins both sides of each person into one row, in whatever order they arrive.
//!
//! [`Join`] decides who belongs together; this module only moves the rows accordingly. Each user of Connect is in exactly one
//! row, which is that of a person or their own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use presence::{aws::UserId, identity::ObjectId};

use super::Roster;
use crate::{
    Colleague, Join, PersonId,
    entry::{ConnectSeen, ConnectSide, Entry, Pairing, Place},
    join::Signs,
};

/// The users of Connect, and their rows.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// All users of Connect, and the row that each is in.
    rows: BTreeMap<UserId, PersonId>,
    confirmed: BTreeMap<UserId, ObjectId>,
    signs: Signs,
    /// The users whose join may have changed.
    touched: BTreeSet<UserId>,
}

impl Joins {
    /// The row that a user is in.
    pub(super) fn row(&self, user: &UserId) -> Option<&PersonId> {
        self.rows.get(user)
    }
}

impl Roster {
    /// Replaces the users of Connect.
    pub fn set_colleagues(&mut self, colleagues: Vec<Colleague>) {
        let colleagues: BTreeMap<UserId, Colleague> =
            colleagues.into_iter().map(|colleague| (colleague.user.clone(), colleague)).collect();
        let known = self.known();
        let gone = self.joins.rows.keys().filter(|user| !colleagues.contains_key(user));
        let gone: Vec<UserId> = gone.cloned().collect();
        let mut differs = !gone.is_empty();
        let mut looks_different = false;
        let mut removed = Vec::new();
        for user in gone {
            let Some(row) = self.joins.rows.remove(&user) else { continue };
            looks_different |= self.detach(&row, &mut removed).is_some_and(|(_, _, listed)| listed);
        }
        looks_different |= self.remove(&removed);
        for (user, colleague) in colleagues {
            match self.joins.rows.get(&user).and_then(|row| self.store.get_mut(row)) {
                Some(entry) => {
                    let changed = entry.update_colleague(colleague);
                    differs |= changed;
                    looks_different |= changed && entry.listed;
                    if changed {
                        self.sorted = 0;
                    }
                }
                None => {
                    differs = true;
                    self.insert_alone(ConnectSide::new(colleague));
                }
            }
        }
        if !differs {
            return;
        }
        looks_different |= self.rebuild_joins();
        self.refresh_list(looks_different, known);
    }

    /// Replaces the agent's own pairings.
    pub fn set_confirmed_pairings(&mut self, confirmed: BTreeMap<UserId, ObjectId>) {
        if self.joins.confirmed == confirmed {
            return;
        }
        let known = self.known();
        self.joins.confirmed = confirmed;
        let looks_different = self.rebuild_joins();
        self.refresh_list(looks_different, known);
    }

    /// Adds a pairing of the agent's own.
    pub fn confirm_pairing(&mut self, user: UserId, person: ObjectId) {
        let mut confirmed = self.joins.confirmed.clone();
        confirmed.insert(user, person);
        self.set_confirmed_pairings(confirmed);
    }

    /// Removes the agent's pairing of this user.
    pub fn undo_pairing(&mut self, user: &UserId) {
        let mut confirmed = self.joins.confirmed.clone();
        confirmed.remove(user);
        self.set_confirmed_pairings(confirmed);
    }

    /// The agent's own pairings.
    #[must_use]
    pub fn confirmed_pairings(&self) -> &BTreeMap<UserId, ObjectId> {
        &self.joins.confirmed
    }

    /// Sets the agent's own user, who has no row.
    pub fn set_own_user(&mut self, own: Option<UserId>) {
        if self.own_user == own {
            return;
        }
        let known = self.known();
        self.own_user = own;
        let looks_different = self.rejoin_all();
        self.rebuild_order();
        self.refresh_list(looks_different, known);
    }

    /// Sets a state in Connect that was read at `now` and expires at `until`. A state of an unknown user is ignored.
    pub fn set_connect(&mut self, user: &UserId, seen: ConnectSeen, now: Timestamp, until: Timestamp) {
        let row = self.joins.rows.get(user);
        let Some(entry) = row.and_then(|row| self.store.get_mut(row)) else { return };
        let looks_different = entry.set_connect_state(seen, now, until);
        self.is_misplaced |= entry.current_place() != entry.place;
        let listed = entry.listed;
        self.bump_revision_if(looks_different && listed);
    }

    /// The user in Connect of a row.
    #[must_use]
    pub fn user_of(&self, id: &PersonId) -> Option<&UserId> {
        self.row_of(id)?.colleague().map(|colleague| &colleague.user)
    }

    /// The person in the directory of a row.
    #[must_use]
    pub fn object_id_of(&self, id: &PersonId) -> Option<&ObjectId> {
        self.row_of(id)?.person().map(|person| &person.id)
    }

    /// Collects the signs of everybody, and joins everybody again. Returns whether a listed row looks different.
    pub(super) fn rebuild_joins(&mut self) -> bool {
        let colleagues = self.joins.rows.values().filter_map(|row| self.store.get(row)?.colleague());
        let mut signs = Signs::of_colleagues(colleagues, &self.joins.confirmed, self.region);
        for entry in self.store.iter() {
            if let Some(person) = entry.person() {
                signs.record_person(person, &entry.sort_key, entry.digits());
            }
        }
        self.joins.signs = signs;
        self.rejoin_all()
    }

    /// Joins everybody again with the signs already collected. Returns whether a listed row looks different.
    pub(super) fn rejoin_all(&mut self) -> bool {
        self.joins.touched = self.joins.rows.keys().cloned().collect();
        self.rejoin_touched()
    }

    /// Updates the signs of a person who was added, changed or removed; [`Self::rejoin_touched`] then updates the joins.
    pub(super) fn recheck_join_of(&mut self, person: &ObjectId) {
        let entry = self.store.get(&PersonId::Entra(person.clone()));
        let signs = &mut self.joins.signs;
        let touched = match entry.and_then(|entry| Some((entry, entry.person()?))) {
            Some((entry, person)) => signs.record_person(person, &entry.sort_key, entry.digits()),
            None => signs.remove_person(person),
        };
        self.joins.touched.extend(touched);
    }

    /// Joins the users again whose join may have changed. Returns whether a listed row looks different.
    pub(super) fn rejoin_touched(&mut self) -> bool {
        let touched = std::mem::take(&mut self.joins.touched);
        if touched.is_empty() {
            return false;
        }
        let (users, people) = self.joins.signs.related(&touched);
        let join = self.join(&users, &people);
        let mut looks_different = false;
        let mut detached = Vec::new();
        let mut removed = Vec::new();
        for (user, row) in self.sides_to_move(&users, &join) {
            let side = self.detach(&row, &mut removed);
            detached.extend(side.map(|(side, place, listed)| {
                looks_different |= listed;
                (user, side, place)
            }));
        }
        looks_different |= self.remove(&removed);
        for (user, side, place) in detached {
            let person = join.person(&user).map(|(person, _)| PersonId::Entra(person.clone()));
            let Some(entry) = person.as_ref().and_then(|id| self.store.get_mut(id)) else {
                self.insert_alone(side);
                continue;
            };
            entry.attach_connect(side, place);
            self.is_misplaced |= entry.current_place() != entry.place;
            looks_different |= entry.listed;
            let id = entry.id().clone();
            self.joins.rows.insert(user, id.clone());
            looks_different |= self.update_marks(&[id]);
        }
        looks_different | self.update_pairings(&users, &join)
    }

    /// Computes the joins of these, without the agent's own sides if both are known.
    fn join(&self, users: &BTreeSet<UserId>, people: &BTreeSet<ObjectId>) -> Join {
        let own = self.own.as_ref().filter(|_| self.own_user.is_some());
        let people = people.iter().filter(|id| own != Some(*id));
        let people = people.filter_map(|id| self.store.get(&PersonId::Entra(id.clone()))?.person());
        let users = users.iter().filter(|user| self.own_user.as_ref() != Some(*user));
        let colleagues = users.filter_map(|user| self.store.get(self.joins.rows.get(user)?)?.colleague());
        Join::new(people, colleagues, &self.joins.confirmed, self.region)
    }

    /// The users who are not in the row of their join, and the row that they are in.
    fn sides_to_move(&self, users: &BTreeSet<UserId>, join: &Join) -> Vec<(UserId, PersonId)> {
        let is_elsewhere = |user: &UserId, row: &PersonId| match (join.person(user), row) {
            (Some((person, _)), PersonId::Entra(row)) => person != row,
            (None, PersonId::Connect(_)) => false,
            (Some(_), PersonId::Connect(_)) | (None, PersonId::Entra(_)) => true,
        };
        let rows = users.iter().filter_map(|user| Some((user, self.joins.rows.get(user)?)));
        let rows = rows.filter(|(user, row)| is_elsewhere(user, row));
        rows.map(|(user, row)| (user.clone(), row.clone())).collect()
    }

    /// Updates the pairing of each user's row. Returns whether a listed row looks different.
    fn update_pairings(&mut self, users: &BTreeSet<UserId>, join: &Join) -> bool {
        let mut looks_different = false;
        for user in users {
            let row = self.joins.rows.get(user);
            let Some(entry) = row.and_then(|row| self.store.get_mut(row)) else { continue };
            let proposed = join.proposed(user).filter(|person| self.own.as_ref() != Some(*person));
            let pairing = match (join.person(user), proposed) {
                (Some((_, by)), _) => Pairing::Joined(by),
                (None, Some(person)) => Pairing::Proposed(person.clone()),
                (None, None) => Pairing::Alone,
            };
            looks_different |= entry.set_pairing(pairing) && entry.listed;
        }
        looks_different
    }

    /// Removes the side of Connect from a row. Returns it with its place and whether it was listed. A row without another side
    /// is added to `removed`.
    fn detach(&mut self, row: &PersonId, removed: &mut Vec<PersonId>) -> Option<(ConnectSide, Place, bool)> {
        let entry = self.store.get_mut(row)?;
        let (mut place, listed) = (entry.place, entry.listed);
        let side = entry.detach_connect()?;
        match row {
            PersonId::Connect(_) => removed.push(row.clone()),
            PersonId::Entra(_) => {
                // The person keeps that place.
                place = Place::Unknown;
                self.is_misplaced |= entry.current_place() != entry.place;
                self.update_marks(std::slice::from_ref(row));
            }
        }
        Some((side, place, listed))
    }

    /// Adds a row for a user who is not joined.
    pub(super) fn insert_alone(&mut self, side: ConnectSide) {
        let user = side.colleague.user.clone();
        let entry = Entry::of_colleague(side, self.region);
        let id = entry.id().clone();
        let slot = self.store.insert(entry);
        if self.own_user.as_ref() != Some(&user) {
            self.order.push(slot);
        }
        self.joins.rows.insert(user, id.clone());
        self.update_marks(&[id]);
    }
}
