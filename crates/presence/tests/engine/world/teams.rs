//! Teams in the world: what a person and the calendar do there, and how reads and writes are answered.

use jiff::Timestamp;
use presence::{
    engine::{Event, Write},
    teams::TeamsState,
};

use super::{
    super::words::{minutes, preferred_of, seconds},
    Fate, POLL, World,
};

impl World {
    pub fn person(&mut self, picks: TeamsState) {
        let looks_like_ours = self.disk.preferred.as_ref().is_some_and(|own| own.value.shows() == picks)
            || self.disk.preferred.is_some()
                && self
                    .writes
                    .iter()
                    .rev()
                    .take_while(|(_, write, _)| *write != Write::ClearPreferred)
                    .filter_map(|(_, write, _)| preferred_of(*write))
                    .any(|own| own.shows() == picks);
        self.cloud.person(picks, looks_like_ours, self.now);
    }

    pub fn client(&mut self, state: TeamsState) {
        self.cloud.client(state, self.now);
    }

    /// Whether reads fail from now on. A forced sync that waited for a reading comes when they succeed again.
    pub fn reads_fail(&mut self, fail: bool) {
        if std::mem::replace(&mut self.reads_fail, fail) && !fail {
            self.may_repeat(seconds(60));
        }
    }

    pub fn reset(&mut self) {
        self.cloud.reset(self.now);
    }

    // How the line answers.

    pub fn answer_write(&mut self) {
        let Some((_, write, fate)) = self.flight.take() else { return };
        let has_arrived = std::mem::take(&mut self.has_arrived);
        self.alone.note_answer(write, self.now);
        if matches!(fate, Some(Fate::Refused | Fate::Ignored)) {
            self.cloud.refuse(write);
        } else if !has_arrived {
            self.cloud.write(write, self.now);
        }
        if fate.is_some() {
            self.may_repeat(minutes(11));
        }
        if matches!(fate, Some(Fate::Refused | Fate::Unanswered)) {
            self.send(Event::WriteFailed { retry_at: self.now + seconds(2) });
        } else {
            self.released &= write != Write::ClearPreferred;
            self.send(Event::Wrote);
        }
    }

    pub fn answer_read(&mut self) {
        let Some(sent) = self.reads_under_way.pop_front() else { return };
        self.reads += 1;
        self.read_as_of(sent);
    }

    pub fn poll(&mut self) {
        self.next_poll = self.now + POLL;
        self.read_as_of(self.now);
    }

    pub fn read_as_of(&mut self, sent: Timestamp) {
        let event = if self.reads_fail {
            self.alone.read_fails();
            self.read = None;
            Event::TeamsLost
        } else {
            let reading = self.cloud.read(sent);
            self.alone.reads(&reading);
            // An answer with an older stamp lags. After five minutes the stamps have restarted.
            let lags = self
                .read
                .as_ref()
                .is_some_and(|(at, sequence)| reading.sequence < *sequence && sent < *at + minutes(5));
            if !lags {
                let at = self.read.as_ref().map_or(sent, |(at, _)| sent.max(*at));
                self.read = Some((at, reading.sequence.clone()));
            }
            self.centre.sees(&reading, &self.disk, self.now);
            Event::Teams(reading)
        };
        self.send(event);
    }
}
