//! The engine in a world: virtual time, a simulated Graph and Connect behind a slow line, the poll of the app, a disk.
//!
//! Whatever a test does, the laws that hold at every single write are checked here.

mod alone;
mod another;
mod clock;
mod connect;
mod still;
mod teams;

pub use self::alone::Alone;

use std::{collections::VecDeque, time::Duration};

use jiff::{SignedDuration, Timestamp};
use presence::{
    connect::AgentSnapshot,
    engine::{Effect, Engine, Event, Link, Pace, Rules, Write},
    mapping::{ConnectRow, ConnectToTeams, Tables, Target},
    provenance::Provenance,
    teams::TeamsState,
    timeline::{Decision, Done, Guard, Recorder, Side, TimelineEntry},
};

use super::{
    centre::{Centre, Ordered},
    cloud::Cloud,
    words::{Short, minutes, seconds, short, start, table, tables},
};

pub const LATENCY: Duration = Duration::from_millis(200);
pub const POLL: Duration = Duration::from_secs(12);

/// Something that a test lets happen.
pub type Happening = fn(&mut World);

/// How a write fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It does not arrive.
    Refused,
    /// It arrives, but its answer does not.
    Unanswered,
    /// It is answered as carried out, and has no effect.
    Ignored,
}

/// What the table asks for, and whether a contact does: the reference for the hold.
pub type Asked = (Target, bool);

#[derive(Debug, Clone)]
pub struct World {
    pub now: Timestamp,
    pub engine: Engine,
    /// How far the clock of the machine is ahead. Only the engine and the recorder go by it, the rest by the true time.
    pub ahead: SignedDuration,
    pub cloud: Cloud,
    /// The other person who logs in here, with what is kept for them.
    other: Option<another::Other>,
    /// What was saved last, without the time.
    pub disk: Provenance,
    saved: Option<Timestamp>,
    pub table: ConnectToTeams,
    pub rows: Vec<Decision>,
    /// What the application would keep on disk.
    pub entries: Vec<TimelineEntry>,
    recorder: Recorder,
    /// Every write with its time, and whether it only renews.
    pub writes: Vec<(Timestamp, Write, bool)>,
    /// Which of them were never answered: the process ended before.
    pub unanswered: Vec<usize>,
    /// Everything that the engine ever asked for, in words.
    pub log: Vec<String>,
    /// The fates of the next writes; success once they have run out.
    pub fates: Vec<Fate>,
    pub reads_fail: bool,
    /// When the last reading that counts was asked for, with its stamp; none if a read failed since.
    pub read: Option<(Timestamp, Option<String>)>,
    pub polls: bool,
    pub reads: u32,
    /// Connect, with what the engine orders there.
    pub centre: Centre,
    pub pace: Pace,
    pub rules: Rules,
    /// Decisions are only reported.
    pub is_dry: bool,
    /// The agent agreed to the passage under way.
    pub passage_agreed: bool,
    /// What the person was notified of once: that the sync stopped itself.
    pub alarms: Vec<Effect>,
    pub asked: Option<(Asked, Timestamp)>,
    pub in_force: Option<Asked>,
    /// The row that asks, if one does.
    pub row: Option<ConnectRow>,
    /// When each row wrote something new last.
    pub row_writes: Vec<(ConnectRow, Timestamp)>,
    /// What Teams shows without us, as far as readings show.
    pub alone: Alone,
    pub flight: Option<(Timestamp, Write, Option<Fate>)>,
    /// The write under way took effect already: its answer waits for the machine to wake up.
    pub has_arrived: bool,
    /// The engine has not seen Connect since its start: a forced sync is still to come.
    pub is_new: bool,
    pub reads_under_way: VecDeque<Timestamp>,
    pub next_poll: Timestamp,
    pub quitting: bool,
    /// Until when a write may repeat what is set: there was a failure or a forced sync before.
    pub may_repeat_until: Timestamp,
    /// The person asked to take back their own choice.
    pub released: bool,
}

impl World {
    /// A world that has run for a while, with nobody logged in to Connect yet.
    pub fn new() -> Self {
        Self::with(table(), Pace::default())
    }

    pub fn with(table: ConnectToTeams, pace: Pace) -> Self {
        Self::both_ways(tables(table), pace)
    }

