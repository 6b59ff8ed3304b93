//! The two mapping tables as rows of the file.
//!
//! Rows cannot be written yet: a change of a table is refused by [`crate::save`], which compares what it would
//! write with what was wanted, and an exported policy leaves the tables to the person.

use presence::mapping::{ConnectToTeams, TeamsToConnect};
use toml_edit::Item;

/// The value of `sync.rows`; none leaves the built-in table.
pub(crate) fn rows(_: &ConnectToTeams) -> Option<Item> {
    None
}

/// The value of `sync.teams_rows`; none leaves the built-in table.
pub(crate) fn teams_rows(_: &TeamsToConnect) -> Option<Item> {
    None
}
