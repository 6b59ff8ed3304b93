use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::fixture::at;

const ALL: [GraphService; 8] = [
    GraphService::OwnPresence,
    GraphService::Write,
    GraphService::Message,
    GraphService::Colleagues,
    GraphService::Directory,
    GraphService::Search,
    GraphService::Photos,
    GraphService::Profile,
];

fn asks(seconds: u64) -> Option<RetryAfter> {
    Some(RetryAfter::new(Duration::from_secs(seconds)))
}

fn throttled(seconds: u64) -> GraphError {
    GraphError::Throttled { retry_after: asks(seconds) }
}

fn server() -> GraphError {
    GraphError::Server { status: 503, retry_after: None }
}

fn refused(challenge: Option<&str>) -> GraphError {
    GraphError::Unauthorized { challenge: challenge.map(str::to_owned), retry_after: None }
}

/// Asks every second and fails every time; returns how many requests left in each minute.
fn eager(service: GraphService, error: &GraphError, minutes: i64) -> Vec<usize> {
    let mut gate = Gate::new(1);
    let mut sent = vec![0; usize::try_from(minutes).unwrap()];
    for second in 0..60 * minutes {
        if gate.admit(service, Urgency::Usual, at(second)).is_ok() {
            sent[usize::try_from(second / 60).unwrap()] += 1;
            gate.answered(service, Err(error), at(second));
        }
    }
    sent
}

#[test]
fn a_retry_after_of_zero_leads_to_no_storm_of_requests() {
    for service in ALL {
        for error in [throttled(0), GraphError::Server { status: 503, retry_after: asks(0) }, server()] {
            let sent = eager(service, &error, 10);
            assert!(sent.iter().all(|sent| *sent <= 12), "{service:?} {error}: {sent:?}");
            assert!(sent.iter().rev().take(5).all(|sent| *sent <= 2), "it waits longer and longer: {sent:?}");
        }
    }
}

#[test]
fn a_long_wait_of_one_service_holds_the_tenant_for_a_quarter_of_an_hour_then_one_request_probes() {
    let mut gate = Gate::new(1);
    assert_eq!(gate.admit(GraphService::Colleagues, Urgency::Usual, at(0)), Ok(()));
    gate.answered(GraphService::Colleagues, Err(&throttled(86_400)), at(0));
    for service in [GraphService::OwnPresence, GraphService::Write, GraphService::Directory] {
        assert_eq!(gate.admit(service, Urgency::Usual, at(899)), Err(at(900)), "{service:?}");
    }
    assert_eq!(gate.slowed(at(899)), Some(at(900)));
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(900)), Ok(()), "the probe");
    assert_eq!(gate.admit(GraphService::Write, Urgency::Usual, at(900)), Err(at(902)));
    gate.answered(GraphService::OwnPresence, Err(&throttled(86_400)), at(901));
    assert_eq!(gate.admit(GraphService::Write, Urgency::Usual, at(1800)), Err(at(1801)));
    assert_eq!(gate.admit(GraphService::Write, Urgency::Usual, at(1801)), Ok(()));
    gate.answered(GraphService::Write, Ok(()), at(1802));
    assert_eq!(gate.slowed(at(1802)), None);
    for service in [GraphService::Directory, GraphService::Profile] {
        assert_eq!(gate.admit(service, Urgency::Usual, at(1802)), Ok(()), "{service:?}");
    }
}

#[test]
fn nothing_erases_the_wait_of_the_tenant() {
    let mut gate = Gate::new(1);
    for service in [GraphService::OwnPresence, GraphService::Colleagues, GraphService::Directory] {
        gate.admit(service, Urgency::Usual, at(0)).unwrap();
    }
    gate.answered(GraphService::Colleagues, Err(&throttled(300)), at(1));
    let until = gate.slowed(at(1)).unwrap();
    assert!(until >= at(301) && until <= at(361));
    // These left before, and are answered after.
    gate.answered(GraphService::OwnPresence, Ok(()), at(2));
    gate.answered(GraphService::Directory, Err(&throttled(1)), at(3));
    gate.token_renewed();
    gate.network_returned();
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(4)), Err(until));
    assert_eq!(gate.admit(GraphService::Write, Urgency::TakeBack, at(4)), Err(until));
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, until), Ok(()));
}

#[test]
fn a_probe_that_is_never_answered_does_not_hold_the_others_for_ever() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::Colleagues, Urgency::Usual, at(0)).unwrap();
    gate.answered(GraphService::Colleagues, Err(&throttled(u64::MAX)), at(0));
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(900)), Ok(()));
    assert!(gate.admit(GraphService::Write, Urgency::Usual, at(980)).is_err());
    assert_eq!(gate.admit(GraphService::Write, Urgency::Usual, at(990)), Ok(()));
}

