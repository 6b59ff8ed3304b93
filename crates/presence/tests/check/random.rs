//! The proof and the engine agree on tables with conditions, drawn at random.

use std::time::Duration;

use presence::{
    check::loops,
    connect::{AgentStatus, StatusKind},
    mapping::{
        Conditions, ConnectRow, ConnectTarget, SourceCondition, Tables, Target, TeamsRow, TeamsWhen, When,
    },
    provenance::OwnStatus,
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
};
use proptest::{collection::vec, option, prelude::*, sample::select};

use super::{
    simulation::{Start, rests},
    words::{arn, back as back_row, forth as forth_row, set, statuses, tables},
};

const NAMES: [&str; 4] = ["Available", "Lunch", "Training", "Offline"];

fn targets() -> impl Strategy<Value = Target> {
    select(Target::ALL.to_vec())
}

fn teams_states() -> impl Strategy<Value = TeamsWhen> {
    let badge = TeamsWhen::badge;
    let with = TeamsWhen::with;
    select(vec![
        badge(Availability::Available),
        badge(Availability::Busy),
        badge(Availability::DoNotDisturb),
        badge(Availability::BeRightBack),
        badge(Availability::Away),
        badge(Availability::Offline),
        with(Availability::Available, Detail::Inactive),
        with(Availability::Busy, Detail::InCall),
        with(Availability::Busy, Detail::InMeeting),
        with(Availability::DoNotDisturb, Detail::Presenting),
        with(Availability::Away, Detail::Inactive),
        with(Availability::Offline, Detail::AppearOffline),
    ])
}

fn connect_states() -> impl Strategy<Value = When> {
    prop_oneof![
        select(NAMES.to_vec()).prop_map(|name| When::Status(arn(name))),
        select(vec![StatusKind::Routable, StatusKind::Custom, StatusKind::Offline]).prop_map(When::Kind),
    ]
}

fn sources() -> impl Strategy<Value = Option<SourceCondition>> {
    select(vec![None, None, None, Some(SourceCondition::Person), Some(SourceCondition::Automatic)])
}

fn conditions<Other: Clone + std::fmt::Debug + 'static>(
    other: impl Strategy<Value = Other> + 'static,
) -> impl Strategy<Value = Conditions<Other>> {
    (
        sources(),
        prop_oneof![3 => Just(Vec::new()).boxed(), 1 => vec(other, 1..3).boxed()],
        select(vec![None, None, Some(0), Some(15)]),
        option::weighted(0.1, Just(60)),
    )
        .prop_map(|(source, only_while, hold, rest)| Conditions {
            source,
            only_while,
            hold: hold.map(Duration::from_secs),
            at_most_every: rest.map(Duration::from_secs),
        })
}

/// A row for every status and every badge, so that loops are likely, and some rows with conditions before them.
fn both(conditional: bool) -> impl Strategy<Value = Tables> {
    let only_while = if conditional { vec(teams_states(), 1..3).boxed() } else { Just(Vec::new()).boxed() };
    let forth = (connect_states(), targets(), conditions(teams_states()), only_while, any::<bool>())
        .prop_map(|(when, target, conditions, only_while, override_person)| ConnectRow {
            when,
            target,
            conditions: Conditions { only_while, source: None, ..conditions },
            override_person,
        });
    let plain_forth = NAMES.map(|name| targets().prop_map(move |target| forth_row(name, target)));
    let back = (teams_states(), orders(), conditions(connect_states()))
        .prop_map(|(when, target, conditions)| TeamsRow { when, target, conditions });
    let plain_back =
        Availability::KNOWN.map(|badge| orders().prop_map(move |target| back_row(badge, target)));
    (vec(forth, 0..4), plain_forth, vec(back, 0..4), plain_back).prop_map(
        |(mut forth, plain_forth, mut back, plain_back)| {
            forth.extend(plain_forth);
            back.extend(plain_back);
            tables(forth, back)
        },
    )
}

