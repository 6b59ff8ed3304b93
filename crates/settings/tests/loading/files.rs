//! Files that cannot be used, and the copy of the last good one.

use std::fs;

use settings::{FILE, LAST_GOOD, Policy, Settings, load};

use crate::{GOOD, broken, folder, sentence};

#[test]
fn a_file_with_a_byte_order_mark_is_read() {
    let folder = folder("\u{feff}[drawer]\r\nlimit = 12\r\n");
    assert_eq!(load(folder.path(), &Policy::none()).settings.drawer_limit, Some(12));
}

#[test]
fn a_file_that_is_not_text_is_reported() {
    assert_eq!(broken(""), ": the file is empty.");
    assert_eq!(broken(" \n\t\n"), ": the file is empty.");
    assert_eq!(
        broken(b"[sync]\nhold = 1 # \xff\n"),
        ", line 2: the text is not UTF-8: column 12 is byte FF, which is a letter with an accent in Windows' own encoding."
    );
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    assert_eq!(
        sentence(&load(folder.path(), &Policy::none()), folder.path()),
        ": there is a folder in place of the file."
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(GOOD);
    let file = folder.path().join(FILE);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    // An administrator may read everything: nothing can be tested then.
    if fs::read(&file).is_err() {
        let sentence = sentence(&load(folder.path(), &Policy::none()), folder.path());
        assert_eq!(sentence, ": the file cannot be read: permission denied.");
    }
}

#[test]
fn a_data_folder_that_is_a_file_is_reported() {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("data");
    fs::write(&dir, "a file").unwrap();
    for dir in [dir.clone(), dir.join("deeper")] {
        let problem = sentence(&load(&dir, &Policy::none()), &dir);
        assert_eq!(problem, ": there is a file in place of its folder.");
    }
}

#[test]
fn a_broken_file_is_kept_and_the_last_good_settings_are_used() {
    let folder = folder(GOOD);
    let good = load(folder.path(), &Policy::none()).settings;
    for bad in ["", "[sync]\nhold = \"long\"\n", "not toml"] {
        fs::write(folder.path().join(FILE), bad).unwrap();
        let loaded = load(folder.path(), &Policy::none());
        assert_eq!(loaded.settings, good);
        assert!(loaded.problem.is_some());
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), bad);
        assert_eq!(fs::read_to_string(folder.path().join(LAST_GOOD)).unwrap(), GOOD);
    }
}

#[test]
fn a_copy_that_is_broken_too_gives_the_defaults() {
    let folder = folder("not toml");
    fs::write(folder.path().join(LAST_GOOD), "neither is this").unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.settings, Settings::default());
    assert!(sentence(&loaded, folder.path()).starts_with(", line 1: "));
}

#[test]
fn the_copy_is_written_only_when_the_text_has_changed() {
    let folder = folder(GOOD);
    let copy = folder.path().join(LAST_GOOD);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    let old = fs::File::options().write(true).open(&copy).unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH;
    old.set_modified(long_ago).unwrap();
    drop(old);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    assert_eq!(fs::metadata(&copy).unwrap().modified().unwrap(), long_ago);
    let other = GOOD.replace("limit = 0", "limit = 7");
    fs::write(folder.path().join(FILE), &other).unwrap();
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    assert_eq!(fs::read_to_string(&copy).unwrap(), other);
}

#[cfg(unix)]
#[test]
fn the_copy_is_for_this_person_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(GOOD);
    assert_eq!(load(folder.path(), &Policy::none()).not_kept, None);
    let mode = fs::metadata(folder.path().join(LAST_GOOD)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn settings_that_cannot_be_kept_are_used_all_the_same() {
    let folder = folder(GOOD);
    fs::create_dir_all(folder.path().join(LAST_GOOD).join("inside")).unwrap();
    let loaded = load(folder.path(), &Policy::none());
    assert_eq!(loaded.problem, None);
    assert!(loaded.settings.start_with_system);
    let warning = loaded.not_kept.expect("a warning").to_string();
    assert!(warning.contains(LAST_GOOD) && warning.contains(" was not written: "), "{warning}");
}
