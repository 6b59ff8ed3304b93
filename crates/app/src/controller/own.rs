//! The agent's own presence: when it is read, what a failed read or write means for the next one.

use std::time::Duration;

use graph::{GraphError, Me};
use jiff::{SignedDuration, Timestamp};
use presence::{
    engine::Event,
    identity::ObjectId,
    redate::Redate,
    teams::{Reading, TeamsState},
};
use signin::Claims;

use super::{Controller, Outcome};
use crate::{clock::later, files::Change, host::Host, lane::WriteProblem, words::fill};

/// Between two reads of own presence.
pub(super) const BETWEEN: Duration = Duration::from_secs(12);
const FIRST_RETRY: Duration = Duration::from_secs(5);
const LONGEST_RETRY: Duration = Duration::from_secs(60);
/// A right that is missing does not come by itself.
const NOT_ALLOWED: Duration = Duration::from_secs(600);

/// What is wrong with Graph at the moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Throttled until then.
    Slowed { until: Timestamp },
    /// Nothing answers.
    Unreachable { sentence: String },
    /// A right is missing.
    NotAllowed { sentence: String },
    /// Provenance cannot be kept, so nothing is written.
    NotKept { sentence: String },
    /// Anything else that Graph said.
    Failing { sentence: String },
}

/// With what a read was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// The access token: when it was issued.
    issued: Timestamp,
    /// By which clock.
    sets: u32,
}

#[derive(Debug, Default)]
pub(super) struct Own {
    /// The last known state and since when, as far as seen.
    pub(super) state: Option<(TeamsState, Option<Timestamp>)>,
    /// When it was last read.
    pub(super) read: Option<Timestamp>,
    /// False once it may have changed without our knowing.
    pub(super) known: bool,
    pub(super) trouble: Option<Trouble>,
    /// Since when nothing answers.
    pub(super) unreachable_since: Option<Timestamp>,
    pub(super) me: Option<Me>,
    next: Option<Timestamp>,
    under_way: bool,
    again: bool,
    wait: Duration,
}

impl Own {
    pub(super) fn deadline(&self) -> Option<Timestamp> {
        self.next.filter(|_| !self.under_way)
    }

    fn back_off(&mut self) -> Duration {
        self.wait = (self.wait * 2).clamp(FIRST_RETRY, LONGEST_RETRY);
        self.wait
    }
}

impl<H: Host> Controller<H> {
    /// This person is logged in: what is known and remembered of anybody else's presence is put aside.
    pub(super) fn own_is_of(&mut self, person: &ObjectId) {
        match self.kept.begin(person, self.clock.now()) {
            Change::None => {}
            Change::Named => self.save_kept(),
            Change::Another(kept) => {
                // A read that is under way still comes back.
                self.own = Own { under_way: self.own.under_way, ..Own::default() };
                self.tell(Event::Person(kept));
            }
        }
    }

    /// Reads own presence at once; a read that is already under way may be too old, so another follows it.
    pub(super) fn read_own_now(&mut self) {
        if self.own.under_way {
            self.own.again = true;
            return;
        }
        let now = self.clock.now();
        if let Some(Trouble::Slowed { until }) = self.own.trouble
            && now < until
        {
            self.own.next = Some(until);
            return;
        }
        let Some(graph) = self.graph.clone() else { return };
        let Some(active) = self.login.active() else { return };
        let (token, own) = (active.access.clone(), active.who.object_id.clone());
        let asked = Asked { issued: active.issued, sets: self.clock.sets() };
        self.own.under_way = true;
        self.own.again = false;
        self.own.next = None;
        let report = self.report.clone();
        tokio::spawn(async move {
            let result = graph.own_presence(&token, now).await;
            drop(report.send(Outcome::Own { own, asked, result }));
        });
    }

    /// `own` says whose presence it is.
    pub(super) fn own_read(&mut self, own: &ObjectId, asked: Asked, result: Result<Reading, GraphError>) {
        let now = self.clock.now();
        self.own.under_way = false;
        // How old an answer is that was asked for by another clock, nobody knows.
        if !self.kept.is_of(own) || asked.sets != self.clock.sets() {
            return self.read_own_now();
        }
        let is_current = self.login.active().is_some_and(|active| active.issued == asked.issued);
        match result {
            Ok(reading) => {
                self.login.doubts = 0;
                let since = match &self.own.state {
                    Some((state, since)) if *state == reading.state => *since,
                    Some(_) => Some(now),
                    None => None,
                };
                self.own.state = Some((reading.state.clone(), since));
                self.own.read = Some(reading.at);
                self.own.known = true;
                self.own.wait = Duration::ZERO;
                self.own.unreachable_since = None;
                // A disk that is full says nothing about Graph, and reads say nothing about the disk.
                if !matches!(self.own.trouble, Some(Trouble::NotKept { .. } | Trouble::NotAllowed { .. })) {
                    self.own.trouble = None;
                }
                self.own.next = Some(later(now, BETWEEN));
                self.tell(Event::Teams(reading));
            }
            // Another token has taken its place since.
            Err(GraphError::Unauthorized { .. }) if !is_current => self.own.again = true,
            Err(error) => {
                let wait = self.graph_failed(&error);
                if let GraphError::Unauthorized { challenge } = &error {
                    self.token_refused(challenge.as_deref().and_then(Claims::from_challenge));
                }
                self.own.known = false;
                self.own.next = Some(later(now, wait));
                self.tell(Event::TeamsLost);
            }
        }
        if self.own.again {
            self.read_own_now();
        }
    }

