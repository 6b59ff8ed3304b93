//! The table Connect → Teams.

use serde::{Deserialize, Serialize};

use super::{Conditions, Table, TableRow, TeamsWhen, When};
use crate::{connect::ConnectState, source::Source, teams::TeamsState};

/// What a row asks of Teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// Written to our session.
    Available,
    /// Written to our session.
    InACall,
    /// Written as preferred presence, carried by our session.
    Busy,
    /// Written as preferred presence, carried by our session.
    DoNotDisturb,
    /// Written as preferred presence, carried by our session.
    BeRightBack,
    /// Written as preferred presence, carried by our session.
    AppearAway,
    /// Written as preferred presence, carried by our session.
    AppearOffline,
    /// Writes nothing new. What was written for a contact is given back when that contact is over.
    NoChange,
    /// Takes back what we set and lets Teams decide.
    Clear,
}

impl Target {
    /// All of them: what Teams can be set to, then what sets nothing.
    pub const ALL: [Self; 9] = [
        Self::Available,
        Self::InACall,
        Self::Busy,
        Self::DoNotDisturb,
        Self::BeRightBack,
        Self::AppearAway,
        Self::AppearOffline,
        Self::NoChange,
        Self::Clear,
    ];
}

/// One row of the table Connect → Teams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectRow {
    /// The state it speaks of.
    pub when: When,
    /// What it asks of Teams.
    pub target: Target,
    /// What it demands besides. *Only while* looks at what Teams showed last with nothing of ours in the way.
    pub conditions: Conditions<TeamsWhen>,
    /// Writes over a person's own choice in Teams too.
    pub override_person: bool,
}

impl ConnectRow {
    /// A row without conditions.
    #[must_use]
    pub fn new(when: When, target: Target) -> Self {
        Self { when, target, conditions: Conditions::default(), override_person: false }
    }
}

/// The table Connect → Teams.
pub type ConnectToTeams = Table<ConnectRow>;

impl TableRow for ConnectRow {
    type When = When;
    type Other = TeamsWhen;

    fn when(&self) -> &When {
        &self.when
    }

    fn conditions(&self) -> &Conditions<TeamsWhen> {
        &self.conditions
    }

    fn is_general(&self) -> bool {
        match &self.when {
            When::Status(_) => false,
            When::Activity { channel, .. } => channel.is_none(),
            When::Kind(_) => true,
        }
    }
}

impl ConnectToTeams {
    /// The row for a state, with its number. None means No change. `teams` is what Teams showed last with nothing of
    /// ours in the way, if that is known.
    #[must_use]
    pub fn find(&self, state: &ConnectState, teams: Option<&TeamsState>) -> Option<(usize, &ConnectRow)> {
        let source = Source::of_connect(state);
        self.first(|row| {
            row.when.matches(state)
                && row.conditions.admits(source)
                && row.conditions.allows(|when| teams.is_some_and(|teams| when.matches(teams)))
        })
    }
}
