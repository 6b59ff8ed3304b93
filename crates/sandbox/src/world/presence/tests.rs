//! The laws of precedence, expiry and fade, with the time as a value.

use proptest::prelude::*;

use super::*;

const APP: &str = "app";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn session(presence: Presence) -> SessionPresence {
    SessionPresence::new(presence).unwrap()
}

fn preferred(presence: Presence) -> PreferredPresence {
    PreferredPresence::new(presence).unwrap()
}

fn minutes(minutes: u64) -> SessionExpiry {
    SessionExpiry::new(Duration::from_mins(minutes)).unwrap()
}

#[test]
fn a_call_session_outranks_an_available_teams_client() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_session(APP, session(Presence::IN_A_CALL), minutes(10), at(0));
    assert_eq!(own.aggregate(at(1)), Presence::IN_A_CALL);
}

#[test]
fn an_available_session_does_not_outrank_a_busy_teams_client() {
    let mut own = Sources::new(Presence::BUSY, at(0));
    own.set_session(APP, session(Presence::AVAILABLE), minutes(10), at(0));
    assert_eq!(own.aggregate(at(1)), Presence::BUSY);
}

#[test]
fn preferred_presence_outranks_every_session_until_it_expires() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_session(APP, session(Presence::PRESENTING), minutes(60), at(0));
    own.prefer(preferred(Presence::BE_RIGHT_BACK), Duration::from_mins(30), at(0));
    assert_eq!(own.aggregate(at(1799)), Presence::BE_RIGHT_BACK);
    assert_eq!(own.aggregate(at(1800)), Presence::PRESENTING);
}

#[test]
fn preferred_presence_without_a_session_shows_offline() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_teams(None);
    own.prefer(preferred(Presence::BUSY), Duration::from_mins(30), at(0));
    assert_eq!(own.aggregate(at(1)), Presence::OFFLINE);
    own.set_session(APP, session(Presence::AVAILABLE), minutes(10), at(1));
    assert_eq!(own.aggregate(at(2)), Presence::BUSY);
}

#[test]
fn a_session_ends_at_its_expiry() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_session(APP, session(Presence::IN_A_CALL), minutes(10), at(0));
    assert_eq!(own.aggregate(at(599)), Presence::IN_A_CALL);
    assert_eq!(own.aggregate(at(600)), Presence::AVAILABLE);
    assert!(!own.clear_session(APP, at(601)), "an expired session does not exist");
}

#[test]
fn an_available_session_fades_whatever_its_expiry() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_teams(None);
    own.set_session(APP, session(Presence::AVAILABLE), minutes(60), at(0));
    assert_eq!(own.aggregate(at(299)), Presence::AVAILABLE);
    let inactive = Presence::new(Availability::Available, Activity::AvailableInactive);
    assert_eq!(own.aggregate(at(300)), inactive);
    assert_eq!(own.aggregate(at(600)), Presence::AWAY);
    own.set_session(APP, session(Presence::AVAILABLE), minutes(60), at(700));
    assert_eq!(own.aggregate(at(701)), Presence::AVAILABLE);
}

#[test]
fn a_call_session_does_not_fade() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_session(APP, session(Presence::IN_A_CALL), minutes(60), at(0));
    assert_eq!(own.aggregate(at(1200)), Presence::IN_A_CALL);
}

#[test]
fn a_meeting_shows_through_available_but_not_through_a_call_nor_offline() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_meeting(true);
    assert_eq!(own.aggregate(at(0)), Presence::IN_A_MEETING);
    own.set_session(APP, session(Presence::IN_A_CALL), minutes(5), at(0));
    assert_eq!(own.aggregate(at(0)), Presence::IN_A_CALL);
    own.clear_session(APP, at(0));
    own.set_teams(None);
    assert_eq!(own.aggregate(at(0)), Presence::OFFLINE);
}

