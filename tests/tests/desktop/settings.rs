//! The settings window: opened from the tray, and one of it.

use crate::office::{BOTH_AVAILABLE, CLICK, Desk, START};

const SETTINGS: &str = "ConnectPath Teams settings";

#[tokio::test]
async fn the_settings_window_opens_from_the_tray_and_there_is_one_of_it() {
    let desk = Desk::complete("settings-window").await;
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    for line in ["Settings…", "Why am I Available?", "Settings…"] {
        tray.click(line).await.unwrap();
        desk.stage.window(&app, SETTINGS, CLICK).await.unwrap();
    }
    let windows = desk.stage.windows().await.unwrap();
    assert_eq!(windows.iter().filter(|window| window.title == SETTINGS).count(), 1, "{windows:?}");
}
