//! Reports failures of the processes of a WebView2 window. The caller decides what follows.

#![expect(unsafe_code, reason = "WebView2 is COM: its calls have no safe form")]

use tauri::webview::PlatformWebview;
use webview2_com::{
    Microsoft::Web::WebView2::Win32::{
        COREWEBVIEW2_PROCESS_FAILED_KIND, ICoreWebView2ProcessFailedEventArgs,
    },
    ProcessFailedEventHandler,
};
use windows_core::Result;

/// Calls `failed` for each failure, until the web view is gone.
pub fn watch(
    view: &PlatformWebview,
    mut failed: impl FnMut(COREWEBVIEW2_PROCESS_FAILED_KIND) + 'static,
) -> Result<()> {
    let handler = ProcessFailedEventHandler::create(Box::new(move |_, args| {
        if let Some(args) = args {
            failed(kind(&args)?);
        }
        Ok(())
    }));
    let mut token = 0;
    // SAFETY: `with_webview` hands the controller out on the thread that owns it, and it is alive during the call. The
    // token is not kept, because the handler stays until the web view is gone.
    unsafe { view.controller().CoreWebView2()?.add_ProcessFailed(&handler, &raw mut token) }
}

fn kind(args: &ICoreWebView2ProcessFailedEventArgs) -> Result<COREWEBVIEW2_PROCESS_FAILED_KIND> {
    let mut kind = COREWEBVIEW2_PROCESS_FAILED_KIND::default();
    // SAFETY: WebView2 keeps the arguments alive during its call, and the place written to is ours.
    unsafe { args.ProcessFailedKind(&raw mut kind) }?;
    Ok(kind)
}
