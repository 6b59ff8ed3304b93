//! When an access token is renewed, and how often at most.

use super::*;

#[test]
fn a_token_is_not_renewed_within_a_minute_whatever_its_life_says() {
    for life in [0, 1, 59, 61, 119] {
        let mut run = Run::new();
        run.empty_keyring();
        run.logs_in(grant(Some("r0"), Some("priya"), life));
        for turn in 1..=10 {
            let out = run.pass(60);
            assert_eq!(refreshes(&out), [60], "{life}");
            run.feed(LoginIn::Refreshed { turn, result: Ok(grant(Some("r"), None, life)) });
        }
    }
    for (life, at) in [(600, 300), (3600, 3300), (u64::MAX, i64::MAX)] {
        let mut run = Run::new();
        run.empty_keyring();
        run.logs_in(grant(Some("r0"), Some("priya"), life));
        run.feed(LoginIn::Kept(Ok(())));
        let at = Timestamp::from_second(at).unwrap_or(Timestamp::MAX);
        assert_eq!(run.login.session().unwrap().renew_at(), at, "{life}");
    }
}

#[test]
fn failed_refreshes_wait_longer_each_time_and_lose_teams_once() {
    let mut run = signed_in();
    let out = run.refuse(None);
    assert_eq!(out, [LoginOut::TeamsLost, refresh(1, "r0", None)]);
    let mut waits = Vec::new();
    for turn in 1..=8 {
        let out =
            run.feed(LoginIn::Refreshed { turn, result: Err(SignInError::Unreachable("gone".to_owned())) });
        assert_eq!(out, []);
        let at = run.login.deadline().unwrap();
        waits.push(at.duration_since(run.now).as_secs_f64());
        run.now = at;
        assert_eq!(run.feed(LoginIn::Due), [refresh(turn + 1, "r0", None)]);
    }
    let middles = [5, 10, 20, 40, 80, 120, 120, 120];
    let is_near = |(wait, middle): (&f64, f64)| (0.8..=1.2).contains(&(wait / middle));
    assert!(waits.iter().zip(middles.map(f64::from)).all(is_near), "{waits:?}");
    let out = run.renewed(9, "r1");
    assert_eq!((count(&out, &LoginOut::SignedIn), count(&out, &LoginOut::TeamsLost)), (1, 0));
}

#[test]
fn a_renewal_that_fails_ahead_of_the_end_loses_nothing_until_the_end() {
    let mut run = signed_in();
    assert_eq!(refreshes(&run.pass(3300)), [3300]);
    let (mut turn, mut last) = (1, Vec::new());
    let fail = |turn| LoginIn::Refreshed {
        turn,
        result: Err(SignInError::Server { status: 503, retry_after: None }),
    };
    let mut deadlines = Deadlines::new();
    while run.now < later(Timestamp::UNIX_EPOCH, Duration::from_secs(3600)) {
        assert_eq!(run.feed(fail(turn)), []);
        assert_eq!(run.login.phase(), LoginPhase::SignedIn);
        run.now = deadlines.next(run.login.deadline(), Timestamp::MAX).unwrap();
        last = run.feed(LoginIn::Due);
        turn += 1;
    }
    assert_eq!(
        last,
        [LoginOut::TeamsLost, refresh(turn, "r0", None)],
        "nothing is asked with a token that has ended"
    );
    assert_eq!(run.feed(fail(turn)), []);
    assert_eq!(run.login.refusal().map(LoginRefusal::class), Some(Class::Transient));
}

#[test]
fn a_loop_that_entra_sees_is_waited_out() {
    let mut run = signed_in();
    run.refuse(None);
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(no(Class::TooOften, "invalid_grant")) });
    assert_eq!(refreshes(&run.pass(700)), [600]);
}

#[test]
fn a_clock_that_was_set_back_delays_no_refresh() {
    let mut run = signed_in();
    run.now = later(run.now, Duration::from_secs(100_000));
    for turn in 1..=6 {
        run.feed(LoginIn::Due);
        run.feed(LoginIn::Refreshed { turn, result: Ok(grant(None, None, 0)) });
        run.now = later(run.now, Duration::from_secs(60));
    }
    run.now = later(Timestamp::UNIX_EPOCH, Duration::from_secs(10));
    assert_eq!(count(&run.refuse(None), &refresh(7, "r0", None)), 1);
}

#[test]
fn a_token_that_ended_during_a_sleep_is_not_used_until_it_is_renewed() {
    let mut run = signed_in();
    run.now = later(run.now, Duration::from_secs(8 * 3600));
    let out = run.feed(LoginIn::Woke);
    assert_eq!(out, [LoginOut::TeamsLost, refresh(1, "r0", None)]);
    assert!(run.login.session().is_none());
    let out = run.renewed(1, "r1");
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
}

#[test]
fn a_refresh_waits_as_long_as_entra_asks_and_no_longer_than_a_quarter_of_an_hour() {
    for (asked, least, most) in [(0, 4, 6), (300, 300, 360), (86_400, 900, 900), (u64::MAX, 900, 900)] {
        let mut run = signed_in();
        let begun = |out: &[(i64, LoginOut)]| {
            out.iter().find_map(|(at, out)| matches!(out, LoginOut::Refresh { .. }).then_some(*at))
        };
        assert_eq!(begun(&run.pass(LIFE - 300)), Some(3300));
        let retry_after = Some(net::RetryAfter::new(Duration::from_secs(asked)));
        let refused = SignInError::Server { status: 429, retry_after };
        run.feed(LoginIn::Refreshed { turn: 1, result: Err(refused) });
        let next = begun(&run.pass(1200)).unwrap();
        assert!((least..=most).contains(&next), "{asked}: {next}");
    }
}

#[test]
fn a_network_that_returns_ends_our_own_wait_and_none_that_was_asked_for() {
    let failures = [
        (SignInError::Unreachable("refused".to_owned()), true),
        (no(Class::TooOften, "invalid_grant"), false),
        (
            SignInError::Server {
                status: 429,
                retry_after: Some(net::RetryAfter::new(Duration::from_secs(60))),
            },
            false,
        ),
    ];
    for (failure, is_tried) in failures {
        let mut run = signed_in();
        assert_eq!(run.feed(LoginIn::NetworkReturned), [], "nothing has failed");
        run.refuse(None);
        run.feed(LoginIn::Refreshed { turn: 1, result: Err(failure) });
        let out = run.feed(LoginIn::NetworkReturned);
        assert_eq!(count(&out, &refresh(2, "r0", None)), usize::from(is_tried), "{out:?}");
    }
}
