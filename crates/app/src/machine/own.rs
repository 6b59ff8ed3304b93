//! The agent's own presence in Teams: when it is read, and what is known of it.
//!
//! Decides nothing about what is written. A read that fails never becomes a state.

use std::time::Duration;

use graph::Me;
use jiff::{SignedDuration, Timestamp};
use presence::{
    engine::Event,
    redate::Redate,
    teams::{Reading, TeamsState},
};

use super::gate::Next;
use crate::clock::later;

/// A state that cannot be read again within this time after it was read is unknown until then.
const KNOWN_FOR: Duration = Duration::from_secs(45);

/// What comes in.
#[derive(Debug)]
pub(crate) enum OwnIn {
    /// Somebody is signed in, or signed in again.
    SignedIn,
    /// The person's presence that was read so far is somebody else's now.
    AnotherPerson,
    /// Something depends on a reading that leaves now.
    ReadNow,
    /// The read was not sent: not before this moment.
    Held(Timestamp),
    /// Nobody is signed in, so the read was not sent.
    SignedOut,
    /// The read succeeded.
    Read(Reading),
    /// The read failed.
    Failed(Next),
    /// The read was sent for somebody else, with an older token, or before the clock was set: it says nothing.
    Outdated,
    /// Who is signed in, by the directory.
    Profile(Me),
    /// That could not be read: not before this moment.
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
    /// Something for the engine.
    Engine(Event),
}

/// See the module.
#[derive(Debug)]
pub(crate) struct OwnPresence {
    between: Duration,
    /// The last known state and since when, as far as seen.
    state: Option<(TeamsState, Option<Timestamp>)>,
    read: Option<Timestamp>,
    known: bool,
    next: Option<Timestamp>,
    asking: bool,
    /// Somebody asked for a later reading than the one on its way.
    again: bool,
    profile: Option<Me>,
    next_profile: Option<Timestamp>,
}

impl OwnPresence {
    /// Nothing is known, and nothing is read before somebody is signed in. `between` two reads that nobody asks for is
    /// this long.
    pub(crate) fn new(between: Duration) -> Self {
        Self {
            between,
            state: None,
            read: None,
            known: false,
            next: None,
            asking: false,
            again: false,
            profile: None,
            next_profile: None,
        }
    }

    pub(crate) fn on(&mut self, input: OwnIn, now: Timestamp) -> Vec<OwnOut> {
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
                *self = Self { asking: self.asking, again: self.again, ..Self::new(self.between) };
                self.read_now()
            }
            OwnIn::ReadNow => self.read_now(),
            OwnIn::Held(until) => {
                self.asking = false;
                self.next = Some(until);
                let is_too_long = self.read.is_none_or(|read| later(read, KNOWN_FOR) < until);
                if self.known && is_too_long { self.lose() } else { Vec::new() }
            }
            OwnIn::SignedOut => {
                (self.asking, self.again, self.next) = (false, false, None);
                self.lose()
            }
            OwnIn::Read(reading) => {
                self.next = Some(later(now, self.between));
                let mut out = self.take(reading, now);
                out.extend(self.answered());
                out
            }
            OwnIn::Failed(next) => {
                let (at, out) = match next {
                    // Nothing is known to be wrong yet, and the answer is a second away.
                    Next::OnceMore(at) => (at, Vec::new()),
                    Next::AsUsual => (later(now, self.between), self.lose()),
                    Next::Wait(at) | Next::Renew { not_before: at, .. } => (at, self.lose()),
                };
                self.next = Some(at);
                self.asking = false;
                self.again = false;
                out
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
                let mut out = Vec::new();
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
        [self.next.filter(|_| !self.asking), self.next_profile].into_iter().flatten().min()
    }

    /// What Teams shows; none while that is not known.
    pub(crate) fn current(&self) -> Option<(&TeamsState, Option<Timestamp>)> {
        self.state.as_ref().filter(|_| self.known).map(|(state, since)| (state, *since))
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
        self.known = true;
        vec![OwnOut::Engine(Event::Teams(reading))]
    }

    fn lose(&mut self) -> Vec<OwnOut> {
        self.known = false;
        vec![OwnOut::Engine(Event::TeamsLost)]
    }
}

impl Redate for OwnPresence {
    fn redate(&mut self, by: SignedDuration) {
        let Self { between: _, state, read, known: _, next, asking: _, again: _, profile: _, next_profile } =
            self;
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
