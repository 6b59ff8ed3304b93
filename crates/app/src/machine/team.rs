//! The team: the list of people, read in full once an hour, and their presence in Teams, read for the people on screen
//! first, while the drawer is open.
//!
//! It does not know who may be called.

mod kept;
mod list;
mod person;
mod rounds;
mod screen;

use std::collections::BTreeMap;

use graph::{DirectoryPerson, GraphError, NextPage, PeoplePage};
use jiff::{SignedDuration, Timestamp};
use net::Jitter;
use people::{Country, Person, PersonId, Roster};
use presence::{aws::UserId, identity::ObjectId, moment::later, redate::Redate, teams::TeamsState};
use settings::Settings;
use view::facts::ListFailure;

#[cfg(test)]
use self::rounds::IDS_A_CALL;
use self::{
    kept::Kept,
    list::{List, Step},
    person::person,
    rounds::SHORTEST,
    screen::Screen,
};
use super::gate::Next;

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
    ToggleOffline,
    Search(String),
    /// These people were known when the program last ran: a part of them.
    Kept(Vec<Person>),
    /// A search of the directory found these people.
    Found(Vec<DirectoryPerson>),
    /// The photo of this person has this version; none: there is none.
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
    /// The agent wants to be told when somebody is free, or no longer.
    Wait {
        who: PersonId,
        on: bool,
    },
    /// The agent says that these two are one.
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
    PageFailed(GraphError, Next),
    /// It was not asked for: not before this moment.
    PageHeld(Timestamp),
    /// Presences were read.
    Presences(Vec<(ObjectId, TeamsState)>),
    /// They were not read.
    PresencesFailed(Next),
    /// They were not asked for: not before this moment.
    PresencesHeld(Timestamp),
    /// The deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum TeamOut {
    /// Read this page of the list; the first one if none is named.
    ReadPage(Option<NextPage>),
    /// Read the presence of these people, whom one call takes.
    ReadPresences(Vec<ObjectId>),
    /// Keep the favourites.
    KeepFavourites(Vec<PersonId>),
    /// Keep who of Connect is who of the directory, as the agent said.
    KeepJoins(BTreeMap<UserId, ObjectId>),
    /// Keep whether people are listed by department.
    KeepGrouped(bool),
}

/// What was kept of it on disk.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    pub(crate) favourites: Vec<PersonId>,
    /// Who of Connect is who of the directory, as the agent said.
    pub(crate) joins: BTreeMap<UserId, ObjectId>,
    /// People are listed by department.
    pub(crate) grouped: bool,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Team {
    roster: Roster,
    list: List,
    read: Option<Timestamp>,
    next_presences: Option<Timestamp>,
    asking: bool,
    next_age: Option<Timestamp>,
    open: bool,
    screen: Screen,
    kept: Kept,
    rotation: usize,
    seats: u32,
    jitter: Jitter,
}

impl Team {
    /// `seed` should differ from machine to machine.
    pub(crate) fn new(settings: &Settings, remembered: Remembered, seed: u64) -> Self {
        let mut roster = Roster::new(settings.drawer_limit, settings.call_region);
        let Remembered { favourites, joins, grouped } = remembered;
        roster.set_favourites(favourites);
        roster.set_confirmed(joins);
        roster.set_grouped(grouped);
        Self {
            roster,
            list: List::default(),
            read: None,
            next_presences: None,
            asking: false,
            next_age: None,
            open: false,
            screen: Screen::default(),
            kept: Kept::NotYet,
            rotation: 0,
            seats: settings.seats,
            jitter: Jitter::new(seed),
        }
    }

