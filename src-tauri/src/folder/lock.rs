//! That only one copy uses a data folder. A home on a network drive may have no service for locks, which is no reason not
//! to start: the lock is then in the folder of the login session, which is on this machine.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// The lock file in a data folder.
const NAME: &str = "lock";

/// Held as long as the process lives; the system frees it after a crash too.
#[derive(Debug)]
pub struct Lock {
    /// None if there is no lock to hold.
    _file: Option<File>,
}

/// Where a lock may be, and how it is taken.
pub struct Locks<'a> {
    /// In the data folder.
    pub folder: &'a Path,
    /// On this machine, where the data folder is on a drive without locks; none if the session has no folder.
    pub local: Option<PathBuf>,
    /// Locks a file against others, and does not wait.
    pub try_lock: fn(&File) -> Result<(), TryLockError>,
}

/// Whether a lock file is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Missing {
    Made,
    Left,
}

impl Locks<'_> {
    /// Takes the lock; none if another copy has it.
    pub fn take(&self) -> io::Result<Option<Lock>> {
        match self.lock(&open(&self.folder.join(NAME), Missing::Made)?)? {
            Taken::Yes(lock) => Ok(Some(lock)),
            Taken::ByAnother => Ok(None),
            Taken::NoService => {
                tracing::warn!(folder = %self.folder.display(), "the drive of the data folder has no locks");
                let Some(local) = &self.local else { return Ok(Some(Lock { _file: None })) };
                let taken = open(local, Missing::Made).and_then(|file| self.lock(&file));
                match taken {
                    Ok(Taken::Yes(lock)) => Ok(Some(lock)),
                    Ok(Taken::ByAnother) => Ok(None),
                    Ok(Taken::NoService) | Err(_) => Ok(Some(Lock { _file: None })),
                }
            }
        }
    }

    /// Takes the lock if its file exists: a command that only reads creates nothing. None while the application runs, and
    /// where nobody can say whether it does.
    pub fn take_if_there(&self) -> io::Result<Option<Lock>> {
        let nobody = Ok(Some(Lock { _file: None }));
        let file = match open(&self.folder.join(NAME), Missing::Left) {
            Ok(file) => file,
            // The application never ran here, so there is nothing to keep apart.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return nobody,
            Err(error) => return Err(error),
        };
        match self.lock(&file)? {
            Taken::Yes(lock) => Ok(Some(lock)),
            Taken::ByAnother => Ok(None),
            Taken::NoService => match self.local.as_deref().map(|local| open(local, Missing::Left)) {
                None => Ok(None),
                Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => nobody,
                Some(Err(error)) => Err(error),
                Some(Ok(file)) => match self.lock(&file)? {
                    Taken::Yes(lock) => Ok(Some(lock)),
                    Taken::ByAnother | Taken::NoService => Ok(None),
                },
            },
        }
    }

    fn lock(&self, file: &File) -> io::Result<Taken> {
        match (self.try_lock)(file) {
            Ok(()) => Ok(Taken::Yes(Lock { _file: Some(file.try_clone()?) })),
            Err(TryLockError::WouldBlock) => Ok(Taken::ByAnother),
            Err(TryLockError::Error(error)) if has_no_service(&error) => Ok(Taken::NoService),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

enum Taken {
    Yes(Lock),
    ByAnother,
    NoService,
}

/// Opens a lock file, with the right to write: NFS gives an exclusive lock to no reader. Its content is left as it is,
/// and a link is not followed: it could lead to anything of this person's.
fn open(path: &Path, missing: Missing) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(missing == Missing::Made).truncate(false);
    without_links(&mut options);
    let file = match options.open(path) {
        // A command that only reads must work on a read-only drive.
        Err(error) if missing == Missing::Left && is_read_only(&error) => options.write(false).open(path),
        opened => opened,
    };
    let file = file.map_err(|error| if is_link(path) { no_lock_file() } else { error })?;
    let found = file.metadata()?;
    if !found.is_file() || found.is_symlink() {
        return Err(no_lock_file());
    }
    Ok(file)
}

fn is_read_only(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied)
}

fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_symlink())
}

fn no_lock_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "its file “lock” is a link or no file; delete it")
}

#[cfg(unix)]
fn without_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).mode(0o600);
}

