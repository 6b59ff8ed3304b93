//! What WebKitGTK and GTK need before they start. Does nothing on other systems.

use crate::start_error::StartError;

#[cfg(target_os = "linux")]
const DMABUF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";

/// Must be called before any thread is started.
///
/// WebKitGTK shows a blank window with NVIDIA's driver unless its DMABUF renderer is off. Somebody who set
/// the variable decides for themselves.
#[cfg(target_os = "linux")]
pub fn prepare() {
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || std::env::var_os(DMABUF).is_some() {
        return;
    }
    #[expect(unsafe_code, reason = "WebKit reads the environment; there is no other switch")]
    // SAFETY: the first call of `main`, when this thread is the only one.
    unsafe {
        std::env::set_var(DMABUF, "1");
    }
}

/// Nothing to prepare.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}

/// GTK panics without a display; this says it in a sentence instead.
#[cfg(target_os = "linux")]
pub fn require_display() -> Result<(), StartError> {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if set("WAYLAND_DISPLAY") || set("DISPLAY") { Ok(()) } else { Err(StartError::NoDisplay) }
}

/// There always is a display.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn require_display() -> Result<(), StartError> {
    Ok(())
}