#[test]
fn an_idle_machine_shows_inactive_and_later_away_until_it_is_touched() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    own.set_idle(true, at(10));
    own.set_idle(true, at(200));
    assert_eq!(own.aggregate(at(10)), Presence::AVAILABLE_INACTIVE);
    assert_eq!(own.aggregate(at(309)), Presence::AVAILABLE_INACTIVE);
    assert_eq!(own.aggregate(at(310)), Presence::AWAY);
    own.set_teams(Some(Presence::IN_A_CALL));
    assert_eq!(own.aggregate(at(311)), Presence::IN_A_CALL, "a call is no idleness");
    own.set_teams(Some(Presence::AVAILABLE));
    own.set_idle(false, at(312));
    assert_eq!(own.aggregate(at(312)), Presence::AVAILABLE);
}

#[test]
fn only_the_documented_pairs_and_spans_are_accepted() {
    assert!(SessionPresence::new(Presence::BUSY).is_none());
    assert!(SessionPresence::new(Presence::OFF_WORK).is_none());
    assert!(PreferredPresence::new(Presence::IN_A_CALL).is_none());
    assert!(PreferredPresence::new(Presence::OFFLINE).is_none());
    assert!(SessionExpiry::new(Duration::from_secs(299)).is_none());
    assert!(SessionExpiry::new(Duration::from_secs(300)).is_some());
    assert!(SessionExpiry::new(Duration::from_secs(4 * 3600)).is_some());
    assert!(SessionExpiry::new(Duration::from_secs(4 * 3600 + 1)).is_none());
}

#[test]
fn sessions_are_bounded_and_the_first_to_end_makes_room() {
    let mut own = Sources::new(Presence::AVAILABLE, at(0));
    for app in 0..=MOST_SESSIONS as u64 {
        own.set_session(&app.to_string(), session(Presence::IN_A_CALL), minutes(10 + app), at(0));
    }
    assert!(own.session("0", at(1)).is_none());
    assert!(own.session(&MOST_SESSIONS.to_string(), at(1)).is_some());
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Session(Presence, u64),
    ClearSession,
    Prefer(Presence, u64),
    ClearPreferred,
    Teams(Option<Presence>),
    Meeting(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (proptest::sample::select(SessionPresence::ACCEPTED.to_vec()), 5u64..240)
            .prop_map(|(presence, expiry)| Step::Session(presence, expiry)),
        Just(Step::ClearSession),
        (proptest::sample::select(PreferredPresence::ACCEPTED.to_vec()), 1u64..90)
            .prop_map(|(presence, expiry)| Step::Prefer(presence, expiry)),
        Just(Step::ClearPreferred),
        proptest::option::of(proptest::sample::select(vec![Presence::AVAILABLE, Presence::AWAY]))
            .prop_map(Step::Teams),
        any::<bool>().prop_map(Step::Meeting),
    ]
}

proptest! {
    #[test]
    fn the_version_grows_exactly_with_the_aggregate(steps in prop::collection::vec((step(), 0i64..1200), 1..40)) {
        let mut own = Sources::new(Presence::AVAILABLE, at(0));
        let mut now = 0;
        let mut last = own.settle(at(0));
        for (step, wait) in steps {
            now += wait;
            match step {
                Step::Session(presence, expiry) => own.set_session(APP, session(presence), minutes(expiry), at(now)),
                Step::ClearSession => { own.clear_session(APP, at(now)); }
                Step::Prefer(presence, expiry) => own.prefer(preferred(presence), Duration::from_mins(expiry), at(now)),
                Step::ClearPreferred => own.clear_preferred(),
                Step::Teams(presence) => own.set_teams(presence),
                Step::Meeting(on) => own.set_meeting(on),
            }
            let shown = own.settle(at(now));
            prop_assert_eq!(shown.presence != last.presence, shown.version > last.version);
            prop_assert!(shown.version >= last.version);
            let nobody = own.teams(at(now)).is_none() && own.session(APP, at(now)).is_none();
            prop_assert_eq!(nobody, shown.presence == Presence::OFFLINE);
            if let (false, Some(preferred)) = (nobody, own.preferred(at(now))) {
                prop_assert_eq!(shown.presence, preferred.presence);
            }
            last = shown;
        }
    }
}
