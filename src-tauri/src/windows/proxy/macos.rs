//! Sets no proxy: WebKit has one for a window only since macOS 14, and without a bypass list. Windows use the system's
//! proxy here, as docs/settings.md says.

use net::Proxy;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// The page with which a window starts: its own.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn first_page(page: WebviewUrl, _: Option<&Proxy>) -> tauri::Result<WebviewUrl> {
    Ok(page)
}

/// Nothing to set.
pub fn prepare<'a>(
    builder: WebviewWindowBuilder<'a, Wry, AppHandle>,
    _: Option<&Proxy>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    builder
}

/// Nothing to set.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn apply(_: &WebviewWindow, _: Option<&Proxy>, _: &Url) -> tauri::Result<()> {
    Ok(())
}
