//! Decisions as lines of the page, and what other tables make of states, in the same words.

use jiff::Timestamp;
use presence::{
    replay::{Difference, Outcome},
    source::Source,
    timeline::{Decision, Done, Side},
};
use view::{
    timeline::{DoneSign, ReplayLine, SeenGlyph, TimelineLine, TimelineTab, WhatIfLine},
    words::{fill, say},
};

use super::{
    fold::FoldedRow,
    words::{self, StatusNames},
};

/// A decision in words.
pub fn line(folded: &FoldedRow, names: &StatusNames, now: Timestamp) -> TimelineLine {
    let FoldedRow { row, confirmed } = folded;
    let why = words::why(row, names);
    TimelineLine {
        at: row.at,
        time: words::seconds(row.at),
        day: words::day(row.at, now),
        glyph: glyph(row),
        seen: words::seen(row),
        note: note(row),
        sign: sign(row),
        done: words::done(row, names),
        why: match confirmed {
            Some(at) => fill("timeline.confirmed", &[("why", &why), ("time", &words::seconds(*at))]),
            None => why,
        },
        is_written: row.is_written(),
    }
}

/// True if a decision belongs to that tab.
pub fn belongs(folded: &FoldedRow, tab: TimelineTab) -> bool {
    match tab {
        TimelineTab::All => true,
        TimelineTab::Written => folded.row.is_written(),
        TimelineTab::NotWritten => !folded.row.is_written(),
    }
}

/// What one direction makes of a pair.
pub(crate) fn tried(outcome: &Outcome, names: &StatusNames) -> WhatIfLine {
    let row = &outcome.decision;
    let done = words::done(row, names);
    let when = match row.side {
        Side::Teams => "timeline.whatIf.connect",
        Side::Connect => "timeline.whatIf.teams",
    };
    let seconds = outcome.after.as_secs();
    WhatIfLine {
        when: fill(when, &[("state", &words::seen(row))]),
        sign: sign(row),
        done: if row.is_written() && seconds > 0 {
            fill("timeline.whatIf.after", &[("done", &done), ("seconds", &seconds.to_string())])
        } else {
            done
        },
        why: words::why(row, names),
    }
}

/// A moment at which other tables would have written something else.
pub(crate) fn difference(difference: &Difference, names: &StatusNames, now: Timestamp) -> Option<ReplayLine> {
    let row = difference.row()?;
    let done = |side: &Option<Decision>| match side {
        Some(row) => words::done(row, names),
        None if row.side == Side::Teams => say("timeline.done.teamsNotWritten"),
        None => say("timeline.done.connectNotWritten"),
    };
    Some(ReplayLine {
        time: words::seconds(row.at),
        day: words::day(row.at, now),
        glyph: glyph(row),
        seen: words::seen(row),
        was: done(&difference.recorded),
        would: done(&difference.replayed),
    })
}

fn glyph(row: &Decision) -> SeenGlyph {
    match row.side {
        Side::Teams if row.connect.is_some() => SeenGlyph::Connect,
        Side::Connect if row.teams.is_some() => SeenGlyph::Teams,
        Side::Teams | Side::Connect => SeenGlyph::Clock,
    }
}

/// Who made what was seen, if that is worth mentioning.
fn note(row: &Decision) -> String {
    match (row.side, row.source()) {
        (_, Some(Source::Ours)) => say("timeline.note.ours"),
        (Side::Connect, Some(Source::Person)) => say("timeline.note.person"),
        (Side::Connect, Some(Source::Automatic)) => say("timeline.note.automatic"),
        (Side::Teams, Some(Source::Person | Source::Automatic))
        | (_, Some(Source::Contact | Source::Unclear) | None) => String::new(),
    }
}

fn sign(row: &Decision) -> DoneSign {
    match row.done {
        Done::Written | Done::Confirmed | Done::GivenBack | Done::Renewed => DoneSign::Written,
        Done::NotWritten | Done::DryRun => DoneSign::Left,
        Done::Failed => DoneSign::Failed,
    }
}
