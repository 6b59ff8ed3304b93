//! Whose state it is: a person's choice, what Teams makes by itself, a contact's, or ours.
//!
//! Looks at values only. A person's choice can never be read, only inferred (SPEC rule 9).

use serde::{Deserialize, Serialize};

use crate::{
    connect::ConnectState,
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
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
    /// What we wrote, while it is set.
    Ours,
    /// A person or Teams itself: it cannot be distinguished.
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

/// True if `shown` is what `value` looks like. Out of office comes on top of every state and hides none.
#[must_use]
pub fn shows(shown: &TeamsState, value: &TeamsState) -> bool {
    let own = |detail: Option<Detail>| detail.filter(|detail| *detail != Detail::OutOfOffice);
    shown.availability == value.availability
        && own(shown.detail) == own(value.detail)
        && shown.unknown == value.unknown
}

/// True if only a person makes Teams show this, if it is not ours.
#[must_use]
pub fn is_choice(shown: &TeamsState) -> bool {
    match shown.availability {
        Availability::BeRightBack => true,
        Availability::DoNotDisturb => matches!(shown.detail, None | Some(Detail::OutOfOffice)),
        Availability::Offline => shown.detail == Some(Detail::AppearOffline),
        Availability::Available | Availability::Busy | Availability::Away | Availability::Unknown => false,
    }
}

/// True if there is no session at all: then no preferred presence shows (Graph:
/// presence-setuserpreferredpresence).
#[must_use]
pub fn is_absent(shown: &TeamsState) -> bool {
    shown.availability == Availability::Offline && shown.detail != Some(Detail::AppearOffline)
}

/// The rank of a state among sessions: Do not disturb wins over Busy, Busy over Available, Available over an idle one
/// (Graph: presence resource, session-based aggregation).
pub(crate) fn weight(state: &TeamsState) -> u8 {
    match state.availability {
        Availability::DoNotDisturb => 5,
        Availability::Busy => 4,
        Availability::Available if state.detail.is_none() => 3,
        Availability::Available => 2,
        Availability::Away | Availability::BeRightBack => 1,
        Availability::Offline | Availability::Unknown => 0,
    }
}

/// True if Teams shows what it would show without us, although these values of ours are set. Our Available ranks below
/// everything that somebody does; it hides something only if Teams showed less than Available before. If nobody was
/// there, a preferred presence may show only because of our session: without it Teams would show Offline.
pub(crate) fn hides_nothing(
    session: Option<SessionPresence>,
    preferred: Option<PreferredPresence>,
    shown: &TeamsState,
    alone: Option<&TeamsState>,
) -> bool {
    if shown.availability == Availability::Unknown {
        return false;
    }
    let brings_to_light = session.is_some() && alone.is_some_and(is_absent) && is_pickable(shown);
    let by_session = session.is_some_and(|own| shows(shown, &own.shows()));
    let by_preferred = preferred.is_some_and(|own| shows(shown, &own.shows()));
    let may_hide = match (session, preferred) {
        (Some(SessionPresence::Available), None) => by_session && alone.is_some_and(is_less_than_available),
        (Some(_) | None, _) => by_session || by_preferred,
    };
    !may_hide && !brings_to_light
}

/// True if this may be a preferred presence, whoever chose it.
fn is_pickable(shown: &TeamsState) -> bool {
    matches!(shown.detail, None | Some(Detail::OutOfOffice | Detail::AppearOffline))
}

fn is_less_than_available(state: &TeamsState) -> bool {
    match state.availability {
        Availability::Away | Availability::Offline => true,
        Availability::Available => state.detail == Some(Detail::Inactive),
        Availability::Busy
        | Availability::DoNotDisturb
        | Availability::BeRightBack
        | Availability::Unknown => false,
    }
}

/// True if Teams itself makes this: a call, the calendar, idleness, a sign-out.
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