fn orders() -> impl Strategy<Value = ConnectTarget> {
    prop_oneof![
        4 => Just(ConnectTarget::NoChange),
        1 => Just(ConnectTarget::Restore),
        4 => select(NAMES.to_vec()).prop_map(set),
    ]
}

/// What Teams makes by itself. Like Graph's precedence in the simulation it is repeated here, so that the proof is not
/// tested against its own list.
const CLIENTS: [TeamsState; 11] = [
    TeamsState::plain(Availability::Available),
    TeamsState::plain(Availability::Busy),
    TeamsState::plain(Availability::Away),
    TeamsState::plain(Availability::Offline),
    TeamsState::with(Availability::Busy, Detail::InMeeting),
    TeamsState::with(Availability::Busy, Detail::InCall),
    TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
    TeamsState::with(Availability::DoNotDisturb, Detail::Focusing),
    TeamsState::with(Availability::Available, Detail::Inactive),
    TeamsState::with(Availability::Busy, Detail::Inactive),
    TeamsState::with(Availability::Away, Detail::Inactive),
];

/// Every start that the tables can distinguish: what is chosen, whose it is, and what of ours covers what.
fn starts<'a>(tables: &'a Tables, all: &'a [AgentStatus]) -> impl Iterator<Item = Start> + 'a {
    let restores = tables.teams_to_connect.rows().iter().any(|row| row.target == ConnectTarget::Restore);
    let fresh =
        all.iter().flat_map(|chosen| CLIENTS.into_iter().map(move |client| Start::fresh(chosen, client)));
    fresh.flat_map(move |fresh| {
        let mut starts = vec![fresh.clone()];
        starts.extend(SessionPresence::ALL.map(|value| Start { session: Some(value), ..fresh.clone() }));
        for value in PreferredPresence::ALL {
            let session = Some(SessionPresence::Available);
            let preferred = Start { session, preferred: Some(value), ..fresh.clone() };
            for earlier in all.iter().filter(|earlier| restores && **earlier != fresh.chosen) {
                let own = OwnStatus { status: fresh.chosen.arn.clone(), earlier: earlier.arn.clone() };
                starts.push(Start { own: Some(own), ..preferred.clone() });
            }
            starts.push(preferred);
        }
        starts
    })
}

/// The same starts, if ours was set already when Teams changed to its current state: the state seen last is another.
fn hidden<'a>(tables: &'a Tables, all: &'a [AgentStatus]) -> impl Iterator<Item = Start> + 'a {
    let only_while: Vec<_> =
        tables.connect_to_teams.rows().iter().flat_map(|row| &row.conditions.only_while).collect();
    // If less than Available was seen last, that decides whether our session hides something. So each of these states
    // is tried.
    let less = |state: &TeamsState| matches!(state.availability, Availability::Away | Availability::Offline);
    let distinguishes = |state: &TeamsState| less(state) || only_while.iter().any(|when| when.matches(state));
    let seen: Vec<TeamsState> =
        CLIENTS.into_iter().filter(|state| !only_while.is_empty() && distinguishes(state)).collect();
    let with_session = starts(tables, all).filter(|start| start.session.is_some());
    with_session.flat_map(move |start| {
        let others = seen.iter().filter(|alone| **alone != start.client).cloned();
        others.map(|alone| Start { alone, ..start.clone() }).collect::<Vec<_>>()
    })
}

fn agree(tables: &Tables) -> Result<(), TestCaseError> {
    let all = statuses(&NAMES);
    let found = loops(tables, &all);
    let mut every = starts(tables, &all).chain(hidden(tables, &all));
    let circling = every.find(|start| !rests(tables, &all, start));
    prop_assert_eq!(!found.is_empty(), circling.is_some(), "{:?} {:?}", found, circling);
    Ok(())
}

/// A case takes some milliseconds, and a long run has other things to do as well.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.min(10_000), ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn with_conditions_back(tables in both(false)) {
        agree(&tables)?;
    }

    #[test]
    fn with_conditions_both_ways(tables in both(true)) {
        agree(&tables)?;
    }
}
