//! What is known of Connect beyond the state that mapping sees: the whole snapshot, the statuses of the
//! instance, and which of what it shows is ours.
//!
//! Decides nothing.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Effect, Engine, Machine};
use crate::{
    connect::{AgentSnapshot, AgentStatus, StatusArn},
    moment::later,
    provenance::OwnStatus,
    redate::Redate,
};

/// What is ours counts as not set once it has not shown for this long.
pub(super) const SETTLES: Duration = Duration::from_secs(5);

/// Connect, as last reported.
#[derive(Debug, Clone, Default)]
pub(super) struct ConnectSide {
    /// None while the session is not live.
    pub(super) snapshot: Option<AgentSnapshot>,
    /// The statuses that can be chosen.
    pub(super) statuses: Vec<AgentStatus>,
    pub(super) machine: Machine,
    /// When somebody other than us last chose a status.
    pub(super) chose_at: Option<Timestamp>,
    /// The status chosen last as mapping sees it, also while the session is not live.
    pub(super) chosen: Option<StatusArn>,
    /// Which chosen status the order under way, or the last one, should lead to.
    pub(super) expected: Option<StatusArn>,
    /// Since when our chosen status does not show.
    status_unseen: Option<Timestamp>,
    /// Since when our next status does not show.
    next_unseen: Option<Timestamp>,
}

impl ConnectSide {
    pub(super) fn status(&self, arn: &StatusArn) -> Option<&AgentStatus> {
        self.statuses.iter().find(|status| status.arn == *arn)
    }

    /// When what does not show is forgotten.
    pub(super) fn forgets_at(&self) -> Option<Timestamp> {
        let unseen = [self.status_unseen, self.next_unseen].into_iter().flatten().min()?;
        self.snapshot.as_ref().map(|_| later(unseen, SETTLES))
    }
}

impl Engine {
    /// Our record of this chosen status, if it is ours.
    pub(super) fn own_status(&self, chosen: &StatusArn) -> Option<&OwnStatus> {
        [&self.provenance.status, &self.provenance.status_before]
            .into_iter()
            .flatten()
            .find(|own| own.status == *chosen)
    }

    /// True while the queued next status is ours.
    pub(super) fn own_next_is_queued(&self) -> bool {
        let queued = self.connect.snapshot.as_ref().and_then(|snapshot| snapshot.next.as_ref());
        queued.map(|next| &next.arn) == self.provenance.next.as_ref().map(|own| &own.status)
            && queued.is_some()
    }

    /// Takes what Connect reports, and distinguishes ours from what somebody else chose.
    pub(super) fn follow_connect(
        &mut self,
        snapshot: AgentSnapshot,
        as_mapped: &AgentSnapshot,
        out: &mut Vec<Effect>,
    ) {
        let chosen = as_mapped.chosen.arn.clone();
        self.note_connect(as_mapped);
        self.connect.snapshot = Some(snapshot);
        if self.provenance.next.as_ref().is_some_and(|own| own.status == chosen) && !self.own_next_is_queued()
        {
            self.provenance.status = self.provenance.next.take().filter(|_| self.teams_table.enabled);
            self.provenance.status_before = None;
            self.save(out);
        }
        let is_expected = self.connect.expected.take_if(|expected| *expected == chosen).is_some();
        let before = self.connect.chosen.replace(chosen.clone());
        let has_changed = before.is_some_and(|before| before != chosen);
        if has_changed && !is_expected && self.own_status(&chosen).is_none() {
            self.connect.chose_at = Some(self.now);
        }
        if is_expected && self.own_status(&chosen).is_none() && self.provenance.status.take().is_some() {
            // Restored: nothing of ours is left.
            self.provenance.status_before = None;
            self.save(out);
        }
        self.note_unseen(out);
    }

    /// Notes since when what is ours does not show. While an order is under way nothing is expected to show.
    pub(super) fn note_unseen(&mut self, out: &mut Vec<Effect>) {
        if self.connect.snapshot.is_none() {
            return;
        }
        let chosen = self.connect.chosen.as_ref();
        let shows_status = self.provenance.status.as_ref().is_none_or(|own| Some(&own.status) == chosen);
        let shows_next = self.provenance.next.is_none() || self.own_next_is_queued();
        let waits = self.orders.sent.is_some();
        let since = |unseen: Option<Timestamp>, shows: bool| {
            if shows || waits { None } else { Some(unseen.unwrap_or(self.now)) }
        };
        self.connect.status_unseen = since(self.connect.status_unseen, shows_status);
        self.connect.next_unseen = since(self.connect.next_unseen, shows_next);
        if shows_status && !waits && self.provenance.status_before.take().is_some() {
            self.save(out);
        }
    }

    /// Forgets what has not shown for long enough: it is not ours any more, or was never set.
    pub(super) fn forget_unseen(&mut self, out: &mut Vec<Effect>) {
        if self.connect.snapshot.is_none() {
            return;
        }
        let is_over =
            |unseen: Option<Timestamp>| unseen.is_some_and(|unseen| later(unseen, SETTLES) <= self.now);
        let (status, next) = (is_over(self.connect.status_unseen), is_over(self.connect.next_unseen));
        if status {
            let chosen = self.connect.chosen.as_ref();
            let replaced = self.provenance.status_before.take();
            self.provenance.status = replaced.filter(|own| Some(&own.status) == chosen);
            self.connect.expected = None;
            self.connect.status_unseen = None;
        }
        if next {
            self.provenance.next = None;
            self.connect.next_unseen = None;
        }
        if status || next {
            self.save(out);
            self.consider(out);
        }
    }
}

impl Redate for ConnectSide {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            snapshot,
            statuses: _,
            machine: _,
            chose_at,
            chosen: _,
            expected: _,
            status_unseen,
            next_unseen,
        } = self;
        snapshot.redate(by);
        chose_at.redate(by);
        status_unseen.redate(by);
        next_unseen.redate(by);
    }
}
