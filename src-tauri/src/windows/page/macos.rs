//! Nothing to do on macOS: WebKit reloads a page automatically when its process has died.

use tauri::WebviewWindow;

/// Nothing to do.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn close_when_dead(_: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// Nothing to do: the system draws the frame.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn set_frame_theme(_: &WebviewWindow, _is_dark: bool) -> tauri::Result<()> {
    Ok(())
}
