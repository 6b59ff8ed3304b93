//! What is Linux' own of a window with a built-in page: the death of its process, as WebKitGTK reports it.

use tauri::WebviewWindow;
use webkit2gtk::WebViewExt;

/// A window whose process died stays blank; a new one works.
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

/// The desktop draws the frame.
#[expect(clippy::unnecessary_wraps, reason = "the same signature on every system")]
pub fn darken_frame(_: &WebviewWindow, _dark: bool) -> tauri::Result<()> {
    Ok(())
}
