//! Breakdowns of the CCP page and of Microsoft, with the real program: within the specified times the tray
//! shows the true state, nothing is renewed on a lost session, and the session comes back by itself.
//!
//! These tests wait longest of all. By name they are among the first, so that the others run meanwhile. Every fault of
//! every service is tested in virtual time, with the controller alone.

use std::time::{Duration, Instant};

use sandbox::{
    Activity, Availability, Channel, Endpoint, Fault, PanelBreak, PanelTrouble, Presence, StatusCode, Words,
    Written,
};
use smoke::stage::{App, until};

use crate::{
    connect_login::OUR_ORIGIN,
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    page::{keep_picture, page_says},
    processes::{kill, web_processes},
};

const MINUTE: Duration = Duration::from_secs(60);
/// A silent page is unknown by then.
const UNKNOWN: Duration = Duration::from_secs(60);
/// A page that only grows old is given up after 90 s; another is loaded by then.
const BACK: Duration = Duration::from_secs(75);
const AWAY: Presence = Presence { availability: Availability::Away, activity: Activity::Away };

/// After a crash another page is loaded at once, but says nothing for this long: time to see what is shown meanwhile.
const LATE: u32 = 6;

/// If clicks cause requests, these leave within that time.
const STILL: Duration = Duration::from_secs(3);

/// Whose page carries the CCP.
#[derive(Debug, Clone, Copy)]
enum Around {
    TheInstance,
    Us,
}

/// A desk at which Teams shows an Available that the application wrote.
async fn available_by_us(name: &str, around: Around) -> (Desk, App) {
    let desk = Desk::complete(name).await;
    desk.world().set_teams(AWAY);
    match around {
        Around::TheInstance => {}
        Around::Us => {
            desk.connect("approved_origin", "connect/saml");
            desk.world().set_approved_origins(vec![OUR_ORIGIN.to_owned()]);
        }
    }
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    match around {
        Around::TheInstance => {}
        Around::Us => desk.click_connect_login().await,
    }
    ours_is_available(&desk).await;
    desk.no_login_window(&app).await;
    (desk, app)
}

async fn ours_is_available(desk: &Desk) {
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    until(CLICK, "an Available of ours", async || {
        let now = desk.world().overview();
        if now.session.is_some() { Ok(()) } else { Err(format!("{:?}", now.presence)) }
    })
    .await
    .unwrap();
}

/// Waits until the tray no longer shows Connect as Available, and returns what it shows.
async fn not_available(desk: &Desk) -> String {
    until(UNKNOWN, "a tray without Available for Connect", async || {
        let tooltip = desk.stage.tray(CLICK).await?.tooltip().await?;
        if tooltip.contains("Available /") { Err(tooltip) } else { Ok(tooltip) }
    })
    .await
    .unwrap()
}

/// The writes after the first `written` ones that make or keep a presence of ours.
fn written_since(desk: &Desk, written: usize) -> Vec<Written> {
    let writes = desk.world().overview().writes.into_iter().skip(written).map(|write| write.what);
    writes.filter(|what| matches!(what, Written::SetPresence { .. })).collect()
}

/// The page breaks in this way, and a page that is loaded later is well.
async fn breaks(how: PanelBreak) {
    let (desk, _app) = available_by_us(&format!("panel-{how:?}").to_lowercase(), Around::TheInstance).await;
    is_unknown_until_it_is_loaded_again(&desk, how).await;
}

async fn is_unknown_until_it_is_loaded_again(desk: &Desk, how: PanelBreak) {
    let begun = Instant::now();
    desk.world().set_panel_trouble(Some(PanelTrouble::Broken { how, reload_helps: true }));
    let said = not_available(desk).await;
    let known = begun.elapsed();
    let written = desk.world().overview().writes.len();
    desk.tooltip_is(BOTH_AVAILABLE, BACK).await;
    let back = begun.elapsed();
    // What was written since then was decided on what the new page said.
    assert_eq!(written_since(desk, written), [], "{how:?}");
    println!("{how:?}: \"{said}\" after {known:?}, back after {back:?}");
    desk.world().choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
}

#[tokio::test]
async fn a_page_that_freezes_or_whose_worker_or_network_is_gone_is_unknown_within_a_minute_and_comes_back() {
    // They wait most of the time, so they wait together.
    tokio::join!(breaks(PanelBreak::Frozen), breaks(PanelBreak::WorkerDead), breaks(PanelBreak::NetworkAway));
}

