//! The contact centre's users and what Connect shows of each: the agent as the agent panel has them, a colleague as
//! somebody put them, else as their day goes. It must not know who asks, nor how an answer looks.

mod hand;
mod seat;
mod shift;
mod staff;

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::agent::{Agent, Status};
use super::directory::Directory;
use super::floor::Floor;
pub use hand::{CannotMove, ConnectUser, ContactOverview};
use seat::Seat;
pub use seat::SeatMove;
pub(crate) use shift::Shown;
pub(crate) use staff::{GROUP, Staff, TAG, User, Who};

/// How long before the start the users' first states began.
const BEFORE: SignedDuration = SignedDuration::from_mins(10);

/// What becomes of a reading that asks for somebody who has left. AWS does not say which of the two it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Leavers {
    /// The whole reading is refused.
    #[default]
    Refused,
    /// They are not in the answer.
    Absent,
}

/// How the API's readings differ from the real states.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Reading {
    /// True leaves out users who have logged in since the previous reading.
    #[serde(default)]
    pub late_logins: bool,
    /// What becomes of colleagues who have left.
    #[serde(default)]
    pub leavers: Leavers,
}

/// What is not as usual with the users.
#[derive(Debug)]
pub(crate) struct Centre {
    opened: Timestamp,
    moved: HashMap<Uuid, Seat>,
    left: HashSet<Uuid>,
    reading: Reading,
    /// The users who were logged in at the last reading.
    known: HashSet<Uuid>,
}

/// What the users' states are derived from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sight<'a> {
    directory: &'a Directory,
    floor: &'a Floor,
    agent: &'a Agent,
    now: Timestamp,
}

impl<'a> Sight<'a> {
    pub(crate) fn new(directory: &'a Directory, floor: &'a Floor, agent: &'a Agent, now: Timestamp) -> Self {
        Self { directory, floor, agent, now }
    }
}

impl Centre {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self {
            opened: now.saturating_sub(BEFORE).unwrap_or(now),
            moved: HashMap::new(),
            left: HashSet::new(),
            reading: Reading::default(),
            known: HashSet::new(),
        }
    }

    /// When the users' first states began.
    pub(crate) fn opened(&self) -> Timestamp {
        self.opened
    }

    pub(crate) fn reading(&self) -> Reading {
        self.reading
    }

    pub(crate) fn has_left(&self, user: Uuid) -> bool {
        self.left.contains(&user)
    }

    /// What Connect knows of a user; None while they are logged out, or have left.
    pub(crate) fn shown(&self, user: &User, sight: Sight<'_>) -> Option<Shown> {
        if self.has_left(user.id) {
            return None;
        }
        if let Some(seat) = self.moved.get(&user.id) {
            return seat.shown();
        }
        match user.who {
            Who::Agent => of_agent(sight.agent),
            Who::Person(person) => {
                let person = sight.directory.find(person)?;
                shift::shown(person.id, &sight.floor.course(person, self.opened, sight.now))
            }
            // Somebody is always there.
            Who::Stranger => Some(Shown {
                status: Status::AVAILABLE,
                since: self.opened,
                next: None,
                contacts: Vec::new(),
            }),
        }
    }

    /// The users in a reading, with their states: not always everybody who is logged in.
    pub(crate) fn read<'a>(
        &mut self,
        users: impl Iterator<Item = &'a User>,
        sight: Sight<'_>,
    ) -> Vec<(&'a User, Shown)> {
        let mut read = Vec::new();
        for user in users {
            match self.shown(user, sight) {
                None => {
                    self.known.remove(&user.id);
                }
                Some(shown) => {
                    let new = self.known.insert(user.id);
                    if !(new && self.reading.late_logins) {
                        read.push((user, shown));
                    }
                }
            }
        }
        read
    }

    fn set_reading(&mut self, reading: Reading, users: &[User], sight: Sight<'_>) {
        self.reading = reading;
        self.known =
            users.iter().filter(|user| self.shown(user, sight).is_some()).map(|user| user.id).collect();
    }

    /// The state from which a colleague is moved.
    fn seat(&self, user: &User, sight: Sight<'_>) -> Seat {
        let moved = self.moved.get(&user.id).cloned();
        moved.unwrap_or_else(|| Seat::of(self.shown(user, sight), sight.now))
    }

    fn put(&mut self, user: &User, seat: Seat) {
        self.moved.insert(user.id, seat);
    }

    fn give_back(&mut self, user: Uuid) {
        self.moved.remove(&user);
    }

    /// Removes a user from the instance, or adds them again.
    fn set_left(&mut self, user: Uuid, left: bool) {
        if left {
            self.left.insert(user);
        } else {
            self.left.remove(&user);
        }
    }
}

fn of_agent(agent: &Agent) -> Option<Shown> {
    agent.login()?;
    let (status, since) = agent.chosen();
    Some(Shown { status, since, next: agent.next(), contacts: agent.contacts().to_vec() })
}
