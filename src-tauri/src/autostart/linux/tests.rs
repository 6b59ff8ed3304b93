//! Compare the texts of entries, and write entries in a temporary folder.

use super::*;

const PROGRAM: &str = "/opt/connectpath/app";

fn written_text(current: Option<&str>, program: &str) -> String {
    match plan_change(current, program, true) {
        Change::Write(text) => text,
        other @ (Change::Keep | Change::Remove) => panic!("{other:?}"),
    }
}

#[test]
fn our_own_entry_is_not_changed() {
    let text = written_text(None, PROGRAM);
    assert!(text.starts_with("[Desktop Entry]\nType=Application\n"), "{text}");
    assert!(text.contains("\nExec=/opt/connectpath/app --hidden\n"), "{text}");
    assert_eq!(plan_change(Some(&text), PROGRAM, true), Change::Keep);
}

#[test]
fn an_entry_is_written_again_after_the_program_was_moved() {
    let text = written_text(None, "/home/lee/Downloads/app");
    assert_eq!(written_text(Some(&text), PROGRAM), written_text(None, PROGRAM));
}

#[test]
fn an_entry_that_cannot_start_us_is_written_again() {
    let right = written_text(None, PROGRAM);
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
        assert_eq!(written_text(Some(wrong), PROGRAM), right, "{wrong}");
    }
}

#[test]
fn keys_that_the_person_added_are_kept() {
    let text = "[Desktop Entry]\nType = Application\nExec = /opt/connectpath/app --hidden\nX-GNOME-Autostart-Delay=20\n";
    assert_eq!(plan_change(Some(text), PROGRAM, true), Change::Keep);
}

#[test]
fn an_entry_that_the_person_switched_off_is_not_changed() {
    for off in ["Hidden=true", "X-GNOME-Autostart-enabled=false", "X-GNOME-Autostart-enabled = false"] {
        let text = format!("[Desktop Entry]\nType=Application\nExec=/old/app --hidden\n{off}\n");
        assert_eq!(plan_change(Some(&text), PROGRAM, true), Change::Keep, "{off}");
        assert_eq!(plan_change(Some(&text), PROGRAM, false), Change::Keep, "{off}");
    }
    for on in ["Hidden=false", "X-GNOME-Autostart-enabled=true", "Name=Hidden=true"] {
        let text = format!("[Desktop Entry]\nType=Application\nExec=/old/app --hidden\n{on}\n");
        assert_eq!(plan_change(Some(&text), PROGRAM, false), Change::Remove, "{on}");
    }
}

#[test]
fn an_unwanted_entry_is_removed_if_there_is_one() {
    assert_eq!(plan_change(Some(&written_text(None, PROGRAM)), PROGRAM, false), Change::Remove);
    assert_eq!(plan_change(None, PROGRAM, false), Change::Keep);
}

#[test]
fn the_program_is_quoted_as_the_specification_requires() {
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
        assert_eq!(exec_line(program), line, "{program}");
        let text = written_text(None, program);
        assert_eq!(plan_change(Some(&text), program, true), Change::Keep, "{program}");
    }
}

#[test]
fn the_file_is_created_updated_and_removed() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("config/autostart");
    let file = folder.join("connectpath-teams.desktop");
    apply_in_folder(&folder, PROGRAM, false).expect("nothing to do");
    assert!(!folder.exists());

    apply_in_folder(&folder, "/old/app", true).expect("a new entry");
    apply_in_folder(&folder, PROGRAM, true).expect("one that is written again");
    assert_eq!(fs::read_to_string(&file).expect("an entry"), written_text(None, PROGRAM));
    assert_eq!(fs::read_dir(&folder).expect("entries").count(), 1, "nothing is left beside it");

    fs::write(&file, b"\xff\xfe").expect("rubbish");
    apply_in_folder(&folder, PROGRAM, true).expect("rubbish is replaced");
    assert_eq!(fs::read_to_string(&file).expect("an entry"), written_text(None, PROGRAM));

    apply_in_folder(&folder, PROGRAM, false).expect("removed");
    assert!(!file.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_reported() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("file");
    fs::write(&file, "").expect("a file");
    assert!(matches!(apply_in_folder(&file, PROGRAM, true), Err(EntryError::File(_))));
}

#[test]
fn the_folder_is_the_autostart_folder_of_the_desktop() {
    let home = || Some(PathBuf::from("/home/lee"));
    assert_eq!(autostart_folder(|_| None, home()), Some("/home/lee/.config/autostart".into()));
    assert_eq!(autostart_folder(|_| Some("/config".into()), home()), Some("/config/autostart".into()));
    assert_eq!(
        autostart_folder(|_| Some("config".into()), home()),
        Some("/home/lee/.config/autostart".into())
    );
    assert_eq!(autostart_folder(|_| None, None), None);
}
