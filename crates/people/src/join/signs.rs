//! Whom of the directory a join could concern at all: everybody else is left out of it, which leaves it the same.

use std::collections::{BTreeMap, HashSet};

use presence::{aws::UserId, identity::ObjectId};

use super::{Colleague, address};
use crate::{Country, Person, collation::sort_key, dialable::Dialable};

/// Two numbers are compared only if their last digits are the same: to read all of a directory takes too long.
const LAST: usize = 6;

/// What the colleagues are known by.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    ids: HashSet<ObjectId>,
    addresses: HashSet<String>,
    names: HashSet<String>,
    last_digits: HashSet<String>,
}

impl Signs {
    /// What these are known by, and whom they are confirmed to be.
    pub(crate) fn of<'a>(
        colleagues: impl IntoIterator<Item = &'a Colleague>,
        confirmed: &BTreeMap<UserId, ObjectId>,
        region: Option<Country>,
    ) -> Self {
        let mut signs = Self::default();
        for colleague in colleagues {
            let addresses = std::iter::once(&colleague.username).chain(&colleague.mails);
            signs.addresses.extend(addresses.map(|text| address(text)).filter(|text| !text.is_empty()));
            signs.ids.extend(colleague.object_id.iter().chain(confirmed.get(&colleague.user)).cloned());
            signs.names.extend(Some(sort_key(&colleague.name)).filter(|name| !name.is_empty()));
            let number = colleague.number.as_ref().and_then(|number| Dialable::parse(number, region).ok());
            signs.last_digits.extend(number.as_ref().map(|number| last(&number.e164).to_owned()));
        }
        signs
    }

    /// Whether this person has one of them. `name` is the person's name as it is sorted, `numbers` are the person's
    /// numbers as digits only.
    pub(crate) fn concern<'a>(
        &self,
        person: &Person,
        name: &str,
        mut numbers: impl Iterator<Item = &'a str>,
    ) -> bool {
        let is_known = |text: &str| self.addresses.contains(&address(text));
        (!self.ids.is_empty() && self.ids.contains(&person.id))
            || self.names.contains(name)
            || (!self.addresses.is_empty()
                && (is_known(&person.upn) || person.mail.as_deref().is_some_and(is_known)))
            || (!self.last_digits.is_empty() && numbers.any(|number| self.last_digits.contains(last(number))))
    }
}

fn last(digits: &str) -> &str {
    digits.get(digits.len().saturating_sub(LAST)..).unwrap_or(digits)
}
