//! Reports that the machine woke from sleep and that the network is connected again. It must not decide what follows: the
//! controller does, and also works without these reports, because its clock notices a sleep later. A system without such
//! a service is not an error.

#[cfg_attr(target_os = "linux", path = "wake/linux.rs")]
#[cfg_attr(target_os = "macos", path = "wake/macos.rs")]
#[cfg_attr(windows, path = "wake/windows.rs")]
mod platform;

pub use platform::watch;
