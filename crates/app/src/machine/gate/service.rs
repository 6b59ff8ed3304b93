//! The services of Graph: how often each may be asked, and how long it is not asked after a failure.
//!
//! Numbers only; it keeps no count.

use std::time::Duration;

/// The services, each with its own budget, back-off and health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum GraphService {
    /// Reading the agent's own presence.
    OwnPresence,
    /// Writing it.
    Write,
    /// Writing the status message beside it.
    Message,
    /// Reading the presence of colleagues.
    Colleagues,
    /// Reading the list of people.
    Directory,
    /// Searching the directory for somebody.
    Search,
    /// Reading photos.
    Photos,
    /// Reading who is signed in.
    Profile,
}

impl GraphService {
    /// All of them.
    pub(super) const ALL: [Self; 8] = [
        Self::OwnPresence,
        Self::Write,
        Self::Message,
        Self::Colleagues,
        Self::Directory,
        Self::Search,
        Self::Photos,
        Self::Profile,
    ];

    /// Its place in [`Self::ALL`].
    pub(super) const fn index(self) -> usize {
        match self {
            Self::OwnPresence => 0,
            Self::Write => 1,
            Self::Message => 2,
            Self::Colleagues => 3,
            Self::Directory => 4,
            Self::Search => 5,
            Self::Photos => 6,
            Self::Profile => 7,
        }
    }

    /// The most requests a minute. A status change needs three reads and two writes; 50,000 people are 51 pages.
    pub(crate) const fn budget(self) -> usize {
        match self {
            Self::OwnPresence => 40,
            Self::Write => 30,
            // A status that changes all the time is shown four times a minute at most.
            Self::Message => 8,
            Self::Colleagues => 20,
            Self::Directory | Self::Photos => 60,
            Self::Search => 20,
            Self::Profile => 6,
        }
    }

    /// The part of the budget that is reserved for take-backs.
    pub(super) const fn reserved(self) -> usize {
        match self {
            Self::Write => 8,
            Self::Message => 3,
            Self::OwnPresence
            | Self::Colleagues
            | Self::Directory
            | Self::Search
            | Self::Photos
            | Self::Profile => 0,
        }
    }

    /// The first and the longest wait after a failure, before jitter.
    pub(super) const fn waits(self) -> (Duration, Duration) {
        let (first, longest) = match self {
            Self::OwnPresence | Self::Write => (5, 60),
            Self::Colleagues | Self::Message => (15, 300),
            Self::Directory | Self::Photos => (60, 900),
            Self::Search => (10, 300),
            Self::Profile => (30, 900),
        };
        (Duration::from_secs(first), Duration::from_secs(longest))
    }
}
