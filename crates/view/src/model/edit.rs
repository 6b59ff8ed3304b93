//! What a field, a button or a row of the wizard asks for, and the names that it uses.
//!
//! The client secret is in none of them: it comes by a request of its own.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A step of the rail, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SetupStep {
    /// Tenant, application and client secret.
    Registration,
    /// The Connect instance.
    Instance,
    /// The table Connect → Teams.
    ConnectToTeams,
    /// The table Teams → Connect.
    TeamsToConnect,
    /// What will be saved.
    Save,
}

/// A field that is typed or chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SetupName {
    /// Directory (tenant) ID.
    Tenant,
    /// Application (client) ID.
    ClientId,
    /// "2027-01-30", or empty.
    SecretExpires,
    /// "true" or "false".
    AdminConsent,
    /// The address of the instance.
    Instance,
    /// The address at which the Connect Login begins, or empty.
    Start,
    /// "same_origin" or "approved_origin".
    Mode,
    /// The hold of both tables, in seconds.
    Hold,
}

/// The table of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum MappingSide {
    /// Connect → Teams.
    ConnectToTeams,
    /// Teams → Connect.
    TeamsToConnect,
}

/// What changes in a row. Everything else in it stays as it is when the change arrives, so that two quick edits both count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum RowChange {
    /// The id of its target.
    Target(String),
    /// Its own hold in seconds; none: that of the table.
    Hold(Option<u32>),
    /// The id of its source.
    Source(String),
    /// The ids of the states that it is limited to.
    OnlyWhile(Vec<String>),
    /// Seconds that pass at least before it is written again.
    AtMostEvery(Option<u32>),
    /// It writes over a person's own choice.
    OverridePerson(bool),
}

/// What a field, a button or a row of the wizard asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SetupEdit {
    /// Open a step.
    Open(SetupStep),
    /// A field has this value now.
    Field {
        /// Which.
        name: SetupName,
        /// As it was typed.
        value: String,
    },
    /// Take the client secret out: a public client.
    ForgetSecret,
    /// Look at the open step again: something was put right elsewhere.
    CheckAgain,
    /// Log in to Teams with what was entered, to see the rights; the page of that login once more while it is under way.
    CheckLogin,
    /// Give up the login to Teams that is tried.
    CancelLogin,
    /// Log in to Connect at the instance that was entered, to see its statuses.
    ConnectLogin,
    /// The switch of a direction.
    Enable {
        /// Which.
        side: MappingSide,
        /// On or off.
        on: bool,
    },
    /// Changes of a row, carried out together or not at all.
    Row {
        /// Of which table.
        side: MappingSide,
        /// The id of the row.
        row: String,
        /// What changes.
        changes: Vec<RowChange>,
    },
    /// A row of its own for a state.
    AddRow {
        /// To which table.
        side: MappingSide,
        /// The id of one of the addable states.
        when: String,
    },
    /// Take a row away.
    RemoveRow {
        /// From which table.
        side: MappingSide,
        /// The id of the row.
        row: String,
    },
    /// "Save with the loop anyway".
    AcceptLoops(bool),
    /// Save, or update.
    Save,
    /// Forget what was entered, and leave the wizard.
    Cancel,
}
