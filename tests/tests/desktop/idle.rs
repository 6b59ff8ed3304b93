//! A long time in which nobody does anything and no window is open: the state stays known all the time.
//!
//! It takes as many minutes as it is asked for, so by itself it does nothing:
//! `IDLE_MINUTES=10 cargo test -p desktop-tests --test desktop idle -- --nocapture`.

use std::time::{Duration, Instant};

use sandbox::{Endpoint, Presence};

use crate::{
    office::{BOTH_AVAILABLE, CLICK, Desk, START},
    processes::web_processes,
};

const MINUTE: Duration = Duration::from_secs(60);
/// A state that is unknown stays so for seconds: until the page is asked again.
const LOOK: Duration = Duration::from_millis(250);

#[tokio::test]
async fn idle_and_hidden_nothing_is_ever_unknown() {
    let Some(minutes) = std::env::var("IDLE_MINUTES").ok().and_then(|text| text.parse::<u32>().ok()) else {
        return;
    };
    let desk = Desk::complete("idle").await;
    let app = desk.start(&["--hidden"]);
    desk.sign_in().await;
    let tray = desk.tooltip_is(BOTH_AVAILABLE, START).await;
    let pages = web_processes(&app);
    let (begun, length) = (Instant::now(), MINUTE * minutes);
    let mut looks = 0_u32;
    while begun.elapsed() < length {
        let tooltip = tray.tooltip().await.unwrap();
        assert_eq!(tooltip, BOTH_AVAILABLE, "after {:?}\n{}", begun.elapsed(), app.log_tail(20));
        looks += 1;
        tokio::time::sleep(LOOK).await;
    }
    let world = desk.world();
    let now = world.overview();
    assert_eq!(web_processes(&app), pages, "the page is the one from the beginning");
    let log = app.log_tail(1000);
    for words in ["in trouble", "window died", "was refused"] {
        assert!(!log.contains(words), "{log}");
    }
    let most = [Endpoint::OwnPresence, Endpoint::Colleagues, Endpoint::Directory, Endpoint::Token]
        .map(|endpoint| (endpoint, now.requests[&endpoint], world.most_requests_within(endpoint, MINUTE)));
    println!(
        "{minutes} minutes, {looks} looks, never anything but \"{BOTH_AVAILABLE}\"; in all and at most a minute: {most:?}; \
         {} writes; the log:\n{log}",
        now.writes.len()
    );
    // It still follows.
    world.choose_status("Training").unwrap();
    desk.shown_becomes(Presence::BUSY).await;
    desk.tooltip_is("In step: Training / Busy", CLICK).await;
}
