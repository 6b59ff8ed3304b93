//! A person of the list: their ids on the two sides, their last states there, and their numbers.
//!
//! It does not know the other people of the list.

mod changes;
mod connect;
mod expiring;
mod teams;

use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, redate::Redate, teams::TeamsState};

pub use self::connect::ConnectSeen;
pub(crate) use self::connect::ConnectSide;
use self::teams::TeamsSide;
use crate::{
    Colleague, Country, Dialable, JoinedBy, NotDialable, NumberKind, Person, PersonId, Reachability,
    search::SearchText, teams_reachability,
};

/// A person with their states on both sides.
#[derive(Debug, Clone)]
pub struct Entry {
    id: PersonId,
    teams: Option<TeamsSide>,
    connect: Option<ConnectSide>,
    pairing: Pairing,
    region: Option<Country>,
    search_text: SearchText,
    pub(crate) sort_key: String,
    /// The key that the department is sorted by; empty without one.
    pub(crate) department_key: String,
    pub(crate) place: Place,
    pub(crate) listed: bool,
    pub(crate) marks: Marks,
}

/// Whether and why the two sides of a row belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pairing {
    /// There is one side, and no known candidate for the other.
    #[default]
    Alone,
    /// There is only the side of Connect, and this person of the directory has the same name: the agent can confirm the
    /// pairing.
    Proposed(ObjectId),
    /// There are both sides, joined for this reason.
    Joined(JoinedBy),
}

/// Why somebody matters to the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) favourite: bool,
    pub(crate) waited_for: bool,
    /// Called recently.
    pub(crate) called: bool,
    /// In the agent's own department.
    pub(crate) near: bool,
}

/// A phone number of a person, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonNumber {
    /// The kind of number.
    pub kind: NumberKind,
    /// The number as the directory spells it, without others of the same field.
    pub as_written: String,
    /// The number to dial, or why it cannot be dialled.
    pub dialable: Result<Dialable, NotDialable>,
}

/// A person's place in the list since the last reorder. The order is the rank: two rows that are joined keep the greater
/// place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Unknown,
    Offline,
    There,
}

impl Entry {
    /// The id of the row.
    #[must_use]
    pub fn id(&self) -> &PersonId {
        &self.id
    }

    /// The name to show: that of the directory, else that of Connect. It is one visible line without marks of direction, and
    /// has at most [`LONGEST`](presence::shown::LONGEST) characters.
    #[must_use]
    pub fn name(&self) -> &str {
        match (&self.teams, &self.connect) {
            (Some(teams), _) => &teams.person.name,
            (None, Some(connect)) => connect.name(),
            (None, None) => "",
        }
    }

    /// The person in the directory; none for somebody who has only the side of Connect.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        self.teams.as_ref().map(|teams| &teams.person)
    }

    /// The user in Connect; none for somebody who is not known to use it.
    #[must_use]
    pub fn colleague(&self) -> Option<&Colleague> {
        self.connect.as_ref().map(|connect| &connect.colleague)
    }

    /// The Teams presence; none if it was never read or has expired.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        self.presence().map(|presence| &presence.state)
    }

    /// Since when they have that presence; none if it has not changed since it was first read.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.presence()?.since
    }

    /// When the Teams presence was last read, if it has expired.
    #[must_use]
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.teams.as_ref()?.presence.as_ref()?.last_seen()
    }

    /// The state in Connect; none if it was never read or has expired.
    #[must_use]
    pub fn connect(&self) -> Option<&ConnectSeen> {
        self.connect.as_ref()?.seen.as_ref()?.fresh()
    }

    /// When the state in Connect was last read, if it has expired.
    #[must_use]
    pub fn connect_last_seen(&self) -> Option<Timestamp> {
        self.connect.as_ref()?.seen.as_ref()?.last_seen()
    }

    /// The greater reachability of both sides. A side whose state has expired is unknown.
    #[must_use]
    pub fn reachability(&self) -> Reachability {
        let [teams, connect] = self.reachabilities();
        teams.max(connect)
    }

    /// False for people who are offline or unknown on every side.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.reachability().is_there()
    }

    /// True for somebody who is available on at least one side, and neither away nor busy on the other. A side on which they
    /// are offline does not count, because many people use only one of the two. False while the state of a side is not known.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.has_current_states()
            && self.reachability() == Reachability::Available
            && self.reachabilities().iter().all(|reachability| match reachability {
                Reachability::Available | Reachability::Offline | Reachability::Unknown => true,
                Reachability::OutOfOffice
                | Reachability::Away
                | Reachability::Busy
                | Reachability::DoNotDisturb => false,
            })
    }

    /// True while the agent waits for this person to be free.
    #[must_use]
    pub fn is_waited_for(&self) -> bool {
        self.marks.waited_for
    }

    /// True for a favourite.
    #[must_use]
    pub fn is_favourite(&self) -> bool {
        self.marks.favourite
    }

    /// Whether and why the two sides belong together.
    #[must_use]
    pub fn pairing(&self) -> &Pairing {
        &self.pairing
    }

    /// The version of the photo that is in the cache.
    #[must_use]
    pub fn photo(&self) -> Option<&str> {
        self.teams.as_ref()?.photo.as_deref()
    }

    /// The department, if the directory names one.
    #[must_use]
    pub fn department(&self) -> Option<&str> {
        self.person()?.department.as_deref()
    }

    /// The person's numbers, in the directory's order; a field may hold more than one.
    #[must_use]
    pub fn numbers(&self) -> &[PersonNumber] {
        self.teams.as_ref().map(|teams| teams.numbers(self.region)).unwrap_or_default()
    }

    fn presence(&self) -> Option<&teams::TeamsPresence> {
        self.teams.as_ref()?.presence.as_ref()?.fresh()
    }

    /// True if the state of each of their sides is known.
    fn has_current_states(&self) -> bool {
        (self.person().is_none() || self.teams().is_some())
            && (self.colleague().is_none() || self.connect().is_some())
    }

    fn reachabilities(&self) -> [Reachability; 2] {
        [
            teams_reachability(self.teams()),
            self.connect().map_or(Reachability::Unknown, |seen| seen.reachability),
        ]
    }
}

impl Redate for Entry {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            id: _,
            teams,
            connect,
            pairing: _,
            region: _,
            search_text: _,
            sort_key: _,
            department_key: _,
            place: _,
            listed: _,
            marks: _,
        } = self;
        teams.redate(by);
        connect.redate(by);
    }
}
