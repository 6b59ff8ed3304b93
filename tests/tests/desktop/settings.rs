//! The settings window: opened from the tray, and one of it.

use smoke::stage::until;

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, NOT_SET_UP, START},
    page::{keep_picture, page_says},
};

/// The agent's own, in the directory of Contoso.
const NUMBER: &str = "+44 1632 960400";

pub const SETTINGS: &str = "ConnectPath Teams – Settings";

#[tokio::test]
async fn the_settings_window_opens_from_the_tray_and_there_is_one_of_it() {
    let desk = Desk::complete("settings-window").await;
    let _app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    for line in ["Settings…", "Why Available?", "Settings…"] {
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

#[tokio::test]
async fn the_own_number_is_in_the_status_message_as_long_as_the_agent_wants_it() {
    let desk = Desk::complete("status-message").await;
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(&page, NUMBER).await;
    let message = || desk.world().overview().status_message.map(|message| message.text);
    assert_eq!(message(), None, "nobody asked for it");

    page.press("//button[@aria-label='More']", CLICK).await.unwrap();
    keep_picture(&page, "more.png").await;
    page.press("//*[@role='menuitemcheckbox'][contains(., 'Put my number')]", CLICK).await.unwrap();
    until(START, "the number in the status message", async || match message() {
        Some(text) if text.contains(NUMBER) => Ok(()),
        other => Err(format!("{other:?}")),
    })
    .await
    .unwrap();
    let settings = std::fs::read_to_string(desk.settings_file()).unwrap();
    assert!(settings.contains("status_message = \"number\""), "{settings}");

    tray.click("Quit").await.unwrap();
    let taken_back = async || message().map_or(Ok(()), Err);
    until(CLICK, "no message of ours", taken_back).await.unwrap();
}

/// The file holds exactly this.
async fn file_becomes(desk: &Desk, wanted: &str) {
    until(CLICK, "the settings file", async || {
        let text = std::fs::read_to_string(desk.settings_file()).map_err(|error| error.to_string())?;
        if text == wanted { Ok(()) } else { Err(text) }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_control_writes_its_setting_and_nothing_else_and_follows_the_file() {
    let desk = Desk::complete("settings-pages").await;
    let base = desk.contoso.microsoft();
    let written = format!(
        "# mine\n[endpoints]\nlogin = \"{base}login/\" # Contoso\ngraph = \"{base}graph/v1.0/\"\n\n\
         [drawer] # as I like it\nlimit = 300 # enough\n"
    );
    std::fs::write(desk.settings_file(), &written).unwrap();
    let click = async {
        desk.tooltip_is(NOT_SET_UP, START).await.click("Settings…").await.unwrap();
    };
    // The window is the first one of an application that is not set up.
    let ((_driver, page), ()) = tokio::join!(desk.drive(&["--hidden"]), click);
    page_says(&page, "This copy uses its own data folder, so it does not start with the system.").await;
    keep_picture(&page, "settings-general.png").await;

    page.press("//nav//button[.='People']", CLICK).await.unwrap();
    page.press("//input[@role='switch'][@id=//label[.='Compact rows']/@for]", CLICK).await.unwrap();
    let compact = written.replace("# enough\n", "# enough\ncompact = true\n");
    file_becomes(&desk, &compact).await;
    keep_picture(&page, "settings-people.png").await;

    std::fs::write(desk.settings_file(), compact.replace("300", "77")).unwrap();
    page_says(&page, "77 people").await;

    std::fs::write(desk.settings_file(), compact.replace("300", "all")).unwrap();
    page_says(&page, "Nothing can be changed here.").await;
    page_says(&page, "settings.toml, line 7").await;
    keep_picture(&page, "settings-broken.png").await;
    file_becomes(&desk, &compact.replace("300", "all")).await;
}