    /// A world with a table for each direction, and somebody at the machine.
    pub fn both_ways(tables: Tables, pace: Pace) -> Self {
        let now = start();
        let table = tables.connect_to_teams.clone();
        let (recorder, start) = Recorder::start(&Provenance::default(), now);
        let mut world = Self {
            now,
            engine: Engine::new(tables.clone(), Rules::default(), pace, Provenance::default(), now),
            ahead: SignedDuration::ZERO,
            cloud: Cloud::new(now - minutes(60)),
            other: None,
            disk: Provenance::default(),
            saved: None,
            table,
            rows: Vec::new(),
            entries: vec![start],
            recorder,
            writes: Vec::new(),
            unanswered: Vec::new(),
            log: Vec::new(),
            fates: Vec::new(),
            reads_fail: false,
            read: None,
            polls: true,
            reads: 0,
            pace,
            rules: Rules::default(),
            is_dry: false,
            passage_agreed: false,
            alarms: Vec::new(),
            centre: Centre::new(tables.teams_to_connect),
            asked: None,
            in_force: None,
            row: None,
            row_writes: Vec::new(),
            alone: Alone::new(None, now),
            flight: None,
            has_arrived: false,
            is_new: true,
            reads_under_way: VecDeque::new(),
            next_poll: now,
            quitting: false,
            may_repeat_until: now,
            released: false,
        };
        world.introduce();
        world
    }

    /// A world in which the agent has been in this state for a minute.
    pub fn settled(snapshot: AgentSnapshot) -> Self {
        let mut world = Self::new();
        world.agent(snapshot);
        world.pass(minutes(1));
        world.forget_the_past();
        world
    }

    pub fn forget_the_past(&mut self) {
        self.writes.clear();
        self.unanswered.clear();
        self.rows.clear();
        self.centre.orders.clear();
        self.reads = 0;
    }

    // What happens from outside.

    pub fn sync(&mut self) {
        self.may_repeat(seconds(60));
        self.send(Event::Sync);
    }

    pub fn set_table(&mut self, table: ConnectToTeams) {
        self.table = table.clone();
        self.asked = None;
        self.in_force = None;
        self.follow_connect();
        self.send(Event::Table(table));
    }

    pub fn enable(&mut self, enabled: bool) {
        if enabled != self.table.enabled {
            let mut table = self.table.clone();
            table.enabled = enabled;
            self.set_table(table);
        }
    }

    pub fn quit(&mut self) {
        self.quitting = true;
        self.send(Event::Quit);
    }

    /// Abandons the write under way, which arrives or not.
    fn abandon_write(&mut self, arrives: bool) {
        let has_arrived = std::mem::take(&mut self.has_arrived);
        // It may have been sent before the past was forgotten.
        if self.flight.is_some()
            && let Some(last) = self.writes.len().checked_sub(1)
        {
            self.unanswered.push(last);
        }
        if let Some((_, write, _)) = self.flight.take()
            && !has_arrived
        {
            if arrives {
                self.cloud.write(write, self.now);
            } else {
                // It is remembered, and what it was to replace is kept.
                self.may_repeat(minutes(11));
            }
        }
    }

    /// The process is killed and started again. A write under way arrives or not.
    pub fn restart(&mut self, arrives: bool) {
        self.restart_on(arrives, SignedDuration::ZERO);
    }

    /// The same, and meanwhile the clock is set by `by`.
    pub fn restart_on(&mut self, arrives: bool, by: SignedDuration) {
        self.abandon_write(arrives);
        self.set_unseen(by);
        self.is_new = true;
        self.read = None;
        self.released = false;
        self.reads_under_way.clear();
        self.may_repeat(seconds(60));
        self.asked = self.asked.map(|(asked, _)| (asked, self.now));
        self.alone = Alone::new(self.disk.alone.clone(), self.now);
        self.in_force = self.disk.reason.as_ref().map(|reason| self.look_up(reason).0);
        self.follow_time();
        let tables =
            Tables { connect_to_teams: self.table.clone(), teams_to_connect: self.centre.table.clone() };
        let disk = self.here(Provenance { saved: self.saved, ..self.disk.clone() });
        let now = self.here(self.now);
        let (recorder, start) = Recorder::start(&disk, now);
        self.engine = Engine::new(tables, self.rules, self.pace, disk, now);
        self.recorder = recorder;
        self.keep(vec![start]);
        self.forget_ages(by);
        self.centre.restart(arrives);
        self.passage_agreed = false;
        self.introduce();
        if self.is_dry {
            self.send(Event::DryRun(true));
        }
        if self.centre.live().is_some() {
            self.report_agent();
        }
    }

    /// The machine sleeps: time passes, nothing runs.
    pub fn sleep(&mut self, length: Duration) {
        if let Some((at, write, fate)) = self.flight
            && !matches!(fate, Some(Fate::Refused | Fate::Ignored))
            && !self.has_arrived
        {
            self.has_arrived = true;
            self.cloud.write(write, at);
        }
        if self.may_repeat_until >= self.now {
            self.may_repeat_until += length;
        }
        self.now += length;
        self.next_poll = self.now;
        self.follow_time();
    }

