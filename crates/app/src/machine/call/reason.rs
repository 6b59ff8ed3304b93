//! Why there is no call, or was none. A value; the words for it are found elsewhere.

use connect::Failure;
use people::Refusal;

/// Why there is no call, or was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Refused before it was dialled.
    Refused(Refusal),
    /// The person has no such number any more.
    NumberGone,
    /// Connect did not take the dial, or did not answer.
    NotTaken,
    /// Connect refused the dial, with its own sentence.
    RefusedByConnect(String),
    /// Connect took the dial, and no contact came of it.
    NotShown,
    /// The number was not reached.
    NotReached,
    /// Nothing carried the agent's sound.
    NoSound,
    /// Nobody answered.
    NoAnswer,
}

impl Reason {
    /// The page did not dial.
    pub(super) fn of_dial(failure: Failure) -> Self {
        match failure {
            Failure::BadNumber => Self::NotReached,
            Failure::Stale | Failure::TimedOut => Self::NotTaken,
            Failure::NoAgent => Self::Refused(Refusal::NotLoggedIn),
            Failure::Refused(words) => Self::RefusedByConnect(words),
        }
    }

    /// True if the same call may go through the next time.
    pub(crate) fn is_worth_another_try(&self) -> bool {
        match self {
            Self::NotTaken
            | Self::RefusedByConnect(_)
            | Self::NotShown
            | Self::NotReached
            | Self::NoSound
            | Self::NoAnswer => true,
            Self::Refused(_) | Self::NumberGone => false,
        }
    }
}
