//! Notices that a settings file or the policy has changed on disk.
//!
//! Folders are watched, not files: programs that save put a new file in the place of the old one. If a folder
//! is missing, the nearest one above it is watched until it comes. Nothing is read here; what a change means is
//! decided by the controller.

#[cfg_attr(target_os = "linux", path = "watch/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "watch/elsewhere.rs")]
mod system;

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use thiserror::Error;

use self::system::{System, SystemError};
use crate::{Request, Requests};

/// A change is reported once nothing has changed for this long: editors write more than once.
const QUIET: Duration = Duration::from_millis(200);

/// But not later than this after the first change.
const LATEST: Duration = Duration::from_secs(2);

/// Why files cannot be watched. Changes are then used at the next start.
#[derive(Debug, Error)]
pub enum WatchError {
    /// The system does not watch files for us.
    #[error("files cannot be watched: {0}")]
    Watcher(#[source] SystemError),
    /// The thread cannot be started.
    #[error("no thread can be started: {0}")]
    Thread(#[source] io::Error),
}

/// Watches until the process ends, and sends [`Request::SettingsChanged`] after each change of one of `files`,
/// whether it exists or not.
///
/// # Errors
/// When the system does not watch files, or the thread cannot be started.
pub fn watch(files: Vec<PathBuf>, requests: Requests) -> Result<(), WatchError> {
    begin(files, requests, QUIET)
}

fn begin(files: Vec<PathBuf>, requests: Requests, quiet: Duration) -> Result<(), WatchError> {
    let (sender, changes) = mpsc::channel();
    let system = System::start(move |change| {
        if sender.send(change).is_err() {
            tracing::debug!("a file changed after the end");
        }
    })
    .map_err(WatchError::Watcher)?;
    let mut watched = Watched { files, paths: Vec::new(), folders: Vec::new(), quiet, system };
    watched.arm();
    let thread = thread::Builder::new().name("settings".to_owned());
    thread.spawn(move || watched.run(&changes, &requests)).map_err(WatchError::Thread)?;
    Ok(())
}

/// What the system reports.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FileChange {
    /// These have changed, come or gone.
    Of(Vec<PathBuf>),
    /// Something has changed; it is not known what.
    Unknown,
}

struct Watched {
    files: Vec<PathBuf>,
    /// The files, and where they lead if they are links.
    paths: Vec<PathBuf>,
    folders: Vec<PathBuf>,
    quiet: Duration,
    system: System,
}

impl Watched {
    fn run(mut self, changes: &Receiver<FileChange>, requests: &Requests) {
        while let Ok(change) = changes.recv() {
            if !self.concerns_us(&change) {
                continue;
            }
            self.settle(changes);
            // First the folders, then the files: what changes in between is reported by the next change.
            self.arm();
            requests.send(Request::SettingsChanged);
        }
    }

