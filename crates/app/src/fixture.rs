//! What tests of several machines begin with.

use people::{Number, NumberKind, Person};
use presence::identity::ObjectId;

/// Somebody of the directory with these numbers.
pub(crate) fn person(id: &str, name: &str, numbers: &[&str]) -> Person {
    let number = |number: &&str| Number { kind: NumberKind::Work, as_written: (*number).to_owned() };
    Person {
        id: ObjectId::new(id),
        name: name.to_owned(),
        given: String::new(),
        surname: String::new(),
        upn: format!("{id}@contoso.example"),
        mail: None,
        department: None,
        job_title: None,
        numbers: numbers.iter().map(number).collect(),
    }
}
