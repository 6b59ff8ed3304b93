//! Who of Connect is who of the directory: one row for each person, whatever comes first.
//!
//! Who belongs together is decided by [`Join`]; here the rows follow it. Everybody of Connect is in exactly one row, which
//! is that of a person or their own.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use presence::{aws::UserId, identity::ObjectId};

use super::Roster;
use crate::{
    Colleague, Join, PersonId,
    entry::{ConnectSeen, ConnectSide, Entry, Pairing, Place},
    join::Signs,
};

/// Who uses Connect, and who they are in the directory.
#[derive(Debug, Default)]
pub(super) struct Joins {
    /// Everybody of Connect, and whose row they are in.
    rows: BTreeMap<UserId, PersonId>,
    confirmed: BTreeMap<UserId, ObjectId>,
    signs: Signs,
    /// Who may be joined otherwise than they are.
    touched: BTreeSet<UserId>,
}

impl Joins {
    /// Whose row somebody of Connect is in.
    pub(super) fn row(&self, user: &UserId) -> Option<&PersonId> {
        self.rows.get(user)
    }
}

impl Roster {
    /// Takes everybody who uses Connect, in place of those who were known before.
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
        looks_different |= self.join_everybody();
        self.show(looks_different, known);
    }

    /// Takes exactly these pairings as the agent's own.
    pub fn set_confirmed(&mut self, confirmed: BTreeMap<UserId, ObjectId>) {
        if self.joins.confirmed == confirmed {
            return;
        }
        let known = self.known();
        self.joins.confirmed = confirmed;
        let looks_different = self.join_everybody();
        self.show(looks_different, known);
    }

    /// The agent says that these two are one.
    pub fn confirm(&mut self, user: UserId, person: ObjectId) {
        let mut confirmed = self.joins.confirmed.clone();
        confirmed.insert(user, person);
        self.set_confirmed(confirmed);
    }

    /// The agent no longer says so of this user.
    pub fn undo(&mut self, user: &UserId) {
        let mut confirmed = self.joins.confirmed.clone();
        confirmed.remove(user);
        self.set_confirmed(confirmed);
    }

    /// The agent's own pairings.
    #[must_use]
    pub fn confirmed(&self) -> &BTreeMap<UserId, ObjectId> {
        &self.joins.confirmed
    }

    /// Names the user at this computer, who has no row.
    pub fn set_own_user(&mut self, own: Option<UserId>) {
        if self.own_user == own {
            return;
        }
        let known = self.known();
        self.own_user = own;
        let looks_different = self.join_all_again();
        self.hide_own();
        self.show(looks_different, known);
    }

    /// Takes what somebody does in Connect, as it was read at `now`, to be used until the given moment. Of somebody
    /// unknown it is dropped.
    pub fn set_connect(&mut self, user: &UserId, seen: ConnectSeen, now: Timestamp, until: Timestamp) {
        let row = self.joins.rows.get(user);
        let Some(entry) = row.and_then(|row| self.store.get_mut(row)) else { return };
        let looks_different = entry.see_connect(seen, now, until);
        self.misplaced |= entry.present_place() != entry.place;
        let listed = entry.listed;
        self.revise(looks_different && listed);
    }

    /// Who somebody is in Connect.
    #[must_use]
    pub fn user_of(&self, id: &PersonId) -> Option<&UserId> {
        self.row_of(id)?.colleague().map(|colleague| &colleague.user)
    }

    /// Who somebody is in the directory.
    #[must_use]
    pub fn entra_of(&self, id: &PersonId) -> Option<&ObjectId> {
        self.row_of(id)?.person().map(|person| &person.id)
    }

    /// Looks at everybody, and joins. Returns whether a listed row looks different.
    pub(super) fn join_everybody(&mut self) -> bool {
        let colleagues = self.joins.rows.values().filter_map(|row| self.store.get(row)?.colleague());
        let mut signs = Signs::of(colleagues, &self.joins.confirmed, self.region);
        for entry in self.store.iter() {
            if let Some(person) = entry.person() {
                signs.take(person, &entry.sort_key, entry.digits());
            }
        }
        self.joins.signs = signs;
        self.join_all_again()
    }

    /// The same with the signs that are known.
    pub(super) fn join_all_again(&mut self) -> bool {
        self.joins.touched = self.joins.rows.keys().cloned().collect();
        self.join_again()
    }

    /// Somebody came, changed or went: their join follows with [`Self::join_again`].
    pub(super) fn touch(&mut self, person: &ObjectId) {
        let entry = self.store.get(&PersonId::Entra(person.clone()));
        let signs = &mut self.joins.signs;
        let touched = match entry.and_then(|entry| Some((entry, entry.person()?))) {
            Some((entry, person)) => signs.take(person, &entry.sort_key, entry.digits()),
            None => signs.forget(person),
        };
        self.joins.touched.extend(touched);
    }

    /// Lets the rows of those who were touched follow what is known of who is who. Returns whether a listed row looks
    /// different.
    pub(super) fn join_again(&mut self) -> bool {
        let touched = std::mem::take(&mut self.joins.touched);
        if touched.is_empty() {
            return false;
        }
        let (users, people) = self.joins.signs.kin(&touched);
        let join = self.join(&users, &people);
        let mut looks_different = false;
        let mut on_the_way = Vec::new();
        let mut removed = Vec::new();
        for (user, row) in self.moves(&users, &join) {
            let side = self.detach(&row, &mut removed);
            on_the_way.extend(side.map(|(side, place, listed)| {
                looks_different |= listed;
                (user, side, place)
            }));
        }
        looks_different |= self.remove(&removed);
        for (user, side, place) in on_the_way {
            let person = join.person(&user).map(|(person, _)| PersonId::Entra(person.clone()));
            let Some(entry) = person.as_ref().and_then(|id| self.store.get_mut(id)) else {
                self.insert_alone(side);
                continue;
            };
            entry.attach(side, place);
            self.misplaced |= entry.present_place() != entry.place;
            looks_different |= entry.listed;
            let id = entry.id().clone();
            self.joins.rows.insert(user, id.clone());
            looks_different |= self.mark_again(&[id]);
        }
        looks_different | self.pair(&users, &join)
    }

    /// Of two who are both known to be the agent, neither can be somebody else.
    fn join(&self, users: &BTreeSet<UserId>, people: &BTreeSet<ObjectId>) -> Join {
        let own = self.own.as_ref().filter(|_| self.own_user.is_some());
        let people = people.iter().filter(|id| own != Some(*id));
        let people = people.filter_map(|id| self.store.get(&PersonId::Entra(id.clone()))?.person());
        let users = users.iter().filter(|user| self.own_user.as_ref() != Some(*user));
        let colleagues = users.filter_map(|user| self.store.get(self.joins.rows.get(user)?)?.colleague());
        Join::new(people, colleagues, &self.joins.confirmed, self.region)
    }

    /// Who of these is not in the row that is theirs, and the row they are in.
    fn moves(&self, users: &BTreeSet<UserId>, join: &Join) -> Vec<(UserId, PersonId)> {
        let is_elsewhere = |user: &UserId, row: &PersonId| match (join.person(user), row) {
            (Some((person, _)), PersonId::Entra(row)) => person != row,
            (None, PersonId::Connect(_)) => false,
            (Some(_), PersonId::Connect(_)) | (None, PersonId::Entra(_)) => true,
        };
        let rows = users.iter().filter_map(|user| Some((user, self.joins.rows.get(user)?)));
        let rows = rows.filter(|(user, row)| is_elsewhere(user, row));
        rows.map(|(user, row)| (user.clone(), row.clone())).collect()
    }

    /// Says in the row of each of these how its sides belong together.
    fn pair(&mut self, users: &BTreeSet<UserId>, join: &Join) -> bool {
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

    /// Takes the side of Connect out of a row, with its place and whether it was listed. A row that had nothing else is
    /// to be removed.
    fn detach(&mut self, row: &PersonId, removed: &mut Vec<PersonId>) -> Option<(ConnectSide, Place, bool)> {
        let entry = self.store.get_mut(row)?;
        let (mut place, listed) = (entry.place, entry.listed);
        let side = entry.detach()?;
        match row {
            PersonId::Connect(_) => removed.push(row.clone()),
            PersonId::Entra(_) => {
                // That is the place of the person who stays.
                place = Place::Unknown;
                self.misplaced |= entry.present_place() != entry.place;
                self.mark_again(std::slice::from_ref(row));
            }
        }
        Some((side, place, listed))
    }

    /// Gives somebody of Connect a row of their own.
    pub(super) fn insert_alone(&mut self, side: ConnectSide) {
        let user = side.colleague.user.clone();
        let entry = Entry::of_colleague(side, self.region);
        let id = entry.id().clone();
        let slot = self.store.insert(entry);
        if self.own_user.as_ref() != Some(&user) {
            self.order.push(slot);
        }
        self.joins.rows.insert(user, id.clone());
        self.mark_again(&[id]);
    }
}
