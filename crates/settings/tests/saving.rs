//! What saving does to a file that a person wrote.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic as tests do")]

use std::{fs, path::Path, time::Duration};

use presence::{
    connect::{Activity, Channel, StatusKind},
    engine::Master,
    mapping::{ConnectRow, Target, When},
};
use settings::{FILE, Loaded, NotSaved, Policy, Settings, load, save};
use tempfile::TempDir;

const MINE: &str = "# mine\n\n[sync] # the sync\nhold   = 0x14 # twenty\n# by hand\nheld_for = 2\n\n\
    [[sync.rows]]\nwhen = { kind = \"custom\" }\nteams = \"busy\" # all of them\n\n[drawer]\nlimit = 1_000\n# the end\n";

fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(FILE), text).unwrap();
    folder
}

fn read(folder: &Path) -> String {
    fs::read_to_string(folder.join(FILE)).unwrap()
}

fn change(folder: &Path, change: impl FnOnce(&mut Settings)) -> Result<(), NotSaved> {
    let loaded = load(folder, &Policy::none());
    save_over(folder, &loaded, change)
}

fn save_over(folder: &Path, loaded: &Loaded, change: impl FnOnce(&mut Settings)) -> Result<(), NotSaved> {
    let mut wanted = loaded.settings.clone();
    change(&mut wanted);
    save(folder, &Policy::none(), loaded, &wanted)
}

#[test]
fn only_what_changes_is_rewritten() {
    let folder = folder(MINE);
    change(folder.path(), |settings| {
        settings.connect_to_teams.hold = Duration::from_secs(25);
        settings.teams_to_connect.hold = Duration::from_secs(25);
        settings.drawer_limit = None;
    })
    .unwrap();
    assert_eq!(read(folder.path()), MINE.replace("0x14 #", "25 #").replace("1_000", "0"));
}

#[test]
fn a_new_key_goes_into_its_section_and_a_new_section_to_the_end() {
    let folder = folder(MINE);
    change(folder.path(), |settings| {
        settings.rules.master = Master::Teams;
        settings.start_with_system = true;
        settings.tenant = Some("contoso.com".parse().unwrap());
    })
    .unwrap();
    let expected = MINE
        .replace("# mine\n\n", "start_with_system = true\n# mine\n\n")
        .replace("held_for = 2\n", "held_for = 2\nmaster = \"teams\"\n")
        .replace("# the end\n", "\n[microsoft]\ntenant = \"contoso.com\"\n# the end\n");
    assert_eq!(read(folder.path()), expected);
}

#[test]
fn inline_sections_and_dotted_keys_keep_their_spelling() {
    let folder = folder("microsoft.tenant = \"contoso.com\"\ndrawer = { limit = 5 }\r\n");
    change(folder.path(), |settings| {
        settings.tenant = Some("fabrikam.com".parse().unwrap());
        settings.drawer_limit = Some(6);
        settings.admin_consent = true;
    })
    .unwrap();
    let text = read(folder.path());
    assert!(
        text.contains("drawer = { limit = 6 }") && text.contains("microsoft.tenant = \"fabrikam.com\""),
        "{text}"
    );
    assert!(load(folder.path(), &Policy::none()).settings.admin_consent);
}

#[test]
fn a_key_that_is_taken_back_is_taken_out() {
    let folder = folder("[microsoft]\ntenant = \"contoso.com\"\n[calls]\nregion = \"GB\"\n");
    change(folder.path(), |settings| settings.call_region = None).unwrap();
    assert_eq!(read(folder.path()), "[microsoft]\ntenant = \"contoso.com\"\n[calls]\n");
}

#[test]
fn the_first_file_names_its_version() {
    let folder = tempfile::tempdir().unwrap();
    change(&folder.path().join("new"), |settings| settings.dry_run = true).unwrap();
    assert_eq!(read(&folder.path().join("new")), "version = 1\n\n[sync]\ndry_run = true\n");
}

#[test]
fn without_a_change_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    change(folder.path(), |_| ()).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_was_changed_in_the_meantime_is_left() {
    let folder = folder(MINE);
    let loaded = load(folder.path(), &Policy::none());
    for other in ["[drawer]\nlimit = 7\n", "not toml"] {
        fs::write(folder.path().join(FILE), other).unwrap();
        let refused = save_over(folder.path(), &loaded, |settings| settings.dry_run = true).unwrap_err();
        assert!(matches!(refused, NotSaved::Changed), "{refused}");
        assert_eq!(read(folder.path()), other);
    }
    fs::remove_file(folder.path().join(FILE)).unwrap();
    let refused = save_over(folder.path(), &loaded, |settings| settings.dry_run = true).unwrap_err();
    assert_eq!(refused.to_string(), "The settings file was changed in the meantime. Nothing was saved.");
    assert!(!folder.path().join(FILE).exists());
}

#[test]
fn a_broken_file_or_one_of_a_newer_version_is_left() {
    for broken in ["[sync]\nhold = \"long\"\n", "version = 2\n"] {
        let folder = folder(broken);
        let refused = change(folder.path(), |settings| settings.dry_run = true).unwrap_err();
        assert!(matches!(refused, NotSaved::Broken(_)), "{refused}");
        assert!(refused.to_string().ends_with(". Nothing was saved."), "{refused}");
        assert_eq!(read(folder.path()), broken);
    }
}

