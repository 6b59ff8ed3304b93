//! The set-up wizard through the real window: from an empty folder to in step.

use smoke::stage::{Key, Page, Window, until};

use sandbox::{ClientSecret, Refusal, SignInError};
use secrecy::SecretString;

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says},
    settings::SETTINGS,
};

/// Keys, as WebDriver names them.
const CONTROL_A: &str = "\u{e009}a\u{e000}";

/// Only the addresses of Contoso, in place of Microsoft's, are set.
async fn empty(name: &str) -> Desk {
    let desk = Desk::complete(name).await;
    let base = desk.contoso.microsoft();
    desk.write_settings(&format!("[endpoints]\nlogin = \"{base}login/\"\ngraph = \"{base}graph/v1.0/\"\n"));
    desk
}

fn setting(desk: &Desk, key: &str) -> String {
    let text = desk.contoso.settings_toml();
    let line = text.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
    line.split('"').nth(1).unwrap().to_owned()
}

/// Types into the field with this label, and again if the field does not show it: all desktops of the tests have one screen,
/// and a window that comes up beside this one may take the focus between two keys.
async fn enter(page: &Page, label: &str, text: &str) {
    let field =
        format!("//label[contains(., '{label}')]/ancestor::div[contains(@class, 'fui-Field')]//input");
    until(CLICK, &format!("\"{text}\" in the field {label}"), async || {
        let element = page.element(&field, CLICK).await.map_err(|error| error.to_string())?;
        // Typed over, as a person does: what the driver clears comes back with the next answer of a check.
        for keys in [CONTROL_A, text] {
            element.send_keys(keys).await.map_err(|error| error.to_string())?;
        }
        let shown = element.prop("value").await.map_err(|error| error.to_string())?;
        if shown.as_deref() == Some(text) { Ok(()) } else { Err(format!("{shown:?}")) }
    })
    .await
    .unwrap();
}

async fn press(page: &Page, button: &str) {
    page.press(&format!("//button[normalize-space(.)='{button}' and not(@aria-disabled='true')]"), CLICK)
        .await
        .unwrap();
}

/// Logs in in the browser, as the button next to the permissions asks for.
async fn log_in(desk: &Desk, page: &Page) -> Result<(), SignInError> {
    let known = desk.stage.opened().unwrap().len();
    press(page, "Check by a login").await;
    smoke::sign_in(&desk.stage.opened_after(known, CLICK).await.unwrap()).await
}

/// Chooses what a row of the table sets.
async fn choose(page: &Page, when: &str, target: &str) {
    page.press(&format!("//button[@role='combobox' and @aria-label='Target for {when}']"), CLICK)
        .await
        .unwrap();
    page.press(&format!("//*[@role='option' and normalize-space(.)='{target}']"), CLICK).await.unwrap();
}

/// The window with this title, once it is there.
async fn window(desk: &Desk, title: &str) -> Window {
    until(CLICK, title, async || {
        let windows = desk.stage.windows().await?;
        windows.iter().find(|window| window.title == title).cloned().ok_or_else(|| format!("{windows:?}"))
    })
    .await
    .unwrap()
}

/// Waits until this window is gone.
async fn is_gone(desk: &Desk, window: &Window) {
    until(CLICK, "the end of a window", async || {
        let windows = desk.stage.windows().await?;
        let is_there = windows.iter().any(|other| other.is(window));
        if is_there { Err(format!("{windows:?}")) } else { Ok(()) }
    })
    .await
    .unwrap();
}

/// Exports the policy in the dialog of the system: first it is cancelled, then it is saved where it proposes.
async fn export(desk: &Desk, page: &Page) {
    let dialog = "Export policy";
    for key in [Key::Escape, Key::Enter] {
        press(page, dialog).await;
        let shown = window(desk, dialog).await;
        desk.stage.press(&shown, key).await.unwrap();
        is_gone(desk, &shown).await;
    }
    let words = page_says(page, "Saved as ").await;
    assert!(!words.contains("could not be"), "nothing was said of the first: {words}");
    let (_, file) = words.split_once("Saved as ").unwrap();
    let (file, _) = file.split_once(". It holds").unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(&setting(desk, "client_id")), "{text}");
}

