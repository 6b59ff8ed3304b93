//! What the engine received, kept so that the same day can be replayed with other tables.
//!
//! Only changes are kept, and nothing about anybody except the agent. What we did ourselves is marked: with other
//! tables it would not have happened.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::TimelineEntry;
use crate::{
    connect::{AgentSnapshot, AgentStatus, ContactId, StatusArn},
    engine::{Effect, Event, Machine},
    provenance::Provenance,
    redate::Redate,
    source::{is_absent, shows},
    teams::{PreferredPresence, Reading, TeamsState},
};

/// How long reads may still show a value after it is no longer ours.
const LAGS: Duration = Duration::from_secs(15);

/// Something that the engine received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TimedInput {
    /// When.
    pub at: Timestamp,
    /// What.
    pub seen: Input,
}

/// What replaying needs of the engine's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Input {
    /// The program started, with this of ours left from before.
    Start(Box<Provenance>),
    /// Connect reported the agent's state.
    #[serde(rename_all = "camelCase")]
    Agent {
        /// What it reported.
        snapshot: AgentSnapshot,
        /// We chose that status, or set back the one from before.
        chosen_is_ours: bool,
        /// We queued the next status.
        next_is_ours: bool,
    },
    /// The Connect session was lost.
    ConnectLost,
    /// Own presence was read.
    #[serde(rename_all = "camelCase")]
    Teams {
        /// What it showed.
        state: TeamsState,
        /// Graph's version stamp.
        sequence: Option<String>,
        /// It showed what we had written.
        is_ours: bool,
        /// Our preferred presence had been shown and is not shown any more: somebody replaced it.
        ends_ours: bool,
        /// When the request was sent: Teams showed the state already at this moment.
        read: Timestamp,
    },
    /// Own presence became unknown.
    TeamsLost,
    /// Somebody else logged in to Teams, with this of ours left from before.
    Person(Box<Provenance>),
    /// The statuses that the agent can choose.
    Statuses(Vec<AgentStatus>),
    /// The agent came to the machine, or left it.
    Machine(Machine),
    /// Own presence is read at least this often while a change in Teams may change Connect.
    Polls(Duration),
    /// A forced sync was asked for.
    Sync,
    /// The person took back their own choice in Teams.
    Release,
    /// The answer to "Back?".
    Back(bool),
    /// The person paused the sync, until then or until they resume.
    Pause(Option<Timestamp>),
    /// The person resumed the sync.
    Resume,
    /// Dry run was switched on or off.
    DryRun(bool),
    /// The person quit.
    Quit,
}

impl Input {
    /// True if the second adds nothing to the first.
    fn says_the_same(&self, later: &Self) -> bool {
        match (self, later) {
            (
                Self::Teams { state, sequence, is_ours, ends_ours, read: _ },
                Self::Teams { state: other, sequence: stamp, is_ours: ours, ends_ours: ends, read: _ },
            ) => state == other && sequence == stamp && is_ours == ours && ends_ours == ends,
            _ => self == later,
        }
    }
}

/// Turns what the engine receives and asks for into what is kept.
#[derive(Debug, Clone)]
pub struct Recorder {
    provenance: Provenance,
    /// Our preferred presence, once it has shown.
    preferred_seen: Option<PreferredPresence>,
    /// What was ours and is not any more, and since when.
    lapsed: Vec<(TeamsState, Timestamp)>,
    /// The status that we last ordered, until another one shows.
    ordered: Option<StatusArn>,
    ordered_was_seen: bool,
    chosen: Option<StatusArn>,
    connect: Option<Input>,
    teams: Option<Input>,
    statuses: Option<Input>,
    machine: Option<Input>,
    day: Date,
}

impl Recorder {
    /// A recorder for a program that starts now, and what it keeps of that.
    #[must_use]
    pub fn start(provenance: &Provenance, now: Timestamp) -> (Self, TimelineEntry) {
        let ordered = provenance.status.as_ref().map(|own| own.status.clone());
        let recorder = Self {
            provenance: provenance.clone(),
            preferred_seen: provenance.preferred.as_ref().map(|own| own.value),
            lapsed: Vec::new(),
            ordered_was_seen: ordered.is_some(),
            ordered,
            chosen: None,
            connect: None,
            teams: None,
            statuses: None,
            machine: None,
            day: day(now),
        };
        (recorder, entry(now, Input::Start(Box::new(provenance.clone()))))
    }

