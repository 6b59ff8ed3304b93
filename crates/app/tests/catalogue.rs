//! Every text that Rust uses is in the catalogue, and every text of the catalogue is used.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read is a failed test")]

use std::{collections::HashSet, fs, path::PathBuf, sync::LazyLock};

use serde_json::Value;

/// The rooms that use texts.
const ROOMS: [&str; 5] = ["view", "timeline", "doctor", "wizard", "app"];

/// The sections of the catalogue that Rust uses; the others are the drawer's.
const RUST_SECTIONS: [&str; 15] = [
    "disk",
    "controls",
    "states",
    "tray",
    "banner",
    "signIn",
    "notice",
    "checks",
    "call",
    "doctor",
    "doctorStatus",
    "timeline",
    "mapping",
    "setup",
    "setupName",
];

#[test]
fn every_key_that_rust_uses_is_in_the_catalogue() {
    let missing: Vec<String> =
        literals().into_iter().filter(|key| is_key(key) && find(key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_of_the_sections_of_rust_is_used() {
    let used = literals();
    let mut unused = Vec::new();
    for section in RUST_SECTIONS {
        leaves(&CATALOGUE[section], section, &mut |key| {
            // A health card builds its title and short form from the card's own key.
            let card = key.rsplit_once('.').filter(|(_, last)| ["title", "short"].contains(last));
            if !used.contains(key) && !card.is_some_and(|(card, _)| used.contains(card)) {
                unused.push(key.to_owned());
            }
        });
    }
    assert!(unused.is_empty(), "{unused:#?}");
}

fn is_key(text: &str) -> bool {
    let mut parts = text.split('.');
    parts.next().is_some_and(|section| RUST_SECTIONS.contains(&section))
        && text.contains('.')
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic()))
}

fn find(key: &str) -> Option<&'static Value> {
    key.split('.').try_fold(&*CATALOGUE, |at, part| at.get(part))
}

fn leaves(at: &Value, path: &str, leaf: &mut impl FnMut(&str)) {
    let Some(object) = at.as_object() else { return leaf(path) };
    for (name, below) in object {
        leaves(below, &format!("{path}.{name}"), leaf);
    }
}

static CATALOGUE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../view/text/en.json")).unwrap());

/// Every string literal of the rooms, approximately: the text between two quotes on one line.
fn literals() -> HashSet<String> {
    let rooms = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut folders: Vec<PathBuf> = ROOMS.iter().map(|room| rooms.join(room).join("src")).collect();
    let mut found = HashSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = fs::read_to_string(path).unwrap();
                found.extend(
                    text.lines().flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned),
                );
            }
        }
    }
    found
}