    pub(crate) fn on(&mut self, input: TeamIn, now: Timestamp) -> Vec<TeamOut> {
        match input {
            TeamIn::SignedIn { who, changed } => {
                self.roster.set_own(who);
                self.next_presences = Some(now);
                if changed || self.list.is_wanted() { self.begin_list(now) } else { Vec::new() }
            }
            TeamIn::SignedOut => {
                self.list.interrupt();
                (self.asking, self.next_presences) = (false, None);
                Vec::new()
            }
            TeamIn::Refresh => {
                self.next_presences = Some(now);
                self.begin_list(now)
            }
            TeamIn::MoreRights => {
                let step = self.list.begin_again();
                self.follow(step, now)
            }
            TeamIn::ReadSoon => {
                self.next_presences = Some(now);
                Vec::new()
            }
            TeamIn::DrawerOpen(open) => {
                self.open = open;
                if open {
                    self.next_presences = Some(now);
                    self.age(now);
                } else {
                    self.next_age = None;
                    self.screen = Screen::default();
                    // Every drawer begins with an empty search field.
                    self.roster.search("");
                }
                Vec::new()
            }
            TeamIn::OnScreen { start, count } => {
                self.screen.look(start, count);
                Vec::new()
            }
            TeamIn::ToggleOffline => {
                self.roster.toggle_offline();
                Vec::new()
            }
            TeamIn::Search(text) => {
                self.roster.search(&text);
                Vec::new()
            }
            TeamIn::Kept(people) => {
                self.take_kept(people);
                Vec::new()
            }
            TeamIn::Found(people) => {
                self.roster.add(people.into_iter().map(person).collect());
                self.next_presences = Some(now);
                Vec::new()
            }
            TeamIn::Photo { who, version } => {
                self.roster.set_photo(&who, version);
                Vec::new()
            }
            TeamIn::Forget => {
                self.kept = Kept::Over;
                self.roster.replace_all(Vec::new(), now);
                Vec::new()
            }
            TeamIn::Favourite { who, on } => {
                self.roster.set_favourite(&who, on);
                vec![TeamOut::KeepFavourites(self.roster.favourites())]
            }
            TeamIn::Wait { who, on } => {
                self.roster.set_waiting(&who, on);
                Vec::new()
            }
            TeamIn::SamePerson { user, person } => {
                self.roster.confirm(user, person);
                vec![TeamOut::KeepJoins(self.roster.confirmed().clone())]
            }
            TeamIn::NotSamePerson { who } => match self.roster.user_of(&who).cloned() {
                Some(user) => {
                    self.roster.undo(&user);
                    vec![TeamOut::KeepJoins(self.roster.confirmed().clone())]
                }
                None => Vec::new(),
            },
            TeamIn::ToggleDepartments => {
                self.roster.set_grouped(!self.roster.is_grouped());
                vec![TeamOut::KeepGrouped(self.roster.is_grouped())]
            }
            TeamIn::Called(who) => {
                self.roster.called(&who);
                Vec::new()
            }
            TeamIn::OwnDepartment(department) => {
                self.roster.set_own_department(department);
                Vec::new()
            }
            TeamIn::Scope { limit, region, seats } => {
                self.roster.set_scope(limit, region);
                self.seats = seats;
                Vec::new()
            }
            TeamIn::Page(page) => self.take_page(page, now),
            TeamIn::PageFailed(error, next) => {
                self.list.page_failed(error, &next, now);
                Vec::new()
            }
            TeamIn::PageHeld(until) => {
                self.list.page_again(until);
                Vec::new()
            }
            TeamIn::Presences(found) => {
                self.take_presences(found, now);
                Vec::new()
            }
            TeamIn::PresencesFailed(next) => {
                self.asking = false;
                self.next_presences = Some(match next {
                    Next::OnceMore(at) => at,
                    Next::AsUsual => self.next_read(now),
                    Next::Wait(at) | Next::Renew { not_before: at, .. } => {
                        at.max(later(now, self.interval()))
                    }
                });
                self.age(now);
                Vec::new()
            }
            TeamIn::PresencesHeld(until) => {
                (self.asking, self.next_presences) = (false, Some(until));
                Vec::new()
            }
            TeamIn::Due => self.due(now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let presences = self.next_presences.filter(|_| self.open && !self.asking);
        [presences, self.list.deadline(), self.next_age].into_iter().flatten().min()
    }

    /// The people, in the order of the drawer.
    pub(crate) fn roster(&self) -> &Roster {
        &self.roster
    }

    /// When the last full list was complete.
    pub(crate) fn listed(&self) -> Option<Timestamp> {
        self.list.listed()
    }

    /// When the next full list is due.
    pub(crate) fn next_list(&self) -> Option<Timestamp> {
        self.list.next()
    }

    /// Why the last attempt to read the list failed.
    pub(crate) fn failed(&self) -> Option<&ListFailure> {
        self.list.failed()
    }

    /// When colleagues' presence was last read.
    pub(crate) fn last_read(&self) -> Option<Timestamp> {
        self.read
    }

    /// True until a first list was read or failed.
    pub(crate) fn is_loading(&self) -> bool {
        self.list.listed().is_none() && self.list.failed().is_none() && self.kept != Kept::Shown
    }

    fn due(&mut self, now: Timestamp) -> Vec<TeamOut> {
        let step = self.list.due(now);
        let mut out = self.follow(step, now);
        let may_ask = self.open && !self.asking;
        if may_ask && self.next_presences.take_if(|at| *at <= now).is_some() {
            let ids = self.ask_for();
            if ids.is_empty() {
                self.next_presences = Some(self.next_read(now));
            } else {
                self.asking = true;
                out.push(TeamOut::ReadPresences(ids));
            }
        }
        if self.next_age.is_some_and(|at| at <= now) {
            self.age(now);
        }
        out
    }

    fn begin_list(&mut self, now: Timestamp) -> Vec<TeamOut> {
        let step = self.list.begin();
        self.follow(step, now)
    }

    fn follow(&mut self, step: Step, now: Timestamp) -> Vec<TeamOut> {
        match step {
            Step::Read(page) => vec![TeamOut::ReadPage(page)],
            Step::Whole(people) => {
                self.roster.replace_all(people, now);
                Vec::new()
            }
            Step::Nothing => Vec::new(),
        }
    }

    /// The first list is shown page by page, unless there is one of the run before.
    fn take_page(&mut self, page: PeoplePage, now: Timestamp) -> Vec<TeamOut> {
        let people: Vec<Person> = page.people.into_iter().map(person).collect();
        if self.list.listed().is_none() && self.kept != Kept::Shown {
            self.roster.add(people.clone());
        }
        self.next_presences = Some(now);
        let step = self.list.page(people, page.next, now);
        self.follow(step, now)
    }

    fn take_presences(&mut self, found: Vec<(ObjectId, TeamsState)>, now: Timestamp) {
        let first = self.read.is_none();
        let until = later(now, self.used_for());
        for (id, state) in found {
            self.roster.set_teams(&id, state, now, until);
        }
        (self.read, self.asking) = (Some(now), false);
        self.age(now);
        if first {
            self.roster.reorder(now, true);
        }
        // Somebody may have asked for an earlier one while this was on its way.
        let usual = self.next_read(now);
        self.next_presences = Some(self.next_presences.map_or(usual, |soon| soon.min(usual)));
    }

    fn age(&mut self, now: Timestamp) {
        self.roster.age(now);
        self.roster.reorder(now, false);
        self.next_age = self.open.then(|| later(now, SHORTEST));
    }
}

impl Redate for Team {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            roster,
            list,
            read,
            next_presences,
            asking: _,
            next_age,
            open: _,
            screen: _,
            kept: _,
            rotation: _,
            seats: _,
            jitter: _,
        } = self;
        roster.redate(by);
        list.redate(by);
        for moment in [read, next_presences, next_age] {
            moment.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
