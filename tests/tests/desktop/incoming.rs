//! Calls that come in, in the real application: who is named where, what was missed, and calling back.

use sandbox::{Anonymous, Channel, Flow, Presence, Ring, Step};
use smoke::stage::{Page, until};

use crate::{
    calls::contact_is,
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says},
    settings::SETTINGS,
};

/// Has one number.
const CALLER: &str = "Chiara Moretti";
const CALLER_E164: &str = "+441632960029";

/// A desk at work, with the drawer open and everybody in the list.
async fn at_work(name: &str) -> (Desk, smoke::stage::App, Page) {
    let desk = Desk::complete(name).await;
    let (driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    page_says(&page, "40 people").await;
    (desk, driver, page)
}

fn person(desk: &Desk, name: &str) -> sandbox::Colleague {
    desk.world().colleagues(name, 1).remove(0)
}

fn directly() -> Ring {
    Ring { direct: true, ..Ring::default() }
}

/// The notification with these words, once it is open.
async fn notified(desk: &Desk, words: &str) -> smoke::stage::Notification {
    until(CLICK, &format!("an open notification that says \"{words}\""), async || {
        let all = desk.stage.notifications();
        let found = all.iter().rfind(|one| one.is_open && one.says(words)).cloned();
        found.ok_or_else(|| format!("{all:?}"))
    })
    .await
    .unwrap()
}

/// Waits until these words are no longer on the page.
async fn page_forgets(page: &Page, words: &str) {
    let script = "return document.body.innerText";
    until(CLICK, &format!("a page without \"{words}\""), async || {
        let text = page.execute(script, Vec::new()).await.map_err(|error| error.to_string())?;
        let text = text.as_str().unwrap_or_default();
        if text.contains(words) { Err(text.to_owned()) } else { Ok(()) }
    })
    .await
    .unwrap();
}

async fn focused(page: &Page) -> String {
    let script = "return document.activeElement.outerHTML";
    page.execute(script, Vec::new()).await.unwrap().as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_colleague_who_calls_is_named_everywhere_and_followed_to_the_end() {
    let (desk, _driver, page) = at_work("incoming").await;
    let before = (focused(&page).await, desk.world().overview().presence);
    let caller = person(&desk, CALLER).id;
    desk.world().ring_as(Some(caller), directly(), Some(Flow { fallback: None })).unwrap();
    let title = format!("{CALLER} (Teams) is calling");
    page_says(&page, &title).await;
    page_says(&page, "To you directly, on ").await;
    page_says(&page, "Answer in ConnectPath.").await;
    notified(&desk, &title).await;
    desk.tooltip_is(&title, CLICK).await;
    assert_eq!(focused(&page).await, before.0, "the focus stays where it was");
    keep_picture(&page, "incoming.png").await;

    desk.world().step(Step::Connect, None).unwrap();
    desk.shown_becomes(Presence::IN_A_CALL).await;
    page_says(&page, "Connected, 0:").await;
    desk.tooltip_is(&format!("On a call with {CALLER} (Teams)"), CLICK).await;
    assert!(!desk.stage.notifications().iter().any(|one| one.is_open && one.says(&title)));
    keep_picture(&page, "answered.png").await;
    desk.world().step(Step::End, None).unwrap();
    page_forgets(&page, "Connected, 0:").await;
    desk.world().step(Step::Clear, None).unwrap();
    desk.shown_becomes(before.1).await;
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;
}

#[tokio::test]
async fn a_missed_caller_is_called_back_after_the_missed_contact_is_cleared() {
    let (desk, app, page) = at_work("missed").await;
    let caller = person(&desk, CALLER).id;
    desk.world().ring_as(Some(caller), directly(), Some(Flow { fallback: None })).unwrap();
    page_says(&page, "is calling").await;
    desk.world().step(Step::Miss, None).unwrap();
    page_says(&page, &format!("Missed: {CALLER} (Teams)")).await;
    keep_picture(&page, "missed.png").await;
    notified(&desk, "Missed: ").await;
    page.press("//button[.='Call back']", CLICK).await.unwrap();
    let contact = contact_is(&desk, sandbox::Stage::RingingOut).await;
    assert_eq!(contact.number, CALLER_E164);
    let done = desk.world().done();
    assert_eq!((done.cleared, done.dialled), (1, vec![CALLER_E164.to_owned()]));
    page_forgets(&page, "Missed: ").await;
    desk.world().answer_call().unwrap();
    page_says(&page, "Connected").await;
    page.press("//button[@aria-label='Hang up']", CLICK).await.unwrap();
    contact_is(&desk, sandbox::Stage::AfterContactWork).await;
    desk.world().clear_contact().unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;

    // Both calls are kept on this machine, and nothing else is.
    let kept = until(CLICK, "two calls on disk", async || {
        let text =
            std::fs::read_to_string(desk.data.join("calls.json")).map_err(|error| error.to_string())?;
        let file: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let calls = file["calls"].as_array().cloned().unwrap_or_default();
        if calls.len() == 2 { Ok(calls) } else { Err(text) }
    })
    .await
    .unwrap();
    assert!(kept.iter().all(|call| call["person"] == caller.to_string()), "{kept:?}");
    page.press("//button[@aria-label='More']", CLICK).await.unwrap();
    page.press("//*[@role='menuitem'][.='Recent calls']", CLICK).await.unwrap();
    desk.stage.window(&app, SETTINGS, CLICK).await.unwrap();
}

#[tokio::test]
async fn the_button_of_the_notification_calls_back_while_the_drawer_is_closed() {
    let (desk, driver, page) = at_work("missed-notice").await;
    desk.close_drawer(&driver).await;
    let caller = person(&desk, CALLER).id;
    desk.world().ring_as(Some(caller), directly(), None).unwrap();
    notified(&desk, &format!("{CALLER} (Teams) is calling")).await;
    // The caller gives up.
    desk.world().step(Step::GiveUp, None).unwrap();
    let notice = notified(&desk, "Missed: ").await;
    desk.stage.click_notification(&notice, "act").await.unwrap();
    let contact = contact_is(&desk, sandbox::Stage::RingingOut).await;
    assert_eq!(contact.number, CALLER_E164);
    // The drawer opens, and shows the call.
    page_says(&page, "Ringing").await;
    assert_eq!(desk.world().done().dialled.len(), 1);
}

#[tokio::test]
async fn a_caller_who_is_not_known_for_certain_is_named_as_such() {
    let (desk, _driver, page) = at_work("callers").await;
    let world = desk.world();
    let shared = person(&desk, "Jonas Weber").id;
    world.ring_as(Some(shared), Ring::default(), None).unwrap();
    page_says(&page, "One of 2 is calling: Jonas Weber, Olga Petrova").await;
    keep_picture(&page, "one-of-two.png").await;
    world.step(Step::TransferAway, None).unwrap();
    page_forgets(&page, "is calling").await;

    // A customer of a queue, and a number that is not shown, beside each other.
    let customer = "+441632960550";
    world.ring(Channel::Voice, customer).unwrap();
    page_says(&page, "+44 1632 960550 is calling").await;
    page_says(&page, "To queue ").await;
    let beside = Ring { number: Anonymous::Keypad.number().to_owned(), beside: true, ..directly() };
    world.ring_with(beside).unwrap();
    page_says(&page, "Somebody without a number is calling").await;
    keep_picture(&page, "several.png").await;
    notified(&desk, "Somebody without a number is calling").await;
    let shown = desk.stage.notifications();
    assert!(!shown.iter().any(|one| one.says("960550")), "a customer's call notifies nobody: {shown:?}");
    for _ in 0..2 {
        world.step(Step::Connect, None).unwrap();
        world.step(Step::End, None).unwrap();
        world.step(Step::Clear, None).unwrap();
    }
    page_forgets(&page, "is calling").await;
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;
    assert!(!desk.data.join("calls.json").exists(), "no customer is kept on disk");
}
