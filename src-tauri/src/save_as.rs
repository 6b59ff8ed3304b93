//! Asks the person where to save a file, in the system's own dialog over the settings window. It must not write the file:
//! the caller does.

#[cfg_attr(target_os = "linux", path = "save_as/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "save_as/elsewhere.rs")]
mod system;

use std::path::PathBuf;

use app::host::SaveAs;
use tauri::{AppHandle, Manager};
use tokio::sync::oneshot;

/// Sends the chosen file, or none if the person cancelled. It is dropped if there is no dialog.
type Answer = oneshot::Sender<Option<PathBuf>>;

/// Opens the dialog and returns at once.
pub fn ask(app: &AppHandle, wanted: SaveAs) -> oneshot::Receiver<Option<PathBuf>> {
    let (answer, receiver) = oneshot::channel();
    let handle = app.clone();
    if let Err(error) = app.run_on_main_thread(move || {
        let folder = start_folder(&handle);
        system::ask(&handle, &wanted, folder, answer);
    }) {
        tracing::warn!("the dialog for a file could not be opened: {error}");
    }
    receiver
}

/// The folder that the dialog shows first. Not every system has a folder for downloads.
fn start_folder(app: &AppHandle) -> Option<PathBuf> {
    let path = app.path();
    let folders = [path.download_dir(), path.document_dir(), path.home_dir()];
    folders.into_iter().filter_map(Result::ok).find(|folder| folder.is_dir())
}
