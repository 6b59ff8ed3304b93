//! The recent calls with people of the list: which are kept, whose they are, and when they are erased.
//!
//! It touches no file. Only calls with people of the list are kept, and only with numbers of theirs: customers are
//! never kept. A call that ends while its owner is not known is not kept either.

use std::{cmp::Reverse, time::Duration};

use jiff::{SignedDuration, Timestamp};
use people::{PersonId, Roster};
use presence::{identity::ObjectId, redate::Redate};
use view::{CallWay, ShownNumber};

/// Whose calls they are: one person of one tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallsOwner {
    /// As Entra names it.
    pub(crate) tenant: String,
    /// The agent.
    pub(crate) person: ObjectId,
}

/// A call that is over, with somebody of the list. It has no name: that of the list counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallOver {
    /// With whom.
    pub(crate) person: PersonId,
    /// Who called, and whether it was missed.
    pub(crate) way: CallWay,
    /// The number, if it is one of theirs. Another one is not kept.
    pub(crate) number: Option<ShownNumber>,
    /// When it began to ring.
    pub(crate) at: Timestamp,
    /// How long it was connected; none if it never was.
    pub(crate) connected: Option<Duration>,
}

/// A call as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptCall {
    /// The call.
    pub(crate) over: CallOver,
    /// The person's name at that time, because they may leave the list.
    pub(crate) name: String,
}

impl KeptCall {
    /// True for the same call, whose end may have become known twice.
    fn is(&self, other: &CallOver) -> bool {
        (&self.over.person, self.over.way, self.over.at) == (&other.person, other.way, other.at)
    }
}

/// The calls as they are kept on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptCalls {
    /// Whose they are.
    pub(crate) whose: CallsOwner,
    /// The newest first.
    pub(crate) calls: Vec<KeptCall>,
}

/// A call, and the id that an action names it by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) id: u64,
    pub(crate) call: KeptCall,
}

/// What comes in.
#[derive(Debug, Clone)]
pub(crate) enum RecentIn {
    /// The controller begins.
    Begin {
        /// How many calls are kept.
        keeps: u32,
    },
    /// The settings say how many are kept.
    Allowed(u32),
    /// The calls on disk were read; none if there are none.
    Read(Option<KeptCalls>),
    /// This person is signed in.
    SignedIn {
        /// Whose calls are kept from now on.
        whose: CallsOwner,
    },
    /// A call is over.
    Ended(CallOver),
    /// The agent erases all of them.
    Erase,
    /// The agent erases one of them.
    EraseOne {
        /// See [`Recorded::id`].
        id: u64,
    },
}

/// What it asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RecentOut {
    /// Read what is kept; answer with [`RecentIn::Read`].
    Read,
    /// Keep these instead of those on disk.
    Keep(KeptCalls),
    /// Erase what is kept.
    Erase,
    /// These people were called before the program began, the last one first.
    CalledBefore(Vec<PersonId>),
    /// What there is to show has changed.
    Changed,
}

/// What is known of the file.
#[derive(Debug, Default, PartialEq, Eq)]
enum Disk {
    /// It is being read, or will be.
    #[default]
    Awaited,
    /// It was read before anybody was signed in.
    Read(KeptCalls),
    /// It does not matter any more: the calls are in memory.
    Settled,
}

/// See the module.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    keeps: u32,
    whose: Option<CallsOwner>,
    disk: Disk,
    /// The newest first.
    calls: Vec<Recorded>,
    /// The id of the next one.
    next: u64,
}

impl Recent {
    /// See [`RecentIn`].
    pub(crate) fn on(&mut self, input: RecentIn, roster: &Roster, now: Timestamp) -> Vec<RecentOut> {
        match input {
            RecentIn::Begin { keeps } => {
                self.keeps = keeps;
                if keeps > 0 { vec![RecentOut::Read] } else { self.erase() }
            }
            RecentIn::Allowed(keeps) => self.allow(keeps),
            RecentIn::Read(kept) => self.read(kept, now),
            RecentIn::SignedIn { whose } => self.signed_in(whose, now),
            RecentIn::Ended(over) => self.ended(over, roster, now),
            RecentIn::Erase => self.erase(),
            RecentIn::EraseOne { id } => {
                let before = self.calls.len();
                self.calls.retain(|recorded| recorded.id != id);
                if self.calls.len() < before { self.keep() } else { Vec::new() }
            }
        }
    }

    /// How many calls are kept at most.
    pub(crate) fn keeps(&self) -> u32 {
        self.keeps
    }

    /// The calls, the newest first; none until it is known whose they are and what was kept of them.
    pub(crate) fn calls(&self) -> Option<&[Recorded]> {
        (self.whose.is_some() && self.disk == Disk::Settled).then_some(self.calls.as_slice())
    }

    fn allow(&mut self, keeps: u32) -> Vec<RecentOut> {
        let before = std::mem::replace(&mut self.keeps, keeps);
        if before == keeps {
            return Vec::new();
        }
        if keeps == 0 {
            return self.erase();
        }
        if self.make_room() { self.keep() } else { vec![RecentOut::Changed] }
    }

