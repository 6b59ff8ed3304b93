//! The signs by which people and colleagues could be the same (id, address, name, number), so that a few new ones are joined
//! without looking at everybody again.
//!
//! Two who share no sign, not even through others, cannot affect each other's join. It decides nothing: two
//! who share a sign may still be different people.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use presence::{aws::UserId, identity::ObjectId};

use super::{Colleague, address};
use crate::{Country, Person, collation::sort_key, dialable::Dialable};

/// Two numbers are compared only if their last digits are the same: to read all of a directory takes too long.
const LAST: usize = 6;

/// Something by which two could be one.
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
    /// Those of these colleagues, and of whom they are confirmed to be; of no people yet.
    pub(crate) fn of<'a>(
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

    /// Takes a person in, or over. `name` is theirs as it is sorted, `numbers` are theirs as digits only. Returns the
    /// users who may be joined otherwise now.
    pub(crate) fn take<'a>(
        &mut self,
        person: &Person,
        name: &str,
        numbers: impl Iterator<Item = &'a str>,
    ) -> Vec<UserId> {
        let addresses = std::iter::once(&person.upn).chain(&person.mail);
        let numbers = numbers.map(|number| Sign::LastDigits(last(number).to_owned()));
        let all = [Sign::Id(person.id.clone()), Sign::Name(name.to_owned())]
            .into_iter()
            .chain(addresses.map(|text| Sign::Address(address(text))))
            .chain(numbers);
        let mut shared: Vec<Sign> = all.filter(|sign| self.users_by_sign.contains_key(sign)).collect();
        shared.dedup();
        let mut touched = self.forget(&person.id);
        for sign in &shared {
            touched.extend(self.users_by_sign.get(sign).into_iter().flatten().cloned());
            self.people_by_sign.entry(sign.clone()).or_default().insert(person.id.clone());
        }
        if !shared.is_empty() {
            self.people.insert(person.id.clone(), shared);
        }
        touched
    }

    /// There is no such person. Returns the users who may be joined otherwise now.
    pub(crate) fn forget(&mut self, person: &ObjectId) -> Vec<UserId> {
        let mut touched = Vec::new();
        for sign in self.people.remove(person).unwrap_or_default() {
            if let Some(people) = self.people_by_sign.get_mut(&sign) {
                people.remove(person);
            }
            touched.extend(self.users_by_sign.get(&sign).into_iter().flatten().cloned());
        }
        touched
    }

    /// These users and everybody whom their join could depend on.
    pub(crate) fn kin(&self, users: &BTreeSet<UserId>) -> (BTreeSet<UserId>, BTreeSet<ObjectId>) {
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
    let addresses = std::iter::once(&colleague.username).chain(&colleague.mails).map(|text| address(text));
    let addresses = addresses.filter(|text| !text.is_empty()).map(Sign::Address);
    let name = Some(sort_key(&colleague.name)).filter(|name| !name.is_empty()).map(Sign::Name);
    let numbers = colleague.number.iter().flat_map(|number| Dialable::all_in(number, region));
    let numbers = numbers.filter_map(|(_, read)| read.ok());
    let numbers = numbers.map(|number| Sign::LastDigits(last(&number.e164).to_owned()));
    ids.chain(addresses).chain(name).chain(numbers).collect()
}

fn last(digits: &str) -> &str {
    digits.get(digits.len().saturating_sub(LAST)..).unwrap_or(digits)
}
