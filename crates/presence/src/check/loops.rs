//! The loops of the tables: every way from every start, followed until it rests or comes back to where it was.

use std::collections::HashSet;

use super::{
    configuration::{Configuration, Ours, Shown, Step, World},
    universe::{AUTOMATIC, representatives},
};
use crate::{
    connect::AgentStatus,
    mapping::Tables,
    teams::{Detail, PreferredPresence, SessionPresence, TeamsState},
};

/// States that lead to each other without end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// Each state that is entered, a Connect status first, and the last leads to the first again. What Teams shows in
    /// passing, before the state that was asked for, is left out.
    pub steps: Vec<Step>,
}

/// Every loop once. Two that go by the same rows through the same statuses are one, whatever *Clear* uncovers in them.
#[must_use]
pub fn loops(tables: &Tables, statuses: &[AgentStatus]) -> Vec<Loop> {
    let mut found: Vec<Loop> = Vec::new();
    if !tables.connect_to_teams.enabled || !tables.teams_to_connect.enabled {
        return found;
    }
    let statuses = representatives(tables, statuses);
    for (underneath, out_of_office) in backgrounds(tables) {
        let world = World { tables, statuses: &statuses, underneath, out_of_office };
        let mut known = HashSet::new();
        for start in starts(&world) {
            let Some(circle) = follow(&world, start, &mut known) else { continue };
            let circle = normal(circle);
            if !found.iter().any(|other| is_same(other, &circle)) {
                found.push(circle);
            }
        }
    }
    found
}

/// What Teams makes by itself. Out of office matters only if a row speaks of it.
fn backgrounds(tables: &Tables) -> impl Iterator<Item = (TeamsState, bool)> {
    let forth = tables.connect_to_teams.rows().iter().flat_map(|row| &row.conditions.only_while);
    let back = tables.teams_to_connect.rows().iter().map(|row| &row.when);
    let speaks_of_it = forth.chain(back).any(|when| when.detail == Some(Detail::OutOfOffice));
    let flags = [Some(false), speaks_of_it.then_some(true)];
    flags.into_iter().flatten().flat_map(|flag| AUTOMATIC.into_iter().map(move |state| (state, flag)))
}

/// Every start: each status with everything that may show in Teams. No status is ours at the start: a loop with a
/// *Restore* passes such a start, and any other loop does not depend on whose status it is.
fn starts(world: &World<'_>) -> Vec<Configuration> {
    let looks_alone =
        world.tables.connect_to_teams.rows().iter().any(|row| !row.conditions.only_while.is_empty());
    let mut starts = Vec::new();
    for chosen in 0..world.statuses.len() {
        for ours in all_of_ours() {
            let answered = world.shows(ours);
            let hidden = AUTOMATIC.into_iter().filter(|_| looks_alone);
            for alone in std::iter::once(world.underneath.clone()).chain(hidden) {
                let answered = answered.clone();
                starts.push(Configuration { chosen, earlier: None, ours, alone, answered });
            }
        }
    }
    starts
}

/// Everything of ours that may be set in Teams.
fn all_of_ours() -> impl Iterator<Item = Ours> {
    let session = |value| Ours { session: Some(value), preferred: None };
    let preferred = |value| Ours { session: Some(SessionPresence::Available), preferred: Some(value) };
    let sessions = SessionPresence::ALL.map(session);
    let preferreds = PreferredPresence::ALL.map(preferred);
    std::iter::once(Ours::default()).chain(sessions).chain(preferreds)
}

/// Follows one way. Returns the steps of the circle, if it ends in one that was not `known` before.
fn follow(world: &World<'_>, start: Configuration, known: &mut HashSet<Configuration>) -> Option<Vec<Step>> {
    let mut way: Vec<(Configuration, Option<Step>)> = Vec::new();
    let mut at = start;
    while known.insert(at.clone()) {
        let (next, step) = world.step(&at)?;
        way.push((at, step));
        at = next;
    }
    let back = way.iter().position(|(earlier, _)| *earlier == at)?;
    Some(way.into_iter().skip(back).filter_map(|(_, step)| step).collect())
}

/// A circle as it is reported: begins with a Connect status, always the same one, and the sides take turns.
fn normal(mut steps: Vec<Step>) -> Loop {
    let is_connect = |step: &Step| matches!(step.state, Shown::Connect(_));
    if let Some(first) = steps.iter().position(is_connect) {
        steps.rotate_left(first);
    }
    let mut turns: Vec<Step> = Vec::new();
    for step in steps {
        match turns.last_mut() {
            Some(last) if !is_connect(last) && !is_connect(&step) => *last = step,
            Some(_) | None => turns.push(step),
        }
    }
    let rotations = (0..turns.len()).map(|by| {
        let mut turned = turns.clone();
        turned.rotate_left(by);
        turned
    });
    let steps = rotations.min_by(|one, other| key(one).cmp(&key(other))).unwrap_or_default();
    Loop { steps }
}

/// What distinguishes a loop from others, in an order in which Connect statuses come first.
fn key(steps: &[Step]) -> Vec<(bool, &str, usize)> {
    steps.iter().map(part).collect()
}

fn part(step: &Step) -> (bool, &str, usize) {
    match &step.state {
        Shown::Connect(status) => (false, status.arn.as_str(), step.row),
        Shown::Teams(_) => (true, "", step.row),
    }
}

fn is_same(one: &Loop, other: &Loop) -> bool {
    key(&one.steps) == key(&other.steps)
}
