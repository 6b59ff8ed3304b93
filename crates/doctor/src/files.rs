//! The findings about the settings files and the data folder. Leaves no file behind.

use std::{
    io,
    path::{Path, PathBuf},
};

use settings::{Layer, Loaded, atomic};
use tokio::task::spawn_blocking;
use view::words::{fill, say};

use super::finding::Finding;

/// With less free space the application may soon be unable to save anything.
const LOW_SPACE: u64 = 50 * 1024 * 1024;
const MEBIBYTE: u64 = 1024 * 1024;

pub(super) fn settings(loaded: &Loaded, folder: &Path) -> Finding {
    let file = folder.join(settings::FILE).display().to_string();
    let file = file.as_str();
    if let Some(problem) = &loaded.problem {
        let to_do = match problem.layer {
            Layer::User => "doctor.settings.brokenToDo",
            Layer::Policy => "doctor.settings.policyToDo",
        };
        return Finding::failed(problem.to_string(), say(to_do));
    }
    if let Err(missing) = loaded.settings.configured() {
        let keys = missing.to_string();
        let saw = fill("doctor.settings.incomplete", &[("keys", &keys)]);
        return Finding::failed(saw, fill("doctor.settings.incompleteToDo", &[("file", file)]));
    }
    if let Some(not_kept) = &loaded.not_kept {
        return Finding::warning(not_kept.to_string(), say("doctor.disk.notWritableToDo"));
    }
    let good = Finding::good(fill("doctor.settings.good", &[("file", file)]));
    if loaded.notes.is_empty() {
        return good;
    }
    let notes: Vec<String> = loaded.notes.iter().map(ToString::to_string).collect();
    good.and_do(notes.join(" "))
}

pub(super) async fn disk(folder: PathBuf) -> [Finding; 1] {
    let finding = spawn_blocking(move || check_folder(&folder)).await;
    [finding.unwrap_or_else(|error| Finding::not_checked(error.to_string()))]
}

fn check_folder(folder: &Path) -> Finding {
    let name = folder.display().to_string();
    if !folder.exists() {
        return Finding::not_checked(fill("doctor.disk.notThere", &[("folder", &name)]));
    }
    if let Err(error) = write_file(folder) {
        // Windows reports "not found" for a file in place of the folder.
        let kind = if folder.is_file() { io::ErrorKind::NotADirectory } else { error.kind() };
        let values = [("folder", name.as_str()), ("reason", &kind.to_string())];
        let saw = fill("doctor.disk.notWritable", &values);
        return Finding::failed(saw, say("doctor.disk.notWritableToDo"));
    }
    let Ok(free) = fs4::available_space(folder) else {
        return Finding::good(fill("doctor.disk.good", &[("folder", &name)]));
    };
    let mebibytes = (free / MEBIBYTE).to_string();
    let values = [("folder", name.as_str()), ("free", &mebibytes)];
    let saw = fill("doctor.disk.space", &values);
    if free >= LOW_SPACE && atomic::is_open_to_others(folder) {
        let saw = fill("doctor.disk.open", &[("folder", &name)]);
        return Finding::warning(saw, fill("doctor.disk.openToDo", &[("folder", &name)]));
    }
    if free < LOW_SPACE { Finding::warning(saw, say("doctor.disk.fullToDo")) } else { Finding::good(saw) }
}

/// Writes a temporary file, which is deleted when it is closed.
fn write_file(folder: &Path) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".doctor-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, b"doctor")?;
    file.as_file().sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_is_checked_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let found = check_folder(folder.path());
        let name = folder.path().display().to_string();
        assert_ne!(found, Finding::not_checked(fill("doctor.disk.notThere", &[("folder", &name)])));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_open_is_a_warning() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().display().to_string();
        for (mode, is_open) in [(0o755, true), (0o701, true), (0o2770, true), (0o700, false)] {
            std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(mode)).unwrap();
            let values = [("folder", name.as_str())];
            let saw = fill("doctor.disk.open", &values);
            let warning = Finding::warning(saw, fill("doctor.disk.openToDo", &values));
            assert_eq!(check_folder(folder.path()) == warning, is_open, "{mode:o}");
        }
    }

    #[test]
    fn a_missing_folder_is_not_created() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("later");
        let name = folder.display().to_string();
        let expected = fill("doctor.disk.notThere", &[("folder", &name)]);
        assert_eq!(check_folder(&folder), Finding::not_checked(expected));
        assert!(!folder.exists());
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_a_failure() {
        let outer = tempfile::tempdir().unwrap();
        let file = outer.path().join("file");
        std::fs::write(&file, b"").unwrap();
        let name = file.display().to_string();
        let values = [("folder", name.as_str()), ("reason", "not a directory")];
        let saw = fill("doctor.disk.notWritable", &values);
        assert_eq!(check_folder(&file), Finding::failed(saw, say("doctor.disk.notWritableToDo")));
    }
}
