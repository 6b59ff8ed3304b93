//! WebKit reloads a page automatically when its process has died.

use tauri::WebviewWindow;

/// Nothing to do.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn close_when_dead(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// The system draws the frame.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn darken_frame(_: &WebviewWindow, _dark: bool) -> tauri::Result<()> {
    Ok(())
}
