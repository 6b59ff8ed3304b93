//! What we wrote to either side, why and when, and what keeps us from writing: it outlives a restart.
//!
//! A plain value. `app` keeps it on disk, atomically, *before* the write that it announces leaves the machine.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    connect::{AgentStatus, ConnectState, StatusArn},
    mapping::{ConnectRow, TeamsRow},
    redate::Redate,
    teams::{PreferredPresence, SessionPresence, TeamsState},
};

/// A value of ours that is set in one of the two channels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WrittenPresence<P> {
    /// What we wrote.
    pub value: P,
    /// When it was first written.
    pub since: Timestamp,
    /// When it was last written or renewed.
    pub renewed: Timestamp,
    /// When Graph lets it lapse by itself.
    pub expires: Timestamp,
}

/// A status of ours in Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnStatus {
    /// What we chose.
    pub status: StatusArn,
    /// The last status that was not ours: what *Restore* sets.
    pub earlier: StatusArn,
}

/// The person paused the sync: nothing is written until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pause {
    /// When it ends by itself; none means when somebody resumes.
    pub until: Option<Timestamp>,
}

/// The sync stopped itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stop {
    /// When it continues by itself; none means when somebody resumes.
    pub until: Option<Timestamp>,
    /// Why.
    pub why: StopReason,
}

/// Why the sync stopped itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StopReason {
    /// Writes went back and forth by themselves (rule 12).
    Loop {
        /// The statuses in Connect that came round.
        connect: Vec<AgentStatus>,
        /// The states in Teams that came round.
        teams: Vec<TeamsState>,
    },
    /// Somebody else writes what we would write (rule 17).
    SecondWriter,
}

/// A routable status on its way by Offline: one transaction (rule 11). Mapping continues to see [`Self::from`]
/// while the step shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// The status before.
    pub from: AgentStatus,
    /// The status of the step.
    pub offline: StatusArn,
    /// Where it leads: the routable status, or back to [`Self::from`].
    pub to: AgentStatus,
    /// What *Restore* would set afterwards; none if this restores it.
    pub earlier: Option<StatusArn>,
    /// The Teams state that it answers.
    pub state: TeamsState,
    /// The one that was answered before.
    pub answered: Option<TeamsState>,
}

/// Whether a person's choice in Teams keeps our preferred presence away (rule 9).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Held {
    /// No choice is known.
    #[default]
    No,
    /// This choice applies.
    Since {
        /// Since when.
        since: Timestamp,
        /// What it shows.
        choice: TeamsState,
    },
    /// This choice has been left alone long enough.
    Lifted(TeamsState),
    /// This choice was taken back, because a row overrides it.
    TakenBack(TeamsState),
}

/// Everything of ours that may be set in Teams or in Connect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provenance {
    /// Our presence session, also when it only carries a preferred presence.
    pub session: Option<WrittenPresence<SessionPresence>>,
    /// The preferred presence, if we set it.
    pub preferred: Option<WrittenPresence<PreferredPresence>>,
    /// The Connect state for which it was written.
    pub reason: Option<ConnectState>,
    /// What Teams showed before the last change of what is set. It may be ours too.
    pub replaced: Option<TeamsState>,
    /// What Teams showed last with nothing of ours in the way.
    #[serde(default)]
    pub alone: Option<TeamsState>,
    /// The person's own choice, if one is known. Without this, a restart could not distinguish a plain one from Teams'
    /// own state.
    #[serde(default)]
    pub held: Held,
    /// The Teams state that was answered last when it was entered; none without history.
    #[serde(default)]
    pub answered: Option<TeamsState>,
    /// The chosen status, if we chose it.
    #[serde(default)]
    pub status: Option<OwnStatus>,
    /// The chosen status of ours that [`Self::status`] replaces, until that one shows.
    #[serde(default)]
    pub status_before: Option<OwnStatus>,
    /// The next status, if we queued it.
    #[serde(default)]
    pub next: Option<OwnStatus>,
    /// The last writes to Teams by rows that write *at most every* so often.
    #[serde(default)]
    pub teams_writes: Vec<RowWrite<ConnectRow>>,
    /// The last writes to Connect by such rows.
    #[serde(default)]
    pub connect_writes: Vec<RowWrite<TeamsRow>>,
    /// The routable status on its way by Offline.
    #[serde(default)]
    pub passage: Option<Passage>,
    /// The person paused the sync.
    #[serde(default)]
    pub pause: Option<Pause>,
    /// The sync stopped itself.
    #[serde(default)]
    pub stop: Option<Stop>,
    /// When it was last handed over to be stored. If that is in the future, the clock has been set back since.
    #[serde(default)]
    pub saved: Option<Timestamp>,
}

impl Provenance {
    /// When the last of what is ours in Teams expires. None if nothing of ours is set.
    #[must_use]
    pub fn last_expiry(&self) -> Option<Timestamp> {
        let session = self.session.as_ref().map(|own| own.expires);
        session.max(self.preferred.as_ref().map(|own| own.expires))
    }
}

/// When a row wrote last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RowWrite<R> {
    /// The row as it was then; an edited row is another one.
    pub row: R,
    /// When it wrote.
    pub at: Timestamp,
}

impl<P> Redate for WrittenPresence<P> {
    fn redate(&mut self, by: SignedDuration) {
        let Self { value: _, since, renewed, expires } = self;
        since.redate(by);
        renewed.redate(by);
        expires.redate(by);
    }
}

impl Redate for Pause {
    fn redate(&mut self, by: SignedDuration) {
        let Self { until } = self;
        until.redate(by);
    }
}

impl Redate for Stop {
    fn redate(&mut self, by: SignedDuration) {
        let Self { until, why: _ } = self;
        until.redate(by);
    }
}

impl Redate for Held {
    fn redate(&mut self, by: SignedDuration) {
        match self {
            Self::Since { since, choice: _ } => since.redate(by),
            Self::No | Self::Lifted(_) | Self::TakenBack(_) => {}
        }
    }
}

impl<R> Redate for RowWrite<R> {
    fn redate(&mut self, by: SignedDuration) {
        let Self { row: _, at } = self;
        at.redate(by);
    }
}

impl Redate for Provenance {
    fn redate(&mut self, by: SignedDuration) {
        let Self {
            session,
            preferred,
            reason: _,
            replaced: _,
            alone: _,
            held,
            answered: _,
            status: _,
            status_before: _,
            next: _,
            teams_writes,
            connect_writes,
            passage: _,
            pause,
            stop,
            saved,
        } = self;
        session.redate(by);
        preferred.redate(by);
        held.redate(by);
        teams_writes.redate(by);
        connect_writes.redate(by);
        pause.redate(by);
        stop.redate(by);
        saved.redate(by);
    }
}
