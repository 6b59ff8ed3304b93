//! The people of the list who use Connect: who they are, whose state matters, and who is waited for.
//!
//! It reads nothing: [`Colleagues`](crate::machine::colleagues::Colleagues) decides when their states are read.

use std::{collections::BTreeMap, time::Duration};

use jiff::{SignedDuration, Timestamp};
use people::{Colleague, ConnectSeen, PersonId};
use presence::{aws::UserId, moment::later, redate::Redate};

use super::{Team, TeamOut};

/// Nobody is waited for longer than a working day.
const WAITS_FOR: Duration = Duration::from_secs(12 * 3600);
/// A notification replaces the last one, so there is time to see that one first.
const BETWEEN_NOTICES: Duration = Duration::from_secs(15);

/// Whose state matters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct WantedUsers {
    /// Those who are waited for, then those on screen.
    pub(crate) first: Vec<UserId>,
    /// Everybody else who uses Connect, the favourites first.
    pub(crate) others: Vec<UserId>,
}

/// What is known of the agent, and until when people are waited for.
#[derive(Debug, Default)]
pub(super) struct Connected {
    users: Vec<(UserId, String)>,
    own_username: Option<String>,
    waits: BTreeMap<PersonId, Timestamp>,
    /// When the agent was last notified that somebody is free.
    notified: Option<Timestamp>,
}

impl Connected {
    /// When the first wait ends by itself.
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.waits.values().min().copied()
    }
}

impl Team {
    /// Whose state in Connect matters now.
    pub(crate) fn wanted_users(&self) -> WantedUsers {
        let waited = self.roster.waited_for().iter().filter_map(|id| self.roster.user_of(id)).cloned();
        let mut first: Vec<UserId> = waited.collect();
        if !self.open {
            return WantedUsers { first, others: Vec::new() };
        }
        first.extend(self.users_on_screen());
        // One call has room for them.
        let mut others = self.roster.favourite_users();
        others.extend(self.connected.users.iter().map(|(user, _)| user.clone()));
        WantedUsers { first, others }
    }

    /// Somebody is waited for.
    pub(crate) fn waits(&self) -> bool {
        !self.roster.waited_for().is_empty()
    }

    /// The agent's user name in Connect, as it is known here.
    pub(crate) fn own_username(&self) -> Option<&str> {
        self.connected.own_username.as_deref()
    }

    pub(super) fn take_colleagues(&mut self, colleagues: Vec<Colleague>) {
        let names = colleagues.iter().map(|colleague| (colleague.user.clone(), colleague.username.clone()));
        self.connected.users = names.collect();
        self.roster.set_colleagues(colleagues);
        self.find_own_user();
    }

    pub(super) fn take_own_username(&mut self, username: String) {
        self.connected.own_username = Some(username);
        self.find_own_user();
    }

    /// User names are not case-sensitive (Connect: user names).
    fn find_own_user(&mut self) {
        let Some(own) = self.connected.own_username.as_deref().map(str::to_lowercase) else { return };
        let mut users = self.connected.users.iter();
        let user = users.find(|(_, name)| name.to_lowercase() == own).map(|(user, _)| user.clone());
        self.roster.set_own_user(user);
    }

    pub(super) fn take_connect_states(
        &mut self,
        states: Vec<(UserId, ConnectSeen)>,
        until: Timestamp,
        now: Timestamp,
    ) -> Vec<TeamOut> {
        let is_first =
            self.is_first(&states, |user| PersonId::Connect(user.clone()), |entry| entry.connect().is_some());
        for (user, seen) in states {
            self.roster.set_connect(&user, seen, now, until);
        }
        self.age(now);
        if is_first {
            self.roster.reorder(now, true);
        }
        self.freed(now)
    }

    pub(super) fn wait_for(&mut self, who: PersonId, on: bool, now: Timestamp) {
        self.roster.set_waited_for(&who, on);
        if on {
            self.connected.waits.insert(who, later(now, WAITS_FOR));
            self.next_presences = Some(now);
        } else {
            self.forget_waits();
        }
    }

    pub(super) fn end_old_waits(&mut self, now: Timestamp) {
        let over: Vec<PersonId> =
            self.connected.waits.extract_if(.., |_, until| *until <= now).map(|(who, _)| who).collect();
        for who in over {
            self.roster.set_waited_for(&who, false);
        }
    }

    /// Reports one person who is free; the others are waited for until a later reading.
    pub(super) fn freed(&mut self, now: Timestamp) -> Vec<TeamOut> {
        self.end_old_waits(now);
        if self.connected.notified.is_some_and(|notified| now < later(notified, BETWEEN_NOTICES)) {
            return Vec::new();
        }
        let Some(who) = self.roster.free_and_waited_for().into_iter().next() else { return Vec::new() };
        self.connected.notified = Some(now);
        self.roster.set_waited_for(&who, false);
        self.forget_waits();
        vec![TeamOut::Free(who)]
    }

    /// A row may have been waited for by either of its ids.
    fn forget_waits(&mut self) {
        let waiting = self.roster.waited_for();
        self.connected.waits.retain(|who, _| waiting.contains(who));
    }
}

impl Redate for Connected {
    fn redate(&mut self, by: SignedDuration) {
        let Self { users: _, own_username: _, waits, notified } = self;
        notified.redate(by);
        for until in waits.values_mut() {
            until.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
