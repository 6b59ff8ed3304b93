//! Starts the program with the system if the settings say so. It must not be used for a demo, and must not switch on
//! again what the person switched off in the desktop.

#[cfg_attr(target_os = "linux", path = "autostart/linux.rs")]
#[cfg_attr(target_os = "macos", path = "autostart/macos.rs")]
#[cfg_attr(windows, path = "autostart/windows.rs")]
mod entry;

#[cfg(target_os = "macos")]
pub use entry::plugin;
use tauri::AppHandle;

/// The name of the autostart entry.
const NAME: &str = "connectpath-teams";

/// The argument with which the system starts the program.
const ARGUMENT: &str = "--hidden";

/// Creates, updates or removes the entry. A failure is only logged: the program can run without the entry.
pub fn apply(app: &AppHandle, is_wanted: bool) {
    if let Err(error) = entry::apply(app, is_wanted) {
        tracing::warn!("starting with the system could not be changed: {error}");
    }
}
