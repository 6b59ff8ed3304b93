//! Runs the engine with echo recognition off, between a Graph and a Connect that carry out everything at once, until
//! nothing happens any more or a moment repeats. Knows nothing about the proof.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    connect::{AgentSnapshot, AgentStatus},
    engine::{Effect, Engine, Event, Machine, Pace, Rules, Write},
    mapping::Tables,
    provenance::{OwnStatus, Provenance, WrittenPresence},
    simulated::{SimulatedTeams, aggregate_ours},
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
};

const YEAR: Duration = Duration::from_secs(365 * 24 * 60 * 60);
const LATENCY: Duration = Duration::from_millis(1);
const POLL: Duration = Duration::from_secs(12);

/// How long after the last write nothing waits any more.
const REST: Duration = Duration::from_secs(130);

/// What is there before anything happens.
#[derive(Debug, Clone)]
pub struct Start {
    pub chosen: AgentStatus,
    pub own: Option<OwnStatus>,
    /// What Teams makes by itself.
    pub client: TeamsState,
    /// What Teams showed last with nothing of ours in the way.
    pub alone: TeamsState,
    pub session: Option<SessionPresence>,
    pub preferred: Option<PreferredPresence>,
}

/// Everything that decides what happens after a status is set.
#[derive(Debug, Clone, PartialEq)]
struct Moment {
    from: AgentStatus,
    to: AgentStatus,
    own: Option<OwnStatus>,
    alone: Option<TeamsState>,
    session: Option<SessionPresence>,
    preferred: Option<TeamsState>,
}

pub struct World<'a> {
    statuses: &'a [AgentStatus],
    engine: Engine,
    now: Timestamp,
    last_write: Timestamp,
    disk: Provenance,
    teams: SimulatedTeams,
    chosen: AgentStatus,
    past: Vec<Moment>,
    repeats: bool,
    /// What was written, in words.
    pub log: Vec<String>,
}

impl Start {
    /// Nothing of ours is set.
    pub fn fresh(chosen: &AgentStatus, client: TeamsState) -> Self {
        let alone = client.clone();
        Self { chosen: chosen.clone(), own: None, client, alone, session: None, preferred: None }
    }

    pub fn shows(&self) -> TeamsState {
        aggregate_ours(self.session, self.preferred, &self.client)
    }
}

/// True if the engine comes to rest.
pub fn rests(tables: &Tables, statuses: &[AgentStatus], start: &Start) -> bool {
    let mut world = World::new(tables, statuses, start);
    world.run();
    !world.repeats
}

impl<'a> World<'a> {
    pub fn new(tables: &Tables, statuses: &'a [AgentStatus], start: &Start) -> Self {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        // Renewals have tests of their own.
        let pace = Pace {
            session_renewal: YEAR,
            session_expiry: 2 * YEAR,
            preferred_renewal: YEAR,
            preferred_expiry: 2 * YEAR,
            forced: YEAR,
            ..Pace::default()
        };
        let provenance = Provenance {
            session: start.session.map(|value| set(value, now)),
            preferred: start.preferred.map(|value| set(value, now)),
            replaced: Some(start.client.clone()),
            alone: Some(start.alone.clone()),
            answered: Some(start.shows()),
            status: start.own.clone(),
            ..Provenance::default()
        };
        let mut teams = SimulatedTeams::new(start.client.clone());
        teams.restore(&provenance);
        let mut world = Self {
            statuses,
            engine: Engine::without_echo(tables.clone(), Rules::default(), pace, provenance.clone(), now),
            now,
            last_write: now,
            disk: provenance,
            teams,
            chosen: start.chosen.clone(),
            past: Vec::new(),
            repeats: false,
            log: Vec::new(),
        };
        world.send(Event::Machine(Machine::Active));
        world.send(Event::Statuses(statuses.to_vec()));
        world.read();
        world.report_agent();
        world
    }

    /// Runs until it rests or repeats itself.
    pub fn run(&mut self) {
        while !self.repeats && self.now < self.last_write + REST {
            let poll = self.now + POLL;
            match self.engine.deadline().filter(|due| *due <= poll) {
                Some(due) => {
                    self.now = due;
                    self.send(Event::Deadline);
                }
                None => {
                    self.now = poll;
                    self.read();
                }
            }
        }
    }

    fn send(&mut self, event: Event) {
        if self.repeats {
            return;
        }
        let effects = self.engine.handle(event, self.now);
        for effect in effects {
            match effect {
                Effect::Save(provenance) => self.disk = provenance,
                Effect::Write(write) => self.write(write),
                Effect::Read => self.read(),
                Effect::SetStatus(order) => {
                    let status = self.statuses.iter().find(|status| status.arn == order.status);
                    self.choose(status.expect("a status of the instance").clone());
                }
                Effect::Record(_) => {}
                Effect::ClearNext { .. } | Effect::AskBack { .. } | Effect::AskBackOver => {
                    panic!("nobody is on a contact or away: {effect:?}")
                }
                Effect::Broken { .. } | Effect::SecondWriter => panic!("it continues: {effect:?}"),
            }
        }
    }

    fn read(&mut self) {
        let state = self.teams.shows(self.now);
        self.send(Event::Teams(Reading { state, sequence: None, at: self.now }));
    }

    fn report_agent(&mut self) {
        self.send(Event::Agent(AgentSnapshot {
            chosen: self.chosen.clone(),
            chosen_since: self.now,
            next: None,
            contacts: Vec::new(),
        }));
    }

    fn write(&mut self, write: Write) {
        // Readings from before the write do not count.
        self.now += LATENCY;
        self.last_write = self.now;
        self.log.push(format!("{write:?}"));
        self.teams.write(write, self.now);
        self.repeats |= self.log.len() > 500;
        self.send(Event::Wrote);
    }

    fn choose(&mut self, status: AgentStatus) {
        self.last_write = self.now;
        self.log.push(status.name.clone());
        let moment = Moment {
            from: self.chosen.clone(),
            to: status.clone(),
            own: self.disk.status.clone(),
            alone: self.disk.alone.clone(),
            session: self.teams.session(self.now),
            preferred: self.teams.preferred(self.now).cloned(),
        };
        self.repeats |= self.past.contains(&moment);
        self.past.push(moment);
        self.chosen = status;
        self.report_agent();
        self.send(Event::StatusSet);
    }
}

fn set<P>(value: P, now: Timestamp) -> WrittenPresence<P> {
    WrittenPresence { value, since: now, renewed: now, expires: now + 2 * YEAR }
}
