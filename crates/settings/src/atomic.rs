//! Files that are there whole or not at all, for this person only.
//!
//! Blocking. Knows nothing of what the files hold.

use std::{
    fs::{DirBuilder, File},
    io::{self, Write},
    path::Path,
};

/// Writes `bytes` to `path`, so that a crash, a full disk or a lost mains leaves either the old file or the
/// new one. A missing folder is made. File and folder are readable by this person alone.
///
/// # Errors
/// When the folder cannot be made or written to; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    make_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(".unfinished-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|refused| refused.error)?;
    sync_folder(folder);
    Ok(())
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
    drop(File::open(folder).and_then(|folder| folder.sync_all()));
}

/// Windows keeps names by itself and cannot open a folder as a file.
#[cfg(not(unix))]
fn sync_folder(_: &Path) {}

#[cfg(test)]
mod tests {
    use std::fs;

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
