//! By value on the text, and in a folder of their own.

use super::*;

const PROGRAM: &str = "/opt/connectpath/app";

fn written(current: Option<&str>, program: &str) -> String {
    match change(current, program, true) {
        Change::Write(text) => text,
        other @ (Change::Keep | Change::Remove) => panic!("{other:?}"),
    }
}

#[test]
fn an_entry_of_our_own_is_left_as_it_is() {
    let text = written(None, PROGRAM);
    assert!(text.starts_with("[Desktop Entry]\nType=Application\n"), "{text}");
    assert!(text.contains("\nExec=/opt/connectpath/app --hidden\n"), "{text}");
    assert_eq!(change(Some(&text), PROGRAM, true), Change::Keep);
}

#[test]
fn a_program_that_was_moved_is_written_again() {
    let text = written(None, "/home/lee/Downloads/app");
    assert_eq!(written(Some(&text), PROGRAM), written(None, PROGRAM));
}

#[test]
fn an_entry_that_cannot_start_us_is_written_again() {
    let right = written(None, PROGRAM);
    for wrong in [
        "",
        "not an entry",
        // The plugin wrote a path with a space without quotes.
        "[Desktop Entry]\nType=Application\nExec=/opt/Connect Path/app --hidden\n",
        "[Desktop Entry]\nType=Application\nExec=/opt/connectpath/app\n",
        "[Desktop Entry]\nType=Link\nExec=/opt/connectpath/app --hidden\n",
        "[Desktop Action new]\nType=Application\nExec=/opt/connectpath/app --hidden\n",
        "[Desktop Entry]\nType=Application\n[Desktop Action new]\nExec=/opt/connectpath/app --hidden\n",
    ] {
        assert_eq!(written(Some(wrong), PROGRAM), right, "{wrong}");
    }
}

#[test]
fn what_the_person_added_is_kept() {
    let text = "[Desktop Entry]\nType = Application\nExec = /opt/connectpath/app --hidden\nX-GNOME-Autostart-Delay=20\n";
    assert_eq!(change(Some(text), PROGRAM, true), Change::Keep);
}

#[test]
fn what_the_person_switched_off_stays_off_and_stays_there() {
    for off in ["Hidden=true", "X-GNOME-Autostart-enabled=false", "X-GNOME-Autostart-enabled = false"] {
        let text = format!("[Desktop Entry]\nType=Application\nExec=/old/app --hidden\n{off}\n");
        assert_eq!(change(Some(&text), PROGRAM, true), Change::Keep, "{off}");
        assert_eq!(change(Some(&text), PROGRAM, false), Change::Keep, "{off}");
    }
    for on in ["Hidden=false", "X-GNOME-Autostart-enabled=true", "Name=Hidden=true"] {
        let text = format!("[Desktop Entry]\nType=Application\nExec=/old/app --hidden\n{on}\n");
        assert_eq!(change(Some(&text), PROGRAM, false), Change::Remove, "{on}");
    }
}

#[test]
fn an_unwanted_entry_goes_and_a_missing_one_is_not_missed() {
    assert_eq!(change(Some(&written(None, PROGRAM)), PROGRAM, false), Change::Remove);
    assert_eq!(change(None, PROGRAM, false), Change::Keep);
}

#[test]
fn the_program_is_quoted_as_the_specification_says() {
    for (program, line) in [
        ("/opt/app", "/opt/app --hidden"),
        ("/opt/50%/app", "/opt/50%%/app --hidden"),
        ("/opt/Connect Path/app", "\"/opt/Connect Path/app\" --hidden"),
        ("/opt/a&b/app", "\"/opt/a&b/app\" --hidden"),
        ("/opt/50% of $me/app", "\"/opt/50%% of \\\\$me/app\" --hidden"),
        ("/opt/\"x\"/`y`", "\"/opt/\\\\\"x\\\\\"/\\\\`y\\\\`\" --hidden"),
        ("/opt/a\\b", "\"/opt/a\\\\\\\\b\" --hidden"),
        ("/opt/a\tb\nc", "\"/opt/a\\tb\\nc\" --hidden"),
        ("/opt/Zoë/app", "/opt/Zoë/app --hidden"),
    ] {
        assert_eq!(exec(program), line, "{program}");
        let text = written(None, program);
        assert_eq!(change(Some(&text), program, true), Change::Keep, "{program}");
    }
}

#[test]
fn the_file_follows_the_wish() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("config/autostart");
    let file = folder.join("connectpath-teams.desktop");
    apply_in(&folder, PROGRAM, false).expect("nothing to do");
    assert!(!folder.exists());

    apply_in(&folder, "/old/app", true).expect("a new entry");
    apply_in(&folder, PROGRAM, true).expect("one that is written again");
    assert_eq!(fs::read_to_string(&file).expect("an entry"), written(None, PROGRAM));
    assert_eq!(fs::read_dir(&folder).expect("entries").count(), 1, "nothing is left beside it");

    fs::write(&file, b"\xff\xfe").expect("rubbish");
    apply_in(&folder, PROGRAM, true).expect("rubbish is replaced");
    assert_eq!(fs::read_to_string(&file).expect("an entry"), written(None, PROGRAM));

    apply_in(&folder, PROGRAM, false).expect("removed");
    assert!(!file.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_reported() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("file");
    fs::write(&file, "").expect("a file");
    assert!(matches!(apply_in(&file, PROGRAM, true), Err(EntryError::File(_))));
}

#[test]
fn the_folder_is_that_of_the_desktop() {
    let home = || Some(PathBuf::from("/home/lee"));
    assert_eq!(folder(|_| None, home()), Some("/home/lee/.config/autostart".into()));
    assert_eq!(folder(|_| Some("/config".into()), home()), Some("/config/autostart".into()));
    assert_eq!(folder(|_| Some("config".into()), home()), Some("/home/lee/.config/autostart".into()));
    assert_eq!(folder(|_| None, None), None);
}
