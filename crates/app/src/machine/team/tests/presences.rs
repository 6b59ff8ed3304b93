//! Whose presence is read, how often, and how long what was read is used.

use super::*;

#[test]
fn presences_are_read_only_while_somebody_looks() {
    let mut team = listed(3);
    assert!(
        matches!(team.on(TeamIn::Due, at(0)).as_slice(), [TeamOut::ReadPresences(ids)] if ids.len() == 3)
    );
    team.on(everybody(&team, Availability::Available), at(1));
    let second = reads(&mut team);
    assert!((12.0..=18.0).contains(&seconds(at(1), second)));
    team.on(TeamIn::PresencesFailed(NextRequest::Wait(second + SignedDuration::from_secs(2))), second);
    let third = reads(&mut team);
    assert!(seconds(second, third) >= 15.0, "not more often than a service that works");
    team.on(everybody(&team, Availability::Available), third);
    team.on(TeamIn::DrawerOpen(false), third);
    assert_eq!(team.on(TeamIn::Due, third + SignedDuration::from_mins(20)), [], "nobody looks");
    let opened = third + SignedDuration::from_mins(30);
    team.on(TeamIn::DrawerOpen(true), opened);
    assert_eq!(reads(&mut team), opened, "at once");
}

#[test]
fn the_more_agents_share_the_limits_the_less_often_each_reads() {
    for (seats, least, most) in [(1, 12.0, 18.0), (375, 12.0, 18.0), (600, 19.2, 28.8), (3000, 96.0, 144.0)] {
        let mut team = listed(3);
        team.on(TeamIn::Scope { limit: None, region: None, seats }, at(0));
        assert_eq!(reads(&mut team), at(0));
        team.on(everybody(&team, Availability::Available), at(0));
        let next = reads(&mut team);
        assert!((least..=most).contains(&seconds(at(0), next)), "{seats}: {next}");
    }
}

#[test]
fn the_state_of_each_colleague_ages_by_itself() {
    let mut team = listed(2000);
    team.on(TeamIn::DrawerOpen(true), at(0));
    let first = match team.on(TeamIn::Due, at(0)).as_slice() {
        [TeamOut::ReadPresences(ids)] => ids.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(first.len(), IDS_A_CALL);
    let available = |ids: &[ObjectId]| {
        TeamIn::Presences(
            ids.iter().map(|id| (id.clone(), TeamsState::plain(Availability::Available))).collect(),
        )
    };
    team.on(available(&first), at(0));
    // From here on only others are answered: 20 minutes later nobody of the first is shown as available.
    let others: Vec<ObjectId> = (1000..1100).map(id).collect();
    for minute in 1..=20 {
        team.on(TeamIn::Due, at(60 * minute));
        team.on(available(&others), at(60 * minute));
    }
    let entry = team.roster().get(&PersonId::Entra(first[0].clone())).unwrap();
    assert_eq!((entry.teams(), entry.last_seen()), (None, Some(at(0))));
    let entry = team.roster().get(&PersonId::Entra(others[0].clone())).unwrap();
    assert_eq!(entry.teams(), Some(&TeamsState::plain(Availability::Available)));
}

#[test]
fn nobody_becomes_unknown_in_a_large_team_while_everything_is_answered_in_turn() {
    let mut team = listed(2000);
    team.on(TeamIn::DrawerOpen(true), at(0));
    for second in 0..600 {
        for out in team.on(TeamIn::Due, at(second)) {
            if let TeamOut::ReadPresences(ids) = out {
                let state = TeamsState::plain(Availability::Busy);
                team.on(
                    TeamIn::Presences(ids.into_iter().map(|id| (id, state.clone())).collect()),
                    at(second),
                );
            }
        }
        if second > 60 {
            let unknown =
                (0..2000).filter(|n| team.roster().get(&row(*n)).unwrap().teams().is_none()).count();
            assert_eq!(unknown, 0, "at {second}");
        }
    }
}

#[test]
fn both_parts_of_the_screen_are_read_first() {
    let mut team = listed(5000);
    team.on(TeamIn::OnScreen { start: 2000, count: 50 }, at(0));
    team.on(TeamIn::OnScreen { start: 2050, count: 50 }, at(0));
    let out = team.on(TeamIn::Due, at(0));
    let [TeamOut::ReadPresences(ids)] = out.as_slice() else { panic!("{out:?}") };
    let first: BTreeSet<&ObjectId> = ids.iter().take(100).collect();
    let visible = team.on_screen();
    assert!(visible.len() == 100 && visible.iter().all(|id| first.contains(id)));
    team.on(TeamIn::DrawerOpen(false), at(1));
    assert_eq!(team.on_screen(), [], "nobody looks");
}
