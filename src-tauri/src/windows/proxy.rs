//! Lets the page of a window use the proxy of this application, as our own requests do: with the same address, bypass
//! list and login. Each web view does this in its own way. The password must go only to the proxy, and into no page.

#[cfg_attr(target_os = "linux", path = "proxy/linux.rs")]
#[cfg_attr(target_os = "macos", path = "proxy/macos.rs")]
#[cfg_attr(windows, path = "proxy/windows.rs")]
mod system;

pub use self::system::{apply, first_page, prepare};
