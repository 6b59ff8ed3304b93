//! Who hides what we set in Teams: a person's choice, which *Release* takes back, or Teams itself.
//!
//! Decides by the state alone, as rule 9 does: Graph does not show who set it.

use presence::{
    source::is_automatic,
    teams::{Detail, TeamsState},
};

/// True if Teams itself made what hides ours: a call, the calendar, idleness, a sign-out. There is nothing to
/// release then.
pub fn by_teams(shown: &TeamsState) -> bool {
    // Out of office comes on top of every state and hides none; the state below it may be a choice.
    let below = shown.detail.filter(|detail| *detail != Detail::OutOfOffice);
    is_automatic(&TeamsState { detail: below, ..shown.clone() })
}

#[cfg(test)]
mod tests {
    use presence::teams::Availability;

    use super::*;

    #[test]
    fn only_what_a_person_can_choose_can_be_released() {
        use Availability::{Available, Away, BeRightBack, Busy, DoNotDisturb, Offline};
        use Detail::{AppearOffline, Focusing, InCall, InMeeting, Inactive, OutOfOffice, Presenting};
        let state = |availability, detail| TeamsState { detail, ..TeamsState::plain(availability) };
        for (availability, detail) in [
            (Busy, Some(InCall)),
            (Busy, Some(InMeeting)),
            (Busy, Some(Inactive)),
            (DoNotDisturb, Some(Presenting)),
            (DoNotDisturb, Some(Focusing)),
            (Available, Some(Inactive)),
            (Offline, None),
        ] {
            assert!(by_teams(&state(availability, detail)), "{availability:?} {detail:?}");
        }
        for (availability, detail) in [
            (Busy, None),
            (Busy, Some(OutOfOffice)),
            (Away, None),
            (BeRightBack, None),
            (DoNotDisturb, None),
            (DoNotDisturb, Some(OutOfOffice)),
            (Offline, Some(AppearOffline)),
        ] {
            assert!(!by_teams(&state(availability, detail)), "{availability:?} {detail:?}");
        }
    }
}
