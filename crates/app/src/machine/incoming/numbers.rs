//! Which of a person's own numbers they call from, or are called back on. Only a number of the directory is ever
//! dialled or kept.

use people::{Dialable, Entry};

/// The person's own number that equals the text, if any.
pub(super) fn number_of<'a>(entry: &'a Entry, number: Option<&str>) -> Option<&'a Dialable> {
    let wanted = number?;
    let mut dialable = entry.numbers().iter().filter_map(|number| number.dialable.as_ref().ok());
    dialable.find(|number| number.e164 == wanted)
}

/// The first one that can be dialled.
pub(super) fn first_number(entry: &Entry) -> Option<&Dialable> {
    entry.numbers().iter().find_map(|number| number.dialable.as_ref().ok())
}
