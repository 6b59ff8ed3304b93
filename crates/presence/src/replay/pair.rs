//! Tries tables on a pair of states, by running the engine on them once for each direction.
//!
//! Decides nothing itself: the outcome is the engine's own, with all its rules.

use std::time::Duration;

use jiff::Timestamp;

use super::player::Player;
use crate::{
    connect::{AgentSnapshot, AgentStatus, ConnectState, Contact, ContactId, StatusKind},
    decision::{Decision, Done, Side},
    engine::{Machine, Pace, Rules},
    mapping::Tables,
    provenance::{OwnStatus, Provenance, WrittenPresence},
    teams::{Availability, PreferredPresence, SessionPresence, TeamsState},
    timeline::{Input, TimedInput},
};

/// Longer than any reasonable hold, and shorter than the time to the first forced sync.
const LONG: Duration = Duration::from_secs(55 * 60);

/// States of both sides, and which of them is ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// What Connect shows.
    pub connect: ConnectState,
    /// We chose that status.
    pub connect_is_ours: bool,
    /// What Teams shows.
    pub teams: TeamsState,
    /// We wrote that presence, if it is one that we can write.
    pub teams_is_ours: bool,
}

/// What one direction decides on a pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The decision.
    pub decision: Decision,
    /// How long after the state was entered.
    pub after: Duration,
}

/// What both directions decide on a pair; none if nothing is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// Connect enters its state while Teams shows the other.
    pub teams: Option<Outcome>,
    /// Teams enters its state while Connect shows the other. None if Teams' state is ours: it is no source.
    pub connect: Option<Outcome>,
}

/// Tries tables on a pair, at any moment, with the agent at the machine.
#[must_use]
pub fn try_pair(
    tables: &Tables,
    rules: Rules,
    statuses: &[AgentStatus],
    pair: &Pair,
    at: Timestamp,
) -> Tried {
    let stage = Stage { tables, rules, statuses, pair, at };
    Tried { teams: stage.towards_teams(), connect: stage.towards_connect() }
}

struct Stage<'a> {
    tables: &'a Tables,
    rules: Rules,
    statuses: &'a [AgentStatus],
    pair: &'a Pair,
    at: Timestamp,
}

impl Stage<'_> {
    fn towards_teams(&self) -> Option<Outcome> {
        let mut tables = self.tables.clone();
        // While that direction is off, no status is ours.
        tables.teams_to_connect.enabled |= self.pair.connect_is_ours;
        let mut provenance = self.provenance();
        match self.own() {
            Some(Own::Session(value)) => provenance.session = Some(self.set(value)),
            Some(Own::Preferred(value)) => {
                provenance.session = Some(self.set(SessionPresence::Available));
                provenance.preferred = Some(self.set(value));
            }
            None => {}
        }
        let inputs = [
            Input::Start(Box::new(provenance)),
            self.statuses(),
            Input::Machine(Machine::Active),
            self.teams(),
            self.agent(),
        ];
        self.outcome(&tables, inputs, Side::Teams)
    }

    fn towards_connect(&self) -> Option<Outcome> {
        if self.own().is_some() {
            return None;
        }
        let mut tables = self.tables.clone();
        // Nothing of ours may hide what Teams shows.
        tables.connect_to_teams.enabled = false;
        let before = match self.pair.teams.availability {
            Availability::Offline => Availability::Available,
            Availability::Available
            | Availability::Busy
            | Availability::DoNotDisturb
            | Availability::BeRightBack
            | Availability::Away
            | Availability::Unknown => Availability::Offline,
        };
        let answered = Some(TeamsState::plain(before));
        let provenance = Provenance { answered, ..self.provenance() };
        let inputs = [
            Input::Start(Box::new(provenance)),
            self.statuses(),
            Input::Machine(Machine::Active),
            self.agent(),
            self.teams(),
        ];
        self.outcome(&tables, inputs, Side::Connect)
    }

    fn outcome(&self, tables: &Tables, inputs: [Input; 5], side: Side) -> Option<Outcome> {
        let inputs = inputs.map(|seen| TimedInput { at: self.at, seen });
        let end = self.at.checked_add(LONG).unwrap_or(Timestamp::MAX);
        let rows = Player::play(&inputs, tables, self.rules, Pace::default(), end);
        let mut rows = rows.into_iter().filter(|row| row.side == side && is_decision(row)).peekable();
        let after = rows.peek()?.at.duration_since(self.at).unsigned_abs();
        // The last row counts: a write that turned out to be hidden is reported as hidden.
        rows.last().map(|decision| Outcome { decision, after: Duration::from_secs(after.as_secs()) })
    }

    /// What Teams shows, as a value of ours.
    fn own(&self) -> Option<Own> {
        if self.pair.teams_is_ours { own_value(&self.pair.teams) } else { None }
    }

    fn statuses(&self) -> Input {
        Input::Statuses(self.statuses.to_vec())
    }

    fn agent(&self) -> Input {
        let (chosen, contacts) = match &self.pair.connect {
            ConnectState::Chosen(status) => (status.clone(), Vec::new()),
            ConnectState::Contact { activity, channel } => {
                let contact = Contact {
                    id: ContactId::new("1"),
                    channel: *channel,
                    activity: *activity,
                    since: self.at,
                };
                (self.routable(), vec![contact])
            }
        };
        let snapshot = AgentSnapshot { chosen, chosen_since: self.at, next: None, contacts };
        Input::Agent { snapshot, chosen_is_ours: false, next_is_ours: false }
    }

    fn teams(&self) -> Input {
        Input::Teams {
            state: self.pair.teams.clone(),
            sequence: None,
            is_ours: self.own().is_some(),
            ends_ours: false,
            read: self.at,
        }
    }

    /// The status that the agent had chosen before: only routable agents get contacts.
    fn routable(&self) -> AgentStatus {
        let routable = self.statuses.iter().find(|status| status.kind == StatusKind::Routable);
        routable.cloned().unwrap_or_else(|| AgentStatus {
            arn: crate::connect::StatusArn::new(""),
            name: String::new(),
            kind: StatusKind::Routable,
        })
    }

    fn provenance(&self) -> Provenance {
        let status = match &self.pair.connect {
            ConnectState::Chosen(status) if self.pair.connect_is_ours => Some(status.arn.clone()),
            ConnectState::Chosen(_) | ConnectState::Contact { .. } => None,
        };
        let own = status.map(|status| OwnStatus { status, earlier: self.routable().arn });
        Provenance { status: own, ..Provenance::default() }
    }

    fn set<P>(&self, value: P) -> WrittenPresence<P> {
        let expires = self.at.checked_add(LONG).unwrap_or(Timestamp::MAX);
        WrittenPresence { value, since: self.at, renewed: self.at, expires }
    }
}

/// A presence that we can have written.
enum Own {
    Session(SessionPresence),
    Preferred(PreferredPresence),
}

fn own_value(shown: &TeamsState) -> Option<Own> {
    let session = SessionPresence::ALL.into_iter().find(|value| value.shows() == *shown).map(Own::Session);
    session.or_else(|| {
        PreferredPresence::ALL.into_iter().find(|value| value.shows() == *shown).map(Own::Preferred)
    })
}

fn is_decision(row: &Decision) -> bool {
    match row.done {
        Done::Written | Done::GivenBack | Done::NotWritten | Done::Failed | Done::DryRun => true,
        Done::Confirmed | Done::Renewed => false,
    }
}