/// The web process of the hidden window dies; the next page is late.
async fn dies(around: Around) -> (Desk, App) {
    let (desk, app) = available_by_us(&format!("web-process-{around:?}").to_lowercase(), around).await;
    // The drawer is closed, so the only page is the CCP's.
    let first = web_processes(&app);
    assert_eq!(first.len(), 1, "{first:?}");
    let (begun, written) = (Instant::now(), desk.world().overview().writes.len());
    for pid in &first {
        kill(*pid).await;
    }
    desk.world().set_panel_trouble(Some(PanelTrouble::Late { seconds: LATE }));
    // The menu has the words of both cards.
    let is_unknown = async || {
        let menu = desk.stage.tray(CLICK).await?.menu().await?;
        let says = menu.iter().any(|line| line.label.starts_with("Unknown / "));
        if says { Ok(()) } else { Err(format!("{menu:?}")) }
    };
    until(CLICK, "an unknown Connect", is_unknown).await.unwrap();
    let known = begun.elapsed();
    desk.stage.tray(CLICK).await.unwrap().click("Sync now").await.unwrap();
    until(CLICK, "another web process", async || {
        let now = web_processes(&app);
        if now.is_empty() || now.intersection(&first).next().is_some() {
            Err(format!("{now:?}"))
        } else {
            Ok(())
        }
    })
    .await
    .unwrap();
    is_unknown().await.unwrap();
    desk.tooltip_is(BOTH_AVAILABLE, START).await;
    assert_eq!(
        written_since(&desk, written),
        [],
        "nothing was renewed on a lost session, and ours was there all the time: {around:?}"
    );
    println!("killed, {around:?}: unknown after {known:?}, back after {:?}", begun.elapsed());
    desk.world().choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
    (desk, app)
}

#[tokio::test]
async fn the_ccp_window_comes_back_after_its_web_process_died_and_is_unknown_until_then() {
    dies(Around::TheInstance).await;
}

#[tokio::test]
async fn our_own_page_around_the_ccp_comes_back_after_its_web_process_died_and_after_it_froze() {
    let (desk, _app) = dies(Around::Us).await;
    desk.world().choose_status("Available").unwrap();
    ours_is_available(&desk).await;
    is_unknown_until_it_is_loaded_again(&desk, PanelBreak::Frozen).await;
}

#[tokio::test]
async fn a_contact_of_a_type_that_nobody_knows_is_on_contact_and_takes_our_available_back() {
    let (desk, _app) = available_by_us("unknown-contact", Around::TheInstance).await;
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
    page.press("//button[span[starts-with(., 'Health: ')]]", CLICK).await.unwrap();
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

/// Starts the application, lets this service ask for a day, and quits: nothing but the end of the process ends the wait
/// before a quarter of an hour is over.
async fn asks_for_a_day(desk: &Desk, endpoint: Endpoint, signs_in: bool) {
    let begun = Instant::now();
    let world = desk.world();
    let fault = Fault::refusal(StatusCode::TOO_MANY_REQUESTS).with_retry_after("86400");
    let begins_with_it = endpoint == Endpoint::Directory;
    if begins_with_it {
        world.set_fault(endpoint, fault.clone());
    }
    let (mut driver, page) = desk.drive(&[]).await;
    if signs_in {
        desk.sign_in().await;
    }
    if !begins_with_it {
        desk.tooltip_is(BOTH_AVAILABLE, START).await;
        world.set_fault(endpoint, fault);
    }
    let sync_now = async || desk.stage.tray(CLICK).await.unwrap().click("Sync now").await.unwrap();
    if endpoint == Endpoint::Token {
        world.expire_access_tokens();
    }
    if endpoint == Endpoint::Writes {
        world.choose_status("Training").unwrap();
    } else {
        sync_now().await;
    }
    let words =
        if endpoint == Endpoint::Token { "Microsoft does not answer." } else { "Slowed by Microsoft" };
    page.says(words, START).await.unwrap();
    let named = begun.elapsed();
    let asked = || {
        let requests = world.overview().requests;
        (requests[&Endpoint::Graph], requests[&Endpoint::Token])
    };
    world.clear_faults();
    let before = asked();
    for _ in 0..3 {
        sync_now().await;
    }
    tokio::time::sleep(STILL).await;
    assert_eq!(asked(), before, "{endpoint:?}: the wait is for everything");
    assert!(begins_with_it || world.overview().session.is_some(), "{endpoint:?}");
    desk.stage.tray(CLICK).await.unwrap().click("Quit").await.unwrap();
    // Without an access token nothing can be taken back: it lapses.
    if endpoint != Endpoint::Token {
        until(CLICK, "ours is taken back", async || match world.overview().session {
            None => Ok(()),
            Some(ours) => Err(format!("{ours:?}")),
        })
        .await
        .unwrap();
    }
    drop(page);
    driver.kill().await.unwrap();
    world.choose_status("Available").unwrap();
    println!("a day, {endpoint:?}: named after {named:?}, over after {:?}", begun.elapsed());
}

#[tokio::test]
async fn a_retry_after_of_a_day_of_each_service_is_named_and_what_is_ours_is_taken_back_at_quit() {
    let desk = Desk::complete("retry-after-day").await;
    desk.world().set_teams(AWAY);
    asks_for_a_day(&desk, Endpoint::Colleagues, true).await;
    for endpoint in [Endpoint::OwnPresence, Endpoint::Writes, Endpoint::Directory, Endpoint::Token] {
        asks_for_a_day(&desk, endpoint, false).await;
    }
}
