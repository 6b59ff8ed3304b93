//! The table Teams → Connect.

use serde::{Deserialize, Serialize};

use super::{Conditions, Table, TableRow, TeamsWhen, When};
use crate::{
    connect::{ConnectState, StatusArn, StatusKind},
    source::Source,
    teams::TeamsState,
};

/// What a row asks of Connect.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectTarget {
    /// This status is set.
    Status(StatusArn),
    /// Writes nothing.
    NoChange,
    /// Sets the last status that was not ours, if Connect still has ours.
    Restore,
}

impl ConnectTarget {
    /// The status that it names.
    #[must_use]
    pub fn status(&self) -> Option<&StatusArn> {
        match self {
            Self::Status(arn) => Some(arn),
            Self::NoChange | Self::Restore => None,
        }
    }
}

/// One row of the table Teams → Connect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamsRow {
    /// The state it speaks of.
    pub when: TeamsWhen,
    /// What it asks of Connect.
    pub target: ConnectTarget,
    /// What it demands besides. *Only while* looks at the chosen status and at every contact.
    pub conditions: Conditions<When>,
}

impl TeamsRow {
    /// A row without conditions.
    #[must_use]
    pub fn new(when: TeamsWhen, target: ConnectTarget) -> Self {
        Self { when, target, conditions: Conditions::default() }
    }

    /// True if the row may write over what Connect shows. Offline is left alone unless the row names it.
    pub(crate) fn allows(&self, connect: &[ConnectState]) -> bool {
        let names = |state: &ConnectState| self.conditions.only_while.iter().any(|when| when.matches(state));
        let spares_offline = connect.iter().all(|state| !is_offline(state) || names(state));
        spares_offline && self.conditions.allows(|when| connect.iter().any(|state| when.matches(state)))
    }
}

fn is_offline(state: &ConnectState) -> bool {
    match state {
        ConnectState::Chosen(status) => status.kind == StatusKind::Offline,
        ConnectState::Contact { .. } => false,
    }
}

/// The table Teams → Connect.
pub type TeamsToConnect = Table<TeamsRow>;

impl TableRow for TeamsRow {
    type When = TeamsWhen;
    type Other = When;

    fn when(&self) -> &TeamsWhen {
        &self.when
    }

    fn conditions(&self) -> &Conditions<When> {
        &self.conditions
    }

    fn is_general(&self) -> bool {
        self.when.detail.is_none()
    }
}

impl TeamsToConnect {
    /// The row for a state, with its number. None means No change. `connect` is the chosen status and every contact.
    #[must_use]
    pub fn find(
        &self,
        state: &TeamsState,
        source: Source,
        connect: &[ConnectState],
    ) -> Option<(usize, &TeamsRow)> {
        self.first(|row| row.when.matches(state) && row.conditions.admits(source) && row.allows(connect))
    }

    /// The first row that speaks of a state, whatever Connect shows: it names the state, not what is to be done.
    #[must_use]
    pub fn speaks_of(&self, state: &TeamsState, source: Source) -> Option<(usize, &TeamsRow)> {
        self.first(|row| row.when.matches(state) && row.conditions.admits(source))
    }
}
