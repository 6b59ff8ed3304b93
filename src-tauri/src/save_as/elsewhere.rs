//! Opens the dialog of Windows and macOS.

use std::path::PathBuf;

use app::host::SaveAs;
use rfd::AsyncFileDialog;
use tauri::{AppHandle, Manager};

use super::Answer;
use crate::windows::SETTINGS;

/// Opens the dialog. Must be called on the main thread, which macOS requires.
pub(super) fn ask(app: &AppHandle, wanted: &SaveAs, folder: Option<PathBuf>, answer: Answer) {
    let mut dialog = AsyncFileDialog::new().set_title(&wanted.title).set_file_name(&wanted.name);
    if let Some(window) = app.get_webview_window(SETTINGS) {
        dialog = dialog.set_parent(&window);
    }
    if let Some(folder) = folder {
        dialog = dialog.set_directory(folder);
    }
    let chosen = dialog.save_file();
    tauri::async_runtime::spawn(async move {
        let path = chosen.await.map(|file| file.path().to_path_buf());
        // The receiver may be gone.
        drop(answer.send(path));
    });
}
