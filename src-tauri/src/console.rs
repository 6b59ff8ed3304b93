//! Where sentences for the person go that no window of ours can show: the console, or a message box where there is none.

#[cfg_attr(windows, path = "console/windows.rs")]
#[cfg_attr(not(windows), path = "console/elsewhere.rs")]
mod platform;

pub use platform::{attach, tell};
