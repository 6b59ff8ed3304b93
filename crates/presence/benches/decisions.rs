//! Decisions per second on one core: one agent through a working day, and many agents in one process, in turn.
//!
//! A decision is one event handled: every event ends in a pass in which the engine decides.

use std::{hint::black_box, time::Duration};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::Timestamp;
use presence::{
    connect::{Activity, AgentSnapshot, AgentStatus, Channel, Contact, ContactId, StatusArn, StatusKind},
    engine::{Effect, Engine, Event, Link, Machine, Pace, Rules, Write},
    mapping::{ConnectRow, ConnectTarget, Tables, Target, TeamsRow, TeamsWhen, When},
    provenance::Provenance,
    teams::{Availability, Detail, PreferredPresence, Reading, SessionPresence, TeamsState},
};

/// How often own presence is read.
const POLL: Duration = Duration::from_secs(12);
/// How long each part of the day lasts, in polls.
const PART: usize = 10;

/// One agent, with a Graph and a Connect that do at once what is asked of them.
struct Agent {
    engine: Engine,
    now: Timestamp,
    at: usize,
    chosen: AgentStatus,
    client: TeamsState,
    session: Option<SessionPresence>,
    preferred: Option<PreferredPresence>,
    decisions: u64,
    writes: u64,
}

/// What happens in turn, all day long.
#[derive(Clone)]
enum Part {
    Status(&'static str),
    Call(Activity),
    Over,
    Teams(TeamsState),
}

const DAY: [Part; 12] = [
    Part::Status("Available"),
    Part::Call(Activity::Incoming),
    Part::Call(Activity::Connected),
    Part::Call(Activity::OnHold),
    Part::Call(Activity::AfterContactWork),
    Part::Over,
    Part::Status("Lunch"),
    Part::Status("Available"),
    Part::Teams(TeamsState::with(Availability::Busy, Detail::InMeeting)),
    Part::Teams(TeamsState::plain(Availability::Available)),
    Part::Status("Training"),
    Part::Status("Offline"),
];

fn status(name: &str) -> AgentStatus {
    let kind = match name {
        "Available" => StatusKind::Routable,
        "Offline" => StatusKind::Offline,
        _ => StatusKind::Custom,
    };
    AgentStatus { arn: StatusArn::new(format!("arn:{name}")), name: name.to_owned(), kind }
}

fn tables() -> Tables {
    let mut tables = Tables::default();
    let mut rows = tables.connect_to_teams.rows().to_vec();
    rows.push(ConnectRow::new(When::Status(status("Lunch").arn), Target::BeRightBack));
    tables.connect_to_teams = tables.connect_to_teams.with_rows(rows);
    let mut rows = tables.teams_to_connect.rows().to_vec();
    let meeting = TeamsWhen::with(Availability::Busy, Detail::InMeeting);
    rows.push(TeamsRow::new(meeting, ConnectTarget::Status(status("Training").arn)));
    tables.teams_to_connect = tables.teams_to_connect.with_rows(rows);
    tables.teams_to_connect.enabled = true;
    tables
}

impl Agent {
    fn new() -> Self {
        let now = Timestamp::UNIX_EPOCH;
        let mut agent = Self {
            engine: Engine::new(tables(), Rules::default(), Pace::default(), Provenance::default(), now),
            now,
            at: 0,
            chosen: status("Available"),
            client: TeamsState::plain(Availability::Available),
            session: None,
            preferred: None,
            decisions: 0,
            writes: 0,
        };
        agent.send(Event::Machine(Machine::Active));
        let statuses = ["Available", "Lunch", "Training", "Offline"].map(status);
        agent.send(Event::Statuses(statuses.to_vec()));
        agent
    }

    /// The next poll, with what is due before it, and what happens at the beginning of a part.
    fn poll(&mut self) {
        if self.at.is_multiple_of(PART) {
            self.begin(DAY[self.at / PART % DAY.len()].clone());
        }
        self.at += 1;
        let poll = self.now + POLL;
        while let Some(due) = self.engine.deadline().filter(|due| *due < poll) {
            self.now = due;
            self.send(Event::Deadline);
        }
        self.now = poll;
        self.read();
    }

