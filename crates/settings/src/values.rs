//! The values that more than one section of a settings file has: times of a row, ARNs.
//!
//! Says what such a value may be; where it belongs is known where it is read.

use std::{ops::RangeInclusive, time::Duration};

use toml::de::DeValue;

use crate::document::{text, whole};

/// What `sync.restore_idle` may be, in minutes.
pub const IDLE: RangeInclusive<u32> = 1..=720;
/// What `sync.held_for` may be, in hours.
pub const HELD_FOR: RangeInclusive<u32> = 1..=72;
/// What `drawer.limit` may be; 0 lists all.
pub const LIMIT: RangeInclusive<u32> = 0..=1_000_000;
/// What `calls.recent` may be; 0 keeps none.
pub const RECENT: RangeInclusive<u32> = 0..=500;
/// What `sync.hold`, and `hold` of a row, may be, in seconds.
pub const HOLD: RangeInclusive<u32> = 0..=3600;
/// What `at_most_every` of a row may be, in seconds.
pub const REST: RangeInclusive<u32> = 1..=86_400;

/// Takes a hold in seconds.
pub(crate) fn hold(value: &DeValue<'_>) -> Result<Duration, String> {
    seconds(value, HOLD)
}

/// Takes the rest of a row between two writes in seconds.
pub(crate) fn rest(value: &DeValue<'_>) -> Result<Duration, String> {
    seconds(value, REST)
}

fn seconds(value: &DeValue<'_>, range: RangeInclusive<u32>) -> Result<Duration, String> {
    whole(value, " of seconds", range).map(|seconds| Duration::from_secs(seconds.into()))
}

/// Takes an ARN; `of` is what it names.
pub(crate) fn arn<'t>(value: &'t DeValue<'_>, of: &str) -> Result<&'t str, String> {
    let arn = text(value)?;
    if arn.starts_with("arn:") {
        Ok(arn)
    } else {
        Err(format!("must be the ARN of a {of}, which starts with arn:"))
    }
}
