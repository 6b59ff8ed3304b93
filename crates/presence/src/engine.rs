//! The sync engine: decides what of ours should stand in Teams, and when.
//!
//! Deterministic. Never calls out, never reads a clock, never panics on input.
//!
//! Every event ends in the same pass: forget what has lapsed, let a hold end, judge the last reading, then do
//! the one next thing that brings Teams to what the present Connect state asks for. Nothing is remembered about
//! steps still to come, so a failure, a restart or a change in between needs no case of its own.

mod confirm;
mod decide;
mod hold;
mod judge;
mod leave;
mod person;
mod plan;
mod renewal;
mod tell;
mod watch;
mod write;

use std::time::Duration;

use jiff::Timestamp;

use self::{
    confirm::Trail,
    hold::{Entry, Pending},
    leave::Quit,
    person::Held,
    tell::{Status, Told},
    watch::Watch,
    write::Flight,
};
use crate::{
    connect::{AgentSnapshot, ConnectState},
    mapping::ConnectToTeams,
    provenance::Provenance,
    teams::{PreferredPresence, Reading, SessionPresence, TeamsState},
    timeline::{Done, Guard, Row},
};

/// How long the engine waits for what; real lengths by default, shorter ones only for demonstrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// A read older than this is too old to decide on (5 s).
    pub fresh: Duration,
    /// How long after a write it is read back.
    pub read_back: Duration,
    /// Renewal of our session (4 min) and its expiry (10 min).
    pub session_renewal: Duration,
    /// Expiry asked for at each session write.
    pub session_expiry: Duration,
    /// Renewal of our preferred presence (45 min).
    pub preferred_renewal: Duration,
    /// Expiry asked for at each preferred write (1 h).
    pub preferred_expiry: Duration,
    /// Forced sync (1 h).
    pub forced: Duration,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Connect told the agent's state.
    Agent(AgentSnapshot),
    /// The Connect session is not live: the agent's state is unknown.
    ConnectLost,
    /// Own presence was read.
    Teams(Reading),
    /// A read failed, or the sign-in ended: the own presence is unknown.
    TeamsLost,
    /// The write that the last [`Effect::Write`] asked for arrived (Graph answered 2xx).
    Wrote,
    /// That write did not arrive, or was refused.
    WriteFailed {
        /// Not before this moment may the next write leave (Retry-After, back-off).
        retry_at: Timestamp,
    },
    /// The deadline has come.
    Deadline,
    /// The tables changed.
    Table(ConnectToTeams),
    /// *Sync now*, resume, network return, login: read both sides, repair what was lost.
    Sync,
    /// The person quits: take back what is ours, then write nothing more.
    Quit,
}

/// One write to Graph. At most one is under way at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// `setPresence` with our session.
    SetSession {
        /// What to show.
        value: SessionPresence,
        /// `expirationDuration`.
        expiry: Duration,
    },
    /// `clearPresence` of our session.
    ClearSession,
    /// `setUserPreferredPresence`.
    SetPreferred {
        /// What to show.
        value: PreferredPresence,
        /// `expirationDuration`.
        expiry: Duration,
    },
    /// `clearUserPreferredPresence`.
    ClearPreferred,
}

/// What the outside must do, in this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep this on disk before the next effect is carried out.
    Save(Provenance),
    /// Write to Graph; answer with [`Event::Wrote`] or [`Event::WriteFailed`].
    Write(Write),
    /// Read own presence now; answer with [`Event::Teams`] or [`Event::TeamsLost`].
    Read,
    /// A row for the timeline.
    Record(Row),
}

/// How the two sides stand to each other, for the reason line of the drawer and for the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Connect → Teams is off.
    Off,
    /// One side is unknown since then.
    NotInStep {
        /// Since when.
        since: Timestamp,
    },
    /// A change waits for its hold.
    Following {
        /// When it counts.
        at: Timestamp,
    },
    /// A write is under way or waits for its retry.
    Writing,
    /// The present row says No change.
    NoChange,
    /// Ours stands, but something in Teams hides it.
    Masked,
    /// The person's own choice in Teams stands; ours is not written over it.
    HeldByYou,
    /// Teams shows what Connect asks for.
    InStep {
        /// Since when.
        since: Timestamp,
    },
}