    fn begin(&mut self, part: Part) {
        match part {
            Part::Status(name) => {
                self.chosen = status(name);
                self.feed(None);
            }
            Part::Call(activity) => self.feed(Some(activity)),
            Part::Over => self.feed(None),
            Part::Teams(state) => self.client = state,
        }
    }

    fn feed(&mut self, activity: Option<Activity>) {
        let contact = |activity| Contact {
            id: ContactId::new("c-1"),
            channel: Channel::Voice,
            activity,
            since: self.now,
        };
        let contacts = activity.map(contact).into_iter().collect();
        let snapshot =
            AgentSnapshot { chosen: self.chosen.clone(), chosen_since: self.now, next: None, contacts };
        self.send(Event::Agent(snapshot));
    }

    fn read(&mut self) {
        let session = self.session.map(SessionPresence::shows);
        let is_free = self.client.availability == Availability::Available;
        let state = match (self.preferred, session) {
            (Some(preferred), _) => preferred.shows(),
            (None, Some(session)) if is_free => session,
            (None, Some(_) | None) => self.client.clone(),
        };
        self.send(Event::Teams(Reading { state, sequence: None, at: self.now }));
    }

    fn send(&mut self, event: Event) {
        self.decisions += 1;
        for effect in self.engine.handle(event, self.now) {
            match effect {
                Effect::Write(write) => self.write(write),
                Effect::Read => self.read(),
                Effect::SetStatus(order) => {
                    self.chosen = status(order.status.as_str().trim_start_matches("arn:"));
                    self.send(Event::StatusSet);
                    self.feed(None);
                }
                Effect::ClearNext { .. } => self.send(Event::StatusSet),
                Effect::Save(_)
                | Effect::Record(_)
                | Effect::AskBack { .. }
                | Effect::AskBackOver
                | Effect::Broken { .. }
                | Effect::SecondWriter => {
                    black_box(effect);
                }
            }
        }
    }

    fn write(&mut self, write: Write) {
        self.writes += 1;
        self.now += Duration::from_millis(200);
        match write {
            Write::SetSession { value, .. } => self.session = Some(value),
            Write::ClearSession => self.session = None,
            Write::SetPreferred { value, .. } => self.preferred = Some(value),
            Write::ClearPreferred => self.preferred = None,
        }
        self.send(Event::Wrote);
    }
}

/// How many decisions a day takes.
fn day(agent: &mut Agent) -> u64 {
    let before = agent.decisions;
    for _ in 0..DAY.len() * PART {
        agent.poll();
    }
    agent.decisions - before
}

fn one_agent(criterion: &mut Criterion) {
    let mut agent = Agent::new();
    day(&mut agent);
    let decisions = day(&mut agent);
    assert!(agent.writes > 0 && !matches!(agent.engine.link(), Link::Stopped { .. }), "a usual day");
    let mut group = criterion.benchmark_group("one agent");
    group.throughput(Throughput::Elements(decisions));
    group.bench_function("a day", |bencher| bencher.iter(|| day(&mut agent)));
    group.finish();
}

/// All of them in turn, poll by poll, so that none stays in the cache for long.
fn many_agents(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("many agents");
    group.sample_size(10);
    for count in [1, 100, 10_000, 100_000] {
        let mut agents: Vec<Agent> = (0..count).map(|_| Agent::new()).collect();
        // Not all of them do the same at the same time.
        for (number, agent) in agents.iter_mut().enumerate() {
            agent.at = number * PART / 3;
            for _ in 0..PART {
                agent.poll();
            }
        }
        let before = agents[0].decisions;
        day(&mut agents[0]);
        let a_poll = (agents[0].decisions - before) as f64 / (DAY.len() * PART) as f64;
        group.throughput(Throughput::Elements((a_poll * f64::from(count)).round() as u64));
        group.bench_with_input(BenchmarkId::from_parameter(count), &count, |bencher, _| {
            bencher.iter(|| agents.iter_mut().for_each(Agent::poll));
        });
    }
    group.finish();
}

criterion_group!(benches, one_agent, many_agents);
criterion_main!(benches);
