//! The statuses an agent can choose. It must not know contacts.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use serde::Serialize;

use super::{INSTANCE_ARN, Refused};

/// Characters of a name (Connect: AgentStatusName).
const NAME_LENGTH: RangeInclusive<usize> = 1..=127;

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
    /// Every status of the instance, as it is at first.
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
    pub(crate) const AVAILABLE: Self = Self::ALL[0];
    pub(crate) const LUNCH: Self = Self::ALL[2];
    pub(crate) const BREAK: Self = Self::ALL[3];
    pub(crate) const TRAINING: Self = Self::ALL[4];
    pub(crate) const COACHING: Self = Self::ALL[5];

    const fn new(id: &'static str, name: &'static str, kind: StatusKind) -> Self {
        Self { id, name, kind }
    }

    /// Its ARN.
    #[must_use]
    pub fn arn(self) -> String {
        format!("{INSTANCE_ARN}/agent-state/{}", self.id)
    }

    /// Its id.
    pub(crate) fn id(self) -> &'static str {
        self.id
    }
}

/// A status as the administrator has it now.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    pub(crate) status: Status,
    pub(crate) enabled: bool,
    pub(crate) modified: Timestamp,
}

/// The instance's list. An agent keeps a status as it was when they chose it; its current name is looked up here.
#[derive(Debug)]
pub(crate) struct Statuses {
    listed: Vec<Listed>,
    revision: u64,
}

impl Statuses {
    pub(crate) fn new(now: Timestamp) -> Self {
        let listed = Status::ALL.map(|status| Listed { status, enabled: true, modified: now });
        Self { listed: listed.into(), revision: 0 }
    }

    /// Grows with every change.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }

    pub(crate) fn all(&self) -> &[Listed] {
        &self.listed
    }

    /// Those that can be chosen.
    pub(crate) fn enabled(&self) -> impl Iterator<Item = &Listed> {
        self.listed.iter().filter(|listed| listed.enabled)
    }

    /// What a status is called now.
    pub(crate) fn name(&self, status: Status) -> &'static str {
        let listed = self.listed.iter().find(|listed| listed.status.id == status.id);
        listed.map_or(status.name, |listed| listed.status.name)
    }

    pub(crate) fn by_name(&self, name: &str) -> Result<Status, Refused> {
        let listed = self.enabled().map(|listed| listed.status);
        let found =
            listed.chain([Status::FORCED_RELEASED]).find(|known| known.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Refused::UnknownStatus(name.to_owned()))
    }

    pub(crate) fn by_arn(&self, arn: &str) -> Result<Status, Refused> {
        let found = self.enabled().map(|listed| listed.status).find(|status| status.arn() == arn);
        found.ok_or_else(|| Refused::UnknownStatus(arn.to_owned()))
    }

    /// The administrator gives a status another name.
    pub(crate) fn rename(&mut self, name: &str, to: &str, now: Timestamp) -> Result<(), Refused> {
        let to = to.trim();
        let taken = |listed: &Listed| listed.status.name == to;
        if !NAME_LENGTH.contains(&to.chars().count()) || self.listed.iter().any(taken) {
            return Err(Refused::BadName(to.to_owned()));
        }
        let listed = self.listed_as(name)?;
        // Statuses are compared and copied everywhere, so the name is leaked; renames are rare.
        listed.status.name = Box::leak(to.to_owned().into_boxed_str());
        listed.modified = now;
        self.revision += 1;
        Ok(())
    }

    /// The administrator takes a status out of the list, or puts it back. An agent in it stays in it.
    pub(crate) fn set_enabled(&mut self, name: &str, enabled: bool, now: Timestamp) -> Result<(), Refused> {
        let listed = self.listed_as(name)?;
        if listed.status.kind != StatusKind::Custom {
            return Err(Refused::NotCustom(listed.status.name));
        }
        listed.enabled = enabled;
        listed.modified = now;
        self.revision += 1;
        Ok(())
    }

    fn listed_as(&mut self, name: &str) -> Result<&mut Listed, Refused> {
        let found = self.listed.iter_mut().find(|listed| listed.status.name.eq_ignore_ascii_case(name));
        found.ok_or_else(|| Refused::UnknownStatus(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_status_is_the_same_one_under_its_new_name() {
        let mut statuses = Statuses::new(Timestamp::UNIX_EPOCH);
        statuses.rename("available", "Ready", Timestamp::UNIX_EPOCH).unwrap();
        let renamed = statuses.by_name("Ready").unwrap();
        assert_eq!((renamed.arn(), renamed.kind), (Status::AVAILABLE.arn(), StatusKind::Routable));
        assert_eq!(statuses.name(Status::AVAILABLE), "Ready");
        assert!(statuses.by_name("Available").is_err());
        for bad in ["", "Lunch", &"x".repeat(128)] {
            assert!(statuses.rename("Ready", bad, Timestamp::UNIX_EPOCH).is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_custom_status_can_be_disabled_and_is_not_chosen_any_more() {
        let mut statuses = Statuses::new(Timestamp::UNIX_EPOCH);
        let lunch = statuses.by_name("Lunch").unwrap();
        statuses.set_enabled("Lunch", false, Timestamp::UNIX_EPOCH).unwrap();
        assert!(statuses.by_name("Lunch").is_err() && statuses.by_arn(&lunch.arn()).is_err());
        assert_eq!(statuses.name(lunch), "Lunch", "an agent in it stays in it");
        assert!(statuses.set_enabled("Offline", false, Timestamp::UNIX_EPOCH).is_err());
        statuses.set_enabled("Lunch", true, Timestamp::UNIX_EPOCH).unwrap();
        assert!(statuses.by_name("Lunch").is_ok());
    }
}
