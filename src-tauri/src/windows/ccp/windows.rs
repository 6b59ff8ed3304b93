//! Reports that one of the page's processes died or hangs or that the page could not be loaded, and answers dialogs, for
//! WebView2. Compiled only: Wine has no WebView2.

#![expect(unsafe_code, reason = "WebView2 is COM: its calls have no safe form")]

use app::{Request, Requests};
use tauri::{WebviewWindow, webview::PlatformWebview};
use webview2_com::{
    Microsoft::Web::WebView2::Win32::{
        COREWEBVIEW2_PROCESS_FAILED_KIND, COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
        COREWEBVIEW2_PROCESS_FAILED_KIND_FRAME_RENDER_PROCESS_EXITED,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
        COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE, COREWEBVIEW2_SCRIPT_DIALOG_KIND,
        COREWEBVIEW2_SCRIPT_DIALOG_KIND_BEFOREUNLOAD, COREWEBVIEW2_WEB_ERROR_STATUS,
        COREWEBVIEW2_WEB_ERROR_STATUS_OPERATION_CANCELED, ICoreWebView2NavigationCompletedEventArgs,
        ICoreWebView2NavigationCompletedEventArgs2, ICoreWebView2ScriptDialogOpeningEventArgs,
    },
    NavigationCompletedEventHandler, ScriptDialogOpeningEventHandler,
};
use windows_core::{BOOL, Interface, Result};

use crate::windows::processes;

/// The processes that the page cannot work without. WebView2 restarts its other processes itself.
const FATAL: [COREWEBVIEW2_PROCESS_FAILED_KIND; 4] = [
    COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_UNRESPONSIVE,
    // The CCP itself, if our own page frames it.
    COREWEBVIEW2_PROCESS_FAILED_KIND_FRAME_RENDER_PROCESS_EXITED,
];

/// Watches from now on, until the window is gone.
pub fn watch(window: &WebviewWindow, requests: Requests) -> tauri::Result<()> {
    window.with_webview(move |view| {
        if let Err(error) = listen(&view, requests) {
            tracing::warn!("the CCP window is not watched: {error}");
        }
    })
}

fn listen(view: &PlatformWebview, requests: Requests) -> Result<()> {
    let died = requests.clone();
    processes::watch(view, move |kind| {
        if FATAL.contains(&kind) {
            tracing::warn!("a process of the CCP window failed: {kind:?}");
            died.send(Request::CcpDied);
        }
    })?;
    let navigated = NavigationCompletedEventHandler::create(Box::new(move |_, args| {
        if let Some(args) = args
            && let Some(status) = load_failure(&args)?
        {
            tracing::warn!("the page of the CCP window could not be loaded: {status:?}");
            requests.send(Request::CcpDied);
        }
        Ok(())
    }));
    let dialog = ScriptDialogOpeningEventHandler::create(Box::new(|_, args| {
        args.map_or(Ok(()), |args| answer(&args))
    }));
    let mut token = 0;
    // SAFETY: `with_webview` hands the controller out on the thread that owns it, and it is alive during the call. The
    // tokens are not kept, because the handlers stay until the web view is gone.
    unsafe {
        let web = view.controller().CoreWebView2()?;
        web.add_NavigationCompleted(&navigated, &raw mut token)?;
        // A dialog in a hidden window would block the page for ever. Without the default dialogs WebView2 calls the
        // handler, and answers "cancel" if the handler has not accepted the dialog.
        web.add_ScriptDialogOpening(&dialog, &raw mut token)?;
        web.Settings()?.SetAreDefaultScriptDialogsEnabled(false)
    }
}

/// Why a navigation loaded no page. Any answer of the server counts as a page, whatever its status: the light page of an
/// instance is its "not found". A navigation that we refused or that another one replaced is cancelled, which is no
/// failure.
fn load_failure(
    args: &ICoreWebView2NavigationCompletedEventArgs,
) -> Result<Option<COREWEBVIEW2_WEB_ERROR_STATUS>> {
    let (mut success, mut http) = (BOOL::default(), 0);
    let mut status = COREWEBVIEW2_WEB_ERROR_STATUS::default();
    // SAFETY: WebView2 keeps the arguments alive during its call, and the places written to are ours.
    unsafe {
        args.IsSuccess(&raw mut success)?;
        args.WebErrorStatus(&raw mut status)?;
        args.cast::<ICoreWebView2NavigationCompletedEventArgs2>()?.HttpStatusCode(&raw mut http)?;
    }
    let is_cancelled = status == COREWEBVIEW2_WEB_ERROR_STATUS_OPERATION_CANCELED;
    Ok((!success.as_bool() && http == 0 && !is_cancelled).then_some(status))
}

/// Accepts leaving the page, and leaves every other dialog to be cancelled.
fn answer(args: &ICoreWebView2ScriptDialogOpeningEventArgs) -> Result<()> {
    let mut kind = COREWEBVIEW2_SCRIPT_DIALOG_KIND::default();
    // SAFETY: WebView2 keeps the arguments alive during its call, and the place written to is ours.
    unsafe {
        args.Kind(&raw mut kind)?;
        if kind == COREWEBVIEW2_SCRIPT_DIALOG_KIND_BEFOREUNLOAD { args.Accept() } else { Ok(()) }
    }
}