    /// Waits until it is quiet.
    fn settle(&self, changes: &Receiver<FileChange>) {
        let latest = Instant::now() + LATEST;
        let mut until = Instant::now() + self.quiet;
        loop {
            let wait = until.min(latest).saturating_duration_since(Instant::now());
            match changes.recv_timeout(wait) {
                Ok(change) if self.concerns_us(&change) => until = Instant::now() + self.quiet,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn concerns_us(&self, change: &FileChange) -> bool {
        match change {
            FileChange::Unknown => true,
            // The file, or a folder above it.
            FileChange::Of(changed) => {
                changed.iter().any(|changed| self.paths.iter().any(|path| path.starts_with(changed)))
            }
        }
    }

    /// Watches the folders again: one that was removed and made again is another one.
    fn arm(&mut self) {
        self.system.unwatch_all();
        self.folders.clear();
        let links = self.files.iter().filter_map(|file| fs::canonicalize(file).ok());
        self.paths = self.files.iter().cloned().chain(links).collect();
        for path in self.paths.clone() {
            self.arm_for(&path);
        }
    }

    fn arm_for(&mut self, path: &Path) {
        while let Some(folder) = nearest_folder(path) {
            if self.folders.iter().any(|watched| watched == folder) {
                return;
            }
            match self.system.watch(folder) {
                // Looks again: a nearer one may have come meanwhile.
                Ok(()) => self.folders.push(folder.to_path_buf()),
                Err(_) if nearest_folder(path) != Some(folder) => {}
                Err(error) => {
                    tracing::warn!(%error, "a folder cannot be watched; changes are used at the next start");
                    return;
                }
            }
        }
    }
}

/// The nearest folder above `path` that exists.
fn nearest_folder(path: &Path) -> Option<&Path> {
    path.ancestors().skip(1).find(|folder| folder.is_dir())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Inbox;

    /// Longer than it takes to report a change.
    const PATIENCE: Duration = Duration::from_secs(10);
    /// How long it has to be quiet in most of these tests.
    const SHORT: Duration = Duration::from_millis(40);

    fn begin(file: &Path, quiet: Duration) -> Inbox {
        let (requests, inbox) = crate::channel();
        super::begin(vec![file.to_path_buf()], requests, quiet).unwrap();
        inbox
    }

    fn reported(inbox: &mut Inbox, within: Duration) -> bool {
        let until = Instant::now() + within;
        while Instant::now() < until {
            if inbox.try_recv().is_some() {
                return true;
            }
            thread::sleep(Duration::from_millis(10));
        }
        false
    }

    /// A busy computer may report the steps of one change as two.
    fn reported_and_quiet_again(inbox: &mut Inbox) {
        assert!(reported(inbox, PATIENCE), "not reported");
        while reported(inbox, SHORT * 3) {}
    }

    #[test]
    fn a_file_that_is_replaced_again_and_again_is_reported_each_time() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        fs::write(&file, "one").unwrap();
        let mut inbox = begin(&file, SHORT);
        for text in ["two", "three", "four"] {
            settings::atomic::write(&file, text.as_bytes()).unwrap();
            reported_and_quiet_again(&mut inbox);
        }
        fs::remove_file(&file).unwrap();
        reported_and_quiet_again(&mut inbox);
        fs::write(&file, "five").unwrap();
        reported_and_quiet_again(&mut inbox);
    }

    /// Watches this file, and receives changes from the test only.
    fn by_hand(file: &Path) -> Watched {
        let system = System::start(|_| {}).unwrap();
        let files = vec![file.to_path_buf()];
        Watched { paths: files.clone(), files, folders: Vec::new(), quiet: SHORT, system }
    }

    #[test]
    fn several_changes_in_a_row_are_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let (sender, changes) = mpsc::channel();
        for _ in 0..3 {
            sender.send(FileChange::Of(vec![file.clone()])).unwrap();
        }
        drop(sender);
        let (requests, mut inbox) = crate::channel();
        by_hand(&file).run(&changes, &requests);
        assert!(matches!(inbox.try_recv(), Some(Request::SettingsChanged)));
        assert!(inbox.try_recv().is_none(), "reported twice");
    }

    #[test]
    fn folders_may_come_later_and_go_and_come_again() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("not/yet");
        let file = folder.join("policy.toml");
        let mut inbox = begin(&file, SHORT);
        for _ in 0..2 {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, "one").unwrap();
            reported_and_quiet_again(&mut inbox);
            fs::write(&file, "two").unwrap();
            reported_and_quiet_again(&mut inbox);
            fs::remove_dir_all(outer.path().join("not")).unwrap();
            reported_and_quiet_again(&mut inbox);
        }
    }

    #[test]
    fn other_files_of_the_folder_are_not_reported() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let (sender, changes) = mpsc::channel();
        sender.send(FileChange::Of(vec![folder.path().join("settings.last-good.toml")])).unwrap();
        drop(sender);
        let (requests, mut inbox) = crate::channel();
        by_hand(&file).run(&changes, &requests);
        assert!(inbox.try_recv().is_none());
    }

    #[cfg(unix)]
    #[test]
    fn rights_and_the_target_of_a_link_count_as_well() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (file, kept) = (folder.path().join("settings.toml"), elsewhere.path().join("mine.toml"));
        fs::write(&kept, "one").unwrap();
        symlink(&kept, &file).unwrap();
        let mut inbox = begin(&file, SHORT);
        fs::write(&kept, "two").unwrap();
        reported_and_quiet_again(&mut inbox);
        fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).unwrap();
        reported_and_quiet_again(&mut inbox);
    }
}
