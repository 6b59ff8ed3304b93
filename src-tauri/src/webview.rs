//! Prepares the process for the system's web view, and checks that it exists. It opens no window.

#[cfg_attr(target_os = "linux", path = "webview/linux.rs")]
#[cfg_attr(target_os = "macos", path = "webview/macos.rs")]
#[cfg_attr(windows, path = "webview/windows.rs")]
mod platform;

pub use platform::{clean_environment, current_drawing, prepare, require};
