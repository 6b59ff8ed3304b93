//! What saving one key leaves of a file as a person wrote it: everything else, byte by byte.

use std::fs;

use proptest::{collection::vec, prelude::*, sample::select};
use settings::{FILE, Policy, Settings, Theme, load, save};

use crate::{drawn::any_settings, text::written};

/// A text with remarks and blank lines between its lines, odd line ends, and the mark of Windows before it.
fn as_people_write() -> impl Strategy<Value = (Settings, String)> {
    let between = vec(
        (select(vec!["", "", "", "# a remark \u{201c}x\u{201d}", "   \t", "#"]), select(vec!["\n", "\r\n"])),
        400,
    );
    let ends = prop_oneof![Just(vec!["\n"]), Just(vec!["\r\n"]), Just(vec!["\n", "\r\n"])];
    let ends = ends.prop_flat_map(|ends| vec(select(ends), 400));
    let behind = select(vec!["", " # mine", "\t", "  "]);
    (any_settings(), between, ends, any::<bool>(), any::<bool>(), behind).prop_map(
        |(settings, between, ends, has_mark, ends_open, behind)| {
            let mut text = if has_mark { "\u{feff}".to_owned() } else { String::new() };
            let plain = written(&settings);
            let mut around = between.iter().cycle();
            let mut ends = ends.iter().cycle();
            for line in plain.lines() {
                if let Some((extra, end)) = around.next()
                    && !extra.is_empty()
                {
                    text.push_str(extra);
                    text.push_str(end);
                }
                text.push_str(line);
                text.push_str(behind);
                text.push_str(ends.next().unwrap());
            }
            // An editor may leave the last line without its end.
            if ends_open {
                text.truncate(text.trim_end_matches(['\r', '\n']).len());
            }
            (settings, text)
        },
    )
}

/// Saves a change, and returns the text of the file after it.
fn saved(text: &str, change: impl FnOnce(&mut Settings)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    let policy = Policy::none();
    fs::write(&file, text).unwrap();
    let loaded = load(folder.path(), &policy);
    assert_eq!(loaded.problem, None);
    let mut wanted = loaded.settings.clone();
    change(&mut wanted);
    save(folder.path(), &policy, &loaded, &wanted).unwrap();
    let after = load(folder.path(), &policy);
    assert_eq!((after.problem, after.settings), (None, wanted));
    fs::read_to_string(file).unwrap()
}

proptest! {
    // Each of these writes files through to the disk.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_key_that_is_changed_changes_its_value_and_no_other_byte((settings, text) in as_people_write()) {
        let (old, new) = match settings.theme {
            Theme::Dark => ("theme = 'dark'", "theme = \"light\""),
            Theme::System => ("theme = 'system'", "theme = \"light\""),
            Theme::Light => ("theme = 'light'", "theme = \"dark\""),
            Theme::Contrast => ("theme = 'contrast'", "theme = \"light\""),
        };
        let found = saved(&text, |settings| {
            settings.theme = if settings.theme == Theme::Light { Theme::Dark } else { Theme::Light };
        });
        let expected = text.replacen(old, new, 1);
        // Both texts are long: the message shows where they differ.
        let difference = found.split('\n').zip(expected.split('\n')).find(|(one, other)| one != other);
        prop_assert!(found == expected, "{:?}", difference);
    }

    #[test]
    fn a_key_that_is_added_or_taken_out_leaves_every_other_line_as_it_was((settings, text) in as_people_write()) {
        let found = saved(&text, |settings| {
            settings.call_region = match settings.call_region {
                Some(_) => None,
                None => Some("DE".parse().unwrap()),
            };
        });
        let (fewer, more) = if settings.call_region.is_some() { (&found, &text) } else { (&text, &found) };
        // A key that is taken out takes the remark above it along; the last line may have got an end.
        let mut rest = more.split_inclusive('\n').map(|line| line.trim_end_matches(['\r', '\n']));
        for line in fewer.split_inclusive('\n') {
            let bare = line.trim_end_matches(['\r', '\n']);
            prop_assert!(rest.any(|other| other == bare), "{:?} is missing in {:?}", line, more);
        }
        let crlf = |text: &str| text.matches("\r\n").count();
        if crlf(&text) == 0 {
            prop_assert_eq!(crlf(&found), 0);
        } else if crlf(&text) == text.matches('\n').count() {
            prop_assert_eq!(crlf(&found), found.matches('\n').count());
        }
        prop_assert_eq!(found.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
    }
}
