//! The result of a check, before it has a topic. Contains no texts itself.

use view::doctor::{Check, CheckStatus, Topic};

/// A status with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    status: CheckStatus,
    saw: String,
    to_do: Option<String>,
}

impl Finding {
    pub(super) fn good(saw: String) -> Self {
        Self { status: CheckStatus::Good, saw, to_do: None }
    }

    pub(super) fn warning(saw: String, to_do: String) -> Self {
        Self { status: CheckStatus::Warning, saw, to_do: Some(to_do) }
    }

    pub(super) fn failed(saw: String, to_do: String) -> Self {
        Self { status: CheckStatus::Failed, saw, to_do: Some(to_do) }
    }

    pub(super) fn not_checked(why: String) -> Self {
        Self { status: CheckStatus::NotChecked, saw: why, to_do: None }
    }

    pub(super) fn and_do(self, to_do: String) -> Self {
        Self { to_do: Some(to_do), ..self }
    }

    /// The finding, if it is not good.
    pub(super) fn unless_good(self) -> Option<Self> {
        (self.status != CheckStatus::Good).then_some(self)
    }

    pub(super) fn of(self, check: Topic) -> Check {
        let Self { status, saw, to_do } = self;
        Check { check, title: check.title(), status, saw, to_do }
    }
}
