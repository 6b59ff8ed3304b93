//! Whose state it is: a person's choice, what Teams makes by itself, a contact's, or ours.
//!
//! Looks at values only. A person's choice can never be read, only inferred (SPEC rule 9).

use serde::{Deserialize, Serialize};

use crate::{
    connect::ConnectState,
    teams::{Availability, Detail, TeamsState},
};

/// Who made a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    /// A person, by hand.
    Person,
    /// A call, the calendar, idleness, a sign-out.
    Automatic,
    /// A contact of the agent.
    Contact,
    /// What we wrote, while it stands.
    Ours,
    /// A person or Teams itself: it cannot be told.
    Unclear,
}

impl Source {
    /// Who made a Teams state that is not ours.
    #[must_use]
    pub fn of_teams(shown: &TeamsState) -> Self {
        if is_choice(shown) {
            Self::Person
        } else if is_automatic(shown) {
            Self::Automatic
        } else {
            Self::Unclear
        }
    }

    /// Who made a Connect state that is not ours.
    #[must_use]
    pub fn of_connect(state: &ConnectState) -> Self {
        match state {
            ConnectState::Contact { .. } => Self::Contact,
            ConnectState::Chosen(_) => Self::Person,
        }
    }
}

/// True where `shown` is what `value` looks like. Out of office comes on top of every state and hides none.
#[must_use]
pub fn shows(shown: &TeamsState, value: &TeamsState) -> bool {
    let own = |detail: Option<Detail>| detail.filter(|detail| *detail != Detail::OutOfOffice);
    shown.availability == value.availability
        && own(shown.detail) == own(value.detail)
        && shown.unknown == value.unknown
}

/// True where only a person makes Teams show this, if it is not ours.
#[must_use]
pub fn is_choice(shown: &TeamsState) -> bool {
    match shown.availability {
        Availability::BeRightBack => true,
        Availability::DoNotDisturb => matches!(shown.detail, None | Some(Detail::OutOfOffice)),
        Availability::Offline => shown.detail == Some(Detail::AppearOffline),
        Availability::Available | Availability::Busy | Availability::Away | Availability::Unknown => false,
    }
}

/// True where no session stands at all: then no preferred presence shows (Graph:
/// presence-setuserpreferredpresence).
#[must_use]
pub fn is_absent(shown: &TeamsState) -> bool {
    shown.availability == Availability::Offline && shown.detail != Some(Detail::AppearOffline)
}

/// True where Teams itself makes this: a call, the calendar, idleness, a sign-out.
#[must_use]
pub fn is_automatic(shown: &TeamsState) -> bool {
    !is_choice(shown)
        && match shown.availability {
            Availability::Offline | Availability::Unknown => true,
            Availability::Available
            | Availability::Busy
            | Availability::DoNotDisturb
            | Availability::BeRightBack
            | Availability::Away => shown.detail.is_some(),
        }
}
