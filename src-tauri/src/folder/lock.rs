//! Locks a data folder, so that only one copy uses it. If the drive of the folder does not support locks, as a home on
//! NFS may not, the lock is in the folder of the login session, which is on this machine. A drive without locks must not
//! prevent the start.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The lock file in a data folder.
const NAME: &str = "lock";

/// A lock, held until it is dropped; the system frees it after a crash too.
#[derive(Debug)]
pub struct Lock {
    /// None if nothing can or has to be locked.
    _file: Option<File>,
}

/// The places of the lock, and the function that locks.
pub struct Locks<'a> {
    /// The data folder, the first place.
    pub folder: &'a Path,
    /// The file on this machine that is used if the data folder's drive does not support locks; none if the session has
    /// no folder.
    pub local: Option<PathBuf>,
    /// Locks a file exclusively, without waiting.
    pub try_lock: fn(&File) -> Result<(), TryLockError>,
}

/// What is done if the lock file does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IfMissing {
    Create,
    Fail,
}

impl Locks<'_> {
    /// Takes the lock. None if another copy holds it.
    pub fn take(&self) -> io::Result<Option<Lock>> {
        match self.lock(&open_lock_file(&self.folder.join(NAME), IfMissing::Create)?)? {
            Attempt::Locked(lock) => Ok(Some(lock)),
            Attempt::HeldByAnother => Ok(None),
            Attempt::NotSupported => {
                tracing::warn!(folder = %self.folder.display(), "the drive of the data folder does not support locks");
                let Some(local) = &self.local else { return Ok(Some(Lock { _file: None })) };
                let taken = open_lock_file(local, IfMissing::Create).and_then(|file| self.lock(&file));
                match taken {
                    Ok(Attempt::Locked(lock)) => Ok(Some(lock)),
                    Ok(Attempt::HeldByAnother) => Ok(None),
                    Ok(Attempt::NotSupported) | Err(_) => Ok(Some(Lock { _file: None })),
                }
            }
        }
    }

    /// Takes the lock if its file exists; a command that only reads must not create it. None while the application
    /// runs, or if it cannot be determined whether it runs.
    pub fn take_existing(&self) -> io::Result<Option<Lock>> {
        let nothing_to_lock = Ok(Some(Lock { _file: None }));
        let file = match open_lock_file(&self.folder.join(NAME), IfMissing::Fail) {
            Ok(file) => file,
            // The application has never run with this folder.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return nothing_to_lock,
            Err(error) => return Err(error),
        };
        match self.lock(&file)? {
            Attempt::Locked(lock) => Ok(Some(lock)),
            Attempt::HeldByAnother => Ok(None),
            Attempt::NotSupported => {
                match self.local.as_deref().map(|local| open_lock_file(local, IfMissing::Fail)) {
                    None => Ok(None),
                    Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => nothing_to_lock,
                    Some(Err(error)) => Err(error),
                    Some(Ok(file)) => match self.lock(&file)? {
                        Attempt::Locked(lock) => Ok(Some(lock)),
                        Attempt::HeldByAnother | Attempt::NotSupported => Ok(None),
                    },
                }
            }
        }
    }

    fn lock(&self, file: &File) -> io::Result<Attempt> {
        match (self.try_lock)(file) {
            Ok(()) => Ok(Attempt::Locked(Lock { _file: Some(file.try_clone()?) })),
            Err(TryLockError::WouldBlock) => Ok(Attempt::HeldByAnother),
            Err(TryLockError::Error(error)) if is_not_supported(&error) => Ok(Attempt::NotSupported),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// The result of an attempt to lock a file.
enum Attempt {
    Locked(Lock),
    HeldByAnother,
    NotSupported,
}

/// Opens a lock file for writing, because NFS gives an exclusive lock only to writers. The content is not changed. A link
/// is not followed, because it could lead to any file of this person.
fn open_lock_file(path: &Path, if_missing: IfMissing) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(if_missing == IfMissing::Create).truncate(false);
    refuse_links(&mut options);
    let file = match options.open(path) {
        // A command that only reads must also work on a read-only drive.
        Err(error) if if_missing == IfMissing::Fail && is_read_only(&error) => {
            options.write(false).open(path)
        }
        opened => opened,
    };
    let file = file.map_err(|error| if is_link(path) { not_a_lock_file() } else { error })?;
    let found = file.metadata()?;
    if !found.is_file() || found.is_symlink() {
        return Err(not_a_lock_file());
    }
    Ok(file)
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_symlink())
}

