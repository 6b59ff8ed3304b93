//! Whose presence is read next, how often, and for how long what was read is used.

use std::{collections::HashSet, time::Duration};

use jiff::Timestamp;
use presence::{identity::ObjectId, moment::later};

use super::{super::reading::used_for, Team};

/// The shortest time between two reads of colleagues' presence. While the drawer is closed nobody looks, and nothing is
/// read.
pub(super) const SHORTEST: Duration = Duration::from_secs(15);
/// How many of these reads all seats of the company make a second at most, even if every drawer is open: half of the
/// 1,500 in 30 s that Graph allows an application in a tenant (Graph: throttling-limits, presence).
const READS_A_SECOND: u32 = 25;
/// How many ids one call takes (Graph: cloudcommunications-getpresencesbyuserid).
pub(super) const IDS_A_CALL: usize = 650;

impl Team {
    /// Between two reads, before jitter.
    pub(super) fn interval(&self) -> Duration {
        SHORTEST.max(Duration::from_secs(u64::from(self.seats / READS_A_SECOND)))
    }

    pub(super) fn next_read(&mut self, now: Timestamp) -> Timestamp {
        let interval = self.interval();
        later(now, self.jitter.spread(interval))
    }

    /// How long a presence that is read now may be used.
    pub(super) fn used_for(&self) -> Duration {
        let rounds = self.roster.in_directory().div_ceil(IDS_A_CALL).max(1);
        used_for(self.interval(), u32::try_from(rounds).unwrap_or(u32::MAX))
    }

    /// Somebody looks, or waits for somebody.
    pub(super) fn reads_presences(&self) -> bool {
        self.open || self.waits()
    }

    /// The people on screen, then the others in turn, as many as one call takes. While nobody looks, those who are
    /// waited for.
    pub(super) fn ask_for(&mut self) -> Vec<ObjectId> {
        let waited = self.roster.waited_for().iter().filter_map(|id| self.roster.object_id_of(id)).cloned();
        if !self.open {
            return waited.take(IDS_A_CALL).collect();
        }
        let mut ids = self.on_screen();
        let mut first: HashSet<ObjectId> = ids.iter().cloned().collect();
        ids.extend(waited.filter(|id| first.insert(id.clone())));
        ids.truncate(IDS_A_CALL);
        let everybody = self.roster.entries();
        let all: Vec<&ObjectId> = everybody.filter_map(|entry| Some(&entry.person()?.id)).collect();
        let room = (IDS_A_CALL - ids.len()).min(all.len());
        let others = all.iter().copied().cycle().skip(self.rotation).take(room);
        ids.extend(others.filter(|id| !first.contains(*id)).cloned());
        self.rotation = if all.is_empty() { 0 } else { (self.rotation + room) % all.len() };
        ids
    }
}
