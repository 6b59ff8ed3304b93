//! The settings window: opened from the tray and the drawer, one of it, and gone when it is closed.

use fantoccini::Locator;
use serde_json::json;
use smoke::stage::until;

use crate::{
    office::{BOTH_AVAILABLE, CLICK, DRAWER, Desk, START},
    page::{invoke, keep_picture, page_says},
};

const SETTINGS: &str = "ConnectPath Teams settings";

#[tokio::test]
async fn the_settings_window_opens_from_the_tray_once_and_is_gone_when_closed() {
    let desk = Desk::complete("settings-window").await;
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    tray.click("Settings…").await.unwrap();
    desk.stage.window(&app, SETTINGS, CLICK).await.unwrap();
    tray.click("Why am I Available?").await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let windows = desk.stage.windows().await.unwrap();
    let open = windows.iter().filter(|window| window.title == SETTINGS).count();
    assert_eq!(open, 1, "{windows:?}");
}

#[tokio::test]
async fn the_timeline_answers_why_and_follows_what_is_decided() {
    let desk = Desk::complete("timeline-window").await;
    let ((_driver, page), ()) = tokio::join!(desk.drive(&["--hidden"]), async {
        desk.tooltip_is(crate::office::LOGIN_NEEDED, START).await.click("Settings…").await.unwrap();
    });
    page_says(&page, "The settings stand in the file").await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page.press("//nav//button[.='Timeline']", CLICK).await.unwrap();
    keep_picture(&page, "timeline.png").await;
    for refused in ["view", "lines", "ccp_event"] {
        let told = invoke(&page, refused, &json!({ "start": 0, "count": 1, "token": "", "message": "" })).await;
        assert!(told.unwrap_err().contains("not allowed"), "{refused}");
    }
}
