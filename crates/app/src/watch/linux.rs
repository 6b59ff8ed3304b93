//! Watches folders on Linux, by inotify(7). Asks for changes only: in a folder like `/etc` other programs open files
//! many times a second, and each event that is asked for wakes the process.

use std::{
    collections::HashMap,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use inotify::{Event, EventMask, Inotify, WatchDescriptor, WatchMask, Watches};

use super::FileChange;

/// Room for some events; the rest waits in the kernel.
const BUFFER: usize = 4096;

/// The event `CLOSE_WRITE` says that a file that was written is complete.
fn changes() -> WatchMask {
    WatchMask::CREATE
        | WatchMask::MOVED_TO
        | WatchMask::MOVED_FROM
        | WatchMask::DELETE
        | WatchMask::CLOSE_WRITE
        | WatchMask::ATTRIB
        | WatchMask::DELETE_SELF
        | WatchMask::MOVE_SELF
        | WatchMask::ONLYDIR
}

/// Why a folder is not watched.
pub(crate) type SystemError = io::Error;

type Folders = Arc<Mutex<HashMap<WatchDescriptor, PathBuf>>>;

/// Watches folders, not what is inside their folders.
pub(super) struct System {
    watches: Watches,
    folders: Folders,
}

impl System {
    /// Calls `report` on a thread of its own for each change, until the process ends.
    pub(super) fn start(report: impl Fn(FileChange) + Send + 'static) -> io::Result<Self> {
        let inotify = Inotify::init()?;
        let (watches, folders) = (inotify.watches(), Folders::default());
        let known = Arc::clone(&folders);
        thread::Builder::new().name("inotify".to_owned()).spawn(move || read(inotify, &known, &report))?;
        Ok(Self { watches, folders })
    }

    pub(super) fn watch(&mut self, folder: &Path) -> io::Result<()> {
        // The lock is held until the folder is known: its first event may come at once.
        let mut folders = lock(&self.folders);
        let descriptor = self.watches.add(folder, changes())?;
        folders.insert(descriptor, folder.to_path_buf());
        Ok(())
    }

    /// A folder that is gone is not watched any more; that is no error.
    pub(super) fn unwatch_all(&mut self) {
        for (descriptor, _) in lock(&self.folders).drain() {
            drop(self.watches.remove(descriptor));
        }
    }
}

fn lock(folders: &Folders) -> MutexGuard<'_, HashMap<WatchDescriptor, PathBuf>> {
    folders.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(mut inotify: Inotify, folders: &Folders, report: &impl Fn(FileChange)) {
    let mut buffer = [0; BUFFER];
    loop {
        match inotify.read_events_blocking(&mut buffer) {
            Ok(events) => events.filter_map(|event| change(&event, folders)).for_each(report),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                tracing::warn!(%error, "a folder cannot be watched; changes are used at the next start");
                return;
            }
        }
    }
}

fn change<S: AsRef<std::ffi::OsStr>>(event: &Event<S>, folders: &Folders) -> Option<FileChange> {
    if event.mask.contains(EventMask::Q_OVERFLOW) {
        return Some(FileChange::Unknown);
    }
    // The kernel's answer to the end of a watch.
    if event.mask.contains(EventMask::IGNORED) {
        return None;
    }
    let folder = lock(folders).get(&event.wd)?.clone();
    Some(FileChange::Of(vec![event.name.as_ref().map_or(folder.clone(), |name| folder.join(name.as_ref()))]))
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        sync::mpsc::{self, Receiver},
        time::Duration,
    };

    use super::*;

    fn start(folder: &Path) -> (System, Receiver<FileChange>) {
        let (sender, changes) = mpsc::channel();
        let mut system = System::start(move |change| drop(sender.send(change))).unwrap();
        system.watch(folder).unwrap();
        (system, changes)
    }

    #[test]
    fn files_that_others_open_and_read_wake_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hostname");
        fs::write(&file, "one").unwrap();
        let (_system, changes) = start(folder.path());
        for _ in 0..100 {
            fs::read(&file).unwrap();
            fs::read_dir(folder.path()).unwrap();
        }
        // Events come in order, so the first one says that there was none before.
        fs::write(&file, "two").unwrap();
        let change = changes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(change, FileChange::Of(vec![file]));
    }

    #[test]
    fn a_folder_that_is_not_watched_any_more_reports_nothing() {
        let (former, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let (mut system, changes) = start(former.path());
        system.unwatch_all();
        system.watch(folder.path()).unwrap();
        fs::write(former.path().join("settings.toml"), "one").unwrap();
        let file = folder.path().join("settings.toml");
        fs::write(&file, "one").unwrap();
        let change = changes.recv_timeout(Duration::from_secs(10)).unwrap();
        assert_eq!(change, FileChange::Of(vec![file]));
    }
}
