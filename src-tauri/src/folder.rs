//! The data folder: finds it, keeps it private, and locks it so that only one copy uses it. It must not read or write
//! the files in it.

mod lock;

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

pub use self::lock::Lock;
use self::lock::Locks;
use crate::start_error::StartError;

/// Tauri's identifier of the application, and the service name in the keyring.
pub const IDENTIFIER: &str = "com.connectpath.teams";

/// The folder of the settings, the provenance, the timeline and the web views' profiles.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    is_standard: bool,
}

impl Folder {
    /// The folder named on the command line, else the standard one.
    pub fn choose(named: Option<PathBuf>) -> Result<Self, StartError> {
        match named {
            Some(path) => Self::named(path),
            None => Ok(Self { path: standard_path()?, is_standard: true }),
        }
    }

    /// The demo's folder, apart from the real one.
    pub fn choose_for_demo(named: Option<PathBuf>) -> Result<Self, StartError> {
        Self::named(match named {
            Some(path) => path,
            None => standard_path()?.join("demo"),
        })
    }

    fn named(path: PathBuf) -> Result<Self, StartError> {
        match std::path::absolute(&path) {
            Ok(path) => Ok(Self { path, is_standard: false }),
            Err(cause) => Err(StartError::Folder { folder: path, cause }),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it is the folder of the person's own set-up, neither chosen nor the demo's.
    pub fn is_standard(&self) -> bool {
        self.is_standard
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.path.join(settings::FILE)
    }

    /// The name under which copies with this folder find each other on the session bus.
    pub fn bus_name(&self) -> String {
        if self.is_standard {
            return IDENTIFIER.to_owned();
        }
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("{IDENTIFIER}.At{:016x}", hasher.finish())
    }

    /// Creates the folder if it is missing, and locks it. Only this person may open our own folder; a folder that was
    /// chosen keeps its rights.
    pub fn lock(&self) -> Result<Lock, StartError> {
        let failed = |cause| StartError::Folder { folder: self.path.clone(), cause };
        if self.is_standard || !self.path.is_dir() {
            make_private(&self.path).map_err(failed)?;
        } else if settings::atomic::is_open_to_others(&self.path) {
            tracing::warn!(folder = %self.path.display(), "other people of this computer can open the data folder");
        }
        self.locks().take().map_err(failed)?.ok_or_else(|| StartError::AlreadyRunning(self.path.clone()))
    }

    /// Locks the folder against a start of the application, without creating it. None while the application runs.
    pub fn lock_existing(&self) -> Result<Option<Lock>, StartError> {
        self.locks().take_existing().map_err(|cause| StartError::Folder { folder: self.path.clone(), cause })
    }

    fn locks(&self) -> Locks<'_> {
        // The folder of the login session: private, and deleted with the session (XDG Base Directory).
        let session =
            std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute());
        let local = session.map(|session| session.join(format!("{}.lock", self.bus_name())));
        Locks { folder: &self.path, local, try_lock: File::try_lock }
    }

    /// The profile of a web view, readable by this person only: WebKit keeps cookies in plain text.
    pub fn profile(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path.join("webview").join(name);
        make_private(&path)?;
        Ok(path)
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if !path.is_dir() {
        return fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    }
    // The rights of a link's target are left to the person who made the link.
    if path.symlink_metadata()?.is_symlink() {
        return Ok(());
    }
    remove_rights_of_others(path, |rights| fs::set_permissions(path, rights))
}

/// Removes the rights of other people, if they have any. A network drive may not support rights. The application starts
/// all the same; the log and doctor report that others can open the folder.
#[cfg(unix)]
fn remove_rights_of_others(
    path: &Path,
    set: impl FnOnce(fs::Permissions) -> io::Result<()>,
) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    if !settings::atomic::is_open_to_others(path) {
        return Ok(());
    }
    match set(fs::Permissions::from_mode(0o700)) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported) =>
        {
            tracing::warn!(folder = %path.display(), %error, "others can open this folder");
            Ok(())
        }
        set => set,
    }
}

/// Folders in a person's profile are private by inheritance.
#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Does not use Tauri's path resolver, because that exists only once the application is built.
fn standard_path() -> Result<PathBuf, StartError> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().filter(|path| path.is_absolute()).ok_or(StartError::NoHome);
    if cfg!(windows) {
        // Not the roaming folder: the web views' profiles must not be on a network drive, and tokens stay on this
        // machine.
        variable("LOCALAPPDATA").map(|path| path.join("ConnectPath Teams")).ok_or(StartError::NoHome)
    } else if cfg!(target_os = "macos") {
        Ok(home()?.join("Library/Application Support").join(IDENTIFIER))
    } else {
        let config = match variable("XDG_CONFIG_HOME") {
            Some(path) => path,
            None => home()?.join(".config"),
        };
        Ok(config.join("connectpath-teams"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_copy_is_refused_until_the_first_has_ended() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::choose(Some(dir.path().join("new"))).expect("a folder");
        let first = folder.lock().expect("free");
        assert!(matches!(folder.lock(), Err(StartError::AlreadyRunning(_))));
        assert!(folder.lock_existing().expect("a folder").is_none());
        drop(first);
        folder.lock().expect("free again");
    }

    #[test]
    fn a_folder_is_not_created_by_locking_an_existing_one() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::choose(Some(dir.path().join("new"))).expect("a folder");
        assert!(folder.lock_existing().expect("nothing is there").is_some());
        assert!(!folder.path().exists());
        folder.lock().expect("free");
        assert!(folder.lock_existing().expect("a lock file").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_chosen_folder_keeps_its_rights_and_a_new_one_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o7777;
        for rights in [0o755, 0o2770, 0o700] {
            fs::set_permissions(dir.path(), fs::Permissions::from_mode(rights)).expect("changed");
            let folder = Folder::choose(Some(dir.path().to_path_buf())).expect("a folder");
            let lock = folder.lock().expect("free");
            assert_eq!(mode(dir.path()), rights);
            assert_eq!(
                mode(&folder.profile("connect").expect("a profile")),
                0o700,
                "cookies are for nobody else"
            );
            drop(lock);
        }
        let folder = Folder::choose(Some(dir.path().join("new"))).expect("a folder");
        folder.lock().expect("free");
        assert_eq!((mode(folder.path()), mode(&folder.path().join("lock"))), (0o700, 0o600));
    }

    #[cfg(unix)]
    #[test]
    fn a_drive_without_rights_does_not_prevent_the_start() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let refuse = |kind: io::ErrorKind| remove_rights_of_others(dir.path(), |_| Err(kind.into()));
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o700)).expect("closed");
        assert!(refuse(io::ErrorKind::StorageFull).is_ok(), "it is private already");
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o777)).expect("opened");
        assert!(
            refuse(io::ErrorKind::PermissionDenied).is_ok() && refuse(io::ErrorKind::Unsupported).is_ok()
        );
        assert!(refuse(io::ErrorKind::StorageFull).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_profile_is_private_even_if_it_was_open_before() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::choose(Some(dir.path().to_path_buf())).expect("a folder");
        let profile = folder.profile("connect").expect("a profile");
        fs::set_permissions(&profile, fs::Permissions::from_mode(0o755)).expect("opened");
        let profile = folder.profile("connect").expect("a profile");
        let mode = fs::metadata(profile).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn copies_with_different_folders_do_not_find_each_other() {
        let name = |path: &str| Folder::choose(Some(PathBuf::from(path))).expect("a folder").bus_name();
        assert_ne!(name("/a"), name("/b"));
        assert_eq!(name("/a"), name("/a"));
        assert_ne!(name("/a"), IDENTIFIER);
    }
}
