//! The signs for Windows, by the colour of the task bar. Compiled by the workflow only, never run by us.

use tauri::{image::Image, include_image};
use view::TraySign;
use winreg::{RegKey, enums::HKEY_CURRENT_USER};

/// The picture of a sign.
pub fn icon(sign: TraySign) -> Image<'static> {
    match (sign, light()) {
        (TraySign::Sync, true) => include_image!("../icons/png/tray-sync-light-32.png"),
        (TraySign::Paused, true) => include_image!("../icons/png/tray-paused-light-32.png"),
        (TraySign::Login, true) => include_image!("../icons/png/tray-login-light-32.png"),
        (TraySign::Problem, true) => include_image!("../icons/png/tray-problem-light-32.png"),
        (TraySign::Call, true) => include_image!("../icons/png/tray-call-light-32.png"),
        (TraySign::Sync, false) => include_image!("../icons/png/tray-sync-dark-32.png"),
        (TraySign::Paused, false) => include_image!("../icons/png/tray-paused-dark-32.png"),
        (TraySign::Login, false) => include_image!("../icons/png/tray-login-dark-32.png"),
        (TraySign::Problem, false) => include_image!("../icons/png/tray-problem-dark-32.png"),
        (TraySign::Call, false) => include_image!("../icons/png/tray-call-dark-32.png"),
    }
}

/// The task bar has a colour of its own, apart from that of the windows. Dark is what Windows starts with.
fn light() -> bool {
    RegKey::predef(HKEY_CURRENT_USER)
        .open_subkey(r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize")
        .and_then(|key| key.get_value::<u32, _>("SystemUsesLightTheme"))
        .is_ok_and(|value| value != 0)
}
