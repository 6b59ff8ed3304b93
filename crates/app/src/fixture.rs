//! What tests of several machines use.

use jiff::{SignedDuration, Timestamp};
use people::{Number, NumberKind, Person};
use presence::identity::ObjectId;

/// This many seconds after the moment at which tests begin.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_hours(500_000) + SignedDuration::from_secs(seconds)
}

/// A person of the directory with these numbers.
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

/// Counts the deadlines that a test goes through, so that a machine whose deadlines make no progress fails the test and
/// does not run for ever.
pub(crate) struct Deadlines(u32);

impl Deadlines {
    /// No deadline so far.
    pub(crate) fn new() -> Self {
        Self(0)
    }

    /// The next one, if it comes by `end`.
    pub(crate) fn next(&mut self, deadline: Option<Timestamp>, end: Timestamp) -> Option<Timestamp> {
        let at = deadline.filter(|at| *at <= end)?;
        self.0 += 1;
        assert!(self.0 < 100_000, "the deadlines make no progress at {at}");
        Some(at)
    }
}
