//! What is Windows' own of a window with a built-in page: the death of its process, as WebView2 reports it, and the
//! colour of its frame.

#![expect(unsafe_code, reason = "the system call has no safe form")]

use std::mem::size_of;

use tauri::WebviewWindow;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
};

use windows_sys::Win32::Graphics::Dwm::{DWMWA_USE_IMMERSIVE_DARK_MODE, DwmSetWindowAttribute};

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

/// A dark frame around a dark page. Tauri's own way would take the choice of the system from the page.
pub fn darken_frame(window: &WebviewWindow, dark: bool) -> tauri::Result<()> {
    let handle = window.hwnd()?.0;
    let on = i32::from(dark);
    let size = u32::try_from(size_of::<i32>()).unwrap_or_default();
    // SAFETY: the window is alive as long as `window` is, and the value is a BOOL of ours of the size that is given.
    let done = unsafe {
        DwmSetWindowAttribute(
            handle,
            DWMWA_USE_IMMERSIVE_DARK_MODE.cast_unsigned(),
            (&raw const on).cast(),
            size,
        )
    };
    if done < 0 {
        tracing::debug!("the frame of a window keeps the colour of the system: {done:#x}");
    }
    Ok(())
}
