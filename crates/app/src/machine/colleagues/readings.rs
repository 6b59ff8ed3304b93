//! Readings of what users do: page by page, and who is missing from them.
//!
//! The service leaves out users who are logged out, and may leave out a user once for other reasons: only a user who is
//! missing from two complete readings in a row counts as logged out. It does not know when the next reading is due.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    sync::Arc,
};

use connect::api::{AGENTS_A_CALL, CurrentUsers, NextPage, UserState};
use jiff::{SignedDuration, Timestamp};
use presence::{
    aws::UserId,
    connect::{AgentSnapshot, AgentStatus},
    redate::Redate,
};

use super::inputs::{ColleaguesContext, ColleaguesRequest, UserPresence};

/// A reading with more pages than this has failed.
const MOST_PAGES: usize = 20;

/// A whole reading.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CompleteReading {
    pub(super) states: Vec<(UserId, UserPresence)>,
    /// Somebody is missing for the first time.
    pub(super) has_missing: bool,
}

/// Whether a user was in the last readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LastSeen {
    /// In the reading of this moment.
    There(Timestamp),
    /// Missing from the reading of this moment, and not from the one before; `was_there` if they were in that one.
    MissingOnce { at: Timestamp, was_there: bool },
    /// Missing from the reading of this moment, too.
    Gone { at: Timestamp, since: Option<Timestamp> },
}

impl LastSeen {
    /// What follows from a reading that the user is missing from. What was seen before `recent` says nothing about now.
    fn missing(before: Option<Self>, now: Timestamp, recent: Timestamp) -> Self {
        let first = |was_there| Self::MissingOnce { at: now, was_there };
        match before {
            Some(Self::There(at)) => first(at >= recent),
            Some(Self::MissingOnce { at, was_there }) if at >= recent => {
                Self::Gone { at: now, since: was_there.then_some(at) }
            }
            Some(Self::Gone { at, since }) if at >= recent => Self::Gone { at: now, since },
            Some(Self::MissingOnce { .. } | Self::Gone { .. }) | None => first(false),
        }
    }
}

/// A reading under way.
#[derive(Debug)]
struct PartialReading {
    users: Arc<[UserId]>,
    found: Vec<UserState>,
    skipped: usize,
    page: Option<NextPage>,
    pages: usize,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Readings {
    reading: Option<PartialReading>,
    /// Who was asked for last.
    asked: Arc<[UserId]>,
    seen: BTreeMap<UserId, LastSeen>,
    read: Option<Timestamp>,
    /// Which of the others are asked for first, in turn.
    turn: usize,
    /// In how many readings everybody is read.
    rounds: u32,
    /// How many requests the last reading took.
    calls: u32,
}

impl Readings {
    /// When the last reading was complete.
    pub(super) fn last_read(&self) -> Option<Timestamp> {
        self.read
    }

    /// True if one of these was not asked for last, although there is room for them.
    pub(super) fn lacks(&self, users: &[UserId]) -> bool {
        once(users).any(|user| !self.asked.contains(user))
    }

    /// In how many readings everybody is read.
    pub(super) fn rounds(&self) -> u32 {
        self.rounds.max(1)
    }

    /// How many requests a reading takes.
    pub(super) fn calls(&self) -> u32 {
        self.calls.max(1)
    }

    /// The next request; none if nobody is asked for.
    pub(super) fn ask(
        &mut self,
        context: &ColleaguesContext<'_>,
        statuses: &Arc<[AgentStatus]>,
    ) -> Option<ColleaguesRequest> {
        let partial = match self.reading.take() {
            Some(partial) => partial,
            None => {
                let users = self.choose(context);
                PartialReading { users, found: Vec::new(), skipped: 0, page: None, pages: 0 }
            }
        };
        if partial.users.is_empty() {
            self.asked = partial.users;
            return None;
        }
        let partial = self.reading.insert(partial);
        self.asked = Arc::clone(&partial.users);
        Some(ColleaguesRequest::States {
            users: Arc::clone(&partial.users),
            statuses: if statuses.is_empty() { context.statuses.into() } else { Arc::clone(statuses) },
            page: partial.page.clone(),
        })
    }

