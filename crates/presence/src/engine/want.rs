//! Translates what a row asks for into what should be set in Teams.
//!
//! Knows neither what is set nor whether anything may be written.

use crate::{
    mapping::Target,
    teams::{PreferredPresence, SessionPresence},
};

/// What should be set in Teams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// What is set now, and nothing new.
    Keep,
    /// Nothing of ours.
    Nothing,
    /// Our session alone.
    Session(SessionPresence),
    /// Our preferred presence, carried by our session.
    Preferred(PreferredPresence),
}

impl Want {
    pub(super) fn of(target: Target) -> Self {
        match target {
            Target::Available => Self::Session(SessionPresence::Available),
            Target::InACall => Self::Session(SessionPresence::InCall),
            Target::Busy => Self::Preferred(PreferredPresence::Busy),
            Target::DoNotDisturb => Self::Preferred(PreferredPresence::DoNotDisturb),
            Target::BeRightBack => Self::Preferred(PreferredPresence::BeRightBack),
            Target::AppearAway => Self::Preferred(PreferredPresence::AppearAway),
            Target::AppearOffline => Self::Preferred(PreferredPresence::AppearOffline),
            Target::NoChange => Self::Keep,
            Target::Clear => Self::Nothing,
        }
    }
}
