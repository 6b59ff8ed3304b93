//! The check of the mapping in words: loops as chains, rows that never apply, statuses and states without a partner.
//!
//! Only reads files, so it can also run beside the application.

pub mod names;

use std::path::{Path, PathBuf};

use presence::{
    check::{self, Loop, Part, Report, RowAt, Shown, Unknown, Unreachable, UnreachableReason, WithoutRow},
    connect::AgentStatus,
    mapping::{ConnectToTeams, with_proposals},
    teams::TeamsState,
    timeline::Side,
};
use settings::{Mapping, Problem, bounded, json};
use thiserror::Error;
use timeline::statuses;
use view::words::{self, count, fill, say};

use self::names::Names;

/// The longest list of statuses that is read, in bytes: an instance has 50 at most.
const LONGEST: u64 = 1024 * 1024;

/// What the command line prints of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The text, with a line feed at its end.
    pub text: String,
    /// Whether the tables have no loop.
    pub is_safe: bool,
}

/// Why nothing could be checked.
#[derive(Debug, Error)]
pub enum Unreadable {
    /// The mapping file.
    #[error(transparent)]
    Mapping(#[from] Problem),
    /// The file of statuses.
    #[error("{} holds no statuses: {reason}.", .file.display())]
    Statuses {
        /// Which.
        file: PathBuf,
        /// What is wrong, without a full stop.
        reason: String,
    },
}

/// Checks the tables in `file`, as they would be in force, against the statuses in `named`, else against the last known
/// ones in the data folder, else against those that the file itself names and one of each kind.
///
/// # Errors
/// A file that cannot be read.
pub fn check(file: &Path, data: &Path, named: Option<&Path>) -> Result<Checked, Unreadable> {
    let mut mapping = Mapping::read(file)?;
    let source = named.map_or_else(|| statuses::path(data), Path::to_path_buf);
    let known = match named {
        Some(named) => read(named)?,
        None => statuses::load(data),
    };
    let is_known = !known.is_empty();
    let written = mapping.tables.connect_to_teams.clone();
    // As the controller does: proposals follow from the names of statuses, and names that are made up mean nothing.
    mapping.tables.connect_to_teams = with_proposals(&written, &known);
    let known = if is_known { known } else { names::made_up(&mapping.tables) };
    let report = check::check(&mapping.tables, &known);
    let mut lines = vec![if is_known {
        let file = source.display().to_string();
        fill("mapping.statuses", &[("count", &count(known.len())), ("file", &file)])
    } else {
        say("mapping.noStatuses")
    }];
    lines.extend(Words { mapping: &mapping, written: &written, names: Names::new(&known) }.report(&report));
    Ok(Checked { text: lines.join("\n") + "\n", is_safe: report.is_safe() })
}

fn read(file: &Path) -> Result<Vec<AgentStatus>, Unreadable> {
    let unreadable = |reason| Unreadable::Statuses { file: file.to_path_buf(), reason };
    let text = bounded::read(file, LONGEST).map_err(|error| unreadable(error.kind().to_string()))?;
    let statuses: Vec<AgentStatus> = json::parse(&text).map_err(|error| unreadable(error.to_string()))?;
    if statuses.is_empty() { Err(unreadable("the list is empty".to_owned())) } else { Ok(statuses) }
}

/// What is needed to name rows and statuses.
struct Words<'a> {
    /// With what is proposed for the statuses.
    mapping: &'a Mapping,
    /// Without it: the rows of the file over the built-in ones.
    written: &'a ConnectToTeams,
    names: Names<'a>,
}

