//! The badge on the avatar: what matters for reaching the person.

use presence::{
    connect::{ConnectState, StatusKind},
    mapping::Target,
    teams::{Availability, Detail, TeamsState},
};

/// A badge. The order is the rank: of several sides of one person the greatest shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Badge {
    /// Not known.
    Unknown,
    /// Offline.
    Offline,
    /// Out of office, whatever the machine does.
    OutOfOffice,
    /// Away or be right back.
    Away,
    /// Free.
    Available,
    /// Occupied.
    Busy,
    /// Not to be reached.
    DoNotDisturb,
}

impl Badge {
    /// False for people who are offline or unknown: their rows are drained of colour and are last.
    #[must_use]
    pub fn is_there(self) -> bool {
        match self {
            Self::Unknown | Self::Offline => false,
            Self::OutOfOffice | Self::Away | Self::Available | Self::Busy | Self::DoNotDisturb => true,
        }
    }
}

/// The badge of a Teams state. Out of office shows unless the person is occupied all the same; none is
/// unknown.
#[must_use]
pub fn badge(teams: Option<&TeamsState>) -> Badge {
    let Some(state) = teams else { return Badge::Unknown };
    let plain = match state.availability {
        Availability::Available => Badge::Available,
        Availability::Busy => Badge::Busy,
        Availability::DoNotDisturb => Badge::DoNotDisturb,
        Availability::BeRightBack | Availability::Away => Badge::Away,
        Availability::Offline => Badge::Offline,
        Availability::Unknown => Badge::Unknown,
    };
    if state.detail == Some(Detail::OutOfOffice) && plain < Badge::Busy { Badge::OutOfOffice } else { plain }
}

/// The badge of a Connect state. A contact is busy, whatever it is; a custom status has the badge of what it asks of
/// Teams.
#[must_use]
pub fn connect_badge(state: &ConnectState, asks_for: Option<Target>) -> Badge {
    let ConnectState::Chosen(status) = state else { return Badge::Busy };
    match status.kind {
        StatusKind::Routable => Badge::Available,
        StatusKind::Offline => Badge::Offline,
        StatusKind::Custom => match asks_for.unwrap_or(Target::NoChange) {
            Target::Available => Badge::Available,
            Target::InACall | Target::Busy => Badge::Busy,
            Target::DoNotDisturb => Badge::DoNotDisturb,
            Target::AppearOffline => Badge::Offline,
            Target::BeRightBack | Target::AppearAway | Target::NoChange | Target::Clear => Badge::Away,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_the_badge_of_its_top_level() {
        for (availability, expected) in [
            (Availability::Available, Badge::Available),
            (Availability::Busy, Badge::Busy),
            (Availability::DoNotDisturb, Badge::DoNotDisturb),
            (Availability::BeRightBack, Badge::Away),
            (Availability::Away, Badge::Away),
            (Availability::Offline, Badge::Offline),
            (Availability::Unknown, Badge::Unknown),
        ] {
            assert_eq!(badge(Some(&TeamsState::plain(availability))), expected);
        }
        assert_eq!(badge(None), Badge::Unknown);
    }

    #[test]
    fn out_of_office_shows_unless_the_person_is_occupied() {
        for (availability, expected) in [
            (Availability::Available, Badge::OutOfOffice),
            (Availability::Away, Badge::OutOfOffice),
            (Availability::Offline, Badge::OutOfOffice),
            (Availability::Unknown, Badge::OutOfOffice),
            (Availability::Busy, Badge::Busy),
            (Availability::DoNotDisturb, Badge::DoNotDisturb),
        ] {
            assert_eq!(badge(Some(&TeamsState::with(availability, Detail::OutOfOffice))), expected);
        }
    }

    #[test]
    fn only_offline_and_unknown_are_not_there() {
        let gone = [Badge::Unknown, Badge::Offline];
        let there = [Badge::OutOfOffice, Badge::Away, Badge::Available, Badge::Busy, Badge::DoNotDisturb];
        assert!(gone.iter().all(|badge| !badge.is_there()));
        assert!(there.iter().all(|badge| badge.is_there()));
    }
}