    /// Lets time pass, and does everything that is due.
    pub fn pass(&mut self, length: Duration) {
        let end = self.now + length;
        let mut steps = 0;
        while let Some((next, what)) = self.next().filter(|(next, _)| *next <= end) {
            steps += 1;
            assert!(steps < 100_000, "there is always something due");
            self.now = self.now.max(next);
            self.follow_time();
            match what {
                Next::Write => self.answer_write(),
                Next::Read => self.answer_read(),
                Next::Poll => self.poll(),
                Next::Deadline => self.send(Event::Deadline),
                Next::Order => self.answer_order(),
            }
        }
        self.now = end;
        self.follow_time();
    }

    fn next(&self) -> Option<(Timestamp, Next)> {
        [
            self.flight.map(|(at, ..)| (at, Next::Write)),
            self.centre.order_due().map(|at| (at, Next::Order)),
            self.reads_under_way.front().map(|sent| (*sent + LATENCY, Next::Read)),
            self.polls.then_some((self.next_poll, Next::Poll)),
            self.deadline().map(|at| (at, Next::Deadline)),
        ]
        .into_iter()
        .flatten()
        .min_by_key(|(at, _)| *at)
    }

    pub fn note_first_report(&mut self) {
        if std::mem::take(&mut self.is_new) {
            self.may_repeat(seconds(60));
        }
    }

    pub fn may_repeat(&mut self, length: Duration) {
        self.may_repeat_until = self.may_repeat_until.max(self.now + length);
    }

    // The engine's side.

    pub fn send(&mut self, event: Event) {
        self.log.push(format!("{} < {event:?}", self.now));
        let effects = self.on_this_clock(event);
        assert!(
            self.deadline().is_none_or(|deadline| deadline > self.now),
            "a deadline that has come must not be asked for again",
        );
        let may_decide = self.flight.is_none();
        let mut saved = None;
        for effect in effects {
            self.log.push(format!("{} > {effect:?}", self.now));
            let announced = saved.take();
            match effect {
                Effect::Save(mut provenance) => {
                    self.saved = provenance.saved.take();
                    let before = std::mem::replace(&mut self.disk, provenance);
                    self.follow_saved(&before);
                    saved = Some(before);
                }
                Effect::Write(write) => {
                    let before = announced.expect("every write is announced on disk just before it");
                    if may_decide {
                        self.alone.evaluate(&before, self.now);
                        self.follow_connect();
                    }
                    self.check(write, &before);
                    let fate = if self.fates.is_empty() { None } else { Some(self.fates.remove(0)) };
                    assert!(self.flight.is_none(), "one write at a time");
                    self.flight = Some((self.now + LATENCY, write, fate));
                }
                Effect::Read => self.reads_under_way.push_back(self.now),
                Effect::Record(row) => {
                    self.check_reported(&row);
                    self.rows.push(row.clone());
                    self.entries.push(TimelineEntry::Decision(row));
                }
                Effect::SetStatus(order) => {
                    let before = announced.expect("every order is announced on disk just before it");
                    self.order(order, &before);
                }
                Effect::ClearNext { seen } => self.centre.order(Ordered::ClearNext, seen, None, self.now),
                Effect::AskBack { status } => self.centre.ask(&status),
                Effect::AskBackOver => self.centre.question = None,
                Effect::Broken { .. } | Effect::SecondWriter => self.alarms.push(effect),
            }
        }
        if may_decide {
            self.alone.evaluate(&self.disk, self.now);
        }
        // What is ours in Connect may have changed.
        self.follow_connect();
        self.check_link();
    }

    // What tests ask.

    pub fn shows(&self) -> TeamsState {
        self.cloud.shows(self.now)
    }

    pub fn link(&self) -> Link {
        self.engine.link()
    }

    /// The writes that are no renewals, in short.
    pub fn written(&self) -> Vec<Short> {
        self.writes.iter().filter(|(.., renews)| !renews).map(|(_, write, _)| short(*write)).collect()
    }

    pub fn renewed(&self) -> Vec<Short> {
        self.writes.iter().filter(|(.., renews)| *renews).map(|(_, write, _)| short(*write)).collect()
    }

    /// The rows in short.
    pub fn reported(&self) -> Vec<(Done, Option<Guard>)> {
        self.reported_of(Side::Teams)
    }

    pub fn reported_of(&self, side: Side) -> Vec<(Done, Option<Guard>)> {
        self.rows.iter().filter(|row| row.side == side).map(|row| (row.done, row.guard)).collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum Next {
    Write,
    Read,
    Poll,
    Deadline,
    Order,
}
