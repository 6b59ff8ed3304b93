//! The death of a page's process, as WebView2 reports it.

use tauri::WebviewWindow;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
};

use crate::windows::processes;

/// A window whose process died stays blank; a new one works.
pub fn close_when_dead(window: &WebviewWindow) -> tauri::Result<()> {
    let dead = window.clone();
    window.with_webview(move |view| {
        let watched = processes::watch(&view, move |kind| {
            let fatal = [
                COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
                COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
            ];
            if !fatal.contains(&kind) {
                return;
            }
            tracing::warn!("a process of the window {} ended: {kind:?}", dead.label());
            if let Err(error) = dead.destroy() {
                tracing::warn!("the window could not be closed: {error}");
            }
        });
        if let Err(error) = watched {
            tracing::warn!("a window is not watched: {error}");
        }
    })
}
