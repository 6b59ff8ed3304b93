//! Checks that WebView2 exists. It is a part of Windows 11 and may be missing on older systems, where the application
//! would wait for its windows for ever.

use std::process::Command;

use doctor::Drawing;

use crate::start_error::StartError;

/// Nothing to prepare.
pub fn prepare() {}

/// Nothing was prepared.
pub fn clean_environment(_: &mut Command) {}

/// The system decides.
pub fn current_drawing() -> Drawing {
    Drawing::Usual
}

/// Asks WebView2's loader for a version, which only a runtime has.
pub fn require() -> Result<(), StartError> {
    match tauri::webview_version() {
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::debug!("no WebView2: {error}");
            Err(StartError::NoWebView)
        }
    }
}
