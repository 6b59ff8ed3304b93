//! The settings window: opened from the tray, and one of it.

use smoke::stage::until;

use crate::office::{BOTH_AVAILABLE, CLICK, Desk, START};

const SETTINGS: &str = "ConnectPath Teams settings";

#[tokio::test]
async fn the_settings_window_opens_from_the_tray_and_there_is_one_of_it() {
    let desk = Desk::complete("settings-window").await;
    let _app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    for line in ["Settings…", "Why am I Available?", "Settings…"] {
        tray.click(line).await.unwrap();
        // A window that is raised is gone from the screen for a moment.
        until(CLICK, "one settings window", async || {
            let windows = desk.stage.windows().await?;
            let count = windows.iter().filter(|window| window.title == SETTINGS).count();
            if count == 1 { Ok(()) } else { Err(format!("{windows:?}")) }
        })
        .await
        .unwrap();
    }
}
