//! Shows messages that no window of the application can show: on the console, or in a message box if there is none.

#[cfg_attr(windows, path = "console/windows.rs")]
#[cfg_attr(not(windows), path = "console/elsewhere.rs")]
mod platform;

pub use platform::{attach, show_message};