/// A mistake is named, and there is no way past it.
async fn stops_with(page: &Page, words: &str) {
    page_says(page, words).await;
    page.element("//footer//button[.='Next' and @aria-disabled='true']", CLICK).await.unwrap();
}

#[tokio::test]
async fn the_wizard_leads_from_an_empty_folder_to_in_step() {
    let desk = empty("wizard").await;
    let (_driver, page) = desk.drive_set_up().await;
    page_says(&page, "Nothing is written to Teams or Connect until you save.").await;

    enter(&page, "Directory (tenant) ID", &setting(&desk, "tenant")).await;
    enter(&page, "Application (client) ID", &setting(&desk, "client_id")).await;
    log_in(&desk, &page).await.unwrap();
    page_says(&page, "has everything that is needed, and an administrator has consented.").await;
    page_says(&page, "Contoso, contoso.com").await;
    keep_picture(&page, "wizard-1.png").await;
    press(&page, "Next").await;

    enter(&page, "Access URL of the instance", &setting(&desk, "instance")).await;
    let start = desk.contoso.connect().join("connect/saml").unwrap();
    enter(&page, "Sign-in address", start.as_str()).await;
    page.press("//label[contains(., 'In a page of the instance')]", CLICK).await.unwrap();
    press(&page, "Log in").await;
    page_says(&page, "6 statuses.").await;
    keep_picture(&page, "wizard-2.png").await;
    press(&page, "Next").await;

    page_says(&page, "What Teams shows while Connect is in each state.").await;
    page.element("//tbody[1]/tr[1]/th[normalize-space(.)='Available']", CLICK).await.unwrap();
    page_says(&page, "While on a contact: as proposed").await;
    keep_picture(&page, "wizard-3.png").await;
    press(&page, "Next").await;
    page_says(&page, "What Connect does when Teams changes.").await;
    keep_picture(&page, "wizard-4.png").await;
    press(&page, "Next").await;
    page_says(&page, "The app logs in to Teams and Connect and starts the sync.").await;
    export(&desk, &page).await;
    assert!(desk.world().overview().writes.is_empty());
    press(&page, "Save").await;
    page_says(&page, "Saved. It works now: no restart or second login is needed.").await;
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
    let settings = window(&desk, SETTINGS).await;
    press(&page, "Close").await;
    is_gone(&desk, &settings).await;
}

#[tokio::test]
async fn each_mistake_in_the_registration_is_named_and_stops() {
    let desk = empty("wizard-registration").await;
    let world = desk.world();
    let other = "11111111-2222-4333-8444-555555555555";
    let (tenant, client) = (setting(&desk, "tenant"), setting(&desk, "client_id"));
    let (_driver, page) = desk.drive_set_up().await;

    enter(&page, "Directory (tenant) ID", "contoso").await;
    stops_with(&page, "Must be the Directory (tenant) ID or a domain name of the tenant.").await;
    enter(&page, "Application (client) ID", "8c1d07b5").await;
    stops_with(&page, "Must be the Application (client) ID").await;
    enter(&page, "Application (client) ID", &client).await;
    enter(&page, "Directory (tenant) ID", other).await;
    stops_with(&page, "knows no such tenant").await;
    enter(&page, "Directory (tenant) ID", &tenant).await;
    enter(&page, "Application (client) ID", other).await;
    stops_with(&page, "“Application (client) ID”").await;
    enter(&page, "Application (client) ID", &client).await;

    enter(&page, "Client secret value", "a secret").await;
    press(&page, "Use this secret").await;
    press(&page, "Check again").await;
    stops_with(&page, "The app registration takes no client secret.").await;
    keep_picture(&page, "wizard-mistake.png").await;
    let confidential = |roles: &[&str], expires| ClientSecret {
        secret: SecretString::from("a secret".to_owned()),
        expires,
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    };
    let yesterday = world.now() - jiff::SignedDuration::from_hours(24);
    for (secret, words) in [
        (confidential(&[], Some(yesterday)), "has expired. Create a new one"),
        (confidential(&["Presence.ReadWrite.All"], None), "application permissions"),
    ] {
        world.set_client_secret(Some(secret));
        press(&page, "Check again").await;
        stops_with(&page, words).await;
    }
    world.set_client_secret(Some(confidential(&[], None)));
    enter(&page, "Client secret value", "another").await;
    press(&page, "Use this secret").await;
    press(&page, "Check again").await;
    stops_with(&page, "“Secret ID”").await;
    press(&page, "Remove").await;
    world.set_client_secret(None);
    press(&page, "Check again").await;
    page_says(&page, "None: a public client.").await;
}