    /// All of the first, and as many of the others as one call can name, in turn.
    fn choose(&mut self, context: &ColleaguesContext<'_>) -> Arc<[UserId]> {
        let mut users: Vec<UserId> = once(context.first).cloned().collect();
        let mut known: HashSet<&UserId> = context.first.iter().collect();
        let others: Vec<&UserId> = context.others.iter().filter(|user| known.insert(*user)).collect();
        let room = (AGENTS_A_CALL - users.len()).min(others.len());
        self.rounds = u32::try_from(others.len().div_ceil(room.max(1))).unwrap_or(u32::MAX);
        users.extend(others.iter().cycle().skip(self.turn).take(room).map(|user| (*user).clone()));
        self.turn = if others.is_empty() { 0 } else { (self.turn + room) % others.len() };
        users.into()
    }

    /// Takes a page. The whole reading comes with its last one. What was seen before `recent` says nothing about now.
    pub(super) fn take(
        &mut self,
        page: CurrentUsers,
        now: Timestamp,
        recent: Timestamp,
    ) -> Option<CompleteReading> {
        let mut partial = self.reading.take()?;
        partial.found.extend(page.users);
        partial.skipped += page.skipped;
        partial.pages += 1;
        if page.next.is_some() && page.next != partial.page && partial.pages < MOST_PAGES {
            partial.page = page.next;
            self.reading = Some(partial);
            return None;
        }
        // If an entry cannot be read, or a page never comes, a missing user may have been in it.
        let is_complete = partial.skipped == 0 && page.next.is_none();
        self.calls = u32::try_from(partial.pages).unwrap_or(u32::MAX);
        Some(self.whole(partial, is_complete, now, recent))
    }

    /// Drops a reading that fails: it says nothing about users who are missing from it.
    pub(super) fn interrupt(&mut self) {
        self.reading = None;
    }

    fn whole(
        &mut self,
        partial: PartialReading,
        is_complete: bool,
        now: Timestamp,
        recent: Timestamp,
    ) -> CompleteReading {
        self.read = Some(now);
        let asked: BTreeSet<&UserId> = partial.users.iter().collect();
        let mut found: BTreeMap<UserId, AgentSnapshot> =
            partial.found.into_iter().map(|state| (state.user, state.snapshot)).collect();
        found.retain(|user, _| asked.contains(user));
        let missing: Vec<&UserId> =
            asked.into_iter().filter(|user| is_complete && !found.contains_key(*user)).collect();
        let (mut states, mut has_missing) = (Vec::new(), false);
        for user in missing {
            let seen = LastSeen::missing(self.seen.get(user).copied(), now, recent);
            match seen {
                LastSeen::Gone { at: _, since } => {
                    states.push((user.clone(), UserPresence::LoggedOut(since)));
                }
                LastSeen::MissingOnce { .. } => has_missing = true,
                LastSeen::There(_) => {}
            }
            self.seen.insert(user.clone(), seen);
        }
        for (user, snapshot) in found {
            self.seen.insert(user.clone(), LastSeen::There(now));
            states.push((user, UserPresence::LoggedIn(snapshot)));
        }
        CompleteReading { states, has_missing }
    }
}

/// As many of them as one request can name, each once.
fn once(users: &[UserId]) -> impl Iterator<Item = &UserId> {
    let mut known = HashSet::new();
    users.iter().filter(move |user| known.insert(*user)).take(AGENTS_A_CALL)
}

impl Redate for Readings {
    fn redate(&mut self, by: SignedDuration) {
        let Self { reading: _, asked: _, seen, read, turn: _, rounds: _, calls: _ } = self;
        for seen in seen.values_mut() {
            match seen {
                LastSeen::There(at) | LastSeen::MissingOnce { at, was_there: _ } => at.redate(by),
                LastSeen::Gone { at, since } => {
                    at.redate(by);
                    since.redate(by);
                }
            }
        }
        read.redate(by);
    }
}
