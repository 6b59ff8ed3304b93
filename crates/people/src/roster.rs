//! The people with their states on both sides, and the list of them. It reads no clock, and has no words.
//!
//! [`people`] adds and removes people, [`joins`] joins both sides, [`marks`] keeps what the agent has marked, [`lines`] builds
//! the lines, and [`callers`] finds the owners of a number.
//!
//! Favourites come first, then the agent's own department if there is no room for everybody, then everyone else. In each
//! section, people who are there come first, A to Z, then the others. A row shows a new state at once, but moves only with the
//! next reorder, so that no row moves under the pointer.

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
    lines::StoredLine,
    marks::MarksById,
    store::{Slot, Store},
};
use crate::{
    Country, PersonId,
    entry::Entry,
    search::{Query, Rank, SearchIndex},
};

/// The minimum time between two reorders that are not forced.
const REORDER_INTERVAL: SignedDuration = SignedDuration::from_secs(5);

/// The current search, and how well each person matches it, in the order of [`Roster::order`].
#[derive(Debug)]
struct ActiveSearch {
    query: Query,
    ranks: Vec<Option<Rank>>,
}

/// All known people, and the list of them.
#[derive(Debug)]
pub struct Roster {
    limit: Option<usize>,
    region: Option<Country>,
    own: Option<ObjectId>,
    own_user: Option<UserId>,
    store: Store,
    /// Everybody except the agent, A to Z.
    order: Vec<Slot>,
    /// How many at the beginning of `order` are sorted already.
    sorted: usize,
    /// How many of `order` are in the directory.
    in_directory: usize,
    joins: Joins,
    marks: MarksById,
    search: Option<ActiveSearch>,
    /// The search texts of everybody, in the order of `order`; built for the first search.
    index: Option<SearchIndex>,
    /// How many people match the search.
    found: usize,
    /// How many people are not listed because of the limit.
    left_out: usize,
    lines: Vec<StoredLine>,
    hides_offline: bool,
    is_grouped: bool,
    /// True if somebody's state no longer fits their place.
    is_misplaced: bool,
    /// True while rows must not move.
    is_held: bool,
    reordered: Option<Timestamp>,
    revision: u64,
}

