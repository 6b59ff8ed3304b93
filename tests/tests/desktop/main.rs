//! The real application on a private desktop: its windows, its tray, and what it says when something is missing.
#![cfg(target_os = "linux")]

#[cfg(test)]
mod breakdowns;
#[cfg(test)]
mod calls;
#[cfg(test)]
mod colleagues;
#[cfg(test)]
mod connect_login;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod first_start;
#[cfg(test)]
mod idle;
#[cfg(test)]
mod incoming;
#[cfg(test)]
mod keyring;
#[cfg(test)]
mod office;
#[cfg(test)]
mod page;
#[cfg(test)]
mod people;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod proxy;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod settings;
#[cfg(test)]
mod squid;
#[cfg(test)]
mod trust;
#[cfg(test)]
mod wizard;

use fantoccini::Locator;
use office::{BOTH_AVAILABLE, CLICK, DRAWER, Desk, LOGIN_NEEDED, PEOPLE, START};
use page::{invoke, keep_picture, may_call_one_command_only, page_says, texts};
use processes::{has_window, kill, web_processes};
use serde_json::json;
use smoke::stage::until;

#[tokio::test]
async fn the_drawer_lists_forty_people_with_badge_words_and_headings() {
    let desk = Desk::complete("drawer").await;
    let (_driver, client) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;

    let script = r#"
        const names = (css) => [...document.querySelectorAll(css)].map((one) => one.getAttribute('aria-label'));
        const rows = [...document.querySelectorAll('[role=grid] [role=rowheader]')];
        return {
            size: document.querySelector('[role=grid]')?.getAttribute('aria-rowcount'),
            rows: rows.map((row) => row.firstElementChild.textContent),
            lists: names('[role=grid]'),
            cards: names('header [role=group]'),
            headings: [...document.querySelectorAll('h1, h2')].map((one) => one.textContent),
            badges: document.querySelectorAll('[role=row] .fui-PresenceBadge svg').length,
        };
    "#;
    let seen = until(CLICK, "forty people and both own states", async || {
        let seen = client.execute(script, Vec::new()).await.map_err(|error| error.to_string())?;
        let (rows, cards) = (texts(&seen["rows"]), texts(&seen["cards"]));
        let known = !rows.is_empty() && rows.iter().all(|row| row.contains(". Teams: "));
        // The head is a row too.
        let counted = seen["size"].as_str() == Some((PEOPLE + 1).to_string().as_str());
        // The tray is updated at once, the drawer four times a second at most.
        let own = cards.iter().filter(|card| card.contains(": Available")).count() == 2;
        if known && counted && own { Ok(seen) } else { Err(seen.to_string()) }
    })
    .await
    .unwrap();
    assert_eq!(texts(&seen["lists"]), ["People"]);
    let headings = texts(&seen["headings"]);
    assert!(headings.iter().any(|heading| heading == "Priya Raman"), "{headings:?}");
    assert!(headings.iter().any(|heading| heading == "Everyone"), "{headings:?}");
    let cards = texts(&seen["cards"]);
    assert!(cards[0].starts_with("Connect: Available, "), "{cards:?}");
    assert!(cards[1].starts_with("Teams: Available"), "{cards:?}");
    assert_eq!(seen["badges"], texts(&seen["rows"]).len(), "a badge beside every name");
    page_says(&client, "40 people").await;
    keep_picture(&client, "drawer-40.png").await;
}

#[tokio::test]
async fn a_closed_drawer_comes_back_with_what_is_true_now_and_without_its_search() {
    let desk = Desk::complete("drawer-again").await;
    let (driver, client) = desk.drive(&[]).await;
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(&client, "40 people").await;
    client.type_text("Chiara Moretti").await.unwrap();
    page_says(&client, "1 of 40").await;
    let pages = web_processes(&driver);

    desk.close_drawer(&driver).await;
    desk.world().choose_status("Training").unwrap();
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
    tray.activate().await.unwrap();
    desk.stage.window(&driver, DRAWER, CLICK).await.unwrap();
    let script = r#"
        const list = document.querySelector("[role=grid]");
        return [
            document.querySelector("header").textContent,
            document.querySelector("[role=searchbox]").value,
            document.activeElement.getAttribute("role"),
            String(list.parentElement.scrollTop),
            String(list.querySelectorAll("[role=rowheader]").length > 5),
        ];
    "#;
    // A person sees the window as it is at this moment, so the test does not wait for anything.
    let seen = texts(&client.execute(script, Vec::new()).await.unwrap());
    assert!(seen[0].contains("Training"), "{seen:?}");
    assert_eq!(seen[1..], ["", "searchbox", "0", "true"]);
    assert_eq!(web_processes(&driver), pages, "the page was kept");
}

#[tokio::test]
async fn a_closed_drawer_whose_process_died_meanwhile_opens_again() {
    let desk = Desk::complete("drawer-died").await;
    let app = desk.start(&["--hidden"]);
    let tray = desk.tooltip_is(LOGIN_NEEDED, START).await;
    let others = web_processes(&app);
    tray.activate().await.unwrap();
    desk.close_drawer(&app).await;
    for page in web_processes(&app).difference(&others) {
        kill(*page).await;
    }
    tray.activate().await.unwrap();
    desk.stage.window(&app, DRAWER, CLICK).await.unwrap();
}

