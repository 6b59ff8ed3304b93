//! The proof finds a loop where the engine does not come to rest, and nowhere else.

use std::time::Instant;

use presence::{
    check::check,
    connect::AgentStatus,
    mapping::{ConnectRow, ConnectTarget, Tables, Target, TeamsRow},
    teams::{Availability, Detail, PreferredPresence, SessionPresence, TeamsState},
};

use super::{
    simulation::{Start, rests},
    words::{back, forth, set, statuses, tables},
};

#[test]
fn time() {
    let targets = [Target::Available, Target::Busy, Target::DoNotDisturb, Target::NoChange, Target::Clear];
    let badges = [Availability::Available, Availability::Busy, Availability::DoNotDisturb];
    let names = ["A", "B", "C"];
    let all = statuses(&names);
    let orders = [set("A"), set("B"), set("C"), ConnectTarget::NoChange, ConnectTarget::Restore];
    let (mut loops, mut n) = (0, 0);
    let (mut tp, mut ts) = (0.0, 0.0);
    let mut bad = 0;
    for f in 0..125_usize {
        let fr: Vec<ConnectRow> = (0..3).map(|i| forth(names[i], targets[f / 5_usize.pow(i as u32) % 5])).collect();
        for b in 0..125_usize {
            let br: Vec<TeamsRow> =
                (0..3).map(|i| back(badges[i], orders[b / 5_usize.pow(i as u32) % 5].clone())).collect();
            let t = tables(fr.clone(), br);
            let a = Instant::now();
            let proof = check(&t, &all);
            tp += a.elapsed().as_secs_f64();
            let a = Instant::now();
            let sim = starts(&all).iter().any(|s| !rests(&t, &all, s));
            ts += a.elapsed().as_secs_f64();
            n += 1;
            loops += usize::from(sim);
            if sim == proof.loops.is_empty() {
                bad += 1;
                if bad < 10 {
                    println!("{:?}\n{:?}\nsim {sim} proof {:?}", t.connect_to_teams.rows().iter().map(|r| r.target).collect::<Vec<_>>(), t.teams_to_connect.rows().iter().map(|r| &r.target).collect::<Vec<_>>(), proof.loops);
                }
            }
        }
    }
    println!("{n} {loops} bad {bad} proof {tp} sim {ts}");
}

fn starts(all: &[AgentStatus]) -> Vec<Start> {
    let clients = [
        TeamsState::plain(Availability::Available),
        TeamsState::with(Availability::Busy, Detail::InMeeting),
        TeamsState::with(Availability::DoNotDisturb, Detail::Presenting),
    ];
    let mut starts = Vec::new();
    for chosen in all {
        for client in &clients {
            let fresh = Start::fresh(chosen, client.clone());
            starts.push(fresh.clone());
            starts.push(Start { session: Some(SessionPresence::Available), ..fresh.clone() });
            for value in [PreferredPresence::Busy, PreferredPresence::DoNotDisturb] {
                starts.push(Start {
                    session: Some(SessionPresence::Available),
                    preferred: Some(value),
                    ..fresh.clone()
                });
            }
        }
    }
    starts
}
