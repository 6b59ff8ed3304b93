//! Reports that the page's process died or that the page could not be loaded, and answers dialogs, for WebKitGTK.

use app::{Request, Requests};
use tauri::WebviewWindow;
use webkit2gtk::{NetworkError, WebViewExt};

/// Watches from now on, until the window is gone.
pub fn watch(window: &WebviewWindow, requests: Requests) -> tauri::Result<()> {
    window.with_webview(move |view| {
        let view = view.inner();
        // A dialog in a hidden window would block the page for ever.
        view.connect_script_dialog(|_, _| true);
        let failed = requests.clone();
        view.connect_load_failed(move |_, _, _, error| {
            if !error.matches(NetworkError::Cancelled) {
                tracing::warn!("the page of the CCP window could not be loaded: {error}");
                failed.send(Request::CcpDied);
            }
            false
        });
        view.connect_web_process_terminated(move |_, reason| {
            tracing::warn!("the process of the CCP window ended: {reason:?}");
            requests.send(Request::CcpDied);
        });
    })
}
