//! Opens the dialog of GTK, which is loaded in any case. It needs no desktop portal; if the system requires a portal, GTK
//! uses it automatically.

use std::path::PathBuf;

use app::host::SaveAs;
use gtk::{FileChooserAction, FileChooserNative, ResponseType, glib::MainContext, prelude::*};
use tauri::{AppHandle, Manager};

use super::Answer;
use crate::windows::SETTINGS;

/// Opens the dialog. Must be called on the main thread.
pub(super) fn ask(app: &AppHandle, wanted: &SaveAs, folder: Option<PathBuf>, answer: Answer) {
    let window = app.get_webview_window(SETTINGS).and_then(|window| window.gtk_window().ok());
    let dialog =
        FileChooserNative::new(Some(&wanted.title), window.as_ref(), FileChooserAction::Save, None, None);
    // By default GTK leaves the window behind the dialog usable.
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
        // The receiver may be gone.
        drop(answer.send(path));
    });
}
