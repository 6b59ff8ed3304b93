//! The words of the file for what the engine's rules can be.

use presence::engine::{Master, OfflineFirst};

/// The words of `sync.master`.
pub(crate) const MASTERS: &[(&str, Master)] = &[("connect", Master::Connect), ("teams", Master::Teams)];

/// The words of `sync.offline_first`.
pub(crate) const OFFLINE_FIRSTS: &[(&str, OfflineFirst)] =
    &[("confirm", OfflineFirst::Confirm), ("always", OfflineFirst::Always)];
