//! The dialog of GTK, which is in the process already. It needs no desktop portal; where the system wants one to be
//! used, GTK does so automatically.

use std::path::PathBuf;

use app::host::SaveAs;
use gtk::{FileChooserAction, FileChooserNative, ResponseType, glib::MainContext, prelude::*};
use tauri::{AppHandle, Manager};

use super::Answer;
use crate::windows::SETTINGS;

/// On the main thread.
pub(super) fn ask(app: &AppHandle, wanted: &SaveAs, folder: Option<PathBuf>, answer: Answer) {
    let window = app.get_webview_window(SETTINGS).and_then(|window| window.gtk_window().ok());
    let dialog =
        FileChooserNative::new(Some(&wanted.title), window.as_ref(), FileChooserAction::Save, None, None);
    // Unlike its dialogs elsewhere, GTK's leave the window behind them usable.
    dialog.set_modal(true);
    dialog.set_do_overwrite_confirmation(true);
    if let Some(folder) = folder {
        dialog.set_current_folder(folder);
    }
    dialog.set_current_name(&wanted.name);
    MainContext::default().spawn_local(async move {
        let response = dialog.run_future().await;
        let path = if response == ResponseType::Accept { dialog.filename() } else { None };
        dialog.destroy();
        // Whoever asked may be gone.
        drop(answer.send(path));
    });
}
