//! The data folder: where it is, who may read it, and that only one copy uses it. What stands in its files
//! is none of this module's business.

use std::{
    fs::{self, File, TryLockError},
    hash::{DefaultHasher, Hash, Hasher},
    io,
    path::{Path, PathBuf},
};

use crate::start_error::StartError;

/// Tauri's identifier of the application, and the service name in the keyring.
pub const IDENTIFIER: &str = "com.connectpath.teams";

/// One folder for settings, provenance, timeline and the web views' profiles.
#[derive(Debug, Clone)]
pub struct Folder {
    path: PathBuf,
    standard: bool,
}

/// Held as long as the process lives; the system frees it after a crash too.
#[derive(Debug)]
pub struct Lock {
    /// None where there was no lock file to hold.
    _file: Option<File>,
}

impl Folder {
    /// The folder named on the command line, else the standard one.
    pub fn choose(named: Option<PathBuf>) -> Result<Self, StartError> {
        match named {
            Some(path) => Self::named(path),
            None => Ok(Self { path: standard()?, standard: true }),
        }
    }

    /// The demo's folder, apart from the real one.
    pub fn choose_for_demo(named: Option<PathBuf>) -> Result<Self, StartError> {
        Self::named(match named {
            Some(path) => path,
            None => standard()?.join("demo"),
        })
    }

    fn named(path: PathBuf) -> Result<Self, StartError> {
        match std::path::absolute(&path) {
            Ok(path) => Ok(Self { path, standard: false }),
            Err(cause) => Err(StartError::Folder { folder: path, cause }),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// True for the folder of the person's own set-up.
    pub fn is_standard(&self) -> bool {
        self.standard
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.path.join(settings::FILE)
    }

    /// The name under which copies with this folder find each other on the session bus.
    pub fn bus_name(&self) -> String {
        if self.standard {
            return IDENTIFIER.to_owned();
        }
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("{IDENTIFIER}.At{:016x}", hasher.finish())
    }

    /// Makes the folder, if need be, and locks it.
    pub fn lock(&self) -> Result<Lock, StartError> {
        let failed = |cause| StartError::Folder { folder: self.path.clone(), cause };
        make_private(&self.path).map_err(failed)?;
        let file = File::create(self.path.join("lock")).map_err(failed)?;
        self.try_lock(file)?.ok_or_else(|| StartError::AlreadyRunning(self.path.clone()))
    }

    /// Locks the folder against a start of the application, without making it. None while the application runs.
    pub fn lock_if_there(&self) -> Result<Option<Lock>, StartError> {
        match File::open(self.path.join("lock")) {
            Ok(file) => self.try_lock(file),
            // The application never ran here, so there is nothing to keep apart.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Some(Lock { _file: None })),
            Err(cause) => Err(StartError::Folder { folder: self.path.clone(), cause }),
        }
    }

    fn try_lock(&self, file: File) -> Result<Option<Lock>, StartError> {
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: Some(file) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => Err(StartError::Folder { folder: self.path.clone(), cause }),
        }
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
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    if !path.is_dir() {
        return fs::DirBuilder::new().recursive(true).mode(0o700).create(path);
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

/// Folders in a person's profile are private by inheritance.
#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// Needed before Tauri, whose own path resolver comes with the built application.
fn standard() -> Result<PathBuf, StartError> {
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().filter(|path| path.is_absolute()).ok_or(StartError::NoHome);
    if cfg!(windows) {
        // Not the roaming one: the web views' profiles must not lie on a network drive, and tokens stay on this machine.
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
        assert!(folder.lock_if_there().expect("a folder").is_none());
        drop(first);
        folder.lock().expect("free again");
    }

    #[test]
    fn a_folder_is_not_made_to_be_looked_at() {
        let dir = tempfile::tempdir().expect("a folder");
        let folder = Folder::choose(Some(dir.path().join("new"))).expect("a folder");
        assert!(folder.lock_if_there().expect("nothing is there").is_some());
        assert!(!folder.path().exists());
        folder.lock().expect("free");
        assert!(folder.lock_if_there().expect("a lock file").is_some());
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
