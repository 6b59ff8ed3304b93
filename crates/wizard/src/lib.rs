//! The set-up wizard without its windows: what was typed, what it means, the two tables of the sync row by row, and the
//! pages that show all of it.
//!
//! A [`Draft`] begins with the settings ([`load`] reads one that was left) and takes what a person types. [`page()`] turns
//! it, together with what is [`Known`] of the logins and checks, into the model of a page. [`checks`] try the instance and
//! the logins. [`mapping`] checks the tables of a file, for the command line.
//!
//! It opens no window, keeps no secret and saves no settings. Only [`checks`] uses the network.

pub mod checks;
mod draft;
mod fields;
mod fix;
mod known;
mod lint;
pub mod mapping;
mod mapping_step;
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
