//! Reading Graph's words.

use presence::teams::{Availability as A, Detail as D, PreferredPresence, SessionPresence, TeamsState};
use proptest::prelude::*;

fn parse(availability: &str, activity: &str) -> TeamsState {
    TeamsState::parse(availability, activity, false)
}

#[test]
fn the_old_vocabulary_is_read() {
    for (availability, activity, expected) in [
        ("Available", "Available", TeamsState::plain(A::Available)),
        ("AvailableIdle", "Inactive", TeamsState::with(A::Available, D::Inactive)),
        ("Available", "AvailableInactive", TeamsState::with(A::Available, D::Inactive)),
        ("Busy", "Busy", TeamsState::plain(A::Busy)),
        ("BusyIdle", "Busy", TeamsState::with(A::Busy, D::Inactive)),
        ("BusyIdle", "InAMeeting", TeamsState::with(A::Busy, D::InMeeting)),
        ("Busy", "InACall", TeamsState::with(A::Busy, D::InCall)),
        ("Busy", "InAConferenceCall", TeamsState::with(A::Busy, D::InCall)),
        ("DoNotDisturb", "DoNotDisturb", TeamsState::plain(A::DoNotDisturb)),
        ("DoNotDisturb", "UrgentInterruptionsOnly", TeamsState::plain(A::DoNotDisturb)),
        ("DoNotDisturb", "Presenting", TeamsState::with(A::DoNotDisturb, D::Presenting)),
        ("BeRightBack", "BeRightBack", TeamsState::plain(A::BeRightBack)),
        ("Away", "Away", TeamsState::plain(A::Away)),
        ("Offline", "Offline", TeamsState::plain(A::Offline)),
        ("Offline", "OffWork", TeamsState::with(A::Offline, D::AppearOffline)),
        ("Available", "OutOfOffice", TeamsState::with(A::Available, D::OutOfOffice)),
        ("PresenceUnknown", "PresenceUnknown", TeamsState::plain(A::Unknown)),
    ] {
        assert_eq!(parse(availability, activity), expected, "{availability}/{activity}");
    }
}

#[test]
fn the_new_vocabulary_is_read() {
    for (availability, activity, expected) in [
        ("inACall", "busy", TeamsState::with(A::Busy, D::InCall)),
        ("inAMeeting", "busy", TeamsState::with(A::Busy, D::InMeeting)),
        ("presenting", "doNotDisturb", TeamsState::with(A::DoNotDisturb, D::Presenting)),
        ("focusing", "doNotDisturb", TeamsState::with(A::DoNotDisturb, D::Focusing)),
        ("focusing", "", TeamsState::with(A::DoNotDisturb, D::Focusing)),
    ] {
        assert_eq!(parse(availability, activity), expected, "{availability}/{activity}");
    }
}

#[test]
fn be_right_back_in_the_activity_wins_over_away() {
    assert_eq!(parse("Away", "BeRightBack"), TeamsState::plain(A::BeRightBack));
}

#[test]
fn out_of_office_never_hides_a_stronger_detail() {
    let parse = |availability, activity| TeamsState::parse(availability, activity, true);
    assert_eq!(parse("Busy", "InACall"), TeamsState::with(A::Busy, D::InCall));
    assert_eq!(parse("Available", "Available"), TeamsState::with(A::Available, D::OutOfOffice));
    assert_eq!(parse("AvailableIdle", "Inactive"), TeamsState::with(A::Available, D::OutOfOffice));
    assert_eq!(parse("Offline", "OffWork"), TeamsState::with(A::Offline, D::AppearOffline));
}

#[test]
fn unknown_words_are_kept() {
    let state = parse("Teleporting", "Busy");
    assert_eq!(state.availability, A::Unknown);
    assert_eq!(state.unknown.as_deref(), Some("Teleporting"));
    let state = parse("Busy", "InAHuddle");
    assert_eq!(state.availability, A::Busy);
    assert_eq!(state.unknown.as_deref(), Some("InAHuddle"));
}

#[test]
fn what_we_write_is_read_back_as_what_it_shows() {
    for (value, availability, activity) in
        [(SessionPresence::Available, "Available", "Available"), (SessionPresence::InCall, "Busy", "InACall")]
    {
        assert_eq!(value.shows(), parse(availability, activity));
    }
    for (value, availability, activity) in [
        (PreferredPresence::Busy, "Busy", "Busy"),
        (PreferredPresence::DoNotDisturb, "DoNotDisturb", "DoNotDisturb"),
        (PreferredPresence::BeRightBack, "BeRightBack", "BeRightBack"),
        (PreferredPresence::AppearAway, "Away", "Away"),
        (PreferredPresence::AppearOffline, "Offline", "OffWork"),
    ] {
        assert_eq!(value.shows(), parse(availability, activity));
    }
}

proptest! {
    #[test]
    fn any_words_are_read_and_case_never_matters(
        availability in "[a-zA-Z]{0,24}|Available|Busy|inACall|OffWork",
        activity in ".{0,24}|InACall|BeRightBack",
        out_of_office: bool,
    ) {
        let state = TeamsState::parse(&availability, &activity, out_of_office);
        let upper = TeamsState::parse(
            &availability.to_ascii_uppercase(), &activity.to_ascii_uppercase(), out_of_office,
        );
        prop_assert_eq!((state.availability, state.detail), (upper.availability, upper.detail));
    }
}
