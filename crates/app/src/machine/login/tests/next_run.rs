//! What a login continues with after a restart.

use super::*;

/// The next run with the same Entra: the keyring has the refresh token.
fn restarted(run: Run) -> Run {
    let mut next = Run { now: run.now, ..Run::new() };
    next.login.continue_from(run.login);
    next.feed(LoginIn::Begin);
    next
}

fn loads(run: &mut Run) -> Vec<LoginOut> {
    run.feed(LoginIn::Loaded { secret: Ok(None), refresh: Ok(Some("r0".into())) })
}

/// Nobody is known from before, so Entra names the person again.
fn renewed(run: &mut Run, turn: u64) {
    let out = run.feed(LoginIn::Refreshed { turn, result: Ok(grant(Some("r0"), Some("priya"), LIFE)) });
    assert_eq!(count(&out, &LoginOut::SignedIn), 1, "{out:?}");
}

fn begun(out: &[LoginOut]) -> usize {
    out.iter().filter(|out| matches!(out, LoginOut::Refresh { .. })).count()
}

#[test]
fn a_wait_that_entra_asked_for_outlives_a_restart() {
    let mut run = signed_in();
    run.refuse(None);
    let retry_after = Some(net::RetryAfter::new(Duration::from_secs(300)));
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(SignInError::Server { status: 429, retry_after }) });
    for _ in 0..5 {
        run = restarted(run);
        assert_eq!(begun(&loads(&mut run)), 0);
        run.now = later(run.now, Duration::from_secs(50));
        assert_eq!(begun(&run.feed(LoginIn::Due)), 0);
    }
    let out = run.pass(200);
    let first = refreshes(&out)[0];
    assert!((50..=110).contains(&first), "{first} s after 250 s");
}

#[test]
fn refreshes_that_fail_wait_longer_each_time_over_restarts() {
    let mut run = signed_in();
    run.refuse(None);
    let mut waits = Vec::new();
    let mut turn = 1;
    for _ in 0..6 {
        let result = Err(SignInError::Unreachable("gone".to_owned()));
        run.feed(LoginIn::Refreshed { turn, result });
        run = restarted(run);
        let asked = loads(&mut run);
        assert_eq!(begun(&asked), 0);
        let wait = run.login.deadline().unwrap().duration_since(run.now);
        waits.push(wait.as_secs_f64());
        run.now += wait;
        turn += 1;
        assert_eq!(run.feed(LoginIn::Due), [refresh(turn, "r0", None)]);
    }
    let middles = [5, 10, 20, 40, 80, 120].map(f64::from);
    assert!(
        waits.iter().zip(middles).all(|(wait, middle)| (0.8..=1.2).contains(&(wait / middle))),
        "{waits:?}"
    );
}

#[test]
fn restarts_do_not_refresh_more_than_six_times_a_minute() {
    let mut run = signed_in();
    let mut turns = 0;
    for _ in 0..20 {
        run = restarted(run);
        if begun(&loads(&mut run)) > 0 {
            turns += 1;
            renewed(&mut run, turns);
        }
        run.now = later(run.now, Duration::from_secs(1));
    }
    assert_eq!(turns, 6);
    assert_eq!(refreshes(&run.pass(60)), [40], "60 s after the first one");
}

#[test]
fn a_refresh_that_was_under_way_is_not_waited_for() {
    let mut run = signed_in();
    assert_eq!(begun(&run.refuse(None)), 1);
    run = restarted(run);
    assert_eq!(loads(&mut run), [refresh(2, "r0", None)]);
    assert_eq!(run.renewed(1, "r1"), [], "its late answer is ignored");
}

#[test]
fn a_service_that_refuses_good_tokens_gets_no_new_one_because_of_a_restart() {
    let mut run = signed_in();
    run.refuse(None);
    run.renewed(1, "r0");
    assert_eq!(run.refuse(None), []);
    run = restarted(run);
    loads(&mut run);
    renewed(&mut run, 2);
    assert_eq!(run.refuse(None), []);
}

#[test]
fn a_login_by_the_person_ends_the_wait() {
    let mut run = signed_in();
    run.refuse(None);
    let retry_after = Some(net::RetryAfter::new(Duration::from_secs(900)));
    run.feed(LoginIn::Refreshed { turn: 1, result: Err(SignInError::Server { status: 503, retry_after }) });
    run.logs_in(grant(Some("r1"), Some("priya"), 600));
    assert_eq!(refreshes(&run.pass(400)), [300]);
}
