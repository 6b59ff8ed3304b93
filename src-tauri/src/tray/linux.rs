//! The icons for Linux, where the colour of the panel is unknown: those for a dark panel, as most are.

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

/// As it is: it may be of any length.
pub fn tooltip(text: &str) -> String {
    text.to_owned()
}
