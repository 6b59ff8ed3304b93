//! A person as the directory describes them, for the list.

use graph::{DirectoryPerson, NumberKind};
use people::{Number, Person};

pub(super) fn person(found: DirectoryPerson) -> Person {
    Person {
        id: found.id,
        name: found.name,
        given: found.given.unwrap_or_default(),
        surname: found.surname.unwrap_or_default(),
        upn: found.upn,
        mail: found.mail,
        department: found.department,
        job_title: found.job_title,
        numbers: found
            .numbers
            .into_iter()
            .map(|number| Number {
                kind: match number.kind {
                    NumberKind::Business => people::NumberKind::Work,
                    NumberKind::Mobile => people::NumberKind::Mobile,
                },
                as_written: number.as_written,
            })
            .collect(),
    }
}
