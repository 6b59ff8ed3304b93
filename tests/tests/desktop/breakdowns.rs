//! Breakdowns of the CCP page and of Microsoft, with the real program: within the times of the specification the tray
//! says what is so, nothing is renewed on a lost session, and it comes back by itself.
//!
//! These tests wait longest of all, and are among the first by name, so that the others run meanwhile. How it is with
//! every fault of every service is tested in virtual time, with the controller alone.

use std::time::{Duration, Instant};

use sandbox::{
    Activity, Availability, Channel, Endpoint, Fault, PanelBreak, PanelTrouble, Presence, StatusCode, Words,
    Written,
};
use smoke::stage::{App, until};

use crate::{
    STILL,
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says},
};

const MINUTE: Duration = Duration::from_secs(60);
/// A silent page is unknown by then.
const UNKNOWN: Duration = Duration::from_secs(60);
/// A page that only grows old is given up after 90 s; another is loaded by then.
const BACK: Duration = Duration::from_secs(75);
const AWAY: Presence = Presence { availability: Availability::Away, activity: Activity::Away };

/// A desk at which Teams shows an Available that the application wrote.
async fn available_by_us(name: &str) -> (Desk, App) {
    let desk = Desk::complete(name).await;
    desk.world().set_teams(AWAY);
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    until(CLICK, "an Available of ours", async || {
        let now = desk.world().overview();
        if now.session.is_some() { Ok(()) } else { Err(format!("{:?}", now.presence)) }
    })
    .await
    .unwrap();
    (desk, app)
}

/// Waits until the tray does not say that Connect is Available any more, and gives what it says.
async fn not_available(desk: &Desk) -> String {
    until(UNKNOWN, "a tray without Available for Connect", async || {
        let tooltip = desk.stage.tray(CLICK).await?.tooltip().await?;
        if tooltip.contains("Available /") { Err(tooltip) } else { Ok(tooltip) }
    })
    .await
    .unwrap()
}

/// The page breaks in this way, and a page that is loaded later is well.
async fn breaks(how: PanelBreak) {
    let (desk, _app) = available_by_us(&format!("panel-{how:?}").to_lowercase()).await;
    let begun = Instant::now();
    desk.world().set_panel_trouble(Some(PanelTrouble::Broken { how, reload_helps: true }));
    let said = not_available(&desk).await;
    let known = begun.elapsed();
    let written = desk.world().overview().writes.len();
    desk.tooltip_is(BOTH_AVAILABLE, BACK).await;
    let back = begun.elapsed();
    // What was written since then was decided on what the new page said.
    let now = desk.world().overview();
    let renewed =
        now.writes.iter().skip(written).find(|write| matches!(write.what, Written::SetPresence { .. }));
    assert_eq!(renewed, None, "{how:?}: {:#?}", now.writes);
    println!("{how:?}: \"{said}\" after {known:?}, back after {back:?}");
    desk.world().choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
}

#[tokio::test]
async fn a_page_that_freezes_or_whose_worker_or_network_is_gone_is_unknown_within_a_minute_and_comes_back() {
    // They wait most of the time, so they wait together.
    tokio::join!(breaks(PanelBreak::Frozen), breaks(PanelBreak::WorkerDead), breaks(PanelBreak::NetworkAway));
}

#[tokio::test]
async fn a_contact_of_a_type_that_nobody_knows_is_on_contact_and_takes_our_available_back() {
    let (desk, _app) = available_by_us("unknown-contact").await;
    let words = Words { contact_type: Some("sms".to_owned()), ..Words::default() };
    desk.world().set_words(words);
    desk.world().ring(Channel::Voice, "+44 20 7946 0018").unwrap();
    desk.world().connect_contact().unwrap();
    until(CLICK, "no Available of ours", async || match desk.world().overview().session {
        None => Ok(()),
        Some(ours) => Err(format!("{ours:?}")),
    })
    .await
    .unwrap();
    until(CLICK, "a tray that says On a contact and Away", async || {
        let tooltip = desk.stage.tray(CLICK).await?.tooltip().await?;
        if tooltip.ends_with("On a contact / Away") { Ok(()) } else { Err(tooltip) }
    })
    .await
    .unwrap();
    desk.world().end_contact().unwrap();
    desk.world().clear_contact().unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, CLICK).await;
    assert_eq!(desk.world().overview().session.map(|ours| ours.presence), Some(Presence::AVAILABLE));
}

#[tokio::test]
async fn a_retry_after_of_nothing_is_named_no_storm_and_over_when_microsoft_is_well() {
    let desk = Desk::complete("retry-after-0").await;
    let (_driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let world = desk.world();
    let throttled = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("0");
    let begun = Instant::now();
    world.set_fault(Endpoint::Graph, throttled);
    page_says(&page, "Slowed by Microsoft").await;
    let named = begun.elapsed();
    world.choose_status("Training").unwrap();
    page_says(&page, "Training").await;
    keep_picture(&page, "slowed.png").await;
    page.press("//*[starts-with(@aria-label, 'Health: ')]", CLICK).await.unwrap();
    page_says(&page, "Your own status was last read at").await;
    keep_picture(&page, "slowed-health.png").await;
    tokio::time::sleep(MINUTE / 2).await;
    let most = [Endpoint::OwnPresence, Endpoint::Writes, Endpoint::Colleagues, Endpoint::Directory]
        .map(|endpoint| (endpoint, world.most_requests_within(endpoint, MINUTE)));
    assert!(most.iter().all(|(_, most)| *most <= 30), "{most:?}");
    assert!(world.overview().writes.is_empty());
    world.clear_faults();
    let begun = Instant::now();
    until(MINUTE + CLICK, "Busy in Teams", async || {
        let shown = world.overview().presence;
        if shown == Presence::BUSY { Ok(()) } else { Err(format!("{shown:?}")) }
    })
    .await
    .unwrap();
    println!("Retry-After 0: named after {named:?}, {most:?} a minute, arrived after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_retry_after_of_a_day_is_named_and_what_is_ours_is_taken_back_at_quit() {
    let desk = Desk::complete("retry-after-day").await;
    desk.world().set_teams(AWAY);
    let (mut driver, page) = desk.drive(&[]).await;
    desk.sign_in().await;
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let world = desk.world();
    world.set_fault(
        Endpoint::Colleagues,
        Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("86400"),
    );
    page_says(&page, "Slowed by Microsoft").await;
    let asked = || world.overview().requests[&Endpoint::Graph];
    let before = asked();
    for _ in 0..3 {
        desk.stage.tray(CLICK).await.unwrap().click("Sync now").await.unwrap();
    }
    tokio::time::sleep(STILL).await;
    assert_eq!(asked(), before, "the wait is for the whole tenant");
    assert!(world.overview().session.is_some());
    desk.stage.tray(CLICK).await.unwrap().click("Quit").await.unwrap();
    until(CLICK, "ours is taken back", async || match world.overview().session {
        None => Ok(()),
        Some(ours) => Err(format!("{ours:?}")),
    })
    .await
    .unwrap();
    drop(page);
    driver.kill().await.unwrap();
}
