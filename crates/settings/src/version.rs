//! The version of a settings file, and the way from an older one to the current one.
//!
//! `version = N` is above the first section; a file without it is version 1. A document is brought to the
//! current version in memory, before it is read and without moving a value, so that every mistake keeps its
//! line. The file itself keeps its version until the app writes to it.
//!
//! There is no older version yet. The first change of the format raises [`VERSION`] and adds one function from
//! the old document to the new one, which [`check`] then calls; a file of an older version is brought to the
//! current one by [`crate::save`] in the same way before anything else is changed in it.

use toml::de::DeTable;

use crate::document::{Mistake, kind};

/// The version that this application reads and writes.
pub(crate) const VERSION: u32 = 1;

/// Whether the document has the current version.
pub(crate) fn check(document: &DeTable<'_>) -> Result<(), Mistake> {
    let Some((_, value)) = document.iter().find(|(name, _)| name.get_ref() == "version") else {
        return Ok(());
    };
    let mistake = |reason| Err(Mistake { at: Some(value.span().start), reason });
    let Some(number) = value.get_ref().as_integer() else {
        return mistake(format!("version must be a whole number, not {}", kind(value.get_ref())));
    };
    match u32::from_str_radix(number.as_str(), number.radix()) {
        Ok(VERSION) => Ok(()),
        Ok(newer) if newer > VERSION => mistake(format!(
            "this file has version {newer} and is meant for a newer version of this application, which reads up to version {VERSION}"
        )),
        Ok(_) | Err(_) => mistake(format!("version must be {VERSION}, not {number}")),
    }
}
