//! How reachable a person is, by their states: it decides the badge on the avatar and the order of the list. It does not decide
//! whether somebody may be called.

use presence::{
    connect::{ConnectState, StatusKind},
    mapping::Target,
    teams::{Availability, Detail, TeamsState},
};

/// How reachable somebody is. The order is the rank: of the two sides of a person, the greater one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reachability {
    /// The state is not known.
    Unknown,
    /// Offline.
    Offline,
    /// Out of office, and not busy.
    OutOfOffice,
    /// Away or be right back.
    Away,
    /// Available.
    Available,
    /// Busy, or on a contact.
    Busy,
    /// Not to be disturbed.
    DoNotDisturb,
}

impl Reachability {
    /// False for people who are offline or unknown: their rows are grey and come last.
    #[must_use]
    pub fn is_there(self) -> bool {
        match self {
            Self::Unknown | Self::Offline => false,
            Self::OutOfOffice | Self::Away | Self::Available | Self::Busy | Self::DoNotDisturb => true,
        }
    }
}

/// The reachability by a Teams state; unknown without one. Out of office counts unless the person is busy all the same.
#[must_use]
pub fn teams_reachability(teams: Option<&TeamsState>) -> Reachability {
    let Some(state) = teams else { return Reachability::Unknown };
    let plain = match state.availability {
        Availability::Available => Reachability::Available,
        Availability::Busy => Reachability::Busy,
        Availability::DoNotDisturb => Reachability::DoNotDisturb,
        Availability::BeRightBack | Availability::Away => Reachability::Away,
        Availability::Offline => Reachability::Offline,
        Availability::Unknown => Reachability::Unknown,
    };
    if state.detail == Some(Detail::OutOfOffice) && plain < Reachability::Busy {
        Reachability::OutOfOffice
    } else {
        plain
    }
}

/// The reachability by a Connect state. Any contact is busy. For a custom status, the target in
/// Teams decides that the agent's table has for it.
#[must_use]
pub fn connect_reachability(state: &ConnectState, asks_for: Option<Target>) -> Reachability {
    let ConnectState::Chosen(status) = state else { return Reachability::Busy };
    match status.kind {
        StatusKind::Routable => Reachability::Available,
        StatusKind::Offline => Reachability::Offline,
        StatusKind::Custom => match asks_for.unwrap_or(Target::NoChange) {
            Target::Available => Reachability::Available,
            Target::InACall | Target::Busy => Reachability::Busy,
            Target::DoNotDisturb => Reachability::DoNotDisturb,
            Target::AppearOffline => Reachability::Offline,
            Target::BeRightBack | Target::AppearAway | Target::NoChange | Target::Clear => Reachability::Away,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_availability_decides() {
        for (availability, expected) in [
            (Availability::Available, Reachability::Available),
            (Availability::Busy, Reachability::Busy),
            (Availability::DoNotDisturb, Reachability::DoNotDisturb),
            (Availability::BeRightBack, Reachability::Away),
            (Availability::Away, Reachability::Away),
            (Availability::Offline, Reachability::Offline),
            (Availability::Unknown, Reachability::Unknown),
        ] {
            assert_eq!(teams_reachability(Some(&TeamsState::plain(availability))), expected);
        }
        assert_eq!(teams_reachability(None), Reachability::Unknown);
    }

    #[test]
    fn out_of_office_counts_unless_the_person_is_occupied() {
        for (availability, expected) in [
            (Availability::Available, Reachability::OutOfOffice),
            (Availability::Away, Reachability::OutOfOffice),
            (Availability::Offline, Reachability::OutOfOffice),
            (Availability::Unknown, Reachability::OutOfOffice),
            (Availability::Busy, Reachability::Busy),
            (Availability::DoNotDisturb, Reachability::DoNotDisturb),
        ] {
            assert_eq!(
                teams_reachability(Some(&TeamsState::with(availability, Detail::OutOfOffice))),
                expected
            );
        }
    }

    #[test]
    fn only_offline_and_unknown_are_not_there() {
        let gone = [Reachability::Unknown, Reachability::Offline];
        let there = [
            Reachability::OutOfOffice,
            Reachability::Away,
            Reachability::Available,
            Reachability::Busy,
            Reachability::DoNotDisturb,
        ];
        assert!(gone.iter().all(|reachability| !reachability.is_there()));
        assert!(there.iter().all(|reachability| reachability.is_there()));
    }
}
