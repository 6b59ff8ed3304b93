//! The sync: the engine with its record and with what it remembers across a restart, and what the person is notified
//! of.
//!
//! Only the engine decides what is written. Nothing here sends a write; it is passed on with what must be on disk
//! before.

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::AgentStatus,
    engine::{Effect, Engine, Event, Link, Pace, Rules, Write},
    identity::ObjectId,
    mapping::Tables,
    redate::Redate,
    timeline::{Recorder, TimelineEntry},
};

use view::facts::{DiskFailure, SyncStop};

use super::orders::StatusOrder;
use crate::stored_provenance::{PersonChange, StoredProvenance};

/// What comes in.
#[derive(Debug)]
pub(crate) enum SyncIn {
    /// Something happened.
    Event(Event),
    /// A write that was sent when [`Sync::persons`] was this has ended.
    Wrote { persons: u32, result: Result<(), NotWritten> },
    /// This person is signed in to Teams.
    Person(ObjectId),
    /// Somebody set the clock: every moment that is remembered moves by this much.
    ClockSet(SignedDuration),
    /// The provenance is on disk, or cannot be kept.
    Remembered(Result<(), DiskFailure>),
}

/// Why a write did not arrive, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotWritten {
    /// When the next one can leave.
    pub(crate) retry_at: Timestamp,
    /// Why its provenance could not be kept, if that is the reason.
    pub(crate) disk: Option<DiskFailure>,
}

/// What it asks for, in this order.
#[derive(Debug, PartialEq)]
pub(crate) enum SyncOut {
    /// Keep this on disk before anything that follows leaves the machine.
    Remember(Box<StoredProvenance>),
    /// Add this to the timeline.
    Record(Box<TimelineEntry>),
    /// Read the own presence now.
    Read,
    /// Write to Teams; answer with [`SyncIn::Wrote`], or with [`Event::WriteFailed`] if it was not sent.
    Write(Write),
    /// Give Connect this order once everything before is on disk.
    Order(StatusOrder),
    /// Ask the agent whether this status may be set.
    AskBack(AgentStatus),
    /// That question has ended.
    AskBackOver,
    /// The sync stopped itself.
    Stopped(SyncStop),
    /// It continues.
    Continues,
    /// From now on the presence is that of somebody else.
    AnotherPerson,
}

/// See the module.
#[derive(Debug)]
pub(crate) struct Sync {
    engine: Engine,
    recorder: Recorder,
    kept: StoredProvenance,
    persons: u32,
    /// The status that waits for the agent's return.
    back: Option<AgentStatus>,
    stop: Option<SyncStop>,
    /// Why provenance cannot be kept, so nothing is written.
    disk: Option<DiskFailure>,
}

impl Sync {
    /// Continues with what was kept. The second value is the first entry of the record.
    pub(crate) fn new(
        tables: Tables,
        rules: Rules,
        pace: Pace,
        kept: StoredProvenance,
        now: Timestamp,
    ) -> (Self, TimelineEntry) {
        let (recorder, start) = Recorder::start(&kept.provenance, now);
        let engine = Engine::new(tables, rules, pace, kept.provenance.clone(), now);
        (Self { engine, recorder, kept, persons: 0, back: None, stop: None, disk: None }, start)
    }

    pub(crate) fn on(&mut self, input: SyncIn, now: Timestamp) -> Vec<SyncOut> {
        match input {
            SyncIn::Event(event) => self.event(event, now),
            // The engine does not wait for a write to the Teams of a former person.
            SyncIn::Wrote { persons, .. } if persons != self.persons => Vec::new(),
            SyncIn::Wrote { persons: _, result: Ok(()) } => {
                self.disk = None;
                self.event(Event::Wrote, now)
            }
            SyncIn::Wrote { persons: _, result: Err(NotWritten { retry_at, disk }) } => {
                self.disk = disk.or(self.disk.take());
                self.event(Event::WriteFailed { retry_at }, now)
            }
            SyncIn::Person(person) => match self.kept.begin(&person, now) {
                PersonChange::None => Vec::new(),
                PersonChange::Named => vec![SyncOut::Remember(Box::new(self.kept.clone()))],
                PersonChange::Another(kept) => {
                    self.persons = self.persons.wrapping_add(1);
                    let mut out = vec![SyncOut::AnotherPerson];
                    out.extend(self.event(Event::Person(kept), now));
                    out
                }
            },
            SyncIn::ClockSet(by) => {
                self.kept.redate(by);
                self.event(Event::ClockSet { by }, now)
            }
            SyncIn::Remembered(result) => {
                self.disk = result.err();
                Vec::new()
            }
        }
    }

    pub(crate) fn deadline(&self) -> Option<Timestamp> {
        self.engine.deadline()
    }

    /// How the two sides are linked, what is wanted, and whether it has ended.
    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Whose presence is synchronized.
    pub(crate) fn person(&self) -> Option<&ObjectId> {
        self.kept.person()
    }

    /// How often another person took the place of that one. Answers to earlier requests say nothing about the current
    /// person.
    pub(crate) fn persons(&self) -> u32 {
        self.persons
    }

    /// The status that waits for the agent's return.
    pub(crate) fn back(&self) -> Option<&AgentStatus> {
        self.back.as_ref()
    }

    /// Why the sync stopped itself, until it continues.
    pub(crate) fn stop(&self) -> Option<&SyncStop> {
        self.stop.as_ref()
    }

    /// Why provenance cannot be kept, if so. Nothing is written until it can.
    pub(crate) fn not_remembered(&self) -> Option<&DiskFailure> {
        self.disk.as_ref()
    }

    fn event(&mut self, event: Event, now: Timestamp) -> Vec<SyncOut> {
        let record = |entry| SyncOut::Record(Box::new(entry));
        let mut out: Vec<SyncOut> = self.recorder.event(&event, now).into_iter().map(record).collect();
        for effect in self.engine.handle(event, now) {
            self.recorder.effect(&effect, now);
            out.push(self.effect(effect));
        }
        if self.stop.is_some() && !matches!(self.engine.link(), Link::Stopped { .. }) {
            self.stop = None;
            out.push(SyncOut::Continues);
        }
        out
    }

    fn effect(&mut self, effect: Effect) -> SyncOut {
        match effect {
            Effect::Save(provenance) => {
                self.kept.provenance = provenance;
                SyncOut::Remember(Box::new(self.kept.clone()))
            }
            Effect::Record(row) => SyncOut::Record(Box::new(TimelineEntry::Decision(row))),
            Effect::Read => SyncOut::Read,
            Effect::Write(write) => SyncOut::Write(write),
            Effect::SetStatus(wanted) => SyncOut::Order(StatusOrder::Set(wanted)),
            Effect::ClearNext { seen } => SyncOut::Order(StatusOrder::ClearNext(seen)),
            Effect::AskBack { status } => {
                self.back = Some(status.clone());
                SyncOut::AskBack(status)
            }
            Effect::AskBackOver => {
                self.back = None;
                SyncOut::AskBackOver
            }
            Effect::Broken { connect, teams } => self.stopped(SyncStop::Loop { connect, teams }),
            Effect::SecondWriter => self.stopped(SyncStop::SecondWriter),
        }
    }

    fn stopped(&mut self, stop: SyncStop) -> SyncOut {
        self.stop = Some(stop.clone());
        SyncOut::Stopped(stop)
    }
}

#[cfg(test)]
mod tests;