/// A link is opened itself, and its look shows that it is one.
#[cfg(windows)]
fn without_links(options: &mut OpenOptions) {
    use std::os::windows::fs::OpenOptionsExt;
    options.custom_flags(windows_sys::Win32::Storage::FileSystem::FILE_FLAG_OPEN_REPARSE_POINT);
}

/// True where the drive cannot lock at all: NFS without its lock service (`ENOLCK`), drives that never could
/// (`EOPNOTSUPP`, `ENOSYS`), NFS that locks for writers only (`EBADF`).
fn has_no_service(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::Unsupported
        || error.raw_os_error().is_some_and(|code| NO_SERVICE.contains(&code))
}

#[cfg(unix)]
const NO_SERVICE: [i32; 4] = [libc::ENOLCK, libc::EOPNOTSUPP, libc::ENOSYS, libc::EBADF];

/// `ERROR_INVALID_FUNCTION` and `ERROR_NOT_SUPPORTED`.
#[cfg(windows)]
const NO_SERVICE: [i32; 2] = [1, 50];

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn locks<'a>(folder: &'a Path, local: Option<&Path>) -> Locks<'a> {
        Locks { folder, local: local.map(Path::to_path_buf), try_lock: File::try_lock }
    }

    #[cfg(unix)]
    #[test]
    fn a_drive_without_locks_is_no_reason_not_to_start() {
        for refuse in [
            (|_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::ENOLCK)))) as fn(&File) -> _,
            |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EOPNOTSUPP))),
            |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EBADF))),
            |_| Err(TryLockError::Error(io::ErrorKind::Unsupported.into())),
        ] {
            let dir = tempfile::tempdir().expect("a folder");
            let nowhere = Locks { try_lock: refuse, ..locks(dir.path(), None) };
            assert!(nowhere.take().expect("no reason").is_some());
            // Nobody can say whether the application runs: its authorization is left alone.
            assert!(nowhere.take_if_there().expect("no reason").is_none());
        }
        let dir = tempfile::tempdir().expect("a folder");
        let broken: fn(&File) -> _ = |_| Err(TryLockError::Error(io::Error::from_raw_os_error(libc::EIO)));
        assert!(
            Locks { try_lock: broken, ..locks(dir.path(), None) }.take().is_err(),
            "a drive that fails is one"
        );
    }

    /// As a home on NFS is: the folder has no locks, this machine has.
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
    fn without_locks_in_the_folder_this_machine_keeps_copies_apart() {
        let dir = tempfile::tempdir().expect("a folder");
        let local = dir.path().join("local");
        fs::write(&local, "local").expect("written");
        let locks = Locks { try_lock: only_local, ..locks(dir.path(), Some(&local)) };
        assert!(locks.take_if_there().expect("a look").is_some(), "nobody runs");
        let first = locks.take().expect("a lock").expect("free");
        assert!(locks.take().expect("a lock").is_none());
        assert!(locks.take_if_there().expect("a look").is_none());
        drop(first);
        assert!(locks.take().expect("a lock").is_some());
        assert!(locks.take_if_there().expect("a look").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_lock_is_not_followed_and_its_target_is_not_emptied() {
        let dir = tempfile::tempdir().expect("a folder");
        let target = dir.path().join("target");
        fs::write(&target, "mine").expect("written");
        std::os::unix::fs::symlink(&target, dir.path().join(NAME)).expect("a link");
        let locks = locks(dir.path(), None);
        for refused in [locks.take(), locks.take_if_there()] {
            assert_eq!(
                refused.expect_err("a link").to_string(),
                "its file “lock” is a link or no file; delete it"
            );
        }
        assert_eq!(fs::read_to_string(&target).expect("there"), "mine");
        // A link that leads nowhere makes nothing there.
        fs::remove_file(&target).expect("removed");
        assert!(locks.take().is_err() && !target.exists());
    }

    #[test]
    fn what_is_in_the_lock_file_stays_there() {
        let dir = tempfile::tempdir().expect("a folder");
        fs::write(dir.path().join(NAME), "of somebody").expect("written");
        let lock = locks(dir.path(), None).take().expect("a lock").expect("free");
        drop(lock);
        assert_eq!(fs::read_to_string(dir.path().join(NAME)).expect("there"), "of somebody");
    }
}
