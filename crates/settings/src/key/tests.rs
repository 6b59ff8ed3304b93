//! The table against the guide for people, which repeats its names and the defaults.

use std::collections::BTreeSet;

use super::*;
use crate::{
    Layer,
    reading::{self, Read},
};

const GUIDE: &str = include_str!("../../../../docs/settings.md");

/// The file that the guide shows.
fn example() -> Read {
    let text = GUIDE.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    reading::parse(&text.replace('…', "x"), Layer::User, Settings::default()).unwrap()
}

#[test]
fn no_two_settings_share_a_place() {
    let places: BTreeSet<String> = Key::all().map(|key| key.to_string()).collect();
    assert_eq!(places.len(), Key::all().count());
}

#[test]
fn the_guide_names_every_setting() {
    let shown = example().given;
    for key in Key::all() {
        let is_named = match key.section() {
            "endpoints" => GUIDE.contains(&format!("`{}`", key.name())),
            _ => shown.contains_key(&key),
        };
        assert!(is_named, "docs/settings.md says nothing of {key}");
    }
}

#[test]
fn the_guide_shows_the_defaults() {
    let Read { settings, given } = example();
    for key in given.into_keys() {
        // Windows has another default, which the guide says beside it.
        if key == Key::ConnectMode && cfg!(windows) {
            continue;
        }
        // What is not there by default has an example: names and addresses.
        if let Some(default) = key.value(&Settings::default(), None) {
            let shown = key.value(&settings, None).map(|item| item.to_string());
            assert_eq!(shown, Some(default.to_string()), "{key}");
        }
    }
}
