//! Statuses, mapping and the sync engine.
//!
//! Pure: events and the time go in, effects, the next deadline and timeline rows come out. This crate must
//! not read a clock, touch a file or await anything. The plain types that every other room shares live here.

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
