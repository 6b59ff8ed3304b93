//! The timeline: the decisions of the sync, kept on disk and put into words.
//!
//! [`TimelineStore`] keeps the record, one line for each entry. [`fold`](fn@fold) and [`line`](fn@line) make the lines
//! of the page from it, [`answer`](fn@answer) the answer to "Why Busy?", and [`export`] the CSV. [`played`] plays the
//! record again with other tables, and [`try_question`] tries tables on a pair of states. [`report`] is what the
//! command line prints, in the same words; it only reads files, also while the application runs.
//!
//! It decides nothing: the engine in `presence` does.

mod answer;
mod csv;
mod fold;
mod guards;
mod keys;
mod lines;
mod play;
mod since;
pub mod statuses;
mod store;
pub mod words;

use std::path::Path;

use jiff::{Timestamp, tz::TimeZone};
use presence::{
    connect::AgentStatus,
    timeline::{Current, Decision, Input, TimedInput, TimelineEntry, explain},
};

use view::words::{self as catalog, fill, say};

pub use self::{
    answer::answer,
    fold::fold,
    lines::{belongs, line},
    play::{played, try_question, what_if_choices},
    since::{BadSince, Since},
    store::{TimelineRecord, TimelineStore},
    words::StatusNames,
};

/// The form in which the command line prints the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// A table, newest first.
    Table,
    /// CSV, oldest first, with every field.
    Csv,
    /// The answer to "Why Busy?", as far as the record shows.
    Why,
}

/// What the command line prints of the timeline in this data folder.
#[must_use]
pub fn report(data: &Path, form: ReportForm, since: Option<Timestamp>, now: Timestamp) -> String {
    let store = TimelineStore::new(data);
    let statuses = statuses::load(data);
    let names = StatusNames::new(&statuses);
    match form {
        ReportForm::Table => table(&store.read(since.unwrap_or(Timestamp::MIN), now), &names, now),
        ReportForm::Csv => csv::csv(&rows(&store.read(since.unwrap_or(Timestamp::MIN), now)), &names),
        ReportForm::Why => recorded_why(&store, &names, now),
    }
}

/// The name that is proposed for the file of an export.
#[must_use]
pub fn export_name(now: Timestamp) -> String {
    format!("connectpath-teams-timeline-{}.csv", now.to_zoned_datetime(TimeZone::system()).date())
}

/// The whole timeline as CSV, oldest first. Blocking.
#[must_use]
pub fn export(store: &TimelineStore, statuses: &[AgentStatus], now: Timestamp) -> String {
    csv::csv(&rows(&store.read(Timestamp::MIN, now)), &StatusNames::new(statuses))
}

fn rows(record: &TimelineRecord) -> Vec<&Decision> {
    record.entries.iter().filter_map(TimelineEntry::decision).collect()
}

fn table(record: &TimelineRecord, names: &StatusNames, now: Timestamp) -> String {
    let folded = fold(record.entries.iter().rev().filter_map(TimelineEntry::decision).cloned());
    let lines: Vec<[String; 4]> = folded
        .map(|folded| {
            let line = line(&folded, names, now);
            let seen = [line.seen, line.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            [format!("{} {}", words::date(folded.row.at), line.time), seen.join(", "), line.done, line.why]
        })
        .collect();
    let mut text = String::new();
    if lines.is_empty() {
        text.push_str(&say("timeline.table.empty"));
        text.push('\n');
    } else {
        let head =
            ["timeline.table.time", "timeline.table.seen", "timeline.table.done", "timeline.table.why"]
                .map(say);
        let width = |column: usize| {
            lines.iter().chain([&head]).map(|line| line[column].chars().count()).max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2)];
        for [time, seen, done, why] in std::iter::once(&head).chain(&lines) {
            let [first, second, third] = widths;
            text.push_str(&format!("{time:first$}  {seen:second$}  {done:third$}  {why}\n"));
        }
    }
    if record.damaged > 0 {
        text.push_str(&fill("timeline.table.damaged", &[("count", &catalog::count(record.damaged))]));
        text.push('\n');
    }
    text
}

/// The answer from the record alone, as of its last entry.
fn recorded_why(store: &TimelineStore, names: &StatusNames, now: Timestamp) -> String {
    let entries: Vec<TimelineEntry> = store.newest_first(now).take(2_000).collect();
    let Some(last) = entries.first() else { return say("timeline.table.empty") + "\n" };
    let shown = entries.iter().find_map(|entry| match entry {
        TimelineEntry::Input(TimedInput { seen: Input::Teams { state, .. }, .. }) => {
            Some(Some(state.clone()))
        }
        TimelineEntry::Input(TimedInput { seen: Input::TeamsLost | Input::Person(_), .. }) => Some(None),
        TimelineEntry::Input(_) | TimelineEntry::Decision(_) => None,
    });
    let why = explain(entries.iter().filter_map(TimelineEntry::decision), &Current::default());
    let answer = answer(&why, shown.flatten().as_ref(), names, now);
    let as_of = fill("timeline.asOf", &[("time", &words::moment(last.at(), now))]);
    let mut lines = vec![as_of, answer.title, answer.because];
    lines.extend(Some(answer.detail).filter(|detail| !detail.is_empty()));
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
