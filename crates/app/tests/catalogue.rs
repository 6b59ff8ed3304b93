//! Every text that Rust says is in the catalogue, and every text of the catalogue is said.

#![expect(clippy::unwrap_used, reason = "a source that cannot be read is a failed test")]

use std::{collections::HashSet, fs, path::PathBuf, sync::LazyLock};

use serde_json::Value;

/// The rooms that say texts.
const ROOMS: [&str; 5] = ["view", "timeline", "doctor", "wizard", "app"];

/// The sections of the catalog that Rust says; the others are the drawer's.
const OURS: [&str; 15] = [
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
fn every_key_that_rust_uses_is_in_the_catalog() {
    let missing: Vec<String> =
        literals().into_iter().filter(|key| is_key(key) && find(key).is_none()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn every_text_of_our_sections_is_used_somewhere() {
    let said = literals();
    let mut silent = Vec::new();
    for section in OURS {
        leaves(&CATALOG[section], section, &mut |key| {
            // A health card builds its title and short form from the card's own key.
            let card = key.rsplit_once('.').filter(|(_, last)| ["title", "short"].contains(last));
            if !said.contains(key) && !card.is_some_and(|(card, _)| said.contains(card)) {
                silent.push(key.to_owned());
            }
        });
    }
    assert!(silent.is_empty(), "{silent:#?}");
}

fn is_key(text: &str) -> bool {
    let mut parts = text.split('.');
    parts.next().is_some_and(|section| OURS.contains(&section))
        && text.contains('.')
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphabetic()))
}

fn find(key: &str) -> Option<&'static Value> {
    key.split('.').try_fold(&*CATALOG, |at, part| at.get(part))
}

fn leaves(at: &Value, path: &str, leaf: &mut impl FnMut(&str)) {
    let Some(object) = at.as_object() else { return leaf(path) };
    for (name, below) in object {
        leaves(below, &format!("{path}.{name}"), leaf);
    }
}

static CATALOG: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../view/text/en.json")).unwrap());

/// Every string literal of the rooms, roughly: what is between two quotes on one line.
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
