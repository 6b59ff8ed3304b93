//! The people, what is known of them on both sides, and the list that follows from it.
//!
//! Takes in what is known and keeps the list up to date. Who is in it is in [`people`], who is who of Connect in
//! [`joins`], what the agent has marked in [`marks`], what the list looks like in [`lines`], who has a number in [`callers`].
//!
//! Favourites come first, then the agent's own department if there is no room for everybody, then everyone else; in each, people who are there, A to Z, then the others. A state that
//! changes shows in its row at once; the row moves with the next reorder, so that nothing jumps under the pointer.

mod callers;
mod joins;
mod lines;
mod marks;
mod people;
mod store;

use jiff::{SignedDuration, Timestamp};
use presence::{aws::UserId, identity::ObjectId, redate::Redate, teams::TeamsState};

pub use self::lines::LineRef;
use self::{
    joins::Joins,
    lines::Row,
    marks::MarksById,
    store::{Slot, Store},
};
use crate::{
    Country, PersonId,
    entry::Entry,
    search::{Pool, Query, Rank},
};

/// The least time between two reorders that nobody asked for.
const REORDER: SignedDuration = SignedDuration::from_secs(5);

/// What is searched, and how well each matches it, in the order of everybody.
#[derive(Debug)]
struct Search {
    query: Query,
    ranks: Vec<Option<Rank>>,
}

/// Everybody who is known, and the list of them.
#[derive(Debug)]
pub struct Roster {
    limit: Option<usize>,
    region: Option<Country>,
    own: Option<ObjectId>,
    own_user: Option<UserId>,
    store: Store,
    /// Everybody but the agent, A to Z.
    order: Vec<Slot>,
    /// So many of them are in that order already; the others came behind them.
    sorted: usize,
    /// How many of them are in the directory.
    in_directory: usize,
    joins: Joins,
    marks: MarksById,
    search: Option<Search>,
    /// What can be found of everybody, in their order; made when something is searched.
    pool: Option<Pool>,
    /// How many match what is searched.
    found: usize,
    /// For how many there is no room in the list.
    left_out: usize,
    lines: Vec<Row>,
    hides_offline: bool,
    grouped: bool,
    /// Somebody's state no longer fits their place.
    misplaced: bool,
    /// Somebody is about to press a row.
    held: bool,
    reordered: Option<Timestamp>,
    revision: u64,
}

impl Roster {
    /// Nobody yet. `limit` is the most people that are listed; none lists all. `region` is the country whose
    /// national spelling is meant if a number has no country code.
    #[must_use]
    pub fn new(limit: Option<usize>, region: Option<Country>) -> Self {
        Self {
            limit,
            region,
            own: None,
            own_user: None,
            store: Store::default(),
            order: Vec::new(),
            sorted: 0,
            in_directory: 0,
            joins: Joins::default(),
            marks: MarksById::default(),
            search: None,
            pool: None,
            found: 0,
            left_out: 0,
            lines: Vec::new(),
            hides_offline: false,
            grouped: false,
            misplaced: false,
            held: false,
            reordered: None,
            revision: 0,
        }
    }

    /// Takes another limit and region, as in [`Self::new`].
    pub fn set_scope(&mut self, limit: Option<usize>, region: Option<Country>) {
        let known = self.known();
        self.limit = limit;
        let mut looks_different = false;
        if self.region != region {
            self.region = region;
            self.store.iter_mut().for_each(|entry| entry.set_region(region));
            self.join_everybody();
            looks_different = true;
        }
        self.show(looks_different, known);
    }

    /// Takes a presence that was read at `now` and is to be used until the given moment. One of somebody unknown is
    /// dropped.
    pub fn set_teams(&mut self, id: &ObjectId, state: TeamsState, now: Timestamp, until: Timestamp) {
        let Some(entry) = self.store.get_mut(&PersonId::Entra(id.clone())) else { return };
        let looks_different = entry.see(state, now, until);
        self.misplaced |= entry.present_place() != entry.place;
        let listed = entry.listed;
        self.revise(looks_different && listed);
    }

    /// Names the version of somebody's photo that is in the cache, or none. One of somebody unknown is dropped.
    pub fn set_photo(&mut self, id: &ObjectId, version: Option<String>) {
        let Some(entry) = self.store.get_mut(&PersonId::Entra(id.clone())) else { return };
        let looks_different = entry.set_photo(version) && entry.listed;
        self.revise(looks_different);
    }

    /// States that are too old by now become unknown, each side last seen when it was last read.
    pub fn age(&mut self, now: Timestamp) {
        let mut looks_different = false;
        for entry in self.store.iter_mut() {
            looks_different |= entry.age(now) && entry.listed;
            self.misplaced |= entry.present_place() != entry.place;
        }
        self.revise(looks_different);
    }