impl Roster {
    /// An empty roster. `limit` is the most people that are listed; none lists all. `region` is the country of numbers without
    /// a country code.
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
            index: None,
            found: 0,
            left_out: 0,
            lines: Vec::new(),
            hides_offline: false,
            is_grouped: false,
            is_misplaced: false,
            is_held: false,
            reordered: None,
            revision: 0,
        }
    }

    /// Changes the limit and the region, see [`Self::new`].
    pub fn set_scope(&mut self, limit: Option<usize>, region: Option<Country>) {
        let known = self.known();
        self.limit = limit;
        let mut looks_different = false;
        if self.region != region {
            self.region = region;
            self.store.iter_mut().for_each(|entry| entry.set_region(region));
            self.rebuild_joins();
            looks_different = true;
        }
        self.refresh_list(looks_different, known);
    }

    /// Sets a presence that was read at `now` and expires at `until`. A presence of an unknown person is ignored.
    pub fn set_teams(&mut self, id: &ObjectId, state: TeamsState, now: Timestamp, until: Timestamp) {
        let Some(entry) = self.store.get_mut(&PersonId::Entra(id.clone())) else { return };
        let looks_different = entry.set_presence(state, now, until);
        self.is_misplaced |= entry.current_place() != entry.place;
        let listed = entry.listed;
        self.bump_revision_if(looks_different && listed);
    }

    /// Sets the version of a photo in the cache, or none. A photo of an unknown person is ignored.
    pub fn set_photo(&mut self, id: &ObjectId, version: Option<String>) {
        let Some(entry) = self.store.get_mut(&PersonId::Entra(id.clone())) else { return };
        let looks_different = entry.set_photo(version) && entry.listed;
        self.bump_revision_if(looks_different);
    }

    /// Makes states unknown that have expired by `now`.
    pub fn expire_states(&mut self, now: Timestamp) {
        let mut looks_different = false;
        for entry in self.store.iter_mut() {
            looks_different |= entry.expire(now) && entry.listed;
            self.is_misplaced |= entry.current_place() != entry.place;
        }
        self.bump_revision_if(looks_different);
    }

    /// Lists only people who match the typed words by their name, address, user name, department, job title or number, without
    /// case and accents. In each section, matches at the beginning of a word come first. Hidden people are found too. Empty
    /// text ends the search.
    pub fn search(&mut self, typed: &str) {
        let (was_searching, found) = (self.search.is_some(), self.found);
        self.search = Query::new(typed).map(|query| {
            let index =
                self.index.take().unwrap_or_else(|| SearchIndex::of(self.entries().map(Entry::search_text)));
            let ranks = index.ranks(&query);
            self.index = Some(index);
            ActiveSearch { query, ranks }
        });
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved || self.search.is_some() != was_searching || self.found != found);
    }

    /// How many people match the search, listed or not; none without a search.
    #[must_use]
    pub fn found(&self) -> Option<usize> {
        self.search.as_ref().map(|_| self.found)
    }

    /// How many people are not listed because of the limit.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Hides people who are offline, or shows them again. Favourites and people with an unknown state are never hidden.
    pub fn toggle_offline(&mut self) {
        self.hides_offline = !self.hides_offline;
        self.refresh_places();
        self.rebuild_lines();
        self.bump_revision_if(true);
    }

    /// True while people who are offline are hidden.
    #[must_use]
    pub fn hides_offline(&self) -> bool {
        self.hides_offline
    }

    /// Lists the people of each department under its name, or everyone under one heading.
    pub fn set_grouped(&mut self, is_grouped: bool) {
        if self.is_grouped != is_grouped {
            self.is_grouped = is_grouped;
            self.rebuild_lines();
            self.bump_revision_if(true);
        }
    }

    /// True while people are listed by department.
    #[must_use]
    pub fn is_grouped(&self) -> bool {
        self.is_grouped
    }

    /// Keeps the rows in place while somebody is about to press one, or lets them move again. Only a forced reorder moves them
    /// meanwhile.
    pub fn set_held(&mut self, is_held: bool) {
        self.is_held = is_held;
    }

    /// Moves the rows to the places of their states; without `force` at most every 5 s, and not while they are held.
    pub fn reorder(&mut self, now: Timestamp, force: bool) {
        let moved = self.update_places_if_due(now, force) && self.rebuild_lines();
        self.bump_revision_if(moved);
    }

    /// Everybody except the agent, listed or not, A to Z.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> + Clone {
        self.order.iter().filter_map(|slot| self.store.at(*slot))
    }

    /// The entry of a person. A person with both sides is found by either id.
    #[must_use]
    pub fn get(&self, id: &PersonId) -> Option<&Entry> {
        self.row_of(id)
    }

    /// How many people are known, without the agent.
    #[must_use]
    pub fn known(&self) -> usize {
        self.order.len()
    }

    /// How many of them are in the directory; the others have only the side of Connect.
    #[must_use]
    pub fn in_directory(&self) -> usize {
        self.in_directory
    }

    /// How many people are listed.
    #[must_use]
    pub fn listed(&self) -> usize {
        self.lines.iter().filter(|row| matches!(row, StoredLine::Person(_))).count()
    }

    /// A number that grows with every visible change of the list or its counts, and only then.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    fn bump_revision_if(&mut self, looks_different: bool) {
        self.revision += u64::from(looks_different);
    }

    /// Sorts, searches and lists everybody again after people have changed. `known` is how many were known before.
    fn refresh_list(&mut self, looks_different: bool, known: usize) {
        self.sort();
        self.in_directory = self.entries().filter(|entry| entry.person().is_some()).count();
        self.index = None;
        if let Some(ActiveSearch { query, .. }) = self.search.take() {
            let index = SearchIndex::of(self.entries().map(Entry::search_text));
            self.search = Some(ActiveSearch { ranks: index.ranks(&query), query });
            self.index = Some(index);
        }
        let moved = self.rebuild_lines();
        self.bump_revision_if(moved || looks_different || self.known() != known);
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

    /// Updates all places if one has changed and a reorder is due. Returns whether it did.
    fn update_places_if_due(&mut self, now: Timestamp, force: bool) -> bool {
        let too_soon = self.reordered.is_some_and(|at| {
            let elapsed = now.duration_since(at);
            !elapsed.is_negative() && elapsed < REORDER_INTERVAL
        });
        if !self.is_misplaced || ((too_soon || self.is_held) && !force) {
            return false;
        }
        self.reordered = Some(now);
        self.refresh_places();
        true
    }

    fn refresh_places(&mut self) {
        for entry in self.store.iter_mut() {
            entry.place = entry.current_place();
        }
        self.is_misplaced = false;
    }
}

impl Redate for Roster {
    /// Rows show since when a state lasts, so the revision grows.
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
            index: _,
            found: _,
            left_out: _,
            lines: _,
            hides_offline: _,
            is_grouped: _,
            is_misplaced: _,
            is_held: _,
            reordered,
            revision: _,
        } = self;
        store.iter_mut().for_each(|entry| entry.redate(by));
        reordered.redate(by);
        self.bump_revision_if(true);
    }
}
