//! The team: the list of people, read in full once an hour, and their presence in Teams, read for the people on screen
//! first, while the drawer is open.
//!
//! It does not know who may be called.

mod colleagues;
mod former_list;
mod inputs;
mod list;
mod person;
mod rounds;
mod screen;

use std::time::Duration;

use graph::{PageSize, PeoplePage};
use jiff::{SignedDuration, Timestamp};
use net::Jitter;
use people::{Entry, Person, PersonId, Roster};
use presence::{identity::ObjectId, moment::later, redate::Redate, teams::TeamsState};
use settings::Settings;
use view::facts::{ListFailure, Skipped};

pub(crate) use self::inputs::{StoredTeam, TeamIn, TeamOut};
#[cfg(test)]
use self::rounds::IDS_A_CALL;
use self::{
    colleagues::Connected,
    former_list::FormerList,
    list::{ListStep, PeopleList, PeopleListPage},
    person::person,
    rounds::SHORTEST,
    screen::Screen,
};
use super::gate::NextRequest;

/// Rows do not move for this long while somebody is about to press one.
const HELD: Duration = Duration::from_secs(10);

/// See the module.
#[derive(Debug)]
pub(crate) struct Team {
    roster: Roster,
    connected: Connected,
    list: PeopleList,
    read: Option<Timestamp>,
    next_presences: Option<Timestamp>,
    asking: bool,
    next_age: Option<Timestamp>,
    /// Until then no row moves by itself.
    held: Option<Timestamp>,
    open: bool,
    screen: Screen,
    former: FormerList,
    rotation: usize,
    seats: u32,
    jitter: Jitter,
}

