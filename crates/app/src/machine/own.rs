//! The agent's own presence in Teams: when it is read, and what is known of it.
//!
//! Decides nothing about what is written. A read that fails never becomes a state.

mod pace;

use std::time::Duration;

use graph::Me;
use jiff::{SignedDuration, Timestamp};
use presence::{
    engine::{self, Event},
    redate::Redate,
    teams::{Reading, TeamsState},
};

pub(crate) use self::pace::Need;
use presence::moment::later;

use self::pace::ReadPace;
use super::gate::NextRequest;

/// A state that was read this recently is not read again only because something begins to depend on it.
const RECENT: Duration = Duration::from_secs(5);

/// What comes in.
#[derive(Debug)]
pub(crate) enum OwnIn {
    /// Somebody is signed in, or signed in again.
    SignedIn,
    /// Another person is signed in: what was read so far is not their presence.
    AnotherPerson,
    /// Something depends on a reading that leaves now.
    ReadNow,
    /// A reading is needed; one that is on its way already will do.
    ReadSoon,
    /// The read was not sent, and may not be sent before this moment.
    Held(Timestamp),
    /// Nobody is signed in, so the read was not sent.
    SignedOut,
    /// The read succeeded.
    Read(Reading),
    /// The read failed.
    Failed {
        /// When the next one may leave.
        next: NextRequest,
        /// Graph asked for fewer requests.
        slowed: bool,
    },
    /// Something else depends on the readings now.
    Needs(Need),
    /// The read was sent for somebody else, with an older token, or before the clock was set: it says nothing.
    Outdated,
    /// Who is signed in, by the directory.
    Profile(Me),
    /// That could not be read, and may not be read before this moment.
    NoProfile(Timestamp),
    /// The deadline has come.
    Due,
}

/// What it asks for.
#[derive(Debug, PartialEq)]
pub(crate) enum OwnOut {
    /// Read the presence.
    Read,
    /// Read who is signed in.
    ReadProfile,
    /// An event for the engine.
    Engine(Event),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct OwnPresenceReader {
    pace: ReadPace,
    /// A state that could not be read again for this long is unknown. One poll that fails does not make it so.
    known_for: Duration,
    /// The longest time between two reads that the engine knows of, while something depends on them.
    longest: Duration,
    /// The last known state and since when, as far as seen.
    state: Option<(TeamsState, Option<Timestamp>)>,
    read: Option<Timestamp>,
    known: bool,
    /// The last try was not answered with a reading.
    fails: bool,
    next: Option<Timestamp>,
    asking: bool,
    /// Somebody asked for a later reading than the one on its way.
    again: bool,
    profile: Option<Me>,
    next_profile: Option<Timestamp>,
}

impl OwnPresenceReader {
    /// Nothing is known, and nothing is read before somebody is signed in. `seed` should differ from machine to
    /// machine.
    pub(crate) fn new(pace: engine::Pace, seed: u64) -> Self {
        Self {
            pace: ReadPace::new(pace.poll, seed),
            known_for: pace.known_for,
            longest: pace.poll,
            state: None,
            read: None,
            known: false,
            fails: false,
            next: None,
            asking: false,
            again: false,
            profile: None,
            next_profile: None,
        }
    }

    /// Keeps the pace of the previous run, which read from the same Graph. What it had read is read again.
    pub(crate) fn continue_from(&mut self, former: Self) {
        self.pace = former.pace.for_next_run();
    }

    pub(crate) fn on(&mut self, input: OwnIn, now: Timestamp) -> Vec<OwnOut> {
        let mut out = self.take_in(input, now);
        let longest = self.pace.longest();
        if std::mem::replace(&mut self.longest, longest) != longest {
            out.push(OwnOut::Engine(Event::Polls(longest)));
        }
        out
    }

