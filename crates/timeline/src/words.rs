//! The words of decisions: states, rows of the tables, guards, moments.

use jiff::{Timestamp, tz::TimeZone};
use presence::{
    connect::{AgentStatus, StatusArn},
    mapping::Target,
    teams::TeamsState,
    timeline::{Done, Guard, Row, Side},
};
pub(super) use view::words::{date, day, moment};
use view::{
    hidden::by_teams,
    words::{self, fill, say},
};

/// The names of the instance's statuses.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    statuses: &'a [AgentStatus],
}

impl<'a> Names<'a> {
    /// The names of these statuses.
    pub fn new(statuses: &'a [AgentStatus]) -> Self {
        Self { statuses }
    }

    /// The name of a status; its ARN where nobody knows it any more.
    pub(super) fn of(&self, arn: &StatusArn) -> String {
        let known = self.statuses.iter().find(|status| status.arn == *arn);
        known.map_or_else(|| arn.to_string(), AgentStatus::shown)
    }
}

/// "14:02:25".
pub(super) fn seconds(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%H:%M:%S").to_string()
}

/// What Connect showed, for a sentence.
pub(super) fn connect(row: &Row) -> String {
    row.connect.as_ref().map_or_else(unknown, words::connect)
}

/// What Teams showed, for a sentence.
pub(super) fn teams(row: &Row) -> String {
    row.teams.as_ref().map_or_else(unknown, words::teams)
}

fn unknown() -> String {
    say("timeline.unknown")
}

/// What was seen: the state that the decision is about, as it is by itself.
pub(super) fn seen(row: &Row) -> String {
    match (row.side, &row.connect, &row.teams) {
        (Side::Teams, None, _) => say("timeline.connectUnknown"),
        (Side::Connect, _, None) => say("timeline.teamsUnknown"),
        (Side::Teams, Some(_), _) | (Side::Connect, _, Some(_)) => from(row),
    }
}

/// The same inside of a sentence.
pub(super) fn from(row: &Row) -> String {
    match row.side {
        Side::Teams => connect(row),
        Side::Connect => teams(row),
    }
}

/// What a row asks of Teams.
pub fn target(target: Target) -> String {
    words::target(target).unwrap_or_else(|| {
        say(if target == Target::Clear { "timeline.target.clear" } else { "timeline.target.noChange" })
    })
}

/// What the decision was to write.
pub(super) fn asked(row: &Row, names: &Names) -> String {
    match (row.side, row.target, &row.status) {
        (Side::Teams, Some(asked), _) => target(asked),
        (Side::Connect, _, Some(status)) => names.of(status),
        (Side::Teams, None, _) | (Side::Connect, _, None) => target(Target::NoChange),
    }
}

/// "the table sets Be right back for Lunch".
pub(super) fn table_row(row: &Row, names: &Names) -> String {
    let (from, to) = (from(row), asked(row, names));
    let key = match (row.side, row.target) {
        (Side::Teams, Some(Target::Clear)) => "timeline.answer.rowTeamsDecides",
        (Side::Teams | Side::Connect, _) if from == to => "timeline.answer.rowSame",
        (Side::Teams | Side::Connect, _) => "timeline.answer.row",
    };
    fill(key, &[("from", &from), ("to", &to)])
}

/// "your own choice in Teams hides Be right back".
pub(super) fn masked(row: &Row, shown: Option<&TeamsState>, names: &Names) -> String {
    let hidden = match (row.side, row.target) {
        // Nothing is asked for by now, and what was set before is still there.
        (Side::Teams, Some(Target::Clear | Target::NoChange) | None) => say("states.whatWasSet"),
        (Side::Teams, Some(_)) | (Side::Connect, _) => asked(row, names),
    };
    match shown.filter(|shown| by_teams(shown)) {
        Some(shown) => {
            fill("timeline.answer.maskedByTeams", &[("teams", &words::teams(shown)), ("hidden", &hidden)])
        }
        None => fill("timeline.answer.masked", &[("hidden", &hidden)]),
    }
}

/// "Teams set to Available".
pub(super) fn done(row: &Row, names: &Names) -> String {
    let to = asked(row, names);
    let is_taken_back = row.target == Some(Target::Clear);
    match (row.side, row.done) {
        (Side::Teams, Done::Written | Done::Confirmed) if is_taken_back => {
            say("timeline.done.teamsGivenBack")
        }
        (Side::Teams, Done::DryRun) if is_taken_back => say("timeline.done.teamsWouldBeGivenBack"),
        (Side::Teams, Done::Written | Done::Confirmed) => fill("timeline.done.teamsSet", &[("to", &to)]),
        (Side::Connect, Done::Written | Done::Confirmed) => fill("timeline.done.connectSet", &[("to", &to)]),
        (Side::Teams, Done::DryRun) => fill("timeline.done.teamsWouldBeSet", &[("to", &to)]),
        (Side::Connect, Done::DryRun) => fill("timeline.done.connectWouldBeSet", &[("to", &to)]),
        (Side::Teams, Done::GivenBack) => say("timeline.done.teamsGivenBack"),
        (Side::Connect, Done::GivenBack) => say("timeline.done.connectGivenBack"),
        (Side::Teams | Side::Connect, Done::Renewed) => say("timeline.done.renewed"),
        (Side::Teams | Side::Connect, Done::NotWritten) if row.guard == Some(Guard::Compare) => {
            say("timeline.done.nothing")
        }
        (Side::Connect, Done::NotWritten) if leaves_alone(row.guard) => say("timeline.done.connectLeft"),
        (Side::Teams, Done::NotWritten | Done::Failed) => say("timeline.done.teamsNotWritten"),
        (Side::Connect, Done::NotWritten | Done::Failed) => say("timeline.done.connectNotWritten"),
    }
}

