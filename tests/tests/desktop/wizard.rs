//! The set-up wizard through the real window: from an empty folder to in step.

use smoke::stage::{Page, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says},
};

/// Only where Contoso stands for Microsoft is known.
async fn empty(name: &str) -> Desk {
    let desk = Desk::complete(name).await;
    let base = desk.contoso.microsoft();
    desk.write_settings(&format!(
        "[endpoints]\nlogin = \"{base}login/\"\ngraph = \"{base}graph/v1.0/\"\n"
    ));
    desk
}

fn setting(desk: &Desk, key: &str) -> String {
    let text = desk.contoso.settings_toml();
    let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// Types into the field with this label.
async fn enter(page: &Page, label: &str, text: &str) {
    let field = format!("//label[contains(., '{label}')]/ancestor::div[contains(@class, 'fui-Field')]//input");
    let element = page.element(&field, CLICK).await.unwrap();
    element.clear().await.unwrap();
    element.send_keys(text).await.unwrap();
}

async fn press(page: &Page, button: &str) {
    page.press(&format!("//button[normalize-space(.)='{button}' and not(@aria-disabled='true')]"), CLICK)
        .await
        .unwrap();
}

async fn check(desk: &Desk, page: &Page) {
    let known = desk.stage.opened().unwrap().len();
    press(page, "Check by a login").await;
    let address = desk.stage.opened_after(known, CLICK).await.unwrap();
    smoke::sign_in(&address).await.unwrap();
    page_says(page, "has granted everything that is asked for.").await;
}

#[tokio::test]
async fn the_wizard_leads_from_an_empty_folder_to_in_step() {
    let desk = empty("wizard").await;
    let (_driver, page) = desk.drive(&["--hidden"]).await;
    page_says(&page, "Nothing is written to Teams or Connect until you save.").await;

    enter(&page, "Directory (tenant) ID", &setting(&desk, "tenant")).await;
    enter(&page, "Application (client) ID", &setting(&desk, "client_id")).await;
    page.press("//label[contains(., 'has consented')]", CLICK).await.unwrap();
    check(&desk, &page).await;
    keep_picture(&page, "wizard-1.png").await;
    press(&page, "Next").await;

    enter(&page, "Access URL of the instance", &setting(&desk, "instance")).await;
    let start = desk.contoso.connect().join("connect/saml").unwrap();
    enter(&page, "Where the login begins", start.as_str()).await;
    page.press("//label[contains(., 'A page of the instance')]", CLICK).await.unwrap();
    press(&page, "Log in").await;
    page_says(&page, "6 statuses.").await;
    keep_picture(&page, "wizard-2.png").await;
    press(&page, "Next").await;

    page_says(&page, "What Teams shows while Connect is in each state.").await;
    keep_picture(&page, "wizard-3.png").await;
    press(&page, "Next").await;
    page_says(&page, "What Connect does when Teams changes.").await;
    keep_picture(&page, "wizard-4.png").await;
    press(&page, "Next").await;
    page_says(&page, "The app logs in to Teams and Connect and begins to sync.").await;
    assert!(desk.world().overview().writes.is_empty());
    press(&page, "Save").await;
    page_says(&page, "Saved.").await;
    keep_picture(&page, "wizard-5.png").await;

    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    desk.world().choose_status("Training").unwrap();
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
    until(CLICK, "the settings that were entered", async || {
        let text = std::fs::read_to_string(desk.settings_file()).map_err(|error| error.to_string())?;
        let tenant = setting(&desk, "tenant");
        if text.contains(&tenant) { Ok(()) } else { Err(text) }
    })
    .await
    .unwrap();
}
