//! Colleagues: the directory, read in full once an hour, and their presence, read for the people on screen
//! first, fast while the drawer is open and slowly while it is closed.

use std::time::Duration;

use graph::{Directory, DirectoryPerson, GraphError, NextPage, NumberKind, PeoplePage};
use jiff::{SignedDuration, Timestamp};
use people::{Number, Person, Roster};
use presence::{identity::ObjectId, redate::Redate, teams::TeamsState};
use settings::Settings;

use super::{Controller, Outcome};
use crate::{clock::later, host::Host};

const FULL_LIST: Duration = Duration::from_secs(3600);
const FULL_LIST_RETRY: Duration = Duration::from_secs(60);
const WHILE_OPEN: Duration = Duration::from_secs(15);
const WHILE_CLOSED: Duration = Duration::from_secs(300);
/// How many ids one call takes (Graph: cloudcommunications-getpresencesbyuserid).
const IDS_A_CALL: usize = 650;
/// A directory that goes on longer than this is not one: 200 pages of 999.
const MOST_PAGES: usize = 200;
/// Colleagues who were not read for this long are unknown, not "still as they were".
const TOO_OLD: Duration = Duration::from_secs(900);

pub(super) struct Colleagues {
    pub(super) roster: Roster,
    /// When the last full list was complete.
    pub(super) listed: Option<Timestamp>,
    /// What the last failed attempt said.
    pub(super) failed: Option<String>,
    /// When colleagues' presence was last read.
    pub(super) read: Option<Timestamp>,
    pub(super) next_list: Option<Timestamp>,
    reading: Option<Reading>,
    next_presences: Option<Timestamp>,
    asking: bool,
    visible: (usize, usize),
    rotation: usize,
}

/// A full list that is being read: kept apart until it is complete, unless it is the first one.
struct Reading {
    people: Vec<Person>,
    pages: usize,
}

impl Colleagues {
    pub(super) fn new(settings: &Settings, favourites: Vec<ObjectId>) -> Self {
        let mut roster = Roster::new(settings.drawer_limit, settings.call_region);
        roster.set_favourites(favourites);
        Self {
            roster,
            listed: None,
            failed: None,
            read: None,
            next_list: None,
            reading: None,
            next_presences: None,
            asking: false,
            visible: (0, 0),
            rotation: 0,
        }
    }

    pub(super) fn is_loading(&self) -> bool {
        self.listed.is_none() && self.failed.is_none()
    }

    pub(super) fn deadline(&self) -> Option<Timestamp> {
        let presences = self.next_presences.filter(|_| !self.asking);
        let list = self.next_list.filter(|_| self.reading.is_none());
        [presences, list].into_iter().flatten().min()
    }

    /// Asks for presence at the next opportunity.
    pub(super) fn read_soon(&mut self, now: Timestamp) {
        self.next_presences = Some(now);
    }

    /// Remembers which lines are on screen.
    pub(super) fn on_screen(&mut self, start: usize, count: usize) {
        self.visible = (start, count);
    }

    /// The people on screen, then the others in turn, as many as one call takes.
    fn ask_for(&mut self) -> Vec<ObjectId> {
        let (start, count) = self.visible;
        let mut ids = self.roster.ids_in(start, count);
        let all = self.roster.all_ids();
        let room = IDS_A_CALL.saturating_sub(ids.len()).min(all.len());
        let others: Vec<ObjectId> = all
            .iter()
            .cycle()
            .skip(self.rotation)
            .take(room)
            .filter(|id| !ids.contains(id))
            .cloned()
            .collect();
        self.rotation = if all.is_empty() { 0 } else { (self.rotation + room) % all.len() };
        ids.extend(others);
        ids
    }
}

impl<H: Host> Controller<H> {
    pub(super) fn read_directory_now(&mut self) {
        if self.colleagues.reading.is_none() {
            if let Some(who) = self.login.who() {
                self.colleagues.roster.set_own(who.object_id.clone());
            }
            self.colleagues.reading = Some(Reading { people: Vec::new(), pages: 0 });
            self.read_page(None);
        }
    }

    fn read_page(&mut self, from: Option<NextPage>) {
        let (Some(graph), Some((token, _))) = (self.graph.clone(), self.login.credentials()) else {
            self.colleagues.reading = None;
            return;
        };
        let directory = if self.reads_licences() { Directory::licensed() } else { Directory::Basic };
        let report = self.report.clone();
        tokio::spawn(async move {
            drop(report.send(Outcome::People(graph.people(&token, &directory, from).await)));
        });
    }