/// True where nothing was to be written in the first place.
fn leaves_alone(guard: Option<Guard>) -> bool {
    match guard {
        Some(Guard::NoChange | Guard::Answered | Guard::OnlyWhile | Guard::Off | Guard::Source) | None => {
            true
        }
        Some(
            Guard::Hold
            | Guard::Compare
            | Guard::PersonFirst
            | Guard::Masked
            | Guard::Unknown
            | Guard::Contact
            | Guard::Idle
            | Guard::Tie
            | Guard::Pause
            | Guard::DryRun
            | Guard::Breaker
            | Guard::SecondWriter
            | Guard::Every,
        ) => false,
    }
}

/// Which row of the table applied, or what stopped it.
pub(super) fn why(row: &Row, names: &Names) -> String {
    if let Some(stopped) = row.guard {
        return guard(stopped, row, names);
    }
    match row.done {
        Done::Failed => say("timeline.why.failed"),
        Done::GivenBack if row.side == Side::Connect => say("timeline.why.reasonEnded"),
        // A status that we chose has no row: Connect follows Teams there.
        Done::GivenBack if row.rule.is_none() => say("timeline.why.teamsLed"),
        Done::Renewed => say("timeline.why.renewed"),
        Done::Written | Done::Confirmed | Done::GivenBack | Done::NotWritten | Done::DryRun => {
            words::capital(&table_row(row, names))
        }
    }
}

/// Why nothing had to be written to Teams.
fn already_in_teams(row: &Row) -> String {
    let asked = row.target.and_then(words::target);
    match (asked, &row.teams) {
        // Nothing was asked for, whatever Teams shows.
        (None, _) => say("timeline.why.teamsDecides"),
        (Some(_), Some(shown)) => fill("timeline.why.compareTeams", &[("teams", &words::teams(shown))]),
        (Some(to), None) => fill("timeline.why.setBefore", &[("to", &to)]),
    }
}

/// The guard that stopped it, in words.
pub(super) fn guard(guard: Guard, row: &Row, names: &Names) -> String {
    let (connect, teams, from) = (connect(row), teams(row), from(row));
    match (guard, row.side) {
        (Guard::Hold, _) => say("timeline.why.hold"),
        (Guard::Compare, Side::Teams) => already_in_teams(row),
        (Guard::Compare, Side::Connect) if row.connect.is_none() => say("timeline.why.unknown"),
        (Guard::Compare, Side::Connect) => fill("timeline.why.compareConnect", &[("connect", &connect)]),
        (Guard::NoChange, _) => fill("timeline.why.noChange", &[("from", &from)]),
        (Guard::PersonFirst, Side::Teams) => fill("timeline.why.personTeams", &[("teams", &teams)]),
        (Guard::PersonFirst, Side::Connect) => fill("timeline.why.personConnect", &[("connect", &connect)]),
        (Guard::Masked, _) => words::capital(&masked(row, row.teams.as_ref(), names)),
        (Guard::Unknown, _) => say("timeline.why.unknown"),
        (Guard::Off, _) => say("timeline.why.off"),
        (Guard::Contact, _) => say("timeline.why.contact"),
        (Guard::Idle, _) => say("timeline.why.idle"),
        (Guard::Tie, _) => say("timeline.why.tie"),
        (Guard::Answered, _) => say("timeline.why.answered"),
        (Guard::OnlyWhile, Side::Teams) => {
            fill("timeline.why.onlyWhileTeams", &[("from", &from), ("teams", &teams)])
        }
        (Guard::OnlyWhile, Side::Connect) => {
            fill("timeline.why.onlyWhileConnect", &[("from", &from), ("connect", &connect)])
        }
        (Guard::Pause, _) => say("timeline.why.pause"),
        (Guard::DryRun, _) => say("timeline.why.dryRun"),
        (Guard::Breaker, _) => say("timeline.why.breaker"),
        (Guard::SecondWriter, _) => say("timeline.why.secondWriter"),
        (Guard::Every, _) => fill("timeline.why.every", &[("from", &from)]),
        (Guard::Source, _) => fill("timeline.why.source", &[("from", &from)]),
    }
}
