//! The rows of one table while they are edited, each with an id that stays.
//!
//! The settings file writes its rows over the built-in ones, so a built-in row can be changed and never be missing. A
//! row that is narrowed by a condition is for another case, and the built-in row shows up again beside it.

use std::time::Duration;

use presence::mapping::{ConnectRow, Table, TableRow, TeamsRow};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// A row of either table.
pub trait Cell: TableRow<When: Serialize> + Clone + PartialEq + Serialize + DeserializeOwned {
    /// The rows that are there without any settings, in their order.
    fn built_in() -> Vec<Self>;
}

impl Cell for ConnectRow {
    fn built_in() -> Vec<Self> {
        Table::<Self>::default().rows().to_vec()
    }
}

impl Cell for TeamsRow {
    fn built_in() -> Vec<Self> {
        Table::<Self>::default().rows().to_vec()
    }
}

/// A row with its name in an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept<R> {
    pub id: String,
    pub row: R,
}

/// The rows of one direction, and its switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows<R> {
    pub enabled: bool,
    rows: Vec<Kept<R>>,
}

/// The name of a state, a target or a source in an edit.
pub(crate) fn id<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The value of such a name; none if it is not one of ours.
pub(crate) fn from_id<T: DeserializeOwned>(id: &str) -> Option<T> {
    serde_json::from_str(id).ok()
}

impl<R: Cell> Rows<R> {
    pub fn of(table: &Table<R>) -> Self {
        let mut rows = Self { enabled: table.enabled, rows: Vec::new() };
        for row in table.rows() {
            rows.push(row.clone());
        }
        rows
    }

    pub fn all(&self) -> &[Kept<R>] {
        &self.rows
    }

    pub fn get(&self, id: &str) -> Option<&R> {
        self.rows.iter().find(|kept| kept.id == id).map(|kept| &kept.row)
    }

    /// The id of the row for the same case.
    pub fn id_of(&self, row: &R) -> Option<&str> {
        self.rows.iter().find(|kept| kept.row.is_same_case(row)).map(|kept| kept.id.as_str())
    }

    /// The table as it will be read from the file: the built-in rows in their order, then the others.
    pub fn table(&self, hold: u32) -> Table<R> {
        let built_in = R::built_in();
        let find = |row: &R| self.rows.iter().map(|kept| &kept.row).find(|kept| kept.is_same_case(row));
        let first = built_in.iter().map(|row| find(row).unwrap_or(row).clone());
        let others = self.rows.iter().map(|kept| &kept.row);
        let others = others.filter(|row| !built_in.iter().any(|known| known.is_same_case(row))).cloned();
        let rows = first.chain(others).collect();
        Table::new(self.enabled, Duration::from_secs(hold.into()), rows)
    }

    /// Puts a row in the place of the one with that id, or adds it. Another row for the same case could never win, and
    /// goes.
    pub fn put(&mut self, id: &str, row: R) {
        self.rows.retain(|kept| kept.id == id || !kept.row.is_same_case(&row));
        match self.rows.iter_mut().find(|kept| kept.id == id) {
            Some(kept) => kept.row = row,
            None => self.rows.push(Kept { id: id.to_owned(), row }),
        }
        for row in R::built_in() {
            if self.id_of(&row).is_none() {
                self.push(row);
            }
        }
    }

    pub fn remove(&mut self, id: &str) {
        self.rows.retain(|kept| kept.id != id);
    }

    /// Adds a row under the first free id of its state.
    fn push(&mut self, row: R) {
        let first = id(row.when());
        let mut free = first.clone();
        let mut number = 1;
        while self.rows.iter().any(|kept| kept.id == free) {
            number += 1;
            free = format!("{first}#{number}");
        }
        self.rows.push(Kept { id: free, row });
    }

    /// Takes what changed underneath, if nobody touched it here or the policy sets it.
    pub fn follow(&mut self, base: &Self, newer: &Self, enabled_locked: bool, rows_locked: bool) {
        if enabled_locked || self.enabled == base.enabled {
            self.enabled = newer.enabled;
        }
        if rows_locked || self.rows == base.rows {
            self.rows.clone_from(&newer.rows);
        }
    }
}
