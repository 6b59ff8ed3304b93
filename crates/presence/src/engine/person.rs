//! Whose state it is: what Teams shows is ours, a person's choice, or automatic.
//!
//! Looks at values only. A person's choice can never be read, only inferred (rule 9).

use std::time::Duration;

use jiff::Timestamp;

use super::after;
use crate::teams::{Availability, Detail, TeamsState};

/// How long a person's choice is left alone.
const HELD_FOR: Duration = Duration::from_secs(12 * 60 * 60);

/// Whether a person's choice keeps our preferred presence away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Held {
    /// No choice is known.
    No,
    /// This choice stands.
    Since {
        /// Since when.
        since: Timestamp,
        /// What it shows.
        choice: TeamsState,
    },
    /// This choice has been left alone long enough.
    Lifted(TeamsState),
}

impl Held {
    /// When the choice has been left alone long enough.
    pub(super) fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Since { since, .. } => Some(after(*since, HELD_FOR)),
            Self::No | Self::Lifted(_) => None,
        }
    }

    /// Remembers a choice; one that is remembered already keeps its time.
    pub(super) fn begin(&mut self, choice: &TeamsState, now: Timestamp) {
        let known = match self {
            Self::Since { choice: held, .. } => shows(choice, held),
            Self::No | Self::Lifted(_) => false,
        };
        if !known {
            *self = Self::Since { since: now, choice: choice.clone() };
        }
    }

    /// Lets the choice go when its time is over.
    pub(super) fn age(&mut self, now: Timestamp) {
        let over = self.until().is_some_and(|until| until <= now);
        if let Self::Since { choice, .. } = self
            && over
        {
            *self = Self::Lifted(choice.clone());
        }
    }

    /// Ends, or passes to another choice, when Teams shows something else.
    pub(super) fn follow(&mut self, shown: &TeamsState, now: Timestamp) {
        let about = match self {
            Self::Since { choice, .. } | Self::Lifted(choice) => choice,
            Self::No => return,
        };
        if !shows(shown, about) {
            *self =
                if is_choice(shown) { Self::Since { since: now, choice: shown.clone() } } else { Self::No };
        }
    }

    /// True where our preferred presence must not be written over `shown`.
    pub(super) fn protects(&self, shown: &TeamsState) -> bool {
        match self {
            Self::Since { .. } => true,
            Self::Lifted(choice) => !shows(shown, choice) && is_choice(shown),
            Self::No => is_choice(shown),
        }
    }
}

/// True where `shown` is what `value` looks like. Out of office comes on top of every state and hides none.
pub(super) fn shows(shown: &TeamsState, value: &TeamsState) -> bool {
    let own = |detail: Option<Detail>| detail.filter(|detail| *detail != Detail::OutOfOffice);
    shown.availability == value.availability
        && own(shown.detail) == own(value.detail)
        && shown.unknown == value.unknown
}

/// True where only a person makes Teams show this, if it is not ours.
pub(super) fn is_choice(shown: &TeamsState) -> bool {
    match shown.availability {
        Availability::BeRightBack => true,
        Availability::DoNotDisturb => matches!(shown.detail, None | Some(Detail::OutOfOffice)),
        Availability::Offline => shown.detail == Some(Detail::AppearOffline),
        Availability::Available | Availability::Busy | Availability::Away | Availability::Unknown => false,
    }
}

/// True where no session stands at all: then no preferred presence shows (Graph:
/// presence-setuserpreferredpresence).
pub(super) fn is_absent(shown: &TeamsState) -> bool {
    shown.availability == Availability::Offline && shown.detail != Some(Detail::AppearOffline)
}

/// True where Teams itself makes this: a call, the calendar, idleness, a sign-out.
pub(super) fn is_automatic(shown: &TeamsState) -> bool {
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
