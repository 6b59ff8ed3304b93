//! The proof finds a loop where the engine does not come to rest, and nowhere else: over every pair of tables of three
//! statuses and three Teams states, and of four and four in a long run.

use std::iter::once;

use presence::{
    check::loops,
    connect::AgentStatus,
    mapping::{ConnectRow, ConnectTarget, Tables, Target, TeamsRow},
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
};
use proptest::test_runner::Config;

use super::{
    simulation::{Start, rests},
    words::{back, forth, set, statuses, tables},
};

/// Some statuses, as many Teams states, and what Teams itself can turn each of these into.
struct Domain {
    names: &'static [&'static str],
    targets: &'static [Target],
    badges: &'static [Availability],
    clients: &'static [TeamsState],
    /// What may be in the preferred slot at the start.
    preferred: &'static [PreferredPresence],
}

const THREE: Domain = Domain {
    names: &["Lunch", "Training", "Desk"],
    targets: &[Target::Available, Target::Busy, Target::DoNotDisturb],
    badges: &[Availability::Available, Availability::Busy, Availability::DoNotDisturb],
    clients: &[
        TeamsState::plain(Availability::Available),
        TeamsState::with(Availability::Busy, Detail::InMeeting),
        TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
    ],
    preferred: &[PreferredPresence::Busy, PreferredPresence::DoNotDisturb],
};

const FOUR: Domain = Domain {
    names: &["Lunch", "Training", "Desk", "Errand"],
    targets: &[Target::Available, Target::InACall, Target::DoNotDisturb, Target::AppearAway],
    badges: &[Availability::Available, Availability::Busy, Availability::DoNotDisturb, Availability::Away],
    clients: &[
        TeamsState::plain(Availability::Available),
        TeamsState::with(Availability::Busy, Detail::InMeeting),
        TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
        TeamsState::with(Availability::Away, Detail::Inactive),
    ],
    preferred: &[PreferredPresence::DoNotDisturb, PreferredPresence::AppearAway],
};

impl Domain {
    /// Every table Connect → Teams: each status asks for one of the states, for nothing, or for *Clear*.
    fn forth(&self) -> Vec<Vec<ConnectRow>> {
        let targets: Vec<Target> =
            self.targets.iter().copied().chain([Target::NoChange, Target::Clear]).collect();
        every(self.names, &targets, |name, target| forth(name, *target))
    }

    /// Every table Teams → Connect: each state asks for one of the statuses, for nothing, or for *Restore*.
    fn back(&self) -> Vec<Vec<TeamsRow>> {
        let plain = [ConnectTarget::NoChange, ConnectTarget::Restore];
        let targets: Vec<ConnectTarget> = self.names.iter().map(|name| set(name)).chain(plain).collect();
        every(self.badges, &targets, |badge, target| back(*badge, target.clone()))
    }

    /// Every status, with each value of ours or none over all that Teams makes by itself.
    fn starts(&self, all: &[AgentStatus]) -> Vec<Start> {
        let mut starts = Vec::new();
        for chosen in all {
            for client in self.clients {
                let fresh = Start::fresh(chosen, client.clone());
                let available = Start { session: Some(SessionPresence::Available), ..fresh.clone() };
                let in_a_call = Start { session: Some(SessionPresence::InCall), ..fresh.clone() };
                let preferred =
                    self.preferred.iter().map(|value| Start { preferred: Some(*value), ..available.clone() });
                starts.extend(once(fresh).chain(preferred));
                starts.push(available);
                if self.targets.contains(&Target::InACall) {
                    starts.push(in_a_call);
                }
            }
        }
        starts
    }
}

/// All ways to give each of `keys` one of `values`.
fn every<K, V, R: Clone>(keys: &[K], values: &[V], row: impl Fn(&K, &V) -> R) -> Vec<Vec<R>> {
    keys.iter().fold(vec![Vec::new()], |tables, key| {
        let grown = |table: Vec<R>| {
            values.iter().map(|value| table.iter().cloned().chain(once(row(key, value))).collect()).collect()
        };
        tables.into_iter().flat_map::<Vec<Vec<R>>, _>(grown).collect()
    })
}

/// How many pairs there are, and how many of them have a loop.
fn agree(domain: &Domain, pairs: impl Iterator<Item = Tables>) -> (usize, usize) {
    let all = statuses(domain.names);
    let starts = domain.starts(&all);
    let (mut circles, mut count) = (0, 0);
    for tables in pairs {
        let found = loops(&tables, &all);
        let circling = starts.iter().find(|start| !rests(&tables, &all, start));
        assert_eq!(!found.is_empty(), circling.is_some(), "{tables:?}\n{found:?}\n{circling:?}");
        count += 1;
        circles += usize::from(circling.is_some());
    }
    (count, circles)
}

#[test]
fn three_statuses_and_three_teams_states() {
    let (forth, back) = (THREE.forth(), THREE.back());
    let pairs = forth.iter().flat_map(|forth| back.iter().map(|back| tables(forth.clone(), back.clone())));
    assert_eq!(agree(&THREE, pairs), (15_625, 2892));
}

/// Statuses that no condition distinguishes can change places, so tables whose targets are in order are enough. All of
/// them take minutes: in a short run it is one.
#[test]
fn four_statuses_and_four_teams_states() {
    let forth = FOUR.forth().into_iter().filter(|rows| rows.is_sorted_by_key(|row| row.target));
    let forth: Vec<_> = match Config::default().cases {
        0..=1000 => forth.skip(60).take(1).collect(),
        1001.. => forth.collect(),
    };
    let back = FOUR.back();
    let pairs = forth.iter().flat_map(|forth| back.iter().map(|back| tables(forth.clone(), back.clone())));
    let (count, circles) = agree(&FOUR, pairs);
    assert_eq!(count, forth.len() * 1296);
    assert!(circles > 0);
}
