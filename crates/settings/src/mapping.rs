//! The mapping tables of one file, wherever it is, and the lines of their rows.
//!
//! For checks of a file that is not in use, or not yet.

use std::path::Path;

use presence::{
    check::RowAt,
    mapping::{ConnectRow, Tables, TeamsRow},
    timeline::Side,
};
use toml::de::DeTable;

use crate::{
    Layer, Problem, Settings,
    document::{Known, Reading, Section, find},
    loading::read,
    problem::line,
    reading,
    rows::{self, ROW},
    teams_rows::{self, TEAMS_ROW},
};

/// The tables of a settings file or a policy, over the built-in rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// Both tables.
    pub tables: Tables,
    connect_rows: Vec<(ConnectRow, usize)>,
    teams_rows: Vec<(TeamsRow, usize)>,
}

impl Mapping {
    /// Reads the tables of `file`. Blocking.
    ///
    /// # Errors
    /// The file is not there, cannot be read, or has a mistake anywhere, not in the tables alone.
    pub fn read(file: &Path) -> Result<Self, Problem> {
        let problem = |line, reason| Problem { file: file.to_path_buf(), line, reason, layer: Layer::User };
        let text = read(file)?.ok_or_else(|| problem(None, "there is no such file".to_owned()))?;
        // As a policy, because that may be what is checked, and none of it is applied.
        let settings = reading::parse(&text, Layer::Policy, Settings::default())
            .map_err(|mistake| problem(mistake.at.map(|at| line(&text, at)), mistake.reason))?
            .settings;
        let tables = Tables {
            connect_to_teams: settings.connect_to_teams,
            teams_to_connect: settings.teams_to_connect,
        };
        Ok(Self {
            tables,
            connect_rows: rows_of(&text, "rows", &ROW, rows::row),
            teams_rows: rows_of(&text, "teams_rows", &TEAMS_ROW, teams_rows::row),
        })
    }

    /// The line where a row begins, counted from 1; none for a built-in one.
    #[must_use]
    pub fn line(&self, row: RowAt) -> Option<usize> {
        match row.side {
            Side::Teams => place(&self.connect_rows, self.tables.connect_to_teams.rows().get(row.number)?),
            Side::Connect => place(&self.teams_rows, self.tables.teams_to_connect.rows().get(row.number)?),
        }
    }
}

fn place<R: PartialEq>(rows: &[(R, usize)], row: &R) -> Option<usize> {
    rows.iter().find(|(known, _)| known == row).map(|(_, line)| *line)
}

/// Every row that a text without mistakes has at `key` of the section of the sync, with its line.
fn rows_of<R>(
    text: &str,
    key: &str,
    known: &Known,
    row: impl Fn(&Section<'_, '_>) -> Option<R>,
) -> Vec<(R, usize)> {
    let Ok(document) = DeTable::parse(text) else { return Vec::new() };
    let reading = Reading::new(Layer::Policy, &[]);
    let sync = find(document.get_ref(), "sync").and_then(|(_, sync)| sync.get_ref().as_table());
    let rows = sync.and_then(|sync| find(sync, key)).and_then(|(_, rows)| rows.get_ref().as_array());
    let found = rows.into_iter().flatten().filter_map(|value| {
        let at = value.span().start;
        let section = Section::new(value.get_ref().as_table()?, at, known, &reading);
        Some((row(&section)?, line(text, at)))
    });
    found.collect()
}