    /// Lists only who matches what is typed: a word or more of name, address, user name, department or job title, or a
    /// number, without case and accents. Whose words begin with what is typed come first in their section. People who
    /// are offline are found even while they are hidden. Empty text lists all again.
    pub fn search(&mut self, typed: &str) {
        let (searched, found) = (self.search.is_some(), self.found);
        self.search = Query::new(typed).map(|query| {
            let pool = self.pool.take().unwrap_or_else(|| Pool::of(self.entries().map(Entry::folded)));
            let ranks = pool.ranks(&query);
            self.pool = Some(pool);
            Search { query, ranks }
        });
        let moved = self.list();
        self.revise(moved || self.search.is_some() != searched || self.found != found);
    }

    /// How many people match the search, listed or not; none while nothing is searched.
    #[must_use]
    pub fn found(&self) -> Option<usize> {
        self.search.as_ref().map(|_| self.found)
    }

    /// How many people would be listed if the list had no limit, and are not.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Hides people who are offline, or shows all again. People whose presence is not known are never hidden, nor
    /// are favourites.
    pub fn toggle_offline(&mut self) {
        self.hides_offline = !self.hides_offline;
        self.refresh_places();
        self.list();
        self.revise(true);
    }

    /// True while people who are offline are hidden.
    #[must_use]
    pub fn hides_offline(&self) -> bool {
        self.hides_offline
    }

    /// Lists the people of each department under its name, or everyone under one head.
    pub fn set_grouped(&mut self, grouped: bool) {
        if self.grouped != grouped {
            self.grouped = grouped;
            self.list();
            self.revise(true);
        }
    }

    /// True while people are listed by department.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.grouped
    }

    /// Keeps the rows where they are while somebody is about to press one, or lets them move again. Only a forced reorder
    /// moves them meanwhile.
    pub fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// Moves the rows to where their states belong; without `force` at most every 5 s, and not while they are held.
    pub fn reorder(&mut self, now: Timestamp, force: bool) {
        let moved = self.place(now, force) && self.list();
        self.revise(moved);
    }

    /// Everybody but the agent, listed or not, A to Z.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.order.iter().filter_map(|slot| self.store.at(*slot))
    }

    /// A person and their states. Somebody whose two sides are joined is found by either id.
    #[must_use]
    pub fn get(&self, id: &PersonId) -> Option<&Entry> {
        self.row_of(id)
    }

    /// How many people are known, the agent not counted.
    #[must_use]
    pub fn known(&self) -> usize {
        self.order.len()
    }

    /// How many of them are in the directory; the others have the side of Connect alone.
    #[must_use]
    pub fn in_directory(&self) -> usize {
        self.in_directory
    }

    /// How many people are listed.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.lines.iter().filter(|row| matches!(row, Row::Person(_))).count()
    }

    /// Grows with every change that can be seen in the list or its counts, and only then.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn revise(&mut self, looks_different: bool) {
        self.revision += u64::from(looks_different);
    }

    /// Lists people who may have other names, or be others. `known` is how many were known before.
    fn show(&mut self, looks_different: bool, known: usize) {
        self.sort();
        self.in_directory = self.entries().filter(|entry| entry.person().is_some()).count();
        self.pool = None;
        if let Some(Search { query, .. }) = self.search.take() {
            let pool = Pool::of(self.entries().map(Entry::folded));
            self.search = Some(Search { ranks: pool.ranks(&query), query });
            self.pool = Some(pool);
        }
        let moved = self.list();
        self.revise(moved || looks_different || self.known() != known);
    }

    fn slot_of(&self, id: &PersonId) -> Option<Slot> {
        let row = match id {
            PersonId::Entra(_) => id,
            PersonId::Connect(user) => self.joins.row(user)?,
        };
        self.store.slot(row)
    }

    fn row_of(&self, id: &PersonId) -> Option<&Entry> {
        self.store.at(self.slot_of(id)?)
    }

    /// Takes over the current places, if there is anything to move and it is time. Returns whether it did.
    fn place(&mut self, now: Timestamp, force: bool) -> bool {
        let too_soon = self.reordered.is_some_and(|at| {
            let past = now.duration_since(at);
            !past.is_negative() && past < REORDER
        });
        if !self.misplaced || ((too_soon || self.held) && !force) {
            return false;
        }
        self.reordered = Some(now);
        self.refresh_places();
        true
    }

    fn refresh_places(&mut self) {
        for entry in self.store.iter_mut() {
            entry.place = entry.present_place();
        }
        self.misplaced = false;
    }
}

impl Redate for Roster {
    /// The rows say since when, so they are drawn again.
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            limit: _,
            region: _,
            own: _,
            own_user: _,
            store,
            order: _,
            sorted: _,
            in_directory: _,
            joins: _,
            marks: _,
            search: _,
            pool: _,
            found: _,
            left_out: _,
            lines: _,
            hides_offline: _,
            grouped: _,
            misplaced: _,
            held: _,
            reordered,
            revision: _,
        } = self;
        store.iter_mut().for_each(|entry| entry.redate(by));
        reordered.redate(by);
        self.revise(true);
    }
}