    /// `own` says in whose Teams.
    pub(super) fn wrote(&mut self, own: &ObjectId, result: Result<(), WriteProblem>) {
        if !self.kept.is_of(own) {
            return;
        }
        match result {
            Ok(()) => {
                if matches!(self.own.trouble, Some(Trouble::NotKept { .. } | Trouble::NotAllowed { .. })) {
                    self.own.trouble = None;
                }
                self.tell(Event::Wrote);
            }
            Err(problem) => {
                tracing::warn!(%problem, "a presence was not written");
                let wait = match &problem {
                    WriteProblem::Graph(error) => self.graph_failed(error),
                    WriteProblem::Disk { .. } => {
                        self.own.trouble = Some(Trouble::NotKept { sentence: format!("{problem}.") });
                        LONGEST_RETRY
                    }
                };
                self.tell(Event::WriteFailed { retry_at: later(self.clock.now(), wait) });
            }
        }
    }

    /// Whether what an order leaves in Connect can be remembered; keeps what it means for the person.
    pub(super) fn is_kept(&mut self, result: Result<(), WriteProblem>) -> bool {
        match result {
            Ok(()) => {
                self.own.trouble.take_if(|trouble| matches!(trouble, Trouble::NotKept { .. }));
                true
            }
            Err(problem) => {
                tracing::warn!(%problem, "a status was not set");
                self.own.trouble = Some(Trouble::NotKept { sentence: format!("{problem}.") });
                false
            }
        }
    }

    /// Keeps what a failure means for the person, and says how long to wait.
    pub(super) fn graph_failed(&mut self, error: &GraphError) -> Duration {
        let now = self.clock.now();
        let sentence = format!("{error}.");
        match error {
            GraphError::Throttled { retry_after } => {
                let wait = retry_after.unwrap_or_else(|| self.own.back_off());
                self.own.trouble = Some(Trouble::Slowed { until: later(now, wait) });
                wait
            }
            GraphError::Unauthorized { .. } => {
                // Which of our tokens it was about, the own presence will show.
                self.read_own_now();
                FIRST_RETRY
            }
            GraphError::NotAllowed { .. } => {
                self.own.trouble = Some(Trouble::NotAllowed { sentence });
                NOT_ALLOWED
            }
            GraphError::Unreachable(_) | GraphError::TimedOut => {
                self.own.unreachable_since.get_or_insert(now);
                self.own.trouble = Some(Trouble::Unreachable { sentence });
                self.own.back_off()
            }
            GraphError::Server { retry_after, .. } => {
                self.own.trouble = Some(Trouble::Failing { sentence });
                retry_after.unwrap_or_else(|| self.own.back_off())
            }
            GraphError::NotFound
            | GraphError::Refused { .. }
            | GraphError::Malformed(_)
            | GraphError::ForeignLink => {
                self.own.trouble = Some(Trouble::Failing { sentence });
                self.own.back_off()
            }
        }
    }

    pub(super) fn ask_who_i_am(&self) {
        let (Some(graph), Some((token, _))) = (self.graph.clone(), self.login.credentials()) else {
            return;
        };
        let report = self.report.clone();
        tokio::spawn(async move {
            drop(report.send(Outcome::Me(graph.me(&token).await)));
        });
    }

    pub(super) fn know_me(&mut self, result: Result<Me, GraphError>) {
        match result {
            Ok(me) => self.own.me = Some(me),
            // The name under the avatar comes from the login then; nothing else depends on this.
            Err(error) => tracing::info!(%error, "own details"),
        }
    }

    pub(super) fn own_due(&mut self, now: Timestamp) {
        if self.own.deadline().is_some_and(|at| at <= now) {
            self.own.next = None;
            self.read_own_now();
        }
    }

    /// The line under the own name.
    pub(super) fn own_line(&self) -> String {
        let number =
            self.own.me.as_ref().and_then(|me| me.numbers.first()).map(|number| number.as_written.clone());
        number.or_else(|| self.login.who().map(|who| who.upn.clone())).unwrap_or_default()
    }

    /// What is the matter, with the time of the last read filled in.
    pub(super) fn trouble_sentence(&self, trouble: &Trouble) -> String {
        let read = self.own.read.map_or_else(|| "–".to_owned(), crate::words::time);
        match trouble {
            Trouble::Slowed { .. } => fill("checks.teams.slowed", &[("time", &read)]),
            Trouble::Unreachable { sentence } | Trouble::Failing { sentence } => {
                fill("checks.teams.noAnswer", &[("reason", sentence)])
            }
            Trouble::NotAllowed { sentence } => fill("checks.teams.notAllowed", &[("reason", sentence)]),
            Trouble::NotKept { sentence } => fill("checks.teams.notKept", &[("reason", sentence)]),
        }
    }
}

impl Redate for Trouble {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Slowed { until } => until.redate(by),
            Self::Unreachable { .. }
            | Self::NotAllowed { .. }
            | Self::NotKept { .. }
            | Self::Failing { .. } => {}
        }
    }
}

impl Redate for Own {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            state,
            read,
            known: _,
            trouble,
            unreachable_since,
            me: _,
            next,
            under_way: _,
            again: _,
            wait: _,
        } = self;
        if let Some((_, since)) = state {
            since.redate(by);
        }
        read.redate(by);
        trouble.redate(by);
        unreachable_since.redate(by);
        next.redate(by);
    }
}
