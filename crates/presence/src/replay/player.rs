//! The loop: recorded inputs, answers of the simulated outside, polls and deadlines, in the order of their times.
//!
//! Decides nothing; every event goes to the engine.

use std::{collections::VecDeque, time::Duration};

use jiff::Timestamp;

use super::outside::{Asked, Outside, may_hide};
use crate::{
    decision::Decision,
    engine::{Effect, Engine, Event, Pace, Rules, Write},
    mapping::Tables,
    moment::later,
    provenance::Provenance,
    teams::{Reading, TeamsState},
    timeline::{Input, TimedInput},
};

/// How long the simulated outside takes to answer. Not zero, so that time always advances.
const LATENCY: Duration = Duration::from_millis(100);

/// How much earlier a state counts that shows when ours is taken back: it was there before, and an engine that takes
/// ours back a moment earlier must find it too.
const EARLY: Duration = Duration::from_secs(5);

/// An event that the record causes.
#[derive(Debug)]
enum Step<'a> {
    /// Teams shows this from now on. It is not ours, and has not been read yet.
    Shows { state: &'a TeamsState, ends_ours: bool },
    /// Teams showed what was written in the record.
    ShowsOurs(&'a TeamsState),
    /// The engine received this.
    Received(&'a Input),
}

/// What the outside was asked for and has not answered.
#[derive(Debug)]
enum Under {
    Read(Timestamp),
    Write(Write),
    Order(Asked),
}

pub(super) struct Player<'a> {
    tables: &'a Tables,
    rules: Rules,
    pace: Pace,
    now: Timestamp,
    engine: Engine,
    provenance: Provenance,
    outside: Outside,
    under_way: VecDeque<(Timestamp, Under)>,
    poll: Option<Timestamp>,
    has_started: bool,
    rows: Vec<Decision>,
}

impl<'a> Player<'a> {
    /// The decisions for these inputs, up to and including `end`.
    pub(super) fn play(
        inputs: &[TimedInput],
        tables: &'a Tables,
        rules: Rules,
        pace: Pace,
        end: Timestamp,
    ) -> Vec<Decision> {
        let Some(first) = inputs.first() else { return Vec::new() };
        let mut player = Self {
            tables,
            rules,
            pace,
            now: first.at,
            engine: Engine::new(tables.clone(), rules, pace, Provenance::default(), first.at),
            provenance: Provenance::default(),
            outside: Outside::default(),
            under_way: VecDeque::new(),
            poll: None,
            has_started: false,
            rows: Vec::new(),
        };
        for (at, step) in steps(inputs) {
            player.pass_until(at);
            match step {
                Step::Shows { state, ends_ours } => player.outside.teams(state, ends_ours),
                Step::ShowsOurs(state) => player.outside.teams_shows_ours(state),
                Step::Received(input) => player.take(input),
            }
        }
        player.pass_until(end);
        player.rows
    }

    /// Does everything that is due by `moment`.
    fn pass_until(&mut self, moment: Timestamp) {
        loop {
            let answer = self.under_way.front().map(|(at, _)| *at);
            let poll = self.poll.filter(|_| !self.engine.is_finished());
            let deadline = self.engine.deadline();
            let next = [answer, deadline, poll].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= moment) else { break };
            self.now = self.now.max(next);
            if answer == Some(next) {
                self.answer();
            } else if deadline == Some(next) {
                self.feed(Event::Deadline);
            } else {
                self.read(self.now);
            }
        }
        self.now = self.now.max(moment);
    }

    fn take(&mut self, input: &Input) {
        match input {
            Input::Start(provenance) => self.start(provenance),
            Input::Agent { snapshot, chosen_is_ours, next_is_ours } => {
                self.outside.agent(snapshot.clone(), *chosen_is_ours, *next_is_ours);
                self.report_agent();
            }
            Input::ConnectLost => {
                self.outside.connect_lost();
                self.feed(Event::ConnectLost);
            }
            Input::Teams { .. } => {
                self.outside.teams_found();
                self.read(self.now);
            }
            Input::TeamsLost => {
                self.outside.teams_lost();
                self.poll = None;
                self.feed(Event::TeamsLost);
            }
            Input::Person(kept) => {
                self.under_way.retain(|(_, under)| matches!(under, Under::Order(_)));
                self.poll = None;
                self.outside.teams_lost();
                self.outside.restore(kept);
                self.feed(Event::Person(kept.clone()));
            }
            Input::Statuses(statuses) => {
                self.outside.statuses(statuses.clone());
                self.feed(Event::Statuses(statuses.clone()));
            }
            Input::Machine(machine) => self.feed(Event::Machine(*machine)),
            Input::Polls(longest) => {
                self.pace.poll = *longest;
                self.feed(Event::Polls(*longest));
            }
            Input::Sync => self.feed(Event::Sync),
            Input::Release => self.feed(Event::Release),
            Input::Back(yes) => self.feed(Event::Back(*yes)),
            Input::Pause(until) => self.feed(Event::Pause(*until)),
            Input::Resume => self.feed(Event::Resume),
            Input::DryRun(on) => self.feed(Event::DryRun(*on)),
            Input::Quit => self.feed(Event::Quit),
        }
    }

    /// Starts a new process. The first one takes what was set before the record began; later ones take what was written
    /// here.
    fn start(&mut self, recorded: &Provenance) {
        if !std::mem::replace(&mut self.has_started, true) {
            self.provenance = recorded.clone();
            self.outside.restore(recorded);
        }
        self.under_way.clear();
        self.poll = None;
        self.outside.restart();
        self.engine =
            Engine::new(self.tables.clone(), self.rules, self.pace, self.provenance.clone(), self.now);
    }

    fn report_agent(&mut self) {
        if let Some(snapshot) = self.outside.snapshot() {
            self.feed(Event::Agent(snapshot));
        }
    }

    fn read(&mut self, sent: Timestamp) {
        let event = match self.outside.read(sent) {
            Some((state, stamp)) => {
                self.poll = Some(later(self.now, self.pace.poll));
                Event::Teams(Reading { state, sequence: Some(format!("{stamp:012}")), at: sent })
            }
            None => Event::TeamsLost,
        };
        self.feed(event);
    }

    fn answer(&mut self) {
        match self.under_way.pop_front() {
            Some((_, Under::Read(sent))) => self.read(sent),
            Some((_, Under::Write(write))) => {
                self.outside.write(write, self.now);
                self.feed(Event::Wrote);
            }
            Some((_, Under::Order(asked))) => {
                let is_done = self.outside.order(&asked);
                self.feed(if is_done { Event::StatusSet } else { Event::StatusRefused { stale: true } });
                if is_done {
                    self.report_agent();
                }
            }
            None => {}
        }
    }

    fn feed(&mut self, event: Event) {
        for effect in self.engine.handle(event, self.now) {
            match effect {
                Effect::Save(provenance) => self.provenance = provenance,
                Effect::Record(row) => self.rows.push(row),
                Effect::Read => self.ask(Under::Read(self.now)),
                Effect::Write(write) => self.ask(Under::Write(write)),
                Effect::SetStatus(order) => self.ask(Under::Order(Asked::Set(order))),
                Effect::ClearNext { seen } => self.ask(Under::Order(Asked::ClearNext(seen))),
                // The person's answers are in the record.
                Effect::AskBack { .. }
                | Effect::AskBackOver
                | Effect::Broken { .. }
                | Effect::SecondWriter => {}
            }
        }
    }

    fn ask(&mut self, what: Under) {
        self.under_way.push_back((later(self.now, LATENCY), what));
    }
}

/// The record in the order of time. What a reading shows was true before it was received.
fn steps(inputs: &[TimedInput]) -> Vec<(Timestamp, Step<'_>)> {
    let mut steps = Vec::with_capacity(inputs.len());
    let mut ours: Option<(&TeamsState, Timestamp)> = None;
    for seen in inputs {
        if let Input::Teams { state, is_ours, ends_ours, read, .. } = &seen.seen {
            if *is_ours {
                steps.push((*read, Step::ShowsOurs(state)));
            } else {
                let came_to_light = ours.filter(|(over, _)| !ends_ours && may_hide(over, state));
                let early = read.checked_sub(EARLY).unwrap_or(*read);
                let since = came_to_light.map_or(*read, |(_, shown)| early.max(shown));
                steps.push((since, Step::Shows { state, ends_ours: *ends_ours }));
            }
            ours = is_ours.then_some((state, *read));
        }
        steps.push((seen.at, Step::Received(&seen.seen)));
    }
    steps.sort_by_key(|(at, _)| *at);
    steps
}
