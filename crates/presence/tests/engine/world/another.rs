//! Two people who log in to Teams in turns, each with a presence of their own, at the desk of one agent.

use jiff::Timestamp;
use presence::{engine::Event, mapping::ConnectRow, provenance::Provenance};

use super::{super::cloud::Cloud, super::words::seconds, Alone, World};

/// What is kept for a person who is not logged in now.
#[derive(Debug, Clone)]
pub struct Other {
    cloud: Cloud,
    kept: Provenance,
    row_writes: Vec<(ConnectRow, Timestamp)>,
}

impl World {
    /// Logs the other person in. A write under way for the former one arrives or not; its answer is lost.
    pub fn another_person(&mut self, arrives: bool) {
        self.read = None;
        self.abandon_write(arrives);
        self.reads_under_way.clear();
        self.may_repeat(seconds(60));
        // If Connect is live it is reported again at once.
        self.is_new |= self.centre.live().is_none();
        let (lags, now) = (self.cloud.lags, self.now);
        let other = self.other.take().unwrap_or_else(|| {
            let mut cloud = Cloud::new(now);
            cloud.lags = lags;
            Other { cloud, kept: Provenance::default(), row_writes: Vec::new() }
        });
        let kept = other.kept;
        self.other = Some(Other {
            cloud: std::mem::replace(&mut self.cloud, other.cloud),
            kept: self.disk.clone(),
            row_writes: std::mem::replace(&mut self.row_writes, other.row_writes),
        });
        self.asked = self.asked.map(|(asked, _)| (asked, self.now));
        self.alone = Alone::new(kept.alone.clone(), self.now);
        self.in_force = kept.reason.as_ref().map(|reason| self.look_up(reason).0);
        self.released = false;
        self.passage_agreed = false;
        self.centre.another_person();
        self.follow_time();
        self.send(Event::Person(Box::new(kept)));
    }
}