#[tokio::test]
async fn each_refusal_of_the_login_is_named_and_the_next_login_may_do() {
    let desk = empty("wizard-login").await;
    let world = desk.world();
    let (_driver, page) = desk.drive_set_up().await;
    enter(&page, "Directory (tenant) ID", &setting(&desk, "tenant")).await;
    enter(&page, "Application (client) ID", &setting(&desk, "client_id")).await;

    world.set_approved(false);
    log_in(&desk, &page).await.unwrap();
    page_says(&page, "“Grant admin consent for Contoso”").await;
    press(&page, "Copy admin-consent link").await;
    world.set_approved(true);
    for (refusal, words) in [
        (Refusal::Redirect, "The app registration does not accept our redirect. Add http://localhost"),
        (Refusal::OtherCloud, "is in another cloud than 127.0.0.1."),
        (Refusal::UnknownApplication, "has no app registration with this client ID. Compare it with"),
        (Refusal::Guest, "Choose your work account of that organisation in the browser."),
    ] {
        world.refuse_sign_in(Some(refusal));
        // What is refused on the page of Entra itself comes back without a code.
        let _refused = log_in(&desk, &page).await;
        page_says(&page, words).await;
    }
    world.refuse_sign_in(None);
    log_in(&desk, &page).await.unwrap();
    page_says(&page, "has everything that is needed").await;
}

#[tokio::test]
async fn what_is_no_instance_and_what_makes_a_loop_stops_the_wizard() {
    let desk = empty("wizard-instance").await;
    let (_driver, page) = desk.drive_set_up().await;
    enter(&page, "Directory (tenant) ID", &setting(&desk, "tenant")).await;
    enter(&page, "Application (client) ID", &setting(&desk, "client_id")).await;
    page_says(&page, "None: a public client.").await;
    press(&page, "Next").await;

    let address = "Access URL of the instance";
    enter(&page, address, "https://contoso.my.connect.aws.example.com/").await;
    stops_with(&page, "Names contoso.my.connect.aws.example.com by https; allowed").await;
    enter(&page, address, desk.contoso.microsoft().as_str()).await;
    stops_with(&page, "is not an Amazon Connect instance").await;
    enter(&page, address, "http://127.0.0.9:9/").await;
    stops_with(&page, "127.0.0.9").await;
    enter(&page, "Sign-in address", "http://idp.example.com/").await;
    stops_with(&page, "Must be a web address that starts with https://").await;
    let start = desk.contoso.connect().join("connect/saml").unwrap();
    enter(&page, "Sign-in address", start.as_str()).await;
    page.press("//label[contains(., 'In a page of the instance')]", CLICK).await.unwrap();
    enter(&page, address, &setting(&desk, "instance")).await;
    press(&page, "Log in").await;
    page_says(&page, "6 statuses.").await;
    press(&page, "Next").await;

    choose(&page, "Coaching", "Do not disturb").await;
    press(&page, "Next").await;
    page.press("//label[contains(., 'Let Teams change my Connect status')]", CLICK).await.unwrap();
    choose(&page, "Busy", "Coaching").await;
    choose(&page, "Do not disturb", "Training").await;
    stops_with(&page, "These tables make a loop.").await;
    keep_picture(&page, "wizard-loop.png").await;
    press(&page, "Set “Do not disturb → Training” to No change").await;
    page_says(&page, "No loop.").await;
    press(&page, "Next").await;
    page_says(&page, "The app logs in to Teams and Connect and starts the sync.").await;
}