    pub(super) fn people_read(&mut self, result: Result<PeoplePage, GraphError>) {
        let now = self.clock.now();
        let Some(mut reading) = self.colleagues.reading.take() else { return };
        match result {
            Ok(page) => {
                let people: Vec<Person> = page.people.into_iter().map(person).collect();
                if self.colleagues.listed.is_none() {
                    self.colleagues.roster.add(people.clone());
                }
                reading.people.extend(people);
                reading.pages += 1;
                match page.next {
                    Some(next) if reading.pages < MOST_PAGES => {
                        self.colleagues.reading = Some(reading);
                        self.read_page(Some(next));
                    }
                    Some(_) | None => {
                        self.colleagues.roster.replace_all(reading.people, now);
                        self.colleagues.listed = Some(now);
                        self.colleagues.failed = None;
                        self.colleagues.next_list = Some(later(now, FULL_LIST));
                    }
                }
                self.colleagues.read_soon(now);
            }
            Err(error) => {
                tracing::warn!(%error, "the directory was not read");
                let wait = match &error {
                    GraphError::Unauthorized { .. } | GraphError::Throttled { .. } => {
                        self.graph_failed(&error)
                    }
                    GraphError::NotAllowed { .. }
                    | GraphError::NotFound
                    | GraphError::Refused { .. }
                    | GraphError::Server { .. }
                    | GraphError::Unreachable(_)
                    | GraphError::TimedOut
                    | GraphError::Malformed(_)
                    | GraphError::ForeignLink => FULL_LIST_RETRY,
                };
                self.colleagues.failed = Some(format!("{error}."));
                self.colleagues.next_list = Some(later(now, wait));
            }
        }
    }

    fn read_presences(&mut self, now: Timestamp) {
        self.colleagues.next_presences = None;
        let (Some(graph), Some((token, _))) = (self.graph.clone(), self.login.credentials()) else {
            return;
        };
        let ids = self.colleagues.ask_for();
        if ids.is_empty() {
            self.colleagues.next_presences = Some(later(now, WHILE_OPEN));
            return;
        }
        self.colleagues.asking = true;
        let report = self.report.clone();
        tokio::spawn(async move {
            drop(report.send(Outcome::Presences(graph.presences(&token, &ids).await)));
        });
    }

    pub(super) fn presences_read(&mut self, result: Result<Vec<(ObjectId, TeamsState)>, GraphError>) {
        let now = self.clock.now();
        let usual = if self.front.open { WHILE_OPEN } else { WHILE_CLOSED };
        self.colleagues.asking = false;
        match result {
            Ok(found) => {
                let first = self.colleagues.read.is_none();
                for (id, state) in found {
                    self.colleagues.roster.set_teams(&id, state, now);
                }
                self.colleagues.read = Some(now);
                self.colleagues.roster.reorder(now, first);
                // People who came while this was under way have asked for an earlier one.
                let usual = later(now, usual);
                let next = self.colleagues.next_presences.map_or(usual, |soon| soon.min(usual));
                self.colleagues.next_presences = Some(next);
            }
            Err(error) => {
                tracing::info!(%error, "colleagues' presence was not read");
                let wait = self.graph_failed(&error);
                if self.colleagues.read.is_some_and(|at| later(at, TOO_OLD) <= now) {
                    self.colleagues.roster.teams_unknown(now);
                    self.colleagues.roster.reorder(now, false);
                }
                self.colleagues.next_presences = Some(later(now, wait));
            }
        }
    }

    pub(super) fn colleagues_due(&mut self, now: Timestamp) {
        if self.login.active().is_none() {
            return self.colleagues.rest();
        }
        if self.colleagues.next_list.is_some_and(|at| at <= now) {
            self.read_directory_now();
        }
        if !self.colleagues.asking && self.colleagues.next_presences.is_some_and(|at| at <= now) {
            self.read_presences(now);
        }
    }
}

impl Colleagues {
    /// Nobody is signed in: nothing is due until somebody is.
    fn rest(&mut self) {
        self.next_presences = None;
        self.next_list = None;
    }
}

fn person(found: DirectoryPerson) -> Person {
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

impl Redate for Colleagues {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            roster,
            listed,
            failed: _,
            read,
            next_list,
            reading: _,
            next_presences,
            asking: _,
            visible: _,
            rotation: _,
        } = self;
        roster.redate(by);
        for moment in [listed, read, next_list, next_presences] {
            moment.redate(by);
        }
    }
}
