//! Shows a message before there is a window of the application: on the console, or in a message box without a console.
//! It must not be used for the log.

#[cfg_attr(windows, path = "console/windows.rs")]
#[cfg_attr(not(windows), path = "console/elsewhere.rs")]
mod platform;

pub use platform::{attach, show_message};
