//! What the web view of each system needs before it starts, and whether it is there at all.

#[cfg_attr(target_os = "linux", path = "webview/linux.rs")]
#[cfg_attr(target_os = "macos", path = "webview/macos.rs")]
#[cfg_attr(windows, path = "webview/windows.rs")]
mod platform;

pub use platform::{drawn, forget, prepare, require};
