//! Single values as a file holds them.
//!
//! Knows TOML, and no setting.

use std::time::Duration;

use toml_edit::{Item, Value};

pub(crate) fn text(value: &impl ToString) -> Item {
    Item::Value(value.to_string().into())
}

pub(crate) fn number(value: impl TryInto<i64>) -> Item {
    Item::Value(Value::from(value.try_into().unwrap_or(i64::MAX)))
}

/// A time in units of this many seconds.
pub(crate) fn units(time: Duration, seconds: u64) -> Item {
    number(time.as_secs() / seconds)
}

pub(crate) fn word<T: Copy + PartialEq>(words: &[(&'static str, T)], meaning: T) -> Option<Item> {
    words.iter().find(|(_, known)| *known == meaning).map(|(word, _)| Item::Value((*word).into()))
}
