//! Calling a colleague from the drawer, and Teams Login in the middle of the day.

use std::time::Duration;

use sandbox::{AgentError, Channel, Contact, DialRefusal, Direction, NextDial, Presence, Queue, Stage, Step};
use serde_json::json;
use smoke::stage::{App, Page, until};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{invoke, keep_picture, page_says},
    people::{ESCAPE, row},
};

/// Available, with one number in national spelling.
const CALLED: &str = "Chiara Moretti";
const CALLED_E164: &str = "+441632960029";
/// In Do not disturb, with one number and an extension.
const NOT_TO_DISTURB: &str = "Hiroshi Tanaka";
const NOT_TO_DISTURB_E164: &str = "+441632960032";
/// Without any number.
const WITHOUT_NUMBER: &str = "Beatriz Fonseca";
/// Nothing is dialled within a second of a call's end, or of a click that may be the first half of a double click.
const DIALS_AGAIN: Duration = Duration::from_secs(2);
/// Two presses that are further apart are two.
pub const DOUBLE: Duration = Duration::from_millis(700);
const SHIFT_F10: &str = "\u{e008}\u{e03a}\u{e000}";

/// The drawer with both sides live and somebody found by the search.
async fn drawer_with(name: &str, desk: &Desk) -> (App, Page) {
    let (driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(&page, "40 people").await;
    page.type_text(name).await.unwrap();
    page_says(&page, "1 of 40").await;
    (driver, page)
}

async fn open_menu(page: &Page, name: &str) {
    // While the pointer is on the list its rows stay where they are, behind the bar of a call too.
    page.press("//*[@role='searchbox']", CLICK).await.unwrap();
    let row = page.element(&row(name), CLICK).await.unwrap();
    page.right_click(row).await.unwrap();
    page_says(page, &format!("Call {name}")).await;
}

/// A line of the menu that holds these words.
fn item(words: &str) -> String {
    format!("//*[@role='menuitem'][contains(., '{words}')]")
}

/// The contact of the agent, once it is that far.
pub async fn contact_is(desk: &Desk, stage: Stage) -> Contact {
    let world = desk.world();
    until(CLICK, &format!("a contact, {stage:?}"), async || {
        let contact = world.overview().agent.contact.ok_or("no contact")?;
        if contact.stage == stage { Ok(contact) } else { Err(format!("{contact:?}")) }
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn the_menu_opens_by_right_click_and_by_shift_f10_and_calls() {
    let desk = Desk::complete("call").await;
    let (_driver, page) = drawer_with(CALLED, &desk).await;

    open_menu(&page, CALLED).await;
    page.element(&item("Copy number"), CLICK).await.unwrap();
    page.element(&item("Add to favourites"), CLICK).await.unwrap();
    keep_picture(&page, "menu.png").await;
    page.type_text(ESCAPE).await.unwrap();
    let menu = "return document.querySelectorAll('[role=menu]').length";
    until(CLICK, "a closed menu with the focus on its row", async || {
        let open = page.execute(menu, Vec::new()).await.map_err(|error| error.to_string())?;
        let focused = "return document.activeElement.textContent";
        let focused = page.execute(focused, Vec::new()).await.map_err(|error| error.to_string())?;
        let back = focused.as_str().is_some_and(|words| words.starts_with(CALLED));
        if open == 0 && back { Ok(()) } else { Err(format!("{open} menus, focus on {focused}")) }
    })
    .await
    .unwrap();

    page.type_text(SHIFT_F10).await.unwrap();
    page.press(&item("960029"), CLICK).await.unwrap();
    let contact = contact_is(&desk, Stage::RingingOut).await;
    assert_eq!(
        (contact.direction, contact.channel, contact.number.as_str(), contact.queue),
        (Direction::Outbound, Channel::Voice, CALLED_E164, Queue::Billing)
    );
    page_says(&page, "Ringing").await;
    desk.tooltip_is(&format!("On a call with {CALLED}"), CLICK).await;

    desk.world().answer_call().unwrap();
    page_says(&page, "Connected").await;
    desk.shown_becomes(Presence::IN_A_CALL).await;
    keep_picture(&page, "call.png").await;
    page.press("//button[@aria-label='Hang up']", CLICK).await.unwrap();
    contact_is(&desk, Stage::AfterContactWork).await;
    page_says(&page, "Ended after").await;
    desk.world().clear_contact().unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;
}

#[tokio::test]
async fn do_not_disturb_asks_once_before_dialling() {
    let desk = Desk::complete("disturb").await;
    let (_driver, page) = drawer_with(NOT_TO_DISTURB, &desk).await;
    page_says(&page, "Do not disturb").await;
    open_menu(&page, NOT_TO_DISTURB).await;
    page.press(&item("960032"), CLICK).await.unwrap();
    page_says(&page, "Call anyway?").await;
    // A press right after the first one is the second half of a double click.
    tokio::time::sleep(DOUBLE).await;
    page.press("//section//button[.='Cancel']", CLICK).await.unwrap();

    open_menu(&page, NOT_TO_DISTURB).await;
    page.press(&item("960032"), CLICK).await.unwrap();
    page_says(&page, "Call anyway?").await;
    tokio::time::sleep(DOUBLE).await;
    page.press("//section//button[.='Call']", CLICK).await.unwrap();
    let contact = contact_is(&desk, Stage::RingingOut).await;
    assert_eq!(contact.number, NOT_TO_DISTURB_E164);
    desk.world().answer_call().unwrap();
    until(CLICK, "the extension, sent as digits", async || {
        let digits = desk.world().overview().agent.contact.map(|contact| contact.digits).unwrap_or_default();
        if digits.contains("4032") { Ok(()) } else { Err(format!("\"{digits}\"")) }
    })
    .await
    .unwrap();
    assert_eq!(desk.world().done().dialled.len(), 1, "only the second question was answered by Call");
}

#[tokio::test]
async fn a_person_without_a_number_has_call_greyed_with_the_reason() {
    let desk = Desk::complete("no-number").await;
    let (_driver, page) = drawer_with(WITHOUT_NUMBER, &desk).await;
    open_menu(&page, WITHOUT_NUMBER).await;
    let call = page.element(&item("No phone number in the directory."), CLICK).await.unwrap();
    assert_eq!(call.attr("aria-disabled").await.unwrap().as_deref(), Some("true"));
    // A greyed line takes the click and does nothing. What the page asked for is done before it gets a view.
    call.click().await.unwrap();
    let view = invoke(&page, "view", &json!({})).await.unwrap();
    assert_eq!(view["call"], json!(null), "{view}");
}

#[tokio::test]
async fn a_revoked_grant_has_a_banner_whose_button_opens_the_login() {
    let desk = Desk::complete("revoked").await;
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let known = desk.stage.opened().unwrap().len();
    desk.world().revoke();
    tray.click("Sync now").await.unwrap();
    page_says(&page, "Teams needs a new login.").await;
    keep_picture(&page, "login.png").await;
    page_says(&page, "Your authorization ended at ").await;
    page.press("//button[.='Teams Login']", CLICK).await.unwrap();
    let login = desk.stage.opened_after(known, CLICK).await.unwrap();
    smoke::sign_in(&login).await.unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    assert_eq!(desk.world().overview().sign_ins, 2);
}

/// Chooses the first number of somebody in their menu.
async fn call(page: &Page, name: &str, number: &str) {
    open_menu(page, name).await;
    page.press(&item(number), CLICK).await.unwrap();
}

#[tokio::test]
async fn each_refusal_of_connect_is_a_sentence_of_ours_and_dials_nothing() {
    let desk = Desk::complete("refusals").await;
    let (_driver, page) = drawer_with(CALLED, &desk).await;
    let world = desk.world();
    let refusals = [
        (DialRefusal::InvalidState, "ConnectPath cannot call out at the moment."),
        (DialRefusal::BadEndpoint, "ConnectPath cannot dial this number."),
        (DialRefusal::LimitExceeded, "Too many calls or requests at once."),
        (DialRefusal::AccessDenied, "You have no permission to call out."),
        (DialRefusal::QuotaExceeded, "Too many calls or requests at once."),
        (DialRefusal::InternalService, "Amazon Connect has a problem."),
        (DialRefusal::Throttling, "Too many calls or requests at once."),
    ];
    for (why, sentence) in refusals {
        world.set_next_dial(Some(NextDial::Refused { why }));
        call(&page, CALLED, "960029").await;
        page_says(&page, sentence).await;
        tokio::time::sleep(DIALS_AGAIN).await;
    }
    assert_eq!(world.overview().agent.contact, None);
    assert_eq!(world.done().refused.len(), refusals.len(), "one request for each click");
}

#[tokio::test]
async fn the_end_of_a_call_has_its_reason_in_words() {
    let desk = Desk::complete("errors").await;
    let (_driver, page) = drawer_with(CALLED, &desk).await;
    let world = desk.world();
    for (error, sentence) in [
        (AgentError::LineEngagedCustomer, "Line busy."),
        (AgentError::FailedConnectCustomer, "Number not reached."),
        (AgentError::MissedCallCustomer, "No answer."),
        (AgentError::FailedConnectAgent, "Open ConnectPath to take the audio."),
        (AgentError::MultipleCcpWindows, "ConnectPath is open in two windows."),
    ] {
        world.set_next_dial(Some(NextDial::Fails { error }));
        call(&page, CALLED, "960029").await;
        page_says(&page, sentence).await;
        // Connect keeps the contact until it is cleared.
        world.step(Step::Clear, None).unwrap();
        tokio::time::sleep(DIALS_AGAIN).await;
    }
    assert_eq!(world.done().dialled.len(), 5);
}

#[tokio::test]
async fn a_next_status_that_the_agent_queued_outlives_the_call() {
    let desk = Desk::complete("next-status").await;
    let (_driver, page) = drawer_with(CALLED, &desk).await;
    let world = desk.world();
    let before = world.overview().presence;
    call(&page, CALLED, "960029").await;
    contact_is(&desk, Stage::RingingOut).await;
    world.answer_call().unwrap();
    desk.shown_becomes(Presence::IN_A_CALL).await;
    world.choose_status("Lunch").unwrap();
    assert_eq!(world.overview().agent.next, Some("Lunch"));
    page.press("//button[@aria-label='Hang up']", CLICK).await.unwrap();
    until(CLICK, "Lunch", async || {
        let agent = world.overview().agent;
        if agent.contact.as_ref().is_some_and(|contact| contact.stage == Stage::AfterContactWork) {
            world.clear_contact().map_err(|refused| refused.to_string())?;
        }
        if agent.chosen == "Lunch" { Ok(()) } else { Err(format!("{agent:?}")) }
    })
    .await
    .unwrap();
    world.choose_status("Available").unwrap();
    desk.shown_becomes(before).await;
}
