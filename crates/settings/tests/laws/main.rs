//! What holds for any settings and any text.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

#[cfg(test)]
mod drawn;
#[cfg(all(test, unix))]
mod policy;
#[cfg(test)]
mod saved;
#[cfg(test)]
mod text;

use std::fs;

use drawn::any_settings;
use proptest::{collection::vec, prelude::*, sample::select};
use settings::{FILE, Loaded, Policy, load, save};
use text::written;

fn loaded(text: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    load(folder.path(), &Policy::none())
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(settings in any_settings()) {
        let found = loaded(&written(&settings));
        prop_assert_eq!(found.problem, None);
        prop_assert_eq!(found.settings, settings);
    }

    #[test]
    fn a_mistake_keeps_its_line_whatever_is_around_it(
        settings in any_settings(),
        blanks in vec(select(vec!["", "# a remark", "\t", "# [sync]"]), 0..20),
    ) {
        let before = blanks.iter().map(|line| format!("{line}\n")).collect::<String>();
        let text = format!("{before}start_with_sistem = true\n{}", written(&settings));
        let problem = loaded(&text).problem.unwrap();
        prop_assert_eq!(problem.line, Some(blanks.len() + 1));
        prop_assert_eq!(problem.reason, "start_with_sistem is not a setting; the nearest is start_with_system");
    }

    #[test]
    fn any_text_is_read_or_refused_on_a_line_of_it(text in prop_oneof![".*", "(\\[?[a-z._]{1,9}\\]?[ =\"'0-9a-z{}\\[\\].\n-]{0,9}\n?){0,9}"]) {
        if let Some(problem) = loaded(&text).problem {
            prop_assert!(problem.line.is_none_or(|line| (1..=text.split('\n').count()).contains(&line)));
            prop_assert!(!problem.reason.contains('\n'));
        }
    }
}

proptest! {
    // Each of these writes files through to the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_saved_is_what_is_loaded(before in any_settings(), wanted in any_settings()) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(FILE);
        let policy = Policy::none();
        fs::write(&file, written(&before)).unwrap();
        save(folder.path(), &policy, &load(folder.path(), &policy), &wanted).unwrap();
        prop_assert_eq!(&load(folder.path(), &policy).settings, &wanted);
        fs::remove_file(&file).unwrap();
        save(folder.path(), &policy, &load(folder.path(), &policy), &wanted).unwrap();
        prop_assert_eq!(&load(folder.path(), &policy).settings, &wanted);
    }
}
