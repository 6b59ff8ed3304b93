//! The set-up wizard without its windows: what was typed, what it means, the two tables row by row, and what is said of
//! all of it.
//!
//! Opens no window and keeps no secret. Only [`checks`] reaches the network.

pub mod checks;
mod draft;
mod fields;
mod lint;
pub mod mapping;
mod mapping_step;
mod page;
mod row_words;
mod rows;
mod save;
mod tables;

pub use self::{
    draft::{Draft, is_locked, keep, load},
    fields::registration_of,
    lint::Lint,
    page::{Basis, Known, Lights, SecretIs, can_open, can_save, check, page},
    save::export,
};

#[cfg(test)]
mod tests;
