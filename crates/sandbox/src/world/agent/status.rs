//! The statuses an agent can choose. It must not know contacts.

use serde::Serialize;

use super::{INSTANCE_ARN, Refused};

/// What a status means for routing; both Available and Offline can be renamed, so the kind is what counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusKind {
    /// Contacts are offered.
    Routable,
    /// Made by the administrator; no contacts are offered.
    Custom,
    /// No contacts are offered.
    Offline,
    /// Connect's own, which no agent chooses; no contacts are offered.
    System,
}

/// A status the agent can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Its kind.
    pub kind: StatusKind,
}

impl Status {
    /// Every status of the instance.
    pub const ALL: [Self; 6] = [
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a01", "Available", StatusKind::Routable),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a02", "Offline", StatusKind::Offline),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a03", "Lunch", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a04", "Break", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a05", "Training", StatusKind::Custom),
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a06", "Coaching", StatusKind::Custom),
    ];
    /// A status of the type `system`. It is in no list unless [`crate::Words`] say so, and the agent can be put in it.
    pub const FORCED_RELEASED: Self =
        Self::new("0a1f6c52-6d0b-4a5e-9c73-1f2e8b4d7a07", "Forced Released", StatusKind::System);
    pub(super) const AVAILABLE: Self = Self::ALL[0];

    const fn new(id: &'static str, name: &'static str, kind: StatusKind) -> Self {
        Self { id, name, kind }
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(self) -> String {
        format!("{INSTANCE_ARN}/agent-state/{}", self.id)
    }

    pub(crate) fn by_name(name: &str) -> Result<Self, Refused> {
        let mut every = Self::ALL.into_iter().chain([Self::FORCED_RELEASED]);
        let found = every.find(|status| status.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Refused::UnknownStatus(name.to_owned()))
    }

    pub(crate) fn by_arn(arn: &str) -> Result<Self, Refused> {
        let found = Self::ALL.into_iter().find(|status| status.arn() == arn);
        found.ok_or_else(|| Refused::UnknownStatus(arn.to_owned()))
    }
}
