//! Quit: takes back what is ours, then reports that it is done.
//!
//! Writes nothing else except the end of a passage, and does not retry: what cannot be taken back now lapses by itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, Write, report::Status, write::Kind};
use crate::{moment::later, redate::Redate, source::shows};

/// How long we wait for a reading before the end: the application gives the whole quit 4 s, and the session can still
/// be taken back without the reading.
const LAST_READING: Duration = Duration::from_secs(3);

/// How far the quit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quit {
    /// Not quitting.
    No,
    /// Taking back.
    Leaving {
        /// Since when: what is taken back is read once more.
        since: Timestamp,
        /// That read was asked for.
        has_asked: bool,
    },
    /// Nothing more is to be done.
    Done,
}

impl Quit {
    fn begin(&mut self, now: Timestamp) {
        if *self == Self::No {
            *self = Self::Leaving { since: now, has_asked: false };
        }
    }

    /// Whether it began after this moment.
    pub(super) fn is_later_than(self, moment: Timestamp) -> bool {
        match self {
            Self::Leaving { since, .. } => moment < since,
            Self::No | Self::Done => false,
        }
    }
}

impl Engine {
    pub(super) fn is_leaving(&self) -> bool {
        self.quit != Quit::No
    }

    pub(super) fn begin_to_leave(&mut self, out: &mut Vec<Effect>) {
        self.drop_pending(out);
        self.withdraw_question(out);
        if self.provenance.passage.is_some() {
            self.turn_back(out);
        }
        if !self.is_leaving() {
            // There is no later moment to try, and the write that failed before was no take-back.
            self.retry_at = None;
        }
        self.quit.begin(self.now);
        self.watch.ask_again();
    }

    /// Until when we wait for the reading before the end.
    pub(super) fn last_reading_timer(&self) -> Option<Timestamp> {
        match self.quit {
            Quit::Leaving { since, .. } => Some(later(since, LAST_READING)),
            Quit::No | Quit::Done => None,
        }
    }

    /// Until when we wait for an agent who is Offline in a passage.
    pub(super) fn quit_timer(&self) -> Option<Timestamp> {
        match self.quit {
            Quit::Leaving { since, .. } => Some(later(since, self.pace.fresh)),
            Quit::No | Quit::Done => None,
        }
    }

    pub(super) fn leave(&mut self, out: &mut Vec<Effect>) {
        let Quit::Leaving { since, has_asked } = self.quit else { return };
        let is_passage_over = self.end_passage(out);
        if self.retry_at.is_some() {
            return self.end(is_passage_over);
        }
        if let Some(own) = &self.provenance.preferred {
            let moment = self.preferred_written.map_or(since, |written| written.max(since));
            let is_ours = self.watch.since(Some(moment)).map(|shown| {
                shows(shown, &own.value.shows())
                    || self.before.is_some_and(|before| shows(shown, &before.shows()))
            });
            match is_ours.filter(|_| self.has_fresh_reading()) {
                Some(true) => return self.send(Write::ClearPreferred, Kind::Decision, out),
                Some(false) => {}
                None => {
                    if !has_asked {
                        self.quit = Quit::Leaving { since, has_asked: true };
                        self.ask(out);
                    }
                    let waits = self.last_reading_timer().is_some_and(|timer| timer > self.now);
                    if self.watch.is_asking() && waits {
                        return;
                    }
                }
            }
        }
        if self.provenance.session.is_some() {
            self.send(Write::ClearSession, Kind::Decision, out);
        } else {
            self.report(Status::Cleared, out);
            self.end(is_passage_over);
        }
    }

    /// Ends a passage, so that it leaves nobody Offline (rule 11). False while it is not over.
    fn end_passage(&mut self, out: &mut Vec<Effect>) -> bool {
        if self.provenance.passage.is_none() || self.quit_timer().is_none_or(|timer| timer <= self.now) {
            return true;
        }
        self.orders.retry_at = self.orders.retry_at.filter(|retry| *retry > self.now);
        let waits = self.is_settling() || self.orders.retry_at.is_some();
        !waits && !self.follow_passage(out)
    }

    fn end(&mut self, is_passage_over: bool) {
        if is_passage_over {
            self.quit = Quit::Done;
        }
    }
}

impl Redate for Quit {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Leaving { since, has_asked: _ } => since.redate(by),
            Self::No | Self::Done => {}
        }
    }
}