    /// What to keep of an event. Before the first event of a day come the last known values of both sides, so that a
    /// record that begins with that day has them.
    pub fn event(&mut self, event: &Event, now: Timestamp) -> Vec<TimelineEntry> {
        if let Event::ClockSet { by } = event {
            self.redate(*by);
        }
        let mut kept = Vec::new();
        if day(now) != self.day {
            self.day = day(now);
            let last = [&self.statuses, &self.machine, &self.connect, &self.teams];
            kept.extend(last.into_iter().flatten().cloned());
        }
        kept.extend(self.input(event, now).and_then(|input| self.if_new(input)));
        kept.into_iter().map(|input| entry(now, input)).collect()
    }

    /// Learns from an effect what will be our own doing.
    pub fn effect(&mut self, effect: &Effect, now: Timestamp) {
        match effect {
            Effect::Save(provenance) => {
                let before = ours(&self.provenance);
                self.provenance = provenance.clone();
                if self.provenance.preferred.is_none() {
                    self.preferred_seen = None;
                }
                let after = ours(&self.provenance);
                self.lapsed.retain(|(_, since)| is_recent(*since, now));
                self.lapsed.extend(
                    before.into_iter().filter(|state| !after.contains(state)).map(|state| (state, now)),
                );
            }
            Effect::SetStatus(order) => {
                self.ordered = Some(order.status.clone());
                self.ordered_was_seen = false;
            }
            Effect::ClearNext { .. } => {
                self.ordered = self.provenance.status.as_ref().map(|own| own.status.clone());
            }
            Effect::Write(_)
            | Effect::Read
            | Effect::Record(_)
            | Effect::AskBack { .. }
            | Effect::AskBackOver
            | Effect::Broken { .. }
            | Effect::SecondWriter => {}
        }
    }

    fn input(&mut self, event: &Event, now: Timestamp) -> Option<Input> {
        Some(match event {
            Event::Agent(snapshot) => {
                let chosen_is_ours = self.made_by_us(&snapshot.chosen.arn);
                let next = snapshot.next.as_ref().map(|next| &next.arn);
                let next_is_ours = next.is_some() && next == self.ordered.as_ref();
                Input::Agent { snapshot: without_ids(snapshot), chosen_is_ours, next_is_ours }
            }
            Event::ConnectLost => Input::ConnectLost,
            Event::Teams(reading) => self.teams(reading, now),
            Event::TeamsLost => Input::TeamsLost,
            Event::Person(kept) => self.person(kept),
            Event::Statuses(statuses) => Input::Statuses(statuses.clone()),
            Event::Machine(machine) => Input::Machine(*machine),
            Event::Polls(longest) => Input::Polls(*longest),
            Event::Sync => Input::Sync,
            Event::Release => Input::Release,
            Event::Back(yes) => Input::Back(*yes),
            Event::Pause(until) => Input::Pause(*until),
            Event::Resume => Input::Resume,
            Event::DryRun(on) => Input::DryRun(*on),
            Event::Quit => Input::Quit,
            Event::Wrote
            | Event::WriteFailed { .. }
            | Event::Deadline
            | Event::ClockSet { .. }
            | Event::Table(_)
            | Event::TeamsTable(_)
            | Event::Rules(_)
            | Event::StatusSet
            | Event::StatusRefused { .. } => return None,
        })
    }

    /// The input, unless the last of its kind was the same.
    fn if_new(&mut self, input: Input) -> Option<Input> {
        let last = match &input {
            Input::Agent { .. } | Input::ConnectLost => &mut self.connect,
            Input::Teams { .. } | Input::TeamsLost => &mut self.teams,
            Input::Statuses(_) => &mut self.statuses,
            Input::Machine(_) => &mut self.machine,
            Input::Start(_)
            | Input::Person(_)
            | Input::Polls(_)
            | Input::Sync
            | Input::Release
            | Input::Back(_)
            | Input::Pause(_)
            | Input::Resume
            | Input::DryRun(_)
            | Input::Quit => return Some(input),
        };
        if last.as_ref().is_some_and(|last| last.says_the_same(&input)) {
            return None;
        }
        *last = Some(input.clone());
        Some(input)
    }

