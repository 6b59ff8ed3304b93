//! The simulated Teams, case by case as Graph documents it: which of several presences shows, and until when.

use std::time::Duration;

use jiff::Timestamp;
use presence::{
    engine::Write,
    simulated::SimulatedTeams,
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
};

const HOUR: Duration = Duration::from_secs(3600);
const AVAILABLE: TeamsState = TeamsState::plain(Availability::Available);
const AWAY: TeamsState = TeamsState::plain(Availability::Away);
const BE_RIGHT_BACK: TeamsState = TeamsState::plain(Availability::BeRightBack);
const BUSY: TeamsState = TeamsState::plain(Availability::Busy);
const OFFLINE: TeamsState = TeamsState::plain(Availability::Offline);
const INACTIVE: TeamsState = TeamsState::with(Availability::Available, Detail::Inactive);
const IN_CALL: TeamsState = TeamsState::with(Availability::Busy, Detail::InCall);
const IN_MEETING: TeamsState = TeamsState::with(Availability::Busy, Detail::InMeeting);
const PRESENTING: TeamsState = TeamsState::with(Availability::DoNotDisturb, Detail::Presenting);

fn session(value: SessionPresence) -> Write {
    Write::SetSession { value, expiry: HOUR }
}

fn preferred(value: PreferredPresence) -> Write {
    Write::SetPreferred { value, expiry: HOUR }
}

/// What shows after these writes, over this client.
fn shows(client: TeamsState, writes: &[Write]) -> TeamsState {
    let now = Timestamp::UNIX_EPOCH;
    let mut teams = SimulatedTeams::new(client);
    for write in writes {
        teams.write(*write, now);
    }
    teams.shows(now)
}

#[test]
fn the_busier_session_shows_and_the_clients_own_among_equals() {
    use SessionPresence::{Available, InCall};
    for (client, ours, shown) in [
        (OFFLINE, Available, AVAILABLE),
        (AWAY, Available, AVAILABLE),
        (INACTIVE, Available, AVAILABLE),
        (AVAILABLE, InCall, IN_CALL),
        (BUSY, InCall, BUSY),
        (IN_MEETING, InCall, IN_MEETING),
        (IN_MEETING, Available, IN_MEETING),
        (PRESENTING, InCall, PRESENTING),
    ] {
        assert_eq!(shows(client.clone(), &[session(ours)]), shown, "{client:?} {ours:?}");
    }
}

#[test]
fn a_preferred_presence_shows_over_every_session_but_not_without_one() {
    let ours = preferred(PreferredPresence::BeRightBack);
    for client in [AVAILABLE, AWAY, IN_CALL, PRESENTING] {
        assert_eq!(shows(client.clone(), &[ours]), BE_RIGHT_BACK, "{client:?}");
    }
    assert_eq!(shows(OFFLINE, &[ours]), OFFLINE);
    assert_eq!(shows(OFFLINE, &[ours, session(SessionPresence::Available)]), BE_RIGHT_BACK);
}

#[test]
fn what_is_cleared_or_has_expired_shows_no_longer() {
    let now = Timestamp::UNIX_EPOCH;
    let mut teams = SimulatedTeams::new(AVAILABLE);
    teams.write(session(SessionPresence::InCall), now);
    teams.write(preferred(PreferredPresence::Busy), now);
    assert_eq!(teams.shows(now + HOUR - Duration::from_secs(1)), BUSY);
    assert_eq!(teams.shows(now + HOUR), AVAILABLE);
    teams.write(Write::ClearPreferred, now);
    assert_eq!(teams.shows(now), IN_CALL);
    teams.write(Write::ClearSession, now);
    assert_eq!(teams.shows(now), AVAILABLE);
}

#[test]
fn the_person_and_we_share_one_preferred_presence() {
    let now = Timestamp::UNIX_EPOCH;
    let mut teams = SimulatedTeams::new(AVAILABLE);
    teams.write(preferred(PreferredPresence::Busy), now);
    teams.prefer(BE_RIGHT_BACK, now + HOUR);
    assert_eq!(teams.shows(now), BE_RIGHT_BACK);
    teams.write(Write::ClearPreferred, now);
    assert_eq!(teams.shows(now), AVAILABLE);
}
