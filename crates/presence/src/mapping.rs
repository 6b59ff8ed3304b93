//! What a state of one side asks of the other: the two tables, their rows and conditions, the look-up and the
//! defaults.
//!
//! A table is data. Nothing here knows what is set in Teams or Connect, or what time it is.

mod conditions;
mod connect;
mod defaults;
mod table;
mod teams;
mod when;

use serde::{Deserialize, Serialize};

pub use self::{
    conditions::{Conditions, SourceCondition},
    connect::{ConnectRow, ConnectToTeams, Target},
    defaults::{DEFAULT_HOLD, propose, with_proposals},
    table::{Table, TableRow},
    teams::{ConnectTarget, TeamsRow, TeamsToConnect},
    when::{TeamsWhen, When},
};
use crate::connect::StatusArn;

/// Both tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// What Connect asks of Teams.
    pub connect_to_teams: ConnectToTeams,
    /// What Teams asks of Connect.
    pub teams_to_connect: TeamsToConnect,
}

impl Tables {
    /// Every status that a row names, in any of its parts.
    pub fn named(&self) -> impl Iterator<Item = &StatusArn> {
        let forth = self.connect_to_teams.rows().iter().filter_map(|row| row.when.status());
        let back = self.teams_to_connect.rows().iter().flat_map(|row| {
            row.conditions.only_while.iter().filter_map(When::status).chain(row.target.status())
        });
        forth.chain(back)
    }
}