impl Words<'_> {
    fn report(&self, report: &Report) -> Vec<String> {
        let mut lines = vec![String::new(), self.verdict(report)];
        for circle in &report.loops {
            lines.push(String::new());
            lines.extend(self.chain(circle));
        }
        // Only what the person wrote can be fixed; another row that is out of use does no harm.
        let never = report.unreachable.iter().filter(|found| self.mapping.line(found.row).is_some());
        section(&mut lines, "mapping.never.title", never.map(|found| self.never(found)));
        section(&mut lines, "mapping.unknown.title", report.unknown.iter().map(|found| self.unknown(found)));
        section(
            &mut lines,
            "mapping.absent.title",
            report.without_row.iter().map(|found| self.absent(found)),
        );
        lines
    }

    fn verdict(&self, report: &Report) -> String {
        let tables = &self.mapping.tables;
        let both = tables.connect_to_teams.enabled && tables.teams_to_connect.enabled;
        match report.loops.len() {
            0 if both => say("mapping.safe"),
            0 => say("mapping.oneWay"),
            1 => say("mapping.loop"),
            loops => fill("mapping.loops", &[("count", &count(loops))]),
        }
    }

    /// The chain in one line, then each of its steps with its row.
    fn chain(&self, circle: &Loop) -> Vec<String> {
        let states: Vec<String> = circle.steps.iter().map(|step| self.shown(&step.state)).collect();
        let round = |from: usize| states.iter().cycle().skip(from).take(2);
        let steps = circle.steps.iter().cycle().skip(1).enumerate().take(states.len());
        let steps = steps.map(|(from, next)| {
            let side = match next.state {
                Shown::Connect(_) => Side::Connect,
                Shown::Teams(_) => Side::Teams,
            };
            let step = arrows(round(from));
            let row = self.place(RowAt { side, number: next.row });
            format!("    {}", fill("mapping.step", &[("step", &step), ("row", &row)]))
        });
        std::iter::once(format!("  {}", arrows(states.iter().chain(states.first())))).chain(steps).collect()
    }

    fn shown(&self, state: &Shown) -> String {
        match state {
            Shown::Connect(status) => self.names.of(&status.arn),
            Shown::Teams(state) => words::teams(state),
        }
    }

    fn never(&self, found: &Unreachable) -> String {
        let why = never(found, |row| self.place_and_rule(row));
        let (row, rule) = (self.place(found.row), self.rule(found.row));
        fill("mapping.never.line", &[("row", &row), ("rule", &rule), ("why", &why)])
    }

    fn unknown(&self, found: &Unknown) -> String {
        let part = match found.part {
            Part::When => say("mapping.unknown.when"),
            Part::Target => say("mapping.unknown.target"),
            Part::OnlyWhile => say("mapping.unknown.onlyWhile"),
        };
        let (row, status) = (self.place(found.row), found.status.to_string());
        fill("mapping.unknown.line", &[("row", &row), ("part", &part), ("status", &status)])
    }

    fn absent(&self, found: &WithoutRow) -> String {
        match found {
            WithoutRow::Status(status) => self.names.of(&status.arn),
            WithoutRow::Activity { activity, channels } => {
                let channels: Vec<String> = channels.iter().map(|channel| words::channel(*channel)).collect();
                let activity = words::activity(*activity);
                fill(
                    "mapping.absent.activity",
                    &[("activity", &activity), ("channels", &channels.join(", "))],
                )
            }
            WithoutRow::Badge(badge) => {
                fill("mapping.absent.badge", &[("badge", &words::teams(&TeamsState::plain(*badge)))])
            }
        }
    }

    fn place(&self, row: RowAt) -> String {
        match self.mapping.line(row) {
            Some(line) => fill("mapping.line", &[("line", &line.to_string())]),
            None if self.is_proposed(row) => say("mapping.proposed"),
            None => say("mapping.builtIn"),
        }
    }

    fn is_proposed(&self, row: RowAt) -> bool {
        match row.side {
            Side::Teams => {
                let row = self.mapping.tables.connect_to_teams.rows().get(row.number);
                row.is_some_and(|row| !self.written.rows().contains(row))
            }
            Side::Connect => false,
        }
    }

    fn rule(&self, row: RowAt) -> String {
        self.names.rule(&self.mapping.tables, row)
    }

    fn place_and_rule(&self, row: RowAt) -> String {
        fill("mapping.step", &[("step", &self.rule(row)), ("row", &self.place(row))])
    }
}

/// Why a row never applies, in a sentence.
pub fn never(found: &Unreachable, rule: impl Fn(RowAt) -> String) -> String {
    match &found.why {
        UnreachableReason::Detail => say("mapping.never.detail"),
        UnreachableReason::Source => say("mapping.never.source"),
        UnreachableReason::OnlyWhile => say("mapping.never.onlyWhile"),
        UnreachableReason::Covered(winners) => {
            let row = |number: &usize| rule(RowAt { side: found.row.side, number: *number });
            let rows: Vec<String> = winners.iter().map(row).collect();
            fill("mapping.never.covered", &[("rows", &rows.join("; "))])
        }
    }
}

fn arrows<'a>(states: impl Iterator<Item = &'a String>) -> String {
    let whole = states.fold(None, |before: Option<String>, state| {
        Some(match before {
            Some(before) => fill("mapping.to", &[("from", &before), ("to", state)]),
            None => state.clone(),
        })
    });
    whole.unwrap_or_default()
}

/// Adds a part with its title, if there is anything in it.
fn section(lines: &mut Vec<String>, title: &str, found: impl Iterator<Item = String>) {
    let mut found = found.map(|line| format!("  {line}")).peekable();
    if found.peek().is_some() {
        lines.push(String::new());
        lines.push(say(title));
        lines.extend(found);
    }
}
