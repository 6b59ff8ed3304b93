//! The first minutes of somebody who has just got the application, by keyboard: what there is to see before it is set up,
//! and a login whose browser never comes.

use smoke::stage::{App, Page, until};

use crate::{
    office::{CLICK, DRAWER, Desk, LOGIN_NEEDED, NOT_SET_UP, START},
    page::{keep_picture, page_says},
    settings::SETTINGS,
};

/// As WebDriver names them.
const ENTER: &str = "\u{e007}";
const CONTROL_PLUS: &str = "\u{e009}+\u{e000}";

#[tokio::test]
async fn an_empty_folder_shows_the_drawer_alone_with_one_sentence_and_the_way_to_the_wizard() {
    let desk = Desk::complete("first-start").await;
    std::fs::remove_file(desk.settings_file()).unwrap();
    let (driver, page) = desk.drive(&[]).await;
    let text = page_says(&page, "Not set up yet.").await;
    assert!(text.contains("Your administrator can do this for you."), "{text}");
    for other in ["Not in step", "What happened?", "No people yet", "Missing"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
    let tray = desk.tooltip_is(NOT_SET_UP, START).await;
    let lines: Vec<String> = tray.menu().await.unwrap().into_iter().map(|line| line.label).collect();
    assert!(lines.iter().any(|line| line == "Set up") && !lines.iter().any(|line| line == "Sync now"));
    keep_picture(&page, "not-set-up.png").await;
    desk.stage.window(&driver, DRAWER, CLICK).await.unwrap();
    let titles = titles(&desk, &driver).await;
    assert_eq!(titles, [DRAWER], "one window with one message");
    assert!(desk.stage.notifications().is_empty(), "nothing failed");

    page.type_text(ENTER).await.unwrap();
    until(CLICK, "the wizard", async || {
        let titles = self::titles(&desk, &driver).await;
        if titles.iter().any(|title| title == SETTINGS) { Ok(()) } else { Err(format!("{titles:?}")) }
    })
    .await
    .unwrap();
}

/// The titles of the application's own windows: other tests have theirs on the same screen.
async fn titles(desk: &Desk, app: &App) -> Vec<String> {
    let family = app.family();
    let windows = desk.stage.windows().await.unwrap().into_iter();
    let own = windows.filter(|window| window.pid.is_some_and(|pid| family.contains(&pid)));
    own.map(|window| window.title).collect()
}

#[tokio::test]
async fn a_login_whose_browser_never_comes_is_named_opened_again_and_cancelled() {
    let desk = Desk::complete("no-browser").await;
    let (_driver, page) = desk.drive(&[]).await;
    page_says(&page, "Log in to see your team.").await;
    page.type_text(ENTER).await.unwrap();
    // It says that it took the page, and ends at once.
    let first = desk.stage.opened_after(0, CLICK).await.unwrap();
    page_says(&page, "Continue in the browser.").await;
    desk.tooltip_is("Continue in the browser", CLICK).await;
    page.says("No browser window?", START).await.unwrap();
    keep_picture(&page, "login-under-way.png").await;

    page.press("//button[.='Open again']", CLICK).await.unwrap();
    assert_eq!(desk.stage.opened_after(1, CLICK).await.unwrap(), first);
    // A key, because a pointer's press is not taken on a button that has just moved under it.
    let cancel = page.element("//button[.='Cancel']", CLICK).await.unwrap();
    cancel.send_keys(ENTER).await.unwrap();
    page_says(&page, "Teams needs a login.").await;
    desk.tooltip_is(LOGIN_NEEDED, CLICK).await;
    assert!(smoke::sign_in(&first).await.is_err(), "nobody listens for it any more");

    page.press("//button[.='Teams Login']", CLICK).await.unwrap();
    smoke::sign_in(&desk.stage.opened_after(2, CLICK).await.unwrap()).await.unwrap();
    page_says(&page, "40 people").await;
}

/// The width of the page in its own pixels, once it is this.
async fn is_wide(page: &Page, width: u64) {
    until(CLICK, "the width of the page", async || {
        let seen = page.execute("return innerWidth", Vec::new()).await.map_err(|error| error.to_string())?;
        if seen.as_u64() == Some(width) { Ok(()) } else { Err(seen.to_string()) }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn larger_words_stay_larger_in_the_next_window() {
    let desk = Desk::complete("zoom").await;
    std::fs::remove_file(desk.settings_file()).unwrap();
    let (_driver, page) = desk.drive(&[]).await;
    page_says(&page, "Not set up yet.").await;
    is_wide(&page, 380).await;
    for _ in 0..2 {
        page.type_text(CONTROL_PLUS).await.unwrap();
    }
    is_wide(&page, 304).await;
    page.type_text(ENTER).await.unwrap();
    until(CLICK, "the settings window", async || {
        for window in page.windows().await.map_err(|error| error.to_string())? {
            page.switch_to_window(window).await.map_err(|error| error.to_string())?;
            let address = page.current_url().await.map_err(|error| error.to_string())?;
            if address.path().contains("settings") {
                return Ok(());
            }
        }
        Err("another".to_owned())
    })
    .await
    .unwrap();
    is_wide(&page, 768).await;
}
