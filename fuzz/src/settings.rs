//! Settings as a file, and as a policy: read, changed in one key, and read again.

use std::{cell::RefCell, fs, path::Path};

use settings::{FILE, Policy, Settings, Trust, load, save};
use tempfile::TempDir;

use crate::assert_sentence;

thread_local! {
    static FOLDER: RefCell<Option<TempDir>> = const { RefCell::new(None) };
}

/// A folder in memory if the machine has one: a disk is slow, and wears out.
fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder")
}

fn within(check: impl FnOnce(&Path)) {
    FOLDER.with_borrow_mut(|kept| {
        let dir = kept.get_or_insert_with(folder).path();
        for left in fs::read_dir(dir).expect("a folder").flatten() {
            fs::remove_file(left.path()).expect("a file is removed");
        }
        check(dir);
    });
}

/// The user's own file.
pub(crate) fn file(bytes: &[u8]) {
    within(|dir| {
        let file = dir.join(FILE);
        fs::write(&file, bytes).expect("a file is written");
        let policy = Policy::none();
        let loaded = load(dir, &policy);
        let wanted =
            Settings { seats: if loaded.settings.seats == 7 { 8 } else { 7 }, ..loaded.settings.clone() };
        let saved = save(dir, &policy, &loaded, &wanted);
        if let Some(problem) = &loaded.problem {
            assert_sentence(&problem.to_string());
            assert!(saved.is_err(), "a broken file was written");
        }
        match saved {
            Ok(()) => {
                let again = load(dir, &policy);
                assert_eq!(
                    (again.settings, again.problem),
                    (wanted, None),
                    "what was saved is not what is read"
                );
            }
            Err(error) => {
                assert_sentence(&error.to_string());
                assert_eq!(
                    fs::read(&file).expect("a file is read"),
                    bytes,
                    "a file was changed in spite of an error"
                );
            }
        }
    });
}

/// The machine's policy, over no file of the user.
pub(crate) fn policy(bytes: &[u8]) {
    within(|dir| {
        let file = dir.join("policy.toml");
        fs::write(&file, bytes).expect("a file is written");
        let owner = rustix::process::geteuid().as_raw();
        let loaded = load(dir, &Policy::at(file, Trust::of(owner, dir)));
        match &loaded.problem {
            Some(problem) => {
                assert_sentence(&problem.to_string());
                assert_eq!(loaded.settings, Settings::default(), "a part of a broken policy is used");
            }
            None => {
                let wanted = Settings { seats: loaded.settings.seats + 1, ..loaded.settings.clone() };
                let locked = loaded.sources.is_locked(settings::Key::Seats);
                let saved =
                    save(dir, &Policy::at(dir.join("policy.toml"), Trust::of(owner, dir)), &loaded, &wanted);
                assert!(!locked || saved.is_err(), "a locked key was written");
            }
        }
    });
}