#[test]
fn quitting_takes_back_once_although_the_tenant_is_slowed() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::Colleagues, Urgency::Usual, at(0)).unwrap();
    gate.answered(GraphService::Colleagues, Err(&throttled(600)), at(0));
    assert!(gate.admit(GraphService::Write, Urgency::TakeBack, at(1)).is_err());
    assert_eq!(gate.admit(GraphService::Write, Urgency::Last, at(1)), Ok(()));
    let slowed = gate.slowed(at(1));
    gate.answered(GraphService::Write, Ok(()), at(1));
    assert_eq!(gate.slowed(at(1)), slowed, "that one was no probe");
}

#[test]
fn part_of_the_writes_is_reserved_for_take_backs() {
    let mut gate = Gate::new(1);
    let usual =
        (0..100).take_while(|_| gate.admit(GraphService::Write, Urgency::Usual, at(0)).is_ok()).count();
    let back =
        (0..100).take_while(|_| gate.admit(GraphService::Write, Urgency::TakeBack, at(0)).is_ok()).count();
    assert_eq!((usual, back), (22, 8));
    assert_eq!(gate.admit(GraphService::Write, Urgency::Last, at(59)), Err(at(60)));
    assert_eq!(gate.admit(GraphService::Write, Urgency::Usual, at(60)), Ok(()));
}

#[test]
fn each_service_fails_on_its_own() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::Colleagues, Urgency::Usual, at(0)).unwrap();
    gate.answered(
        GraphService::Colleagues,
        Err(&GraphError::NotAllowed { missing: "it", retry_after: None }),
        at(0),
    );
    assert!(gate.trouble(GraphService::Colleagues).is_some());
    assert_eq!(gate.trouble(GraphService::OwnPresence), None);
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(0)), Ok(()));
    gate.answered(GraphService::OwnPresence, Ok(()), at(1));
    assert!(
        gate.trouble(GraphService::Colleagues).is_some(),
        "a success of another service says nothing about this one"
    );
    assert!(gate.admit(GraphService::Colleagues, Urgency::Usual, at(599)).is_err());
    gate.token_renewed();
    assert_eq!(
        gate.admit(GraphService::Colleagues, Urgency::Usual, at(10)),
        Ok(()),
        "a new token may carry the right"
    );
}

#[test]
fn a_colleagues_service_that_fails_is_asked_less_and_less_often() {
    let sent: usize = eager(GraphService::Colleagues, &server(), 5).iter().sum();
    assert!(sent <= 10, "{sent}");
}

#[test]
fn a_refused_token_is_used_once_more_before_it_is_renewed() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::OwnPresence, Urgency::Usual, at(0)).unwrap();
    let next = gate.answered(GraphService::OwnPresence, Err(&refused(None)), at(0));
    assert_eq!(next, NextRequest::OnceMore(at(1)));
    assert_eq!(gate.trouble(GraphService::OwnPresence), None, "nothing is known to be wrong yet");
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(1)), Ok(()));
    let next = gate.answered(GraphService::OwnPresence, Err(&refused(None)), at(1));
    assert!(matches!(next, NextRequest::Renew { claims: None, .. }), "{next:?}");
    gate.token_renewed();
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(2)), Ok(()));
    assert_eq!(gate.answered(GraphService::OwnPresence, Ok(()), at(2)), NextRequest::AsUsual);
}

#[test]
fn a_service_that_keeps_refusing_good_tokens_is_in_trouble_and_asks_for_no_login() {
    let mut gate = Gate::new(1);
    let mut renewals = 0;
    let mut requests = 0;
    for second in 0..3600 {
        if gate.admit(GraphService::OwnPresence, Urgency::Usual, at(second)).is_err() {
            continue;
        }
        requests += 1;
        if let NextRequest::Renew { .. } =
            gate.answered(GraphService::OwnPresence, Err(&refused(None)), at(second))
        {
            renewals += 1;
            gate.token_renewed();
        }
    }
    assert!(renewals <= 6, "a new token every ten minutes at most, and not {renewals}");
    assert!(requests < 90, "{requests}");
    assert!(gate.trouble(GraphService::OwnPresence).is_some());
}

#[test]
fn refusals_that_alternate_with_answers_renew_nothing() {
    let mut gate = Gate::new(1);
    let mut now = at(0);
    for n in 0..500 {
        while let Err(until) = gate.admit(GraphService::OwnPresence, Urgency::Usual, now) {
            assert!(until > now, "the gate names a later moment");
            now = until;
        }
        let error = refused(None);
        let next =
            gate.answered(GraphService::OwnPresence, if n % 2 == 0 { Err(&error) } else { Ok(()) }, now);
        assert!(!matches!(next, NextRequest::Renew { .. } | NextRequest::Wait(_)), "{next:?}");
        assert_eq!(gate.trouble(GraphService::OwnPresence), None);
        now += SignedDuration::from_secs(1);
    }
}

