//! What single values of a settings file may be: numbers and their ranges, ARNs, ids, countries.
//!
//! A refusal follows the name of the key. Which key has which value is in the table of settings.

use std::{ops::RangeInclusive, str::FromStr, time::Duration};

use toml::de::DeValue;

use crate::{
    Country,
    document::{text, whole},
};

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
/// What `seats` may be.
const SEATS: RangeInclusive<u32> = 1..=100_000;

/// Takes a hold in seconds.
pub(crate) fn hold(value: &DeValue<'_>) -> Result<Duration, String> {
    time(value, " of seconds", 1, HOLD)
}

/// Takes `at_most_every` of a row, in seconds.
pub(crate) fn rest(value: &DeValue<'_>) -> Result<Duration, String> {
    time(value, " of seconds", 1, REST)
}

/// Takes `sync.restore_idle`.
pub(crate) fn idle(value: &DeValue<'_>) -> Result<Duration, String> {
    time(value, " of minutes", 60, IDLE)
}

/// Takes `sync.held_for`.
pub(crate) fn held_for(value: &DeValue<'_>) -> Result<Duration, String> {
    time(value, " of hours", 3600, HELD_FOR)
}

fn time(
    value: &DeValue<'_>,
    unit: &str,
    seconds: u64,
    range: RangeInclusive<u32>,
) -> Result<Duration, String> {
    whole(value, unit, range).map(|number| Duration::from_secs(u64::from(number) * seconds))
}

/// Takes `seats`.
pub(crate) fn seats(value: &DeValue<'_>) -> Result<u32, String> {
    whole(value, " of agents", SEATS)
}

/// Takes `calls.recent`.
pub(crate) fn recent(value: &DeValue<'_>) -> Result<u32, String> {
    whole(value, " of calls", RECENT)
}

/// Takes `drawer.limit`; none lists all.
pub(crate) fn limit(value: &DeValue<'_>) -> Result<Option<usize>, String> {
    let limit = whole(value, "", LIMIT)?;
    Ok(usize::try_from(limit).ok().filter(|limit| *limit > 0))
}

/// Takes `calls.region`.
pub(crate) fn region(value: &DeValue<'_>) -> Result<Country, String> {
    let code = text(value)?;
    code.parse().map_err(|_| match code.to_ascii_uppercase().parse::<Country>() {
        Ok(meant) => format!("must be the two capital letters of a country: {}", meant.as_ref()),
        Err(_) => "must be the two capital letters of a country, such as GB".to_owned(),
    })
}

/// Takes `calls.queue`.
pub(crate) fn queue(value: &DeValue<'_>) -> Result<String, String> {
    arn(value, "queue").map(str::to_owned)
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

/// Takes text that is parsed by its type.
pub(crate) fn id<T: FromStr<Err: ToString>>(value: &DeValue<'_>) -> Result<T, String> {
    text(value)?.parse().map_err(|refused: T::Err| refused.to_string())
}
