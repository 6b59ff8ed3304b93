//! The signs for Windows, by the colour of the task bar.

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

/// Windows has room for so many units of UTF-16, the end among them.
const ROOM: usize = 128;

/// Cut where Windows would cut it, but so that this is seen.
pub fn tooltip(text: &str) -> String {
    if text.encode_utf16().count() < ROOM {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units < ROOM - 1
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tooltip_that_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(tooltip("In step: Available / Available"), "In step: Available / Available");
        for letter in ["a", "é", "🙂"] {
            let cut = tooltip(&letter.repeat(200));
            assert!(cut.ends_with('…'), "{cut}");
            assert!((ROOM - 3..ROOM).contains(&cut.encode_utf16().count()), "{cut}");
        }
        let whole = "a".repeat(ROOM - 1);
        assert_eq!(tooltip(&whole), whole);
    }
}
