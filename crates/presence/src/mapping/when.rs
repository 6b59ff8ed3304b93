//! The states of either side that a row speaks of: as its own state, or among the conditions of a row of the other
//! table.
//!
//! Only says whether it matches a state; the row says what is asked for then.

use serde::{Deserialize, Serialize};

use crate::{
    connect::{Activity, Channel, ConnectState, StatusArn, StatusKind},
    teams::{Availability, Detail, TeamsState},
};

/// The Connect state that a row speaks of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// An activity, in one channel or in any.
    Activity {
        /// The activity.
        activity: Activity,
        /// The channel; none means any.
        channel: Option<Channel>,
    },
    /// A status of the instance, by ARN.
    Status(StatusArn),
    /// Any status of that kind that has no row of its own.
    Kind(StatusKind),
}

impl When {
    /// The status that it names.
    #[must_use]
    pub fn status(&self) -> Option<&StatusArn> {
        match self {
            Self::Status(arn) => Some(arn),
            Self::Activity { .. } | Self::Kind(_) => None,
        }
    }

    /// True if it speaks of `state`.
    #[must_use]
    pub fn matches(&self, state: &ConnectState) -> bool {
        match (self, state) {
            (Self::Activity { activity, channel }, ConnectState::Contact { activity: now, channel: on }) => {
                activity == now && channel.is_none_or(|channel| channel == *on)
            }
            (Self::Status(arn), ConnectState::Chosen(status)) => *arn == status.arn,
            (Self::Kind(kind), ConnectState::Chosen(status)) => *kind == status.kind,
            (Self::Activity { .. }, ConnectState::Chosen(_))
            | (Self::Status(_) | Self::Kind(_), ConnectState::Contact { .. }) => false,
        }
    }
}

/// The Teams state that a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TeamsWhen {
    /// The badge.
    pub availability: Availability,
    /// The detail behind it; none means every detail that has no row of its own.
    pub detail: Option<Detail>,
}

impl TeamsWhen {
    /// A badge, whatever the detail behind it.
    #[must_use]
    pub const fn badge(availability: Availability) -> Self {
        Self { availability, detail: None }
    }

    /// A badge with the detail behind it.
    #[must_use]
    pub const fn with(availability: Availability, detail: Detail) -> Self {
        Self { availability, detail: Some(detail) }
    }

    /// True if it speaks of `state`.
    #[must_use]
    pub fn matches(self, state: &TeamsState) -> bool {
        self.availability == state.availability
            && self.detail.is_none_or(|detail| state.detail == Some(detail))
    }
}