#[test]
fn claims_are_passed_on_at_once() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::Write, Urgency::Usual, at(0)).unwrap();
    let next = gate.answered(GraphService::Write, Err(&refused(Some("eyJ"))), at(0));
    assert!(matches!(&next, NextRequest::Renew { claims: Some(claims), .. } if claims == "eyJ"), "{next:?}");
}

#[test]
fn a_network_that_returns_is_used_at_once() {
    let mut gate = Gate::new(1);
    for _ in 0..9 {
        gate.answered(GraphService::OwnPresence, Err(&GraphError::TimedOut), at(0));
    }
    gate.answered(GraphService::Directory, Err(&server()), at(0));
    assert!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(1)).is_err());
    gate.network_returned();
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(1)), Ok(()));
    assert!(
        gate.admit(GraphService::Directory, Urgency::Usual, at(1)).is_err(),
        "its trouble is not the network"
    );
}

#[test]
fn waits_move_with_a_clock_that_is_set() {
    let mut gate = Gate::new(1);
    gate.admit(GraphService::Colleagues, Urgency::Usual, at(0)).unwrap();
    gate.answered(GraphService::Colleagues, Err(&throttled(86_400)), at(0));
    gate.redate(SignedDuration::from_hours(-2));
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(-7000)), Err(at(900 - 7200)));
    assert_eq!(gate.admit(GraphService::OwnPresence, Urgency::Usual, at(900 - 7200)), Ok(()));
}

/// What a server does with one request.
#[derive(Debug, Clone)]
enum Server {
    Works,
    Fails(GraphError),
    NeverAnswers,
}

fn servers() -> impl Strategy<Value = Server> {
    let wait = prop_oneof![
        Just(None),
        Just(asks(0)),
        (0_u64..2000).prop_map(asks),
        Just(asks(86_400)),
        Just(asks(u64::MAX)),
    ];
    prop_oneof![
        3 => Just(Server::Works),
        3 => wait.clone().prop_map(|retry_after| Server::Fails(GraphError::Throttled { retry_after })),
        2 => wait.clone().prop_map(|retry_after| Server::Fails(GraphError::Server { status: 502, retry_after })),
        2 => (wait.clone(), prop::option::of(Just("c".to_owned())))
            .prop_map(|(retry_after, challenge)| Server::Fails(GraphError::Unauthorized { challenge, retry_after })),
        1 => wait.prop_map(|retry_after| Server::Fails(GraphError::NotAllowed { missing: "it", retry_after })),
        1 => Just(Server::Fails(GraphError::TimedOut)),
        1 => Just(Server::Fails(GraphError::Malformed("garbage"))),
        1 => Just(Server::NeverAnswers),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Every machine asks as often as it may, which none does in practice. The servers give any answer at any time, and
    /// then work: the last write arrives.
    #[test]
    fn budgets_hold_for_any_server_and_the_last_write_arrives_once_it_is_well(
        seed in any::<u64>(),
        answers in prop::collection::vec((servers(), 0_i64..40), 1..40),
    ) {
        let mut gate = Gate::new(seed);
        let mut sent: HashMap<GraphService, Vec<Timestamp>> = HashMap::new();
        let mut on_its_way: Vec<(Timestamp, GraphService, Server)> = Vec::new();
        let mut answers = answers.iter().cycle();
        let well = 1800;
        for second in 0..well + 3000 {
            let now = at(second);
            let (come, rest) = on_its_way.into_iter().partition::<Vec<_>, _>(|(when, ..)| *when <= now);
            on_its_way = rest;
            for (_, service, answer) in come {
                let next = match answer {
                    Server::Works => gate.answered(service, Ok(()), now),
                    Server::Fails(error) => gate.answered(service, Err(&error), now),
                    Server::NeverAnswers => continue,
                };
                if let NextRequest::Renew { .. } = next {
                    gate.token_renewed();
                }
            }
            for service in ALL {
                for urgency in [Urgency::Usual, Urgency::TakeBack] {
                    if gate.admit(service, urgency, now).is_err() {
                        continue;
                    }
                    sent.entry(service).or_default().push(now);
                    let (answer, delay) = answers.next().unwrap();
                    let answer = if second < well { answer.clone() } else { Server::Works };
                    let delay = if second < well { *delay } else { 0 };
                    on_its_way.push((now + SignedDuration::from_secs(delay), service, answer));
                }
            }
        }
        for (service, sent) in &sent {
            for (index, first) in sent.iter().enumerate() {
                let within = sent[index..].iter().take_while(|at| **at < later(*first, MINUTE)).count();
                prop_assert!(within <= service.budget(), "{service:?} sent {within} in the minute from {first}");
            }
        }
        // A wait of a quarter of an hour with its spread, a probe that is never answered, and the longest back-off.
        let late = at(well + 2 * 1080 + 90 + 60);
        let last = sent.get(&GraphService::Write).and_then(|sent| sent.last().copied());
        prop_assert!(last.is_some_and(|last| last >= late), "the last write left at {last:?}");
        prop_assert_eq!(gate.trouble(GraphService::Write), None);
    }
}
