//! Joins users of Amazon Connect with people of the directory.
//!
//! Pure, and independent of the order of the input. It does not guess: a user who matches two people is joined with neither,
//! and two users who match the same person are both left unjoined.

mod signs;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use presence::{aws::UserId, identity::ObjectId};

pub(crate) use self::signs::Signs;
use crate::{Country, Person, collation::sort_key, dialable::Dialable};

/// A user of Amazon Connect, with what a join needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// The id in Connect.
    pub user: UserId,
    /// The user name: with SAML usually the user principal name.
    pub username: String,
    /// The name shown to people; may be empty.
    pub name: String,
    /// The id of the person in Entra, if an administrator set it.
    pub object_id: Option<ObjectId>,
    /// Mail addresses.
    pub mails: Vec<String>,
    /// A telephone number, as it was written.
    pub number: Option<String>,
}

/// Why two sides are joined, the surest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinedBy {
    /// An administrator set the id of the person.
    Tag,
    /// The user name is an address of the person.
    Username,
    /// They have a mail address in common.
    Mail,
    /// They have a telephone number in common.
    Number,
    /// The agent confirmed it.
    Agent,
}

/// The joined users, and the proposals for others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Join {
    joined: BTreeMap<UserId, (ObjectId, JoinedBy)>,
    proposed: BTreeMap<UserId, ObjectId>,
}

impl Join {
    /// Joins these users with these people. `confirmed` are the agent's own pairings, which count for users whom no surer
    /// reason joins. `region` is the country of numbers without a country code.
    #[must_use]
    pub fn new<'a>(
        people: impl IntoIterator<Item = &'a Person>,
        colleagues: impl IntoIterator<Item = &'a Colleague>,
        confirmed: &BTreeMap<UserId, ObjectId>,
        region: Option<Country>,
    ) -> Self {
        let mut unjoined = Unjoined::new(people, colleagues);
        let tagged =
            |colleague: &Colleague| colleague.object_id.iter().map(|id| id.as_str().to_owned()).collect();
        unjoined.join(JoinedBy::Tag, by_id, tagged);
        // A colleague whose tag names somebody outside the directory is joined to nobody else.
        unjoined.doubtful.extend(
            unjoined
                .colleagues
                .values()
                .filter(|colleague| colleague.object_id.is_some())
                .map(|colleague| &colleague.user),
        );
        unjoined
            .join(JoinedBy::Username, addresses, |colleague| vec![normalise_address(&colleague.username)]);
        unjoined.join(JoinedBy::Mail, addresses, |colleague| {
            colleague.mails.iter().map(|mail| normalise_address(mail)).collect()
        });
        let dialled = |text: &str| -> Vec<String> {
            let numbers = Dialable::all_in(text, region).into_iter();
            numbers.filter_map(|(_, read)| read.ok()).map(|number| number.e164).collect()
        };
        unjoined.join(
            JoinedBy::Number,
            |person| person.numbers.iter().flat_map(|number| dialled(&number.as_written)).collect(),
            |colleague| colleague.number.iter().flat_map(|number| dialled(number)).collect(),
        );
        unjoined.join(JoinedBy::Agent, by_id, |colleague| {
            confirmed.get(&colleague.user).iter().map(|id| id.as_str().to_owned()).collect()
        });
        let names = unjoined
            .find_matches(|person| vec![sort_key(&person.name)], |colleague| vec![sort_key(&colleague.name)]);
        let proposed = names
            .of_user
            .iter()
            .filter_map(|(user, people)| names.only(people).map(|person| ((*user).clone(), person.clone())));
        Self { joined: unjoined.joined, proposed: proposed.collect() }
    }

    /// The person whom a user is joined with, and why.
    #[must_use]
    pub fn person(&self, user: &UserId) -> Option<(&ObjectId, JoinedBy)> {
        self.joined.get(user).map(|(person, by)| (person, *by))
    }

    /// The person with the same name as a user: the agent can confirm the pairing.
    #[must_use]
    pub fn proposed(&self, user: &UserId) -> Option<&ObjectId> {
        self.proposed.get(user)
    }

    /// All joined users.
    pub fn iter(&self) -> impl Iterator<Item = (&UserId, &ObjectId)> {
        self.joined.iter().map(|(user, (person, _))| (user, person))
    }
}

