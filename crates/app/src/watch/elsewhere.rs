//! Watches folders on Windows and macOS, by the `notify` crate.

use std::path::{Path, PathBuf};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::FileChange;

/// Why a folder is not watched.
pub(crate) type SystemError = notify::Error;

/// Watches folders, not what is inside their folders.
pub(super) struct System {
    watcher: RecommendedWatcher,
    folders: Vec<PathBuf>,
}

impl System {
    /// Calls `report` on a thread of its own for each change, until this value is dropped.
    pub(super) fn start(report: impl Fn(FileChange) + Send + 'static) -> notify::Result<Self> {
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| match event {
            Ok(event) if event.need_rescan() => report(FileChange::Unknown),
            // Reading is no change.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) => report(FileChange::Of(event.paths)),
            Err(error) => {
                tracing::warn!(%error, "watching a folder failed; the settings may have changed unseen");
                report(FileChange::Unknown);
            }
        })?;
        Ok(Self { watcher, folders: Vec::new() })
    }

    pub(super) fn watch(&mut self, folder: &Path) -> notify::Result<()> {
        self.watcher.watch(folder, RecursiveMode::NonRecursive)?;
        self.folders.push(folder.to_path_buf());
        Ok(())
    }

    /// A folder that is gone is not watched any more; that is no error.
    pub(super) fn unwatch_all(&mut self) {
        for folder in self.folders.drain(..) {
            drop(self.watcher.unwatch(&folder));
        }
    }
}