impl Default for Pace {
    fn default() -> Self {
        const MINUTE: u64 = 60;
        Self {
            fresh: Duration::from_secs(5),
            read_back: Duration::from_secs(1),
            session_renewal: Duration::from_secs(4 * MINUTE),
            session_expiry: Duration::from_secs(10 * MINUTE),
            preferred_renewal: Duration::from_secs(45 * MINUTE),
            preferred_expiry: Duration::from_secs(60 * MINUTE),
            forced: Duration::from_secs(60 * MINUTE),
        }
    }
}

/// The engine of one agent.
#[derive(Debug, Clone)]
pub struct Engine {
    table: ConnectToTeams,
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
    /// When the last write that is no renewal was answered: an earlier reading says nothing of it.
    written: Option<Timestamp>,
    preferred_written: Option<Timestamp>,
    /// When the last write or renewal of our session arrived.
    session_written: Option<Timestamp>,
    flight: Option<Flight>,
    retry_at: Option<Timestamp>,
    held: Held,
    told: Told,
    /// False until the state in force has been decided on a fresh reading.
    decided: bool,
    forced_at: Option<Timestamp>,
    /// A forced sync waits for a reading that left at or after this moment.
    repair: Option<Timestamp>,
    quit: Quit,
}

impl Engine {
    /// An engine that remembers `provenance` and knows nothing else yet.
    #[must_use]
    pub fn new(table: ConnectToTeams, pace: Pace, provenance: Provenance, now: Timestamp) -> Self {
        let in_force = Entry::restored(&table, &provenance, now);
        Self {
            told: Told::new(if in_force.is_some() { Status::Shown } else { Status::Deciding }, now),
            decided: in_force.is_some(),
            table,
            pace,
            provenance,
            now,
            agent: None,
            connect_lost: Some(now),
            in_force,
            pending: None,
            watch: Watch::new(now),
            session: Trail::quiet(),
            preferred: Trail::quiet(),
            before: None,
            written: None,
            preferred_written: None,
            session_written: None,
            flight: None,
            retry_at: None,
            held: Held::No,
            forced_at: None,
            repair: None,
            quit: Quit::No,
        }
    }

    /// Takes one event. `now` must not be earlier than at the last call.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Vec<Effect> {
        self.now = self.now.max(now);
        let mut out = Vec::new();
        if self.is_finished() {
            return out;
        }
        // A state whose hold is over has lasted, even if the machine slept over its deadline.
        self.end_hold(&mut out);
        match event {
            Event::Agent(snapshot) => self.connect_shows(snapshot.state(), &mut out),
            Event::ConnectLost => self.connect_is_lost(&mut out),
            Event::Teams(reading) => {
                if self.watch.take(reading, self.now) {
                    self.teams_is_unknown(&mut out);
                }
            }
            Event::TeamsLost => {
                if self.watch.lose(self.now) {
                    self.teams_is_unknown(&mut out);
                }
            }
            Event::Wrote => self.wrote(&mut out),
            Event::WriteFailed { retry_at } => self.write_failed(retry_at, &mut out),
            Event::Deadline => {}
            Event::Table(table) => self.replace_table(table, &mut out),
            Event::Sync => {
                self.repair = Some(self.now);
                self.watch.ask_anew();
            }
            Event::Quit => self.begin_to_leave(&mut out),
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
            self.held.until(),
            self.quit_timer(),
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

    /// True after [`Event::Quit`], once nothing of ours stands any more, or what stands is left to its expiry.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.quit == Quit::Done
    }

    /// The pass at the end of every event.
    fn advance(&mut self, out: &mut Vec<Effect>) {
        self.end_hold(out);
        self.schedule_forced_sync();
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
        self.decide(out);
        if self.flight.is_none() {
            self.maintain(out);
        }
    }

    fn connect_is_lost(&mut self, out: &mut Vec<Effect>) {
        if self.agent.take().is_some() {
            self.connect_lost = Some(self.now);
            self.pending = None;
            self.record(None, Done::NotWritten, Some(Guard::Unknown), out);
        }
    }

    fn teams_is_unknown(&self, out: &mut Vec<Effect>) {
        self.record(self.in_force.as_ref(), Done::NotWritten, Some(Guard::Unknown), out);
    }

    fn save(&self, out: &mut Vec<Effect>) {
        out.push(Effect::Save(self.provenance.clone()));
    }
}

/// `length` after `start`; a length beyond the calendar means never.
fn after(start: Timestamp, length: Duration) -> Timestamp {
    start.checked_add(length).unwrap_or(Timestamp::MAX)
}
