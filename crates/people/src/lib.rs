//! The drawer's model: who is listed, in which order, with which states.
//!
//! A [`Roster`] keeps the people of the directory, the colleagues of Amazon Connect and their states, and produces the lines
//! of the list. [`Dialable`] is a number that can be dialled, parsed from a field of the directory. [`may_call`] decides
//! whether somebody may be called now.
//!
//! Pure: it reads no clock, contacts no server, does not dial, and has no words for a state.

mod call;
mod collation;
mod country;
mod dialable;
mod entry;
mod id;
mod join;
mod not_dialable;
mod plans;
mod reachability;
mod roster;
mod search;
mod shown;
mod spelling;

use presence::identity::ObjectId;

pub use call::{
    CallContext, CallRefusal, CallingAgent, Verdict, VoiceLine, may_call, refusal_of_all, verdicts,
};
pub use country::{Country, countries};
pub use dialable::Dialable;
pub use entry::{ConnectSeen, Entry, Pairing, PersonNumber};
pub use id::PersonId;
pub use join::{Colleague, Join, JoinedBy};
pub use not_dialable::{NotDialable, NumberFault};
pub use reachability::{Reachability, connect_reachability, teams_reachability};
pub use roster::{LineRef, Roster};

/// A person in the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id in Entra.
    pub id: ObjectId,
    /// The display name.
    pub name: String,
    /// The given name; may be empty.
    pub given: String,
    /// The surname; may be empty.
    pub surname: String,
    /// The user principal name; may be empty.
    pub upn: String,
    /// The mail address.
    pub mail: Option<String>,
    /// The department.
    pub department: Option<String>,
    /// The job title.
    pub job_title: Option<String>,
    /// The phone numbers, in the directory's order.
    pub numbers: Vec<Number>,
}

/// A phone number of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The kind of number.
    pub kind: NumberKind,
    /// The number as the directory spells it.
    pub as_written: String,
}

/// The kinds of number that the directory has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    /// At work.
    Work,
    /// Mobile.
    Mobile,
}