/// Normalises a mail address or user principal name for comparison.
fn normalise_address(text: &str) -> String {
    text.trim().to_lowercase()
}

fn by_id(person: &Person) -> Vec<String> {
    vec![person.id.as_str().to_owned()]
}

fn addresses(person: &Person) -> Vec<String> {
    std::iter::once(&person.upn).chain(&person.mail).map(|text| normalise_address(text)).collect()
}

/// Which users and people share a key.
#[derive(Default)]
struct Matches<'a> {
    of_user: BTreeMap<&'a UserId, BTreeSet<&'a ObjectId>>,
    of_person: BTreeMap<&'a ObjectId, BTreeSet<&'a UserId>>,
}

/// The users and people who are not joined yet.
struct Unjoined<'a> {
    people: BTreeMap<&'a ObjectId, &'a Person>,
    colleagues: BTreeMap<&'a UserId, &'a Colleague>,
    joined: BTreeMap<UserId, (ObjectId, JoinedBy)>,
    /// Users whom only the agent can join, because a sign of theirs does not identify exactly one person.
    doubtful: BTreeSet<&'a UserId>,
}

impl<'a> Unjoined<'a> {
    fn new(
        people: impl IntoIterator<Item = &'a Person>,
        colleagues: impl IntoIterator<Item = &'a Colleague>,
    ) -> Self {
        Self {
            people: people.into_iter().map(|person| (&person.id, person)).collect(),
            colleagues: colleagues.into_iter().map(|colleague| (&colleague.user, colleague)).collect(),
            joined: BTreeMap::new(),
            doubtful: BTreeSet::new(),
        }
    }

    /// Finds the users and people who share a key.
    fn find_matches(
        &self,
        of_person: impl Fn(&Person) -> Vec<String>,
        of_colleague: impl Fn(&Colleague) -> Vec<String>,
    ) -> Matches<'a> {
        let mut by_key: HashMap<String, BTreeSet<&'a ObjectId>> = HashMap::new();
        for (id, person) in &self.people {
            for key in of_person(person).into_iter().filter(|key| !key.is_empty()) {
                by_key.entry(key).or_default().insert(id);
            }
        }
        let mut matches = Matches::default();
        for (user, colleague) in &self.colleagues {
            for person in of_colleague(colleague).iter().filter_map(|key| by_key.get(key)).flatten() {
                matches.of_user.entry(user).or_default().insert(person);
                matches.of_person.entry(person).or_default().insert(user);
            }
        }
        matches
    }

    /// Joins each user and person who match each other and nobody else. Other users who match somebody are left to the agent.
    fn join(
        &mut self,
        by: JoinedBy,
        of_person: impl Fn(&Person) -> Vec<String>,
        of_colleague: impl Fn(&Colleague) -> Vec<String>,
    ) {
        let Self { colleagues, doubtful, .. } = self;
        if by == JoinedBy::Agent {
            // The agent may decide what nothing else can.
            doubtful.clear();
        }
        let set_aside: Vec<_> = doubtful.iter().filter_map(|user| colleagues.remove_entry(user)).collect();
        let matches = self.find_matches(of_person, of_colleague);
        for (user, people) in &matches.of_user {
            match matches.only(people) {
                Some(person) => {
                    self.people.remove(person);
                    self.colleagues.remove(user);
                    self.joined.insert((*user).clone(), (person.clone(), by));
                }
                None => {
                    self.doubtful.insert(user);
                }
            }
        }
        self.colleagues.extend(set_aside);
    }
}

impl<'a> Matches<'a> {
    /// The only one of these people, if no other user matches them.
    fn only(&self, people: &BTreeSet<&'a ObjectId>) -> Option<&'a ObjectId> {
        let person = people.first().copied().filter(|_| people.len() == 1)?;
        (self.of_person.get(person).map(BTreeSet::len) == Some(1)).then_some(person)
    }
}

#[cfg(test)]
mod tests;
