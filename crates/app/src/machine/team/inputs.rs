//! What comes in, what is asked for, and what was kept: plain data.

use std::collections::BTreeMap;

use graph::{DirectoryPerson, GraphError, NextPage, PeoplePage};
use jiff::Timestamp;
use people::{Colleague, ConnectSeen, Country, Person, PersonId};
use presence::{aws::UserId, identity::ObjectId, teams::TeamsState};

use crate::machine::gate::NextRequest;

/// What comes in.
#[derive(Debug)]
pub(crate) enum TeamIn {
    /// Somebody is signed in, or signed in again.
    SignedIn {
        who: ObjectId,
        /// It is somebody else than before, or the first one.
        changed: bool,
    },
    /// Nobody is signed in: what was asked for was not sent.
    SignedOut,
    /// The person wants the list to be read now.
    Refresh,
    /// There are more rights to read the list with.
    MoreRights,
    /// Presences may be old: after sleep, say.
    ReadSoon,
    DrawerOpen(bool),
    /// The lines that are on screen.
    OnScreen {
        start: usize,
        count: usize,
    },
    /// Somebody is about to press a row of the list, or no longer.
    Hold(bool),
    ToggleOffline,
    Search(String),
    /// Some of the people who were known when the program last ran.
    Kept(Vec<Person>),
    /// A search of the directory found these people.
    Found(Vec<DirectoryPerson>),
    /// The photo of this person has this version; none if there is no photo.
    Photo {
        who: ObjectId,
        version: Option<String>,
    },
    /// Everybody is of another tenant.
    Forget,
    Favourite {
        who: PersonId,
        on: bool,
    },
    /// The agent wants to be notified when somebody is free, or no longer.
    Wait {
        who: PersonId,
        on: bool,
    },
    /// The agent says that these two are one person.
    SamePerson {
        user: UserId,
        person: ObjectId,
    },
    /// The agent no longer says so.
    NotSamePerson {
        who: PersonId,
    },
    ToggleDepartments,
    /// A call to somebody was dialled.
    Called(PersonId),
    /// These people were called before the program began, the last one first.
    CalledBefore(Vec<PersonId>),
    /// The directory says where the agent works.
    OwnDepartment(Option<String>),
    /// The settings changed.
    Scope {
        limit: Option<usize>,
        region: Option<Country>,
        /// How many agents of the company share Graph's limits.
        seats: u32,
    },
    /// A page of the list was read.
    Page(PeoplePage),
    /// It was not read.
    PageFailed(GraphError, NextRequest),
    /// It was not asked for, and may not be before this moment.
    PageHeld(Timestamp),
    /// Presences were read.
    Presences(Vec<(ObjectId, TeamsState)>),
    /// They were not read.
    PresencesFailed(NextRequest),
    /// They were not asked for, and may not be before this moment.
    PresencesHeld(Timestamp),
    /// The users of Connect were read.
    Colleagues(Vec<Colleague>),
    /// The states of some of them were read, to be used until this moment.
    ConnectStates {
        states: Vec<(UserId, ConnectSeen)>,
        until: Timestamp,
    },
    /// The agent's user name in Connect is known.
    OwnUsername(String),
    /// States that are too old by now are not to be used.
    Age,
    /// The deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TeamOut {
    /// Read this page of the list; the first one if none is named.
    ReadPage(Option<NextPage>),
    /// Read the presence of these people, as many as one call takes.
    ReadPresences(Vec<ObjectId>),
    /// Keep the favourites.
    KeepFavourites(Vec<PersonId>),
    /// Keep which users of Connect the agent joined with which people of the directory.
    KeepJoins(BTreeMap<UserId, ObjectId>),
    /// Keep whether people are listed by department.
    KeepGrouped(bool),
    /// Notify the agent that somebody who was waited for is free.
    Free(PersonId),
}

/// What was kept of the team on disk.
#[derive(Debug, Default)]
pub(crate) struct StoredTeam {
    pub(crate) favourites: Vec<PersonId>,
    /// Which users of Connect the agent joined with which people of the directory.
    pub(crate) joins: BTreeMap<UserId, ObjectId>,
    /// People are listed by department.
    pub(crate) grouped: bool,
}
