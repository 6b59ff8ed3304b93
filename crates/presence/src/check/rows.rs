//! Rows that never apply, and statuses that the instance does not have.
//!
//! Tries every state that there is; a row that is the first to match none of them never applies.

use super::{
    RowAt,
    universe::{contacts, representatives},
};
use crate::{
    connect::{AgentStatus, ConnectState, StatusArn, StatusKind},
    decision::Side,
    mapping::{Tables, When},
    source::{Source, is_automatic},
    teams::TeamsState,
};

/// A row that never applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// The row.
    pub row: RowAt,
    /// Why.
    pub why: UnreachableReason,
}

/// Why a row never applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnreachableReason {
    /// Teams never shows that detail with that badge.
    Detail,
    /// Its *source* never makes that state.
    Source,
    /// Its *only while* excludes that state.
    OnlyWhile,
    /// The rows of the same table with these numbers win in every state that it matches.
    Covered(Vec<usize>),
}

/// A status that a row names and the instance does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The row.
    pub row: RowAt,
    /// The part of the row that names it.
    pub part: Part,
    /// The status.
    pub status: StatusArn,
}

/// A part of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The state that it speaks of.
    When,
    /// What it asks for.
    Target,
    /// One of the states that the other side must show.
    OnlyWhile,
}

/// Whether any state meets the demands of a row so far, in the order in which they are looked at.
struct Narrowing {
    speaks: bool,
    source: bool,
}

/// Which rows win in the states that one row matches.
#[derive(Default)]
struct Winners {
    /// It wins itself in one of them.
    wins: bool,
    others: Vec<usize>,
}

impl Winners {
    fn add(&mut self, own: usize, winner: Option<usize>) {
        match winner {
            Some(winner) if winner == own => self.wins = true,
            Some(winner) if !self.others.contains(&winner) => self.others.push(winner),
            Some(_) | None => {}
        }
    }

    fn why(mut self, narrowing: &Narrowing) -> Option<UnreachableReason> {
        if self.wins {
            None
        } else if !self.others.is_empty() {
            self.others.sort_unstable();
            Some(UnreachableReason::Covered(self.others))
        } else if !narrowing.speaks {
            Some(UnreachableReason::Detail)
        } else if !narrowing.source {
            Some(UnreachableReason::Source)
        } else {
            Some(UnreachableReason::OnlyWhile)
        }
    }
}

pub(super) fn unreachable(tables: &Tables, statuses: &[AgentStatus]) -> Vec<Unreachable> {
    let unknown: Vec<RowAt> = unknown(tables, statuses)
        .into_iter()
        .filter(|unknown| unknown.part != Part::Target)
        .map(|unknown| unknown.row)
        .collect();
    let statuses = representatives(tables, statuses).into_iter().chain(newcomers());
    let chosen: Vec<ConnectState> = statuses.map(ConnectState::Chosen).collect();
    let teams = TeamsState::all();
    let forth = (0..tables.connect_to_teams.rows().len())
        .filter_map(|number| Some((Side::Teams, number, forth(tables, number, &chosen, teams)?)));
    let back = (0..tables.teams_to_connect.rows().len())
        .filter_map(|number| Some((Side::Connect, number, back(tables, number, &chosen, teams)?)));
    forth
        .chain(back)
        .map(|(side, number, why)| Unreachable { row: RowAt { side, number }, why })
        .filter(|row| !unknown.contains(&row.row))
        .collect()
}

/// A status of each kind that may be added to the instance one day: a row that waits for it is of use.
fn newcomers() -> impl Iterator<Item = AgentStatus> {
    [StatusKind::Routable, StatusKind::Custom, StatusKind::Offline].into_iter().map(|kind| AgentStatus {
        arn: StatusArn::new(""),
        name: String::new(),
        kind,
    })
}

/// Why a row of the table Connect → Teams never applies.
fn forth(
    tables: &Tables,
    number: usize,
    chosen: &[ConnectState],
    teams: &[TeamsState],
) -> Option<UnreachableReason> {
    let table = &tables.connect_to_teams;
    let row = table.rows().get(number)?;
    let mut narrowing = Narrowing { speaks: false, source: false };
    let mut winners = Winners::default();
    for state in chosen.iter().cloned().chain(contacts()).filter(|state| row.when.matches(state)) {
        narrowing.speaks = true;
        if !row.conditions.admits(Source::of_connect(&state)) {
            continue;
        }
        narrowing.source = true;
        for shown in teams.iter().map(Some).chain([None]) {
            if row.conditions.allows(|when| shown.is_some_and(|shown| when.matches(shown))) {
                winners.add(number, table.find(&state, shown).map(|(winner, _)| winner));
            }
        }
    }
    winners.why(&narrowing)
}

/// Why a row of the table Teams → Connect never applies. More than one contact only lets more rows apply, which helps
/// no row to be the first.
fn back(
    tables: &Tables,
    number: usize,
    chosen: &[ConnectState],
    teams: &[TeamsState],
) -> Option<UnreachableReason> {
    let table = &tables.teams_to_connect;
    let row = table.rows().get(number)?;
    let mut narrowing = Narrowing { speaks: false, source: false };
    let mut winners = Winners::default();
    for state in teams.iter().filter(|state| row.when.matches(state)) {
        narrowing.speaks = true;
        for source in sources(state).filter(|source| row.conditions.admits(*source)) {
            narrowing.source = true;
            for status in chosen {
                for contact in contacts().map(Some).chain([None]) {
                    let connect: Vec<ConnectState> = std::iter::once(status.clone()).chain(contact).collect();
                    if row.allows(&connect) {
                        let found = table.find(state, source, &connect);
                        winners.add(number, found.map(|(winner, _)| winner));
                    }
                }
            }
        }
    }
    winners.why(&narrowing)
}

/// Who can have made a Teams state. What cannot be distinguished counts as a person's if it replaced a value of ours.
fn sources(state: &TeamsState) -> impl Iterator<Item = Source> {
    let person = (!is_automatic(state)).then_some(Source::Person);
    let usual = Some(Source::of_teams(state)).filter(|usual| Some(*usual) != person);
    usual.into_iter().chain(person)
}

pub(super) fn unknown(tables: &Tables, statuses: &[AgentStatus]) -> Vec<Unknown> {
    let mut found = Vec::new();
    let mut look = |side, number, part, status: &StatusArn| {
        if !statuses.iter().any(|known| known.arn == *status) {
            found.push(Unknown { row: RowAt { side, number }, part, status: status.clone() });
        }
    };
    for (number, row) in tables.connect_to_teams.rows().iter().enumerate() {
        if let Some(status) = row.when.status() {
            look(Side::Teams, number, Part::When, status);
        }
    }
    for (number, row) in tables.teams_to_connect.rows().iter().enumerate() {
        if let Some(status) = row.target.status() {
            look(Side::Connect, number, Part::Target, status);
        }
        let only_while = &row.conditions.only_while;
        for status in only_while.iter().filter_map(When::status) {
            look(Side::Connect, number, Part::OnlyWhile, status);
        }
    }
    found
}
