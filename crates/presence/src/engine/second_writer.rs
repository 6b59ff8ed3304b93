//! The second writer (rule 17): somebody else writes to Teams what we would write, and neither a person nor Teams
//! itself explains it. ConnectPath's own integration does so, and a copy of the app on another computer.
//!
//! Only looks; a value that a person or Teams itself makes never counts.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, want::Want};
use crate::{
    moment::later,
    provenance::{Stop, StopReason},
    redate::Redate,
    source::{Source, is_automatic, is_choice, shows},
    teams::{Availability, Reading, TeamsState},
};

/// How long after a change in Connect and the hold of its row a change in Teams counts as following it.
const SOON: Duration = Duration::from_secs(60);
/// How many such changes stop the sync.
const OFTEN: usize = 3;
/// How long each of them counts.
const WITHIN: Duration = Duration::from_secs(60 * 60);

/// What was seen of a second writer.
#[derive(Debug, Clone, Default)]
pub(super) struct SecondWriter {
    /// The last change in Connect that was not followed yet.
    change: Option<Timestamp>,
    /// When Teams followed one without us.
    followed: Vec<Timestamp>,
    /// The last reading.
    last: Option<Reading>,
}

impl SecondWriter {
    /// Notes that Connect shows another state than before.
    pub(super) fn connect_changed(&mut self, now: Timestamp) {
        self.change = Some(now);
    }

    pub(super) fn forget(&mut self) {
        self.change = None;
        self.followed.clear();
    }
}

impl Engine {
    /// Takes a reading: finds out whether Teams followed Connect without us.
    pub(super) fn look_for_a_second_writer(&mut self, reading: &Reading, out: &mut Vec<Effect>) {
        let Some(before) = self.second_writer.last.replace(reading.clone()) else { return };
        if !self.knows_own || !self.table.enabled || self.is_leaving() || self.suspension().is_some() {
            return;
        }
        let ours = self.written.max(self.session_written);
        let is_own_doing = ours.is_some_and(|ours| before.at < ours) || self.shows_own(&reading.state);
        let shown = &reading.state;
        if is_own_doing || shows(&before.state, shown) || is_explained(&before.state, shown) {
            return;
        }
        if self.followed_until(shown).is_none_or(|until| until < self.now) {
            return;
        }
        self.second_writer.change = None;
        self.second_writer.followed.retain(|at| later(*at, WITHIN) > self.now);
        self.second_writer.followed.push(self.now);
        if self.second_writer.followed.len() >= OFTEN {
            self.stop(Stop { until: None, why: StopReason::SecondWriter }, out);
            out.push(Effect::SecondWriter);
        }
    }

    /// Until when `shown` counts as following the last change in Connect, if that change asks for it.
    fn followed_until(&self, shown: &TeamsState) -> Option<Timestamp> {
        let change = self.second_writer.change?;
        let (_, row) = self.table.find(self.agent.as_ref()?, self.watch.alone())?;
        let asked = match Want::of(row.target) {
            Want::Session(value) => value.shows(),
            Want::Preferred(value) => value.shows(),
            Want::Keep | Want::Nothing => return None,
        };
        shows(shown, &asked).then(|| later(later(change, self.table.hold_of(row)), SOON))
    }

    /// True if what Teams shows is what we wrote.
    fn shows_own(&self, shown: &TeamsState) -> bool {
        let is_session = self.provenance.session.as_ref().is_some_and(|own| shows(shown, &own.value.shows()));
        is_session || !self.hides_nothing(shown)
    }
}

/// True if a person or Teams itself explains the change. Available comes back by itself when a call, a meeting, an
/// absence or a choice ends.
fn is_explained(before: &TeamsState, shown: &TeamsState) -> bool {
    let ends_by_itself =
        is_automatic(before) || is_choice(before) || before.availability == Availability::Away;
    Source::of_teams(shown) != Source::Unclear
        || (shown.availability == Availability::Available && ends_by_itself)
}

impl Redate for SecondWriter {
    fn redate(&mut self, by: SignedDuration) {
        let Self { change, followed, last } = self;
        change.redate(by);
        followed.redate(by);
        last.redate(by);
    }
}
