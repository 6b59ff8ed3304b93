//! What the list does with an entry: it takes in what is newly known, and says whether the row looks different.

use jiff::Timestamp;
use presence::teams::TeamsState;

use super::{ConnectSeen, ConnectSide, Entry, Marks, Pairing, Place, teams::TeamsSide};
use crate::{Badge, Colleague, Country, Person, PersonId, collation::sort_key, search::Folded};

impl Entry {
    /// Somebody of the directory. `region` is the country whose national spelling the numbers may have.
    pub(crate) fn of_person(person: Person, region: Option<Country>) -> Self {
        let person = person.shown();
        Self::new(PersonId::Entra(person.id.clone()), (Some(TeamsSide::new(person)), None), region)
    }

    /// Somebody of Connect who is nobody of the directory.
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
            folded: Folded::default(),
            sort_key: String::new(),
            department_key: String::new(),
            place: Place::Unknown,
            listed: false,
            marks: Marks::default(),
        };
        entry.place = entry.present_place();
        entry.derive();
        entry
    }

    /// What follows from who it is.
    fn derive(&mut self) {
        self.sort_key = sort_key(self.name());
        self.department_key = self.department().map(sort_key).unwrap_or_default();
        self.folded = Folded::new(self.person(), self.colleague(), self.region);
    }

    /// Takes the numbers as spelled in another country.
    pub(crate) fn set_region(&mut self, region: Option<Country>) {
        self.region = region;
        if let Some(teams) = &mut self.teams {
            teams.forget_numbers();
        }
        self.derive();
    }

    pub(crate) fn folded(&self) -> &Folded {
        &self.folded
    }

    /// The numbers as digits only, in every spelling.
    pub(crate) fn digits(&self) -> impl Iterator<Item = &str> {
        self.folded.numbers()
    }

    /// Takes over newer data of the same person. Returns whether it differs.
    pub(crate) fn update(&mut self, person: Person) -> bool {
        let Some(teams) = &mut self.teams else { return false };
        let person = person.shown();
        if teams.person == person {
            return false;
        }
        teams.person = person;
        teams.forget_numbers();
        self.derive();
        true
    }

    /// Takes over newer data of the same user. Returns whether it differs.
    pub(crate) fn update_colleague(&mut self, colleague: Colleague) -> bool {
        let Some(connect) = &mut self.connect else { return false };
        let colleague = colleague.shown();
        if connect.colleague == colleague {
            return false;
        }
        connect.colleague = colleague;
        self.derive();
        true
    }

    /// This is the side of Connect of the same person; `place` is where it was listed.
    pub(crate) fn attach(&mut self, side: ConnectSide, place: Place) {
        self.folded.join(&side.colleague);
        self.connect = Some(side);
        self.place = self.place.max(place);
    }

    /// Gives the side of Connect away.
    pub(crate) fn detach(&mut self) -> Option<ConnectSide> {
        let side = self.connect.take()?;
        self.pairing = Pairing::Alone;
        self.derive();
        Some(side)
    }

    /// Returns whether it differs.
    pub(crate) fn set_pairing(&mut self, pairing: Pairing) -> bool {
        let differs = self.pairing != pairing;
        self.pairing = pairing;
        differs
    }

    /// Returns whether it differs.
    pub(crate) fn set_photo(&mut self, version: Option<String>) -> bool {
        let Some(teams) = &mut self.teams else { return false };
        let differs = teams.photo != version;
        teams.photo = version;
        differs
    }

    /// Nobody is offline while one of their sides is not known: they may be there on that one.
    pub(crate) fn present_place(&self) -> Place {
        match self.badge() {
            Badge::Unknown => Place::Unknown,
            Badge::Offline if !self.is_read() => Place::Unknown,
            Badge::Offline => Place::Offline,
            Badge::OutOfOffice | Badge::Away | Badge::Available | Badge::Busy | Badge::DoNotDisturb => {
                Place::There
            }
        }
    }

    /// Takes a presence in Teams, to be used until the given moment. Returns whether the row looks different now.
    pub(crate) fn see(&mut self, state: TeamsState, now: Timestamp, until: Timestamp) -> bool {
        self.teams.as_mut().is_some_and(|teams| teams.see(state, now, until))
    }

    /// The same with what they do in Connect.
    pub(crate) fn see_connect(&mut self, seen: ConnectSeen, now: Timestamp, until: Timestamp) -> bool {
        self.connect.as_mut().is_some_and(|connect| connect.see(seen, now, until))
    }

    /// Returns whether the row looks different now, because a side of it has become too old.
    pub(crate) fn age(&mut self, now: Timestamp) -> bool {
        let teams = self.teams.as_mut().and_then(|teams| teams.presence.as_mut());
        let teams = teams.is_some_and(|presence| presence.age(now));
        let connect = self.connect.as_mut().and_then(|connect| connect.seen.as_mut());
        connect.is_some_and(|seen| seen.age(now)) || teams
    }
}
