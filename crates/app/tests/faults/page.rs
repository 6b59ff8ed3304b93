//! The CCP page reports an unknown word, or does not answer at all.

use std::time::Duration;

use sandbox::{Activity, Availability, Presence, Written};
use serde_json::{Value, json};
use view::{Badge, TraySign, View};

use super::{MINUTE, brief, card, is_bad, passes_until, step};
use crate::{shows, stage::Stage};

const AWAY: Presence = Presence { availability: Availability::Away, activity: Activity::Away };

/// A contact as the page reports it.
fn contact(kind: &str, state: &str) -> Value {
    json!({ "id": "contact-1", "type": kind, "state": state, "stateMs": 0, "inbound": true, "onHold": false, "number": "" })
}

/// At work, with Available in Teams set by us.
async fn available_by_us() -> Stage {
    let stage = Stage::start().await;
    stage.world.set_teams(AWAY);
    stage.sign_in().await;
    stage.report_agent("priya.raman");
    stage.report_status("Available");
    stage.until_world("ours", |world| world.overview().session.is_some()).await;
    stage.until("in step", |view| view.own.teams.words == "Available").await;
    stage
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_of_an_unknown_type_or_state_ends_the_available_that_we_set() {
    for (kind, state) in [("sms", "connected"), ("voice", "pondering"), ("hologram", "pondering")] {
        let stage = available_by_us().await;
        stage.report_state("Available", &[contact(kind, state)]);
        let on_contact =
            |view: &View| view.own.connect.words == "On a contact" && view.own.connect.badge == Badge::Busy;
        stage.until("on contact", on_contact).await;
        stage.until_world("taken back", |world| world.overview().session.is_none()).await;
        let before = stage.world.overview().writes.len();
        for _ in 0..60 {
            let view = step(&stage, Duration::from_secs(10)).await;
            assert!(
                on_contact(&view) && !is_bad(&view, "Connect"),
                "{kind} {state}: {}",
                brief(&stage, &view)
            );
        }
        let writes = stage.world.overview().writes;
        let available = |write: &sandbox::Write| matches!(write.what, Written::SetPresence { presence, .. } if presence == Presence::AVAILABLE);
        assert!(!writes.iter().skip(before).any(available), "{kind} {state}: {writes:#?}");
        stage.report_status("Available");
        stage.until_world("ours again", |world| world.overview().session.is_some()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_page_makes_the_status_unknown_within_a_minute_and_nothing_is_renewed() {
    let stage = available_by_us().await;
    stage.set_page_answers(false);
    let unknown = |view: &View| view.own.connect.badge == Badge::Unknown && is_bad(view, "Connect");
    let known_after = passes_until(&stage, "unknown", MINUTE, unknown).await;
    println!("silent page: unknown after {known_after:?}");
    let tray = stage.recorded(|seen| seen.trays.last().unwrap().clone());
    // Which of the two is shown depends on when the page was last asked.
    assert_eq!(tray.sign, TraySign::Paused);
    assert!(["Connect: silent", "Connect: lost"].contains(&tray.tooltip.as_str()), "{}", tray.tooltip);
    let (written, windows) = (stage.world.overview().writes.len(), stage.recorded(|seen| seen.ccp.len()));
    for _ in 0..90 {
        let view = step(&stage, Duration::from_secs(10)).await;
        assert!(view.own.connect.badge == Badge::Unknown, "{}", brief(&stage, &view));
    }
    let now = stage.world.overview();
    assert_eq!(now.writes.len(), written, "{:#?}", now.writes);
    assert_eq!(now.session, None, "the session that we wrote has expired");
    let opened = stage.recorded(|seen| seen.ccp.len()) - windows;
    assert!((1..=60).contains(&opened), "{opened} windows in fifteen minutes");
    println!("silent page: {opened} windows in fifteen minutes");

    // The page of the next window answers.
    stage.set_page_answers(true);
    let is_ours = |_: &View| {
        // A page reports this when it was just opened; the time of that depends on the last wait.
        stage.report_agent("priya.raman");
        stage.report_status("Available");
        stage.world.overview().session.is_some()
    };
    passes_until(&stage, "ours again", 2 * MINUTE, is_ours).await;
    let live = |view: &View| view.own.connect.words == "Available" && !is_bad(view, "Connect");
    let view = stage.until("live", live).await;
    assert_eq!(card(&view, "Connect").unwrap().text, "Logged in as priya.raman.");
    assert!(shows(&stage, Availability::Available, Activity::Available));
}