#[test]
fn what_cannot_be_a_setting_is_not_written() {
    let folder = folder(MINE);
    let too_long = change(folder.path(), |settings| settings.rules.held_for = Duration::from_secs(73 * 3600));
    assert_eq!(
        too_long.unwrap_err().to_string(),
        "sync.held_for must be a whole number of hours from 1 to 72, not 73. Nothing was saved."
    );
    let foreign = change(folder.path(), |settings| settings.login = "https://example.com/".parse().unwrap());
    assert!(foreign.unwrap_err().to_string().starts_with("endpoints.login names example.com by https; "));
    let between = change(folder.path(), |settings| settings.restore_idle = Duration::from_secs(90));
    assert!(matches!(between.unwrap_err(), NotSaved::Wrong(_)));
    assert_eq!(read(folder.path()), MINE);
}

#[test]
fn a_changed_row_keeps_its_place_and_its_remarks_and_a_new_one_follows() {
    let text = "[sync]\n# breaks\n[[sync.rows]]\nwhen.kind = \"custom\"\nteams = \"busy\" # all of them\n\n\
        # calls\n[[sync.rows]]\nwhen = { activity = 'connected', channel = 'voice' }\nteams = \"do_not_disturb\"\n\n\
        [drawer]\nlimit = 5\n";
    let folder = folder(text);
    change(folder.path(), |settings| {
        let rows = settings.connect_to_teams.rows().iter().cloned().map(|row| match row.when {
            When::Kind(StatusKind::Offline) => ConnectRow { target: Target::AppearAway, ..row },
            When::Activity { activity: Activity::Connected, channel: Some(Channel::Voice) } => {
                ConnectRow { target: Target::Busy, ..row }
            }
            When::Activity { .. } | When::Status(_) | When::Kind(_) => row,
        });
        settings.connect_to_teams = settings.connect_to_teams.with_rows(rows.collect());
    })
    .unwrap();
    let expected = text.replace(
        "when = { activity = 'connected', channel = 'voice' }\nteams = \"do_not_disturb\"\n",
        "when = { activity = \"connected\", channel = \"voice\" }\nteams = \"busy\"\n\n\
            [[sync.rows]]\nwhen = { kind = \"offline\" }\nteams = \"appear_away\"\n",
    );
    assert_eq!(read(folder.path()), expected);
}

#[test]
fn a_table_without_a_built_in_row_cannot_be_written() {
    let folder = folder(MINE);
    let refused = change(folder.path(), |settings| {
        settings.connect_to_teams = settings.connect_to_teams.with_rows(Vec::new());
    });
    assert!(matches!(refused.unwrap_err(), NotSaved::Wrong(_)));
    assert_eq!(read(folder.path()), MINE);
}

#[cfg(unix)]
#[test]
fn a_locked_setting_is_not_written() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = folder(MINE);
    let file = folder.path().join("policy.toml");
    fs::write(&file, "[sync]\nhold = 30\n").unwrap();
    // Whatever the umask is.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    let me = fs::metadata(&file).unwrap().uid();
    let policy = Policy::at(file.clone(), settings::Trust::of(me, folder.path()));
    let loaded = load(folder.path(), &policy);
    let mut wanted = loaded.settings.clone();
    wanted.connect_to_teams.hold = Duration::from_secs(1);
    let refused = save(folder.path(), &policy, &loaded, &wanted).unwrap_err();
    assert!(matches!(refused, NotSaved::Locked(settings::Key::Hold)));
    assert_eq!(refused.to_string(), "sync.hold is set by your administrator. Nothing was saved.");
    assert_eq!(read(folder.path()), MINE);

    // Beside it the person's own settings are saved, and the overruled line stays.
    let wanted = Settings { dry_run: true, ..loaded.settings.clone() };
    save(folder.path(), &policy, &loaded, &wanted).unwrap();
    assert_eq!(read(folder.path()), MINE.replace("held_for = 2\n", "held_for = 2\ndry_run = true\n"));

    // A policy that has come in the meantime counts as well.
    let loaded = load(folder.path(), &policy);
    fs::write(&file, "[sync]\nhold = 30\ndry_run = true\n").unwrap();
    let wanted = Settings { dry_run: false, ..loaded.settings.clone() };
    assert!(save(folder.path(), &policy, &loaded, &wanted).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_to_the_file_stays_a_link() {
    let folder = folder(MINE);
    let kept = folder.path().join("elsewhere.toml");
    fs::rename(folder.path().join(FILE), &kept).unwrap();
    std::os::unix::fs::symlink(&kept, folder.path().join(FILE)).unwrap();
    change(folder.path(), |settings| settings.dry_run = true).unwrap();
    assert!(fs::symlink_metadata(folder.path().join(FILE)).unwrap().is_symlink());
    assert!(fs::read_to_string(kept).unwrap().contains("dry_run = true"));
}