fn not_a_lock_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "its file “lock” is a link or no file; delete it")
}

#[cfg(unix)]
fn refuse_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).mode(0o600);
}

/// Opens the link itself, whose metadata show that it is a link.
#[cfg(windows)]
fn refuse_links(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt;
    options.custom_flags(windows_sys::Win32::Storage::FileSystem::FILE_FLAG_OPEN_REPARSE_POINT);
}

/// Whether the drive does not support locks: NFS without its lock service (`ENOLCK`), drives without locks (`EOPNOTSUPP`,
/// `ENOSYS`), and NFS for a file that is not open for writing (`EBADF`).
fn is_not_supported(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error().is_some_and(|code| NOT_SUPPORTED.contains(&code))
}

#[cfg(unix)]
const NOT_SUPPORTED: [i32; 4] = [libc::ENOLCK, libc::EOPNOTSUPP, libc::ENOSYS, libc::EBADF];

/// `ERROR_INVALID_FUNCTION` and `ERROR_NOT_SUPPORTED`.
#[cfg(windows)]
const NOT_SUPPORTED: [i32; 2] = [1, 50];

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn locks<'a>(folder: &'a Path, local: Option<&Path>) -> Locks<'a> {
        Locks { folder, local: local.map(Path::to_path_buf), try_lock: File::try_lock }
    }

    #[cfg(unix)]
    #[test]
    fn a_drive_without_locks_does_not_prevent_the_start() {
        for refuse in [
            (|_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::ENOLCK)))) as fn(&File) -> _,
            |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EOPNOTSUPP))),
            |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EBADF))),
            |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into())),
        ] {
            let dir = tempfile::tempdir().expect("a folder");
            let unsupported = Locks { try_lock: refuse, ..locks(dir.path(), None) };
            assert!(unsupported.take().expect("no error").is_some());
            // It is unknown whether the application runs, so its authorization must not be used.
            assert!(unsupported.take_existing().expect("no error").is_none());
        }
        let dir = tempfile::tempdir().expect("a folder");
        let broken: fn(&File) -> _ = |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EIO)));
        assert!(
            Locks { try_lock: broken, ..locks(dir.path(), None) }.take().is_err(),
            "another error prevents it"
        );
    }

    /// Locks as with a home on NFS: the folder has no locks, this machine has.
    #[cfg(unix)]
    fn only_local(file: &File) -> Result<(), TryLockError> {
        let is_local = file.metadata().map_err(TryLockError::Error)?.len() > 0;
        if is_local {
            file.try_lock()
        } else {
            Err(TryLockError::Error(io::Error::from_raw_os_error(libc::ENOLCK)))
        }
    }

    #[cfg(unix)]
    #[test]
    fn without_locks_in_the_folder_a_lock_on_this_machine_separates_copies() {
        let dir = tempfile::tempdir().expect("a folder");
        let local = dir.path().join("local");
        fs::write(&local, "local").expect("written");
        let locks = Locks { try_lock: only_local, ..locks(dir.path(), Some(&local)) };
        assert!(locks.take_existing().expect("no error").is_some(), "nobody runs");
        let first = locks.take().expect("a lock").expect("free");
        assert!(locks.take().expect("a lock").is_none());
        assert!(locks.take_existing().expect("no error").is_none());
        drop(first);
        assert!(locks.take().expect("a lock").is_some());
        assert!(locks.take_existing().expect("no error").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed_and_its_target_is_not_emptied() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("target");
        fs::write(&target, "mine").expect("written");
        std::os::unix::fs::symlink(&target, dir.path().join(NAME)).expect("a link");
        let locks = locks(dir.path(), None);
        for refused in [locks.take(), locks.take_existing()] {
            assert_eq!(
                refused.expect_err("a link").to_string(),
                "its file “lock” is a link or no file; delete it"
            );
        }
        assert_eq!(fs::read_to_string(&target).expect("there"), "mine");
        // The target of a broken link is not created.
        fs::remove_file(&target).expect("removed");
        assert!(locks.take().is_err() && !target.exists());
    }

    #[test]
    fn the_content_of_the_lock_file_is_not_changed() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join(NAME), "of somebody").expect("written");
        let lock = locks(dir.path(), None).take().expect("a lock").expect("free");
        drop(lock);
        assert_eq!(fs::read_to_string(dir.path().join(NAME)).expect("there"), "of somebody");
    }
}