    fn made_by_us(&mut self, chosen: &StatusArn) -> bool {
        let before = self.chosen.replace(chosen.clone());
        if self.ordered.as_ref() == Some(chosen) {
            self.ordered_was_seen = true;
            return true;
        }
        if self.ordered_was_seen || before.is_some_and(|before| before != *chosen) {
            self.ordered = None;
        }
        false
    }

    fn person(&mut self, kept: &Provenance) -> Input {
        self.preferred_seen = kept.preferred.as_ref().map(|own| own.value);
        self.lapsed.clear();
        self.teams = None;
        Input::Person(Box::new(kept.clone()))
    }

    fn teams(&mut self, reading: &Reading, now: Timestamp) -> Input {
        let state = reading.state.clone();
        let is_ours = self.is_ours(&state, now);
        let preferred = self.provenance.preferred.as_ref().map(|own| own.value);
        let shows_preferred = preferred.is_some_and(|own| shows(&state, &own.shows()));
        // If nobody is there, our preferred presence is set and does not show.
        let ends_ours =
            !is_ours && !is_absent(&state) && preferred.is_some() && preferred == self.preferred_seen;
        if shows_preferred {
            self.preferred_seen = preferred;
        }
        Input::Teams { state, sequence: reading.sequence.clone(), is_ours, ends_ours, read: reading.at }
    }

    fn is_ours(&self, shown: &TeamsState, now: Timestamp) -> bool {
        let lapsed = self.lapsed.iter().filter(|(_, since)| is_recent(*since, now)).map(|(state, _)| state);
        ours(&self.provenance).iter().chain(lapsed).any(|own| shows(shown, own))
    }
}

/// The record does not identify contacts: they are numbered.
fn without_ids(snapshot: &AgentSnapshot) -> AgentSnapshot {
    let mut snapshot = snapshot.clone();
    for (number, contact) in snapshot.contacts.iter_mut().enumerate() {
        contact.id = ContactId::new((number + 1).to_string());
    }
    snapshot
}

fn ours(provenance: &Provenance) -> Vec<TeamsState> {
    let session = provenance.session.as_ref().map(|own| own.value.shows());
    let preferred = provenance.preferred.as_ref().map(|own| own.value.shows());
    [session, preferred].into_iter().flatten().collect()
}

fn is_recent(since: Timestamp, now: Timestamp) -> bool {
    now.duration_since(since).unsigned_abs() < LAGS
}

fn day(at: Timestamp) -> Date {
    at.to_zoned_datetime(TimeZone::UTC).date()
}

fn entry(at: Timestamp, seen: Input) -> TimelineEntry {
    TimelineEntry::Input(TimedInput { at, seen })
}

impl Redate for Input {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Start(provenance) | Self::Person(provenance) => provenance.redate(by),
            Self::Agent { snapshot, chosen_is_ours: _, next_is_ours: _ } => snapshot.redate(by),
            Self::Teams { state: _, sequence: _, is_ours: _, ends_ours: _, read } => read.redate(by),
            Self::Pause(until) => until.redate(by),
            Self::ConnectLost
            | Self::TeamsLost
            | Self::Statuses(_)
            | Self::Machine(_)
            | Self::Polls(_)
            | Self::Sync
            | Self::Release
            | Self::Back(_)
            | Self::Resume
            | Self::DryRun(_)
            | Self::Quit => {}
        }
    }
}

impl Redate for Recorder {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            provenance,
            preferred_seen: _,
            lapsed,
            ordered: _,
            ordered_was_seen: _,
            chosen: _,
            connect,
            teams,
            statuses,
            machine,
            // If the new clock shows another day, `event` keeps the last known values again.
            day: _,
        } = self;
        provenance.redate(by);
        lapsed.iter_mut().for_each(|(_, since)| since.redate(by));
        for last in [connect, teams, statuses, machine] {
            last.redate(by);
        }
    }
}
