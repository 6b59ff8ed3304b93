//! Who of Amazon Connect is who of the directory.
//!
//! Pure, and the order in which people come means nothing. Nobody is guessed: if one of two could be meant, neither is
//! taken, and if two claim the same one, neither gets them.

mod signs;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use presence::{aws::UserId, identity::ObjectId};

pub(crate) use self::signs::Signs;
use crate::{Country, Person, collation::sort_key, dialable::Dialable};

/// Somebody who uses Amazon Connect, as far as a join needs them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colleague {
    /// Who this is in Connect.
    pub user: UserId,
    /// The user name: with SAML usually the user principal name.
    pub username: String,
    /// The name shown to people; may be empty.
    pub name: String,
    /// The person of Entra, if an administrator named them.
    pub object_id: Option<ObjectId>,
    /// Mail addresses.
    pub mails: Vec<String>,
    /// A telephone number, as it was written.
    pub number: Option<String>,
}

/// By what two are known to be one, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinedBy {
    /// An administrator said so.
    Tag,
    /// The user name is an address of the person.
    Username,
    /// They have a mail address in common.
    Mail,
    /// They have a telephone number in common.
    Number,
    /// The agent said so.
    Agent,
}

/// Who is who.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Join {
    joined: BTreeMap<UserId, (ObjectId, JoinedBy)>,
    proposed: BTreeMap<UserId, ObjectId>,
}

impl Join {
    /// Joins these users with these people. `confirmed` are the agent's own pairings; they count for those whom nothing
    /// surer joins. `region` is the country whose national spelling is meant if a number has no country code.
    #[must_use]
    pub fn new<'a>(
        people: impl IntoIterator<Item = &'a Person>,
        colleagues: impl IntoIterator<Item = &'a Colleague>,
        confirmed: &BTreeMap<UserId, ObjectId>,
        region: Option<Country>,
    ) -> Self {
        let mut left = Left::new(people, colleagues);
        let tagged =
            |colleague: &Colleague| colleague.object_id.iter().map(|id| id.as_str().to_owned()).collect();
        left.join(JoinedBy::Tag, by_id, tagged);
        // A colleague whose tag names somebody outside the directory is joined to nobody else.
        left.doubtful
            .extend(left.colleagues.values().filter(|left| left.object_id.is_some()).map(|left| &left.user));
        left.join(JoinedBy::Username, addresses, |colleague| vec![address(&colleague.username)]);
        left.join(JoinedBy::Mail, addresses, |colleague| {
            colleague.mails.iter().map(|mail| address(mail)).collect()
        });
        let dialled = |text: &str| -> Vec<String> {
            let numbers = Dialable::all_in(text, region).into_iter();
            numbers.filter_map(|(_, read)| read.ok()).map(|number| number.e164).collect()
        };
        left.join(
            JoinedBy::Number,
            |person| person.numbers.iter().flat_map(|number| dialled(&number.as_written)).collect(),
            |colleague| colleague.number.iter().flat_map(|number| dialled(number)).collect(),
        );
        left.join(JoinedBy::Agent, by_id, |colleague| {
            confirmed.get(&colleague.user).iter().map(|id| id.as_str().to_owned()).collect()
        });
        let names =
            left.claims(|person| vec![sort_key(&person.name)], |colleague| vec![sort_key(&colleague.name)]);
        let proposed = names
            .of_user
            .iter()
            .filter_map(|(user, people)| names.only(people).map(|person| ((*user).clone(), person.clone())));
        Self { joined: left.joined, proposed: proposed.collect() }
    }

    /// Who somebody of Connect is in the directory, and how that is known.
    #[must_use]
    pub fn person(&self, user: &UserId) -> Option<(&ObjectId, JoinedBy)> {
        self.joined.get(user).map(|(person, by)| (person, *by))
    }

    /// Whom somebody of Connect may be, by the name alone: the agent can say so.
    #[must_use]
    pub fn proposed(&self, user: &UserId) -> Option<&ObjectId> {
        self.proposed.get(user)
    }

    /// Everybody who is joined.
    pub fn iter(&self) -> impl Iterator<Item = (&UserId, &ObjectId)> {
        self.joined.iter().map(|(user, (person, _))| (user, person))
    }
}

/// A mail address or user principal name, as two of them compare.
fn address(text: &str) -> String {
    text.trim().to_lowercase()
}

fn by_id(person: &Person) -> Vec<String> {
    vec![person.id.as_str().to_owned()]
}

fn addresses(person: &Person) -> Vec<String> {
    std::iter::once(&person.upn).chain(&person.mail).map(|text| address(text)).collect()
}

/// Who means whom.
#[derive(Default)]
struct Claims<'a> {
    of_user: BTreeMap<&'a UserId, BTreeSet<&'a ObjectId>>,
    of_person: BTreeMap<&'a ObjectId, BTreeSet<&'a UserId>>,
}

/// Those who are not joined yet.
struct Left<'a> {
    people: BTreeMap<&'a ObjectId, &'a Person>,
    colleagues: BTreeMap<&'a UserId, &'a Colleague>,
    joined: BTreeMap<UserId, (ObjectId, JoinedBy)>,
    /// Those whom only the agent can join: a sign says who they are, but does not lead to one person.
    doubtful: BTreeSet<&'a UserId>,
}

impl<'a> Left<'a> {
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

    /// Who means whom by these keys.
    fn claims(
        &self,
        of_person: impl Fn(&Person) -> Vec<String>,
        of_colleague: impl Fn(&Colleague) -> Vec<String>,
    ) -> Claims<'a> {
        let mut by_key: HashMap<String, BTreeSet<&'a ObjectId>> = HashMap::new();
        for (id, person) in &self.people {
            for key in of_person(person).into_iter().filter(|key| !key.is_empty()) {
                by_key.entry(key).or_default().insert(id);
            }
        }
        let mut claims = Claims::default();
        for (user, colleague) in &self.colleagues {
            for person in of_colleague(colleague).iter().filter_map(|key| by_key.get(key)).flatten() {
                claims.of_user.entry(user).or_default().insert(person);
                claims.of_person.entry(person).or_default().insert(user);
            }
        }
        claims
    }

    /// Joins those who mean each other and nobody else. The others who mean somebody are left to the agent.
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
        let claims = self.claims(of_person, of_colleague);
        for (user, people) in &claims.of_user {
            match claims.only(people) {
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

impl<'a> Claims<'a> {
    /// The only one of these people, if nobody else claims them.
    fn only(&self, people: &BTreeSet<&'a ObjectId>) -> Option<&'a ObjectId> {
        let person = people.first().copied().filter(|_| people.len() == 1)?;
        (self.of_person.get(person).map(BTreeSet::len) == Some(1)).then_some(person)
    }
}

#[cfg(test)]
mod tests;
