//! The icons for Linux. The colour of the panel is unknown, so they are those for a dark panel, which most are.

use tauri::{image::Image, include_image};
use view::TraySign;

/// The picture of a sign.
pub fn icon(sign: TraySign) -> Image<'static> {
    match sign {
        TraySign::Sync => include_image!("../icons/png/tray-sync-dark-22.png"),
        TraySign::Paused => include_image!("../icons/png/tray-paused-dark-22.png"),
        TraySign::Login => include_image!("../icons/png/tray-login-dark-22.png"),
        TraySign::Problem => include_image!("../icons/png/tray-problem-dark-22.png"),
        TraySign::Call => include_image!("../icons/png/tray-call-dark-22.png"),
    }
}

/// The text of the tooltip, unchanged: it may have any length.
pub fn tooltip_text(text: &str) -> String {
    text.to_owned()
}
