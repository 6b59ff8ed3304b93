//! The words of decisions: states, rows of the tables, guards, moments.

use jiff::{Timestamp, tz::TimeZone};
use presence::{
    connect::{AgentStatus, StatusArn},
    mapping::Target,
    teams::TeamsState,
    timeline::{Decision, Done, Guard, Side},
};
pub(super) use view::words::{date, day, moment};
use view::{
    hidden::by_teams,
    words::{self, fill, say},
};

use super::guards::{ColumnWords, guard_words};

/// The names of the instance's statuses.
#[derive(Debug, Clone, Copy)]
pub struct StatusNames<'a> {
    statuses: &'a [AgentStatus],
}

impl<'a> StatusNames<'a> {
    /// The names of these statuses.
    pub fn new(statuses: &'a [AgentStatus]) -> Self {
        Self { statuses }
    }

    /// The name of a status; its ARN if the instance does not have it any more.
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
pub(super) fn connect(row: &Decision) -> String {
    row.connect.as_ref().map_or_else(unknown, words::connect)
}

/// What Teams showed, for a sentence.
pub(super) fn teams(row: &Decision) -> String {
    row.teams.as_ref().map_or_else(unknown, words::teams)
}

fn unknown() -> String {
    say("timeline.unknown")
}

/// What was seen: the state that the decision is about, as words that are used alone.
pub(super) fn seen(row: &Decision) -> String {
    match (row.side, &row.connect, &row.teams) {
        (Side::Teams, None, _) => say("timeline.connectUnknown"),
        (Side::Connect, _, None) => say("timeline.teamsUnknown"),
        (Side::Teams, Some(_), _) | (Side::Connect, _, Some(_)) => from(row),
    }
}

/// The same for the inside of a sentence.
pub(super) fn from(row: &Decision) -> String {
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
pub(super) fn asked(row: &Decision, names: &StatusNames) -> String {
    match (row.side, row.target, &row.status) {
        (Side::Teams, Some(asked), _) => target(asked),
        (Side::Connect, _, Some(status)) => names.of(status),
        (Side::Teams, None, _) | (Side::Connect, _, None) => target(Target::NoChange),
    }
}

/// "the table sets Be right back for Lunch".
pub(super) fn table_row(row: &Decision, names: &StatusNames) -> String {
    let (from, to) = (from(row), asked(row, names));
    let key = match (row.side, row.target) {
        (Side::Teams, Some(Target::Clear)) => "timeline.answer.rowTeamsDecides",
        (Side::Teams | Side::Connect, _) if from == to => "timeline.answer.rowSame",
        (Side::Teams | Side::Connect, _) => "timeline.answer.row",
    };
    fill(key, &[("from", &from), ("to", &to)])
}

/// "your own choice in Teams hides Be right back".
pub(super) fn masked(row: &Decision, shown: Option<&TeamsState>, names: &StatusNames) -> String {
    let hidden = match (row.side, row.target) {
        // Nothing is asked for any more, and what was set before is still there.
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
pub(super) fn done(row: &Decision, names: &StatusNames) -> String {
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
        (Side::Connect, Done::NotWritten) if asks_nothing(row.guard) => say("timeline.done.connectLeft"),
        (Side::Teams, Done::NotWritten | Done::Failed) => say("timeline.done.teamsNotWritten"),
        (Side::Connect, Done::NotWritten | Done::Failed) => say("timeline.done.connectNotWritten"),
    }
}

/// True if nothing was to be written in the first place.
fn asks_nothing(guard: Option<Guard>) -> bool {
    guard.is_none_or(|guard| guard_words(guard).asks_nothing)
}

/// Which row of the table applied, or what stopped it.
pub(super) fn why(row: &Decision, names: &StatusNames) -> String {
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
fn already_in_teams(row: &Decision) -> String {
    let asked = row.target.and_then(words::target);
    match (asked, &row.teams) {
        // Nothing was asked for, whatever Teams shows.
        (None, _) => say("timeline.why.teamsDecides"),
        (Some(_), Some(shown)) => fill("timeline.why.compareTeams", &[("teams", &words::teams(shown))]),
        (Some(to), None) => fill("timeline.why.setBefore", &[("to", &to)]),
    }
}

/// The same for Connect.
fn already_in_connect(row: &Decision) -> String {
    match &row.connect {
        Some(shown) => fill("timeline.why.compareConnect", &[("connect", &words::connect(shown))]),
        None => say("timeline.why.unknown"),
    }
}

/// The guard that stopped it, in words.
fn guard(guard: Guard, row: &Decision, names: &StatusNames) -> String {
    let key = match (guard_words(guard).column, row.side) {
        (ColumnWords::Text(key), _)
        | (ColumnWords::Sides { teams: key, .. }, Side::Teams)
        | (ColumnWords::Sides { connect: key, .. }, Side::Connect) => key,
        (ColumnWords::AlreadyShown, Side::Teams) => return already_in_teams(row),
        (ColumnWords::AlreadyShown, Side::Connect) => return already_in_connect(row),
        (ColumnWords::Masked, _) => return words::capital(&masked(row, row.teams.as_ref(), names)),
    };
    fill(key, &[("from", &from(row)), ("connect", &connect(row)), ("teams", &teams(row))])
}
