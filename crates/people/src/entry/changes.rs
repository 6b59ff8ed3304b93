//! Changes an entry by new data, and reports whether its row looks different. It moves no row.

use jiff::Timestamp;
use presence::teams::TeamsState;

use super::{ConnectSeen, ConnectSide, Entry, Marks, Pairing, Place, teams::TeamsSide};
use crate::{Colleague, Country, Person, PersonId, Reachability, collation::sort_key, search::SearchText};

impl Entry {
    /// A person of the directory. `region` is the country of numbers without a country code.
    pub(crate) fn of_person(person: Person, region: Option<Country>) -> Self {
        let person = person.shown();
        Self::new(PersonId::Entra(person.id.clone()), (Some(TeamsSide::new(person)), None), region)
    }

    /// A user of Connect who is not joined with a person of the directory.
    pub(crate) fn of_colleague(side: ConnectSide, region: Option<Country>) -> Self {
        Self::new(PersonId::Connect(side.colleague.user.clone()), (None, Some(side)), region)
    }

    fn new(
        id: PersonId,
        (teams, connect): (Option<TeamsSide>, Option<ConnectSide>),
        region: Option<Country>,
    ) -> Self {
        let mut entry = Self {
            id,
            teams,
            connect,
            pairing: Pairing::Alone,
            region,
            search_text: SearchText::default(),
            sort_key: String::new(),
            department_key: String::new(),
            place: Place::Unknown,
            listed: false,
            marks: Marks::default(),
        };
        entry.place = entry.current_place();
        entry.update_derived();
        entry
    }

    /// Updates the keys and the search text, which are derived from both sides.
    fn update_derived(&mut self) {
        self.sort_key = sort_key(self.name());
        self.department_key = self.department().map(sort_key).unwrap_or_default();
        self.search_text = SearchText::new(self.person(), self.colleague(), self.region);
    }

    /// Changes the country of numbers without a country code.
    pub(crate) fn set_region(&mut self, region: Option<Country>) {
        self.region = region;
        if let Some(teams) = &mut self.teams {
            teams.discard_numbers();
        }
        self.update_derived();
    }

    pub(crate) fn search_text(&self) -> &SearchText {
        &self.search_text
    }

    /// The numbers as digits only, in every spelling.
    pub(crate) fn digits(&self) -> impl Iterator<Item = &str> {
        self.search_text.numbers()
    }

    /// Replaces the data of the person. Returns whether they differ.
    pub(crate) fn update(&mut self, person: Person) -> bool {
        let Some(teams) = &mut self.teams else { return false };
        let person = person.shown();
        if teams.person == person {
            return false;
        }
        teams.person = person;
        teams.discard_numbers();
        self.update_derived();
        true
    }

    /// Replaces the data of the user. Returns whether they differ.
    pub(crate) fn update_colleague(&mut self, colleague: Colleague) -> bool {
        let Some(connect) = &mut self.connect else { return false };
        let colleague = colleague.shown();
        if connect.colleague == colleague {
            return false;
        }
        connect.colleague = colleague;
        self.update_derived();
        true
    }

    /// Adds the side of Connect of the same person; `place` is the place of its former row.
    pub(crate) fn attach_connect(&mut self, side: ConnectSide, place: Place) {
        self.search_text.add_colleague(&side.colleague);
        self.connect = Some(side);
        self.place = self.place.max(place);
    }

    /// Removes the side of Connect and returns it.
    pub(crate) fn detach_connect(&mut self) -> Option<ConnectSide> {
        let side = self.connect.take()?;
        self.pairing = Pairing::Alone;
        self.update_derived();
        Some(side)
    }

    /// Returns whether the pairing differs.
    pub(crate) fn set_pairing(&mut self, pairing: Pairing) -> bool {
        let differs = self.pairing != pairing;
        self.pairing = pairing;
        differs
    }

    /// Returns whether the photo differs.
    pub(crate) fn set_photo(&mut self, version: Option<String>) -> bool {
        let Some(teams) = &mut self.teams else { return false };
        let differs = teams.photo != version;
        teams.photo = version;
        differs
    }

    /// The place by the current states. Nobody is offline while the state of one side is not known.
    pub(crate) fn current_place(&self) -> Place {
        match self.reachability() {
            Reachability::Unknown => Place::Unknown,
            Reachability::Offline if !self.has_current_states() => Place::Unknown,
            Reachability::Offline => Place::Offline,
            Reachability::OutOfOffice
            | Reachability::Away
            | Reachability::Available
            | Reachability::Busy
            | Reachability::DoNotDisturb => Place::There,
        }
    }

    /// Sets the presence in Teams, which expires at `until`. Returns whether the row looks different.
    pub(crate) fn set_presence(&mut self, state: TeamsState, now: Timestamp, until: Timestamp) -> bool {
        self.teams.as_mut().is_some_and(|teams| teams.set_presence(state, now, until))
    }

    /// Sets the state in Connect, which expires at `until`. Returns whether the row looks different.
    pub(crate) fn set_connect_state(&mut self, seen: ConnectSeen, now: Timestamp, until: Timestamp) -> bool {
        self.connect.as_mut().is_some_and(|connect| connect.set_state(seen, now, until))
    }

    /// Expires old states. Returns whether the row looks different.
    pub(crate) fn expire(&mut self, now: Timestamp) -> bool {
        let teams = self.teams.as_mut().and_then(|teams| teams.presence.as_mut());
        let teams = teams.is_some_and(|presence| presence.expire(now));
        let connect = self.connect.as_mut().and_then(|connect| connect.seen.as_mut());
        connect.is_some_and(|seen| seen.expire(now)) || teams
    }
}
