//! The icons for Windows, for the colour of the task bar.

use tauri::{image::Image, include_image};
use view::TraySign;
use winreg::{RegKey, enums::HKEY_CURRENT_USER};

/// The picture of a sign.
pub fn icon(sign: TraySign) -> Image<'static> {
    match (sign, is_light()) {
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

/// Whether the task bar is light. It has its own colour, independent of the windows; the default of Windows is dark.
fn is_light() -> bool {
    RegKey::predef(HKEY_CURRENT_USER)
        .open_subkey(r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize")
        .and_then(|key| key.get_value::<u32, _>("SystemUsesLightTheme"))
        .is_ok_and(|value| value != 0)
}

/// The length of a tooltip on Windows in units of UTF-16, its end included.
const MAX_UNITS: usize = 128;

/// The text of the tooltip. A text that is too long for Windows ends in an ellipsis.
pub fn tooltip_text(text: &str) -> String {
    if text.encode_utf16().count() < MAX_UNITS {
        return text.to_owned();
    }
    let mut units = 0;
    let fits = |letter: &char| {
        units += letter.len_utf16();
        units < MAX_UNITS - 1
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
        assert_eq!(tooltip_text("In step: Available / Available"), "In step: Available / Available");
        for letter in ["a", "é", "🙂"] {
            let cut = tooltip_text(&letter.repeat(200));
            assert!(cut.ends_with('…'), "{cut}");
            assert!((MAX_UNITS - 3..MAX_UNITS).contains(&cut.encode_utf16().count()), "{cut}");
        }
        let whole = "a".repeat(MAX_UNITS - 1);
        assert_eq!(tooltip_text(&whole), whole);
    }
}
