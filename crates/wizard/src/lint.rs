//! The findings of the check of the tables, for each row of the page. The check runs once for each edit, on the tables
//! as they will be in force.

use std::collections::HashMap;

use presence::{
    check::{Loop, Part, Report, RowAt, Shown, check},
    connect::AgentStatus,
    mapping::{ConnectRow, Table, TableRow, Tables, TeamsRow, When, with_proposals},
    timeline::Side,
};
use view::{
    setup::{LoopLink, LoopSide, MappingSide, RowMark},
    words::{self, fill},
};

use super::{
    draft::Draft,
    rows::{Cell, Rows, id},
};
use crate::mapping::{names, never};

/// Marks with their sentences, by the id of the row.
type Marks = HashMap<String, (RowMark, String)>;

/// A loop, and its rows in the order of the chain, each with its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Circle {
    pub(super) chain: Vec<LoopLink>,
    pub(super) rows: Vec<(MappingSide, String)>,
}

/// What was found in the tables of a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lint {
    pub(super) loops: Vec<Circle>,
    pub(super) connect: Marks,
    pub(super) teams: Marks,
}

/// What is checked.
struct Case<'a> {
    draft: &'a Draft,
    statuses: &'a [AgentStatus],
    tables: Tables,
    names: names::Names<'a>,
}

impl Draft {
    /// The tables as they will be in force, with what is proposed for these statuses.
    pub fn tables(&self, statuses: &[AgentStatus]) -> Tables {
        Tables {
            connect_to_teams: with_proposals(&self.now.connect.table(self.hold()), statuses),
            teams_to_connect: self.now.teams.table(self.hold()),
        }
    }
}

impl Lint {
    /// Checks the tables of a draft, for these statuses.
    pub fn of(draft: &Draft, statuses: &[AgentStatus]) -> Self {
        let tables = draft.tables(statuses);
        let made_up = if statuses.is_empty() { names::made_up(&tables) } else { Vec::new() };
        let known = if statuses.is_empty() { &made_up } else { statuses };
        let report = check(&tables, known);
        let case = Case { draft, statuses, tables, names: names::Names::new(known) };
        case.lint(&report)
    }
}

impl Case<'_> {
    fn lint(&self, report: &Report) -> Lint {
        let mut lint = Lint::default();
        // Only what a person wrote can be fixed; a built-in row that is out of use does no harm.
        for found in report.unreachable.iter().filter(|found| !self.is_built_in(found.row)) {
            let why = never(found, |row| self.names.rule(&self.tables, row));
            lint.mark(found.row.side, self.id(found.row), RowMark::Never, why);
        }
        for found in &report.unknown {
            let key = match found.part {
                Part::When => "setup.unknown.when",
                Part::Target => "setup.unknown.target",
                Part::OnlyWhile => "setup.unknown.onlyWhile",
            };
            let why = fill(key, &[("status", &self.names.of(&found.status))]);
            lint.mark(found.row.side, self.id(found.row), RowMark::Unknown, why);
        }
        for circle in &report.loops {
            let sentences = self.circle(circle, &mut lint);
            lint.loops.push(sentences);
        }
        lint
    }

    fn circle(&self, circle: &Loop, lint: &mut Lint) -> Circle {
        let link = |state: &Shown| match state {
            Shown::Connect(status) => LoopLink { side: LoopSide::Connect, words: self.names.of(&status.arn) },
            Shown::Teams(state) => LoopLink { side: LoopSide::Teams, words: words::teams(state) },
        };
        let states = circle.steps.iter().map(|step| &step.state);
        let chain = states.clone().chain(states.clone().next()).map(link).collect();
        let mut rows = Vec::new();
        // The row of a step leads from the state before it.
        for (before, step) in circle.steps.iter().zip(circle.steps.iter().cycle().skip(1)) {
            let (side, table) = match step.state {
                Shown::Connect(_) => (Side::Connect, MappingSide::TeamsToConnect),
                Shown::Teams(_) => (Side::Teams, MappingSide::ConnectToTeams),
            };
            let id = self.id_from(&before.state, RowAt { side, number: step.row });
            lint.mark(side, id.clone(), RowMark::Loop, String::new());
            rows.push((table, id));
        }
        Circle { chain, rows }
    }

    fn connect_row(&self, at: RowAt) -> Option<&ConnectRow> {
        self.tables.connect_to_teams.rows().get(at.number)
    }

    fn id(&self, at: RowAt) -> String {
        match at.side {
            Side::Teams => id_in(&self.draft.now.connect, &self.tables.connect_to_teams, at.number),
            Side::Connect => id_in(&self.draft.now.teams, &self.tables.teams_to_connect, at.number),
        }
    }

    /// The row of the page that leads from a state: a status without a row of its own has one there.
    fn id_from(&self, state: &Shown, at: RowAt) -> String {
        let by_kind = at.side == Side::Teams
            && self.connect_row(at).is_some_and(|row| matches!(row.when, When::Kind(_)));
        match state {
            Shown::Connect(status) if by_kind => {
                let own = When::Status(status.arn.clone());
                let is_shown = self.statuses.iter().any(|known| known.arn == status.arn)
                    && !self.draft.now.connect.all().iter().any(|kept| kept.row.when == own);
                if is_shown { id(&own) } else { self.id(at) }
            }
            Shown::Connect(_) | Shown::Teams(_) => self.id(at),
        }
    }

    fn is_built_in(&self, at: RowAt) -> bool {
        match at.side {
            Side::Teams => self.connect_row(at).is_none_or(|row| ConnectRow::built_in().contains(row)),
            Side::Connect => self
                .tables
                .teams_to_connect
                .rows()
                .get(at.number)
                .is_none_or(|row| TeamsRow::built_in().contains(row)),
        }
    }
}

impl Lint {
    /// A loop is the worst finding about a row; of two others the first is enough.
    fn mark(&mut self, side: Side, id: String, mark: RowMark, why: String) {
        let marks = match side {
            Side::Teams => &mut self.connect,
            Side::Connect => &mut self.teams,
        };
        if mark == RowMark::Loop {
            marks.insert(id, (mark, why));
        } else {
            marks.entry(id).or_insert((mark, why));
        }
    }
}

/// The id of a row in force; a proposed row is identified by its state.
fn id_in<R: Cell + TableRow>(rows: &Rows<R>, table: &Table<R>, number: usize) -> String {
    let Some(row) = table.rows().get(number) else { return String::new() };
    rows.id_of(row).map_or_else(|| id(row.when()), str::to_owned)
}
