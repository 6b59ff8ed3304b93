//! The sections that a settings file may have, with the names that belong in each.
//!
//! Those of the settings follow from the table of settings; those inside a row are defined where rows are read.

use std::sync::LazyLock;

use crate::{
    document::Known,
    key::SECTIONS as OF_SETTINGS,
    rows::{ROW, ROW_ONLY_WHILE, ROW_WHEN},
    teams_rows::{TEAMS_ROW, TEAMS_ROW_CONNECT, TEAMS_ROW_ONLY_WHILE, TEAMS_ROW_WHEN},
};

/// Every section; the first one is the part above all others. A misplaced name is looked up in this order, so the
/// sections inside a row are last.
pub(crate) static SECTIONS: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let below = OF_SETTINGS.iter().map(|(path, _)| *path).filter(|path| !path.is_empty());
    let from_settings = OF_SETTINGS.iter().map(|(path, keys)| {
        let names = keys.iter().map(|key| key.name());
        let names = if path.is_empty() {
            below.clone().chain(names).chain(["version"]).collect()
        } else {
            names.collect()
        };
        Known { path, names }
    });
    let of_rows = [
        &ROW,
        &ROW_WHEN,
        &TEAMS_ROW,
        &TEAMS_ROW_WHEN,
        &ROW_ONLY_WHILE,
        &TEAMS_ROW_ONLY_WHILE,
        &TEAMS_ROW_CONNECT,
    ];
    from_settings.chain(of_rows.into_iter().cloned()).collect()
});
