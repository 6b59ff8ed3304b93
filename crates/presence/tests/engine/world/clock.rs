//! The clock of the machine in the world: the engine goes by it, and Teams by the true time.

use jiff::{SignedDuration, Timestamp};
use presence::{
    engine::{Effect, Event},
    provenance::Provenance,
    redate::Redate,
    timeline::{Decision, TimelineEntry},
};

use super::{
    super::words::{minutes, seconds},
    World,
};

impl World {
    /// Lets time pass in small steps until that is so; an hour at most.
    pub fn pass_until(&mut self, is_so: impl Fn(&Self) -> bool) {
        let end = self.now + minutes(60);
        while !is_so(self) {
            assert!(self.now < end, "not within an hour:\n{}", self.log.join("\n"));
            self.pass(seconds(1) / 20);
        }
    }

    /// Sets the clock, and the application notices.
    pub fn set_clock(&mut self, by: SignedDuration) {
        self.ahead += by;
        self.may_repeat(seconds(60));
        // What is on its way was asked for by another clock: it is asked for again.
        self.reads_under_way.clear();
        self.send(Event::ClockSet { by });
    }

    /// The same, but only the dates change.
    pub fn redate(&mut self, by: SignedDuration) {
        self.ahead += by;
        self.engine.redate(by);
        self.recorder.redate(by);
    }

    /// Sets the clock while nothing runs. By the true time, what is on disk then has other dates.
    pub fn set_unseen(&mut self, by: SignedDuration) {
        self.ahead += by;
        self.disk.redate(-by);
        self.saved.redate(-by);
    }

    /// If the clock was set back, nobody knows how old our values are: they may be renewed.
    pub fn forget_ages(&mut self, by: SignedDuration) {
        let Provenance { session, preferred, .. } = &mut self.disk;
        let renewed =
            [session.as_mut().map(|own| &mut own.renewed), preferred.as_mut().map(|own| &mut own.renewed)];
        for renewed in renewed.into_iter().flatten().filter(|_| by.is_negative()) {
            *renewed = Timestamp::MIN;
        }
    }

    /// A true time by the clock of the machine.
    pub fn here<T: Redate>(&self, mut dated: T) -> T {
        dated.redate(self.ahead);
        dated
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        let mut deadline = self.engine.deadline();
        deadline.redate(-self.ahead);
        deadline
    }

    /// Gives the engine and the recorder an event by their clock, and converts what follows to the true time.
    pub fn on_this_clock(&mut self, event: Event) -> Vec<Effect> {
        let (event, now) = (event_by(event, self.ahead), self.here(self.now));
        let entries = self.recorder.event(&event, now);
        self.keep(entries);
        let mut effects = self.engine.handle(event, now);
        for effect in &mut effects {
            self.recorder.effect(effect, now);
            effect_by(effect, -self.ahead);
        }
        effects
    }

    /// Keeps what the recorder says, by the true time.
    pub fn keep(&mut self, entries: Vec<TimelineEntry>) {
        let by = -self.ahead;
        self.entries.extend(entries.into_iter().map(|entry| entry_by(entry, by)));
    }
}

fn event_by(event: Event, by: SignedDuration) -> Event {
    match event {
        Event::Agent(mut snapshot) => {
            snapshot.redate(by);
            Event::Agent(snapshot)
        }
        Event::Teams(mut reading) => {
            reading.redate(by);
            Event::Teams(reading)
        }
        Event::Person(mut kept) => {
            kept.redate(by);
            Event::Person(kept)
        }
        Event::WriteFailed { mut retry_at } => {
            retry_at.redate(by);
            Event::WriteFailed { retry_at }
        }
        Event::Pause(mut until) => {
            until.redate(by);
            Event::Pause(until)
        }
        Event::ConnectLost
        | Event::TeamsLost
        | Event::Wrote
        | Event::Deadline
        | Event::ClockSet { .. }
        | Event::Table(_)
        | Event::TeamsTable(_)
        | Event::Statuses(_)
        | Event::Machine(_)
        | Event::StatusSet
        | Event::StatusRefused { .. }
        | Event::Back(_)
        | Event::Release
        | Event::Rules(_)
        | Event::Resume
        | Event::DryRun(_)
        | Event::Polls(_)
        | Event::Sync
        | Event::Quit => event,
    }
}

fn effect_by(effect: &mut Effect, by: SignedDuration) {
    match effect {
        Effect::Save(provenance) => provenance.redate(by),
        Effect::Record(row) => row_by(row, by),
        Effect::Write(_)
        | Effect::Read
        | Effect::SetStatus(_)
        | Effect::ClearNext { .. }
        | Effect::AskBack { .. }
        | Effect::AskBackOver
        | Effect::Broken { .. }
        | Effect::SecondWriter => {}
    }
}

fn entry_by(entry: TimelineEntry, by: SignedDuration) -> TimelineEntry {
    match entry {
        TimelineEntry::Input(mut seen) => {
            seen.at.redate(by);
            seen.seen.redate(by);
            TimelineEntry::Input(seen)
        }
        TimelineEntry::Decision(mut row) => {
            row_by(&mut row, by);
            TimelineEntry::Decision(row)
        }
    }
}

fn row_by(row: &mut Decision, by: SignedDuration) {
    let Decision { at, side: _, connect: _, teams: _, rule: _, target: _, status: _, done: _, guard: _ } =
        row;
    at.redate(by);
}
