//! What WebKitGTK, GTK and the memory allocator need before they start. Does nothing on other systems.

#[cfg_attr(target_os = "linux", path = "webkit/linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "webkit/elsewhere.rs")]
mod platform;

pub use platform::{forget, prepare, require_display};
