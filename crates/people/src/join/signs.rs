//! The signs (id, address, name, number) by which people and colleagues may be the same, so that new ones can be joined without
//! comparing everybody again.
//!
//! Two who share no sign, not even through others, cannot affect each other's join. It decides nothing: two who share a sign may
//! still be different people.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use presence::{aws::UserId, identity::ObjectId};

use super::{Colleague, normalise_address};
use crate::{Country, Person, collation::sort_key, dialable::Dialable};

/// Numbers are compared only if this many last digits are equal: parsing all numbers of a directory takes too long.
const COMPARED_DIGITS: usize = 6;

/// A property by which a user and a person may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Sign {
    Id(ObjectId),
    Address(String),
    Name(String),
    LastDigits(String),
}

/// The signs of all colleagues, and of the people who have one of them.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    users: BTreeMap<UserId, Vec<Sign>>,
    people: BTreeMap<ObjectId, Vec<Sign>>,
    users_by_sign: HashMap<Sign, Vec<UserId>>,
    people_by_sign: HashMap<Sign, BTreeSet<ObjectId>>,
}

impl Signs {
    /// The signs of these colleagues and of their confirmed pairings, without any people.
    pub(crate) fn of_colleagues<'a>(
        colleagues: impl IntoIterator<Item = &'a Colleague>,
        confirmed: &BTreeMap<UserId, ObjectId>,
        region: Option<Country>,
    ) -> Self {
        let mut signs = Self::default();
        for colleague in colleagues {
            let of_user = of_colleague(colleague, confirmed.get(&colleague.user), region);
            for sign in &of_user {
                signs.users_by_sign.entry(sign.clone()).or_default().push(colleague.user.clone());
            }
            signs.users.insert(colleague.user.clone(), of_user);
        }
        signs
    }

    /// Adds or replaces a person. `name` is their sort key, `numbers` are their numbers as digits. Returns the users whose join
    /// may change.
    pub(crate) fn record_person<'a>(
        &mut self,
        person: &Person,
        name: &str,
        numbers: impl Iterator<Item = &'a str>,
    ) -> Vec<UserId> {
        let addresses = std::iter::once(&person.upn).chain(&person.mail);
        let numbers = numbers.map(|number| Sign::LastDigits(last_digits(number).to_owned()));
        let all = [Sign::Id(person.id.clone()), Sign::Name(name.to_owned())]
            .into_iter()
            .chain(addresses.map(|text| Sign::Address(normalise_address(text))))
            .chain(numbers);
        let mut shared: Vec<Sign> = all.filter(|sign| self.users_by_sign.contains_key(sign)).collect();
        shared.dedup();
        let mut touched = self.remove_person(&person.id);
        for sign in &shared {
            touched.extend(self.users_by_sign.get(sign).into_iter().flatten().cloned());
            self.people_by_sign.entry(sign.clone()).or_default().insert(person.id.clone());
        }
        if !shared.is_empty() {
            self.people.insert(person.id.clone(), shared);
        }
        touched
    }

    /// Removes a person. Returns the users whose join may change.
    pub(crate) fn remove_person(&mut self, person: &ObjectId) -> Vec<UserId> {
        let mut touched = Vec::new();
        for sign in self.people.remove(person).unwrap_or_default() {
            if let Some(people) = self.people_by_sign.get_mut(&sign) {
                people.remove(person);
            }
            touched.extend(self.users_by_sign.get(&sign).into_iter().flatten().cloned());
        }
        touched
    }

    /// These users, and all users and people on whom their join can depend.
    pub(crate) fn related(&self, users: &BTreeSet<UserId>) -> (BTreeSet<UserId>, BTreeSet<ObjectId>) {
        let (mut all, mut people) = (users.clone(), BTreeSet::new());
        let mut followed: HashSet<&Sign> = HashSet::new();
        let signs_of = |user: &UserId| self.users.get(user).into_iter().flatten();
        let mut signs: Vec<&Sign> = users.iter().flat_map(signs_of).collect();
        while let Some(sign) = signs.pop() {
            if !followed.insert(sign) {
                continue;
            }
            for person in self.people_by_sign.get(sign).into_iter().flatten() {
                if people.insert(person.clone()) {
                    signs.extend(self.people.get(person).into_iter().flatten());
                }
            }
            for user in self.users_by_sign.get(sign).into_iter().flatten() {
                if all.insert(user.clone()) {
                    signs.extend(signs_of(user));
                }
            }
        }
        (all, people)
    }
}

fn of_colleague(colleague: &Colleague, confirmed: Option<&ObjectId>, region: Option<Country>) -> Vec<Sign> {
    let ids = colleague.object_id.iter().chain(confirmed).cloned().map(Sign::Id);
    let addresses =
        std::iter::once(&colleague.username).chain(&colleague.mails).map(|text| normalise_address(text));
    let addresses = addresses.filter(|text| !text.is_empty()).map(Sign::Address);
    let name = Some(sort_key(&colleague.name)).filter(|name| !name.is_empty()).map(Sign::Name);
    let numbers = colleague.number.iter().flat_map(|number| Dialable::all_in(number, region));
    let numbers = numbers.filter_map(|(_, read)| read.ok());
    let numbers = numbers.map(|number| Sign::LastDigits(last_digits(&number.e164).to_owned()));
    ids.chain(addresses).chain(name).chain(numbers).collect()
}

fn last_digits(digits: &str) -> &str {
    digits.get(digits.len().saturating_sub(COMPARED_DIGITS)..).unwrap_or(digits)
}
