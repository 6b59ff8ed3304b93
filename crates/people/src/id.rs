//! The id of a row of the list, and its text form. It knows nothing else about the person.

use std::fmt;

use presence::{aws::UserId, identity::ObjectId};

/// The prefix of the text form of somebody without a side in Teams. No object id begins with it, because those are GUIDs.
const CONNECT: &str = "connect:";

/// The id of a row of the list. Somebody with both sides has the id of Entra.
///
/// The text form is the object id, or "connect:" and the id of the user.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonId {
    /// A person of the directory.
    Entra(ObjectId),
    /// A user of Amazon Connect who is not known to be in the directory.
    Connect(UserId),
}

impl PersonId {
    /// Reads the text form. None for an invalid user id, and for an object id with the prefix of one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix(CONNECT) {
            Some(user) => UserId::new(user).ok().map(Self::Connect),
            None => {
                let person = ObjectId::new(text);
                (!person.as_str().starts_with(CONNECT)).then_some(Self::Entra(person))
            }
        }
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entra(person) => person.fmt(f),
            Self::Connect(user) => write!(f, "{CONNECT}{}", user.as_str()),
        }
    }
}

impl From<ObjectId> for PersonId {
    fn from(person: ObjectId) -> Self {
        Self::Entra(person)
    }
}

impl From<UserId> for PersonId {
    fn from(user: UserId) -> Self {
        Self::Connect(user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let person = PersonId::Entra(ObjectId::new("0A1B-2c"));
        assert_eq!(person.to_string(), "0a1b-2c");
        let user = PersonId::Connect(UserId::new("U-1").unwrap());
        assert_eq!(user.to_string(), "connect:U-1");
        for id in [person, user] {
            assert_eq!(PersonId::parse(&id.to_string()), Some(id));
        }
        for text in ["connect:", "connect:a/b", "Connect:U-1"] {
            assert_eq!(PersonId::parse(text), None, "{text}");
        }
    }
}
