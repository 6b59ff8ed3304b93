//! Users of Connect and ids of rows, for several tests.

use people::{Colleague, PersonId};
use presence::{aws::UserId, identity::ObjectId};

/// A user who is joined with the person of the same name, if there is one.
pub fn colleague(user: &str) -> Colleague {
    Colleague {
        user: UserId::new(user).unwrap(),
        username: format!("{user}@contoso.com"),
        name: String::new(),
        object_id: None,
        mails: Vec::new(),
        number: None,
    }
}

/// The row of the person with this id in Entra.
pub fn entra(id: &str) -> PersonId {
    PersonId::Entra(ObjectId::new(id))
}
