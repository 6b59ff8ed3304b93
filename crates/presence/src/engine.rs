//! The sync engine: decides what should be set in Teams and in Connect, and when.
//!
//! Deterministic. Never calls out, never reads a clock, never panics on input.
//!
//! Every event ends in the same pass: forget what has lapsed, let a hold end, judge the last reading, then do
//! the one next thing that brings Teams to what the current Connect state asks for, and answer a Teams state
//! that was entered. Nothing is remembered about steps still to come, so a failure, a restart or a change in
//! between needs no case of its own.

mod another;
mod answer;
mod at_most_every;
mod back;
mod breaker;
mod clock;
mod confirm;
mod connect_side;
mod decide;
mod edge;
mod hold;
mod judge;
mod leave;
mod link;
mod order;
mod passage;
mod person;
mod plan;
mod rehearse;
mod renewal;
mod report;
mod rules;
mod second_writer;
mod suspension;
mod want;
mod watch;
mod words;
mod write;

use jiff::Timestamp;

use self::{
    breaker::Alternation,
    clock::Lapsed,
    confirm::Trail,
    connect_side::ConnectSide,
    edge::{Edge, Glance},
    hold::{Entry, Pending},
    leave::Quit,
    order::Orders,
    passage::Way,
    rehearse::Rehearsed,
    report::{Reported, Status},
    second_writer::SecondWriter,
    watch::Watch,
    write::Flight,
};
pub use self::{
    rules::{Master, OfflineFirst, Rules},
    words::{Effect, Event, Link, Machine, Pace, SetStatus, Standstill, Write},
};
use crate::{
    connect::{AgentStatus, ConnectState},
    decision::{Done, Guard},
    mapping::{ConnectToTeams, Tables, Target, TeamsToConnect},
    provenance::Provenance,
    teams::{PreferredPresence, TeamsState},
};

/// The engine of one agent.
#[derive(Debug, Clone)]
pub struct Engine {
    table: ConnectToTeams,
    rules: Rules,
    pace: Pace,
    provenance: Provenance,
    /// The time of the last event.
    now: Timestamp,
    /// What Connect shows, while it is known.
    agent: Option<ConnectState>,
    connect_lost: Option<Timestamp>,
    /// The last state whose hold is over.
    in_force: Option<Entry>,
    pending: Option<Pending>,
    watch: Watch,
    session: Trail,
    preferred: Trail,
    /// Our preferred presence that the last write replaced, until the new one is seen.
    before: Option<PreferredPresence>,
    /// When the last write other than a renewal was answered: an earlier reading says nothing about it.
    written: Option<Timestamp>,
    preferred_written: Option<Timestamp>,
    /// When the last write or renewal of our session arrived.
    session_written: Option<Timestamp>,
    flight: Option<Flight>,
    retry_at: Option<Timestamp>,
    /// The last renewal failed: the next one waits until Teams can be read, and is not reported if it fails too.
    renewal_fails: bool,
    reported: Reported,
    /// False until the state in force has been decided on a fresh reading.
    decided: bool,
    forced_at: Option<Timestamp>,
    /// A forced sync waits for a reading that was asked for at or after this moment.
    repair: Option<Timestamp>,
    /// The person asked us to take back their own choice, and no write has done so yet.
    releases: bool,
    quit: Quit,
    teams_table: TeamsToConnect,
    connect: ConnectSide,
    glance: Glance,
    /// The Teams state that was entered and is not answered.
    edge: Option<Edge>,
    orders: Orders,
    /// The status that the agent is asked about.
    question: Option<AgentStatus>,
    way: Way,
    /// A forced sync writes what is set once more.
    rewrite: bool,
    dry_run: bool,
    /// What would be set in Teams without the dry run.
    rehearsed: Option<Rehearsed>,
    alternation: Alternation,
    second_writer: SecondWriter,
    /// What had lapsed by the clock when this engine began, until a reading says whether it shows.
    lapsed: Option<Box<Lapsed>>,
    /// It distinguishes its own writes from what others do. True except for [`Self::without_echo`].
    knows_own: bool,
}