impl Team {
    /// `seed` should differ from machine to machine.
    pub(crate) fn new(settings: &Settings, remembered: StoredTeam, seed: u64) -> Self {
        let mut roster = Roster::new(settings.drawer_limit, settings.call_region);
        let StoredTeam { favourites, joins, grouped } = remembered;
        roster.set_favourites(favourites);
        roster.set_confirmed_pairings(joins);
        roster.set_grouped(grouped);
        Self {
            roster,
            connected: Connected::default(),
            list: PeopleList::default(),
            read: None,
            next_presences: None,
            asking: false,
            next_age: None,
            held: None,
            open: false,
            screen: Screen::default(),
            former: FormerList::NotYet,
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
                if changed {
                    // What is on its way was asked for with the rights of somebody else.
                    self.list.interrupt();
                    self.asking = false;
                }
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
                    self.hold(None);
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
            TeamIn::Hold(true) => {
                // Asking again does not extend the hold: the list must not grow old under a resting pointer.
                self.hold(Some(self.held.unwrap_or(later(now, HELD))));
                Vec::new()
            }
            TeamIn::Hold(false) => {
                self.hold(None);
                self.roster.reorder(now, false);
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
                self.former = FormerList::Over;
                self.roster.replace_all(Vec::new(), now);
                Vec::new()
            }
            TeamIn::Favourite { who, on } => {
                self.roster.set_favourite(&who, on);
                vec![TeamOut::KeepFavourites(self.roster.favourites())]
            }
            TeamIn::Wait { who, on } => {
                self.wait_for(who, on, now);
                Vec::new()
            }
            TeamIn::Colleagues(colleagues) => {
                self.take_colleagues(colleagues);
                Vec::new()
            }
            TeamIn::ConnectStates { states, until } => self.take_connect_states(states, until, now),
            TeamIn::OwnUsername(username) => {
                self.take_own_username(username);
                Vec::new()
            }
            TeamIn::SamePerson { user, person } => {
                self.roster.confirm_pairing(user, person);
                vec![TeamOut::KeepJoins(self.roster.confirmed_pairings().clone())]
            }
            TeamIn::NotSamePerson { who } => match self.roster.user_of(&who).cloned() {
                Some(user) => {
                    self.roster.undo_pairing(&user);
                    vec![TeamOut::KeepJoins(self.roster.confirmed_pairings().clone())]
                }
                None => Vec::new(),
            },
            TeamIn::ToggleDepartments => {
                self.roster.set_grouped(!self.roster.is_grouped());
                vec![TeamOut::KeepGrouped(self.roster.is_grouped())]
            }
            TeamIn::Called(who) => {
                self.roster.record_call(&who);
                Vec::new()
            }
            TeamIn::CalledBefore(people) => {
                self.roster.record_earlier_calls(people);
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
                self.freed(now)
            }
            TeamIn::PresencesFailed(next) => {
                self.asking = false;
                self.next_presences = Some(match next {
                    NextRequest::OnceMore(at) => at,
                    NextRequest::AsUsual => self.next_read(now),
                    NextRequest::Wait(at) | NextRequest::Renew { not_before: at, .. } => {
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
            TeamIn::Age => {
                self.roster.expire_states(now);
                Vec::new()
            }
            TeamIn::Due => self.due(now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let presences = self.next_presences.filter(|_| self.reads_presences() && !self.asking);
        [presences, self.list.deadline(), self.next_age, self.held, self.connected.deadline()]
            .into_iter()
            .flatten()
            .min()
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

    /// How much of the last full list could not be read.
    pub(crate) fn skipped(&self) -> Skipped {
        self.list.skipped()
    }

    /// How many people the pages of the list are to hold.
    pub(crate) fn page_size(&self) -> PageSize {
        self.list.size()
    }

    /// When colleagues' presence was last read.
    pub(crate) fn last_read(&self) -> Option<Timestamp> {
        self.read
    }

    /// True until a first list was read or failed.
    pub(crate) fn is_loading(&self) -> bool {
        self.list.listed().is_none() && self.list.failed().is_none() && self.former != FormerList::Shown
    }

    fn due(&mut self, now: Timestamp) -> Vec<TeamOut> {
        let step = self.list.due(now);
        let mut out = self.follow(step, now);
        let may_ask = self.reads_presences() && !self.asking;
        if may_ask && self.next_presences.take_if(|at| *at <= now).is_some() {
            let ids = self.ask_for();
            if ids.is_empty() {
                self.next_presences = Some(self.next_read(now));
            } else {
                self.asking = true;
                out.push(TeamOut::ReadPresences(ids));
            }
        }
        self.end_old_waits(now);
        if self.held.is_some_and(|until| until <= now) {
            self.hold(None);
            self.roster.reorder(now, false);
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

    fn follow(&mut self, step: ListStep, now: Timestamp) -> Vec<TeamOut> {
        match step {
            ListStep::Read(page) => vec![TeamOut::ReadPage(page)],
            ListStep::Whole(people) => {
                self.roster.replace_all(people, now);
                Vec::new()
            }
            ListStep::Nothing => Vec::new(),
        }
    }

    /// The first list is shown page by page, unless that of the previous run is shown.
    fn take_page(&mut self, page: PeoplePage, now: Timestamp) -> Vec<TeamOut> {
        let people: Vec<Person> = page.people.into_iter().map(person).collect();
        let is_anybody_known = self.roster.entries().any(|entry| entry.person().is_some());
        if self.list.listed().is_none() && self.former != FormerList::Shown {
            self.roster.add(people.clone());
        }
        self.next_presences = Some(now);
        let skipped = Skipped { entries: page.skipped, of: page.entries };
        let page = PeopleListPage { people, next: page.next, skipped };
        let step = self.list.page(page, is_anybody_known, now);
        self.follow(step, now)
    }

    fn take_presences(&mut self, found: Vec<(ObjectId, TeamsState)>, now: Timestamp) {
        let until = later(now, self.used_for());
        let is_first =
            self.is_first(&found, |id| PersonId::Entra(id.clone()), |entry| entry.teams().is_some());
        for (id, state) in found {
            self.roster.set_teams(&id, state, now, until);
        }
        (self.read, self.asking) = (Some(now), false);
        self.age(now);
        if is_first {
            self.roster.reorder(now, true);
        }
        // Somebody may have asked for an earlier one while this was on its way.
        let usual = self.next_read(now);
        self.next_presences = Some(self.next_presences.map_or(usual, |soon| soon.min(usual)));
    }

    /// True if nothing was known about most of these people. Their rows then get their first order, before anybody can
    /// have aimed at one: it waits neither for a pointer nor for the time between two orders.
    fn is_first<I, S>(
        &self,
        states: &[(I, S)],
        row: impl Fn(&I) -> PersonId,
        is_known: impl Fn(&Entry) -> bool,
    ) -> bool {
        let new =
            states.iter().filter(|(id, _)| self.roster.get(&row(id)).is_some_and(|entry| !is_known(entry)));
        2 * new.count() > states.len()
    }

    fn hold(&mut self, until: Option<Timestamp>) {
        self.held = until;
        self.roster.set_held(until.is_some());
    }

    fn age(&mut self, now: Timestamp) {
        self.roster.expire_states(now);
        self.roster.reorder(now, false);
        self.next_age = self.open.then(|| later(now, SHORTEST));
    }
}

impl Redate for Team {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            roster,
            connected,
            list,
            read,
            next_presences,
            asking: _,
            next_age,
            held,
            open: _,
            screen: _,
            former: _,
            rotation: _,
            seats: _,
            jitter: _,
        } = self;
        roster.redate(by);
        connected.redate(by);
        list.redate(by);
        for moment in [read, next_presences, next_age, held] {
            moment.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
