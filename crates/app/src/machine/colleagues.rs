//! Colleagues in Amazon Connect: who they are, read in full once an hour, and the states of those whom somebody looks
//! at.
//!
//! Reads nothing while nobody looks and nobody is waited for; one request at a time, within the quota that the whole
//! company shares. Credentials are held in memory only. It does not know which person of the directory a user is.

mod inputs;
mod line;
mod pace;
mod readings;
mod statuses;
#[cfg(test)]
mod tests;
mod users;

use connect::api::{ApiError, Credentials, CurrentUsers, ErrorKind, UserAddresses};
use jiff::{SignedDuration, Timestamp};
use presence::{moment::later, redate::Redate};
use view::facts::Trouble;

pub(crate) use self::inputs::{
    ColleaguesAnswer, ColleaguesContext, ColleaguesIn, ColleaguesOut, ColleaguesRequest, IdTokenFacts,
    UserPresence,
};
use self::{
    line::{Errand, ErrandLines},
    pace::{CREDENTIALS_FOR, RequestPace, SOON},
    readings::Readings,
    statuses::StatusList,
    users::UserList,
};

/// See the module.
#[derive(Debug)]
pub(crate) struct Colleagues {
    /// There is a source to read them from.
    is_set_up: bool,
    needed: bool,
    login: Option<IdTokenFacts>,
    /// When the ID token that has ended before its session was issued.
    ended: Option<Timestamp>,
    credentials: Option<(Credentials, Timestamp)>,
    /// The request that is on its way.
    asking: Option<(u64, Errand)>,
    number: u64,
    lines: ErrandLines,
    pace: RequestPace,
    /// No request leaves before this.
    not_before: Option<Timestamp>,
    users: UserList,
    statuses: StatusList,
    readings: Readings,
    states_at: Option<Timestamp>,
    addresses_at: Option<Timestamp>,
    /// When a person last asked for everything, or when that request is granted.
    refreshed: Option<Timestamp>,
}

impl Colleagues {
    /// `seed` should differ from machine to machine.
    pub(crate) fn new(is_set_up: bool, seats: u32, seed: u64) -> Self {
        Self {
            is_set_up,
            needed: false,
            login: None,
            ended: None,
            credentials: None,
            asking: None,
            number: 0,
            lines: ErrandLines::new(seed),
            pace: RequestPace::new(seats, seed),
            not_before: None,
            users: UserList::default(),
            statuses: StatusList::default(),
            readings: Readings::default(),
            states_at: None,
            addresses_at: None,
            refreshed: None,
        }
    }

