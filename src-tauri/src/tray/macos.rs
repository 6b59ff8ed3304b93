//! The icons for macOS: templates, which the system colours. Compiled by the workflow only, never run by us.

use tauri::{image::Image, include_image};
use view::TraySign;

/// The picture of a sign.
pub fn icon(sign: TraySign) -> Image<'static> {
    match sign {
        TraySign::Sync => include_image!("../icons/png/tray-sync-template-32.png"),
        TraySign::Paused => include_image!("../icons/png/tray-paused-template-32.png"),
        TraySign::Login => include_image!("../icons/png/tray-login-template-32.png"),
        TraySign::Problem => include_image!("../icons/png/tray-problem-template-32.png"),
        TraySign::Call => include_image!("../icons/png/tray-call-template-32.png"),
    }
}

/// The text of the tooltip, unchanged: it may have any length.
pub fn tooltip_text(text: &str) -> String {
    text.to_owned()
}
