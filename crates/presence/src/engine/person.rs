//! *Held by you*: a person's own choice in Teams, and how long it is left alone (rule 9).
//!
//! Remembers what was seen; writes nothing.

use std::time::Duration;

use jiff::Timestamp;

use crate::{
    moment::later,
    provenance::Held,
    source::{is_choice, shows},
    teams::TeamsState,
};

impl Held {
    /// When the choice has been left alone for `held_for`.
    pub(super) fn until(&self, held_for: Duration) -> Option<Timestamp> {
        match self {
            Self::Since { since, .. } => Some(later(*since, held_for)),
            Self::No | Self::Lifted(_) | Self::TakenBack(_) => None,
        }
    }

    /// Remembers a choice; one that is remembered already keeps its time. True if this one is new.
    pub(super) fn begin(&mut self, choice: &TeamsState, now: Timestamp) -> bool {
        let known = match self {
            Self::Since { choice: held, .. } => shows(choice, held),
            Self::No | Self::Lifted(_) | Self::TakenBack(_) => false,
        };
        if !known {
            *self = Self::Since { since: now, choice: choice.clone() };
        }
        !known
    }

    /// Lets the choice go when its time is over.
    pub(super) fn age(&mut self, held_for: Duration, now: Timestamp) {
        let over = self.until(held_for).is_some_and(|until| until <= now);
        if let Self::Since { choice, .. } = self
            && over
        {
            *self = Self::Lifted(choice.clone());
        }
    }

    /// Ends, or takes another choice, when Teams shows something else.
    pub(super) fn follow(&mut self, shown: &TeamsState, now: Timestamp) {
        let about = match self {
            Self::Since { choice, .. } | Self::Lifted(choice) | Self::TakenBack(choice) => choice,
            Self::No => return,
        };
        if !shows(shown, about) {
            *self =
                if is_choice(shown) { Self::Since { since: now, choice: shown.clone() } } else { Self::No };
        }
    }

    /// Forgets the take-back that failed: the choice may still be set. True if there was one.
    pub(super) fn take_back_failed(&mut self) -> bool {
        let was_taken_back = matches!(self, Self::TakenBack(_));
        if was_taken_back {
            *self = Self::No;
        }
        was_taken_back
    }

    /// True if this choice was taken back already.
    pub(super) fn is_taken_back(&self, shown: &TeamsState) -> bool {
        match self {
            Self::TakenBack(choice) => shows(shown, choice),
            Self::Since { .. } | Self::Lifted(_) | Self::No => false,
        }
    }

    /// True if our preferred presence must not be written over `shown`.
    pub(super) fn protects(&self, shown: &TeamsState) -> bool {
        match self {
            Self::Since { .. } => true,
            Self::Lifted(choice) | Self::TakenBack(choice) => !shows(shown, choice) && is_choice(shown),
            Self::No => is_choice(shown),
        }
    }
}