    fn take_in(&mut self, input: OwnIn, now: Timestamp) -> Vec<OwnOut> {
        match input {
            OwnIn::SignedIn => {
                // One that is on its way already was asked for because of the login.
                let mut out = if self.asking { Vec::new() } else { self.read_now() };
                if self.profile.is_none() {
                    self.next_profile = None;
                    out.push(OwnOut::ReadProfile);
                }
                out
            }
            OwnIn::AnotherPerson => {
                // A read that is on its way still comes back.
                (self.state, self.read, self.known, self.fails) = (None, None, false, false);
                (self.next, self.profile, self.next_profile) = (None, None, None);
                self.read_now()
            }
            OwnIn::ReadNow => self.read_now(),
            OwnIn::ReadSoon if self.asking => Vec::new(),
            OwnIn::ReadSoon => self.read_now(),
            OwnIn::Held(until) => {
                (self.asking, self.fails, self.next) = (false, true, Some(until));
                self.age(now)
            }
            OwnIn::SignedOut => {
                (self.asking, self.again, self.next) = (false, false, None);
                self.lose()
            }
            OwnIn::Read(reading) => {
                self.pace.speed_up();
                self.next = Some(later(now, self.pace.next()));
                let mut out = self.take(reading, now);
                out.extend(self.answered());
                out
            }
            OwnIn::Failed { next, slowed } => {
                if slowed {
                    self.pace.slow_down();
                }
                self.next = Some(match next {
                    NextRequest::AsUsual => later(now, self.pace.next()),
                    NextRequest::OnceMore(at)
                    | NextRequest::Wait(at)
                    | NextRequest::Renew { not_before: at, .. } => at,
                });
                (self.asking, self.again, self.fails) = (false, false, true);
                self.age(now)
            }
            OwnIn::Needs(need) => {
                // A wait that Graph asked for is kept.
                if self.pace.needs(need) && !self.fails {
                    let soon = self.read.map_or(now, |read| later(read, RECENT).max(now));
                    self.next = self.next.map(|at| at.min(soon));
                }
                Vec::new()
            }
            OwnIn::Outdated => {
                self.again = true;
                self.answered()
            }
            OwnIn::Profile(me) => {
                self.profile = Some(me);
                Vec::new()
            }
            OwnIn::NoProfile(at) => {
                self.next_profile = Some(at);
                Vec::new()
            }
            OwnIn::Due => {
                let mut out = self.age(now);
                if !self.asking && self.next.take_if(|at| *at <= now).is_some() {
                    out.extend(self.read_now());
                }
                if self.next_profile.take_if(|at| *at <= now).is_some() {
                    out.push(OwnOut::ReadProfile);
                }
                out
            }
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        let next = self.next.filter(|_| !self.asking);
        [next, self.next_profile, self.unknown_at()].into_iter().flatten().min()
    }

    /// What Teams shows; none while that is not known.
    pub(crate) fn current(&self) -> Option<(&TeamsState, Option<Timestamp>)> {
        self.state.as_ref().filter(|_| self.known).map(|(state, since)| (state, *since))
    }

    /// What depends on the readings.
    pub(crate) fn need(&self) -> Need {
        self.pace.need()
    }

    /// When it was last read.
    pub(crate) fn last_read(&self) -> Option<Timestamp> {
        self.read
    }

    /// Who is signed in, by the directory.
    pub(crate) fn profile(&self) -> Option<&Me> {
        self.profile.as_ref()
    }

    /// A read that is on its way may be too old, so another follows it.
    fn read_now(&mut self) -> Vec<OwnOut> {
        if self.asking {
            self.again = true;
            return Vec::new();
        }
        (self.asking, self.again, self.next) = (true, false, None);
        vec![OwnOut::Read]
    }

    fn answered(&mut self) -> Vec<OwnOut> {
        self.asking = false;
        if self.again { self.read_now() } else { Vec::new() }
    }

    fn take(&mut self, reading: Reading, now: Timestamp) -> Vec<OwnOut> {
        let since = match &self.state {
            Some((state, since)) if *state == reading.state => *since,
            Some(_) => Some(now),
            None => None,
        };
        self.state = Some((reading.state.clone(), since));
        self.read = Some(reading.at);
        (self.known, self.fails) = (true, false);
        vec![OwnOut::Engine(Event::Teams(reading))]
    }

    /// When a state that cannot be read again is unknown.
    fn unknown_at(&self) -> Option<Timestamp> {
        self.read.filter(|_| self.known && self.fails).map(|read| later(read, self.known_for))
    }

    fn age(&mut self, now: Timestamp) -> Vec<OwnOut> {
        if self.unknown_at().is_some_and(|at| at <= now) { self.lose() } else { Vec::new() }
    }

    fn lose(&mut self) -> Vec<OwnOut> {
        self.known = false;
        vec![OwnOut::Engine(Event::TeamsLost)]
    }
}

impl Redate for OwnPresenceReader {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            pace: _,
            known_for: _,
            longest: _,
            state,
            read,
            known: _,
            fails: _,
            next,
            asking: _,
            again: _,
            profile: _,
            next_profile,
        } = self;
        if let Some((_, since)) = state {
            since.redate(by);
        }
        read.redate(by);
        next.redate(by);
        next_profile.redate(by);
    }
}

#[cfg(test)]
mod tests;
