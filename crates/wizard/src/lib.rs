//! The set-up wizard without its windows: what was typed, what it means, the two tables row by row, and what is said of
//! all of it.
//!
//! Opens no window and keeps no secret. Only [`checks`] reaches the network.

pub mod checks;
mod draft;
mod fields;
mod known;
mod lint;
pub mod mapping;
mod mapping_step;
mod mend;
mod page;
mod row_words;
mod rows;
mod save;
mod steps;
mod tables;
mod typed;

pub use self::{
    draft::{Draft, keep, load},
    fields::registration_of,
    known::{AfterSaving, Basis, ConnectLogin, Known, Lights, SaveProblem, SecretIs},
    lint::Lint,
    page::page,
    steps::{can_open, can_save, may_open},
    typed::is_locked,
};

#[cfg(test)]
mod tests;
