//! The words of a settings file for values that other crates define.

use presence::{
    connect::Hosting,
    engine::{Master, OfflineFirst},
};

/// The words of `connect.mode`.
pub(crate) const MODES: &[(&str, Hosting)] =
    &[("same_origin", Hosting::SameOrigin), ("approved_origin", Hosting::ApprovedOrigin)];

/// The words of `sync.master`.
pub(crate) const MASTERS: &[(&str, Master)] = &[("connect", Master::Connect), ("teams", Master::Teams)];

/// The words of `sync.offline_first`.
pub(crate) const OFFLINE_FIRSTS: &[(&str, OfflineFirst)] =
    &[("confirm", OfflineFirst::Confirm), ("always", OfflineFirst::Always)];
