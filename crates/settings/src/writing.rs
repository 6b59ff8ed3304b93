//! Puts single settings into a document, or takes them out. Their values come from the table of settings.

use toml_edit::{DocumentMut, TableLike, table};

use crate::{Key, Settings};

/// Puts what `settings` say of `key` into the document, or takes the key out. Everything else stays as it is
/// written, and so does the remark behind the value. A section is made if it is missing.
pub(crate) fn put(document: &mut DocumentMut, settings: &Settings, key: Key) {
    let (section, name) = (key.section(), key.name());
    let root = document.as_table_mut();
    let place: Option<&mut dyn TableLike> = if section.is_empty() {
        Some(root)
    } else {
        root.entry(section).or_insert_with(table).as_table_like_mut()
    };
    let Some(place) = place else { return };
    let Some(mut item) = key.value(settings, place.get(name)) else {
        place.remove(name);
        return;
    };
    match place.get_mut(name) {
        Some(old) => {
            if let (Some(new), Some(old)) = (item.as_value_mut(), old.as_value()) {
                *new.decor_mut() = old.decor().clone();
            }
            *old = item;
        }
        None => drop(place.insert(name, item)),
    }
}
