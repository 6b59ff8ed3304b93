//! A list that is read entry by entry: one that cannot be read is left out and counted, and refuses no other. So it is with
//! the fields of an entry that do not decide what the rest means.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// A field that counts as missing if it has another form than documented.
pub(super) fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(deserializer)?).ok())
}

/// What could be read, and how many could not.
#[derive(Debug)]
pub(super) struct Entries<T> {
    pub(super) read: Vec<T>,
    pub(super) skipped: usize,
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self { read: Vec::new(), skipped: 0 }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = Vec::<Value>::deserialize(deserializer)?;
        let all = values.len();
        let read: Vec<T> =
            values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect();
        Ok(Self { skipped: all - read.len(), read })
    }
}
