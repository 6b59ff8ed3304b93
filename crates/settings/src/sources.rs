//! Who set the value of each setting, and which settings are locked.

use std::collections::BTreeSet;

use crate::Key;

/// Where the value of a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// It is built in.
    Default,
    /// The person's own file.
    User,
    /// The machine's policy, which locks it.
    Policy,
}

/// Where the value of each setting comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub(crate) user: BTreeSet<Key>,
    pub(crate) policy: BTreeSet<Key>,
}

impl Sources {
    /// Where the value of `key` comes from.
    #[must_use]
    pub fn of(&self, key: Key) -> Source {
        if self.policy.contains(&key) {
            Source::Policy
        } else if self.user.contains(&key) {
            Source::User
        } else {
            Source::Default
        }
    }

    /// Whether only an administrator can change `key`.
    #[must_use]
    pub fn is_locked(&self, key: Key) -> bool {
        self.policy.contains(&key)
    }
}
