//! The breaker (rule 12): writes that go back and forth with nothing new between them stop the sync.
//!
//! Only counts. A state that did not come up before breaks the chain: a person, a contact or the calendar made it.
//! One that did may be somebody else's answer to our own write.

use std::time::Duration;

use jiff::Timestamp;

use super::{Effect, Engine, after};
use crate::{
    connect::{Activity, AgentSnapshot, AgentStatus, ContactId},
    mapping::{Row, Table},
    provenance::{Stop, Why},
    source::shows,
    teams::TeamsState,
    timeline::Side,
};

/// So many writes may follow each other from side to side.
const MOST: usize = 4;
/// How long the sync stands still then.
const LENGTH: Duration = Duration::from_secs(5 * 60);
/// The chain counts within so many rounds of the longest hold and a poll.
const ROUNDS: u32 = 10;

/// The chain of writes, and what came up in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Alternation {
    writes: Vec<(Side, Timestamp)>,
    /// The statuses in Connect that came up, the present one last.
    connect: Vec<AgentStatus>,
    /// The states in Teams that came up, the present one last.
    teams: Vec<TeamsState>,
    contacts: Vec<(ContactId, Activity)>,
}

impl Alternation {
    /// Somebody did something: what comes now is no loop.
    pub(super) fn forget(&mut self) {
        self.writes.clear();
        self.connect.drain(..self.connect.len().saturating_sub(1));
        self.teams.drain(..self.teams.len().saturating_sub(1));
    }

    pub(super) fn centre_shows(&mut self, snapshot: &AgentSnapshot) {
        let contacts = snapshot.seen().contacts;
        let is_other_contact = std::mem::replace(&mut self.contacts, contacts) != self.contacts;
        let is_new = !came_up(&mut self.connect, |known| known.arn == snapshot.chosen.arn);
        if is_new {
            self.connect.push(snapshot.chosen.clone());
        }
        if is_new || is_other_contact {
            self.forget();
        }
    }

    pub(super) fn teams_shows(&mut self, state: &TeamsState) {
        if self.expect_state(state) {
            self.forget();
        }
    }

    /// What we write is nothing new. True where it did not come up before.
    pub(super) fn expect_state(&mut self, state: &TeamsState) -> bool {
        let is_new = !came_up(&mut self.teams, |known| shows(known, state));
        if is_new {
            self.teams.push(state.clone());
        }
        is_new
    }

    /// What we order is nothing new.
    pub(super) fn expect_status(&mut self, status: &AgentStatus) {
        if !came_up(&mut self.connect, |known| known.arn == status.arn) {
            self.connect.push(status.clone());
        }
    }

    /// True where one more write to that side is one too many; else it counts.
    fn is_too_long(&mut self, side: Side, now: Timestamp, within: Duration) -> bool {
        self.writes.retain(|(_, at)| after(*at, within) > now);
        if self.writes.last().is_some_and(|(last, _)| *last == side) {
            return false;
        }
        if self.writes.len() >= MOST {
            return true;
        }
        self.writes.push((side, now));
        false
    }
}

/// Puts what came up before at the end. True where it did.
fn came_up<T>(known: &mut Vec<T>, is_same: impl Fn(&T) -> bool) -> bool {
    let place = known.iter().position(is_same);
    if let Some(place) = place {
        let same = known.remove(place);
        known.push(same);
    }
    place.is_some()
}

impl Engine {
    /// Counts a decision to write to that side. True where the sync stops instead.
    pub(super) fn breaks(&mut self, side: Side, out: &mut Vec<Effect>) -> bool {
        let gives_up = self.is_leaving() || !self.table.enabled || self.still().is_some();
        let longest = longest_hold(&self.table).max(longest_hold(&self.teams_table));
        let within = longest.saturating_add(self.pace.poll).saturating_mul(ROUNDS);
        if gives_up || !self.alternation.is_too_long(side, self.now, within) {
            return false;
        }
        let Alternation { connect, teams, .. } = self.alternation.clone();
        let why = Why::Loop { connect: connect.clone(), teams: teams.clone() };
        self.alternation.forget();
        self.stop(Stop { until: Some(after(self.now, LENGTH)), why }, out);
        out.push(Effect::Broken { connect, teams });
        true
    }
}

fn longest_hold<R: Row>(table: &Table<R>) -> Duration {
    table.rows().iter().map(|row| table.hold_of(row)).chain([table.hold]).max().unwrap_or(table.hold)
}
