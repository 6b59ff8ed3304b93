//! Writes files whole or not at all: our own, for this person only, and those that a person names.
//!
//! Blocking. Knows nothing of their contents.

use std::{
    fs::{self, DirBuilder},
    io::{self, Write},
    path::Path,
    thread,
    time::Duration,
};

use tempfile::{Builder, NamedTempFile};

/// How long to wait for another program that has the file open, in ms.
const WAITS: [u64; 5] = [20, 50, 100, 200, 400];

/// Access denied, sharing violation, lock violation: the errors of Windows for a file that another program has open.
const HELD: [i32; 3] = [5, 32, 33];

/// Writes `bytes` to `path`, so that a crash, a full disk or a power cut leaves either the old file or the
/// new one. A missing folder is created. File and folder are readable by this person alone.
///
/// # Errors
/// When the folder cannot be made or written to; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder(path);
    make_folder(folder)?;
    write_into_place(unfinished().tempfile_in(folder)?, path, bytes)
}

/// Writes `bytes` to a file that a person named, whole or not at all like [`write()`]. A new file has the usual rights;
/// a file that is replaced keeps its own, and a link to a file elsewhere stays a link. No folder is created.
///
/// # Errors
/// When the folder is missing or cannot be written to; the old file is then as it was.
pub fn export(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = &fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let file = create_with_rights(path, folder(path))?;
    write_into_place(file, path, bytes)
}

/// True if others than this person may look into a folder. This is not checked on Windows: folders of a profile are
/// private by inheritance.
#[must_use]
pub fn is_open_to_others(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(folder).is_ok_and(|found| found.mode() & 0o077 != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        false
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    }
}

fn unfinished() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".unfinished-");
    builder
}

/// A file with the rights of the one that it replaces, or with the usual ones.
#[cfg(unix)]
fn create_with_rights(path: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let usual = fs::Permissions::from_mode(0o666);
    let file = unfinished().permissions(usual).tempfile_in(folder)?;
    if let Ok(replaced) = fs::metadata(path) {
        match file.as_file().set_permissions(replaced.permissions()) {
            // A network drive may not support rights.
            Err(error)
                if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) => {}
            set => set?,
        }
    }
    Ok(file)
}

/// On Windows a file has the rights of its folder.
#[cfg(not(unix))]
fn create_with_rights(_: &Path, folder: &Path) -> io::Result<NamedTempFile> {
    unfinished().tempfile_in(folder)
}

fn write_into_place(mut file: NamedTempFile, path: &Path, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    match file.as_file().sync_all() {
        // Not every network drive can sync a file.
        Err(error) if matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput) => {}
        synced => synced?,
    }
    let (file, unfinished) = file.keep().map_err(|refused| refused.error)?;
    drop(file);
    let replaced = replace(&unfinished, path);
    if replaced.is_err() {
        // The error to report is that of the replacement.
        drop(fs::remove_file(&unfinished));
    }
    sync_folder(folder(path));
    replaced
}

/// On Windows a file cannot be replaced while a scanner or a backup reads it, which takes moments.
fn replace(unfinished: &Path, path: &Path) -> io::Result<()> {
    let is_held =
        |error: &io::Error| error.raw_os_error().is_some_and(|code| HELD.contains(&code)) && !path.is_dir();
    for wait in WAITS.iter().filter(|_| cfg!(windows)) {
        match fs::rename(unfinished, path) {
            Err(error) if is_held(&error) => thread::sleep(Duration::from_millis(*wait)),
            done => return done,
        }
    }
    fs::rename(unfinished, path)
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Makes the new name last. Not every file system can, and the file itself is already safe, so a refusal
/// changes nothing.
#[cfg(unix)]
fn sync_folder(folder: &Path) {
    drop(fs::File::open(folder).and_then(|folder| folder.sync_all()));
}

/// Windows keeps names by itself and cannot open a folder as a file.
#[cfg(not(unix))]
fn sync_folder(_: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_and_replaced_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("not/yet/there/file");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn file_and_folder_are_for_this_person_only() {
        use std::os::unix::fs::PermissionsExt;
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("data");
        let path = folder.join("file");
        fs::create_dir(&folder).unwrap();
        fs::write(&path, b"open to all").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write(&path, b"private").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        write(&outer.path().join("made/file"), b"").unwrap();
        assert_eq!(fs::metadata(outer.path().join("made")).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[cfg(unix)]
    #[test]
    fn an_export_has_the_usual_rights_or_those_of_the_file_that_it_replaces() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [usual, new, kept] = ["usual", "new", "kept"].map(|name| folder.path().join(name));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        fs::write(&usual, b"").unwrap();
        export(&new, b"new").unwrap();
        assert_eq!(mode(&new), mode(&usual));

        fs::write(&kept, b"old").unwrap();
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o660)).unwrap();
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&kept, &link).unwrap();
        export(&link, b"new").unwrap();
        assert_eq!((fs::read(&kept).unwrap(), mode(&kept)), (b"new".to_vec(), 0o660));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4, "nothing else is left");
    }

    #[test]
    fn an_export_makes_no_folder() {
        let outer = tempfile::tempdir().unwrap();
        let missing = outer.path().join("missing");
        let refused = export(&missing.join("file"), b"new").unwrap_err();
        assert_eq!((refused.kind(), missing.exists()), (io::ErrorKind::NotFound, false));
    }

    #[test]
    fn a_file_that_somebody_reads_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        write(&path, b"old").unwrap();
        let reader = fs::File::open(&path).unwrap();
        let closing = thread::spawn(move || {
            thread::sleep(Duration::from_millis(WAITS[1]));
            drop(reader);
        });
        write(&path, b"new").unwrap();
        closing.join().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_an_error_and_stays() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("data");
        fs::write(&folder, b"a file").unwrap();
        assert!(write(&folder.join("file"), b"new").is_err());
        assert_eq!(fs::read(&folder).unwrap(), b"a file");
    }

    #[test]
    fn a_folder_in_place_of_the_file_is_an_error_and_leaves_nothing_behind() {
        let outer = tempfile::tempdir().unwrap();
        let path = outer.path().join("file");
        fs::create_dir_all(path.join("inside")).unwrap();
        assert!(write(&path, b"new").is_err());
        assert!(path.join("inside").is_dir());
        assert_eq!(fs::read_dir(outer.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_read_only_folder_leaves_the_old_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, b"old").unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
        // An administrator may write everywhere: nothing can be tested then.
        if fs::write(folder.path().join("probe"), b"").is_err() {
            assert!(write(&path, b"new").is_err());
            assert_eq!(fs::read(&path).unwrap(), b"old");
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    }
}
