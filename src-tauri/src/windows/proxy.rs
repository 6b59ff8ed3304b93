//! Lets the page of a window go by the proxy of this application, as our own requests do: the same address, the same list of
//! what goes past it, the same login.
//!
//! Each web view has a way of its own. The password goes to the web view's login at the proxy, and into no page.

#[cfg_attr(target_os = "linux", path = "proxy/linux.rs")]
#[cfg_attr(target_os = "macos", path = "proxy/macos.rs")]
#[cfg_attr(windows, path = "proxy/windows.rs")]
mod system;

pub use self::system::{first_page, follow, prepare};
