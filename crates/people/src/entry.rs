//! A person of the list: who it is, on which of the two sides, what was last seen of them there, and their numbers.
//!
//! It does not know who else is in the list.

mod changes;
mod connect;
mod read;
mod teams;

use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, redate::Redate, teams::TeamsState};

pub use self::connect::ConnectSeen;
pub(crate) use self::connect::ConnectSide;
use self::teams::TeamsSide;
use crate::{
    Badge, Colleague, Country, Dialable, JoinedBy, NotDialable, NumberKind, Person, PersonId, badge,
    search::Folded,
};

/// A person with what is known of their presence on both sides.
#[derive(Debug, Clone)]
pub struct Entry {
    id: PersonId,
    teams: Option<TeamsSide>,
    connect: Option<ConnectSide>,
    pairing: Pairing,
    region: Option<Country>,
    folded: Folded,
    pub(crate) sort_key: String,
    /// What the department is sorted by; empty without one.
    pub(crate) department_key: String,
    pub(crate) place: Place,
    pub(crate) listed: bool,
    pub(crate) marks: Marks,
}

/// How the two sides of a row belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Pairing {
    /// There is one side, and nobody is known who could be the other.
    #[default]
    Alone,
    /// There is the side of Connect, and by the name alone this person of the directory may be the other: the agent can
    /// say so.
    Proposed(ObjectId),
    /// There are both, and this is how that is known.
    Joined(JoinedBy),
}

/// Why somebody matters to the agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Marks {
    pub(crate) favourite: bool,
    pub(crate) waiting: bool,
    /// Called recently.
    pub(crate) called: bool,
    /// In the agent's own department.
    pub(crate) near: bool,
}

/// A phone number of a person, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonNumber {
    /// Which of the person's numbers.
    pub kind: NumberKind,
    /// The number as the directory spells it, without others of the same field.
    pub as_written: String,
    /// What can be dialled, or why nothing can.
    pub dialable: Result<Dialable, NotDialable>,
}

/// Where a person is in the list, as of the last reorder. The order is the rank: of two rows that become one, the
/// greater place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Unknown,
    Offline,
    There,
}

impl Entry {
    /// Who the row is about.
    #[must_use]
    pub fn id(&self) -> &PersonId {
        &self.id
    }

    /// The name to show: the directory's, or what Connect has. It is one line, can be seen, turns nothing that is beside
    /// it, and has at most [`LONGEST`](presence::shown::LONGEST) characters.
    #[must_use]
    pub fn name(&self) -> &str {
        match (&self.teams, &self.connect) {
            (Some(teams), _) => &teams.person.name,
            (None, Some(connect)) => connect.name(),
            (None, None) => "",
        }
    }

    /// Who it is in the directory; none for somebody who has the side of Connect alone.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        self.teams.as_ref().map(|teams| &teams.person)
    }

    /// Who it is in Connect; none for somebody who is not known to use it.
    #[must_use]
    pub fn colleague(&self) -> Option<&Colleague> {
        self.connect.as_ref().map(|connect| &connect.colleague)
    }

    /// The Teams presence; none if it was never read or is too old to be used.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        self.presence().map(|presence| &presence.state)
    }

    /// Since when that presence lasts; none if it was so already when it was first read.
    #[must_use]
    pub fn since(&self) -> Option<Timestamp> {
        self.presence()?.since
    }

    /// When the Teams presence was last read, if that is too long ago to be used.
    #[must_use]
    pub fn last_seen(&self) -> Option<Timestamp> {
        self.teams.as_ref()?.presence.as_ref()?.last_seen()
    }

    /// What they do in Connect; none if it was never read or is too old to be used.
    #[must_use]
    pub fn connect(&self) -> Option<&ConnectSeen> {
        self.connect.as_ref()?.seen.as_ref()?.fresh()
    }

    /// When that was last read, if that is too long ago to be used.
    #[must_use]
    pub fn connect_last_seen(&self) -> Option<Timestamp> {
        self.connect.as_ref()?.seen.as_ref()?.last_seen()
    }

    /// The badge: the greater of both sides. A side whose state is too old is unknown.
    #[must_use]
    pub fn badge(&self) -> Badge {
        let [teams, connect] = self.badges();
        teams.max(connect)
    }

    /// False for people who are offline or unknown on every side.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.badge().is_there()
    }

    /// True for somebody who can be called now: available on one side at least, and not away on the other. A side on
    /// which they are offline says nothing: many use one of the two only. While one of their sides was not read, or too
    /// long ago, nobody knows.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.is_read()
            && self.badge() == Badge::Available
            && self.badges().iter().all(|badge| match badge {
                Badge::Available | Badge::Offline | Badge::Unknown => true,
                Badge::OutOfOffice | Badge::Away | Badge::Busy | Badge::DoNotDisturb => false,
            })
    }

    /// True while the agent waits for this person to be free.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.marks.waiting
    }

    /// True for a favourite.
    #[must_use]
    pub fn is_favourite(&self) -> bool {
        self.marks.favourite
    }

    /// How the two sides belong together, or who may be the other one.
    #[must_use]
    pub fn join(&self) -> &Pairing {
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

    fn presence(&self) -> Option<&teams::Presence> {
        self.teams.as_ref()?.presence.as_ref()?.fresh()
    }

    /// True if every side that the person has was read, and not too long ago.
    fn is_read(&self) -> bool {
        (self.person().is_none() || self.teams().is_some())
            && (self.colleague().is_none() || self.connect().is_some())
    }

    fn badges(&self) -> [Badge; 2] {
        [badge(self.teams()), self.connect().map_or(Badge::Unknown, |seen| seen.badge)]
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
            folded: _,
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
