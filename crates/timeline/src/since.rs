//! The moment from which the command line prints the timeline: "2h", "today", a date, a date with a time.

use std::str::FromStr;

use jiff::{
    Span, Timestamp, ZonedDateTime,
    civil::{Date, DateTime},
};
use thiserror::Error;

/// A moment as people name it.
#[derive(Debug, Clone, Copy)]
pub enum Since {
    /// This long ago.
    Ago(Span),
    /// The beginning of this day.
    Today,
    /// The beginning of the day before.
    Yesterday,
    /// That time of the local clock.
    Local(DateTime),
    /// That moment.
    At(Timestamp),
}

/// The text names no moment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "say how long ago (\"2h\", \"30m\", \"3d\"), \"today\", \"yesterday\", a date (2026-11-25) or a date with a time (2026-11-25T14:00)"
)]
pub struct BadSince;

impl FromStr for Since {
    type Err = BadSince;

    fn from_str(text: &str) -> Result<Self, BadSince> {
        let text = text.trim();
        match text.to_ascii_lowercase().as_str() {
            "today" => return Ok(Self::Today),
            "yesterday" => return Ok(Self::Yesterday),
            _ => {}
        }
        if let Ok(moment) = text.parse() {
            return Ok(Self::At(moment));
        }
        // A date with a time first: a date is one with nothing behind it.
        if text.len() > "2026-11-25".len()
            && let Ok(local) = text.parse()
        {
            return Ok(Self::Local(local));
        }
        if let Ok(day) = text.parse::<Date>() {
            return Ok(Self::Local(day.into()));
        }
        let span: Span = text.parse().map_err(|_| BadSince)?;
        if span.is_zero() || span.is_negative() { Err(BadSince) } else { Ok(Self::Ago(span)) }
    }
}

impl Since {
    /// The moment, by the clock and the time zone of `now`.
    #[must_use]
    pub fn at(self, now: &ZonedDateTime) -> Timestamp {
        let moment = match self {
            Self::Ago(span) => now.checked_sub(span),
            Self::Today => now.start_of_day(),
            Self::Yesterday => now.yesterday().and_then(|day| day.start_of_day()),
            Self::Local(local) => local.to_zoned_datetime(now.time_zone().clone()),
            Self::At(moment) => return moment,
        };
        // Before the beginning of the calendar is before everything that was recorded.
        moment.map_or(Timestamp::MIN, |moment| moment.timestamp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Result<String, BadSince> {
        let now: ZonedDateTime = "2026-11-25T14:02:00[Europe/Berlin]".parse().unwrap();
        text.parse::<Since>().map(|since| since.at(&now).to_string())
    }

    #[test]
    fn people_name_a_moment_in_many_ways() {
        for (text, expected) in [
            ("2h", "2026-11-25T11:02:00Z"),
            ("90m", "2026-11-25T11:32:00Z"),
            ("3d", "2026-11-22T13:02:00Z"),
            ("1h30m", "2026-11-25T11:32:00Z"),
            (" Today ", "2026-11-24T23:00:00Z"),
            ("yesterday", "2026-11-23T23:00:00Z"),
            ("2026-11-20", "2026-11-19T23:00:00Z"),
            ("2026-11-20T09:30", "2026-11-20T08:30:00Z"),
            ("2026-11-20 09:30:15", "2026-11-20T08:30:15Z"),
            ("2026-11-20T09:30:00Z", "2026-11-20T09:30:00Z"),
            ("2026-11-20T09:30:00+05:00", "2026-11-20T04:30:00Z"),
        ] {
            assert_eq!(at(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_names_no_moment_is_refused() {
        for text in ["", "2", "h", "-2h", "0m", "tomorrow", "2026-13-01", "25.11.2026", "14:00"] {
            assert_eq!(at(text), Err(BadSince), "{text}");
        }
    }

    #[test]
    fn longer_ago_than_the_calendar_is_everything() {
        assert_eq!(at("19000y").unwrap(), Timestamp::MIN.to_string());
    }
}
