//! Which people have a user in Connect, derived from the directory and the same in every run: how a user shows which person of
//! Entra it belongs to, or does not. It must not know what anybody does.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::USERNAME;
use super::super::agent::{AGENT_ID, INSTANCE_ARN};
use super::super::directory::{Directory, Person, id_of};

/// The tag by which an administrator says who a user is in Entra.
pub(crate) const TAG: &str = "entra_object_id";
/// The group of the hierarchy that some users are in.
pub(crate) const GROUP: &str = "9b0f4f51-7d1e-4c55-8f3b-6a2d9e01c777";
/// A mobile number of a fictional range, which nobody in the directory has.
const NIGHT_MOBILE: &str = "+447700900999";

/// A routing profile of the instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Profile(&'static str);

impl Profile {
    /// The agent's own first.
    const ALL: [Self; 3] = [
        Self("7c0d9a12-8b34-4e56-af78-1a2b3c4d5e6f"),
        Self("7c0d9a12-8b34-4e56-af78-1a2b3c4d5e70"),
        Self("7c0d9a12-8b34-4e56-af78-1a2b3c4d5e71"),
    ];

    pub(crate) fn id(self) -> &'static str {
        self.0
    }

    pub(crate) fn arn(self) -> String {
        format!("{INSTANCE_ARN}/routing-profile/{}", self.0)
    }
}

/// Whose day a user lives through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// The agent who is signed in.
    Agent,
    /// A person of the directory.
    Person(Uuid),
    /// Somebody whom Entra does not know.
    Stranger,
}

/// A user of the instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: Uuid,
    pub(crate) username: String,
    pub(crate) given: String,
    pub(crate) surname: String,
    pub(crate) email: Option<String>,
    pub(crate) mobile: Option<String>,
    /// The value of [`TAG`].
    pub(crate) entra: Option<Uuid>,
    pub(crate) profile: Profile,
    /// True for users in [`GROUP`].
    pub(crate) grouped: bool,
    pub(crate) who: Who,
}

impl User {
    pub(crate) fn arn(&self) -> String {
        format!("{INSTANCE_ARN}/agent/{}", self.id)
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    fn of(person: &Person, index: usize, username: String) -> Self {
        Self {
            id: id_of(&format!("user of {}", person.id)),
            username,
            given: person.given.clone(),
            surname: person.surname.clone(),
            email: None,
            mobile: None,
            entra: None,
            profile: Profile::ALL[index % Profile::ALL.len()],
            grouped: index.is_multiple_of(2),
            who: Who::Person(person.id),
        }
    }
}

/// Every user, the agent first.
#[derive(Debug)]
pub(crate) struct Staff {
    users: Vec<User>,
    places: HashMap<Uuid, usize>,
}

impl Staff {
    pub(crate) fn new(directory: &Directory) -> Self {
        let mut users = vec![agent(directory.agent())];
        let colleagues = directory.people().iter().skip(1);
        users.extend(
            colleagues
                .clone()
                .filter(|person| person.has_teams())
                .enumerate()
                .filter_map(|(index, person)| colleague(index, person)),
        );
        // Somebody whom Entra knows, without Teams.
        let without = colleagues.clone().find(|person| person.account_enabled && !person.has_teams());
        users.extend(without.map(|person| User::of(person, users.len(), person.upn.clone())));
        // Another person of the same name, unknown to Entra: a join by name alone would confuse the two.
        let namesake = colleagues.clone().find(|person| person.given == "Lena");
        users.extend(namesake.map(|person| {
            let user = User::of(person, users.len(), "lena.fischer.agency".to_owned());
            User { id: id_of("namesake"), who: Who::Stranger, ..user }
        }));
        users.push(night_desk(users.len()));
        let places = users.iter().enumerate().map(|(place, user)| (user.id, place)).collect();
        Self { users, places }
    }

    pub(crate) fn users(&self) -> &[User] {
        &self.users
    }

    pub(crate) fn find(&self, id: Uuid) -> Option<&User> {
        self.places.get(&id).and_then(|place| self.users.get(*place))
    }
}

fn agent(person: &Person) -> User {
    User {
        id: Uuid::parse_str(AGENT_ID).unwrap_or_default(),
        email: Some(person.upn.clone()),
        entra: Some(person.id),
        profile: Profile::ALL[0],
        who: Who::Agent,
        ..User::of(person, 0, USERNAME.to_owned())
    }
}

// Three of ten show it by a tag, three by their username, one by an e-mail address, one by a number; two have no user.
fn colleague(index: usize, person: &Person) -> Option<User> {
    let short = person.upn.split('@').next().unwrap_or_default().to_owned();
    let numbered = format!("u{:05}", 10_000 + index);
    let user = |username: String| User::of(person, index + 1, username);
    Some(match (index % 10, &person.mobile_phone) {
        (0 | 1 | 5, _) => User { entra: Some(person.id), ..user(short) },
        (2 | 6 | 7, _) => user(person.upn.clone()),
        (4, Some(mobile)) => User { mobile: Some(mobile.replace(' ', "")), ..user(numbered) },
        (3 | 4, _) => User { email: Some(capitalized(&person.upn)), ..user(numbered) },
        _ => return None,
    })
}

// As people type their own address.
fn capitalized(address: &str) -> String {
    let mut letters = address.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

fn night_desk(index: usize) -> User {
    User {
        id: id_of("night desk"),
        username: "night.desk".to_owned(),
        given: "Night".to_owned(),
        surname: "Desk".to_owned(),
        email: None,
        mobile: Some(NIGHT_MOBILE.to_owned()),
        entra: None,
        profile: Profile::ALL[index % Profile::ALL.len()],
        grouped: false,
        who: Who::Stranger,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_way_to_recognise_a_user_occurs_and_some_people_have_none() {
        let directory = Directory::new(40);
        let staff = Staff::new(&directory);
        let users = staff.users();
        let person = |user: &User| match user.who {
            Who::Person(id) => directory.find(id),
            Who::Agent | Who::Stranger => None,
        };
        let count = |wanted: &dyn Fn(&User) -> bool| users.iter().filter(|user| wanted(user)).count();
        assert!(count(&|user| user.entra.is_some()) > 10);
        assert!(
            count(&|user| user.entra.is_none() && person(user).is_some_and(|who| who.upn == user.username))
                > 10
        );
        assert!(
            count(&|user| !user.username.contains('@') && user.entra.is_none() && user.email.is_some()) > 3
        );
        assert!(count(&|user| user.mobile.is_some() && person(user).is_some()) > 1);
        let without_teams =
            |user: &User| person(user).is_none_or(|who| !who.has_teams()) && user.who != Who::Agent;
        assert_eq!(count(&without_teams), 3);
        assert!(users.len() < directory.people().len());
        let names: Vec<_> = users.iter().map(User::name).collect();
        let different: HashSet<_> = names.iter().collect();
        assert_eq!(names.len() - different.len(), 1, "one pair has the same name");
    }

    #[test]
    fn nobody_shares_an_id_or_a_username() {
        for people in [0, 1, 3, 40, 2000] {
            let staff = Staff::new(&Directory::new(people));
            let ids: HashSet<_> = staff.users().iter().map(|user| user.id).collect();
            let names: HashSet<_> = staff.users().iter().map(|user| &user.username).collect();
            assert_eq!((ids.len(), names.len()), (staff.users().len(), staff.users().len()));
        }
    }
}