    pub(crate) fn on(
        &mut self,
        input: ColleaguesIn,
        context: &ColleaguesContext<'_>,
        now: Timestamp,
    ) -> Vec<ColleaguesOut> {
        match input {
            ColleaguesIn::Login(login) => {
                let person = |login: &Option<IdTokenFacts>| login.as_ref().map(|login| login.person.clone());
                if person(&self.login) != person(&login) {
                    self.forget_login();
                }
                self.login = login;
                self.lines.login_renewed();
                Vec::new()
            }
            ColleaguesIn::Needed(needed) => {
                if needed && !self.needed {
                    // A reading that began before says nothing about now.
                    self.readings.interrupt();
                    self.hurry(now);
                }
                self.needed = needed;
                Vec::new()
            }
            ColleaguesIn::Scrolled => {
                if self.readings.lacks(context.first) {
                    self.hurry(now);
                }
                Vec::new()
            }
            ColleaguesIn::Refresh => {
                let soon = match self.refreshed {
                    Some(granted) if now < granted => granted,
                    Some(granted) => later(granted, pace::BETWEEN_REFRESHES).max(now),
                    None => now,
                };
                self.refreshed = Some(soon);
                self.users.read_again(soon);
                self.statuses.read_again(soon);
                self.hurry(now);
                self.lines.try_again();
                Vec::new()
            }
            ColleaguesIn::Seats(seats) => {
                self.pace.set_seats(seats);
                Vec::new()
            }
            ColleaguesIn::NetworkReturned => {
                self.lines.network_returned();
                Vec::new()
            }
            ColleaguesIn::Answered { number, result } => match self.asking {
                Some((current, errand)) if current == number => {
                    self.asking = None;
                    self.answered(errand, result, context, now)
                }
                Some(_) | None => Vec::new(),
            },
            ColleaguesIn::Due => self.due(context, now),
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.next().map(|(at, _)| at)
    }

    /// There is a source to read colleagues' statuses from.
    pub(crate) fn is_set_up(&self) -> bool {
        self.is_set_up
    }

    /// What is wrong with reading them, until it works again.
    pub(crate) fn trouble(&self) -> Option<&Trouble<ApiError>> {
        self.lines.trouble()
    }

    /// How many users the instance has, once that is known.
    pub(crate) fn known(&self) -> Option<usize> {
        self.users.known()
    }

    /// When states were last read.
    pub(crate) fn last_read(&self) -> Option<Timestamp> {
        self.readings.last_read()
    }

    /// The login that is known.
    pub(crate) fn login(&self) -> Option<&IdTokenFacts> {
        self.login.as_ref()
    }

    /// Somebody looks at colleagues or waits for one.
    pub(crate) fn is_needed(&self) -> bool {
        self.needed
    }

    /// Stops everything that is read in the name of the last person.
    fn forget_login(&mut self) {
        (self.credentials, self.asking) = (None, None);
        self.users.interrupt();
        self.readings.interrupt();
        self.statuses.interrupt();
    }

    /// When the next request may leave, and for what.
    fn next(&self) -> Option<(Timestamp, Errand)> {
        if !self.is_set_up || !self.needed || self.asking.is_some() {
            return None;
        }
        let login = self.login.as_ref()?;
        let start = Some(Timestamp::MIN);
        let errands = [
            (self.users.at(), Errand::Users),
            (Some(self.statuses.at()), Errand::Statuses),
            // Until the users are known, there is nobody whose state could be asked for.
            (self.states_at.or(start).filter(|_| self.users.is_listed()), Errand::States),
            (self.addresses_at.or(start).filter(|_| self.users.lacks_addresses()), Errand::Addresses),
        ];
        let allowed = |errand| self.lines.not_before(errand).max(self.not_before);
        let (at, errand) = errands
            .into_iter()
            .filter_map(|(at, errand)| Some((at?.max(allowed(errand).unwrap_or(Timestamp::MIN)), errand)))
            .min_by_key(|(at, errand)| (*at, *errand))?;
        let lasts = self.credentials.as_ref().is_some_and(|(_, until)| at < *until);
        if lasts {
            return Some((at, errand));
        }
        // A token that has ended gives no credentials: the next one comes with a refresh.
        (self.ended != Some(login.issued))
            .then(|| (at.max(allowed(Errand::Credentials).unwrap_or(Timestamp::MIN)), Errand::Credentials))
    }

    fn due(&mut self, context: &ColleaguesContext<'_>, now: Timestamp) -> Vec<ColleaguesOut> {
        let Some((_, errand)) = self.next().filter(|(at, _)| *at <= now) else { return Vec::new() };
        let ask = match errand {
            Errand::Credentials => return self.assume(now),
            Errand::Users => ColleaguesRequest::Users(self.users.page()),
            Errand::Statuses => ColleaguesRequest::Statuses(self.statuses.page()),
            Errand::States => match self.readings.ask(context, self.statuses.all()) {
                Some(ask) => ask,
                None => {
                    self.states_at = Some(self.pace.usual(now, 1));
                    return Vec::new();
                }
            },
            Errand::Addresses => match self.users.without_addresses() {
                Some(user) => ColleaguesRequest::Addresses(user),
                None => return Vec::new(),
            },
        };
        let Some((credentials, _)) = self.credentials.clone() else { return Vec::new() };
        let number = self.send(errand, now);
        vec![ColleaguesOut::Read { number, ask, credentials }]
    }

    fn assume(&mut self, now: Timestamp) -> Vec<ColleaguesOut> {
        let Some(login) = &self.login else { return Vec::new() };
        if login.ends <= later(now, SOON) {
            return self.id_token_ended(login.issued, now);
        }
        vec![ColleaguesOut::Assume { number: self.send(Errand::Credentials, now) }]
    }

    fn send(&mut self, errand: Errand, now: Timestamp) -> u64 {
        self.number += 1;
        self.asking = Some((self.number, errand));
        self.not_before = Some(later(now, pace::BETWEEN_REQUESTS));
        self.number
    }

    fn answered(
        &mut self,
        errand: Errand,
        result: Result<ColleaguesAnswer, ApiError>,
        context: &ColleaguesContext<'_>,
        now: Timestamp,
    ) -> Vec<ColleaguesOut> {
        match result {
            Ok(found) => {
                self.lines.succeeded(errand);
                self.take(found, context, now)
            }
            Err(error) => self.failed(errand, error, now),
        }
    }

    fn take(
        &mut self,
        found: ColleaguesAnswer,
        context: &ColleaguesContext<'_>,
        now: Timestamp,
    ) -> Vec<ColleaguesOut> {
        match found {
            ColleaguesAnswer::Credentials(credentials) => {
                self.credentials = Some((credentials, later(now, CREDENTIALS_FOR)));
                // The next request has waited for these.
                self.not_before = None;
                Vec::new()
            }
            ColleaguesAnswer::Users(page) => {
                let next = self.pace.list(now);
                let is_whole = self.users.take(page, now, next);
                self.known_users(is_whole)
            }
            ColleaguesAnswer::Statuses(page) => {
                self.statuses.take(page, self.pace.list(now));
                Vec::new()
            }
            ColleaguesAnswer::States(page) => self.take_states(page, context, now),
            ColleaguesAnswer::Addresses(addresses) => self.take_addresses(addresses, now),
        }
    }

    fn take_addresses(&mut self, addresses: UserAddresses, now: Timestamp) -> Vec<ColleaguesOut> {
        self.addresses_at = Some(self.pace.addresses(now));
        let are_enough = self.users.take_addresses(addresses, now);
        self.known_users(are_enough)
    }

    /// Reports the users, if something about them is new.
    fn known_users(&self, is_new: bool) -> Vec<ColleaguesOut> {
        if is_new { vec![ColleaguesOut::Known(self.users.colleagues())] } else { Vec::new() }
    }

    fn take_states(
        &mut self,
        page: CurrentUsers,
        context: &ColleaguesContext<'_>,
        now: Timestamp,
    ) -> Vec<ColleaguesOut> {
        let used_for = self.pace.used_for(self.readings.calls(), self.readings.rounds());
        let recent = now.checked_sub(used_for).unwrap_or(Timestamp::MIN);
        let Some(reading) = self.readings.take(page, now, recent) else {
            self.states_at = None;
            return Vec::new();
        };
        self.states_at = Some(self.pace.usual(now, self.readings.calls()));
        // A user who is missing for the first time may be logged out; users who came on screen since were not asked
        // for.
        if reading.has_missing || self.readings.lacks(context.first) {
            self.hurry(now);
        }
        vec![ColleaguesOut::States { states: reading.states, until: later(now, used_for) }]
    }

    /// Brings the next reading of states forward, as far as the quota allows.
    fn hurry(&mut self, now: Timestamp) {
        let soon = later(
            self.readings.last_read().unwrap_or(Timestamp::MIN),
            self.pace.shortest(self.readings.calls()),
        );
        let soon = soon.max(now);
        self.states_at = self.states_at.map(|at| at.min(soon));
    }

    fn failed(&mut self, errand: Errand, error: ApiError, now: Timestamp) -> Vec<ColleaguesOut> {
        match errand {
            Errand::Users => self.users.interrupt(),
            Errand::States => {
                self.readings.interrupt();
                self.states_at = Some(self.pace.usual(now, self.readings.calls()));
            }
            Errand::Statuses => self.statuses.interrupt(),
            Errand::Credentials => {}
            // A user who is gone, or whose entry cannot be read, must not hold up the others.
            Errand::Addresses if error.kind() == ErrorKind::Refused => {
                return self.take_addresses(UserAddresses::default(), now);
            }
            Errand::Addresses => {}
        }
        let kind = error.kind();
        self.lines.failed(errand, error, now);
        if kind == ErrorKind::Credentials {
            self.credentials = None;
        }
        match (errand, kind, &self.login) {
            (Errand::Credentials, ErrorKind::Credentials, Some(login)) => {
                self.id_token_ended(login.issued, now)
            }
            (Errand::Addresses, ErrorKind::NotAllowed, _) => {
                let is_new = self.users.forbid();
                self.known_users(is_new)
            }
            (_, _, _) => Vec::new(),
        }
    }

    fn id_token_ended(&mut self, issued: Timestamp, now: Timestamp) -> Vec<ColleaguesOut> {
        self.ended = Some(issued);
        self.lines.lacks_login(now);
        vec![ColleaguesOut::IdTokenEnded { issued }]
    }
}

impl Redate for Colleagues {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            is_set_up: _,
            needed: _,
            login,
            ended,
            credentials,
            asking: _,
            number: _,
            lines,
            pace: _,
            not_before,
            users,
            statuses,
            readings,
            states_at,
            addresses_at,
            refreshed,
        } = self;
        // The end is a time of Entra's clock.
        if let Some(IdTokenFacts { person: _, issued, ends: _ }) = login {
            issued.redate(by);
        }
        if let Some((_, until)) = credentials {
            until.redate(by);
        }
        lines.redate(by);
        users.redate(by);
        statuses.redate(by);
        readings.redate(by);
        for moment in [ended, not_before, states_at, addresses_at, refreshed] {
            moment.redate(by);
        }
    }
}
