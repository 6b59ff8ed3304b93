//! What is known of our own presence in Teams, how old it is, and whether a read is under way.
//!
//! Keeps readings; draws no conclusion from them.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine};
use crate::{
    moment::later,
    redate::Redate,
    teams::{Availability, Reading, TeamsState},
};

/// The last reading and the last question.
#[derive(Debug, Clone)]
pub(super) struct Watch {
    reading: Option<Reading>,
    /// What Teams showed last with nothing of ours in the way.
    alone: Option<TeamsState>,
    /// Since when the presence is unknown.
    lost: Option<Timestamp>,
    is_loss_reported: bool,
    /// When the read under way was asked for.
    asked: Option<Timestamp>,
    /// A read failed: no further one is asked for until a reading comes by itself.
    waits: bool,
    judged: bool,
}

impl Watch {
    /// Nothing is read yet; `alone` is what Teams showed before anything of ours, if that is remembered.
    pub(super) fn new(now: Timestamp, alone: Option<TeamsState>) -> Self {
        Self {
            reading: None,
            alone,
            lost: Some(now),
            is_loss_reported: false,
            asked: None,
            waits: false,
            judged: true,
        }
    }

    /// What Teams showed last with nothing of ours in the way.
    pub(super) fn alone(&self) -> Option<&TeamsState> {
        self.alone.as_ref()
    }

    /// Remembers what Teams shows by itself. True if it is another state than before.
    pub(super) fn shows_alone(&mut self, shown: &TeamsState) -> bool {
        self.alone.replace(shown.clone()).as_ref() != Some(shown)
    }

    /// Takes a reading. True if the presence was known and becomes unknown.
    pub(super) fn take(&mut self, reading: Reading, now: Timestamp) -> bool {
        let answers = self.asked.is_some_and(|asked| reading.at >= asked);
        if answers {
            self.asked = None;
        }
        if self.reading.as_ref().is_some_and(|last| is_stale(&reading, last)) {
            // An old answer to our question counts as none.
            self.waits |= answers;
            return false;
        }
        let is_known = reading.state.availability != Availability::Unknown;
        self.reading = Some(reading);
        if !is_known {
            return self.lose(now);
        }
        self.lost = None;
        self.is_loss_reported = false;
        self.waits = false;
        self.judged = false;
        false
    }

    /// A read failed. True if the presence was known before.
    pub(super) fn lose(&mut self, now: Timestamp) -> bool {
        self.asked = None;
        self.waits = true;
        self.lost.get_or_insert(now);
        !std::mem::replace(&mut self.is_loss_reported, true)
    }

    /// Forgets a read under way, so that the next question is asked at once.
    pub(super) fn ask_again(&mut self) {
        self.asked = None;
        self.waits = false;
    }

    /// What was read last, known or not.
    pub(super) fn last(&self) -> Option<&TeamsState> {
        self.reading.as_ref().map(|reading| &reading.state)
    }

    pub(super) fn lost_since(&self) -> Option<Timestamp> {
        self.lost
    }

    pub(super) fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    /// The last reading, while the presence is known.
    pub(super) fn known(&self) -> Option<&Reading> {
        self.reading.as_ref().filter(|_| self.lost.is_none())
    }

    /// The last state, if it was read at `moment` or later.
    pub(super) fn since(&self, moment: Option<Timestamp>) -> Option<&TeamsState> {
        self.known()
            .filter(|reading| moment.is_none_or(|moment| reading.at >= moment))
            .map(|reading| &reading.state)
    }

    pub(super) fn is_fresh(&self, now: Timestamp, fresh: Duration) -> bool {
        self.known().is_some_and(|reading| now.duration_since(reading.at).unsigned_abs() <= fresh)
    }

    /// The last reading, once.
    pub(super) fn judge_once(&mut self) -> Option<Reading> {
        if std::mem::replace(&mut self.judged, true) {
            return None;
        }
        self.known().cloned()
    }
}

/// Reads lag by seconds. A lower stamp that comes this much later is no lag: the stamps have restarted.
const LAGS: Duration = Duration::from_secs(5 * 60);

/// True if the reading is older than the last. Graph's stamp decides; if one is missing or both are equal, the time at
/// which it was asked for.
fn is_stale(reading: &Reading, last: &Reading) -> bool {
    match (&reading.sequence, &last.sequence) {
        (Some(stamp), Some(known)) if stamp != known => stamp < known && reading.at < later(last.at, LAGS),
        (Some(_) | None, Some(_) | None) => reading.at < last.at,
    }
}

impl Engine {
    /// Asks for a read, unless one is under way or the last one failed.
    pub(super) fn ask(&mut self, out: &mut Vec<Effect>) {
        if self.watch.asked.is_none() && !self.watch.waits {
            self.watch.asked = Some(self.now);
            out.push(Effect::Read);
        }
    }

    pub(super) fn has_fresh_reading(&self) -> bool {
        self.watch.is_fresh(self.now, self.pace.fresh)
    }
}

impl Redate for Watch {
    fn redate(&mut self, by: SignedDuration) {
        let Self { reading, alone: _, lost, is_loss_reported: _, asked, waits: _, judged: _ } = self;
        reading.redate(by);
        lost.redate(by);
        asked.redate(by);
    }
}
