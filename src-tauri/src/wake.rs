//! Hears from the system that the machine woke from sleep and that the network is connected again, and reports both.
//! What follows is decided by the controller, which also works without it: its clock notices a sleep, only later. A
//! system that has no such service is no error.

#[cfg_attr(target_os = "linux", path = "wake/linux.rs")]
#[cfg_attr(target_os = "macos", path = "wake/macos.rs")]
#[cfg_attr(windows, path = "wake/windows.rs")]
mod platform;

pub use platform::watch;