impl Engine {
    /// An engine that remembers `provenance` and knows nothing else yet.
    #[must_use]
    pub fn new(tables: Tables, rules: Rules, pace: Pace, mut provenance: Provenance, now: Timestamp) -> Self {
        let table = tables.connect_to_teams;
        provenance.adjust_to_clock(pace, now);
        let lapsed = Lapsed::of(&provenance, pace, now).map(Box::new);
        let in_force = Entry::restored(&table, &provenance, now);
        let mut engine = Self {
            reported: Reported::new(if in_force.is_some() { Status::Shown } else { Status::Deciding }, now),
            decided: in_force.is_some(),
            table,
            rules,
            pace,
            now,
            agent: None,
            connect_lost: Some(now),
            in_force,
            pending: None,
            watch: Watch::new(now, provenance.alone.clone()),
            provenance,
            session: Trail::quiet(),
            preferred: Trail::quiet(),
            before: None,
            written: None,
            preferred_written: None,
            session_written: None,
            flight: None,
            retry_at: None,
            renewal_fails: false,
            forced_at: None,
            repair: None,
            releases: false,
            quit: Quit::No,
            teams_table: tables.teams_to_connect,
            connect: ConnectSide::default(),
            glance: Glance::default(),
            edge: None,
            orders: Orders::default(),
            question: None,
            way: Way::default(),
            rewrite: false,
            dry_run: false,
            rehearsed: None,
            alternation: Alternation::default(),
            second_writer: SecondWriter::default(),
            lapsed,
            knows_own: true,
        };
        if !engine.teams_table.enabled {
            engine.forget_connect();
        }
        engine
    }

    /// An engine with echo recognition off: it answers each of its own writes as if somebody had made it by hand.
    /// Such an engine never rests if the tables have a loop; [`crate::check`] is tested against it.
    /// It still remembers what is ours, so that it may write over it, and restores what it replaced. Neither the
    /// breaker nor a second writer stops it.
    ///
    /// For simulations only. No setting leads here.
    #[must_use]
    pub fn without_echo(
        tables: Tables,
        rules: Rules,
        pace: Pace,
        provenance: Provenance,
        now: Timestamp,
    ) -> Self {
        Self { knows_own: false, ..Self::new(tables, rules, pace, provenance, now) }
    }