#[tokio::test]
async fn without_a_tray_host_the_window_is_shown_and_the_tray_may_come_later() {
    let desk = Desk::new("no-tray").await;
    let app = desk.start(&["--hidden"]);
    desk.stage.window(&app, DRAWER, START).await.unwrap();
    desk.stage.add_tray_host().await.unwrap();
    desk.tooltip_is(LOGIN_NEEDED, CLICK).await;
}

#[tokio::test]
async fn without_a_tray_host_the_drawer_says_so_and_comes_back() {
    let desk = Desk::new("no-tray-words").await;
    let (driver, client) = desk.drive(&[]).await;
    page_says(&client, "Teams needs a login.").await;
    client.find(Locator::XPath("//button[.='Teams Login']")).await.unwrap().click().await.unwrap();
    let page = desk.stage.opened_after(0, CLICK).await.unwrap();
    smoke::sign_in(&page).await.unwrap();
    page_says(&client, "No tray was found.").await;

    let body = client.find(Locator::Css("body")).await.unwrap();
    // Esc closes the window, so the driver has nothing left to answer about.
    let _ = body.send_keys("\u{e00c}").await;
    until(CLICK, "a closed drawer", async || {
        let windows = desk.stage.windows().await?;
        if has_window(&driver, &windows) { Err(format!("{windows:?}")) } else { Ok(()) }
    })
    .await
    .unwrap();
    let mut again = desk.start(&[]);
    assert!(again.wait(START).await.unwrap().success());
    desk.stage.window(&driver, DRAWER, CLICK).await.unwrap();
}

#[tokio::test]
async fn without_a_keyring_the_session_lasts_until_quit_and_says_so() {
    let desk = Desk::new("no-keyring").await;
    desk.stage.add_tray_host().await.unwrap();
    let mut app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let notice = desk.stage.notification("No keyring found.", CLICK).await.unwrap();
    assert_eq!(notice.body, "You stay logged in until you quit.");
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    tray.click("Quit").await.unwrap();
    assert!(app.wait(CLICK).await.unwrap().success());

    let _app = desk.start(&["--hidden"]);
    desk.tooltip_is(LOGIN_NEEDED, START).await;
}

#[tokio::test]
async fn a_malformed_settings_file_is_named_with_line_and_reason_and_kept() {
    let desk = Desk::complete("settings").await;
    let mut app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    tray.click("Quit").await.unwrap();
    assert!(app.wait(CLICK).await.unwrap().success());

    let broken = format!("[sync]\nhold = \"soon\"\n{}", desk.contoso.settings_toml());
    std::fs::write(desk.settings_file(), &broken).unwrap();
    let _app = desk.start(&["--hidden"]);
    let notice = desk.stage.notification("A settings file cannot be used.", START).await.unwrap();
    assert!(notice.body.contains("settings.toml, line 2: "), "{}", notice.body);
    assert!(notice.body.ends_with("The last good settings are used."), "{}", notice.body);
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    assert_eq!(std::fs::read_to_string(desk.settings_file()).unwrap(), broken);
}

#[tokio::test]
async fn an_unreachable_graph_is_one_sentence_beside_a_connect_that_is_followed() {
    let desk = Desk::complete("unreachable").await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let settings = desk.contoso.settings_toml();
    let graph = desk.contoso.microsoft().join("graph/v1.0/").unwrap();
    assert!(settings.contains(graph.as_str()), "{settings}");
    desk.write_settings(&settings.replace(graph.as_str(), &format!("http://{closed}/graph/v1.0/")));
    let (_driver, client) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is("Problem: Teams: no answer", START).await;
    let text = page_says(&client, "Teams: no answer").await;
    assert!(text.contains("Available"), "the Connect side is still there: {text}");

    client
        .find(Locator::XPath("//button[span[starts-with(., 'Health: ')]]"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let health = page_says(&client, "The app tries again automatically.").await;
    assert!(health.contains("Microsoft cannot be reached."), "{health}");

    desk.world().choose_status("Training").unwrap();
    page_says(&client, "Training").await;
}

#[tokio::test]
async fn a_second_copy_opens_the_first_ones_drawer() {
    let desk = Desk::complete("second").await;
    let app = desk.start(&["--hidden"]);
    desk.tooltip_is(LOGIN_NEEDED, START).await;
    let windows = desk.stage.windows().await.unwrap();
    assert!(!has_window(&app, &windows), "{windows:?}");
    let mut second = desk.start(&[]);
    assert!(second.wait(START).await.unwrap().success());
    desk.stage.window(&app, DRAWER, CLICK).await.unwrap();
}

#[tokio::test]
async fn the_ccp_page_may_call_one_command_only() {
    let desk = Desk::complete("ccp-page").await;
    let origin = desk.contoso.connect().clone();
    may_call_one_command_only(&desk, origin.as_str()).await;
}

#[tokio::test]
async fn our_own_page_around_the_ccp_may_call_one_command_only() {
    let desk = Desk::complete("own-page").await;
    desk.connect("approved_origin", "connect/saml");
    may_call_one_command_only(&desk, connect_login::OUR_ORIGIN).await;
}

#[tokio::test]
async fn the_drawer_may_not_speak_for_the_ccp() {
    let desk = Desk::complete("drawer-calls").await;
    let (_driver, client) = desk.drive(&[]).await;
    page_says(&client, "Teams needs a login.").await;
    assert!(invoke(&client, "view", &json!({})).await.is_ok());
    for (command, arguments) in
        [("ccp_event", json!({ "token": "", "message": "{}" })), ("plugin:window|close", json!({}))]
    {
        let refused = invoke(&client, command, &arguments).await.unwrap_err();
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
}
