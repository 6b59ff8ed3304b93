//! Choices of the sync that are a word in the file.

/// Which side leads when both changed and neither can be said to be later (`sync.master`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Master {
    /// Connect: "connect".
    #[default]
    Connect,
    /// Teams: "teams".
    Teams,
}

/// When Connect is put to its offline status for a moment before a routable one (`sync.offline_first`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OfflineFirst {
    /// Only when the routable status was not confirmed: "confirm".
    #[default]
    Confirm,
    /// Every time: "always".
    Always,
}

/// The words of [`Master`].
pub(crate) const MASTERS: &[(&str, Master)] = &[("connect", Master::Connect), ("teams", Master::Teams)];

/// The words of [`OfflineFirst`].
pub(crate) const OFFLINE_FIRSTS: &[(&str, OfflineFirst)] =
    &[("confirm", OfflineFirst::Confirm), ("always", OfflineFirst::Always)];