    /// Takes one event. `now` must not be earlier than at the last call, unless [`Event::ClockSet`] says so.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        if let Event::ClockSet { by } = event {
            self.set_clock(by);
        }
        self.now = self.now.max(now);
        let mut out = Vec::new();
        if self.is_finished() {
            return out;
        }
        // A state whose hold is over has lasted, even if the machine slept over its deadline.
        self.end_hold(&mut out);
        match event {
            Event::Agent(snapshot) => self.connect_shows(snapshot, &mut out),
            Event::ConnectLost => self.lose_connect(&mut out),
            Event::Teams(reading) => {
                if self.watch.take(reading, self.now) {
                    self.record_unknown_teams(&mut out);
                }
            }
            Event::TeamsLost => {
                if self.watch.lose(self.now) {
                    self.record_unknown_teams(&mut out);
                }
            }
            Event::Person(kept) => self.restart_for_another(*kept, &mut out),
            Event::Wrote => self.settle_write(&mut out),
            Event::WriteFailed { retry_at } => self.settle_failed_write(retry_at, &mut out),
            Event::Deadline => {}
            Event::Table(table) => self.replace_table(table, &mut out),
            Event::Rules(rules) => self.rules = rules,
            Event::Polls(longest) => self.pace.poll = longest,
            Event::Pause(until) => self.pause(until, &mut out),
            Event::Resume => self.resume(&mut out),
            Event::DryRun(on) => self.set_dry_run(on, &mut out),
            Event::Sync => self.sync(),
            Event::ClockSet { .. } => {
                self.sync();
                self.save(&mut out);
            }
            Event::Quit => self.begin_to_leave(&mut out),
            Event::TeamsTable(table) => self.replace_teams_table(table, &mut out),
            Event::Statuses(statuses) => self.connect.statuses = statuses,
            Event::Machine(machine) => self.connect.machine = machine,
            Event::StatusSet => self.settle_order(&mut out),
            Event::StatusRefused { stale } => self.settle_refused_order(stale, &mut out),
            Event::Back(yes) => self.take_back_answer(yes, &mut out),
            Event::Release => {
                self.releases = self.link().is_hidden();
                self.alternation.forget();
            }
        }
        self.advance(&mut out);
        out
    }

    /// When [`Event::Deadline`] is due, if nothing happens before. Always later than the last event: what could
    /// not be done at its time waits for an event.
    #[must_use]
    pub fn deadline(&self) -> Option<Timestamp> {
        if self.is_finished() {
            return None;
        }
        [
            self.pending.as_ref().map(|pending| pending.due),
            self.retry_at,
            self.next_look(),
            self.session_renewal(),
            self.preferred_renewal(),
            self.forced_at,
            self.provenance.session.as_ref().map(|session| session.expires),
            self.provenance.preferred.as_ref().map(|preferred| preferred.expires),
            self.provenance.held.until(self.rules.held_for),
            self.suspension_timer(),
            self.quit_timer(),
            self.last_reading_timer(),
            self.edge_timer(),
            self.orders.retry_at,
            self.orders.settles_at(),
            self.connect.forgets_at(),
        ]
        .into_iter()
        .flatten()
        .filter(|timer| *timer > self.now)
        .min()
    }

    /// The last known own presence in Teams.
    #[must_use]
    pub fn teams(&self) -> Option<&TeamsState> {
        self.watch.last()
    }

    /// What the Connect state in force asks of Teams.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.in_force.as_ref().map(|entry| entry.target)
    }

    /// True if Teams shows what we wrote.
    #[must_use]
    pub fn shows_ours(&self) -> bool {
        self.watch.last().is_some_and(|shown| self.is_ours(shown))
    }

    /// The status in Connect, if it was chosen because of a state in Teams.
    #[must_use]
    pub fn followed(&self) -> Option<&AgentStatus> {
        let chosen = &self.connect.snapshot.as_ref()?.chosen;
        self.own_status(&chosen.arn).map(|_| chosen)
    }

    /// The table Connect → Teams that is in force.
    #[must_use]
    pub fn table(&self) -> &ConnectToTeams {
        &self.table
    }

    /// What that table asks of Teams in this state, leaving out the rows that look at what Teams shows.
    #[must_use]
    pub fn target_of(&self, state: &ConnectState) -> Target {
        self.table.find(state, None).map_or(Target::NoChange, |(_, row)| row.target)
    }

    /// True after [`Event::Quit`], once nothing of ours is set, or what is set is left to its expiry.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.quit == Quit::Done
    }

    /// The pass at the end of every event.
    fn advance(&mut self, out: &mut Vec<Effect>) {
        self.end_hold(out);
        self.end_suspension(out);
        self.schedule_forced_sync();
        self.confirm_order(out);
        self.forget_unseen(out);
        if self.flight.is_some() {
            return;
        }
        self.lapse(out);
        self.judge(out);
        self.retry_at = self.retry_at.filter(|retry_at| *retry_at > self.now);
        if self.is_leaving() {
            self.leave(out);
            return;
        }
        self.answer_teams(out);
        if !self.release(out) && !self.connect_follows() {
            self.decide(out);
        }
        if self.flight.is_none() {
            self.maintain(out);
        }
    }

    fn lose_connect(&mut self, out: &mut Vec<Effect>) {
        if self.agent.take().is_some() {
            self.connect_lost = Some(self.now);
            self.connect.snapshot = None;
            self.pending = None;
            self.record(None, Done::NotWritten, Some(Guard::Unknown), out);
        }
    }

    fn record_unknown_teams(&self, out: &mut Vec<Effect>) {
        self.record(self.in_force.as_ref(), Done::NotWritten, Some(Guard::Unknown), out);
    }

    /// Has both sides read, and what was lost repaired.
    fn sync(&mut self) {
        self.repair = Some(self.now);
        self.watch.ask_again();
    }

    fn save(&self, out: &mut Vec<Effect>) {
        out.push(Effect::Save(Provenance { saved: Some(self.now), ..self.provenance.clone() }));
    }
}
