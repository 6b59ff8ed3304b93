//! The users of the instance: page by page once an hour, and the addresses of those whose user name is no address.
//!
//! Keeps the pages apart until the last one has come. It does not know what users do.

use std::collections::{HashMap, HashSet};

use connect::api::{ConnectUser, NextPage, UserAddresses, Users};
use jiff::{SignedDuration, Timestamp};
use people::Colleague;
use presence::{aws::UserId, moment::later, redate::Redate};

use super::pace::ADDRESSES;

/// A list with more pages than this has no end: 200 pages of 500.
const MOST_PAGES: usize = 200;
/// The list is passed on again after this many addresses: joining people with users takes a moment.
const BATCH: usize = 20;

/// A list that is being read.
#[derive(Debug, Default)]
struct PartialUserList {
    users: Vec<ConnectUser>,
    page: Option<NextPage>,
    pages: usize,
}

/// See the module.
#[derive(Debug, Default)]
pub(super) struct UserList {
    users: Vec<ConnectUser>,
    listed: bool,
    next: Option<Timestamp>,
    reading: Option<PartialUserList>,
    /// What was found, and until when it is kept.
    addresses: HashMap<UserId, (UserAddresses, Timestamp)>,
    /// The users to look up, the last one next.
    wanted: Vec<UserId>,
    /// How many were looked up since the list was passed on.
    found: usize,
    /// Looking up users is not allowed: nothing more can be known about them.
    forbidden: bool,
}

impl UserList {
    /// When the next page is due.
    pub(super) fn at(&self) -> Option<Timestamp> {
        Some(self.next.filter(|_| self.reading.is_none()).unwrap_or(Timestamp::MIN))
    }

    /// The next page; none if it is the first one.
    pub(super) fn page(&self) -> Option<NextPage> {
        self.reading.as_ref().and_then(|partial| partial.page.clone())
    }

    /// True once there was a whole list.
    pub(super) fn is_listed(&self) -> bool {
        self.listed
    }

    /// How many there are, once there was a whole list.
    pub(super) fn known(&self) -> Option<usize> {
        self.listed.then_some(self.users.len())
    }

    /// Drops a list that is being read.
    pub(super) fn interrupt(&mut self) {
        self.reading = None;
    }

    /// The next list is due at this moment at the latest.
    pub(super) fn read_again(&mut self, at: Timestamp) {
        self.next = self.next.map(|next| next.min(at));
    }

    /// Looking up users is not allowed; true if that was not known, and the list should be passed on.
    pub(super) fn forbid(&mut self) -> bool {
        !std::mem::replace(&mut self.forbidden, true)
    }

    /// Takes a page; true if the list is whole now. The next one is due at `next`. A list that leads back to a page, or
    /// that has no end, is dropped, and the one before stays.
    pub(super) fn take(&mut self, page: Users, now: Timestamp, next: Timestamp) -> bool {
        let mut partial = self.reading.take().unwrap_or_default();
        partial.users.extend(page.users);
        partial.pages += 1;
        if page.next.is_some() {
            if page.next == partial.page || partial.pages >= MOST_PAGES {
                self.next = Some(next);
            } else {
                partial.page = page.next;
                self.reading = Some(partial);
            }
            return false;
        }
        self.users = partial.users;
        (self.listed, self.next) = (true, Some(next));
        let there: HashSet<&UserId> = self.users.iter().map(|user| &user.id).collect();
        self.addresses.retain(|user, _| there.contains(user));
        let is_due = |user: &&ConnectUser| {
            self.addresses.get(&user.id).is_none_or(|(_, until)| *until <= now) && needs_addresses(user)
        };
        self.wanted = self.users.iter().rev().filter(is_due).map(|user| user.id.clone()).collect();
        true
    }

    pub(super) fn lacks_addresses(&self) -> bool {
        !self.wanted.is_empty()
    }

    /// The user that is looked up next.
    pub(super) fn without_addresses(&self) -> Option<UserId> {
        self.wanted.last().cloned()
    }

    /// Takes the addresses of that user; true if the list should be passed on.
    pub(super) fn take_addresses(&mut self, found: UserAddresses, now: Timestamp) -> bool {
        self.forbidden = false;
        let Some(user) = self.wanted.pop() else { return false };
        self.addresses.insert(user, (found, later(now, ADDRESSES)));
        self.found += 1;
        let is_enough = self.found >= BATCH || self.wanted.is_empty();
        if is_enough {
            self.found = 0;
        }
        is_enough
    }

    /// All users, with their addresses. A user who was not looked up yet is left out, unless nobody may be looked up:
    /// it may be a person of the directory, who would then be listed twice.
    pub(super) fn colleagues(&self) -> Vec<Colleague> {
        self.users
            .iter()
            .filter(|user| self.forbidden || !needs_addresses(user) || self.addresses.contains_key(&user.id))
            .map(|user| {
                let addresses = self.addresses.get(&user.id).map(|(addresses, _)| addresses);
                Colleague {
                    user: user.id.clone(),
                    username: user.username.clone(),
                    name: user.name.clone(),
                    object_id: user.object_id.clone(),
                    mails: addresses.map(|addresses| addresses.mails.clone()).unwrap_or_default(),
                    number: addresses.and_then(|addresses| addresses.mobile.clone()),
                }
            })
            .collect()
    }
}

/// True if neither a tag nor the user name says who this is.
fn needs_addresses(user: &ConnectUser) -> bool {
    user.object_id.is_none() && !user.username.contains('@')
}

impl Redate for UserList {
    fn redate(&mut self, by: SignedDuration) {
        let Self { users: _, listed: _, next, reading: _, addresses, wanted: _, found: _, forbidden: _ } =
            self;
        next.redate(by);
        for (_, until) in addresses.values_mut() {
            until.redate(by);
        }
    }
}
