//! Closes a window with a built-in page when WebKitGTK reports that its process died.

use tauri::WebviewWindow;
use webkit2gtk::WebViewExt;

/// Closes the window when its process dies: it would stay blank, but a new window works.
pub fn close_when_dead(window: &WebviewWindow) -> tauri::Result<()> {
    let dead = window.clone();
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, reason| {
            tracing::warn!("the process of the window {} ended: {reason:?}", dead.label());
            if let Err(error) = dead.destroy() {
                tracing::warn!("the window could not be closed: {error}");
            }
        });
    })
}

/// Nothing to do: the desktop draws the frame.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn set_frame_theme(_: &WebviewWindow, _is_dark: bool) -> tauri::Result<()> {
    Ok(())
}
