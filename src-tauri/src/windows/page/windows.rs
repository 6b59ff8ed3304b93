//! Closes a window with a built-in page when WebView2 reports that its process died, and sets the colour of its frame.

#![expect(unsafe_code, reason = "the system call has no safe form")]

use std::mem::size_of;

use tauri::WebviewWindow;
use webview2_com::Microsoft::Web::WebView2::Win32::{
    COREWEBVIEW2_PROCESS_FAILED_KIND_BROWSER_PROCESS_EXITED,
    COREWEBVIEW2_PROCESS_FAILED_KIND_RENDER_PROCESS_EXITED,
};

use windows_sys::Win32::Graphics::Dwm::{DWMWA_USE_IMMERSIVE_DARK_MODE, DwmSetWindowAttribute};

use crate::windows::processes;

/// Closes the window when its process dies: it would stay blank, but a new window works.
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

/// Gives a dark page a dark frame. With Tauri's own function the page could no longer read the theme of the system.
pub fn set_frame_theme(window: &WebviewWindow, is_dark: bool) -> tauri::Result<()> {
    let handle = window.hwnd()?.0;
    let on = i32::from(is_dark);
    let size = u32::try_from(size_of::<i32>()).unwrap_or_default();
    // SAFETY: the window is alive as long as `window` is, and the value is a BOOL of ours of the size that is given.
    let status = unsafe {
        DwmSetWindowAttribute(
            handle,
            DWMWA_USE_IMMERSIVE_DARK_MODE.cast_unsigned(),
            (&raw const on).cast(),
            size,
        )
    };
    if status < 0 {
        tracing::debug!("the frame of a window keeps the colour of the system: {status:#x}");
    }
    Ok(())
}
