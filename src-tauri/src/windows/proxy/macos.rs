//! WebKit takes a proxy for a window from macOS 14 on only, and then without a list of what goes past it. Windows follow the
//! system's proxy here, as docs/settings.md says.

use net::Proxy;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Wry};

/// The page itself.
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
pub fn follow(_: &WebviewWindow, _: Option<&Proxy>, _: &Url) -> tauri::Result<()> {
    Ok(())
}
