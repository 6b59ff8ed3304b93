//! Statuses, mapping and the sync engine.
//!
//! Pure: events and the time go in, effects, the next deadline and timeline rows come out. This crate must
//! not read a clock, touch a file or await anything. The plain types that every other room shares live here.
//!
//! - [`connect`], [`teams`], [`identity`] and [`aws`]: what either side shows, and whose it is.
//! - [`mapping`]: the two tables. [`check`]: what is wrong with them, loops above all.
//! - [`engine`]: decides what is written, and when. [`provenance`]: what of it is ours, over a restart.
//! - [`decision`] and [`timeline`]: why it was written, as rows and as a record.
//! - [`replay`]: the record played again with other tables, against a [`simulated`] Teams.

pub mod aws;
pub mod check;
pub mod connect;
pub mod decision;
pub mod engine;
pub mod identity;
pub mod mapping;
pub mod moment;
pub mod provenance;
pub mod redate;
pub mod replay;
pub mod shown;
pub mod simulated;
pub mod source;
pub mod teams;
pub mod timeline;
