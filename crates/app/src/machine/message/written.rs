//! The messages of ours that may be in Teams, for each person: remembered across restarts and logins.
//!
//! A plain value. The lane decides when it is put on disk.

use std::{collections::BTreeMap, fmt, time::Duration};

use graph::{Ends, StatusMessage};
use jiff::{SignedDuration, Timestamp};
use presence::{identity::ObjectId, moment::later, redate::Redate};
use serde::{Deserialize, Serialize};

/// A message of ours that lapsed longer ago is not recognized any more: Teams does not show it either.
const REMEMBERED: Duration = Duration::from_secs(600);
/// This many messages of one person are remembered: the one that is shown, and some that may have arrived.
const MOST: usize = 4;
/// Graph may round what it was given.
const ROUNDED: Duration = Duration::from_secs(60);

/// A message that we wrote, or may have written.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrittenMessage {
    /// The text.
    pub(super) text: String,
    /// Its end, as it was written. A clock that is set does not change it.
    pub(super) ends: Timestamp,
    /// When it ends by our clock.
    pub(super) lapses: Timestamp,
}

impl WrittenMessage {
    /// Whether this is exactly what Teams shows. We never wrote a message without an end, nor one in another time zone.
    pub(super) fn is(&self, shown: &StatusMessage) -> bool {
        let is_end = match shown.ends {
            Ends::At(ends) => ends.duration_since(self.ends).unsigned_abs() < ROUNDED,
            Ends::Never | Ends::OtherZone => false,
        };
        is_end && shown.text.trim() == self.text
    }
}

/// The text is only for the person, and must not be in a log.
impl fmt::Debug for WrittenMessage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { text: _, ends, lapses } = self;
        f.debug_struct("Written").field("ends", ends).field("lapses", lapses).finish_non_exhaustive()
    }
}

/// What may be shown, by the sign-in service and the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeptMessages(BTreeMap<String, BTreeMap<ObjectId, Vec<WrittenMessage>>>);

impl KeptMessages {
    /// What may be in the status message of this person.
    pub(super) fn of(&self, authority: &str, person: &ObjectId) -> &[WrittenMessage] {
        self.0.get(authority).and_then(|all| all.get(person)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Adds a message that may be there; the oldest ones make room, and those of anybody that have lapsed are
    /// forgotten.
    pub(super) fn add(
        &mut self,
        authority: &str,
        person: &ObjectId,
        written: WrittenMessage,
        now: Timestamp,
    ) {
        self.forget_lapsed(now);
        let all = self.0.entry(authority.to_owned()).or_default().entry(person.clone()).or_default();
        all.push(written);
        all.drain(..all.len().saturating_sub(MOST));
    }

    /// This one is shown: it is the last of them to make room.
    pub(super) fn was_seen(&mut self, authority: &str, person: &ObjectId, written: &WrittenMessage) {
        if let Some(all) = self.0.get_mut(authority).and_then(|all| all.get_mut(person))
            && let Some(at) = all.iter().position(|kept| kept == written)
            && let Some(rest) = all.get_mut(at..)
        {
            rest.rotate_left(1);
        }
    }

    /// The last one was not written after all.
    pub(super) fn take_last(&mut self, authority: &str, person: &ObjectId) {
        if let Some(all) = self.0.get_mut(authority).and_then(|all| all.get_mut(person)) {
            all.pop();
        }
    }

    /// Forgets all of them: nothing of ours is there any more.
    pub(super) fn forget(&mut self, authority: &str, person: &ObjectId) -> Vec<WrittenMessage> {
        self.0.get_mut(authority).and_then(|all| all.remove(person)).unwrap_or_default()
    }

    /// What was kept by a clock that ran ahead lapses as if it had been written now.
    pub(super) fn no_later_than(&mut self, latest: Timestamp) {
        for written in self.0.values_mut().flat_map(BTreeMap::values_mut).flatten() {
            written.lapses = written.lapses.min(latest);
        }
    }

    fn forget_lapsed(&mut self, now: Timestamp) {
        for all in self.0.values_mut().flat_map(BTreeMap::values_mut) {
            all.retain(|written| later(written.lapses, REMEMBERED) > now);
        }
        for people in self.0.values_mut() {
            people.retain(|_, all| !all.is_empty());
        }
        self.0.retain(|_, people| !people.is_empty());
    }
}

impl Redate for KeptMessages {
    fn redate(&mut self, by: SignedDuration) {
        for WrittenMessage { text: _, ends: _, lapses } in
            self.0.values_mut().flat_map(BTreeMap::values_mut).flatten()
        {
            lapses.redate(by);
        }
    }
}
