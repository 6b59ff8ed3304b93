//! The breaker (rule 12): writes that go back and forth with nothing new between them stop the sync.
//!
//! Only counts. A state that was not shown lately breaks the chain: a person, a contact or the calendar caused it.
//! One that was shown lately may be somebody else's answer to our own write.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine};
use crate::{
    connect::{Activity, AgentSnapshot, AgentStatus, ContactId},
    decision::Side,
    mapping::{Table, TableRow},
    moment::later,
    provenance::{Stop, StopReason},
    redate::Redate,
    source::shows,
    teams::TeamsState,
};

/// How many writes may alternate between the sides.
const MAX_WRITES: usize = 4;
/// How long the sync is stopped then.
const STOP_LENGTH: Duration = Duration::from_secs(5 * 60);
/// How long a write counts, as a multiple of the longest hold and one poll.
const ROUNDS: u32 = 10;

/// The chain of writes, and the states that were shown lately.
#[derive(Debug, Clone, Default)]
pub(super) struct Alternation {
    writes: Vec<(Side, Timestamp)>,
    /// The statuses in Connect, the current one last.
    connect: Seen<AgentStatus>,
    /// The states in Teams, the current one last.
    teams: Seen<TeamsState>,
    contacts: Vec<(ContactId, Activity)>,
}

/// The states that were shown lately, each with the last moment at which it was shown.
#[derive(Debug, Clone)]
struct Seen<T>(Vec<(T, Timestamp)>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Clone> Seen<T> {
    /// Notes that `new` is shown now. True if it was not shown within the time before.
    fn take(&mut self, new: &T, is_same: impl Fn(&T) -> bool, now: Timestamp, within: Duration) -> bool {
        if let Some((_, at)) = self.0.last_mut() {
            *at = now;
        }
        self.0.retain(|(_, at)| later(*at, within) > now);
        let place = self.0.iter().position(|(known, _)| is_same(known));
        let known = place.map_or_else(|| new.clone(), |place| self.0.remove(place).0);
        self.0.push((known, now));
        place.is_none()
    }

    fn all(&self) -> Vec<T> {
        self.0.iter().map(|(known, _)| known.clone()).collect()
    }
}

impl Alternation {
    /// Forgets the writes: somebody did something, so what follows is no loop.
    pub(super) fn forget(&mut self) {
        self.writes.clear();
    }

    /// True if one more write to that side is one too many; else it counts.
    fn is_too_long(&mut self, side: Side, now: Timestamp, within: Duration) -> bool {
        self.writes.retain(|(_, at)| later(*at, within) > now);
        if self.writes.last().is_some_and(|(last, _)| *last == side) {
            return false;
        }
        if self.writes.len() >= MAX_WRITES {
            return true;
        }
        self.writes.push((side, now));
        false
    }
}

impl Engine {
    /// Notes what Connect shows. Another contact, or a status that was not shown lately, is no answer to us.
    pub(super) fn note_connect(&mut self, snapshot: &AgentSnapshot) {
        let contacts = snapshot.seen().contacts;
        let is_other_contact =
            std::mem::replace(&mut self.alternation.contacts, contacts.clone()) != contacts;
        if self.note_status(&snapshot.chosen) || is_other_contact {
            self.alternation.forget();
        }
    }

    /// Notes what Teams shows. A state that was not shown lately is no answer to us.
    pub(super) fn note_teams(&mut self, state: &TeamsState) {
        if self.note_state(state) {
            self.alternation.forget();
        }
    }

    /// Notes a status that is shown or ordered: from now on it is nothing new. True if it was not shown lately.
    pub(super) fn note_status(&mut self, status: &AgentStatus) -> bool {
        let within = self.breaker_window();
        self.alternation.connect.take(status, |known| known.arn == status.arn, self.now, within)
    }

    /// Notes a state that is shown or written: from now on it is nothing new. True if it was not shown lately.
    pub(super) fn note_state(&mut self, state: &TeamsState) -> bool {
        let within = self.breaker_window();
        self.alternation.teams.take(state, |known| shows(known, state), self.now, within)
    }

    fn breaker_window(&self) -> Duration {
        let longest = longest_hold(&self.table).max(longest_hold(&self.teams_table));
        longest.saturating_add(self.pace.poll).saturating_mul(ROUNDS)
    }

    /// Counts a decision to write to that side. True if the sync stops instead.
    pub(super) fn trips_breaker(&mut self, side: Side, out: &mut Vec<Effect>) -> bool {
        let gives_up = self.is_leaving() || !self.table.enabled || self.suspension().is_some();
        let within = self.breaker_window();
        if !self.knows_own || gives_up || !self.alternation.is_too_long(side, self.now, within) {
            return false;
        }
        let (connect, teams) = (self.alternation.connect.all(), self.alternation.teams.all());
        let why = StopReason::Loop { connect: connect.clone(), teams: teams.clone() };
        self.alternation.forget();
        self.stop(Stop { until: Some(later(self.now, STOP_LENGTH)), why }, out);
        out.push(Effect::Broken { connect, teams });
        true
    }
}

fn longest_hold<R: TableRow>(table: &Table<R>) -> Duration {
    table.rows().iter().map(|row| table.hold_of(row)).chain([table.hold]).max().unwrap_or(table.hold)
}

impl<T> Redate for Seen<T> {
    fn redate(&mut self, by: SignedDuration) {
        let Self(seen) = self;
        seen.iter_mut().for_each(|(_, at)| at.redate(by));
    }
}

impl Redate for Alternation {
    fn redate(&mut self, by: SignedDuration) {
        let Self { writes, connect, teams, contacts: _ } = self;
        writes.iter_mut().for_each(|(_, at)| at.redate(by));
        connect.redate(by);
        teams.redate(by);
    }
}
