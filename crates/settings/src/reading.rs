//! From the text of a settings file to [`Settings`], or to the first mistake in it.
//!
//! How each setting is read is in the table of settings; here the text is walked section by section.

use std::collections::BTreeMap;

use toml::de::DeTable;

use crate::{
    Key, Layer, Settings,
    document::{Mistake, Reading, Section, find},
    key,
    sections::SECTIONS,
    slips, version,
};

/// What a text says.
#[derive(Debug)]
pub(crate) struct Read {
    /// The settings: what the text says over what was there before.
    pub(crate) settings: Settings,
    /// The settings that the text holds, each with its place in bytes.
    pub(crate) given: BTreeMap<Key, usize>,
}

impl Read {
    /// No text, which leaves `base` as it is.
    pub(crate) fn nothing(base: Settings) -> Self {
        Self { settings: base, given: BTreeMap::new() }
    }
}

/// Reads the text of a settings file or of a policy, over `base`.
pub(crate) fn parse(source: &str, layer: Layer, base: Settings) -> Result<Read, Mistake> {
    let document = DeTable::parse(source).map_err(|error| {
        slips::mistake(source, layer, error.span().map(|span| span.start), error.message())
    })?;
    if let Some(mistake) = slips::swallowed(source, layer) {
        return Err(mistake);
    }
    let document = document.get_ref();
    version::check(document)?;
    let reading = Reading::new(layer, &SECTIONS);
    let settings = read(document, &reading, base);
    reading.first_mistake().map_or_else(|| Ok(Read { settings, given: given(document) }), Err)
}

fn given(document: &DeTable<'_>) -> BTreeMap<Key, usize> {
    let place = |key: Key| match key.section() {
        "" => find(document, key.name()),
        section => find(find(document, section)?.1.get_ref().as_table()?, key.name()),
    };
    Key::all().filter_map(|key| Some((key, place(key)?.0))).collect()
}

/// What the text says over `settings`, section by section.
fn read(document: &DeTable<'_>, reading: &Reading<'_>, mut settings: Settings) -> Settings {
    let known = |path: &str| SECTIONS.iter().find(|known| known.path == path);
    let Some(top) = known("").map(|top| Section::new(document, 0, top, reading)) else { return settings };
    for (path, keys) in key::SECTIONS {
        let below = known(path).filter(|_| !path.is_empty()).map(|known| top.section(path, known));
        for key in *keys {
            key.read(below.as_ref().unwrap_or(&top), &mut settings);
        }
    }
    settings
}
