//! Starts with the system, or not, as the settings say. Only for the person's own set-up, never for a demo. What the
//! person switched off in the desktop stays off.

#[cfg_attr(target_os = "linux", path = "autostart/linux.rs")]
#[cfg_attr(target_os = "macos", path = "autostart/macos.rs")]
#[cfg_attr(windows, path = "autostart/windows.rs")]
mod entry;

#[cfg(target_os = "macos")]
pub use entry::plugin;
use tauri::AppHandle;

/// The name of the entry.
const NAME: &str = "connectpath-teams";

/// What the system starts the program with.
const ARGUMENT: &str = "--hidden";

/// Makes the entry as wanted; a failure is logged, because the program runs all the same.
pub fn apply(app: &AppHandle, wanted: bool) {
    if let Err(error) = entry::apply(app, wanted) {
        tracing::warn!("starting with the system could not be changed: {error}");
    }
}