    fn read(&mut self, kept: Option<KeptCalls>, now: Timestamp) -> Vec<RecentOut> {
        if self.disk != Disk::Awaited {
            return Vec::new();
        }
        match kept {
            None => {
                self.disk = Disk::Settled;
                vec![RecentOut::Changed]
            }
            Some(kept) if self.whose.is_some() => self.take_over(kept, now),
            Some(kept) => {
                self.disk = Disk::Read(kept);
                Vec::new()
            }
        }
    }

    fn signed_in(&mut self, whose: CallsOwner, now: Timestamp) -> Vec<RecentOut> {
        let before = self.whose.replace(whose);
        if before == self.whose {
            return Vec::new();
        }
        if before.is_some() {
            return self.erase();
        }
        match std::mem::replace(&mut self.disk, Disk::Settled) {
            Disk::Read(kept) => self.take_over(kept, now),
            Disk::Settled => vec![RecentOut::Changed],
            Disk::Awaited => {
                self.disk = Disk::Awaited;
                Vec::new()
            }
        }
    }

    /// Adds the calls from disk to those that have ended since. Calls of another person are erased.
    fn take_over(&mut self, KeptCalls { whose, calls }: KeptCalls, now: Timestamp) -> Vec<RecentOut> {
        self.disk = Disk::Settled;
        if self.whose.as_ref() != Some(&whose) {
            let mut out = vec![RecentOut::Erase];
            out.extend(if self.calls.is_empty() { vec![RecentOut::Changed] } else { self.keep() });
            return out;
        }
        let is_new = !self.calls.is_empty();
        for mut call in calls {
            // The clock may have been set since the previous run.
            call.over.at = call.over.at.min(now);
            if !self.calls.iter().any(|recorded| recorded.call.is(&call.over)) {
                self.record(call);
            }
        }
        let is_fuller = self.make_room();
        let called = self.calls.iter().filter(|recorded| recorded.call.over.way == CallWay::Out);
        let mut out =
            vec![RecentOut::CalledBefore(called.map(|recorded| recorded.call.over.person.clone()).collect())];
        out.extend(if is_new || is_fuller { self.keep() } else { vec![RecentOut::Changed] });
        out
    }

    fn ended(&mut self, mut over: CallOver, roster: &Roster, now: Timestamp) -> Vec<RecentOut> {
        let Some(entry) = roster.get(&over.person) else { return Vec::new() };
        if self.keeps == 0 || self.whose.is_none() {
            return Vec::new();
        }
        over.person = entry.id().clone();
        over.at = over.at.min(now);
        let is_theirs = |number: &ShownNumber| {
            entry.numbers().iter().any(|own| own.dialable.as_ref().is_ok_and(|own| number.is(own)))
        };
        over.number = over.number.filter(is_theirs);
        self.calls.retain(|recorded| !recorded.call.is(&over));
        self.record(KeptCall { over, name: entry.name().to_owned() });
        self.make_room();
        self.keep()
    }

    fn record(&mut self, call: KeptCall) {
        self.calls.push(Recorded { id: self.next, call });
        self.next = self.next.saturating_add(1);
        self.calls.sort_by_key(|recorded| Reverse(recorded.call.over.at));
    }

    /// The oldest calls make room. True if there were too many.
    fn make_room(&mut self) -> bool {
        let most = usize::try_from(self.keeps).unwrap_or(usize::MAX);
        let is_fuller = self.calls.len() > most;
        self.calls.truncate(most);
        is_fuller
    }

    /// While the file is being read nothing is written: both are merged and kept after that.
    fn keep(&self) -> Vec<RecentOut> {
        let Some(whose) = self.whose.clone().filter(|_| self.disk != Disk::Awaited) else {
            return vec![RecentOut::Changed];
        };
        let calls: Vec<KeptCall> = self.calls.iter().map(|recorded| recorded.call.clone()).collect();
        let disk =
            if calls.is_empty() { RecentOut::Erase } else { RecentOut::Keep(KeptCalls { whose, calls }) };
        vec![disk, RecentOut::Changed]
    }

    fn erase(&mut self) -> Vec<RecentOut> {
        self.calls.clear();
        // What is still being read is erased as well.
        self.disk = Disk::Settled;
        vec![RecentOut::Erase, RecentOut::Changed]
    }
}

impl Redate for Recent {
    fn redate(&mut self, by: SignedDuration) {
        let Self { keeps: _, whose: _, disk, calls, next: _ } = self;
        let waiting = match disk {
            Disk::Read(kept) => kept.calls.as_mut_slice(),
            Disk::Awaited | Disk::Settled => &mut [],
        };
        for call in calls.iter_mut().map(|recorded| &mut recorded.call).chain(waiting) {
            let CallOver { person: _, way: _, number: _, at, connected: _ } = &mut call.over;
            at.redate(by);
        }
    }
}

#[cfg(test)]
mod tests;
