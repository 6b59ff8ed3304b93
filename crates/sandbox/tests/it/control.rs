//! The other side of everything, and how the sandbox starts and stops.

use sandbox::{Options, Presence, Sandbox, StartError};
use serde_json::json;

use crate::app::App;

#[tokio::test]
async fn a_contact_goes_from_ringing_to_after_contact_work() {
    let app = App::start(0).await;
    let rung = app.must("contact/ring", json!({ "channel": "voice", "number": "+441632960123" })).await;
    assert_eq!(
        (&rung["agent"]["contact"]["stage"], &rung["agent"]["chosen"]),
        (&json!("ringing"), &json!("Available"))
    );
    app.must("contact/connect", json!({})).await;
    app.must("contact/hold", json!({})).await;
    app.must("contact/resume", json!({})).await;
    assert_eq!(app.must("agent/status", json!({ "name": "Lunch" })).await["agent"]["next"], "Lunch");
    assert_eq!(app.must("contact/end", json!({})).await["agent"]["contact"]["stage"], "afterContactWork");
    let cleared = app.must("contact/clear", json!({})).await;
    assert_eq!((&cleared["agent"]["chosen"], &cleared["agent"]["contact"]), (&json!("Lunch"), &json!(null)));
}

#[tokio::test]
async fn what_cannot_be_is_refused_in_one_sentence() {
    let app = App::start(0).await;
    for (path, body, sentence) in [
        ("agent/status", json!({ "name": "Nap" }), "There is no status \"Nap\"."),
        ("contact/connect", json!({}), "There is no contact that is ringing."),
        ("contact/clear", json!({}), "There is no contact that is over."),
    ] {
        let (status, answer) = app.control(path, body).await;
        assert_eq!((status, answer["error"].as_str().unwrap()), (400, sentence));
    }
    for (path, body) in [
        ("agent/status", json!({ "named": "Lunch" })),
        ("contact/ring", json!({ "channel": "fax" })),
        ("teams/choose", json!({ "availability": "Busy", "activity": "InACall" })),
        ("graph/throttle", json!({ "seconds": -1, "retryAfter": 1 })),
    ] {
        let (status, answer) = app.control(path, body).await;
        assert!(status == 400 && answer["error"].is_string(), "{path}: {status} {answer}");
    }
    assert_eq!(app.control("agent/dance", json!({})).await.0, 404);
}

#[tokio::test]
async fn the_person_in_teams_is_there_too() {
    let app = App::start(0).await;
    let shown = app.must("teams/meeting", json!({ "on": true })).await;
    assert_eq!(shown["presence"]["activity"], "InAMeeting");
    let chosen = app.must("teams/choose", json!({ "availability": "Offline", "activity": "OffWork" })).await;
    assert_eq!(chosen["presence"]["activity"], "OffWork");
    assert_eq!(app.must("teams/choose", json!(null)).await["presence"]["activity"], "InAMeeting");
    app.must("teams/meeting", json!({ "on": false })).await;
    let away = app.must("teams/set", json!({ "availability": "Away", "activity": "Away" })).await;
    assert_eq!(away["presence"]["activity"], "Away");
    let gone = app.must("teams/set", json!({ "availability": "Offline", "activity": "Offline" })).await;
    assert_eq!((&gone["presence"]["activity"], &gone["teams"]), (&json!("Offline"), &json!(null)));
    assert_eq!(app.sandbox.world().overview().presence, Presence::OFFLINE);
    assert!(
        app.sandbox.world().overview().writes.is_empty(),
        "the person's own doing is no write of the application"
    );
}

#[tokio::test]
async fn the_settings_point_at_both_servers() {
    let app = App::start(0).await;
    let settings = app.sandbox.settings_toml();
    let (microsoft, connect) = (app.sandbox.microsoft(), app.sandbox.connect());
    for line in [
        "admin_consent = true".to_owned(),
        format!("instance = \"{}\"", connect.as_str().trim_end_matches('/')),
        format!("login = \"{microsoft}login/\""),
        format!("graph = \"{microsoft}graph/v1.0/\""),
        format!("ccp = \"{connect}\""),
    ] {
        assert!(settings.lines().any(|known| known == line), "{line} in\n{settings}");
    }
}

#[tokio::test]
async fn a_taken_port_is_one_clear_sentence() {
    let first = sandbox::start(Options::default()).await.unwrap();
    let port = first.microsoft().port().unwrap();
    let error = sandbox::start(Options { port, people: 0 }).await.unwrap_err();
    assert!(matches!(error, StartError::Taken(taken) if taken == port));
    let sentence = format!("Port {port} is taken by another program. Choose another port for the sandbox.");
    assert_eq!(error.to_string(), sentence);
    let error = sandbox::start(Options { port: 65535, people: 0 }).await.unwrap_err();
    assert!(matches!(error, StartError::LastPort(65535)));
}

#[tokio::test]
async fn a_dropped_sandbox_gives_its_ports_back() {
    let sandbox = sandbox::start(Options::default()).await.unwrap();
    let port = sandbox.microsoft().port().unwrap();
    drop(sandbox);
    let mut again: Option<Sandbox> = None;
    for _ in 0..1000 {
        again = sandbox::start(Options { port, people: 0 }).await.ok();
        if again.is_some() {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(again.is_some());
}
