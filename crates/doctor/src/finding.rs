//! What a group of checks found about one of its topics.

use view::doctor::{Check, Status, Topic};

/// A status with its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    status: Status,
    saw: String,
    to_do: Option<String>,
}

impl Finding {
    pub(super) fn good(saw: String) -> Self {
        Self { status: Status::Good, saw, to_do: None }
    }

    pub(super) fn warning(saw: String, to_do: String) -> Self {
        Self { status: Status::Warning, saw, to_do: Some(to_do) }
    }

    pub(super) fn failed(saw: String, to_do: String) -> Self {
        Self { status: Status::Failed, saw, to_do: Some(to_do) }
    }

    pub(super) fn not_checked(why: String) -> Self {
        Self { status: Status::NotChecked, saw: why, to_do: None }
    }

    pub(super) fn and_do(self, to_do: String) -> Self {
        Self { to_do: Some(to_do), ..self }
    }

    /// The finding, if it is not good.
    pub(super) fn unless_good(self) -> Option<Self> {
        (self.status != Status::Good).then_some(self)
    }

    pub(super) fn of(self, check: Topic) -> Check {
        let Self { status, saw, to_do } = self;
        Check { check, title: check.title(), status, saw, to_do }
    }
}
